/// A stream of random draws: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, figure 17).
///
/// Each purpose has streams of its own (``Purpose`` and a stable index), derived from the seed of
/// the run by ``init(seed:purpose:index:)``, so that a new fault or a last node changes no draw of
/// another stream. All draws use integer arithmetic or + − × ÷ √ on doubles alone, which every
/// machine rounds alike.
public struct RandomSource: Hashable, Sendable, BitwiseCopyable {
  /// What a stream of draws is for; the raw value is part of the documented derivation.
  public enum Purpose: UInt64, Sendable {
    /// The fate and latency of messages on a link; index: `from << 32 | to`.
    case link = 1
    /// The ranges of a node's timers; index: the node.
    case timers = 2
    /// Arrivals and choices of a workload; index: its stable key.
    case workload = 3
    /// Targets, jitter and chances of a fault; index: its stable key.
    case fault = 4
    /// Chances of a link fault on one link; index: the fault's key mixed with the link's index.
    case faultLink = 5
    /// The value of a parameter; index: the hash of its name.
    case variation = 6
    /// Whether a fault is there; index: its stable key.
    case swarm = 7
    /// How late the messages of a link are; index: `from << 32 | to`.
    case lateness = 8
    /// The messages at which a strategy does something; index: which of them, from 1.
    case orderPoint = 9
  }

  @usableFromInline var state: UInt64

  /// A stream that starts at a given state.
  @inlinable public init(state: UInt64) { self.state = state }

  /// The stream of a purpose and index: the state is
  /// `mix(mix(mix(seed) ^ purpose) ^ index)`, where `mix` is one SplitMix64 step.
  @inlinable public init(seed: UInt64, purpose: Purpose, index: UInt64) {
    state = Self.mix(Self.mix(Self.mix(seed) ^ purpose.rawValue) ^ index)
  }

  /// One SplitMix64 step as a function: adds the golden gamma and mixes.
  @inlinable public static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// 64 random bits.
  @inlinable public mutating func next() -> UInt64 {
    let value = Self.mix(state)
    state &+= 0x9E37_79B9_7F4A_7C15
    return value
  }

  /// A number in 0 ..< bound: the high half of the 128-bit product of a draw and the bound. One
  /// draw whatever the bound; the bias is below bound / 2^64.
  @inlinable public mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// A duration between two others, both ends included.
  @inlinable public mutating func between(_ low: Int64, _ high: Int64) -> Int64 {
    guard high > low else {
      _ = next()
      return low
    }
    return low + Int64(below(UInt64(high - low) + 1))
  }

  /// Whether an event of a probability happens; one draw even for 0 and 1.
  @inlinable public mutating func happens(_ probability: Ratio) -> Bool {
    let draw = below(UInt64(probability.denominator))
    return draw < UInt64(max(0, probability.numerator))
  }

  /// A double in 0 ..< 1 with 53 random bits.
  @inlinable public mutating func unit() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// `count` different elements in the order drawn: the head of a Fisher–Yates shuffle.
  public mutating func choose<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var pool = elements
    let wanted = min(count, pool.count)
    for place in 0..<wanted {
      pool.swapAt(place, place + Int(below(UInt64(pool.count - place))))
    }
    return Array(pool.prefix(wanted))
  }
}
