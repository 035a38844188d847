public import Diagnostics

/// The bounds of what is read, for the reference.
public enum LimitCatalog {
  /// Each bound with what it bounds.
  public static var all: [Limit] {
    let limits = YAMLLoader.Limits()
    return [
      Limit("the text of a file", limits.textBytes >> 20, "MiB"),
      Limit("lists and mappings inside each other", limits.nesting),
      Limit("texts, lists and mappings of a file, aliases replaced", limits.nodes),
      Limit("a chain of `extends`", Inheritance.limit, "files"),
      Limit("combinations of a matrix", ScenarioFrame.cellLimit),
      Limit("a name", NameValue.limit, "characters"),
      Limit("a length of time", Int(longestTime / 86_400_000_000_000), "days"),
    ]
  }

  /// The longest length of time, and the latest instant, in nanoseconds: 365 days.
  public static let longestTime = DurationValue.limit
}
