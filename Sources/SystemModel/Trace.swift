/// One thing that happened, in 56 bytes.
///
/// A trace is a sequence of *events*, each of one or more records: the first record of an event
/// (``beginsEvent``) says what was carried out, the others what came of it: messages sent, timers
/// set, fields changed, observations, calls ended. All records of an event have the same instant.
///
/// | kind | `from` | `to` | `id` | `code` | words |
/// |---|---|---|---|---|---|
/// | sent | sender | receiver | message | message kind | payload |
/// | delivered, handled | sender | receiver | message | message kind | payload |
/// | dropped | sender | receiver | message | message kind | payload; `reason`, `fault` |
/// | held, released | sender | receiver | message | message kind | payload; `fault` |
/// | delayed | sender | receiver | message | message kind | payload; `fault` |
/// | duplicated | sender | receiver | the copy | message kind | first: the original |
/// | timerFired | node | node | – | timer | – |
/// | callInvoked, callReached | node | node | call | call kind | arguments; `fault`: the caller, see below |
/// | callCompleted | node | node | call | outcome | first: value |
/// | faultStarted, faultEnded | – | – | binding | – | `fault`; ended: first is the fault that healed it, or −1 |
/// | crashed, restarted, paused, resumed | node | node | – | – | `fault`; crashed: first 1 if the disk is kept |
/// | slowed, unslowed | node | node | – | – | `fault` |
/// | handling | node | node | – | – | first: messages in handling now |
/// | fieldChanged | node | node | – | field | first: word |
/// | listChanged | node | node | length | field | up to three words, more in `continued` |
/// | continued | node | node | – | field | up to three further words |
/// | observed | node | node | – | observation | first: value |
/// | started, ended | – | – | – | ended: ``RunEnd`` | – |
///
/// Callers are counted over all workloads in their order: one for a workload at instants, repeated
/// or at a rate, and one for each client of a workload of clients.
///
/// Faults that are due at T0 act in the first event, `started`, before the nodes start. A node
/// that is down already is `crashed` by every further fault that keeps it down, and likewise
/// `paused`. What happens at a paused node leaves no record before the node goes on.
public struct TraceRecord: Hashable, Sendable, BitwiseCopyable {
  /// What a record says.
  public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// A message was given to the network.
    case sent = 0
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
    case timerFired
    /// A client called.
    case callInvoked
    /// A call that waited at a paused node is seen by it.
    case callReached
    /// A call ended.
    case callCompleted
    /// A fault began to act.
    case faultStarted
    /// A fault ceased to act.
    case faultEnded
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
    case fieldChanged
    /// A list field of a node changed.
    case listChanged
    /// Further words of the record before.
    case continued
    /// A node announced something.
    case observed
    /// The run starts; its event has the start of every node.
    case started
    /// The run is over.
    case ended
  }

  /// Nanoseconds of virtual time since T0.
  public var at: Int64
  /// What it is about: a message, call or binding; see the table.
  public var id: Int64
  /// What it says.
  public var kind: Kind
  /// A detail of the kind; see the table.
  public var code: UInt8
  /// Why a message was dropped; 0 otherwise.
  public var reason: UInt8
  /// Bit 0: begins an event. Bit 1: a message that counts as logical.
  public var flags: UInt8
  /// The sender, or the node it happens at.
  public var from: NodeID
  /// The receiver, or the node it happens at.
  public var to: NodeID
  /// The fault that did it, by its place in the plan; ``noFault`` if none did.
  public var fault: Int32
  /// The first word.
  public var first: Int64
  /// The second word.
  public var second: Int64
  /// The third word.
  public var third: Int64

  /// The value of ``fault`` where none is meant.
  public static let noFault: Int32 = -1

  /// Describes something that happened.
  @inlinable public init(
    _ kind: Kind, at: Int64, from: NodeID = NodeID(0), to: NodeID = NodeID(0), id: Int64 = 0,
    code: UInt8 = 0, reason: UInt8 = 0, flags: UInt8 = 0, fault: Int32 = TraceRecord.noFault,
    first: Int64 = 0, second: Int64 = 0, third: Int64 = 0
  ) {
    self.at = at
    self.id = id
    self.kind = kind
    self.code = code
    self.reason = reason
    self.flags = flags
    self.from = from
    self.to = to
    self.fault = fault
    self.first = first
    self.second = second
    self.third = third
  }

  /// Whether this record begins an event.
  @inlinable public var beginsEvent: Bool { flags & 1 != 0 }
  /// Whether this sent message counts as a logical one: the first copy of a broadcast.
  @inlinable public var isLogical: Bool { flags & 2 != 0 }
  /// The instant of the event.
  @inlinable public var instant: Instant { Instant(nanoseconds: at) }
  /// The content of a message record.
  @inlinable public var payload: MessagePayload {
    MessagePayload(code, first, second, third)
  }
}

/// Why a message was lost.
public enum DropReason: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// Not lost.
  case none = 0
  /// The link loses messages by chance, or the scenario's `deliveries` say that it loses this one.
  case loss
  /// A fault made the link lose it by chance, or chose it.
  case fault
  /// A partition was in force at an instant of its flight.
  case cut
  /// The receiver was down.
  case down
  /// The receiver crashed while it handled the message.
  case crash

  /// The word in transcripts.
  public var name: String {
    switch self {
    case .none: "none"
    case .loss: "loss"
    case .fault: "fault"
    case .cut: "cut"
    case .down: "down"
    case .crash: "crash"
    }
  }
}

/// Why a run ended.
public enum RunEnd: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// Nothing could happen any more.
  case quiescence = 0
  /// The planned end, `limits.time`, was reached.
  case time
  /// The emergency end, `limits.events`, was reached.
  case events

  /// The word in reports.
  public var name: String {
    switch self {
    case .quiescence: "quiescence"
    case .time: "time"
    case .events: "events"
    }
  }
}

/// What a fault bound its words to when it fired; a trace carries one for each time.
public struct FaultBinding: Hashable, Sendable {
  /// The fault, by its place in the plan.
  public let fault: Int
  /// The nodes that its selectors chose, in order.
  public let nodes: [NodeID]
  /// Which pairs of nodes it separates, if it is a partition or loses every message.
  public let cut: CutPattern?

  /// Binds a fault.
  public init(fault: Int, nodes: [NodeID], cut: CutPattern? = nil) {
    self.fault = fault
    self.nodes = nodes
    self.cut = cut
  }
}

/// A part of a trace: whole events, in order.
///
/// Long runs are judged part by part; ``bindings`` keeps all of the run so far.
public struct Trace: Sendable {
  /// What happened.
  public var records: ContiguousArray<TraceRecord> = []
  /// What faults were bound to, by the `id` of faultStarted and faultEnded.
  public var bindings: [FaultBinding] = []

  /// An empty trace.
  @inlinable public init() {}
}
