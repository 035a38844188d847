/// Some tens of events in the order in which they happen: taking out the first moves nothing, and
/// adding one moves those that come after it, which are few where most of what is scheduled comes
/// last.
///
/// Unsafe storage. Invariants: `storage` holds `length` slots, of which those from `head` to below
/// `end` are initialised, each before the next; 0 ≤ `head` ≤ `end` ≤ `length`. Payloads are
/// trivially copyable, so slots need no deinitialisation.
@usableFromInline struct EventLine<Payload: BitwiseCopyable>: ~Copyable {
  @usableFromInline typealias Event = ScheduledEvent<Payload>

  /// How many slots there are.
  @inlinable static var length: Int { 64 }
  /// How many events may wait: with more, moving them costs more than a heap does.
  @inlinable static var few: Int { 32 }

  @usableFromInline let storage: UnsafeMutablePointer<Event>
  @usableFromInline var head = 0
  @usableFromInline var end = 0

  /// An empty line.
  @inlinable init() { storage = .allocate(capacity: Self.length) }

  @inlinable deinit { storage.deallocate() }

  /// How many events are waiting.
  @inlinable var count: Int { end &- head }

  /// How many bytes the slots take.
  @inlinable var storageBytes: Int { Self.length * MemoryLayout<Event>.stride }

  /// Whether an event can be added without moving all others.
  @inlinable var hasRoom: Bool { end < Self.length }

  /// Adds an event where there is room.
  @inlinable @inline(__always) mutating func insert(_ event: Event) {
    var hole = end
    end &+= 1
    while hole > head, event.precedes(storage[hole &- 1]) {
      EventHeap.move(storage + (hole &- 1), to: storage + hole)
      hole &-= 1
    }
    storage[hole] = event
  }

  /// Takes out the least event; nil if none is waiting.
  @inlinable @inline(__always) mutating func pop() -> Event? {
    guard head < end else { return nil }
    head &+= 1
    return storage[head &- 1]
  }

  /// Makes room behind the last event by moving all to the front.
  @inlinable @inline(never) mutating func moveUp() {
    storage.update(from: storage + head, count: count)
    end = count
    head = 0
  }

  /// Forgets all events.
  @inlinable mutating func removeAll() {
    head = 0
    end = 0
  }

  /// Takes out all events, least first.
  @inlinable mutating func takeAll() -> [Event] {
    defer { removeAll() }
    return Array(UnsafeBufferPointer(start: storage + head, count: count))
  }

  /// Calls a function with every event that waits, least first.
  @inlinable func forEach(_ body: (Event) -> Void) {
    for place in head..<end { body(storage[place]) }
  }
}
