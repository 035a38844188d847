/// The words in which explicit deliveries and timers are spoken of.
public enum ExplicitWords {
  /// `the 2nd commit from node1 to node3`.
  public static func message(_ kind: String, _ from: String, _ to: String, nth: Int64) -> String {
    "the \(ordinal(nth)) \(kind) from \(from) to \(to)"
  }

  /// `the 3rd timer hold of node1`.
  public static func timer(_ timer: String, _ node: String, nth: Int64) -> String {
    "the \(ordinal(nth)) timer \(timer) of \(node)"
  }

  /// `1st`, `2nd`, `3rd`, `4th`, …
  public static func ordinal(_ number: Int64) -> String {
    switch (number % 10, number % 100) {
    case (_, 11...13): "\(number)th"
    case (1, _): "\(number)st"
    case (2, _): "\(number)nd"
    case (3, _): "\(number)rd"
    default: "\(number)th"
    }
  }
}
