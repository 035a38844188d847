/// A page of reference as data: sections of prose and tables, shown to a person on a terminal or
/// written as Markdown into the reference.
public struct ReferencePage: Sendable {
  /// A part of a page.
  public enum Block: Sendable {
    /// Some sentences.
    case prose(String)
    /// Sentences one below the other.
    case list([String])
    /// Lines as they are.
    case code(String)
    /// Rows under a heading each.
    case table([String], rows: [[String]])
  }

  /// A titled part of a page.
  public struct Section: Sendable {
    /// The title.
    public let title: String
    /// What it says; a section without anything to say is left out.
    public let blocks: [Block]

    /// A section.
    public init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }
  }

  /// The title.
  public let title: String
  /// The parts.
  public let sections: [Section]

  /// A page.
  public init(_ title: String, _ sections: [Section]) {
    self.title = title
    self.sections = sections.filter { section in
      section.blocks.contains { block in
        switch block {
        case .prose(let text), .code(let text): !text.isEmpty
        case .list(let items): !items.isEmpty
        case .table(_, let rows): !rows.isEmpty
        }
      }
    }
  }

  /// The page for a terminal: columns aligned, long last columns folded at the width.
  public func text(width: Int = 100) -> String {
    var lines = [title, ""]
    for section in sections {
      if !section.title.isEmpty { lines.append(section.title.uppercased()) }
      for block in section.blocks {
        switch block {
        case .prose(let text): lines += Self.folded(text, width: width - 2).map { "  " + $0 }
        case .list(let items):
          for item in items {
            for (place, line) in Self.folded(item, width: width - 4).enumerated() {
              lines.append((place == 0 ? "  - " : "    ") + line)
            }
          }
        case .code(let text):
          lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
        case .table(let heads, let rows): lines += Self.aligned(heads, rows, width: width)
        }
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  /// The page as Markdown, its title a heading of a level.
  public func markdown(level: Int = 1) -> String {
    let hashes = String(repeating: "#", count: level)
    var lines = ["\(hashes) \(title)", ""]
    for section in sections {
      if !section.title.isEmpty { lines += ["\(hashes)# \(section.title)", ""] }
      for block in section.blocks {
        switch block {
        case .prose(let text): lines.append(text)
        case .list(let items): lines += items.map { "- \($0)" }
        case .code(let text): lines += ["```", text, "```"]
        case .table(let heads, let rows):
          lines.append("| \(heads.joined(separator: " | ")) |")
          lines.append("|\(String(repeating: " --- |", count: heads.count))")
          for row in rows {
            lines.append("| \(row.map(Self.cell).joined(separator: " | ")) |")
          }
        }
        lines.append("")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The text of a cell: its bars do not end it, and its lines become one.
  private static func cell(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ")
      .split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static func aligned(_ heads: [String], _ rows: [[String]], width: Int) -> [String] {
    let last = heads.count - 1
    let widths = (0..<last).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let indent = widths.reduce(2) { $0 + $1 + 2 }
    return rows.flatMap { row in
      var head = "  "
      for column in 0..<last {
        head += row[column] + String(repeating: " ", count: widths[column] - row[column].count + 2)
      }
      let folded = folded(row[last], width: max(30, width - indent))
      return folded.enumerated().map { place, line in
        place == 0 ? head + line : String(repeating: " ", count: indent) + line
      }
    }
  }

  /// A text in lines of at most some columns, broken between words.
  private static func folded(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }
}
