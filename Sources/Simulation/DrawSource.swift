public import SystemModel

/// What the network itself does with a message, before any fault has a say.
public struct Carriage: BitwiseCopyable {
  /// Nanoseconds from sending to arrival.
  public var latency: Int64
  /// Whether the link loses the message.
  public var isLost: Bool
  /// Whether the message may be overtaken by, or overtake, others of its link.
  public var isUnordered: Bool
  /// The latency of a second copy; negative: no copy.
  public var copyLatency: Int64

  /// A message that arrives once, after some time.
  @inlinable public init(
    latency: Int64, isLost: Bool = false, isUnordered: Bool = false, copyLatency: Int64 = -1
  ) {
    self.latency = latency
    self.isLost = isLost
    self.isUnordered = isUnordered
    self.copyLatency = copyLatency
  }
}

/// Where latencies and the spans of timers come from: the ``Fabric`` of a plan, or a source that a
/// benchmark brings.
public protocol DrawSource {
  /// What becomes of a message given to a link; takes the link's draws, whatever its fate.
  mutating func carry(from: NodeID, to: NodeID) -> Carriage

  /// The instant of an arrival so that the link stays in order, and remembers it.
  mutating func ordered(arrival: Int64, from: NodeID, to: NodeID) -> Int64

  /// A latency of a link drawn from another stream, for what a fault copies or delays.
  mutating func drawLatency(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Int64

  /// The span of a timer of a node that asked for one between two lengths.
  mutating func timerSpan(of node: NodeID, low: Int64, high: Int64) -> Int64

  /// Forgets the run so far, for another seed.
  mutating func reset(seed: UInt64)
}
