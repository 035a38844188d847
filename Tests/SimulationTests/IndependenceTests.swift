import Simulation
import SystemModel
import Testing

/// One stream of chance per purpose and stable index: what is added changes no other draw
/// (LANGUAGE question 7), and equal plans have equal traces (principle 5).
@Suite struct IndependenceTests {
  /// Three chatty nodes on links with every kind of chance, a workload, and a drawn fault.
  private func busy(_ nodeCount: Int = 3) -> Story {
    var story = Story(nodeCount)
    story.timeLimit = at(500)
    story.policies = [
      LinkPolicy(
        latency: [.exponential(mean: ms(8), minimum: ms(2))], loss: Ratio(1, 10),
        duplicate: Ratio(1, 20), reorder: .init(probability: Ratio(1, 10), extra: nil))
    ]
    story.workload(
      .rate(calls: 100, period: ms(1000), poisson: true, start: at(0)), nodes(1, 2),
      .init(weight: 2, call: Probe.Call.ping.rawValue, arguments: [1, 5]),
      .init(weight: 1, call: Probe.Call.wide.rawValue, arguments: [1_000_000, 9_000_000]))
    return story
  }

  /// What travelled between the first three nodes: when it was sent and when it arrived.
  private func travels(_ tale: Tale, nodes: Int = 3) -> [[Int64]] {
    tale.records.filter {
      [.sent, .delivered, .dropped].contains($0.kind) && $0.from.index < nodes
        && $0.to.index < nodes
    }.map { [Int64($0.kind.rawValue), $0.at, Int64($0.from.index), Int64($0.to.index), $0.first] }
  }

  @Test func aLastNodeChangesNoOtherDraw() {
    let three = busy().run()
    let four = busy(4).run()
    #expect(!travels(three).isEmpty)
    #expect(travels(three) == travels(four))
    #expect(three.lines(.callInvoked) == four.lines(.callInvoked))
    #expect(three.lines(.timerFired) == four.lines(.timerFired))
  }

  /// Faults that draw targets, jitter and chances, but touch none of the messages.
  @Test func aFaultChangesNoOtherDraw() {
    let plain = busy().run()
    var story = busy()
    story.fault(
      .slow(.random(2), factor: Ratio(2)),
      .every(first: at(3), period: ms(40), jitter: ms(9), until: .never), .lasting(20), key: 77)
    story.fault(.link(.all, .duplicate(Ratio(0))), .ms(0), key: 78)
    story.fault(.link(.all, .reorder(Ratio(0), extra: nil)), .ms(10), key: 79)
    story.fault(.link(.all, .loss(Ratio(0))), .ms(0), key: 80)
    let faulty = story.run()
    #expect(travels(plain) == travels(faulty))
    #expect(plain.lines(.callInvoked, .timerFired) == faulty.lines(.callInvoked, .timerFired))
  }

  /// What an entry says of one message or timer changes nothing of any other.
  @Test func anEntryChangesNoOtherDraw() {
    let plain = busy().run()
    var story = busy()
    story.deliveries = [
      .init(kind: 0, from: node(1), to: node(2), nth: 3, flight: nil),
      .init(kind: 0, from: node(2), to: node(1), nth: 2, flight: ms(7), copies: [ms(9)]),
    ]
    story.timers = [.init(node: node(1), timer: Probe.Timer.wide.rawValue, nth: 2, span: ms(1))]
    let explicit = story.run()
    #expect(explicit.entriesLeft == [1] || explicit.entriesLeft.isEmpty)
    #expect(plain.lines(.sent) == explicit.lines(.sent))
    #expect(plain.lines(.callInvoked) == explicit.lines(.callInvoked))
    func arrivals(_ tale: Tale) -> Set<String> { Set(tale.lines(.delivered, .dropped)) }
    // On a link without order nothing but the message itself is told apart.
    story.policies[0].fifo = false
    var free = busy()
    free.policies[0].fifo = false
    let differences = arrivals(story.run()).symmetricDifference(arrivals(free.run()))
    #expect((1...6).contains(differences.count), "\(differences)")
    #expect(
      Set(plain.lines(.timerFired)).symmetricDifference(explicit.lines(.timerFired)).count <= 2)
  }

  /// A message that a fault loses took its link's draws all the same.
  @Test func whatAFaultLosesShiftsNothing() {
    let plain = busy().run()
    var story = busy()
    story.fault(.link(.from(nodes(1), to: nodes(2)), .loss(Ratio(1))), .ms(100), .lasting(100))
    let faulty = story.run()
    let isOnTheLink: ([Int64]) -> Bool = { $0[2] == 0 && $0[3] == 1 }
    #expect(
      travels(plain).filter { !isOnTheLink($0) } == travels(faulty).filter { !isOnTheLink($0) })
    let isLate: ([Int64]) -> Bool = { $0[0] == Int64(TraceRecord.Kind.sent.rawValue) && $0[1] > 0 }
    #expect(travels(plain).filter(isLate) == travels(faulty).filter(isLate))
  }

  /// The draws of one link fault do not depend on another, nor on its place in the plan.
  @Test func aFaultChangesNoOtherFault() {
    func lost(_ faults: [(UInt64, LinkFault)]) -> [Int64] {
      var story = Story(2)
      for (key, fault) in faults {
        story.fault(.link(.all, fault), .ms(0), name: "key\(key)", key: key)
      }
      story.call(1, 1, .flood, 1, 500)
      let tale = story.run()
      return tale.records.filter { $0.kind == .dropped && tale.faults[Int($0.fault)] == "key5" }
        .map(\.first)
    }
    let alone = lost([(5, .loss(Ratio(1, 3)))])
    #expect(alone.count > 100)
    #expect(
      lost([(9, .delay(.uniform(low: .zero, high: ms(3)))), (5, .loss(Ratio(1, 3)))]) == alone)
    #expect(lost([(5, .loss(Ratio(1, 3))), (6, .reorder(Ratio(1, 2), extra: nil))]) == alone)
    #expect(lost([(5, .loss(Ratio(1, 4)))]) != alone)
    #expect(lost([(5, .loss(Ratio(1, 3))), (7, .loss(Ratio(0)))]) == alone)
  }

  /// Copies have draws of their own, so that a fault that copies shifts no fault that loses.
  @Test func copiesShiftNothing() {
    func fates(_ isCopied: Bool) -> [Int64: Bool] {
      var story = Story(2)
      story.policies = [LinkPolicy(latency: [.ms(10)], loss: Ratio(1, 4))]
      if isCopied { story.fault(.link(.all, .duplicate(Ratio(1, 2))), .ms(0), key: 3) }
      story.fault(.link(.all, .loss(Ratio(1, 4))), .ms(0), key: 4)
      story.call(1, 1, .flood, 1, 500)
      let records = story.run().records
      let originals = Set(records.filter { $0.kind == .sent }.map(\.id))
      var isLost: [Int64: Bool] = [:]
      for record in records where originals.contains(record.id) {
        if record.kind == .dropped { isLost[record.first] = true }
        if record.kind == .delivered { isLost[record.first] = false }
      }
      return isLost
    }
    #expect(fates(true) == fates(false))
  }

  @Test func equalPlansHaveEqualTraces() {
    let first = busy().run()
    let second = busy().run()
    #expect(first.records == second.records)
    #expect(first.hash == second.hash)
    #expect(first.hash.text.count == 16)
  }

  @Test func anotherSeedIsAnotherRun() {
    var story = busy()
    let first = story.run()
    story.seed = 2
    #expect(story.run().hash != first.hash)
  }

  /// Without recording nothing else changes.
  @Test func recordingChangesNothing() {
    var story = busy()
    story.fault(.crash(.random(1), keepingDisk: true), .ms(100), .lasting(50))
    let recorded = story.run()
    story.isRecording = false
    let silent = story.run()
    #expect(silent.records.isEmpty)
    #expect(silent.hash == recorded.hash)
    #expect(silent.counts == recorded.counts)
    #expect(silent.machines == recorded.machines)
  }

  /// The hash tells runs apart that differ in one word of one message.
  @Test func theHashSeesContents() {
    var story = Story(2)
    story.ping(5, 1, 2, 1)
    let first = story.run().hash
    story.workloads = []
    story.ping(5, 1, 2, 2)
    #expect(story.run().hash != first)
  }
}
