/// What the evaluator can do: one case per operator and function, whatever types it takes.
enum Builtin: UInt8, Sendable, CaseIterable {
  case not, negate, add, subtract, multiply, divide, remainder
  case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, membership, index
  case size, contains, startsWith, endsWith, matches
  case toInt, toDouble, toString, toBool, toDuration, typeOf, dyn
  case getHours, getMinutes, getSeconds, getMilliseconds
  case charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, join, substring, trim
  case format, quote, reverse
  case greatest, least, abs, ceil, floor, round, trunc, sign, isNaN, isInf, isFinite, sqrt
  case bitAnd, bitOr, bitXor, bitNot, bitShiftLeft, bitShiftRight
  case sort, distinct, flatten, slice, first, last, range
  case setContains, setEquivalent, setIntersects
  case sum, min, max, avg, percentile, count, keys, values
}

/// What a macro does with each element.
enum Macro: UInt8, Sendable, CaseIterable {
  case has, bind, all, exists, existsOne, map, filter, count, sortBy
  case transformList, transformMap, transformMapEntry
}
