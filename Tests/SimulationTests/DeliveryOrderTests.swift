import Simulation
import SystemModel
import Testing

/// Strategies by which messages are late; that the engine does what the obvious one does is said in
/// ``TwinTests``.
@Suite struct DeliveryOrderTests {
  /// How late each ping is: every node sends one to each other node every 100 ms over links of 10 ms.
  private func late(
    _ order: DeliveryOrder?, seed: UInt64 = 1, nodeCount: Int = 3, rounds: Int = 20
  ) -> [[Int]: [Int64]] {
    var story = Story(nodeCount)
    story.seed = seed
    story.order = order
    story.timeLimit = at(10_000)
    for round in 0..<rounds {
      for from in 1...nodeCount {
        for to in 1...nodeCount where to != from { story.ping(Int64(round * 100), from, to) }
      }
    }
    let records = story.run().records
    var sent: [Int64: Int64] = [:]
    var late: [[Int]: [Int64]] = [:]
    for record in records {
      if record.kind == .sent { sent[record.id] = record.at }
      if record.kind == .delivered, let start = sent[record.id] {
        late[[record.from.index, record.to.index], default: []]
          .append(record.at - start - ms(10).nanoseconds)
      }
    }
    return late
  }

  private func all(_ late: [[Int]: [Int64]]) -> [Int64] {
    late.keys.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { late[$0] ?? [] }
  }

  @Test func nothingIsLateWithoutOne() {
    #expect(all(late(nil)).allSatisfy { $0 == 0 })
    #expect(all(late(nil)).count == 120)
  }

  @Test func randomIsUniform() {
    let window = ms(50).nanoseconds
    let found = all(late(.random(window: ms(50)), rounds: 90))
    #expect(found.allSatisfy { (0...window).contains($0) })
    let mean = found.reduce(0, +) / Int64(found.count)
    #expect(abs(mean - window / 2) < window / 20)
    #expect(Set(found).count == found.count)
  }

  /// A link keeps its priority until it falls behind, which happens depth − 1 times at the most.
  @Test(arguments: [1, 2, 3, 5])
  func prioritiesChangeAFewTimes(depth: Int) {
    let window = ms(60).nanoseconds
    var changes = 0
    for seed: UInt64 in 1...30 {
      let found = late(.pct(depth: depth, window: ms(60), messages: 100), seed: seed)
      var here = 0
      for values in found.values {
        #expect(values[0] <= window)
        for (one, next) in zip(values, values.dropFirst()) where one != next {
          here += 1
          #expect(next > window / 2, "it falls behind all that have not")
        }
      }
      #expect(here <= depth - 1)
      changes += here
    }
    #expect(changes >= (depth - 1) * 15)
  }

  @Test func oneMorePointChangesNoOther() {
    for seed: UInt64 in 1...20 {
      let two = all(late(.delayBounded(delays: 2, window: ms(7), messages: 100), seed: seed))
      let three = all(late(.delayBounded(delays: 3, window: ms(7), messages: 100), seed: seed))
      let changed = zip(two, three).filter { $0 != $1 }
      #expect(changed.count == 1)
      #expect(changed.allSatisfy { $1 - $0 == ms(7).nanoseconds })
    }
  }

  @Test func delaysAreBounded() {
    for seed: UInt64 in 1...50 {
      let found = all(late(.delayBounded(delays: 3, window: ms(7), messages: 100), seed: seed))
      #expect(found.reduce(0, +) == 3 * ms(7).nanoseconds)
    }
  }

  /// A link in order stays in order, and so what is behind a late message waits.
  @Test func linksStayInOrder() {
    var story = Story(2)
    story.order = .random(window: ms(500))
    for number in 0..<50 { story.ping(Int64(number), 1, 2, Int64(number)) }
    let arrived = story.run().records.filter { $0.kind == .delivered }.map(\.first)
    #expect(arrived == arrived.sorted())
    story.policies[0].fifo = false
    let unordered = story.run().records.filter { $0.kind == .delivered }.map(\.first)
    #expect(unordered != unordered.sorted())
  }

  /// A last node changes nothing of how late the others' messages are, where chance decides by links.
  @Test func linksAreIndependent() {
    for order in [
      DeliveryOrder.random(window: ms(50)), .pct(depth: 1, window: ms(50), messages: 9),
    ] {
      let (three, four) = (late(order), late(order, nodeCount: 4))
      for (link, values) in three { #expect(four[link] == values) }
    }
  }
}
