public import SystemModel

/// What shows that an assertion does not hold.
public struct Evidence: Sendable, Hashable {
  /// A name that an expression reads, and its value in the state that decided.
  public struct Reading: Sendable, Hashable {
    /// The name, such as `node1.role`.
    public var name: String
    /// The value in the notation of expressions, such as `"leader"`.
    public var value: String

    /// A name and its value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The virtual time at which it was decided.
  public var at: Instant
  /// The first record of the event that decided it; nil if a deadline passed between events.
  public var record: TraceRecord?
  /// That event in words; what passed, if none.
  public var event: String
  /// When the window that was judged opened; nil if the whole run is judged.
  public var windowOpened: Instant?
  /// The values that the deciding expression read, in the order of reading.
  public var readings: [Reading]
  /// The names of the faults that were active.
  public var activeFaults: [String]
  /// The faults that had fired until then, in the order of the scenario.
  public var faultsSoFar: [FaultSoFar]
  /// The nodes involved, in the order of the topology.
  public var nodes: [NodeID]
  /// Messages that can have led to it, in the order in which they were seen: each happened before
  /// the deciding event at one of the nodes involved, or was lost on the way from or to one. The
  /// last ones, and the first ones that carried what it is about; behind them, if something was
  /// awaited in vain, those from and to the nodes involved that were on their way.
  public var messages: [MessageEvidence]

  /// Describes what decided an assertion.
  public init(
    at: Instant, record: TraceRecord?, event: String, windowOpened: Instant? = nil,
    readings: [Reading] = [], activeFaults: [String] = [], faultsSoFar: [FaultSoFar] = [],
    nodes: [NodeID] = [],
    messages: [MessageEvidence] = []
  ) {
    self.at = at
    self.record = record
    self.event = event
    self.windowOpened = windowOpened
    self.readings = readings
    self.activeFaults = activeFaults
    self.faultsSoFar = faultsSoFar
    self.nodes = nodes
    self.messages = messages
  }
}

/// A fault that had fired before an assertion was decided.
public struct FaultSoFar: Sendable, Hashable {
  /// The name of the fault.
  public var name: String
  /// What it had touched until then.
  public var ledger: FaultResult.Ledger

  /// A fault and what it had touched.
  public init(name: String, ledger: FaultResult.Ledger) {
    self.name = name
    self.ledger = ledger
  }
}

/// A message that led to what an assertion found.
public struct MessageEvidence: Sendable, Hashable {
  /// The message, by its number in the trace.
  public var id: Int64
  /// The kind and its fields in words, such as `vote_grant(term: 2)`.
  public var text: String
  /// The sender.
  public var from: NodeID
  /// The receiver.
  public var to: NodeID
  /// When it was sent; nil if that is longer ago than is kept.
  public var sent: Instant?
  /// When its receiver saw it, or when it was lost; nil if it was on its way.
  public var seen: Instant?
  /// Whether it was lost.
  public var isLost: Bool
  /// Whether it is a copy that a fault made.
  public var isCopy = false
  /// Its fields that carry what the finding is about, such as `value: "red"`.
  public var telling: [String] = []
  /// How many messages that happened before the finding as well are left out right before it.
  public var leftOutBefore = 0

  /// Describes a message.
  public init(
    id: Int64, text: String, from: NodeID, to: NodeID, sent: Instant?, seen: Instant?,
    isLost: Bool = false
  ) {
    self.id = id
    self.text = text
    self.from = from
    self.to = to
    self.sent = sent
    self.seen = seen
    self.isLost = isLost
  }
}
