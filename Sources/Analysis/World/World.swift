import SystemModel

/// The state of the whole system as its trace tells it, after each event.
///
/// Knows nothing of assertions: ``advance(_:from:before:noticing:)`` goes from event to event and
/// comes back whenever something changed that somebody reads.
struct World: ~Copyable, Sendable {
  let schema: WorldSchema
  let wordPlaces: WordPlaces

  /// The instant of the last event, in nanoseconds; -1 before the first.
  private(set) var now: Int64 = -1
  /// How many events there were.
  private(set) var events = 0
  /// The words of all fields, node after node.
  private(set) var words: ContiguousArray<Int64>
  private(set) var lists: [[Int64]]
  private(set) var isUp: ContiguousArray<Bool>
  private(set) var isPaused: ContiguousArray<Bool>
  private(set) var handling: ContiguousArray<Int64>
  private(set) var counts: MessageCounts
  private(set) var calls: CallHistory
  private(set) var inFlight = InFlightMessages()
  private(set) var faults: FaultBook
  private(set) var reach = Reachability()
  private(set) var bindings: [FaultBinding] = []
  private(set) var consensus: ConsensusTimes?
  private(set) var election: ElectionCounts?
  private(set) var mutex: LockTimes?
  private(set) var barrier: BarrierTimes?
  private(set) var availability: Availability?
  /// What is kept for evidence and charts; nil if nobody wants them.
  private(set) var chronicle: Chronicle?

  /// What the last event changed.
  private(set) var changed: Topics = []
  /// The nodes at which it changed something: bit `index % 64`.
  private(set) var changedNodes: UInt64 = 0
  /// Where the last event begins among the records of the part.
  private(set) var eventStart = 0
  /// The list that `continued` records go on with, and how many of its words are to come.
  private var pendingList = 0
  private var remainingWords = 0

  /// The world before anything happened.
  init(_ schema: WorldSchema, _ wordPlaces: WordPlaces, chronicle: Chronicle?) {
    self.schema = schema
    self.wordPlaces = wordPlaces
    let count = schema.nodeCount
    words = ContiguousArray(repeating: 0, count: count * schema.fieldCount)
    lists = Array(repeating: [], count: count * schema.listCount)
    isUp = ContiguousArray(repeating: true, count: count)
    isPaused = ContiguousArray(repeating: false, count: count)
    handling = ContiguousArray(repeating: 0, count: count)
    counts = MessageCounts(schema)
    calls = CallHistory(schema)
    faults = FaultBook(schema)
    let description = schema.description
    consensus = description.isOf(.consensus) ? ConsensusTimes(schema) : nil
    election = description.isOf(.election) ? ElectionCounts(schema) : nil
    mutex = description.isOf(.mutex) ? LockTimes(schema) : nil
    barrier = description.isOf(.barrier) ? BarrierTimes(schema) : nil
    availability = description.isOf(.election) ? Availability(schema) : nil
    self.chronicle = chronicle
  }

  /// Goes back to before anything happened, and keeps the storage.
  mutating func reset() {
    now = -1
    events = 0
    for place in words.indices { words[place] = 0 }
    for place in lists.indices { lists[place].removeAll(keepingCapacity: true) }
    for node in isUp.indices {
      isUp[node] = true
      isPaused[node] = false
      handling[node] = 0
    }
    counts.reset()
    calls.reset()
    inFlight.reset()
    faults.reset()
    reach.reset()
    bindings.removeAll(keepingCapacity: true)
    consensus?.reset()
    election?.reset()
    mutex?.reset()
    barrier?.reset()
    availability?.reset()
    chronicle?.reset()
    changed = []
  }

  /// Takes over the bindings that are new in a trace.
  mutating func take(bindings all: [FaultBinding]) {
    for place in bindings.count..<max(bindings.count, all.count) { bindings.append(all[place]) }
  }

  /// Takes whole events in, from a record on that begins one, up to the first event that changes
  /// one of some topics, or to the end of the records.
  ///
  /// An event at or after the instant `wake` is not begun: then ``changed`` is empty. Returns the
  /// place of the next record.
  mutating func advance(
    _ records: ContiguousArray<TraceRecord>, from start: Int, before wake: Int64,
    noticing wanted: Topics
  ) -> Int {
    var place = start
    changed = []
    while place < records.count {
      let first = records[place]
      if first.at >= wake || first.kind == .ended {
        changed = []
        return place
      }
      changed = first.at == now ? .event : [.event, .now]
      changedNodes = 0
      eventStart = place
      now = first.at
      events += 1
      repeat {
        apply(records[place])
        place += 1
      } while place < records.count && !records[place].beginsEvent
      settle()
      if !changed.isDisjoint(with: wanted) { return place }
    }
    changed = []
    return place
  }

  /// Makes it another instant, at which something is looked at although nothing happens; gives the
  /// one before.
  mutating func turnClock(to instant: Int64) -> Int64 {
    defer { now = instant }
    return now
  }

  /// Ends what is still going on when the run ends.
  mutating func close(at end: Instant) {
    now = max(now, end.nanoseconds)
    calls.close()
    faults.close(at: end.nanoseconds)
    mutex?.close(at: end.nanoseconds)
    barrier?.close(at: end.nanoseconds)
    chronicle?.close(at: end.nanoseconds)
  }

  /// The word of a field of a node.
  func word(_ node: NodeID, _ field: Int) -> Int64 {
    words[node.index * schema.fieldCount + field]
  }

  /// The words of a list field of a node.
  func list(_ node: NodeID, _ field: Int) -> [Int64] {
    lists[node.index * schema.listCount + schema.listPlace[field]]
  }

  /// The message under way at a place in the order of sending.
  @inline(__always)
  mutating func message(at place: Int) -> InFlightMessages.Message { inFlight.message(at: place) }

  /// What follows from an event as a whole.
  private mutating func settle() {
    guard availability != nil, !changed.isDisjoint(with: schema.availabilityReads) else { return }
    let sight = Availability.Sight(
      schema: schema, words: words, isUp: isUp, isPaused: isPaused, reach: reach)
    if availability?.refresh(sight, at: now) == true { changed.insert(.available) }
  }

  private mutating func apply(_ record: TraceRecord) {
    chronicle?.note(record)
    switch record.kind {
    case .sent:
      counts.countSent(record)
      changed.insert(.sent)
      if schema.tracksMessages { inFlight.add(record) }
    case .delivered:
      counts.delivered += 1
      changed.insert(.delivered)
      if schema.tracksMessages { inFlight.remove(record.id) }
    case .fieldChanged: change(record)
    case .observed: observe(record)
    case .listChanged, .continued: changeList(record)
    case .handling:
      handling[record.from.index] = record.first
      faults.handle(record)
      mark(.handling, record.from)
    case .handled, .timerFired, .callReached, .started, .ended: break
    case .dropped, .held, .delayed, .duplicated, .released: disturb(record)
    case .callInvoked:
      calls.invoke(record)
      changed.insert(.calls)
    case .callCompleted:
      calls.complete(record)
      changed.insert(.calls)
      if record.code != CallOutcome.ok.rawValue { faults.touchCall(at: record.from) }
    case .faultStarted, .faultEnded: turn(record)
    case .crashed, .restarted, .paused, .resumed, .slowed, .unslowed: strike(record)
    }
  }

  private mutating func mark(_ topic: Topics, _ node: NodeID) {
    changed.insert(topic)
    changedNodes |= 1 << UInt64(node.index & 63)
  }

  private mutating func change(_ record: TraceRecord) {
    let field = Int(record.code)
    words[record.from.index * schema.fieldCount + field] = record.first
    mark(.field(field), record.from)
    if election != nil { election?.change(record) }
    if barrier != nil { barrier?.change(record) }
  }

  private mutating func observe(_ record: TraceRecord) {
    mark(.observed, record.from)
    consensus?.note(record)
    election?.note(record)
    mutex?.note(record)
    barrier?.note(record)
  }

  private mutating func changeList(_ record: TraceRecord) {
    let length: Int
    if record.kind == .listChanged {
      let field = Int(record.code)
      pendingList = record.from.index * schema.listCount + schema.listPlace[field]
      lists[pendingList].removeAll(keepingCapacity: true)
      mark(.field(field), record.from)
      length = Int(record.id)
      remainingWords = length
    } else {
      length = remainingWords
    }
    if length > 0 { lists[pendingList].append(record.first) }
    if length > 1 { lists[pendingList].append(record.second) }
    if length > 2 { lists[pendingList].append(record.third) }
    remainingWords = max(0, length - 3)
  }

  private mutating func disturb(_ record: TraceRecord) {
    faults.touch(record)
    switch record.kind {
    case .dropped:
      counts.countDropped(record)
      changed.insert(.dropped)
      if schema.tracksMessages { inFlight.remove(record.id) }
    case .held:
      counts.held += 1
      changed.insert(.disturbed)
    case .delayed:
      counts.delayed += 1
      changed.insert(.disturbed)
    case .duplicated:
      counts.duplicated += 1
      changed.insert(.disturbed)
      if schema.tracksMessages { inFlight.addCopy(record) }
    default: break
    }
  }

  private mutating func turn(_ record: TraceRecord) {
    let binding = bindings[Int(record.id)]
    if record.kind == .faultStarted {
      faults.start(record, targets: binding.nodes)
      reach.start(binding, number: record.id, of: schema.faults[Int(record.fault)])
      availability?.mark(fault: Int(record.fault), at: now)
    } else {
      faults.end(record)
      reach.end(binding: record.id)
    }
    changed.formUnion([.faults, .reach])
  }

  private mutating func strike(_ record: TraceRecord) {
    let node = record.from.index
    switch record.kind {
    case .crashed:
      isUp[node] = false
      faults.crash(record)
      mutex?.crash(record)
      barrier?.crash(record)
      mark(.up, record.from)
    case .restarted:
      isUp[node] = true
      faults.restart(record)
      mark(.up, record.from)
    case .paused:
      isPaused[node] = true
      faults.pause(record)
      mark(.paused, record.from)
    case .resumed:
      isPaused[node] = false
      faults.resume(record)
      mark(.paused, record.from)
    case .slowed: faults.slow(record, handling: handling[node])
    default: faults.unslow(record)
    }
  }
}
