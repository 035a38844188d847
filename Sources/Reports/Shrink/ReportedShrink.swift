public import Analysis

/// A scenario that was made smaller, with all that a report says besides.
public struct ReportedShrink: Sendable {
  /// The path of the scenario, as its user gave it.
  public var file: String
  /// Where the smaller one was written; `-` for standard output, nil if it was not.
  public var output: String?
  /// What became of it.
  public var summary: ShrinkSummary

  /// Describes a search.
  public init(file: String, output: String?, summary: ShrinkSummary) {
    self.file = file
    self.output = output
    self.summary = summary
  }
}

extension ShrinkSummary.Ending {
  /// Why nothing more was tried, in words.
  var told: String {
    switch self {
    case .minimal: "nothing single can be left out any more"
    case .runs: "the runs that were allowed are over; more may be possible"
    case .time: "the time that was given is over; more may be possible"
    case .interruption: "interrupted; more may be possible"
    }
  }
}
