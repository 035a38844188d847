/// The bounds of what is read, for the reference.
public enum LimitCatalog {
  /// Each bound with what it bounds.
  public static var all: [(what: String, limit: String)] {
    let limits = YAMLLoader.Limits()
    return [
      ("the text of a file", "\(limits.textBytes >> 20) MiB"),
      ("lists and mappings inside each other", "\(limits.nesting)"),
      ("texts, lists and mappings of a file, aliases replaced", grouped(limits.nodes)),
      ("a chain of `extends`", "\(Inheritance.limit) files"),
      ("combinations of a matrix", grouped(ScenarioFrame.cellLimit)),
      ("a name", "\(NameValue.limit) characters"),
      ("a length of time", "365 days"),
    ]
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append("_") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
