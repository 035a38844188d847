internal import Diagnostics

/// The comments of a text, each to be given to one value only.
struct SourceComments {
  private struct Comment {
    let text: String
    /// Whether nothing else stands in its line.
    let isAlone: Bool
  }

  private let source: SourceFile
  /// The comments by their lines, counted from 0.
  private var comments: [Int: Comment] = [:]

  /// Finds what stands behind `#` outside of the scalars of a text.
  init(_ source: SourceFile, scalars: [SourceSpan]) {
    self.source = source
    let bytes = source.bytes
    let spans = scalars.sorted()
    var next = 0
    var place = 0
    while place < bytes.count {
      while next < spans.count, spans[next].end <= place { next += 1 }
      if next < spans.count, spans[next].start <= place {
        place = spans[next].end
        continue
      }
      guard bytes[place] == UInt8(ascii: "#"), place == 0 || Self.isBlank(bytes[place - 1]) else {
        place += 1
        continue
      }
      let line = source.lineIndex(of: place)
      let start = source.lineStarts[line]
      let end = start + source.line(line).count
      comments[line] = Comment(
        text: Self.text(bytes[(place + 1)..<end]),
        isAlone: bytes[start..<place].allSatisfy(Self.isBlank))
      place = end
    }
  }

  /// Takes the comment lines above a place, up to the next line with anything else in it.
  mutating func takeAbove(_ offset: Int) -> [String] {
    var found: [String] = []
    var line = source.lineIndex(of: offset) - 1
    while line >= 0 {
      if let comment = comments[line], comment.isAlone {
        found.append(comment.text)
        comments[line] = nil
      } else if !source.line(line).allSatisfy(Self.isBlank) {
        break
      }
      line -= 1
    }
    return found.reversed()
  }

  /// Takes the comment on top of the text, of which an empty line ends a paragraph.
  mutating func takeHeader(before offset: Int) -> [String] {
    var found: [String] = []
    for line in 0..<source.lineIndex(of: offset) {
      if let comment = comments[line], comment.isAlone {
        found.append(comment.text)
        comments[line] = nil
      } else if found.last?.isEmpty == false {
        found.append("")
      }
    }
    while found.last?.isEmpty == true { found.removeLast() }
    return found
  }

  /// Takes the comments behind what stands in some lines.
  mutating func takeBehind(_ span: Range<Int>) -> String? {
    var found: [String] = []
    for line in source.lineIndex(of: span.lowerBound)...source.lineIndex(of: span.upperBound) {
      guard let comment = comments[line], !comment.isAlone else { continue }
      found.append(comment.text)
      comments[line] = nil
    }
    return found.isEmpty ? nil : found.joined(separator: " ")
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// The text without the blank behind `#` and without blanks at its end.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    if bytes.first == 0x20 { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
