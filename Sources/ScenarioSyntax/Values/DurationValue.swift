/// Lengths of time as texts: `145ms`, `1.5s`, `2m30s`; and ranges of them: `20ms..40ms`.
enum DurationValue {
  /// The units with their length in nanoseconds, shortest first.
  static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
  ]
  /// The longest length of time in a scenario, 365 days.
  static let limit: Int64 = 365 * 24 * 3_600_000_000_000
  /// The longest text of one, in bytes.
  private static let textLimit = 100

  /// The units in one line.
  static var unitList: String { units.map { "`\($0.name)`" }.joined(separator: ", ") }

  /// Reads a length of time in nanoseconds, from 0 to ``limit``.
  static func parse(_ text: String) throws(ValueMistake) -> Int64 {
    if let plain = plain(text) { return plain }
    guard split(text) == nil else { throw notADuration(text) }
    guard text.utf8.count <= textLimit else {
      throw ValueMistake(
        .malformedDuration,
        "a length of time of \(text.utf8.count) bytes; \(textLimit) are the most")
    }
    var total: Int64 = 0
    var rest = text
    repeat {
      guard let quantity = Quantity(rest) else { throw notADuration(text) }
      let end = quantity.unit.utf8.firstIndex(where: Quantity.isDigit) ?? quantity.unit.endIndex
      let unit = String(quantity.unit[..<end])
      rest = String(quantity.unit[end...])
      guard let size = nanoseconds(of: unit) else {
        throw wrongUnit(text, quantity, unit: unit, isWhole: rest.isEmpty && total == 0)
      }
      guard !quantity.isNegative else {
        throw ValueMistake(.outOfRange, "`\(text)` is less than no time")
      }
      switch quantity.times(size) {
      case .value(let part) where part <= limit - total: total += part
      case .uneven:
        throw ValueMistake(
          .malformedDuration, "`\(text)` is not a whole number of nanoseconds")
      default: throw ValueMistake(.outOfRange, "`\(text)` is more than 365 days")
      }
    } while !rest.isEmpty
    return total
  }

  /// Reads the usual form, a few digits and a unit; nil for any other, right or wrong.
  private static func plain(_ text: String) -> Int64? {
    text.utf8.withContiguousStorageIfAvailable { plain($0[...]) } ?? nil
  }

  /// Reads the usual form of a range, two lengths of time in their usual forms in order; nil for
  /// any other, right or wrong.
  static func plainRange(_ text: String) -> ClosedRange<Int64>? {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), point + 1 < bytes.count,
        bytes[point + 1] == UInt8(ascii: "."), let low = plain(bytes[..<point]),
        let high = plain(bytes[(point + 2)...]), low <= high
      else { return nil }
      return low...high
    } ?? nil
  }

  private static func plain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    var number: Int64 = 0
    var digits = 0
    var unit: UInt64 = 0
    for byte in bytes {
      if unit == 0, Quantity.isDigit(byte) {
        number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        digits += 1
      } else {
        unit = unit << 8 | UInt64(byte)
      }
      if digits > 6 || unit >= 1 << 16 { return nil }
    }
    guard digits > 0 else { return nil }
    switch unit {
    case UInt64(UInt8(ascii: "s")): return number * 1_000_000_000
    case UInt64(UInt8(ascii: "m")) << 8 | UInt64(UInt8(ascii: "s")): return number * 1_000_000
    case UInt64(UInt8(ascii: "u")) << 8 | UInt64(UInt8(ascii: "s")): return number * 1_000
    default: return nil
    }
  }

  /// Reads a range `a..b` with both ends included.
  static func parseRange(_ text: String) throws(ValueMistake) -> ClosedRange<Int64> {
    guard let (first, second) = split(text) else {
      throw ValueMistake(.malformedRange, "`\(text)` is not a range", help: "write `20ms..40ms`")
    }
    if first.utf8.last.map(Quantity.isDigit) ?? false, let low = Quantity(first),
      low.unit.isEmpty, let high = Quantity(second),
      nanoseconds(of: high.unit) != nil
    {
      throw ValueMistake(
        .missingUnit, "`\(first)` has no unit",
        help: ValueMistake.didYouMean("\(low.number)\(high.unit)..\(second)"))
    }
    let low = try parse(first)
    let high = try parse(second)
    guard low <= high else {
      throw ValueMistake(
        .malformedRange, "the range `\(text)` ends before it starts",
        help: ValueMistake.didYouMean("\(second)..\(first)"))
    }
    return low...high
  }

  /// The two sides of `..`; nil if there is none.
  static func split(_ text: String) -> (String, String)? {
    guard let dots = text.range(ofPair: ".", ".") else { return nil }
    let (first, second) = (text[..<dots.lowerBound], text[dots.upperBound...])
    return (trimmed(first), trimmed(second))
  }

  /// A text without spaces around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let part = Substring(text)
    let space = UInt8(ascii: " ")
    guard part.utf8.first == space || part.utf8.last == space else { return String(text) }
    var scalars = part.unicodeScalars
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  /// The length of a unit.
  static func nanoseconds(of unit: String) -> Int64? {
    if unit == "\u{B5}s" || unit == "\u{3BC}s" { return 1_000 }
    return units.first { $0.name == unit }?.nanoseconds
  }

  /// Writes a length of time in the largest unit in which it is a short decimal.
  static func text(_ nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "0ms" }
    let (name, size) = units.prefix(4).last { nanoseconds >= $0.nanoseconds } ?? ("ns", 1)
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: size)
    guard rest != 0 else { return "\(whole)\(name)" }
    var digits = String(size + rest).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)\(name)"
  }
}

// Wording.
extension DurationValue {
  private static let otherNames: [(unit: String, names: [String])] = [
    ("ns", ["nsec", "nano", "nanos", "nanosecond", "nanoseconds"]),
    ("us", ["usec", "micro", "micros", "microsecond", "microseconds"]),
    ("ms", ["msec", "msecs", "milli", "millis", "millisecond", "milliseconds"]),
    ("s", ["sec", "secs", "second", "seconds"]), ("m", ["min", "mins", "minute", "minutes"]),
    ("h", ["hr", "hrs", "hour", "hours"]),
  ]

  private static func notADuration(_ text: String) -> ValueMistake {
    if split(text) != nil {
      return ValueMistake(.malformedDuration, "one length of time is wanted, not a range")
    }
    if let number = Quantity("0" + text), text.hasPrefix("."), !number.fraction.isEmpty {
      return ValueMistake(
        .malformedDuration, "`\(text)` is not a length of time",
        help: ValueMistake.didYouMean("0" + text))
    }
    return ValueMistake(.malformedDuration, "`\(text)` is not a length of time")
  }

  private static func wrongUnit(
    _ text: String, _ quantity: Quantity, unit: String, isWhole: Bool
  ) -> ValueMistake {
    let name = trimmed(unit)
    let sign = quantity.isNegative ? "-" : ""
    if name.isEmpty, isWhole {
      return ValueMistake(
        .missingUnit, "`\(text)` has no unit",
        help: ValueMistake.didYouMean("\(sign)\(quantity.number)ms"))
    }
    if let meant = meant(by: name), isWhole {
      let message =
        name == meant ? "`\(text)` has a space in it" : "`\(name)` is not a unit of time"
      return ValueMistake(
        .unknownUnit, message, help: ValueMistake.didYouMean("\(sign)\(quantity.number)\(meant)"))
    }
    if name == "d" || name.hasPrefix("day") {
      return ValueMistake(
        .unknownUnit, "`\(name)` is not a unit of time", help: "the longest unit is the hour, `h`")
    }
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, isWhole else {
      return notADuration(text)
    }
    return ValueMistake(
      .unknownUnit, "`\(name)` is not a unit of time", help: "the units are \(unitList)")
  }

  private static func meant(by name: String) -> String? {
    let lower = name.lowercased()
    if nanoseconds(of: lower) != nil { return lower }
    return otherNames.first { $0.names.contains(lower) }?.unit
  }
}
