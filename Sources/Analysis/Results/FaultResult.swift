public import Diagnostics
public import SystemModel

/// What a fault did in a run: its ledger.
public struct FaultResult: Sendable, Hashable {
  /// A while in which a fault acted.
  public struct Window: Sendable, Hashable {
    /// When it began.
    public var start: Instant
    /// When it ceased; nil if it acted to the end of the run.
    public var end: Instant?
    /// The nodes that its selectors chose then, in the order of the choice.
    public var targets: [NodeID]

    /// A while in which a fault acted.
    public init(start: Instant, end: Instant?, targets: [NodeID]) {
      self.start = start
      self.end = end
      self.targets = targets
    }
  }

  /// What a fault touched; all zero means that it was idle.
  public struct Ledger: Sendable, Hashable {
    /// Messages that it lost.
    public var dropped = 0
    /// Messages that waited for its end.
    public var held = 0
    /// Messages that it made slower.
    public var delayed = 0
    /// Messages that it duplicated.
    public var duplicated = 0
    /// Nanoseconds that nodes were down, stood still, or handled slowly because of it, summed up.
    public var nodeTimeLost: Int64 = 0
    /// Calls that it made fail, or left without an answer.
    public var callsTouched = 0
    /// Nodes that it put right, or other faults that it ended.
    public var repaired = 0

    /// Nothing touched.
    public init() {}

    /// Whether it touched nothing.
    public var isIdle: Bool { self == Ledger() }
  }

  /// The name in the scenario.
  public var name: String
  /// What it contributes to the outcome of the run: vacuous if it touched nothing and the scenario
  /// does not accept that, inconclusive if the run was cut off before it touched anything, error if
  /// its `when` could not be evaluated, else pass.
  public var verdict: Verdict
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// How often it fired.
  public var fired: Int
  /// The first of the whiles in which it acted; at most 1000.
  public var windows: [Window]
  /// What it touched.
  public var ledger: Ledger
  /// Why the scenario accepts that it touches nothing; nil if it does not.
  public var excuse: String?
  /// The failure of its `when`, if that could not be evaluated.
  public var diagnostic: Diagnostic?
  /// When that was found out.
  public var failedAt: Instant?

  /// Describes what a fault did; without a verdict, that of a run that was not cut off.
  public init(
    name: String, verdict: Verdict? = nil, span: SourceSpan? = nil, fired: Int,
    windows: [Window], ledger: Ledger, excuse: String? = nil, diagnostic: Diagnostic? = nil,
    failedAt: Instant? = nil
  ) {
    let idle: Verdict = ledger.isIdle && excuse == nil ? .vacuous : .pass
    self.name = name
    self.verdict = verdict ?? (diagnostic == nil ? idle : .error)
    self.span = span
    self.fired = fired
    self.windows = windows
    self.ledger = ledger
    self.excuse = excuse
    self.diagnostic = diagnostic
    self.failedAt = failedAt
  }
}
