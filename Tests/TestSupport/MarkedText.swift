public import Diagnostics

/// A text with some places marked by `«` and `»`, so that a test shows where it looks.
///
/// Marks may be nested but not crossed; `«»` marks a place between two characters.
public struct MarkedText: Sendable {
  /// The text without its marks.
  public let text: String
  /// The marked ranges of UTF-8 offsets into ``text``, in the order in which they start.
  public let ranges: [Range<Int>]

  /// Takes the marks out of a text; a mark without its partner is a mistake of the test.
  public init(_ marked: String) {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    var open: [Int] = []
    var ends: [Int] = []
    for character in marked.unicodeScalars {
      switch character {
      case "«":
        open.append(starts.count)
        starts.append(bytes.count)
        ends.append(-1)
      case "»":
        precondition(!open.isEmpty, "a » without its « in \(marked)")
        ends[open.removeLast()] = bytes.count
      default:
        bytes.append(contentsOf: Array(String(character).utf8))
      }
    }
    precondition(open.isEmpty, "a « without its » in \(marked)")
    text = String(decoding: bytes, as: UTF8.self)
    ranges = zip(starts, ends).map { $0..<$1 }
  }

  /// The marked ranges as spans of one file.
  public func spans(file: Int = 0) -> [SourceSpan] {
    ranges.map { SourceSpan(file: file, start: $0.lowerBound, end: $0.upperBound) }
  }

  /// Puts marks around spans of a text, the inverse of `init`, to compare places as texts.
  public static func mark(_ text: String, _ spans: [SourceSpan]) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for offset in 0...bytes.count {
      for span in spans where span.end == offset && span.start < span.end {
        result.append(contentsOf: Array("»".utf8))
      }
      for span in spans.sorted(by: { $0.end > $1.end }) where span.start == offset {
        result.append(contentsOf: Array((span.start == span.end ? "«»" : "«").utf8))
      }
      if offset < bytes.count { result.append(bytes[offset]) }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
