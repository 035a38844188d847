/// A key and its value that were written without a space behind the colon: `nodes:3`.
struct SplitPair {
  /// What was meant as the key.
  let key: String
  /// What was meant as the value.
  let value: String

  /// Takes a text apart; nil if it is no word with a colon and something right behind that.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].utf8.first, Self.isLetter(first),
      parts[0].utf8.allSatisfy({
        Self.isLetter($0) || Quantity.isDigit($0) || $0 == UInt8(ascii: "-")
      }), let next = parts[1].unicodeScalars.first, !next.properties.isWhitespace,
      !parts[1].unicodeScalars.contains("\n")
    else { return nil }
    key = String(parts[0])
    value = String(parts[1])
  }

  /// The text with the space.
  var mended: String { "\(key): \(value)" }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}
