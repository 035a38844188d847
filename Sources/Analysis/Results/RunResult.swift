public import SystemModel

/// Everything that reports say of a run.
public struct RunResult: Sendable, Hashable {
  /// The name of the scenario.
  public var name: String
  /// Where all chance came from.
  public var seed: UInt64
  /// What the seed has drawn of the scenario; nil if it draws nothing.
  public var drawn: DrawnConfiguration?
  /// The judgement after the scenario's `expect`.
  public var verdict: Verdict
  /// The judgement before the scenario's `expect`.
  public var outcome: Verdict
  /// Why the run ended.
  public var end: RunEnd
  /// When it ended: how much virtual time it took.
  public var endedAt: Instant
  /// How many events it had.
  public var events: Int
  /// The names of nodes and groups that the rest refers to.
  public var topology: Topology
  /// What became of each assertion, in the order of the scenario.
  public var assertions: [AssertionResult]
  /// The metrics, ordered by name; one without samples is absent.
  public var metrics: [MetricResult]
  /// What each fault did, in the order of the scenario.
  public var faults: [FaultResult]
  /// The explicit deliveries and timers that never occurred, in the order of the scenario.
  public var idleEntries: [IdleEntry]
  /// The history of calls, in order of invocation; at most the first 10,000.
  public var calls: [CallResult]
  /// How many calls of the history were left out.
  public var callsLeftOut: Int
  /// What each node did, in the order of the topology; nodes without a bar are absent.
  public var timeline: [NodeTimeline]
  /// Values that changed in steps, such as the counter of a barrier.
  public var series: [StepSeries]
  /// Why the run as a whole is not a pass where no assertion says so: no assertion, an idle fault.
  public var remarks: [String]
  /// The hash of all that happened.
  public var traceHash: UInt64
  /// Whether nothing was run: a recorded history was judged.
  public var isRecorded = false

  /// What is known of a run before anything was judged; all else is filled in.
  public init(
    name: String, seed: UInt64, end: RunEnd, endedAt: Instant, events: Int = 0,
    topology: Topology, traceHash: UInt64
  ) {
    self.name = name
    self.seed = seed
    verdict = .pass
    outcome = .pass
    self.end = end
    self.endedAt = endedAt
    self.events = events
    self.topology = topology
    assertions = []
    metrics = []
    faults = []
    idleEntries = []
    calls = []
    callsLeftOut = 0
    timeline = []
    series = []
    remarks = []
    self.traceHash = traceHash
  }

  /// The value of a metric; nil if it has no samples or does not exist.
  public func metric(_ name: String) -> MetricValue? {
    metrics.first { $0.name == name }?.value
  }

  /// The result of an assertion by its name.
  public func assertion(_ name: String) -> AssertionResult? {
    assertions.first { $0.name == name }
  }
}
