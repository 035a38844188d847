public import SystemModel

/// What a line of a transcript says; the raw value is the word for filters and JSON lines.
public enum TranscriptEvent: String, Sendable, Hashable, CaseIterable {
  /// The run starts, and every node with it.
  case started
  /// A message was given to the network.
  case sent
  /// A message has arrived; its node sees it now, unless handling takes time.
  case delivered
  /// The handling of a message is over; its node sees it now.
  case handled
  /// A message was lost.
  case dropped
  /// A message waits for the end of a fault.
  case held
  /// A held message travels on.
  case released
  /// A fault has made a message slower.
  case delayed
  /// The network made a copy of a message.
  case duplicated
  /// A timer ran out.
  case timer
  /// A client called.
  case callInvoked = "call_invoked"
  /// A call that waited at a paused node is seen by it.
  case callReached = "call_reached"
  /// A call ended.
  case callCompleted = "call_completed"
  /// A fault began to act.
  case faultStarted = "fault_started"
  /// A fault ceased to act.
  case faultEnded = "fault_ended"
  /// A node crashed.
  case crashed
  /// A crashed node started again.
  case restarted
  /// A node was paused.
  case paused
  /// A paused node went on.
  case resumed
  /// A node became slow at handling.
  case slowed
  /// A slow node became as fast as before.
  case unslowed
  /// The number of messages in handling at a node changed.
  case handling
  /// A field of a node changed.
  case field
  /// A node announced something.
  case observed
  /// The run is over.
  case ended

  /// The word for a record; nil for one that only continues the record before it.
  public init?(_ kind: TraceRecord.Kind) {
    switch kind {
    case .sent: self = .sent
    case .delivered: self = .delivered
    case .handled: self = .handled
    case .dropped: self = .dropped
    case .held: self = .held
    case .released: self = .released
    case .delayed: self = .delayed
    case .duplicated: self = .duplicated
    case .timerFired: self = .timer
    case .callInvoked: self = .callInvoked
    case .callReached: self = .callReached
    case .callCompleted: self = .callCompleted
    case .faultStarted: self = .faultStarted
    case .faultEnded: self = .faultEnded
    case .crashed: self = .crashed
    case .restarted: self = .restarted
    case .paused: self = .paused
    case .resumed: self = .resumed
    case .slowed: self = .slowed
    case .unslowed: self = .unslowed
    case .handling: self = .handling
    case .fieldChanged, .listChanged: self = .field
    case .continued: return nil
    case .observed: self = .observed
    case .started: self = .started
    case .ended: self = .ended
    }
  }

  /// Whether it is about a message, so that the record has a kind of message and its fields.
  public var isAboutMessage: Bool {
    switch self {
    case .sent, .delivered, .handled, .dropped, .held, .released, .delayed, .duplicated: true
    default: false
    }
  }

  /// Whether it happens at no node: the run as a whole, or a fault.
  var isGlobal: Bool {
    switch self {
    case .started, .ended, .faultStarted, .faultEnded: true
    default: false
    }
  }
}

/// Which lines of a transcript are written; all conditions must hold.
public struct TranscriptFilter: Sendable {
  /// Only what happens at these nodes, or to a message from or to one of them; nil: everywhere.
  /// What happens at no node, such as the start of a fault, is written in any case.
  public var nodes: NodeSet?
  /// Only these events; empty: all.
  public var events: [TranscriptEvent]
  /// Only what is about messages of these kinds, by their places in the protocol's declarations;
  /// empty: everything.
  public var messages: [UInt8]
  /// Nothing before this instant.
  public var from: Instant
  /// Nothing after this instant.
  public var through: Instant

  /// Conditions; without any, everything is written.
  public init(
    nodes: NodeSet? = nil, events: [TranscriptEvent] = [], messages: [UInt8] = [],
    from: Instant = .start, through: Instant = .never
  ) {
    self.nodes = nodes
    self.events = events
    self.messages = messages
    self.from = from
    self.through = through
  }

  /// Whether a record is written.
  func passes(_ record: TraceRecord, _ event: TranscriptEvent) -> Bool {
    guard record.instant >= from, record.instant <= through else { return false }
    if !events.isEmpty, !events.contains(event) { return false }
    if !messages.isEmpty, !event.isAboutMessage || !messages.contains(record.code) { return false }
    guard let nodes, !event.isGlobal else { return true }
    return nodes.contains(record.from) || nodes.contains(record.to)
  }
}
