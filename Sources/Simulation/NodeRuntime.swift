public import SystemModel

/// The life of a node in the engine, apart from the state of its machine.
@usableFromInline struct NodeRuntime: Sendable {
  /// The bindings that keep the node down; empty: it is up.
  @usableFromInline private(set) var downBy: [Int] = []
  /// The bindings that keep the node paused.
  @usableFromInline private(set) var pausedBy: [Int] = []
  /// How many messages are in handling.
  @usableFromInline var handling: Int32 = 0
  /// The factors by which faults stretch handling, in the order in which they began.
  @usableFromInline var factors: [(binding: Int, factor: Ratio)] = []
  /// Whether a message that arrives is not seen at once: the node is down or paused.
  @usableFromInline private(set) var isInert = false

  @usableFromInline init() {}

  @usableFromInline var isUp: Bool { downBy.isEmpty }
  @usableFromInline var isPaused: Bool { !pausedBy.isEmpty }

  /// A binding takes the node down; tells whether it was up.
  mutating func takeDown(_ binding: Int) -> Bool {
    downBy.append(binding)
    isInert = true
    return downBy.count == 1
  }

  /// A binding, or nil for all, lets the node up; tells whether it comes up now.
  mutating func letUp(_ binding: Int?) -> Bool {
    let wasDown = !downBy.isEmpty
    downBy.removeAll { binding == nil || $0 == binding }
    isInert = !(isUp && !isPaused)
    return wasDown && isUp
  }

  /// A binding pauses the node; tells whether it was going.
  mutating func pause(_ binding: Int) -> Bool {
    pausedBy.append(binding)
    isInert = true
    return pausedBy.count == 1
  }

  /// A binding, or nil for all, lets the node go on; tells whether it goes on now.
  mutating func letGo(_ binding: Int?) -> Bool {
    let wasPaused = isPaused
    pausedBy.removeAll { binding == nil || $0 == binding }
    isInert = !(isUp && !isPaused)
    return wasPaused && !isPaused
  }

  /// A handling time, stretched by the faults that slow the node.
  @usableFromInline func stretched(_ time: Int64) -> Int64 {
    var span = Duration(nanoseconds: time)
    for (_, factor) in factors { span = factor.of(span) }
    return span.nanoseconds
  }
}

/// A message that a fault keeps back.
@usableFromInline struct HeldMessage<Message: MachineMessage>: Sendable {
  @usableFromInline let message: Message
  @usableFromInline let from: NodeID
  @usableFromInline let to: NodeID
  @usableFromInline let id: Int64
  /// The latency that is left, in nanoseconds.
  @usableFromInline let remaining: Int64
  /// The fault that holds it.
  @usableFromInline let fault: Int32
}

/// Messages whose event is not the one that was scheduled when they were sent: those in handling,
/// those released after a hold, and those that waited at a paused node. Slots are used again.
@usableFromInline struct ParkedMessages: Sendable {
  /// What happens when the event of a slot runs.
  @usableFromInline enum Phase: Sendable {
    /// The message arrives.
    case arrival
    /// Its handling is over.
    case handling
    /// Nothing: it was lost meanwhile.
    case void
  }

  @usableFromInline struct Slot: Sendable {
    @usableFromInline var from: NodeID
    @usableFromInline var to: NodeID
    @usableFromInline var id: Int64
    @usableFromInline var phase: Phase
    @usableFromInline var payload: MessagePayload
  }

  @usableFromInline var slots: ContiguousArray<Slot> = []
  @usableFromInline var free: ContiguousArray<Int32> = []

  @usableFromInline init() {}

  @usableFromInline mutating func park(_ slot: Slot) -> Int {
    if let place = free.popLast() {
      slots[Int(place)] = slot
      return Int(place)
    }
    slots.append(slot)
    return slots.count - 1
  }

  @usableFromInline mutating func take(_ place: Int) -> Slot {
    free.append(Int32(place))
    defer { slots[place].phase = .void }
    return slots[place]
  }

  /// The messages in handling at a node, which are lost now, in the order of their ids.
  @usableFromInline mutating func voidHandling(at node: NodeID) -> [Slot] {
    var lost: [Slot] = []
    for place in slots.indices where slots[place].phase == .handling && slots[place].to == node {
      lost.append(slots[place])
      slots[place].phase = .void
    }
    return lost.sorted { $0.id < $1.id }
  }
}

/// Messages that wait for a node to have a hand free, in order of arrival.
@usableFromInline struct HandlingQueues<Message: MachineMessage>: Sendable {
  @usableFromInline struct Entry: Sendable {
    @usableFromInline let message: Message
    @usableFromInline let from: NodeID
    @usableFromInline let id: Int64
  }

  @usableFromInline var queues: [[Entry]]

  @usableFromInline init(nodeCount: Int) {
    queues = Array(repeating: [], count: nodeCount)
  }
}

/// What would have happened at paused nodes meanwhile, in order.
@usableFromInline struct OverdueEvents<Payload: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline enum Entry: Sendable {
    /// A message that has arrived or whose handling is over, by its slot.
    case message(Payload, slot: Int)
    /// A timer.
    case timer(Int)
    /// A call that was invoked, by its place among the late ones.
    case call(Int)
  }

  @usableFromInline var entries: [(node: NodeID, entry: Entry)] = []

  @usableFromInline init() {}

  @usableFromInline mutating func append(_ entry: Entry, at node: NodeID) {
    entries.append((node, entry))
  }

  /// Takes out what waits at a node, in order.
  @usableFromInline mutating func take(at node: NodeID) -> [Entry] {
    let taken = entries.filter { $0.node == node }.map(\.entry)
    entries.removeAll { $0.node == node }
    return taken
  }
}
