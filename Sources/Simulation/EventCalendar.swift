/// Events of the near future by the span of time that they fall into: a ring of buckets, each of
/// which is sorted only when its time has come.
///
/// A bucket has the events whose instants agree in all but the lowest `shift` bits; its number is
/// what they agree in. The ring has the buckets after `current` and before `current + ringLength`,
/// at their numbers modulo the length. The events of `current` itself stand in `run`, sorted.
///
/// Unsafe storage. Invariants: bit i of `marks` is set exactly if `heads[i]` is a chunk; a chunk is
/// a header, `next` and `count`, followed by room for `chunkLength` events, of which the first
/// `count` are initialised; every chunk is in one list, of a bucket or `free`, and lies in one of
/// `blocks`; `run` and `spare` hold `runCapacity` slots, of which `run[taken ..< runEnd]` are
/// initialised and in order. Payloads are trivially copyable: nothing needs deinitialisation.
@usableFromInline struct EventCalendar<Payload: BitwiseCopyable>: ~Copyable {
  @usableFromInline typealias Event = ScheduledEvent<Payload>

  /// The part of a chunk before its events.
  @usableFromInline struct Header {
    @usableFromInline var next: UnsafeMutableRawPointer?
    @usableFromInline var count: Int

    @inlinable init(next: UnsafeMutableRawPointer?, count: Int) {
      self.next = next
      self.count = count
    }
  }

  @inlinable static var ringLength: Int64 { 4096 }
  @inlinable static var markWords: Int { 64 }
  @inlinable static var chunksInBlock: Int { 64 }

  @usableFromInline var heads: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  @usableFromInline var marks: UnsafeMutablePointer<UInt64>
  @usableFromInline var free: UnsafeMutableRawPointer?
  @usableFromInline var blocks: [UnsafeMutableRawPointer] = []
  @usableFromInline var chunkLength = 8

  /// How many bits of an instant say where in its bucket it is.
  @usableFromInline var shift: Int64 = 0
  /// The number of the bucket that was taken last.
  @usableFromInline var current: Int64 = 0
  /// How many events stand in the ring.
  @usableFromInline var ringCount = 0

  @usableFromInline var run: UnsafeMutablePointer<Event>
  @usableFromInline var spare: UnsafeMutablePointer<Event>
  @usableFromInline var runCapacity = 1
  @usableFromInline var taken = 0
  @usableFromInline var runEnd = 0

  /// Whether there is a ring; most queues never need one.
  @usableFromInline var hasRing = false

  @inlinable init() {
    heads = .allocate(capacity: 1)
    marks = .allocate(capacity: 1)
    run = .allocate(capacity: 1)
    spare = .allocate(capacity: 1)
  }

  /// Makes the empty ring ready for buckets of a width and chunks of a length.
  @inlinable mutating func prepare(shift: Int64, chunkLength: Int, current: Int64) {
    if !hasRing {
      hasRing = true
      heads.deallocate()
      marks.deallocate()
      heads = .allocate(capacity: Int(Self.ringLength))
      heads.initialize(repeating: nil, count: Int(Self.ringLength))
      marks = .allocate(capacity: Self.markWords)
      marks.initialize(repeating: 0, count: Self.markWords)
    }
    if chunkLength != self.chunkLength {
      for block in blocks { block.deallocate() }
      blocks = []
      free = nil
      self.chunkLength = chunkLength
    }
    self.shift = shift
    self.current = current
  }

  @inlinable deinit {
    for block in blocks { block.deallocate() }
    heads.deallocate()
    marks.deallocate()
    run.deallocate()
    spare.deallocate()
  }

  /// How many events are in the ring and in the run.
  @inlinable var count: Int { ringCount &+ runEnd &- taken }

  /// How many bytes the ring, its chunks and the run take.
  @inlinable var storageBytes: Int {
    let chunk = MemoryLayout<Header>.size + chunkLength * MemoryLayout<Event>.stride
    let ring = hasRing ? Int(Self.ringLength) * 8 + Self.markWords * 8 : 0
    return ring + blocks.count * Self.chunksInBlock * chunk
      + 2 * runCapacity * MemoryLayout<Event>.stride
  }

  /// The least event of the run; nil if there is none.
  @inlinable var first: Event? { taken < runEnd ? run[taken] : nil }

  /// Puts an event into its bucket, whose number is in the ring.
  @inlinable @inline(__always) mutating func place(_ event: Event, bucket: Int64) {
    let place = Int(bucket & (Self.ringLength &- 1))
    ringCount &+= 1
    if let chunk = heads[place] {
      let header = chunk.assumingMemoryBound(to: Header.self)
      let count = header.pointee.count
      if count < chunkLength {
        header.pointee.count = count &+ 1
        Self.events(of: chunk)[count] = event
        return
      }
    }
    placeInNewChunk(event, place)
  }

  @inlinable @inline(never) mutating func placeInNewChunk(_ event: Event, _ place: Int) {
    let chunk = takeChunk()
    chunk.assumingMemoryBound(to: Header.self).pointee = Header(next: heads[place], count: 1)
    Self.events(of: chunk)[0] = event
    heads[place] = chunk
    marks[place &>> 6] |= 1 &<< UInt64(place & 63)
  }

  /// The number of the first bucket of the ring that is not empty; nil if all are.
  @inlinable func nextBucket() -> Int64? {
    guard ringCount > 0 else { return nil }
    let start = Int((current &+ 1) & (Self.ringLength &- 1))
    for step in 0...Self.markWords {
      let word = (start &>> 6 &+ step) & (Self.markWords &- 1)
      var mask = marks[word]
      if step == 0 { mask &= ~0 &<< UInt64(start & 63) }
      guard mask != 0 else { continue }
      let place = word &<< 6 &+ mask.trailingZeroBitCount
      return current &+ 1 &+ Int64((place &- start) & Int(Self.ringLength &- 1))
    }
    return nil
  }

  /// Makes a bucket the current one: its events become the run, unsorted.
  @inlinable mutating func take(bucket: Int64) {
    taken = 0
    runEnd = 0
    current = bucket
    empty(place: Int(bucket & (Self.ringLength &- 1)))
  }

  /// Moves the events of a place of the ring to the end of the run.
  @inlinable mutating func empty(place: Int) {
    var next = heads[place]
    while let chunk = next {
      let count = chunk.assumingMemoryBound(to: Header.self).pointee.count
      while runEnd &+ count > runCapacity { growRun() }
      (run + runEnd).update(from: Self.events(of: chunk), count: count)
      runEnd &+= count
      next = giveBack(chunk)
    }
    close(place: place)
  }

  /// Adds an event to the run, unsorted.
  @inlinable mutating func addToRun(_ event: Event) {
    if runEnd == runCapacity { growRun() }
    run[runEnd] = event
    runEnd &+= 1
  }

  /// Takes out all events, in no particular order.
  @inlinable mutating func takeAll() -> [Event] {
    var events: [Event] = []
    events.reserveCapacity(count)
    events.append(contentsOf: UnsafeBufferPointer(start: run + taken, count: runEnd - taken))
    taken = 0
    runEnd = 0
    for word in 0..<(hasRing ? Self.markWords : 0) {
      while marks[word] != 0 {
        let place = word &<< 6 &+ marks[word].trailingZeroBitCount
        var next = heads[place]
        while let chunk = next {
          let count = chunk.assumingMemoryBound(to: Header.self).pointee.count
          events.append(
            contentsOf: UnsafeBufferPointer(start: Self.events(of: chunk), count: count))
          next = giveBack(chunk)
        }
        close(place: place)
      }
    }
    return events
  }

  /// Makes a chunk free; gives the one behind it.
  @inlinable mutating func giveBack(
    _ chunk: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer? {
    let header = chunk.assumingMemoryBound(to: Header.self)
    let next = header.pointee.next
    ringCount &-= header.pointee.count
    header.pointee.next = free
    free = chunk
    return next
  }

  /// Says that a place has no chunk any more.
  @inlinable mutating func close(place: Int) {
    heads[place] = nil
    marks[place &>> 6] &= ~(1 &<< UInt64(place & 63))
  }

  /// Calls a function with every event, in no particular order.
  @inlinable func forEach(_ body: (Event) -> Void) {
    for place in taken..<runEnd { body(run[place]) }
    guard hasRing else { return }
    for place in 0..<Int(Self.ringLength) {
      var next = heads[place]
      while let chunk = next {
        let header = chunk.assumingMemoryBound(to: Header.self).pointee
        for index in 0..<header.count { body(Self.events(of: chunk)[index]) }
        next = header.next
      }
    }
  }

  @inlinable @inline(__always) static func events(
    of chunk: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<Event> {
    (chunk + MemoryLayout<Header>.size).assumingMemoryBound(to: Event.self)
  }

  @inlinable mutating func takeChunk() -> UnsafeMutableRawPointer {
    if free == nil { allocateBlock() }
    guard let chunk = free else { preconditionFailure("a new block has no chunk") }
    free = chunk.assumingMemoryBound(to: Header.self).pointee.next
    return chunk
  }

  @inlinable @inline(never) mutating func allocateBlock() {
    let size = MemoryLayout<Header>.size + chunkLength * MemoryLayout<Event>.stride
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: size * Self.chunksInBlock, alignment: 16)
    blocks.append(block)
    for index in 0..<Self.chunksInBlock {
      let chunk = block + index * size
      chunk.bindMemory(to: Header.self, capacity: 1).initialize(to: Header(next: free, count: 0))
      (chunk + MemoryLayout<Header>.size).bindMemory(to: Event.self, capacity: chunkLength)
      free = chunk
    }
  }

  @inlinable @inline(never) mutating func growRun() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: runCapacity * 2)
    larger.update(from: run, count: runEnd)
    run.deallocate()
    spare.deallocate()
    run = larger
    runCapacity *= 2
    spare = .allocate(capacity: runCapacity)
  }
}

extension EventCalendar {
  /// Sorts the run: short stretches by insertion, then merged pairwise without a branch that
  /// depends on the events.
  @inlinable mutating func sortRun() {
    let count = runEnd
    let stretch = 8
    var start = 0
    while start < count {
      insertionSort(start, min(start &+ stretch, count))
      start &+= stretch
    }
    var width = stretch
    while width < count {
      var left = 0
      while left < count {
        let middle = min(left &+ width, count)
        let right = min(middle &+ width, count)
        merge(left, middle, right)
        left = right
      }
      swap(&run, &spare)
      width &*= 2
    }
  }

  @inlinable func insertionSort(_ start: Int, _ end: Int) {
    var next = start &+ 1
    while next < end {
      let event = run[next]
      var hole = next
      while hole > start, event.precedes(run[hole &- 1]) {
        EventHeap<Payload>.move(run + (hole &- 1), to: run + hole)
        hole &-= 1
      }
      run[hole] = event
      next &+= 1
    }
  }

  /// Merges two neighbouring sorted stretches of the run into the spare.
  @inlinable func merge(_ start: Int, _ middle: Int, _ end: Int) {
    var left = run + start
    var right = run + middle
    let (leftEnd, rightEnd) = (run + middle, run + end)
    var target = spare + start
    while left < leftEnd, right < rightEnd {
      let takesRight = right.pointee.precedes(left.pointee)
      EventHeap<Payload>.move(takesRight ? right : left, to: target)
      target += 1
      right += takesRight ? 1 : 0
      left += takesRight ? 0 : 1
    }
    target.update(from: left, count: leftEnd - left)
    (target + (leftEnd - left)).update(from: right, count: rightEnd - right)
  }
}
