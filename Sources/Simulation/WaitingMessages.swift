public import SystemModel

/// A message that faults keep back.
@usableFromInline struct HeldMessage<Message: MachineMessage>: Sendable {
  @usableFromInline let message: Message
  @usableFromInline let from: NodeID
  @usableFromInline let to: NodeID
  @usableFromInline let id: Int64
  /// The latency that is left.
  @usableFromInline let remaining: Duration
  /// Whether it travels on in the order of sending: unless it was taken out of the order of a link
  /// that keeps one, or its time was said beforehand.
  @usableFromInline let isOrdered: Bool
  /// The bindings that hold it, in the order in which they began to; not empty.
  @usableFromInline var holders: [Int]

  @inlinable init(
    message: Message, from: NodeID, to: NodeID, id: Int64, remaining: Duration, isOrdered: Bool,
    holders: [Int]
  ) {
    self.message = message
    self.from = from
    self.to = to
    self.id = id
    self.remaining = remaining
    self.isOrdered = isOrdered
    self.holders = holders
  }
}

/// Messages whose event is not the one that was scheduled when they were sent: those in handling,
/// those released after a hold, and those that waited at a paused node. Slots are used again.
@usableFromInline struct ParkedMessages: Sendable {
  /// What happens when the event of a slot runs.
  @usableFromInline enum Phase: Sendable {
    /// The message arrives.
    case arrival
    /// The message, which has arrived at a paused node, is seen.
    case overdue
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

    @inlinable init(
      from: NodeID, to: NodeID, id: Int64, phase: Phase, payload: MessagePayload
    ) {
      self.from = from
      self.to = to
      self.id = id
      self.phase = phase
      self.payload = payload
    }
  }

  @usableFromInline var slots: ContiguousArray<Slot> = []
  @usableFromInline var free: ContiguousArray<Int32> = []

  @inlinable init() {}

  /// Forgets all, for another run.
  @inlinable mutating func removeAll() {
    slots.removeAll(keepingCapacity: true)
    free.removeAll(keepingCapacity: true)
  }

  @inlinable mutating func park(_ slot: Slot) -> Int {
    if let place = free.popLast() {
      slots[Int(place)] = slot
      return Int(place)
    }
    slots.append(slot)
    return slots.count - 1
  }

  @inlinable mutating func take(_ place: Int) -> Slot {
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
@usableFromInline struct HandlingQueue<Message: MachineMessage>: Sendable {
  @usableFromInline struct Entry: Sendable {
    @usableFromInline let message: Message
    @usableFromInline let from: NodeID
    @usableFromInline let id: Int64

    @inlinable init(message: Message, from: NodeID, id: Int64) {
      self.message = message
      self.from = from
      self.id = id
    }
  }

  @usableFromInline var entries: ContiguousArray<Entry> = []
  /// How many entries at the front have been taken out.
  @usableFromInline var taken = 0

  @inlinable init() {}

  @inlinable mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Takes out the first; nil if none waits.
  @inlinable mutating func popFirst() -> Entry? {
    guard taken < entries.count else { return nil }
    let entry = entries[taken]
    taken += 1
    // Each entry is moved once at the most for every entry taken out.
    if taken >= 32, taken * 2 >= entries.count {
      entries.removeFirst(taken)
      taken = 0
    }
    return entry
  }

  /// Takes out all, in order.
  @inlinable mutating func takeAll() -> [Entry] {
    defer { removeAll() }
    return Array(entries[taken...])
  }

  /// Forgets all and keeps the storage.
  @inlinable mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    taken = 0
  }
}

/// What would have happened at paused nodes meanwhile, in order at each.
@usableFromInline struct OverdueEvents<Message: MachineMessage>: Sendable {
  @usableFromInline enum Entry: Sendable {
    /// The start of the node.
    case start
    /// A message that has arrived or whose handling is over, by its slot.
    case message(Message, slot: Int)
    /// A timer.
    case timer(Int)
    /// A call that was invoked, by its slot.
    case call(Int)
  }

  @usableFromInline var entries: [NodeID: [Entry]] = [:]

  @inlinable init() {}

  /// Forgets all, for another run.
  @inlinable mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  @inlinable mutating func append(_ entry: Entry, at node: NodeID) {
    entries[node, default: []].append(entry)
  }

  /// Takes out what waits at a node, in order.
  @inlinable mutating func take(at node: NodeID) -> [Entry] {
    entries.removeValue(forKey: node) ?? []
  }
}
