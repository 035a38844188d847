public import Analysis

/// What matters of a failing scenario, with all that a report says besides.
public struct ReportedBlame: Sendable {
  /// The path of the scenario, as its user gave it.
  public var file: String
  /// What matters.
  public var summary: BlameSummary
  /// Why no more runs were made; if they are not complete, some are missing.
  public var ending: Ending

  /// Why no more runs were made.
  public enum Ending: String, Sendable {
    /// All were made.
    case complete
    /// The time that was given is over.
    case time
    /// Somebody interrupted them.
    case interruption
  }

  /// Describes what matters of a scenario.
  public init(file: String, summary: BlameSummary, ending: Ending = .complete) {
    self.file = file
    self.summary = summary
    self.ending = ending
  }
}
