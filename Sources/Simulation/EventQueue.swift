/// What will happen, least first.
///
/// Some tens of events stand in a line, in their order, and more of them in a heap. When they become
/// many, a calendar takes those of the near future: adding one costs no comparison, and each is
/// sorted among its neighbours alone when their time has come. Nobody says beforehand how many
/// there will be or how far ahead: the width of a bucket is drawn from the events that are waiting,
/// and drawn anew when they have changed.
///
/// In the calendar's time the heap has the events of the current bucket that were added since it
/// was taken, and those before it; `far` has those beyond the ring.
public struct EventQueue<Payload: BitwiseCopyable>: ~Copyable {
  @usableFromInline typealias Event = ScheduledEvent<Payload>

  /// How many events make a calendar worth while, and how few do no longer.
  @inlinable static var many: Int { 2048 }
  @inlinable static var few: Int { 512 }
  /// How few events go back from a heap to the line: so much fewer than the line takes that not
  /// every burst moves them to and fro.
  @inlinable static var fewest: Int { 8 }

  @usableFromInline var line = EventLine<Payload>()
  @usableFromInline var near: EventHeap<Payload>
  @usableFromInline var far: EventHeap<Payload>
  @usableFromInline var calendar = EventCalendar<Payload>()
  /// Whether all events stand in the line.
  @usableFromInline var isLine = true
  @usableFromInline var hasCalendar = false
  /// How many events there were when the width of a bucket was drawn.
  @usableFromInline var drawnFor = 0
  /// How many events have been sorted in runs since then, and in how many runs.
  @usableFromInline var sorted: (events: Int, runs: Int) = (0, 0)

  /// An empty queue with room for some events.
  @inlinable public init(minimumCapacity: Int = 64) {
    near = EventHeap(minimumCapacity: min(minimumCapacity, Self.many))
    far = EventHeap(minimumCapacity: 4)
  }

  /// How many events are waiting.
  @inlinable public var count: Int {
    isLine ? line.count : near.count &+ calendar.count &+ far.count
  }

  /// How many bytes of memory it holds for events, those that are waiting and room for others.
  @inlinable public var storageBytes: Int {
    line.storageBytes + near.storageBytes + calendar.storageBytes + far.storageBytes
  }

  /// Adds an event.
  @inlinable @inline(__always)
  public mutating func push(_ event: ScheduledEvent<Payload>) {
    if isLine {
      if line.hasRoom { line.insert(event) } else { pushToFullLine(event) }
    } else if hasCalendar {
      pushDated(event)
    } else if near.isOpen {
      near.fillRoot(with: event)
    } else if near.hasRoom {
      near.append(event)
    } else {
      pushToFull(event)
    }
  }

  /// Takes out the least event; nil if none is waiting.
  @inlinable @inline(__always)
  public mutating func pop() -> ScheduledEvent<Payload>? {
    if isLine { return line.pop() }
    if hasCalendar { return popDated() }
    return near.isOpen && near.used <= Self.fewest ? popFewest() : near.pop()
  }

  /// Forgets all events and keeps the storage.
  @inlinable public mutating func removeAll() {
    line.removeAll()
    if isLine { return }
    isLine = true
    near.removeAll()
    guard hasCalendar else { return }
    hasCalendar = false
    far.removeAll()
    _ = calendar.takeAll()
  }

  /// Takes out all events that satisfy a condition, least first.
  @inlinable public mutating func extract(
    where condition: (ScheduledEvent<Payload>) -> Bool
  ) -> [ScheduledEvent<Payload>] {
    var taken: [Event] = []
    var kept: [Event] = []
    for event in takeAll() {
      if condition(event) { taken.append(event) } else { kept.append(event) }
    }
    hold(kept)
    return taken.sorted { $0.precedes($1) }
  }

  /// Calls a function with every event that waits, in no particular order.
  @inlinable public func forEach(_ body: (ScheduledEvent<Payload>) -> Void) {
    line.forEach(body)
    near.forEach(body)
    calendar.forEach(body)
    far.forEach(body)
  }

  @inlinable mutating func takeAll() -> [Event] {
    var events = line.takeAll()
    events.append(contentsOf: near.takeAll())
    events.append(contentsOf: calendar.takeAll())
    events.append(contentsOf: far.takeAll())
    return events
  }

  /// Holds some events, and none but these, in whatever serves them best.
  @inlinable mutating func hold(_ events: [Event]) {
    isLine = events.count <= EventLine<Payload>.few
    hasCalendar = events.count >= Self.many
    if isLine {
      for event in events { line.insert(event) }
      return
    }
    guard hasCalendar else {
      near.replaceAll(with: events)
      return
    }
    drawnFor = events.count
    sorted = (0, 0)
    let (first, shift) = Self.drawWidth(events)
    calendar.prepare(
      shift: shift, chunkLength: max(8, min(events.count / 4096, 40)),
      current: first &>> shift &- 1)
    for event in events { pushDated(event) }
  }

  /// The first instant of some events, and the width of a bucket such that nine of ten of them
  /// fill a quarter to a half of the ring: how many low bits of an instant it takes.
  @inlinable static func drawWidth(_ events: [Event]) -> (first: Int64, shift: Int64) {
    let first = events.reduce(.max) { min($0, $1.at) }
    let sample = stride(from: 0, to: events.count, by: max(1, events.count / 512))
      .map { events[$0].at - first }.sorted()
    let width = sample[sample.count * 9 / 10] / (EventCalendar<Payload>.ringLength / 4)
    return (first, width > 1 ? Int64(63 - width.leadingZeroBitCount) : 0)
  }

  /// Adds an event to the line after moving the others to its front; to a heap, if they are more
  /// than a few.
  @inlinable @inline(never) mutating func pushToFullLine(_ event: Event) {
    if line.count > EventLine<Payload>.few {
      isLine = false
      near.replaceAll(with: line.takeAll())
      near.push(event)
    } else {
      line.moveUp()
      line.insert(event)
    }
  }

  /// Takes out the least event after moving the last few of a heap to the line.
  @inlinable @inline(never) mutating func popFewest() -> Event? {
    hold(near.takeAll())
    return line.pop()
  }

  @inlinable @inline(never) mutating func pushToFull(_ event: Event) {
    if near.count < Self.many {
      near.grow()
      near.append(event)
    } else {
      hold(takeAll() + [event])
    }
  }

  /// Adds an event while there is a calendar.
  @inlinable @inline(never) mutating func pushDated(_ event: Event) {
    let bucket = event.at &>> calendar.shift
    let ahead = bucket &- calendar.current
    if ahead <= 0 {
      near.push(event)
    } else if ahead < EventCalendar<Payload>.ringLength {
      calendar.place(event, bucket: bucket)
    } else {
      far.push(event)
    }
  }

  /// Takes out the least event while there is a calendar.
  @inlinable @inline(never) mutating func popDated() -> Event? {
    while hasCalendar {
      if let event = calendar.first {
        if near.used > 0, let other = near.peek(), other.precedes(event) { return near.pop() }
        calendar.taken &+= 1
        return event
      }
      if near.used > 0, let event = near.pop() { return event }
      guard turnPage() else { return nil }
    }
    return pop()
  }

  /// Makes the next bucket that is not empty the current one, unless a heap or other buckets would
  /// serve better; false if nothing waits.
  @inlinable mutating func turnPage() -> Bool {
    let waiting = calendar.ringCount &+ far.count
    guard waiting > 0 else { return false }
    if waiting < Self.few || needsOtherBuckets(waiting) {
      hold(takeAll())
      return true
    }
    var bucket = calendar.nextBucket() ?? .max
    if let event = far.peek() { bucket = min(bucket, event.at &>> calendar.shift) }
    calendar.take(bucket: bucket)
    while let event = far.peek(), event.at &>> calendar.shift == bucket {
      calendar.addToRun(event)
      _ = far.pop()
    }
    calendar.sortRun()
    sorted = (sorted.events &+ calendar.runEnd, sorted.runs &+ 1)
    return true
  }

  /// Whether the buckets have turned out to be too wide, too narrow or too near. They are drawn
  /// anew only after as many events have been taken out as were there at the last time, so that an
  /// event is moved a bounded number of times on average.
  @inlinable func needsOtherBuckets(_ waiting: Int) -> Bool {
    guard sorted.events >= drawnFor else { return false }
    let average = sorted.events / sorted.runs
    let usual = waiting / 1024
    return waiting > 16 * drawnFor || average > 8 * usual + 64
      || (average < 2 && usual > 8) || far.count > waiting / 2
  }
}
