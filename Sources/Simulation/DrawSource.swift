public import SystemModel

/// What the network itself does with a message, before any fault has a say.
public struct Carriage: BitwiseCopyable {
  /// Nanoseconds from sending to arrival, 0 ... ``Law/longest``.
  public var latency: Int64
  /// Whether the link loses the message.
  public var isLost: Bool
  /// Whether the message may be overtaken by, or overtake, others of its link.
  public var isUnordered: Bool
  /// Whether the link makes a copy of the message.
  public var isCopied: Bool
  /// The state of the stream from which everything about the copy is drawn.
  public var copySeed: UInt64

  /// A message that arrives once, after some time.
  @inlinable public init(
    latency: Int64, isLost: Bool = false, isUnordered: Bool = false, isCopied: Bool = false,
    copySeed: UInt64 = 0
  ) {
    self.latency = latency
    self.isLost = isLost
    self.isUnordered = isUnordered
    self.isCopied = isCopied
    self.copySeed = copySeed
  }
}

/// Where latencies and the spans of timers come from: the ``Fabric`` of a plan, or a source that a
/// benchmark brings.
public protocol DrawSource {
  /// What becomes of a message given to a link; takes the link's draws, whatever its fate.
  mutating func carry(from: NodeID, to: NodeID) -> Carriage

  /// The instant of an arrival so that the link stays in order, and remembers it.
  mutating func ordered(arrival: Int64, from: NodeID, to: NodeID) -> Int64

  /// Whether the messages of a link arrive in the order of sending, but for those that are taken out
  /// of it.
  mutating func keepsOrder(from: NodeID, to: NodeID) -> Bool

  /// A link's messages in flight were taken away; the last that is left arrives at an instant,
  /// 0 if none is left.
  mutating func settle(lastArrival: Int64, from: NodeID, to: NodeID)

  /// What becomes of a copy of a message of a link, drawn from a stream of its own; a copy is not
  /// copied again.
  mutating func carryCopy(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Carriage

  /// A latency of a link drawn from another stream, for what a fault reorders.
  mutating func drawLatency(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Int64

  /// The span of a timer of a node that asked for one between two lengths.
  mutating func timerSpan(of node: NodeID, low: Int64, high: Int64) -> Int64

  /// Forgets the run so far, for another seed.
  mutating func reset(seed: UInt64)
}

extension DrawSource {
  /// Yes, unless a source says otherwise.
  @inlinable public func keepsOrder(from: NodeID, to: NodeID) -> Bool { true }
}
