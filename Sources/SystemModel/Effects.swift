/// What a state machine asks for, in the order in which it asks; the engine then acts on it.
///
/// The storage is kept from one step to the next and overwritten in place.
public struct Effects<Machine: StateMachine>: Sendable {
  /// One thing asked for.
  public enum Effect: Hashable, Sendable, BitwiseCopyable {
    /// A message to one node. `counted` is false for the second and further copies of what is
    /// logically one message.
    case send(Machine.Message, to: NodeID, counted: Bool)
    /// One logical message to every other node, in the order of the topology.
    case broadcast(Machine.Message)
    /// A timer that runs out after a time between two lengths, both included; it replaces the
    /// same timer if that is still running.
    case setTimer(Machine.Timer, low: Duration, high: Duration)
    /// A timer that is not wanted any more.
    case cancelTimer(Machine.Timer)
    /// The end of a call.
    case complete(CallID, CallOutcome, value: Int64)
    /// An observation, by its place among the declarations, and its value.
    case observe(UInt8, value: Int64)
  }

  /// What a thing asked for is, where it is stored flat.
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A message to one node.
    case send
    /// The second or a further copy of what is logically one message.
    case further
    /// One logical message to every other node.
    case broadcast
    /// A timer that is set.
    case setTimer
    /// A timer that is cancelled.
    case cancelTimer
    /// The end of a call.
    case complete
    /// An observation.
    case observe
  }

  /// One thing asked for, stored flat: an engine reads just the parts that its kind has.
  public struct Item: Sendable, BitwiseCopyable {
    /// Kind (8 bits), detail (8), node (16) and call (32), from the lowest bit on: one word, since
    /// a processor waits when it reads a whole that it has just written in parts.
    @usableFromInline let head: UInt64
    /// A message.
    public let message: Machine.Message?
    /// The shorter length of a timer in nanoseconds, or a value.
    public let low: Int64
    /// The longer length of a timer in nanoseconds.
    public let high: Int64

    @inlinable init(
      _ kind: Kind, detail: UInt8 = 0, node: NodeID = NodeID(0), call: CallID = CallID(0),
      message: Machine.Message? = nil, low: Int64 = 0, high: Int64 = 0
    ) {
      head =
        UInt64(kind.rawValue) | UInt64(detail) &<< 8 | UInt64(node.raw) &<< 16
        | UInt64(UInt32(bitPattern: call.index)) &<< 32
      self.message = message
      self.low = low
      self.high = high
    }

    /// What it is.
    @inlinable public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: head)) ?? .observe }
    /// The raw value of a timer or an outcome, or the place of an observation.
    @inlinable public var detail: UInt8 { UInt8(truncatingIfNeeded: head &>> 8) }
    /// A receiver.
    @inlinable public var node: NodeID {
      NodeID(Int(UInt16(truncatingIfNeeded: head &>> 16)))
    }
    /// A call.
    @inlinable public var call: CallID { CallID(Int(head &>> 32)) }
  }

  // The first few stand here and not in an array, since most steps ask for no more.
  @usableFromInline var first = Item(.observe)
  @usableFromInline var second = Item(.observe)
  @usableFromInline var third = Item(.observe)
  /// The fourth and all that follow; what is beyond `used` is left from before.
  @usableFromInline var rest: ContiguousArray<Item> = []
  @usableFromInline var used = 0

  /// Nothing asked for yet.
  @inlinable public init() {}

  /// How many things were asked for.
  @inlinable public var count: Int { used }

  /// One of the things asked for, in order, as it is stored.
  @inlinable public subscript(item index: Int) -> Item {
    precondition(index < used, "only \(used) things were asked for")
    switch index {
    case 0: return first
    case 1: return second
    case 2: return third
    default: return rest[index &- 3]
    }
  }

  /// One of the things asked for, in order.
  @inlinable public subscript(index: Int) -> Effect {
    let item = self[item: index]
    switch item.kind {
    case .send, .further:
      return .send(Self.message(item), to: item.node, counted: item.kind == .send)
    case .broadcast: return .broadcast(Self.message(item))
    case .setTimer:
      return .setTimer(
        Self.timer(item), low: Duration(nanoseconds: item.low),
        high: Duration(nanoseconds: item.high))
    case .cancelTimer: return .cancelTimer(Self.timer(item))
    case .complete:
      return .complete(item.call, CallOutcome(rawValue: item.detail) ?? .info, value: item.low)
    case .observe: return .observe(item.detail, value: item.low)
    }
  }

  @inlinable static func message(_ item: Item) -> Machine.Message {
    guard let message = item.message else { preconditionFailure("nothing is sent") }
    return message
  }

  @inlinable static func timer(_ item: Item) -> Machine.Timer {
    guard let timer = Machine.Timer(rawValue: item.detail) else {
      preconditionFailure("there is no timer \(item.detail)")
    }
    return timer
  }

  /// The things asked for, in order; for tests and transcripts.
  public var all: [Effect] { (0..<used).map { self[$0] } }

  /// Forgets what was asked for and keeps the storage.
  @inlinable public mutating func removeAll() { used = 0 }

  /// Sends a message to one node.
  @inlinable public mutating func send(_ message: Machine.Message, to receiver: NodeID) {
    append(Item(.send, node: receiver, message: message))
  }

  /// Sends one logical message to some nodes, in the order of the topology.
  @inlinable public mutating func send(_ message: Machine.Message, to receivers: NodeSet) {
    var kind = Kind.send
    receivers.forEach { receiver in
      append(Item(kind, node: receiver, message: message))
      kind = .further
    }
  }

  /// Sends one logical message to every other node.
  @inlinable public mutating func broadcast(_ message: Machine.Message) {
    append(Item(.broadcast, message: message))
  }

  /// Sets a timer, or sets it anew.
  @inlinable public mutating func setTimer(_ timer: Machine.Timer, after span: Duration) {
    setTimer(timer, between: span, and: span)
  }

  /// Sets a timer that runs out after a drawn time between two lengths, both included.
  @inlinable public mutating func setTimer(
    _ timer: Machine.Timer, between low: Duration, and high: Duration
  ) {
    append(
      Item(.setTimer, detail: timer.rawValue, low: low.nanoseconds, high: high.nanoseconds))
  }

  /// Cancels a timer; no harm if it is not running.
  @inlinable public mutating func cancelTimer(_ timer: Machine.Timer) {
    append(Item(.cancelTimer, detail: timer.rawValue))
  }

  /// Ends a call.
  @inlinable public mutating func complete(
    _ call: CallID, _ outcome: CallOutcome, value: Int64 = WordType.absent
  ) {
    append(Item(.complete, detail: outcome.rawValue, call: call, low: value))
  }

  /// Announces a declared observation.
  @inlinable public mutating func observe(_ observation: UInt8, value: Int64 = WordType.absent) {
    append(Item(.observe, detail: observation, low: value))
  }

  /// Asks for something in the words of ``Effect``.
  mutating func append(_ effect: Effect) {
    switch effect {
    case .send(let message, let receiver, let counted):
      append(Item(counted ? .send : .further, node: receiver, message: message))
    case .broadcast(let message): broadcast(message)
    case .setTimer(let timer, let low, let high): setTimer(timer, between: low, and: high)
    case .cancelTimer(let timer): cancelTimer(timer)
    case .complete(let call, let outcome, let value): complete(call, outcome, value: value)
    case .observe(let observation, let value): observe(observation, value: value)
    }
  }

  @inlinable @inline(__always) mutating func append(_ item: Item) {
    switch used {
    case 0: first = item
    case 1: second = item
    case 2: third = item
    default: appendToRest(item)
    }
    used &+= 1
  }

  @inlinable @inline(never) mutating func appendToRest(_ item: Item) {
    if used &- 3 < rest.count {
      rest[used &- 3] = item
    } else {
      rest.append(item)
    }
  }
}
