/// Cuts an expression into tokens; stops at the first byte that cannot be part of one.
struct Lexer {
  /// More text than this is refused unread.
  static let maximumBytes = 65_536

  private let bytes: [UInt8]
  private var offset = 0
  private var comments: [Range<Int>] = []

  private init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// All the tokens of a text, the last one being its end.
  static func tokens(of text: String) throws(ExpressionMistake) -> [Token] {
    var lexer = Lexer(text)
    guard lexer.bytes.count <= maximumBytes else {
      throw ExpressionMistake(
        CheckCodes.size,
        "an expression has at most \(maximumBytes) bytes, this one has "
          + "\(lexer.bytes.count)", at: maximumBytes..<lexer.bytes.count)
    }
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  /// Where a text has comments, as far as it can be read.
  static func comments(in text: String) -> [Range<Int>] {
    var lexer = Lexer(text)
    while let token = try? lexer.next(), token.kind != .end {}
    return lexer.comments
  }

  private mutating func next() throws(ExpressionMistake) -> Token {
    skipSpace()
    let start = offset
    guard let byte = peek() else { return Token(kind: .end, range: offset..<offset) }
    if Identifier.isStart(byte) {
      if let prefix = StringLiteral.prefix(of: bytes[start...]) {
        return try string(prefix: prefix, from: start)
      }
      return word(from: start)
    }
    if isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(isDigit) == true) {
      var number = NumberLiteral(bytes, at: offset)
      let kind = try number.read()
      offset = number.offset
      return Token(kind: kind, range: start..<offset)
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return try string(prefix: "", from: start)
    }
    if byte == UInt8(ascii: "`") { return try quotedName(from: start) }
    return try sign(byte, from: start)
  }

  private mutating func skipSpace() {
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: offset += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        let start = offset
        while let byte = peek(), byte != 0x0A, byte != 0x0D { offset += 1 }
        comments.append(start..<offset)
      default: return
      }
    }
  }

  private mutating func word(from start: Int) -> Token {
    while let byte = peek(), Identifier.isPart(byte) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let kind: Token.Kind =
      switch text {
      case "true": .literal(.bool(true))
      case "false": .literal(.bool(false))
      case "null": .literal(.null)
      case "in": .sign(.in)
      default: .name(text)
      }
    return Token(kind: kind, range: start..<offset)
  }

  private mutating func string(
    prefix: String, from start: Int
  ) throws(ExpressionMistake) -> Token {
    var literal = StringLiteral(bytes, at: start + prefix.utf8.count, prefix: prefix)
    let text = try literal.read()
    offset = literal.offset
    return Token(kind: .literal(.string(text)), range: start..<offset)
  }

  /// Reads `` `content-type` ``: letters, digits and `_ . - /` and spaces.
  private mutating func quotedName(from start: Int) throws(ExpressionMistake) -> Token {
    offset += 1
    while let byte = peek(), Identifier.isPart(byte) || " -./".utf8.contains(byte) { offset += 1 }
    let name = bytes[(start + 1)..<offset]
    guard peek() == UInt8(ascii: "`"), !name.isEmpty else {
      throw ExpressionMistake(
        CheckCodes.syntax, "a name in backticks has letters, digits, `_`, `.`, `-`, `/` and spaces",
        at: start..<offset,
        help: "index with a string, which may have any sign: `m['a+b']`")
    }
    offset += 1
    return Token(
      kind: .quotedName(String(decoding: name, as: UTF8.self)), range: start..<offset)
  }

  private mutating func sign(_ byte: UInt8, from start: Int) throws(ExpressionMistake) -> Token {
    for length in [2, 1] where start + length <= bytes.count {
      let text = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
      if let sign = Token.Sign(rawValue: text) {
        offset += length
        return Token(kind: .sign(sign), range: start..<offset)
      }
    }
    throw stray(byte, at: start)
  }

  /// What to say of a byte that begins no token.
  private func stray(_ byte: UInt8, at start: Int) -> ExpressionMistake {
    let range = start..<(start + 1)
    if let slip = Slips.sign(bytes, at: start) {
      return ExpressionMistake(
        CheckCodes.syntax, "`\(slip.text)` is not an operator", at: slip.range, help: slip.help)
    }
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      let sign = byte == UInt8(ascii: "&") ? "&" : "|"
      return ExpressionMistake(
        CheckCodes.syntax, "`\(sign)` is not an operator", at: range, help: "write `\(sign)\(sign)`"
      )
    case UInt8(ascii: "$"): return interpolation(at: start)
    default:
      let scalar = String(decoding: bytes[start...].prefix(4), as: UTF8.self).unicodeScalars.first
      let width = scalar.map { String($0).utf8.count } ?? 1
      return ExpressionMistake(
        CheckCodes.syntax,
        "no expression has a \(StringText.quoted(scalar.map { String($0) } ?? ""))",
        at: start..<min(start + width, bytes.count), help: scalar.flatMap(Slips.character))
    }
  }

  /// What to say of `${name}`, or of a `$` by itself.
  private func interpolation(at start: Int) -> ExpressionMistake {
    var end = start + 1
    var help: String?
    if peek(1) == UInt8(ascii: "{"),
      let brace = bytes[start...].firstIndex(of: UInt8(ascii: "}"))
    {
      end = brace + 1
      let name = String(decoding: bytes[(start + 2)..<brace], as: UTF8.self)
      help = "a parameter is a name here: write `\(name)`"
    }
    return ExpressionMistake(
      CheckCodes.interpolation, "`${…}` does not work in an expression", at: start..<end,
      help: help)
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
