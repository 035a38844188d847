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

  @usableFromInline var items: ContiguousArray<Effect>
  @usableFromInline var used: Int

  /// Nothing asked for yet.
  @inlinable public init() {
    items = []
    used = 0
  }

  /// How many things were asked for.
  @inlinable public var count: Int { used }

  /// One of the things asked for, in order.
  @inlinable public subscript(index: Int) -> Effect { items[index] }

  /// The things asked for, in order; for tests and transcripts.
  public var all: [Effect] { Array(items.prefix(used)) }

  /// Forgets what was asked for and keeps the storage.
  @inlinable public mutating func removeAll() { used = 0 }

  /// Sends a message to one node.
  @inlinable public mutating func send(_ message: Machine.Message, to receiver: NodeID) {
    append(.send(message, to: receiver, counted: true))
  }

  /// Sends one logical message to some nodes, in the order of the topology.
  @inlinable public mutating func send(_ message: Machine.Message, to receivers: NodeSet) {
    var counted = true
    receivers.forEach { receiver in
      append(.send(message, to: receiver, counted: counted))
      counted = false
    }
  }

  /// Sends one logical message to every other node.
  @inlinable public mutating func broadcast(_ message: Machine.Message) {
    append(.broadcast(message))
  }

  /// Sets a timer, or sets it anew.
  @inlinable public mutating func setTimer(_ timer: Machine.Timer, after span: Duration) {
    append(.setTimer(timer, low: span, high: span))
  }

  /// Sets a timer that runs out after a drawn time between two lengths, both included.
  @inlinable public mutating func setTimer(
    _ timer: Machine.Timer, between low: Duration, and high: Duration
  ) {
    append(.setTimer(timer, low: low, high: high))
  }

  /// Cancels a timer; no harm if it is not running.
  @inlinable public mutating func cancelTimer(_ timer: Machine.Timer) {
    append(.cancelTimer(timer))
  }

  /// Ends a call.
  @inlinable public mutating func complete(
    _ call: CallID, _ outcome: CallOutcome, value: Int64 = WordType.absent
  ) {
    append(.complete(call, outcome, value: value))
  }

  /// Announces a declared observation.
  @inlinable public mutating func observe(_ observation: UInt8, value: Int64 = WordType.absent) {
    append(.observe(observation, value: value))
  }

  @inlinable mutating func append(_ effect: Effect) {
    if used < items.count {
      items[used] = effect
    } else {
      items.append(effect)
    }
    used += 1
  }
}
