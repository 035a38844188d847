public import Diagnostics

/// An explicit delivery or timer of the scenario that never occurred in a run.
public struct IdleEntry: Sendable, Hashable {
  /// Its place among the explicit deliveries and, behind them, the explicit timers.
  public var place: Int
  /// What it is about, in words: `the 2nd commit from node1 to node3`.
  public var name: String
  /// What it contributes to the outcome of the run: vacuous, inconclusive if the run was cut off, or
  /// pass if the scenario accepts it.
  public var verdict: Verdict
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// Why the scenario accepts that it never occurs; nil if it does not.
  public var excuse: String?

  /// Describes an entry that never occurred.
  public init(
    place: Int, name: String, verdict: Verdict, span: SourceSpan? = nil, excuse: String? = nil
  ) {
    self.place = place
    self.name = name
    self.verdict = verdict
    self.span = span
    self.excuse = excuse
  }
}
