public import Analysis

/// What matters of a failing scenario, with all that a report says besides.
public struct ReportedBlame: Sendable {
  /// The path of the scenario, as its user gave it.
  public var file: String
  /// What matters.
  public var summary: BlameSummary
  /// Whether somebody has interrupted the runs, so that some are missing.
  public var isInterrupted: Bool

  /// Describes what matters of a scenario.
  public init(file: String, summary: BlameSummary, isInterrupted: Bool = false) {
    self.file = file
    self.summary = summary
    self.isInterrupted = isInterrupted
  }
}
