import Diagnostics

/// A value of a line of JSON, with its place.
struct LineValue: Sendable {
  /// What it is; a number as it is written.
  enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([LineValue])
    case object([Member])
  }

  /// A key with its value.
  struct Member: Sendable {
    let key: String
    let keySpan: SourceSpan
    let value: LineValue
  }

  let content: Content
  let span: SourceSpan

  /// What it is, for a person.
  var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }

  var isNull: Bool {
    if case .null = content { return true }
    return false
  }

  /// A whole number that fits 64 bits.
  var int: Int64? {
    if case .number(let text) = content { return Int64(text) }
    return nil
  }

  var bool: Bool? {
    if case .bool(let value) = content { return value }
    return nil
  }

  var text: String? {
    if case .text(let value) = content { return value }
    return nil
  }

  var list: [LineValue]? {
    if case .list(let values) = content { return values }
    return nil
  }

  var members: [Member]? {
    if case .object(let members) = content { return members }
    return nil
  }
}

/// Reads one line of JSON (RFC 8259), strictly: each key once, no more than a few levels, texts in
/// UTF-8.
struct LineParser {
  /// Why a line is no JSON.
  struct Mistake: Error {
    let message: String
    let span: SourceSpan
  }

  /// How deep lists and objects may nest.
  static let depthLimit = 8

  private let bytes: [UInt8]
  private let end: Int
  private let file: Int
  private var place: Int

  /// A reader of some bytes of a file, which is known by its number among the sources.
  init(_ bytes: [UInt8], _ range: Range<Int>, file: Int) {
    self.bytes = bytes
    self.file = file
    place = range.lowerBound
    end = range.upperBound
  }

  /// The value of the line, with nothing behind it.
  mutating func line() throws(Mistake) -> LineValue {
    let value = try value(depth: 0)
    skipSpace()
    if place < end { throw mistake("there is more behind the value", from: place, to: end) }
    return value
  }

  private mutating func value(depth: Int) throws(Mistake) -> LineValue {
    skipSpace()
    let start = place
    guard let byte = peek() else { throw mistake("a value is missing", from: start) }
    let content: LineValue.Content
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if depth == Self.depthLimit {
        throw mistake("lists and objects nest deeper than \(Self.depthLimit) levels", from: start)
      }
      content =
        byte == UInt8(ascii: "{") ? .object(try members(depth)) : .list(try items(depth))
    case UInt8(ascii: "\""): content = .text(try text())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
    default: content = try word()
    }
    return LineValue(content: content, span: span(start, place))
  }

  private mutating func members(_ depth: Int) throws(Mistake) -> [LineValue.Member] {
    var members: [LineValue.Member] = []
    var keys: Set<String> = []
    place += 1
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      let start = place
      guard peek() == UInt8(ascii: "\"") else {
        throw mistake("a key in double quotes is wanted", from: start)
      }
      let key = try text()
      let keySpan = span(start, place)
      guard keys.insert(key).inserted else {
        throw Mistake(message: "the key `\(VisibleText.brief(key))` is given twice", span: keySpan)
      }
      skipSpace()
      guard take(":") else { throw mistake("`:` is wanted", from: place) }
      members.append(.init(key: key, keySpan: keySpan, value: try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw mistake("`,` or `}` is wanted", from: place) }
    }
  }

  private mutating func items(_ depth: Int) throws(Mistake) -> [LineValue] {
    var items: [LineValue] = []
    place += 1
    skipSpace()
    if take("]") { return items }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return items }
      guard take(",") else { throw mistake("`,` or `]` is wanted", from: place) }
    }
  }

  private mutating func number() throws(Mistake) -> String {
    let start = place
    _ = take("-")
    if take("0") {
      if let byte = peek(), isDigit(byte) {
        throw mistake("a number does not begin with 0", from: start)
      }
    } else {
      try digits(from: start)
    }
    if take(".") { try digits(from: start) }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits(from: start)
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits(from start: Int) throws(Mistake) {
    guard let byte = peek(), isDigit(byte) else {
      throw mistake("a digit is wanted", from: start, to: place + 1)
    }
    while let byte = peek(), isDigit(byte) { place += 1 }
  }

  private mutating func word() throws(Mistake) -> LineValue.Content {
    let start = place
    while let byte = peek(), UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { place += 1 }
    switch String(decoding: bytes[start..<place], as: UTF8.self) {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: throw mistake("this is no JSON value", from: start, to: max(place, start + 1))
    }
  }

  private mutating func text() throws(Mistake) -> String {
    let start = place
    var content: [UInt8] = []
    place += 1
    while let byte = peek() {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw mistake("the text is not UTF-8", from: start, to: place)
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20: throw mistake("a control character must be escaped", from: place - 1)
      default: content.append(byte)
      }
    }
    throw mistake("the text does not end", from: start, to: end)
  }

  private mutating func escape(into content: inout [UInt8]) throws(Mistake) {
    let start = place - 1
    guard let byte = peek() else { throw mistake("the text does not end", from: start, to: end) }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      let first = try unit(from: start)
      var code = UInt32(first)
      if 0xD800...0xDBFF ~= first, take("\\"), take("u") {
        let second = try unit(from: start)
        guard 0xDC00...0xDFFF ~= second else {
          throw mistake("half a character", from: start, to: place)
        }
        code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw mistake("half a character", from: start, to: place)
      }
      content += Array(String(Character(scalar)).utf8)
    default: throw mistake("an unknown escape", from: start, to: place)
    }
  }

  private mutating func unit(from start: Int) throws(Mistake) -> UInt16 {
    let stop = min(place + 4, end)
    let digits = String(decoding: bytes[place..<stop], as: UTF8.self)
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ isHex($0) }),
      let unit = UInt16(digits, radix: 16)
    else { throw mistake("four hexadecimal digits are wanted", from: start, to: stop) }
    place = stop
    return unit
  }

  private func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private func peek() -> UInt8? { place < end ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D { place += 1 }
  }

  private func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(file: file, start: start, end: end)
  }

  private func mistake(_ message: String, from start: Int, to end: Int? = nil) -> Mistake {
    Mistake(message: message, span: span(start, min(end ?? start + 1, max(self.end, start))))
  }
}
