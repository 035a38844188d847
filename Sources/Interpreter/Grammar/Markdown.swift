/// A Markdown text in the making.
struct Markdown {
  private(set) var text = ""

  /// A heading of a level.
  mutating func heading(_ level: Int, _ title: String) {
    add(String(repeating: "#", count: level) + " " + title)
  }

  /// Some sentences.
  mutating func prose(_ sentences: String) { add(sentences) }

  /// Lines with a dash in front.
  mutating func list(_ items: [String]) {
    add(items.map { "- \($0)" }.joined(separator: "\n"))
  }

  /// Rows under a heading each; nothing if there are none.
  mutating func table(_ heads: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    let lines = ([heads, heads.map { _ in "---" }] + rows).map { row in
      "| " + row.map(Self.cell).joined(separator: " | ") + " |"
    }
    add(lines.joined(separator: "\n"))
  }

  /// Text as it stands.
  mutating func code(_ lines: String, _ language: String = "") {
    add("```\(language)\n\(lines)\n```")
  }

  private mutating func add(_ block: String) {
    if !text.isEmpty { text += "\n" }
    text += block + "\n"
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").split(
      separator: "|", omittingEmptySubsequences: false
    ).joined(separator: "\\|")
  }
}
