public import SystemModel

/// What a node did, for a chart of bars over time.
public struct NodeTimeline: Sendable, Hashable {
  /// What a bar shows.
  public enum Activity: String, Sendable, Hashable, CaseIterable {
    /// It handles messages.
    case handling
    /// It works, before it arrives at a barrier.
    case working
    /// It waits for a lock, or for the others at a barrier.
    case waiting
    /// It is in its critical section.
    case inside
    /// It asks for votes.
    case candidate
    /// It leads.
    case leading
    /// It is down.
    case down
    /// It stands still.
    case paused
  }

  /// A bar: from its start to the instant before its end.
  public struct Bar: Sendable, Hashable {
    /// What it shows.
    public var activity: Activity
    /// When it begins.
    public var start: Instant
    /// When it ends; that of the run if it never ended.
    public var end: Instant
    /// Whether it was still going on when the run ended.
    public var isOpen: Bool

    /// A bar.
    public init(activity: Activity, start: Instant, end: Instant, isOpen: Bool = false) {
      self.activity = activity
      self.start = start
      self.end = end
      self.isOpen = isOpen
    }
  }

  /// The node.
  public var node: NodeID
  /// The bars in the order of their starts.
  public var bars: [Bar]

  /// What a node did.
  public init(node: NodeID, bars: [Bar]) {
    self.node = node
    self.bars = bars
  }
}

/// A value that changes in steps, such as the counter of a barrier.
public struct StepSeries: Sendable, Hashable {
  /// A step.
  public struct Step: Sendable, Hashable {
    /// When the value changed.
    public var at: Instant
    /// The value from then on.
    public var value: Int64

    /// A step.
    public init(at: Instant, value: Int64) {
      self.at = at
      self.value = value
    }
  }

  /// What changes, such as `arrived at coordinator`.
  public var name: String
  /// The value it can reach at the most, if there is one.
  public var limit: Int64?
  /// The steps in order of time.
  public var steps: [Step]

  /// A value that changes in steps.
  public init(name: String, limit: Int64?, steps: [Step]) {
    self.name = name
    self.limit = limit
    self.steps = steps
  }
}
