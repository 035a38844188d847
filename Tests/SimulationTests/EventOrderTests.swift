import Simulation
import SystemModel
import Testing

/// One instant: events are ordered by (instant, class, order of scheduling), the classes being
/// fault, delivery, timer, call (LANGUAGE question 4).
@Suite struct EventOrderTests {
  @Test func classesOfOneInstant() {
    var story = Story(2)
    story.call(20, 2, .write, 9)
    story.call(5, 2, .alarm, 15_000_000)
    story.ping(10, 1, 2, 1)
    story.fault(.slow(nodes(2), factor: Ratio(2)), .ms(20), name: "slow")
    #expect(
      story.run().events.filter { $0[0].hasPrefix("20") }.map { $0[0] } == [
        "20 start slow", "20 delivered 1>2 ping 1", "20 timer 2 alarm", "20 call 2 write at 2",
        "20 ended quiescence",
      ])
  }

  @Test func withinAClassByOrderOfScheduling() {
    var story = Story(3)
    story.ping(10, 1, 3, 1)
    story.ping(10, 2, 3, 2)
    story.call(5, 1, .alarm, 30_000_000)
    story.call(6, 1, .wide, 29_000_000, 29_000_000)
    story.fault(.slow(nodes(2), factor: Ratio(2)), .ms(20), name: "b")
    story.fault(.slow(nodes(2), factor: Ratio(2)), .ms(20), name: "a")
    let tale = story.run()
    #expect(tale.arrivals == ["20 1>3 1", "20 2>3 2"])
    #expect(tale.observations("alarm", "wide") == ["35 1 alarm", "35 1 wide"])
    #expect(tale.lines(.faultStarted) == ["20 start b", "20 start a"])
  }

  /// The least pending event runs next, also if it was scheduled just now: a call sends without
  /// latency, the answer arrives, and only then the next call of the instant is made.
  @Test func whatIsScheduledJustNowMayComeNext() {
    var story = Story(2, latency: .ms(0))
    story.call(5, 1, .ask, 1)
    story.call(5, 1, .write, 3)
    #expect(
      story.run().events.dropFirst().map { $0[0] }.prefix(4) == [
        "5 call 0 ask at 1", "5 delivered 1>2 question 0", "5 delivered 2>1 answer 0",
        "5 call 1 write at 1",
      ])
  }

  @Test func equalInstantsOfALinkKeepTheOrderOfSending() {
    var story = Story(2)
    story.call(5, 1, .flood, 1, 50)
    #expect(story.run().records.filter { $0.kind == .delivered }.map(\.first) == Array(1...50))
  }

  /// The start is the first event, with every node's start in the order of the topology.
  @Test func theStartComesFirst() {
    var story = Story(3, latency: .ms(0))
    story.greets = [1, 2]
    story.call(0, 3, .write, 1)
    let tale = story.run()
    #expect(tale.events[0][0] == "0 started")
    #expect(tale.observations("started") == ["0 1 started", "0 2 started", "0 3 started"])
    #expect(
      tale.events.dropFirst().map { $0[0] } == [
        "0 delivered 1>2 note 0", "0 delivered 1>3 note 0", "0 delivered 2>1 note 0",
        "0 delivered 2>3 note 0", "0 call 0 write at 3", "0 ended quiescence",
      ])
  }

  /// A timer that is set anew replaces the one that runs; a cancelled one never runs out.
  @Test func timersAreReplacedAndCancelled() {
    var story = Story(2)
    story.call(5, 1, .alarm, 20_000_000)
    story.call(10, 1, .alarm, 20_000_000)
    story.call(40, 1, .alarm, 20_000_000)
    story.call(50, 1, .cancel)
    story.call(70, 1, .wide, 5_000_000, 5_000_000)
    let tale = story.run()
    #expect(tale.observations("alarm", "wide") == ["30 1 alarm", "75 1 wide"])
    #expect(tale.endInstant == at(75))
  }

  @Test func rangesOfTimersHaveBothEnds() {
    var story = Story(2)
    story.timeLimit = at(100_000)
    story.workload(
      .every(first: at(0), period: ms(10)), nodes(1),
      .init(call: Probe.Call.wide.rawValue, arguments: [3, 6]), count: 400)
    let tale = story.run()
    let spans = tale.records.filter { $0.kind == .timerFired }.map { $0.at % 10_000_000 }
    #expect(Set(spans) == [3, 4, 5, 6])
    for span: Int64 in 3...6 { #expect(abs(spans.filter { $0 == span }.count - 100) < 40) }
  }
}

/// How runs end.
@Suite struct LimitTests {
  @Test func theInstantOfTheTimeLimitIsIncluded() {
    var story = Story(2)
    story.timeLimit = at(20)
    story.ping(10, 1, 2, 1)
    story.ping(11, 1, 2, 2)
    let tale = story.run()
    #expect(tale.arrivals == ["20 1>2 1"])
    #expect(tale.end == .time)
    #expect(tale.endInstant == at(20))
    #expect(tale.lines(.ended) == ["20 ended time"])
  }

  @Test func nothingLeftToDo() {
    var story = Story(2)
    story.ping(10, 1, 2, 1)
    let tale = story.run()
    #expect(tale.end == .quiescence)
    #expect(tale.lines(.ended) == ["20 ended quiescence"])
  }

  /// Cancelled timers, timers of a crashed node and ends of healed faults keep nothing alive.
  @Test func whatWillNotHappenKeepsNothingAlive() {
    var story = Story(2)
    story.timeLimit = at(500)
    story.call(5, 1, .alarm, 900_000_000)
    story.call(6, 1, .cancel)
    story.call(5, 2, .alarm, 900_000_000)
    story.fault(.crash(nodes(2), keepingDisk: true), .ms(10), name: "crash")
    let cut = story.cut([group(1), group(2)], from: 7, for: 900)
    story.fault(.heal(cut), .ms(8))
    let tale = story.run()
    #expect(tale.end == .quiescence)
    #expect(tale.endInstant == at(10))
  }

  /// A message in handling at a node that crashed is no reason to wait, either.
  @Test func lostHandlingKeepsNothingAlive() {
    var story = Story(2)
    story.processing = Processing(
      rows: [[400_000_000, 0, 0, 0]], rowOf: [0, 0], concurrency: [0])
    story.ping(1, 1, 2, 1)
    story.fault(.crash(nodes(2), keepingDisk: true), .ms(20))
    let tale = story.run()
    #expect(tale.end == .quiescence)
    #expect(tale.endInstant == at(20))
  }

  @Test(arguments: [1, 5, 6, 7, 8])
  func theEventLimit(limit: Int) {
    var story = Story(2)
    story.eventLimit = limit
    for time: Int64 in [5, 30, 60] { story.ping(time, 1, 2, time) }
    let tale = story.run()
    // The start, three calls and three deliveries; the end is none.
    #expect(tale.eventCount == min(limit, 7))
    #expect(tale.end == (limit < 7 ? .events : .quiescence))
    #expect(tale.events.count == min(limit, 7) + 1)
  }

  @Test func aMessageThatNeverArrives() {
    var story = Story(2, latency: .constant(Duration(nanoseconds: .max)))
    story.timeLimit = .never
    story.ping(5, 1, 2, 1)
    let tale = story.run()
    #expect(tale.arrivals.count == 1, "the longest latency is 36 years")
    story.fault(
      .cut(.groups([group(1), group(2)]), oneWay: false, .slow(factor: Ratio(.max))), .ms(0))
    #expect(story.run().end == .time)
  }

  @Test func aRunThatIsOverStaysOver() {
    let plan = Story(2).plan
    var simulator = Simulator<Probe, Fabric>(plan, draws: Fabric(plan.links, seed: plan.seed))
    #expect(simulator.run() == .ended(.quiescence))
    let count = simulator.trace.records.count
    simulator.fire(0)
    #expect(simulator.run() == .ended(.quiescence))
    #expect(simulator.trace.records.count == count)
  }

  @Test func partsHoldWholeEvents() {
    var story = Story(2)
    story.partLength = 10
    story.workload(
      .every(first: at(0), period: ms(5)), nodes(1),
      .init(call: Probe.Call.spread.rawValue, arguments: [1]), count: 100)
    let tale = story.run()
    #expect(tale.parts.count > 10)
    var place = 0
    for part in tale.parts {
      #expect(tale.records[place].beginsEvent)
      #expect(part < 10 + 12)
      place += part
    }
    story.partLength = 1_000_000
    #expect(story.run().records == tale.records)
  }

  @Test func aNetworkWithoutLatencyStillEnds() {
    var story = Story(2, latency: .ms(0))
    story.ticks = (.zero, .zero)
    story.eventLimit = 1000
    let tale = story.run()
    #expect(tale.end == .events)
    #expect(tale.endInstant == at(0))
  }
}
