import Simulation
import SystemModel
import Testing

/// Messages and timers of which the plan says beforehand what becomes of them.
@Suite struct ExplicitTests {
  private func delivery(
    _ from: Int, _ to: Int, nth: Int, takes flight: Int64?, copies: Int64?...
  ) -> ExplicitDelivery {
    ExplicitDelivery(
      kind: 0, from: node(from), to: node(to), nth: nth, flight: flight.map { ms($0) },
      copies: copies.map { $0.map { ms($0) } })
  }

  /// Three pings from node1 to node2 at T0, T1 and T2, which take 10 ms.
  private func story(_ deliveries: ExplicitDelivery...) -> Story {
    var story = Story()
    for number: Int64 in 0..<3 { story.ping(number, 1, 2, number + 1) }
    story.deliveries = deliveries
    return story
  }

  @Test func takesTheGivenTimeAndNoOther() {
    let tale = story(delivery(1, 2, nth: 2, takes: 4)).run()
    #expect(tale.arrivals == ["5 1>2 2", "10 1>2 1", "12 1>2 3"])
    #expect(tale.entriesLeft.isEmpty)
  }

  /// On a link in order, what is late makes nobody wait.
  @Test func leavesTheOrderOfItsLink() {
    let tale = story(delivery(1, 2, nth: 1, takes: 30)).run()
    #expect(tale.arrivals == ["11 1>2 2", "12 1>2 3", "30 1>2 1"])
  }

  @Test func isLostAtOnce() {
    let tale = story(delivery(1, 2, nth: 3, takes: nil)).run()
    #expect(tale.lines(.dropped) == ["2 dropped 1>2 ping 3 loss"])
    #expect(tale.counts.dropped == 1)
  }

  @Test func hasCopies() {
    let tale = story(delivery(1, 2, nth: 1, takes: nil, copies: 3, nil, 5)).run()
    #expect(tale.arrivals == ["3 1>2 1", "5 1>2 1", "11 1>2 2", "12 1>2 3"])
    #expect(tale.lines(.dropped) == ["0 dropped 1>2 ping 1 loss", "0 dropped 1>2 ping 1 loss"])
    #expect(tale.counts.duplicated == 3)
  }

  /// Each kind and each direction of each pair is counted apart.
  @Test func countsMessagesOfItsKindOnItsLink() {
    var story = story(delivery(2, 1, nth: 2, takes: 1))
    story.ping(5, 2, 1, 7)
    story.ping(6, 2, 3, 8)
    story.call(7, 2, .spread, 9)
    story.ping(8, 2, 1, 10)
    #expect(story.run().arrivals.contains("9 2>1 10"))
  }

  @Test func linkFaultsLeaveItAlone() {
    var story = story(delivery(1, 2, nth: 2, takes: 4))
    story.fault(.link(.all, .loss(Ratio(1))), .ms(0), name: "lossy")
    story.fault(.link(.all, .duplicate(Ratio(1))), .ms(0))
    story.fault(.link(.all, .delay(.ms(50))), .ms(0))
    let tale = story.run()
    #expect(tale.arrivals == ["5 1>2 2"])
    #expect(tale.lines(.delayed) == ["1 delayed 1>2 ping 2 by fault2"])
  }

  @Test func partitionsLoseIt() {
    var story = story(delivery(1, 2, nth: 1, takes: 30), delivery(1, 2, nth: 3, takes: 30))
    story.cut([group(1), group(2, 3)], from: 2, for: 3)
    let tale = story.run()
    #expect(tale.arrivals.isEmpty)
    #expect(
      tale.lines(.dropped) == [
        "2 dropped 1>2 ping 2 cut by cut", "2 dropped 1>2 ping 1 cut by cut",
        "2 dropped 1>2 ping 3 cut by cut",
      ])
  }

  /// What was left of it when it was held runs from the heal, and it still makes nobody wait.
  @Test func partitionsHoldIt() {
    var story = story(delivery(1, 2, nth: 1, takes: 30), delivery(1, 2, nth: 3, takes: 5))
    story.cut([group(1), group(2, 3)], from: 2, for: 98, mode: .hold)
    #expect(story.run().arrivals == ["105 1>2 3", "109 1>2 2", "128 1>2 1"])
  }

  @Test func slowPartitionsDoNotStretchIt() {
    var story = story(delivery(1, 2, nth: 1, takes: 30))
    story.cut([group(1), group(2, 3)], from: 0, mode: .slow(factor: Ratio(3)))
    #expect(story.run().arrivals == ["30 1>2 1", "31 1>2 2", "32 1>2 3"])
  }

  @Test func crashesLoseItAndPausesKeepIt() {
    var story = story(delivery(1, 2, nth: 1, takes: 50), delivery(1, 2, nth: 2, takes: 100))
    story.fault(.crash(nodes(2), keepingDisk: true), .ms(40), .lasting(20))
    story.fault(.pause(nodes(2)), .ms(90), .lasting(30))
    let tale = story.run()
    #expect(tale.arrivals == ["12 1>2 3", "120 1>2 2"])
    #expect(tale.lines(.dropped) == ["50 dropped 1>2 ping 1 down by fault0"])
  }

  @Test func saysWhatNeverOccurred() {
    var story = story(delivery(1, 2, nth: 4, takes: 1), delivery(1, 2, nth: 1, takes: 1))
    story.timers = [.init(node: node(3), timer: 0, nth: 1, span: ms(1))]
    #expect(story.run().entriesLeft == [0, 2])
  }

  /// The nth setting counts those that are cancelled, too; the draw of a range is taken.
  @Test func timersRunAsLongAsSaid() {
    var story = Story(2)
    story.call(0, 1, .alarm, 10_000_000)
    story.call(1, 1, .cancel)
    story.call(2, 1, .alarm, 10_000_000)
    story.call(2, 1, .wide, 1_000_000, 90_000_000)
    story.call(200, 1, .wide, 1_000_000, 90_000_000)
    let plain = story.run()
    story.timers = [
      .init(node: node(1), timer: Probe.Timer.alarm.rawValue, nth: 2, span: ms(3)),
      .init(node: node(1), timer: Probe.Timer.wide.rawValue, nth: 1, span: ms(100)),
    ]
    let tale = story.run()
    #expect(tale.observations("alarm", "wide").prefix(2) == ["5 1 alarm", "102 1 wide"])
    #expect(tale.lines(.timerFired).last == plain.lines(.timerFired).last)
    #expect(tale.entriesLeft.isEmpty)
  }

  /// A fault may fire at each of some instants.
  @Test func faultsFireAtSomeInstants() {
    var story = Story(2)
    story.fault(.pause(nodes(1)), .times([at(0), at(7), at(20)]), .lasting(5), name: "nap")
    #expect(
      story.run().lines(.faultStarted, .faultEnded) == [
        "0 start nap", "5 end nap", "7 start nap", "12 end nap", "20 start nap", "25 end nap",
      ])
  }

  /// An engine that is used again starts counting again.
  @Test func engineIsUsedAgain() {
    let story = story(delivery(1, 2, nth: 2, takes: 4), delivery(1, 2, nth: 9, takes: 4))
    let plan = story.plan
    var simulator = Simulator<Probe, Fabric>(plan, draws: Fabric(plan.links, seed: plan.seed))
    var hashes: [UInt64] = []
    for _ in 0..<2 {
      simulator.reset(seed: 7)
      while true { if case .ended = simulator.run() { break } }
      hashes.append(simulator.traceHash.value)
      #expect(simulator.entriesLeft == [1])
    }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0] == story.run().hash.value)
  }

  /// Notes change nothing, and say exactly how long each message is on its way.
  @Test func notesChangeNothing() {
    var checked = 0
    for seed in 0..<40 as Range<UInt64> {
      var story = TwinTests.story(seed)
      let plain = story.run()
      story.notes = true
      let noted = story.run()
      #expect(noted.records == plain.records)
      #expect(noted.hash == plain.hash)
      let held = Set(noted.records.filter { $0.kind == .held }.map(\.id))
      var arrivals: [Int64: Int64] = [:]
      for record in noted.records where record.kind == .delivered {
        arrivals[record.id] = record.at
      }
      for flight in noted.notes.flights where !held.contains(flight.id) {
        // A node that was paused sees what has arrived later.
        guard let at = arrivals[flight.id], let span = flight.flight else { continue }
        #expect(flight.at + span <= at)
        checked += flight.at + span == at ? 1 : 0
      }
    }
    #expect(checked > 1000)
  }

  /// What an engine notes of chance: timers with their ends, and what entries took the place of.
  @Test func notesWhatWasDrawn() {
    var story = story(delivery(1, 2, nth: 2, takes: 4))
    story.call(0, 1, .alarm, 10_000_000)
    story.call(4, 1, .alarm, 10_000_000)
    story.call(5, 1, .cancel)
    story.call(6, 1, .wide, 1_000_000, 90_000_000)
    story.fault(.link(.from(nodes(1), to: nodes(2)), .delay(.ms(5))), .ms(0))
    story.notes = true
    let notes = story.run().notes
    #expect(notes.timers.map(\.nth) == [1, 2, 1])
    #expect(notes.timers.map(\.ceased) == [4_000_000, 5_000_000, nil])
    #expect(notes.timers[2].low == 1_000_000 && notes.timers[2].high == 90_000_000)
    #expect(
      notes.defaults == [
        .init(delivery: 0, flight: 15_000_000, isUnordered: false, copies: [])
      ])
    let flights = notes.flights.filter { $0.to == node(2) }.map(\.flight)
    #expect(flights == [15_000_000, 4_000_000, 15_000_000])
    #expect(notes.links == [.init(binding: 0, from: [node(1)], to: [node(2)])])
  }
}
