/// What will happen, least first: a 4-ary heap whose root is left open after a removal, so that
/// the push that usually follows sifts once, not twice.
///
/// The only file with unsafe storage. Invariants: `storage` holds `capacity` slots, of which the
/// first `used` are initialised; slot i is not after any of its children 4i + 1 … 4i + 4, except
/// that slot 0 is open (its value has been given out) while `isOpen`. Payloads are trivially
/// copyable, so slots need no deinitialisation.
public struct EventQueue<Payload: BitwiseCopyable>: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<ScheduledEvent<Payload>>
  @usableFromInline var capacity: Int
  @usableFromInline var used: Int
  @usableFromInline var isOpen: Bool

  /// An empty queue with room for some events.
  @inlinable public init(minimumCapacity: Int = 64) {
    capacity = max(minimumCapacity, 4)
    storage = .allocate(capacity: capacity)
    used = 0
    isOpen = false
  }

  @inlinable deinit { storage.deallocate() }

  /// How many events are waiting.
  @inlinable public var count: Int { isOpen ? used - 1 : used }

  /// Adds an event.
  @inlinable @inline(__always) public mutating func push(_ event: ScheduledEvent<Payload>) {
    if isOpen {
      isOpen = false
      siftDown(event)
      return
    }
    if used == capacity { grow() }
    var hole = used
    used += 1
    while hole > 0 {
      let parent = (hole - 1) &>> 2
      guard event.precedes(storage[parent]) else { break }
      Self.move(storage + parent, to: storage + hole)
      hole = parent
    }
    storage[hole] = event
  }

  /// Takes out the least event; nil if none is waiting.
  @inlinable public mutating func pop() -> ScheduledEvent<Payload>? {
    if isOpen { close() }
    guard used > 0 else { return nil }
    isOpen = true
    return storage[0]
  }

  /// Forgets all events and keeps the storage.
  @inlinable public mutating func removeAll() {
    used = 0
    isOpen = false
  }

  /// Takes out all events that satisfy a condition, least first.
  public mutating func extract(
    where condition: (ScheduledEvent<Payload>) -> Bool
  ) -> [ScheduledEvent<Payload>] {
    if isOpen { close() }
    var taken: [ScheduledEvent<Payload>] = []
    var kept = 0
    for index in 0..<used {
      if condition(storage[index]) {
        taken.append(storage[index])
      } else {
        storage[kept] = storage[index]
        kept += 1
      }
    }
    guard !taken.isEmpty else { return [] }
    let rest = kept
    used = 0
    for index in 0..<rest { push(storage[index]) }
    return taken.sorted { $0.precedes($1) }
  }

  /// Calls a function with every event that waits, in no particular order.
  public func forEach(_ body: (ScheduledEvent<Payload>) -> Void) {
    for index in (isOpen ? 1 : 0)..<used { body(storage[index]) }
  }

  /// Fills the open root with the last event.
  @inlinable mutating func close() {
    isOpen = false
    used -= 1
    if used > 0 { siftDown(storage[used]) }
  }

  /// Puts an event into the open root and lets it sink.
  @inlinable mutating func siftDown(_ event: ScheduledEvent<Payload>) {
    let heap = storage
    let end = used
    var hole = 0
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
  @inlinable static func move(
    _ source: UnsafeMutablePointer<ScheduledEvent<Payload>>,
    to target: UnsafeMutablePointer<ScheduledEvent<Payload>>
  ) {
    UnsafeMutableRawPointer(target).copyMemory(
      from: source, byteCount: MemoryLayout<ScheduledEvent<Payload>>.stride)
  }

  @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<ScheduledEvent<Payload>>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: used)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
