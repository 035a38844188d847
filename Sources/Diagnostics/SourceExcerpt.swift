/// A line of a file, or the part of it around a mark, as it is printed.
struct SourceExcerpt {
  /// The widest line that is printed as a whole, in columns.
  static let widest = 160
  /// How much of a longer line is shown in front of a mark, in characters.
  private static let leading = 40
  private static let ellipsis = "…"
  private static let tabWidth = 4

  /// What is printed; everything hidden is escaped and tabs are spaces.
  let text: String
  /// The bytes that are shown.
  let range: Range<Int>
  /// For each shown byte the column in which its character starts, and one more for the end.
  private let columns: [Int]

  /// Shows a line, by 0-based index; of a long one, the part that starts shortly before `offset`.
  init(_ file: SourceFile, line index: Int, around offset: Int) {
    let line = file.line(index)
    if line.count <= Self.widest * 4 {
      let whole = Printed(line, from: line.startIndex, prefix: "", limit: .max)
      if whole.width <= Self.widest {
        (text, range, columns) = (whole.text, line.startIndex..<line.endIndex, whole.columns)
        return
      }
    }
    let start = Self.start(in: line, before: min(max(offset, line.startIndex), line.endIndex))
    let prefix = start > line.startIndex ? Self.ellipsis : ""
    let part = Printed(line, from: start, prefix: prefix, limit: Self.widest - 1)
    range = start..<part.end
    columns = part.columns
    text = part.text + (part.end < line.endIndex ? Self.ellipsis : "")
  }

  /// The columns that a range of bytes takes: at least one, and none outside what is shown.
  func columns(of bytes: Range<Int>) -> Range<Int> {
    let start = column(of: bytes.lowerBound)
    let end = column(of: bytes.upperBound)
    return start..<max(start + 1, end)
  }

  private func column(of offset: Int) -> Int {
    columns[min(max(offset - range.lowerBound, 0), columns.count - 1)]
  }

  /// The start of the character that is a little before an offset.
  private static func start(in line: ArraySlice<UInt8>, before offset: Int) -> Int {
    var start = offset
    var left = leading
    while start > line.startIndex, left > 0 {
      start -= 1
      if line[start] & 0xC0 != 0x80 { left -= 1 }
      // Bytes that are no text have no starts to count.
      if offset - start >= 4 * leading { break }
    }
    return start
  }

  /// Bytes turned into printable text, with the column of each.
  private struct Printed {
    var text: String
    var columns: [Int] = []
    var width: Int
    var end: Int

    init(_ line: ArraySlice<UInt8>, from start: Int, prefix: String, limit: Int) {
      text = prefix
      width = prefix.unicodeScalars.count
      end = start
      var decoder = UTF8Walk(line[start...])
      while let (scalar, count) = decoder.next() {
        let piece = Self.piece(scalar, line[end], at: width)
        guard width + piece.width <= limit else { break }
        columns.append(contentsOf: repeatElement(width, count: count))
        text += piece.text
        width += piece.width
        end += count
      }
      columns.append(width)
    }

    private static func piece(
      _ scalar: Unicode.Scalar?, _ byte: UInt8, at column: Int
    ) -> (text: String, width: Int) {
      guard let scalar else {
        let text = "\\x" + String(byte, radix: 16, uppercase: true)
        return (text, text.utf8.count)
      }
      if scalar == "\t" {
        let width = tabWidth - column % tabWidth
        return (String(repeating: " ", count: width), width)
      }
      if VisibleText.isHidden(scalar) {
        let text = VisibleText.escape(scalar)
        return (text, text.utf8.count)
      }
      return (String(scalar), VisibleText.width(scalar))
    }
  }
}

/// A walk over bytes that yields characters, and nil for each byte that is part of none.
private struct UTF8Walk {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> (Unicode.Scalar?, count: Int)? {
    guard let first = rest.first else { return nil }
    let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let bytes = rest.prefix(count)
    if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.count == 1,
      let scalar = text.unicodeScalars.first
    {
      rest = rest.dropFirst(count)
      return (scalar, count)
    }
    rest = rest.dropFirst()
    return (nil, 1)
  }
}
