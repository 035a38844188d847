/// Events, least first: a 4-ary heap whose root is left open after a removal, so that the push that
/// usually follows sifts once, not twice.
///
/// Unsafe storage. Invariants: `storage` holds `capacity` slots, of which the first `used` are
/// initialised; slot i is not after any of its children 4i + 1 … 4i + 4, except that slot 0 is open
/// (its value has been given out) while `isOpen`. Payloads are trivially copyable, so slots need no
/// deinitialisation.
@usableFromInline struct EventHeap<Payload: BitwiseCopyable>: ~Copyable {
  @usableFromInline typealias Event = ScheduledEvent<Payload>

  @usableFromInline var storage: UnsafeMutablePointer<Event>
  @usableFromInline var capacity: Int
  @usableFromInline var used: Int
  @usableFromInline var isOpen: Bool

  /// An empty heap with room for some events.
  @inlinable init(minimumCapacity: Int) {
    capacity = max(minimumCapacity, 4)
    storage = .allocate(capacity: capacity)
    used = 0
    isOpen = false
  }

  @inlinable deinit { storage.deallocate() }

  /// How many events are waiting.
  @inlinable var count: Int { isOpen ? used &- 1 : used }

  /// How many bytes the slots take.
  @inlinable var storageBytes: Int { capacity * MemoryLayout<Event>.stride }

  /// Whether an event can be appended without more room.
  @inlinable var hasRoom: Bool { used < capacity }

  /// Adds an event.
  @inlinable mutating func push(_ event: Event) {
    if isOpen {
      fillRoot(with: event)
    } else {
      if !hasRoom { grow() }
      append(event)
    }
  }

  /// Adds an event where the root is open.
  @inlinable @inline(__always) mutating func fillRoot(with event: Event) {
    isOpen = false
    siftDown(event, from: 0)
  }

  /// Adds an event where the root is not open and there is room.
  @inlinable @inline(__always) mutating func append(_ event: Event) {
    var hole = used
    used &+= 1
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      guard event.precedes(storage[parent]) else { break }
      Self.move(storage + parent, to: storage + hole)
      hole = parent
    }
    storage[hole] = event
  }

  /// The least event, which stays; nil if none is waiting.
  @inlinable mutating func peek() -> Event? {
    if isOpen { close() }
    return used > 0 ? storage[0] : nil
  }

  /// Takes out the least event; nil if none is waiting.
  @inlinable @inline(__always) mutating func pop() -> Event? {
    if isOpen { close() }
    guard used > 0 else { return nil }
    isOpen = true
    return storage[0]
  }

  /// Forgets all events and keeps the storage.
  @inlinable mutating func removeAll() {
    used = 0
    isOpen = false
  }

  /// Puts some events in the place of those that are waiting.
  @inlinable mutating func replaceAll(with events: [Event]) {
    removeAll()
    while capacity < events.count { grow() }
    for event in events {
      storage[used] = event
      used += 1
    }
    var place = (used - 2) / 4
    while place >= 0, used > 1 {
      siftDown(storage[place], from: place)
      place -= 1
    }
  }

  /// Takes out all events, in no particular order.
  @inlinable mutating func takeAll() -> [Event] {
    if isOpen { close() }
    defer { used = 0 }
    return Array(UnsafeBufferPointer(start: storage, count: used))
  }

  /// Calls a function with every event that waits, in no particular order.
  @inlinable func forEach(_ body: (Event) -> Void) {
    for index in (isOpen ? 1 : 0)..<used { body(storage[index]) }
  }

  /// Fills the open root with the last event.
  @inlinable mutating func close() {
    isOpen = false
    used &-= 1
    if used > 0 { siftDown(storage[used], from: 0) }
  }

  /// Lets an event sink from an open slot.
  @inlinable mutating func siftDown(_ event: Event, from top: Int) {
    let heap = storage
    let end = used
    var hole = top
    while true {
      let first = hole &* 4 &+ 1
      var least: Int
      if first &+ 3 < end {
        let left = heap[first &+ 1].precedes(heap[first]) ? first &+ 1 : first
        let right = heap[first &+ 3].precedes(heap[first &+ 2]) ? first &+ 3 : first &+ 2
        least = heap[right].precedes(heap[left]) ? right : left
      } else {
        guard first < end else { break }
        least = first
        var other = first &+ 1
        while other < end {
          if heap[other].precedes(heap[least]) { least = other }
          other &+= 1
        }
      }
      guard heap[least].precedes(event) else { break }
      Self.move(heap + least, to: heap + hole)
      hole = least
    }
    heap[hole] = event
  }

  /// Copies a slot with its padding, in whole words: a processor that has just written a byte of a
  /// word waits when it reads the whole word.
  @inlinable @inline(__always) static func move(
    _ source: UnsafeMutablePointer<Event>, to target: UnsafeMutablePointer<Event>
  ) {
    UnsafeMutableRawPointer(target).copyMemory(
      from: source, byteCount: MemoryLayout<Event>.stride)
  }

  @inlinable @inline(never) mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: used)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
