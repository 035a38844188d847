public import Diagnostics

/// What kept runs of a sweep from a verdict: an assertion, a fault or an explicit entry that made
/// them vacuous or inconclusive.
public struct SweepUndecided: Sendable, Hashable {
  /// What kind of thing it is.
  public enum Subject: String, Sendable, Hashable {
    /// An assertion without a chance to fail, or one that was not decided.
    case assertion
    /// A fault that touched nothing, or had no time to.
    case fault
    /// An explicit delivery or timer that never occurred, or had no time to.
    case entry
    /// The scenario as a whole, which asserts nothing.
    case scenario
  }

  /// What kind of thing it is.
  public var subject: Subject
  /// Its name in the scenario.
  public var name: String
  /// Vacuous or inconclusive.
  public var verdict: Verdict
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// Why the first of the runs came to this, in a sentence.
  public var reason: String
  /// How many runs came to this, in all cells.
  public var count: Int
  /// The cell of the first of them, by its place.
  public var cell: Int
  /// The seed of the first of them.
  public var seed: UInt64
  /// What that seed has drawn of the scenario; nil if it draws nothing.
  public var drawn: DrawnConfiguration?

  /// Describes what kept runs from a verdict.
  public init(
    subject: Subject, name: String, verdict: Verdict, span: SourceSpan?, reason: String,
    count: Int, cell: Int, seed: UInt64, drawn: DrawnConfiguration? = nil
  ) {
    self.subject = subject
    self.name = name
    self.verdict = verdict
    self.span = span
    self.reason = reason
    self.count = count
    self.cell = cell
    self.seed = seed
    self.drawn = drawn
  }
}
