import Simulation
import SystemModel
import Testing

@Suite struct EventQueueTests {
  private typealias Event = ScheduledEvent<Int64>

  /// How a random test spreads the instants of its events.
  enum Spread: CaseIterable {
    /// All at once.
    case none
    /// Within a few microseconds of the last event taken out.
    case near
    /// Within milliseconds, as links do.
    case links
    /// A few within milliseconds, many within days.
    case days
    /// Anything from now to the end of time.
    case far
    /// Long silent stretches between bursts.
    case bursts
    /// First one, then another of these.
    case changing
  }

  private static func instant(_ spread: Spread, _ now: Int64, _ random: inout RandomSource) -> Int64
  {
    switch spread {
    case .none: return now
    case .near: return now + random.between(0, 3000)
    case .links: return now + random.between(1_000_000, 5_000_000)
    case .days:
      return now
        + (random.below(3) == 0 ? random.between(0, 5_000_000) : random.between(0, 1 << 47))
    case .far: return random.between(now, .max)
    case .bursts:
      return now + (random.below(500) == 0 ? 1 << 40 : random.between(0, 1000))
    case .changing:
      let spreads: [Spread] = [.links, .none, .near, .days, .bursts]
      return instant(spreads[Int(now >> 24) % 5], now, &random)
    }
  }

  private static func event(_ at: Int64, _ order: Int64) -> Event {
    let key = EventKey.pack(
      EventClass(rawValue: UInt8(order % 4)) ?? .call, order: order, from: Int(order % 7),
      to: Int(order % 11))
    return ScheduledEvent(at: at, key: key, payload: order &* 31)
  }

  /// Random operations against a sorted array: the number of events swings between few and many.
  @Test(arguments: Spread.allCases, [3, 10, 40, 300, 20_000])
  func agreesWithASortedArray(spread: Spread, size: Int) {
    var random = RandomSource(state: UInt64(size) ^ 99)
    var queue = EventQueue<Int64>()
    var twin: [Event] = []
    var order: Int64 = 0
    var now: Int64 = 0
    var isGrowing = true
    for step in 0..<4 * size + 2000 {
      if twin.count > size { isGrowing = false }
      if twin.isEmpty { isGrowing = true }
      let operation = random.below(100)
      if operation < (isGrowing ? 70 : 30) {
        order += 1
        let event = Self.event(Self.instant(spread, now, &random), order)
        queue.push(event)
        twin.insert(event, at: twin.firstIndex(notBefore: event))
      } else {
        let taken = queue.pop()
        let wanted = twin.popLast()
        #expect(taken?.at == wanted?.at && taken?.key == wanted?.key)
        #expect(taken?.payload == wanted?.payload)
        now = wanted?.at ?? now
      }
      #expect(queue.count == twin.count)
      guard step % (size / 2 + 50) == 0 else { continue }
      let digit = Int64(random.below(5))
      let condition: (Event) -> Bool = { $0.order % 5 == digit && $0.order % 3 == 0 }
      let taken = queue.extract(where: condition)
      #expect(taken.map(\.key) == twin.filter(condition).reversed().map(\.key))
      twin.removeAll(where: condition)
      var seen: Set<UInt64> = []
      queue.forEach { seen.insert($0.key) }
      #expect(seen == Set(twin.map(\.key)))
    }
    while let wanted = twin.popLast() { #expect(queue.pop()?.key == wanted.key) }
    #expect(queue.pop() == nil)
  }

  /// The line gives its place to a heap when it overflows, and takes it back when all is forgotten.
  @Test(arguments: [8, 9, 32, 33, 64, 65, 100])
  func forgottenEventsComeNotBack(count: Int64) {
    var queue = EventQueue<Int64>()
    for round: Int64 in 0..<3 {
      for order in 1...count { queue.push(Self.event((order * 7) % 5, round * count + order)) }
      _ = queue.pop()
      queue.removeAll()
      #expect(queue.count == 0 && queue.pop() == nil)
    }
    for order in 1...count { queue.push(Self.event(count - order, order)) }
    var last: Int64 = -1
    while let event = queue.pop() {
      #expect(event.at > last)
      last = event.at
    }
    #expect(last == count - 1)
  }

  /// What is left behind a crowd is found, however few it is: the crowd fills one bucket of the
  /// calendar, and whatever holds the rest takes over in one step.
  @Test(arguments: [1, 8, 9, 32, 33, 500, 600])
  func stragglersBehindACrowd(count: Int64) {
    var queue = EventQueue<Int64>()
    for order in 1...count { queue.push(Self.event(1 << 41 + order << 30, order)) }
    for order in count + 1...count + 5000 { queue.push(Self.event(1 << 40, order)) }
    for left in stride(from: 5000 + count, to: 0, by: -1) {
      let taken = queue.pop()
      #expect(taken?.at == (left > count ? 1 << 40 : 1 << 41 + (count - left + 1) << 30))
      #expect(queue.count == Int(left) - 1)
    }
    #expect(queue.pop() == nil)
  }

  /// A burst moves the events to a heap, and the few that remain go on in the line.
  @Test func burstsComeAndGo() {
    var queue = EventQueue<Int64>()
    var order: Int64 = 0
    var now: Int64 = 0
    for round in 0..<50 {
      for _ in 0..<(round % 5 == 0 ? 100 : 3) {
        order += 1
        queue.push(Self.event(now + order % 13, order))
      }
      while queue.count > 5 {
        let at = queue.pop()?.at ?? -1
        #expect(at >= now)
        now = at
      }
    }
    #expect(queue.count == 5)
  }

  /// Orders within an instant: by class, then by order, which may be below 0.
  @Test func totalOrder() {
    var queue = EventQueue<Int64>()
    let classes: [EventClass] = [.call, .timer, .delivery, .fault]
    for (place, kind) in classes.enumerated() {
      for order: Int64 in [5, -3, 1, -EventKey.bias, EventKey.lastOrder] {
        let key = EventKey.pack(kind, order: order, slot: place, parked: order < 0)
        queue.push(ScheduledEvent(at: 7, key: key, payload: order))
      }
    }
    var found: [String] = []
    while let event = queue.pop() {
      #expect(event.order == event.payload)
      found.append("\(event.eventClass) \(event.payload)")
    }
    let orders = [-EventKey.bias, -3, 1, 5, EventKey.lastOrder]
    #expect(
      found
        == ["fault", "delivery", "timer", "call"].flatMap { kind in orders.map { "\(kind) \($0)" } }
    )
  }

  @Test func keysKeepWhatIsPacked() {
    let last = NodeID.limit - 1
    let key = EventKey.pack(.timer, order: 123_456_789, from: last, to: last - 5)
    let event = ScheduledEvent(at: 1, key: key, payload: 0)
    #expect(event.eventClass == .timer)
    #expect(event.order == 123_456_789)
    #expect(event.from.index == last)
    #expect(event.to.index == last - 5)
    #expect(!event.isParked)
    let slot = ScheduledEvent(
      at: 1, key: EventKey.pack(.call, order: 9, slot: 0xFFF_FFFF, parked: true), payload: 0)
    #expect(slot.isParked)
    #expect(slot.slot == 0xFFF_FFFF)
    #expect(slot.order == 9)
  }

  @Test func removingAllForgetsEverything() {
    var random = RandomSource(state: 1)
    var queue = EventQueue<Int64>()
    for round in 0..<3 {
      for order in 1...30_000 {
        queue.push(Self.event(random.between(0, 1 << 40), Int64(order)))
      }
      for _ in 0..<100 * round { _ = queue.pop() }
      queue.removeAll()
      #expect(queue.count == 0)
      #expect(queue.pop() == nil)
    }
    queue.push(Self.event(5, 1))
    #expect(queue.pop()?.at == 5)
  }

  @Test func poppingAnEmptyQueueChangesNothing() {
    var queue = EventQueue<Int64>(minimumCapacity: 1)
    #expect(queue.pop() == nil)
    #expect(queue.pop() == nil)
    queue.push(Self.event(3, 1))
    queue.push(Self.event(2, 2))
    #expect(queue.pop()?.at == 2)
    #expect(queue.pop()?.at == 3)
    #expect(queue.pop() == nil)
    #expect(queue.count == 0)
  }
}

extension Array where Element == ScheduledEvent<Int64> {
  /// Where an event belongs in an array with the least event last.
  fileprivate func firstIndex(notBefore event: Element) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if event.precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
