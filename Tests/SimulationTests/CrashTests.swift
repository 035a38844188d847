import SystemModel
import Testing

/// Crash and restart: LANGUAGE question 3, CLARIFICATIONS §3.
@Suite struct CrashTests {
  private func crash(_ number: Int, keepingDisk: Bool = true) -> FaultAction {
    .crash(nodes(number), keepingDisk: keepingDisk)
  }

  @Test func volatileStateIsGoneAndDurableStateIsKept() {
    var story = Story(2)
    story.call(10, 1, .write, 7)
    story.fault(crash(1), .ms(20), .lasting(30), name: "crash")
    let tale = story.run()
    #expect(
      tale.lines(.crashed, .restarted)
        == ["20 crashed 1 by crash", "50 restarted 1 by crash"])
    #expect(tale.observations("restarted") == ["50 1 restarted 7"])
    #expect(tale.machines[0].disk == 7)
    #expect(tale.machines[0].memory == 0)
  }

  /// The fields show what a restart would find, at once.
  @Test func fieldsShowWhatARestartWouldFind() {
    var story = Story(2)
    story.call(10, 1, .write, 7)
    story.fault(crash(1), .ms(20))
    let tale = story.run()
    #expect(
      tale.events.first { $0[0] == "20 start fault0" }
        == ["20 start fault0", "20 crashed 1 by fault0", "20 field 1 memory 0"])
  }

  @Test func aWipedDiskIsGone() {
    var story = Story(2)
    story.call(10, 1, .write, 7)
    story.fault(crash(1, keepingDisk: false), .ms(20), .lasting(10), name: "crash")
    let tale = story.run()
    #expect(tale.lines(.crashed) == ["20 crashed 1 by crash wiped"])
    #expect(tale.observations("restarted") == ["30 1 restarted 0"])
  }

  @Test func timersAreGone() {
    var story = Story(2)
    story.call(10, 1, .alarm, 100_000_000)
    story.call(10, 2, .alarm, 100_000_000)
    story.fault(crash(1), .ms(20), .lasting(10))
    #expect(story.run().observations("alarm") == ["110 2 alarm"])
  }

  /// A timer that is set after the restart is not mistaken for the one before.
  @Test func timersOfTheNewLifeRun() {
    var story = Story(2)
    story.call(10, 1, .alarm, 100_000_000)
    story.fault(crash(1), .ms(20), .lasting(10))
    story.call(40, 1, .alarm, 200_000_000)
    #expect(story.run().observations("alarm") == ["240 1 alarm"])
  }

  /// What it sent travels; what arrives while it is down is lost; what arrives later is delivered.
  @Test(arguments: [(9, true), (10, false), (11, false), (19, false), (20, true), (21, true)])
  func arrivalsWhileDownAreLost(arrival: Int, isSeen: Bool) {
    var story = Story(2, latency: .ms(5))
    story.fault(crash(2), .ms(10), .lasting(10), name: "crash")
    story.ping(Int64(arrival - 5), 1, 2, 3)
    let tale = story.run()
    #expect(tale.arrivals == (isSeen ? ["\(arrival) 1>2 3"] : []))
    #expect(
      tale.lines(.dropped) == (isSeen ? [] : ["\(arrival) dropped 1>2 ping 3 down by crash"]))
  }

  @Test func messagesItSentStillTravel() {
    var story = Story(2)
    story.ping(5, 1, 2, 3)
    story.fault(crash(1), .ms(6))
    #expect(story.run().arrivals == ["15 1>2 3"])
  }

  /// Node 2 handles one ping at a time for 20 ms: one is in its hands, two wait.
  @Test func messagesInHandlingAndWaitingAreLost() {
    var story = Story(2)
    story.processing = Processing(
      rows: [[20_000_000, 0, 0, 0]], rowOf: [0, 0], concurrency: [1])
    for number: Int64 in 1...3 { story.ping(number, 1, 2, number) }
    story.fault(crash(2), .ms(25), .lasting(1), name: "crash")
    story.ping(30, 1, 2, 4)
    let tale = story.run()
    #expect(
      tale.lines(.dropped, .handled, .handling) == [
        "11 handling 2 1", "25 dropped 1>2 ping 1 crash by crash",
        "25 dropped 1>2 ping 2 crash by crash", "25 dropped 1>2 ping 3 crash by crash",
        "25 handling 2 0", "40 handling 2 1", "60 handled 1>2 ping 4", "60 handling 2 0",
      ])
  }

  @Test func openCallsEndWithInfoAndCallsWhileDownFail() {
    var story = Story(2)
    story.call(5, 1, .work, 100_000_000)
    story.call(6, 2, .ask, 0)
    story.fault(crash(1), .ms(10), .lasting(10), name: "crash")
    story.call(15, 1, .write, 3)
    story.call(20, 1, .write, 4)
    let tale = story.run()
    #expect(
      tale.lines(.callCompleted)
        == ["10 ended 0 info", "15 ended 2 fail", "20 ended 3 ok"])
    #expect(tale.machines[0].disk == 4)
    // The question of node 2 was lost, so its call stays open.
    #expect(tale.lines(.dropped) == ["16 dropped 2>1 question 1 down by crash"])
  }

  @Test func withoutAnEndItStaysDownUntilAnEntrySaysSo() {
    var story = Story(2)
    story.fault(crash(1), .ms(10), name: "crash")
    story.fault(.restart(nodes(1, 2)), .ms(40), name: "restart")
    story.ping(31, 2, 1, 9)
    let tale = story.run()
    #expect(
      tale.lines(.faultStarted, .faultEnded, .crashed, .restarted) == [
        "10 start crash", "10 crashed 1 by crash", "40 start restart",
        "40 restarted 1 by restart", "40 end restart",
      ])
    #expect(tale.arrivals == ["41 2>1 9"])
  }

  @Test func overlappingCrashesKeepItDownUntilTheLastEnds() {
    var story = Story(2)
    story.fault(crash(1), .ms(10), .lasting(40), name: "one")
    story.fault(crash(1), .ms(30), .lasting(40), name: "two")
    let tale = story.run()
    #expect(
      tale.lines(.crashed, .restarted)
        == ["10 crashed 1 by one", "30 crashed 1 by two", "70 restarted 1 by two"])
  }

  @Test func aSecondCrashMayWipeTheDisk() {
    var story = Story(2)
    story.call(5, 1, .write, 7)
    story.fault(crash(1), .ms(10), .lasting(40))
    story.fault(crash(1, keepingDisk: false), .ms(20), .lasting(10))
    #expect(story.run().observations("restarted") == ["50 1 restarted 0"])
  }

  /// A restart by name leaves nothing of the crash: its planned end changes nothing.
  @Test func aRestartBeforeTheEnd() {
    var story = Story(2)
    story.fault(crash(1), .ms(10), .lasting(90), name: "one")
    story.fault(.restart(nodes(1)), .ms(20), name: "restart")
    story.fault(crash(1), .ms(80), .lasting(100), name: "two")
    #expect(
      story.run().lines(.crashed, .restarted) == [
        "10 crashed 1 by one", "20 restarted 1 by restart", "80 crashed 1 by two",
        "180 restarted 1 by two",
      ])
  }

  @Test func healingACrashRestarts() {
    var story = Story(2)
    let place = story.fault(crash(1), .ms(10), .lasting(90), name: "crash")
    story.fault(.heal(place), .ms(20), name: "heal")
    let tale = story.run()
    #expect(tale.lines(.restarted) == ["20 restarted 1 by crash"])
    #expect(
      tale.lines(.faultStarted, .faultEnded)
        == ["10 start crash", "20 start heal", "20 end crash healed", "20 end heal"])
  }

  /// A node that is down at T0 has not started; its restart is its first deed.
  @Test func aCrashAtT0ComesBeforeTheStart() {
    var story = Story(3)
    story.greets = [1, 2]
    story.fault(crash(1), .ms(0), .lasting(30))
    let tale = story.run()
    #expect(
      tale.observations("started", "restarted") == [
        "0 2 started", "0 3 started", "30 1 restarted 0",
      ])
    #expect(tale.lines(.sent) == ["0 sent 2>1 note 0", "0 sent 2>3 note 0"])
    #expect(tale.events[0].contains("0 crashed 1 by fault0"))
  }

  @Test func aCrashOfSeveralNodes() {
    var story = Story(4)
    story.fault(.crash(.all, keepingDisk: true), .ms(10), .lasting(10))
    #expect(story.run().lines(.restarted).count == 4)
  }
}
