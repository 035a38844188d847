import Diagnostics

/// Rows of texts whose columns stand under each other.
///
/// Texts may come from a scenario: hidden characters are escaped, and widths are counted in columns
/// of a terminal.
struct TextTable {
  /// On which side of its column a text stands.
  enum Side {
    case left
    case right
  }

  /// A text of a row.
  struct Cell {
    let text: String
    let part: Paint.Part

    init(_ text: String, _ part: Paint.Part = .plain) {
      self.text = VisibleText.escaped(text)
      self.part = part
    }
  }

  private let sides: [Side]
  private let gap: String
  private var rows: [[Cell]] = []

  /// A table without rows; columns beyond those of `sides` stand left.
  init(_ sides: [Side], gap: Int = 2) {
    self.sides = sides
    self.gap = String(repeating: " ", count: gap)
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// The rows as lines, without spaces at their ends.
  func lines(indent: Int = 0, _ paint: Paint) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], VisibleText.width(cell.text))
      }
    }
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      var line = margin
      var owed = ""
      for (column, cell) in row.enumerated() {
        if column > 0, widths[0..<column].contains(where: { $0 > 0 }) { owed += gap }
        let missing = widths[column] - VisibleText.width(cell.text)
        let filler = String(repeating: " ", count: missing)
        if column < sides.count, sides[column] == .right { owed += filler }
        if !cell.text.isEmpty {
          line += owed + paint(cell.part, cell.text)
          owed = ""
        }
        if column >= sides.count || sides[column] == .left { owed += filler }
      }
      return line == margin ? "" : line
    }
  }
}

/// Texts made to fit a number of columns.
enum FittedText {
  /// The text with hidden characters escaped, cut at the end if it is wider than `width` columns.
  static func cut(_ text: String, to width: Int) -> String {
    let text = VisibleText.escaped(text)
    // Characters take at most two columns, and most texts are short.
    if text.utf8.count <= width || VisibleText.width(text) <= width { return text }
    var result = ""
    var used = 1
    for scalar in text.unicodeScalars {
      used += VisibleText.width(String(scalar))
      guard used <= width else { break }
      result.unicodeScalars.append(scalar)
    }
    return result + "…"
  }

  /// The text, hidden characters escaped, in lines of at most `width` columns, broken at spaces
  /// where there are some; at most `limit` lines, the last of which then ends with an ellipsis.
  static func wrap(_ text: String, to width: Int, limit: Int = 8) -> [String] {
    var lines: [String] = []
    var line = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for word in VisibleText.escaped(String(paragraph)).split(separator: " ") {
        if !line.isEmpty, VisibleText.width(line) + 1 + VisibleText.width(String(word)) > width {
          lines.append(line)
          line = ""
        }
        guard lines.count < limit else {
          lines[limit - 1] = cut(lines[limit - 1] + " …", to: width)
          return lines
        }
        line += (line.isEmpty ? "" : " ") + cut(String(word), to: width)
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
    }
    return Array(lines.prefix(limit))
  }
}
