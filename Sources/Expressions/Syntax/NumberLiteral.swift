/// Reads one int, double or duration.
struct NumberLiteral {
  /// Where reading goes on; behind the number once it is read.
  private(set) var offset: Int
  private let bytes: [UInt8]
  private let start: Int

  /// Prepares to read at a digit, or at a point before one.
  init(_ bytes: [UInt8], at start: Int) {
    self.bytes = bytes
    self.start = start
    offset = start
  }

  /// The number; it must not be followed directly by more letters.
  mutating func read() throws(ExpressionMistake) -> Token.Kind {
    if bytes[offset] == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"),
      peek(2).map(isHexDigit) == true
    {
      return try hexadecimal()
    }
    skipDigits()
    var isDouble = false
    if peek() == UInt8(ascii: "."), peek(1).map(isDigit) == true {
      isDouble = true
      offset += 1
      skipDigits()
    }
    let beforeExponent = offset
    if skipExponent() { isDouble = true }
    if let unit = unit() {
      guard offset == beforeExponent else { throw malformed("a duration has no exponent", unit) }
      return .literal(.duration(try duration()))
    }
    try refuseLetters()
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isDouble {
      guard let value = Double(text), value.isFinite else {
        throw tooLarge("\(text) is beyond the largest double")
      }
      return .literal(.double(value))
    }
    if let value = Int64(text) { return .literal(.int(value)) }
    if UInt64(text) == 1 << 63 { return .leastIntMagnitude }
    throw tooLarge("\(text) does not fit the 64 bits of an int")
  }

  private mutating func hexadecimal() throws(ExpressionMistake) -> Token.Kind {
    offset += 2
    let digits = bytes[offset...].prefix(while: isHexDigit)
    offset += digits.count
    try refuseLetters()
    let magnitude = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    if let magnitude, let value = Int64(exactly: magnitude) { return .literal(.int(value)) }
    if magnitude == 1 << 63 { return .leastIntMagnitude }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    throw tooLarge("\(text) does not fit the 64 bits of an int")
  }

  /// Reads the unit and the further parts of a duration, units getting shorter.
  private mutating func duration() throws(ExpressionMistake) -> Int64 {
    var last = Int64.max
    var part = start
    while let (name, length) = unit() {
      guard NumberLiteral.isWhole(bytes[part..<offset], of: length) else {
        throw malformed("a duration is a whole number of nanoseconds", (name, length))
      }
      guard length < last else {
        throw malformed("the units of a duration go from long to short", (name, length))
      }
      last = length
      offset += name.utf8.count
      let mark = offset
      part = offset
      guard peek().map(isDigit) == true else { break }
      skipDigits()
      if peek() == UInt8(ascii: "."), peek(1).map(isDigit) == true {
        offset += 1
        skipDigits()
      }
      if unit() == nil {
        offset = mark
        break
      }
    }
    try refuseLetters()
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = DurationText.parse(text) else {
      throw tooLarge("\(text) does not fit the 64 bits of a duration in nanoseconds")
    }
    return value
  }

  /// Whether a decimal number of units of so many nanoseconds is a whole number of nanoseconds.
  private static func isWhole(_ number: ArraySlice<UInt8>, of length: Int64) -> Bool {
    guard let point = number.firstIndex(of: UInt8(ascii: ".")) else { return true }
    var decimals = number[(point + 1)...]
    while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
    var rest = length
    for _ in decimals {
      guard rest % 10 == 0 else { return false }
      rest /= 10
    }
    return true
  }

  /// The unit that stands here, if the letters here are exactly one.
  private func unit() -> (name: String, nanoseconds: Int64)? {
    let letters = bytes[offset...].prefix { isLetter($0) || $0 >= 0x80 }
    guard !letters.isEmpty, letters.count <= 3 else { return nil }
    let name = String(decoding: letters, as: UTF8.self)
    if let next = peek(letters.count), next == UInt8(ascii: "_") { return nil }
    return DurationText.nanoseconds(of: name).map { (name, $0) }
  }

  /// A number ends where letters do not follow; `in` may, as in CEL.
  private func refuseLetters() throws(ExpressionMistake) {
    let letters = bytes[offset...].prefix { Identifier.isPart($0) }
    guard !letters.isEmpty else { return }
    let word = String(decoding: letters, as: UTF8.self)
    if word == "in" { return }
    let digits = String(decoding: bytes[start..<offset], as: UTF8.self)
    let range = start..<(offset + letters.count)
    if word == "u" || word == "U" {
      throw ExpressionMistake(
        CheckCodes.leftOut, "CEL's unsigned ints are left out here", at: range,
        help: "write `\(digits)`")
    }
    if word.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) }) {
      throw ExpressionMistake(
        CheckCodes.number, "a number has no `_` in it here", at: range,
        help: "write `\(digits)\(word.filter { $0 != "_" })`")
    }
    throw ExpressionMistake(
      CheckCodes.number, "`\(word)` is no unit of a duration", at: range,
      help: NumberLiteral.help(for: word, digits: digits))
  }

  private static func help(for unit: String, digits: String) -> String {
    let known =
      ["sec", "second", "seconds", "secs"].contains(unit)
      ? "s"
      : ["min", "minute", "minutes", "mins"].contains(unit)
        ? "m"
        : ["msec", "msecs", "millis", "milliseconds", "millisecond"].contains(unit)
          ? "ms"
          : ["usec", "micros", "microseconds"].contains(unit)
            ? "us"
            : ["nsec", "nanos", "nanoseconds"].contains(unit)
              ? "ns" : ["hour", "hours", "hr"].contains(unit) ? "h" : nil
    return known.map { "write `\(digits)\($0)`" } ?? "the units are `ns`, `us`, `ms`, `s`, `m`, `h`"
  }

  private func malformed(
    _ message: String, _ unit: (name: String, nanoseconds: Int64)
  ) -> ExpressionMistake {
    ExpressionMistake(CheckCodes.number, message, at: start..<(offset + unit.name.utf8.count))
  }

  private func tooLarge(_ message: String) -> ExpressionMistake {
    ExpressionMistake(CheckCodes.number, message, at: start..<offset)
  }

  private mutating func skipDigits() {
    while let byte = peek(), isDigit(byte) { offset += 1 }
  }

  /// Goes past `e`, a sign and digits, if all of it is there.
  private mutating func skipExponent() -> Bool {
    guard let mark = peek(), mark | 0x20 == UInt8(ascii: "e") else { return false }
    var distance = 1
    if let sign = peek(1), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { distance = 2 }
    guard peek(distance).map(isDigit) == true else { return false }
    offset += distance
    skipDigits()
    return true
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}
