/// Reads one string literal: quotes of one or three, raw or with escapes.
struct StringLiteral {
  /// Where reading goes on; behind the closing quotes once it is read.
  private(set) var offset: Int
  private let bytes: [UInt8]
  private let start: Int
  private let isRaw: Bool
  private let isBytes: Bool

  /// Prepares to read at the opening quote, `prefix` standing before it.
  init(_ bytes: [UInt8], at quote: Int, prefix: String) {
    self.bytes = bytes
    start = quote - prefix.utf8.count
    offset = quote
    isRaw = prefix.lowercased().contains("r")
    isBytes = prefix.lowercased().contains("b")
  }

  /// The letters before a quote that make what follows a raw string or bytes; nil if it is a name.
  static func prefix(of bytes: ArraySlice<UInt8>) -> String? {
    let letters = bytes.prefix(3).prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
    guard letters.count < bytes.prefix(3).count else { return nil }
    let prefix = String(decoding: letters, as: UTF8.self)
    return ["r", "b", "br", "rb"].contains(prefix.lowercased()) ? prefix : nil
  }

  /// The text between the quotes.
  mutating func read() throws(ExpressionMistake) -> String {
    let quote = bytes[offset]
    let isTriple = peek(1) == quote && peek(2) == quote
    offset += isTriple ? 3 : 1
    var content: [UInt8] = []
    while true {
      guard let byte = peek(), isTriple || (byte != 0x0A && byte != 0x0D) else {
        throw unterminated(quote, isTriple)
      }
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        offset += isTriple ? 3 : 1
        break
      }
      if byte == UInt8(ascii: "\\"), !isRaw {
        content.append(contentsOf: String(try escape()).utf8)
      } else if byte == 0x0D {
        // A line end inside three quotes is one line feed, however the file writes it.
        offset += peek(1) == 0x0A ? 2 : 1
        content.append(0x0A)
      } else {
        offset += 1
        content.append(byte)
      }
    }
    if isBytes {
      throw ExpressionMistake(
        CheckCodes.leftOut, "CEL's bytes are left out here", at: start..<offset,
        help: "write a string, without the `b`")
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func escape() throws(ExpressionMistake) -> Unicode.Scalar {
    let begin = offset
    guard let letter = peek(1) else { throw unknownEscape(begin) }
    offset += 2
    switch letter {
    case UInt8(ascii: "a"): return "\u{7}"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "v"): return "\u{B}"
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"),
      UInt8(ascii: "?"):
      return Unicode.Scalar(letter)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return try scalar(digits: 2, radix: 16, from: begin)
    case UInt8(ascii: "u"): return try shortUnicode(from: begin)
    case UInt8(ascii: "U"): return try scalar(digits: 8, radix: 16, from: begin)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      offset -= 1
      return try scalar(digits: 3, radix: 8, from: begin)
    default: throw unknownEscape(begin)
    }
  }

  /// `\u` and four digits, or two of them that are a surrogate pair.
  private mutating func shortUnicode(
    from begin: Int
  ) throws(ExpressionMistake) -> Unicode.Scalar {
    guard let high = number(digits: 4, radix: 16) else { throw unknownEscape(begin) }
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
      throw unknownEscape(begin)
    }
    offset += 2
    guard let low = number(digits: 4, radix: 16), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw unknownEscape(begin) }
    return scalar
  }

  private mutating func scalar(
    digits: Int, radix: Int, from begin: Int
  ) throws(ExpressionMistake) -> Unicode.Scalar {
    guard let value = number(digits: digits, radix: radix), let scalar = Unicode.Scalar(value)
    else { throw unknownEscape(begin) }
    return scalar
  }

  private mutating func number(digits: Int, radix: Int) -> UInt32? {
    guard offset + digits <= bytes.count else { return nil }
    let text = String(decoding: bytes[offset..<(offset + digits)], as: UTF8.self)
    guard text.utf8.allSatisfy(Identifier.isPart), let value = UInt32(text, radix: radix) else {
      return nil
    }
    offset += digits
    return value
  }

  private func unknownEscape(_ begin: Int) -> ExpressionMistake {
    var end = min(max(offset, begin + 2), bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let text = String(decoding: bytes[begin..<end], as: UTF8.self)
    return ExpressionMistake(
      CheckCodes.text, "\(StringText.quoted(text)) is no escape", at: begin..<end,
      notes: [
        #"the escapes are \a \b \f \n \r \t \v \\ \? \" \' \` \xHH \uHHHH \UHHHHHHHH \ooo"#
      ],
      help: "for a backslash write `\\\\`, or `r` before the opening quote")
  }

  private func unterminated(_ quote: UInt8, _ isTriple: Bool) -> ExpressionMistake {
    let sign = String(repeating: Character(Unicode.Scalar(quote)), count: isTriple ? 3 : 1)
    return ExpressionMistake(
      CheckCodes.text, "the string has no closing \(sign)", at: start..<offset,
      help: isTriple ? nil : "a string over several lines has three quotes on each side")
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }
}
