/// The functions of lists, maps and of lists as sets.
enum ListFunctions {
  /// Applies a function; nil if it is none of these.
  static func call(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value? {
    switch arguments.builtin {
    case .size, .count: return .int(try size(arguments))
    case .reverse: return try built(Array(try arguments.list(0).reversed()), &meter)
    case .sort:
      let values = try arguments.list(0)
      return try built(try order(of: values, &meter).map { values[$0] }, &meter)
    case .distinct: return try built(try distinct(try arguments.list(0), &meter), &meter)
    case .flatten: return try flatten(arguments, &meter)
    case .slice: return try slice(arguments, &meter)
    case .first, .last:
      let values = try arguments.list(0)
      guard let value = arguments.builtin == .first ? values.first : values.last else {
        throw arguments.bad("the list is empty", help: "ask for its `size()` first")
      }
      return value
    case .range: return try range(arguments, &meter)
    case .setContains: return .bool(try contains(arguments, 0, 1, &meter))
    case .setEquivalent:
      guard try contains(arguments, 0, 1, &meter) else { return .bool(false) }
      return .bool(try contains(arguments, 1, 0, &meter))
    case .setIntersects: return .bool(try intersects(arguments, &meter))
    case .keys: return try built(try arguments.map(0).keys, &meter)
    case .values: return try built(try arguments.map(0).values, &meter)
    default: return nil
    }
  }

  /// The indices of values in their order, equals as they came; all must be of one type.
  static func order(
    of values: [Value], _ meter: inout Meter
  ) throws(EvaluationError) -> [Int] {
    guard let first = values.first else { return [] }
    for value in values {
      guard first.order(to: value) != nil, first.kindText == value.kindText else {
        throw EvaluationError(
          .noSuchOverload,
          first.order(to: first) == nil
            ? "\(Wording.a(first.kindText)) has no order to sort by"
            : "values of several types cannot be sorted: found \(first.kindText) and "
              + value.kindText)
      }
      try meter.spend(1 + Meter.cost(of: value))
    }
    return values.indices.sorted { left, right in
      switch values[left].order(to: values[right]) {
      case .less: return true
      case .greater: return false
      case .equal: return left < right
      case .unordered, nil:
        // NaN comes first, so that the order is a total one.
        let (first, second) = (values[left].isNaN, values[right].isNaN)
        return first == second ? left < right : first
      }
    }
  }

  private static func built(
    _ values: [Value], _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    try meter.build(list: values.count)
    return .list(values)
  }

  private static func size(_ arguments: Arguments) throws(EvaluationError) -> Int64 {
    switch arguments[0] {
    case .list(let values): return Int64(values.count)
    case .map(let map): return Int64(map.count)
    default:
      throw arguments.unfit(
        0,
        arguments.builtin == .size
          ? "a string, a list or a map" : "a list or a map")
    }
  }

  private static func distinct(
    _ values: [Value], _ meter: inout Meter
  ) throws(EvaluationError) -> [Value] {
    var result: [Value] = []
    for value in values where try !holds(result, value, &meter) { result.append(value) }
    return result
  }

  /// Whether a list has an equal value.
  private static func holds(
    _ values: [Value], _ wanted: Value, _ meter: inout Meter
  ) throws(EvaluationError) -> Bool {
    for value in values {
      try meter.spend(1 + Meter.cost(of: value))
      if value.isSame(as: wanted) { return true }
    }
    return false
  }

  private static func flatten(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let depth = arguments.count > 1 ? try arguments.int(1) : 1
    guard depth >= 0 else { throw arguments.bad("the depth \(depth) is negative") }
    var result: [Value] = []
    try flatten(try arguments.list(0), depth, &result, &meter)
    return try built(result, &meter)
  }

  private static func flatten(
    _ values: [Value], _ depth: Int64, _ result: inout [Value], _ meter: inout Meter
  ) throws(EvaluationError) {
    for value in values {
      if depth > 0, case .list(let inner) = value {
        try meter.spend(1)
        try flatten(inner, depth - 1, &result, &meter)
      } else {
        result.append(value)
        try meter.spend(1)
      }
    }
  }

  private static func slice(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let values = try arguments.list(0)
    let (start, end) = (try arguments.int(1), try arguments.int(2))
    guard start >= 0, start <= end, end <= values.count else {
      throw EvaluationError(
        .indexOutOfRange,
        "`slice`: \(start) to \(end) is no part of a list of \(values.count) elements")
    }
    return try built(Array(values[Int(start)..<Int(end)]), &meter)
  }

  private static func range(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let count = try arguments.int(0)
    guard count >= 0 else { throw arguments.bad("the size \(count) is negative") }
    try meter.build(list: Int(clamping: count))
    return .list((0..<count).map { .int($0) })
  }

  private static func contains(
    _ arguments: Arguments, _ container: Int, _ items: Int, _ meter: inout Meter
  ) throws(EvaluationError) -> Bool {
    let values = try arguments.list(container)
    for item in try arguments.list(items) where try !holds(values, item, &meter) { return false }
    return true
  }

  private static func intersects(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Bool {
    let values = try arguments.list(0)
    for item in try arguments.list(1) where try holds(values, item, &meter) { return true }
    return false
  }
}

extension Value {
  /// Whether it is the double that is no number.
  fileprivate var isNaN: Bool {
    if case .double(let number) = self { return number.isNaN }
    return false
  }
}
