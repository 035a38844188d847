import SystemModel

/// What many runs are summed up from: verdicts and chosen metrics of one run, without any words.
///
/// One tally is filled again and again, so that nothing is allocated for a run.
public struct RunTally: Sendable {
  /// What is measured, in this order.
  public let metrics: [Metric]
  /// What each assertion came to, in the order of the plan.
  public internal(set) var verdicts: ContiguousArray<Verdict> = []
  /// The outcome of the run without its `sometimes`, which many runs have to reach together.
  public internal(set) var outcome = Verdict.pass
  /// What makes the outcome vacuous or inconclusive, in the order of the plan; empty for all others.
  public internal(set) var causes: ContiguousArray<OutcomeCause> = []
  /// The values of the metrics; nil for one without samples.
  public internal(set) var values: ContiguousArray<MetricValue?>
  /// How many events the run had.
  public internal(set) var events = 0
  /// What tells the run from others of its plan.
  public var trace = TraceKey(hash: 0, details: 0)

  /// A tally that measures some metrics of the plan's environment.
  public init(measuring metrics: [Metric]) {
    self.metrics = metrics
    values = ContiguousArray(repeating: nil, count: metrics.count)
  }
}
