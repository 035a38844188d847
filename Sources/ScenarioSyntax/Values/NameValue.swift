internal import Diagnostics

/// Names as texts.
enum NameValue {
  /// The longest name, in bytes.
  static let limit = 100

  /// Reads a name that expressions can use: letters, digits and `_`, not starting with a digit.
  static func identifier(_ text: String) throws(ValueMistake) -> String {
    try name(text, also: [], advice: "letters, digits and `_`, and starts with no digit")
  }

  /// Reads a name that may have `-` inside: of a fault, a tag, a protocol.
  static func label(_ text: String) throws(ValueMistake) -> String {
    try name(
      text, also: [UInt8(ascii: "-")],
      advice: "letters, digits, `_` and `-`, and starts with a letter or `_`")
  }

  private static func name(
    _ text: String, also more: [UInt8], advice: String
  ) throws(ValueMistake) -> String {
    let bytes = text.utf8
    guard bytes.count <= limit else {
      throw ValueMistake(.malformedName, "a name of \(bytes.count) bytes; \(limit) are the most")
    }
    guard !bytes.isEmpty else { throw ValueMistake(.emptyValue, "this name is empty") }
    guard let first = bytes.first, isLetter(first), isName(text, also: more) else {
      throw ValueMistake(
        .malformedName, "`\(text)` is not a name", label: "a name has \(advice)",
        help: alone(text, also: more)
          ?? mended(Array(bytes), also: more).map(ValueMistake.didYouMean))
    }
    return text
  }

  /// The help for a point, `split.start`, where its owner is wanted.
  private static func alone(_ text: String, also more: [UInt8]) -> String? {
    for point in [".start", ".end"] where text.hasSuffix(point) {
      let name = String(text.dropLast(point.count))
      if let first = name.utf8.first, isLetter(first), isName(name, also: more) {
        return "the name alone is wanted: `\(name)`"
      }
    }
    return nil
  }

  /// Whether a text has nothing but letters, digits and some other bytes.
  private static func isName(_ text: String, also more: [UInt8]) -> Bool {
    func fits(_ byte: UInt8) -> Bool {
      isLetter(byte) || Quantity.isDigit(byte) || more.contains(byte)
    }
    return text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(fits) }
      ?? text.utf8.allSatisfy(fits)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func mended(_ bytes: [UInt8], also more: [UInt8]) -> String? {
    guard let first = bytes.first, isLetter(first) else { return nil }
    let mended = bytes.map { byte -> UInt8 in
      isLetter(byte) || Quantity.isDigit(byte) || more.contains(byte) ? byte : UInt8(ascii: "_")
    }
    return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: mended, as: UTF8.self) : nil
  }
}
