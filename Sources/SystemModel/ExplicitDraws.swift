/// What becomes of one message, said beforehand in place of all chance.
///
/// It leaves the order of its link: it neither waits for earlier messages nor holds up later ones.
/// No link fault acts on it; partitions, crashes and pauses do.
public struct ExplicitDelivery: Hashable, Sendable {
  /// The kind, by its place in the protocol's declarations.
  public let kind: UInt8
  /// The sender.
  public let from: NodeID
  /// The receiver.
  public let to: NodeID
  /// Which of the messages of this kind that the sender gives to the network for the receiver,
  /// counted from 1 since T0; copies that the network makes are not counted.
  public let nth: Int
  /// The time from sending to arrival; nil: it is lost at once.
  public let flight: Duration?
  /// The same of each copy that the network makes of it.
  public let copies: [Duration?]

  /// An explicit delivery.
  public init(
    kind: UInt8, from: NodeID, to: NodeID, nth: Int, flight: Duration?, copies: [Duration?] = []
  ) {
    self.kind = kind
    self.from = from
    self.to = to
    self.nth = nth
    self.flight = flight
    self.copies = copies
  }
}

/// How long a timer runs that a node sets, said beforehand in place of what the node asks for.
public struct ExplicitTimer: Hashable, Sendable {
  /// The node.
  public let node: NodeID
  /// The timer, by its place in the protocol's declarations.
  public let timer: UInt8
  /// Which of the times that the node sets this timer, counted from 1 since T0.
  public let nth: Int
  /// How long it runs.
  public let span: Duration

  /// An explicit timer.
  public init(node: NodeID, timer: UInt8, nth: Int, span: Duration) {
    self.node = node
    self.timer = timer
    self.nth = nth
    self.span = span
  }
}

/// What an engine that is asked to notes of a run besides its trace: where chance had a say, and
/// what would have been without the explicit entries of the plan.
public struct DrawNotes: Sendable {
  /// A timer that a node has set.
  public struct TimerSetting: Hashable, Sendable {
    /// The node.
    public let node: NodeID
    /// The timer, by its place in the protocol's declarations.
    public let timer: UInt8
    /// Which of the times that the node sets this timer, counted from 1.
    public let nth: Int
    /// When it was set, in nanoseconds since T0.
    public let at: Int64
    /// The shorter of the lengths that the node asked for, in nanoseconds.
    public let low: Int64
    /// The longer one.
    public let high: Int64
    /// How long it was to run.
    public let span: Int64
    /// When it was cancelled, set anew or lost in a crash before it ran out; nil if it was not.
    public var ceased: Int64?

    /// A timer that a node has set.
    public init(
      node: NodeID, timer: UInt8, nth: Int, at: Int64, low: Int64, high: Int64, span: Int64
    ) {
      self.node = node
      self.timer = timer
      self.nth = nth
      self.at = at
      self.low = low
      self.high = high
      self.span = span
    }
  }

  /// A message or a copy of one, as its link and the faults sent it on its way.
  public struct Flight: Hashable, Sendable {
    /// The number of the message; those of a run ascend.
    public let id: Int64
    /// The number of the message that it is a copy of; its own if it is none.
    public let original: Int64
    /// The kind.
    public let kind: UInt8
    /// The sender.
    public let from: NodeID
    /// The receiver.
    public let to: NodeID
    /// When it was sent, in nanoseconds since T0.
    public let at: Int64
    /// Nanoseconds from sending to arrival, as far as it is not held; nil: its link, or a fault that
    /// is no partition, loses it at once.
    public var flight: Int64?
    /// Whether a partition loses it at once.
    public let isCut: Bool

    /// A message as it was sent on its way.
    public init(
      id: Int64, original: Int64, kind: UInt8, from: NodeID, to: NodeID, at: Int64,
      flight: Int64?, isCut: Bool
    ) {
      self.id = id
      self.original = original
      self.kind = kind
      self.from = from
      self.to = to
      self.at = at
      self.flight = flight
      self.isCut = isCut
    }
  }

  /// What would have become of a message with an explicit delivery.
  public struct Default: Hashable, Sendable {
    /// The delivery, by its place in the plan.
    public let delivery: Int
    /// Nanoseconds from sending to arrival before the order of the link; nil: lost.
    public let flight: Int64?
    /// Whether it would have left the order of its link.
    public let isUnordered: Bool
    /// The same flights of the copies that would have been made.
    public let copies: [Int64?]

    /// What would have become of a message.
    public init(delivery: Int, flight: Int64?, isUnordered: Bool, copies: [Int64?]) {
      self.delivery = delivery
      self.flight = flight
      self.isUnordered = isUnordered
      self.copies = copies
    }
  }

  /// The ends of the links that a link fault was bound to; nil: every node.
  public struct BoundLinks: Hashable, Sendable {
    /// The binding.
    public let binding: Int
    /// The senders.
    public let from: [NodeID]?
    /// The receivers.
    public let to: [NodeID]?

    /// The ends of some links.
    public init(binding: Int, from: [NodeID]?, to: [NodeID]?) {
      self.binding = binding
      self.from = from
      self.to = to
    }
  }

  /// Every timer that was set, in order.
  public var timers: [TimerSetting] = []
  /// Every message and copy, in the order of their numbers.
  public var flights: [Flight] = []
  /// What explicit deliveries took the place of, in the order of sending.
  public var defaults: [Default] = []
  /// What link faults were bound to, in order.
  public var links: [BoundLinks] = []

  /// Nothing noted yet.
  public init() {}

  /// A message takes longer than was noted, since it was held and later ones are before it.
  public mutating func delay(_ id: Int64, by span: Int64) {
    var (low, high) = (0, flights.count)
    while low < high {
      let middle = (low + high) / 2
      if flights[middle].id < id { low = middle + 1 } else { high = middle }
    }
    guard low < flights.count, flights[low].id == id, let flight = flights[low].flight else {
      return
    }
    flights[low].flight = flight + span
  }
}
