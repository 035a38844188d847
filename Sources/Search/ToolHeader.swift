import Interpreter

/// The paragraphs that the tool puts on top of a scenario that it has made: where it comes from.
enum ToolHeader {
  /// How such a paragraph begins.
  enum Opening: String, CaseIterable {
    /// A run that failed, as it was or made smaller.
    case failing = "A failing run"
    /// A run in which nothing is left to chance.
    case frozen = "A frozen run"
  }

  /// By whom it is: what tells it from a paragraph of an author.
  static let signature = "by conclave \(Version.text)"

  /// A comment on top without those paragraphs; a scenario has only that of the last command.
  static func removed(from lines: [String]) -> [String] {
    let paragraphs = lines.split(separator: "").filter { !isOurs(Array($0)) }
    return Array(paragraphs.joined(separator: [""]))
  }

  private static func isOurs(_ lines: [String]) -> Bool {
    let isOpening = Opening.allCases.contains { lines[0].hasPrefix($0.rawValue) }
    return isOpening && lines[0].contains(" by conclave ")
  }
}
