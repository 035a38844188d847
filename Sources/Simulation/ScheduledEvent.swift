public import SystemModel

/// What will happen: when, in which order among what happens at the same instant, and to whom.
///
/// The key packs, from the highest bit down: the class (2 bits), the order of scheduling (33, with
/// a bias), whether the low bits are a slot (1), the sender or detail (14) and the receiver (14).
/// Two events are never equal in (instant, key), so the order is total.
public struct ScheduledEvent<Payload: BitwiseCopyable>: BitwiseCopyable {
  /// Nanoseconds since T0.
  public let at: Int64
  /// The packed key.
  public let key: UInt64
  /// The content of a message; of no meaning for other classes.
  public let payload: Payload

  /// An event.
  @inlinable public init(at: Int64, key: UInt64, payload: Payload) {
    self.at = at
    self.key = key
    self.payload = payload
  }

  /// Whether this event comes before another: a 128-bit comparison without a branch. Instants are
  /// not negative, so their difference does not overflow.
  @inlinable public func precedes(_ other: ScheduledEvent) -> Bool {
    let borrow: Int64 = key.subtractingReportingOverflow(other.key).overflow ? 1 : 0
    return (at &- other.at) &- borrow < 0
  }

  /// The class.
  @inlinable public var eventClass: EventClass {
    EventClass(rawValue: UInt8(truncatingIfNeeded: key &>> 62)) ?? .fault
  }
  /// The order of scheduling, counted from 1; below 0 for what goes before all else.
  @inlinable public var order: Int64 {
    Int64(truncatingIfNeeded: key &>> 29) & EventKey.orderMask &- EventKey.bias
  }
  /// Whether the low bits are a slot of the table of parked messages.
  @inlinable public var isParked: Bool { key & EventKey.parkedBit != 0 }
  /// Whether a message arrives that has no slot.
  @inlinable public var isPlainDelivery: Bool {
    key & (3 &<< 62 | EventKey.parkedBit) == UInt64(EventClass.delivery.rawValue) &<< 62
  }
  /// The sender, or the detail of a timer.
  @inlinable public var from: NodeID { NodeID(Int(truncatingIfNeeded: key &>> 14) & 0x3FFF) }
  /// The receiver, or the node it happens at.
  @inlinable public var to: NodeID { NodeID(Int(truncatingIfNeeded: key) & 0x3FFF) }
  /// The low 28 bits as a number: a slot, an agenda item or a caller.
  @inlinable public var slot: Int { Int(truncatingIfNeeded: key) & 0xFFF_FFFF }
}

/// The classes of events, in the order in which they run within an instant.
public enum EventClass: UInt8, BitwiseCopyable {
  /// A fault begins or ends.
  case fault = 0
  /// A message arrives, or its handling is over.
  case delivery = 1
  /// A timer runs out.
  case timer = 2
  /// A client calls.
  case call = 3
}

/// How keys are packed.
public enum EventKey {
  /// The orders below 0, which go before all that was scheduled before within an instant and
  /// class: −bias ... −1.
  public static var bias: Int64 { @inlinable get { 1 << 20 } }
  /// The bits of an order with its bias.
  @usableFromInline static var orderMask: Int64 { @inlinable get { (1 << 33) - 1 } }
  /// The highest order of scheduling; a run that reaches it ends as if by its event limit.
  public static var lastOrder: Int64 { @inlinable get { orderMask - bias } }
  /// The bit that says that the low bits are a slot.
  public static var parkedBit: UInt64 { @inlinable get { 1 << 28 } }
  /// All bits but the order of scheduling.
  public static var withoutOrder: UInt64 { @inlinable get { 0xC000_0000_1FFF_FFFF } }

  /// Packs a key with two nodes.
  @inlinable public static func pack(_ kind: EventClass, order: Int64, from: Int, to: Int) -> UInt64
  {
    (base(kind) &+ UInt64(bitPattern: order) &<< 29)
      | UInt64(truncatingIfNeeded: from) &<< 14 | UInt64(truncatingIfNeeded: to)
  }

  /// Packs a key with a slot.
  @inlinable public static func pack(
    _ kind: EventClass, order: Int64, slot: Int, parked: Bool
  ) -> UInt64 {
    (base(kind) &+ UInt64(bitPattern: order) &<< 29)
      | (parked ? parkedBit : 0) | UInt64(truncatingIfNeeded: slot)
  }

  /// The class and the bias.
  @inlinable static func base(_ kind: EventClass) -> UInt64 {
    UInt64(kind.rawValue) &<< 62 &+ UInt64(bitPattern: bias) &<< 29
  }

  /// The class and two nodes, without any order, as hashes take them.
  @inlinable static func what(_ kind: EventClass, from: Int, to: Int) -> UInt64 {
    UInt64(kind.rawValue) &<< 62
      | UInt64(truncatingIfNeeded: from) &<< 14 | UInt64(truncatingIfNeeded: to)
  }
}
