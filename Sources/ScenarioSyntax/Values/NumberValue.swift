internal import Diagnostics

/// Numbers with and without units as texts: whole numbers, percentages, rates, factors, switches.
enum NumberValue {
  /// Reads a whole number in a range; digits may be grouped by `_`.
  static func int(_ text: String, in range: ClosedRange<Int64>) throws(ValueMistake) -> Int64 {
    guard let quantity = Quantity(text) else { throw notAWholeNumber(text) }
    guard quantity.unit.isEmpty, !quantity.hasPoint else { throw notAWholeNumber(text) }
    guard let value = quantity.scaled(places: 0) else { throw outOfRange(text, range) }
    let signed = quantity.isNegative ? -value : value
    guard range.contains(signed) else { throw outOfRange(text, range) }
    return signed
  }

  /// Reads a whole number from 0 to 2^64 − 1.
  static func seed(_ text: String) throws(ValueMistake) -> UInt64 {
    guard let quantity = Quantity(text), quantity.unit.isEmpty, !quantity.hasPoint else {
      throw notAWholeNumber(text)
    }
    guard !quantity.isNegative, let value = UInt64(quantity.number) else {
      throw ValueMistake(
        .outOfRange, "`\(text)` is not between 0 and \(UInt64.max)")
    }
    return value
  }

  /// Reads a percentage from 0 % to 100 %.
  static func percentage(_ text: String) throws(ValueMistake) -> Fraction {
    if let plain = plainPercentage(text) { return Fraction(plain, over: 100) }
    guard let quantity = Quantity(text) else {
      throw ValueMistake(.malformedNumber, "`\(text)` is not a percentage")
    }
    guard quantity.unit == "%" else {
      if quantity.unit.isEmpty { throw percentageWithoutUnit(text, quantity) }
      if DurationValue.trimmed(quantity.unit) == "%" {
        throw ValueMistake(
          .malformedNumber, "`\(text)` has a space in it",
          help: ValueMistake.didYouMean("\(quantity.number)%"))
      }
      throw ValueMistake(
        .unknownUnit, "`\(quantity.unit)` is not the unit of a percentage",
        help: "write a number and `%`, such as `1%`")
    }
    guard quantity.fraction.count <= 12 else {
      throw ValueMistake(.malformedNumber, "`\(text)` has more than 12 decimals")
    }
    let hundred = power(quantity.fraction.count) * 100
    guard !quantity.isNegative, let value = quantity.scaled(places: quantity.fraction.count),
      value <= hundred
    else {
      throw ValueMistake(.outOfRange, "`\(text)` is not between 0% and 100%")
    }
    return Fraction(value, over: hundred)
  }

  /// Reads the usual form of a percentage, one or two digits and the sign; nil for any other, right
  /// or wrong.
  private static func plainPercentage(_ text: String) -> Int64? {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.count == 2 || bytes.count == 3, bytes.last == UInt8(ascii: "%"),
        bytes.dropLast().allSatisfy(Quantity.isDigit)
      else { return nil }
      return bytes.dropLast().reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    } ?? nil
  }

  /// Reads a factor `4x` from 1 to a million.
  static func factor(_ text: String) throws(ValueMistake) -> Fraction {
    guard let quantity = Quantity(text) else {
      throw ValueMistake(.malformedNumber, "`\(text)` is not a factor")
    }
    let value = try factor(text, quantity)
    guard quantity.unit == "x" else {
      throw ValueMistake(
        quantity.unit.isEmpty ? .missingUnit : .unknownUnit,
        quantity.unit.isEmpty
          ? "`\(text)` has no unit" : "`\(quantity.unit)` is not the unit of a factor",
        help: ValueMistake.didYouMean("\(quantity.number)x"))
    }
    return value
  }

  /// The value of a factor whatever its unit.
  private static func factor(
    _ text: String, _ quantity: Quantity
  ) throws(ValueMistake) -> Fraction {
    guard quantity.fraction.count <= 9 else {
      throw ValueMistake(.malformedNumber, "`\(text)` has more than 9 decimals")
    }
    let one = power(quantity.fraction.count)
    guard !quantity.isNegative, let value = quantity.scaled(places: quantity.fraction.count),
      value >= one, value <= 1_000_000 * one
    else {
      throw ValueMistake(
        .outOfRange, "`\(text)` is not between 1x and 1_000_000x",
        help: "a factor says how many times as long it takes: write for example `2x`")
    }
    return Fraction(value, over: one)
  }

  /// Reads `true` or `false`.
  static func bool(_ text: String) throws(ValueMistake) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default:
      let meant: String? =
        switch text.lowercased() {
        case "yes", "on", "y", "1", "true", "t": "true"
        case "no", "off", "n", "0", "false", "f": "false"
        default: nil
        }
      throw ValueMistake(
        .malformedBoolean, "`\(text)` is neither `true` nor `false`",
        help: meant.map(ValueMistake.didYouMean) ?? "write `true` or `false`")
    }
  }

  static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  private static func notAWholeNumber(_ text: String) -> ValueMistake {
    if let quantity = Quantity(text), !quantity.unit.isEmpty,
      DurationValue.nanoseconds(of: quantity.unit) != nil || "%x".contains(quantity.unit)
    {
      return ValueMistake(
        .malformedNumber, "`\(text)` has a unit, and a plain whole number is wanted",
        help: ValueMistake.didYouMean(quantity.number))
    }
    if let quantity = Quantity(text), quantity.unit.isEmpty, quantity.hasPoint,
      quantity.fraction.isEmpty
    {
      return ValueMistake(
        .malformedNumber, "`\(text)` is not written as a whole number",
        help: ValueMistake.didYouMean((quantity.isNegative ? "-" : "") + quantity.number))
    }
    if let hexadecimal = hexadecimal(text) {
      return ValueMistake(
        .malformedNumber, "`\(text)` is not a whole number in decimal digits",
        help: ValueMistake.didYouMean("\(hexadecimal)"))
    }
    if let value = Double(text), value == value.rounded(), value.magnitude < 1e15,
      Quantity(text)?.unit.isEmpty == false
    {
      return ValueMistake(
        .malformedNumber, "`\(text)` is not a whole number in decimal digits",
        help: ValueMistake.didYouMean("\(Int64(value))"))
    }
    return ValueMistake(.malformedNumber, "`\(text)` is not a whole number")
  }

  private static func hexadecimal(_ text: String) -> Int64? {
    guard text.lowercased().hasPrefix("0x") else { return nil }
    return Int64(text.dropFirst(2), radix: 16)
  }

  private static func outOfRange(_ text: String, _ range: ClosedRange<Int64>) -> ValueMistake {
    let wanted =
      range.upperBound == .max
      ? "`\(text)` is not at least \(range.lowerBound)"
      : "`\(text)` is not between \(range.lowerBound) and \(range.upperBound)"
    return ValueMistake(.outOfRange, range.lowerBound == .min ? "`\(text)` is too large" : wanted)
  }

  private static func percentageWithoutUnit(_ text: String, _ quantity: Quantity) -> ValueMistake {
    let isPart = quantity.whole.allSatisfy { $0 == 0 } && !quantity.fraction.isEmpty
    var meant = quantity.number
    if isPart {
      let digits = Array((quantity.fraction + [0, 0]).map { Character("\($0)") })
      let whole = String(digits.prefix(2)).drop { $0 == "0" }
      let rest = String(digits.dropFirst(2).prefix(max(0, quantity.fraction.count - 2)))
      meant = (whole.isEmpty ? "0" : String(whole)) + (rest.isEmpty ? "" : "." + rest)
    }
    return ValueMistake(
      .missingUnit, "`\(text)` has no unit", help: ValueMistake.didYouMean("\(meant)%"))
  }
}

/// A rate: so many in a length of time.
public struct Rate: Hashable, Sendable {
  /// How many.
  public let count: Int64
  /// In how many nanoseconds.
  public let period: Int64

  /// Reads `200/s`, `1.5/m`; above 0, and at most one in a nanosecond.
  static func parse(_ text: String) throws(ValueMistake) -> Rate {
    guard let quantity = Quantity(text) else {
      throw ValueMistake(.malformedNumber, "`\(text)` is not a rate")
    }
    let unit = quantity.unit.unicodeScalars.filter { $0 != " " }
    guard unit.first == "/" else {
      let code: DiagnosticCode = unit.isEmpty ? .missingUnit : .unknownUnit
      throw ValueMistake(
        code, unit.isEmpty ? "`\(text)` has no unit" : "`\(quantity.unit)` is not a unit of rates",
        help: ValueMistake.didYouMean("\(quantity.number)/s"))
    }
    let name = String(String.UnicodeScalarView(unit.dropFirst()))
    guard let length = DurationValue.nanoseconds(of: name), quantity.unit.hasPrefix("/\(name)")
    else {
      throw ValueMistake(
        .unknownUnit, "`\(quantity.unit)` is not a unit of rates",
        help: ValueMistake.didYouMean("\(quantity.number)/s"))
    }
    guard quantity.fraction.count <= 6,
      let count = quantity.scaled(places: quantity.fraction.count)
    else { throw ValueMistake(.outOfRange, "`\(text)` is more than one in a nanosecond") }
    let period = length * NumberValue.power(quantity.fraction.count)
    guard !quantity.isNegative, count > 0 else {
      throw ValueMistake(.outOfRange, "`\(text)` is not above 0")
    }
    guard count <= period else {
      throw ValueMistake(.outOfRange, "`\(text)` is more than one in a nanosecond")
    }
    let reduced = Fraction(count, over: period)
    return Rate(count: reduced.numerator, period: reduced.denominator)
  }
}
