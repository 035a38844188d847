/// Whom a fault or a workload means; bound when it fires.
public indirect enum NodeSelector: Hashable, Sendable {
  /// Some nodes by name or group, in the order of the topology.
  case nodes([NodeID])
  /// Every node.
  case all
  /// A number of different nodes, drawn.
  case random(Int)
  /// ⌈N/2⌉ − 1 nodes, drawn.
  case minority
  /// ⌊N/2⌋ + 1 nodes, drawn.
  case majority
  /// A role of the protocol, by its place among ``ProtocolDescription/selectors``.
  case role(Int)
}

/// Something that goes wrong, or is put right, at times that the scenario says.
public struct Fault: Hashable, Sendable {
  /// The name in the scenario, or one made from its kind and place.
  public let name: String
  /// The stable key of its random streams; see ``RandomSource/Purpose/fault``.
  public let key: UInt64
  /// What it does.
  public let action: FaultAction
  /// When it fires.
  public let trigger: FaultTrigger
  /// When it ceases to act after it fired.
  public let ending: FaultEnding
  /// Which messages it is narrowed to; nil: all.
  public let messages: MessageFilter?

  /// A fault.
  public init(
    name: String, key: UInt64, action: FaultAction, trigger: FaultTrigger,
    ending: FaultEnding = .never, messages: MessageFilter? = nil
  ) {
    self.name = name
    self.key = key
    self.action = action
    self.trigger = trigger
    self.ending = ending
    self.messages = messages
  }
}

/// What a fault does.
public enum FaultAction: Hashable, Sendable {
  /// Nodes cannot reach each other.
  case cut(CutShape, oneWay: Bool, CutMode)
  /// Nodes go down, and come up again when the fault ends, with or without their disks.
  case crash(NodeSelector, keepingDisk: Bool)
  /// Nodes that are down come up.
  case restart(NodeSelector)
  /// Nodes stand still until the fault ends: nothing is lost, everything waits.
  case pause(NodeSelector)
  /// Paused nodes go on.
  case resume(NodeSelector)
  /// Nodes take a multiple of their handling times.
  case slow(NodeSelector, factor: Ratio)
  /// Links misbehave.
  case link(LinkSelector, LinkFault)
  /// Another fault ends, by its place in the plan.
  case heal(Int)

  /// Whether it is over as soon as it has happened: it puts right what others did.
  @inlinable public var isMomentary: Bool {
    switch self {
    case .restart, .resume, .heal: true
    case .cut, .crash, .pause, .slow, .link: false
    }
  }
}

/// Which pairs a partition separates.
public enum CutShape: Hashable, Sendable {
  /// Groups of nodes, each on a side of its own.
  case groups([NodeSet])
  /// The first ⌈N/2⌉ nodes and the rest.
  case halves
  /// ⌈N/2⌉ nodes, drawn, and the rest.
  case randomHalves
  /// Some nodes, together, and the rest.
  case isolate(NodeSelector)
  /// ⌊N/2⌋ + 1 nodes, drawn, and the rest.
  case majority
  /// ⌈N/3⌉ − 1 nodes, drawn, and the rest.
  case minorityThird
  /// Every node sees a majority, no two the same: a ring, drawn, in which each node reaches its
  /// nearest neighbours.
  case majoritiesRing
  /// The first ⌊N/2⌋ nodes and the last cannot reach each other; the middle node reaches both.
  case bridge
  /// Messages from some nodes to some nodes; the other direction is not touched.
  case block(from: NodeSelector, to: NodeSelector)
}

/// What becomes of the messages that a partition cuts.
public enum CutMode: Hashable, Sendable {
  /// They are lost; with `sparingInFlight` those already on their way arrive.
  case drop(sparingInFlight: Bool)
  /// They wait, and travel on with the latency that was left when the partition ends.
  case hold
  /// Those sent while it lasts take a multiple of their latency.
  case slow(factor: Ratio)
}

/// Which links a link fault means.
public enum LinkSelector: Hashable, Sendable {
  /// Every link.
  case all
  /// The links from some nodes to some nodes.
  case from(NodeSelector, to: NodeSelector)
  /// The links between some nodes and some nodes, both ways.
  case between(NodeSelector, NodeSelector)
}

/// How links misbehave.
public enum LinkFault: Hashable, Sendable {
  /// Messages are lost by chance.
  case loss(Ratio)
  /// Messages arrive twice by chance.
  case duplicate(Ratio)
  /// Messages leave the order of their link by chance and take longer; nil: by one more latency.
  case reorder(Ratio, extra: Law?)
  /// Messages take longer.
  case delay(Law)
}

/// When a fault fires.
public enum FaultTrigger: Hashable, Sendable {
  /// Once.
  case at(Instant)
  /// At each of these instants, two or more, ascending.
  case times([Instant])
  /// Again and again: at `first`, then every `period`, each time later by 0 to `jitter`; not
  /// after `until`.
  case every(first: Instant, period: Duration, jitter: Duration, until: Instant)
  /// Right after the event in which a condition of the scenario becomes true, at most `times`
  /// times and not after `deadline`. The condition is judged outside the engine, which is told.
  case condition(times: Int, deadline: Instant)
  /// Right after the event of the nth message of a kind.
  case message(MessageEvent)
}

extension FaultTrigger {
  /// Which messages it waits for, if it waits for one.
  public var messages: MessageFilter? {
    if case .message(let event) = self { return event.messages }
    return nil
  }
}

/// The moment in a message's life that a fault waits for.
public struct MessageEvent: Hashable, Sendable {
  /// The moments.
  public enum Moment: String, Hashable, Sendable, CaseIterable {
    /// It is given to the network.
    case sent
    /// It arrives.
    case delivered
    /// It is lost.
    case dropped
  }

  /// The moment.
  public let moment: Moment
  /// Which messages; `nth` says which of them, counted from 1 since T0; all count as the first
  /// if it is nil.
  public let messages: MessageFilter

  /// A moment of some messages.
  public init(_ moment: Moment, _ messages: MessageFilter) {
    self.moment = moment
    self.messages = messages
  }
}

/// When a fault that fired ceases to act.
public enum FaultEnding: Hashable, Sendable {
  /// Not by itself.
  case never
  /// After a while.
  case after(Duration)
  /// At an instant.
  case at(Instant)
}

/// Some of the messages.
public struct MessageFilter: Hashable, Sendable {
  /// The kinds, by their places in the protocol's declarations; empty: every kind.
  public let kinds: [UInt8]
  /// The senders; nil: every node.
  public let from: NodeSet?
  /// The receivers; nil: every node.
  public let to: NodeSet?
  /// Which of them, counted from 1 since the fault's start; empty: all.
  public let nth: [Int]
  /// A further condition, by its place in ``SystemPlan/predicates``.
  public let predicate: Int?

  /// Some of the messages.
  public init(
    kinds: [UInt8] = [], from: NodeSet? = nil, to: NodeSet? = nil, nth: [Int] = [],
    predicate: Int? = nil
  ) {
    self.kinds = kinds
    self.from = from
    self.to = to
    self.nth = nth
    self.predicate = predicate
  }

  /// Whether a message is of the kinds and between the nodes; looks neither at `nth` nor at the
  /// predicate.
  public func covers(kind: UInt8, from sender: NodeID, to receiver: NodeID) -> Bool {
    (kinds.isEmpty || kinds.contains(kind)) && from?.contains(sender) ?? true
      && to?.contains(receiver) ?? true
  }
}

/// A condition over a message that the scenario wrote as an expression.
public struct MessagePredicate: Sendable {
  /// Whether a message, given as its `sent` record, satisfies it; nil if the expression failed.
  public let holds: @Sendable (TraceRecord) -> Bool?

  /// A condition.
  public init(_ holds: @escaping @Sendable (TraceRecord) -> Bool?) { self.holds = holds }
}
