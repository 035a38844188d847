import SystemModel
import Testing

/// Pause and resume: nothing is lost, timers and messages wait.
@Suite struct PauseTests {
  @Test func whatIsOverdueHappensAtTheResumeMessagesFirst() {
    var story = Story(3)
    story.call(5, 1, .alarm, 20_000_000)
    story.call(6, 1, .wide, 15_000_000, 15_000_000)
    story.fault(.pause(nodes(1)), .ms(10), .lasting(90), name: "pause")
    story.call(30, 1, .write, 5)
    story.ping(31, 2, 1, 1)
    story.ping(20, 3, 1, 2)
    let tale = story.run()
    #expect(
      tale.lines(.paused, .resumed, .delivered, .timerFired, .callReached) == [
        "10 paused 1 by pause", "100 resumed 1 by pause", "100 delivered 3>1 ping 2",
        "100 delivered 2>1 ping 1", "100 timer 1 wide", "100 timer 1 alarm", "100 reached 3 at 1",
      ])
    #expect(tale.lines(.callCompleted).last == "100 ended 3 ok")
    #expect(tale.lines(.dropped).isEmpty)
  }

  /// What is due exactly at the resume comes after what is overdue, each in its class.
  @Test func theOverdueComesBeforeWhatIsJustDue() {
    var story = Story(3)
    story.fault(.pause(nodes(1)), .ms(10), .lasting(90), name: "pause")
    story.call(5, 1, .wide, 95_000_000, 95_000_000)
    story.call(6, 1, .alarm, 34_000_000)
    story.ping(90, 2, 1, 1)
    story.ping(7, 3, 1, 2)
    story.ping(80, 2, 1, 3)
    story.call(100, 1, .write, 6)
    story.call(50, 1, .write, 5)
    let tale = story.run()
    #expect(
      tale.lines(.delivered, .timerFired, .callReached, .callInvoked).suffix(7) == [
        "100 delivered 3>1 ping 2", "100 delivered 2>1 ping 3", "100 delivered 2>1 ping 1",
        "100 timer 1 alarm", "100 timer 1 wide", "100 reached 3 at 1", "100 call 6 write at 1",
      ])
    #expect(tale.machines[0].disk == 6)
  }

  @Test func handlingEndsAtTheResume() {
    var story = Story(2)
    story.processing = Processing(
      rows: [[20_000_000, 0, 0, 0]], rowOf: [0, 0], concurrency: [1])
    story.fault(.pause(nodes(2)), .ms(15), .lasting(85), name: "pause")
    story.ping(0, 1, 2, 1)
    story.ping(1, 1, 2, 2)
    story.ping(10, 1, 2, 3)
    let tale = story.run()
    #expect(
      tale.lines(.delivered, .handled) == [
        "10 delivered 1>2 ping 1", "11 delivered 1>2 ping 2",
        "100 delivered 1>2 ping 3", "100 handled 1>2 ping 1", "120 handled 1>2 ping 2",
        "140 handled 1>2 ping 3",
      ])
  }

  /// Handling that ends after the resume ends in time: the work itself goes on.
  @Test func aShortPauseDoesNotStopTheHands() {
    var story = Story(2)
    story.processing = Processing(
      rows: [[20_000_000, 0, 0, 0]], rowOf: [0, 0], concurrency: [1])
    story.fault(.pause(nodes(2)), .ms(15), .lasting(5))
    story.ping(0, 1, 2, 1)
    #expect(story.run().lines(.handled) == ["30 handled 1>2 ping 1"])
  }

  @Test func overlappingPausesWaitForTheLast() {
    var story = Story(2)
    story.fault(.pause(nodes(2)), .ms(10), .lasting(30), name: "one")
    story.fault(.pause(nodes(2)), .ms(20), .lasting(30), name: "two")
    story.ping(5, 1, 2, 1)
    let tale = story.run()
    #expect(
      tale.lines(.paused, .resumed, .delivered) == [
        "10 paused 2 by one", "20 paused 2 by two", "50 resumed 2 by two",
        "50 delivered 1>2 ping 1",
      ])
  }

  @Test func pausedAgainInTheSameInstant() {
    var story = Story(2)
    story.fault(.pause(nodes(2)), .ms(10), .lasting(40), name: "one")
    story.fault(
      .pause(nodes(2)), .message(MessageEvent(.delivered, MessageFilter(kinds: [0], nth: [1]))),
      .lasting(20), name: "two")
    story.ping(5, 1, 2, 1)
    story.ping(6, 1, 2, 2)
    story.call(7, 2, .alarm, 10_000_000)
    story.call(15, 2, .write, 3)
    let tale = story.run()
    #expect(
      tale.lines(.paused, .resumed, .delivered, .timerFired, .callReached) == [
        "10 paused 2 by one", "50 resumed 2 by one", "50 delivered 1>2 ping 1",
        "50 paused 2 by two", "70 resumed 2 by two", "70 delivered 1>2 ping 2", "70 timer 2 alarm",
        "70 reached 3 at 2",
      ])
  }

  @Test func resumeByNameAndByHealing() {
    var story = Story(3)
    let place = story.fault(.pause(nodes(1)), .ms(10), name: "one")
    story.fault(.pause(nodes(2)), .ms(10), name: "two")
    story.fault(.resume(nodes(2, 3)), .ms(20), name: "resume")
    story.fault(.heal(place), .ms(30), name: "heal")
    #expect(
      story.run().lines(.paused, .resumed) == [
        "10 paused 1 by one", "10 paused 2 by two", "20 resumed 2 by resume",
        "30 resumed 1 by one",
      ])
  }

  /// A crash loses what waited, ends the pause, and the calls that waited are `info`.
  @Test func aCrashOfAPausedNode() {
    var story = Story(2)
    story.fault(.pause(nodes(2)), .ms(10), .lasting(90), name: "pause")
    story.fault(.crash(nodes(2), keepingDisk: true), .ms(50), .lasting(10), name: "crash")
    story.ping(5, 1, 2, 1)
    story.call(20, 2, .write, 3)
    story.call(5, 2, .alarm, 10_000_000)
    story.ping(55, 1, 2, 2)
    let tale = story.run()
    #expect(
      tale.lines(.paused, .resumed, .crashed, .restarted, .dropped, .callReached, .timerFired) == [
        "10 paused 2 by pause", "50 resumed 2 by crash", "50 crashed 2 by crash",
        "50 dropped 1>2 ping 1 crash by crash", "60 restarted 2 by crash",
      ])
    #expect(tale.lines(.callCompleted).contains("50 ended 2 info"))
    #expect(tale.arrivals == ["65 1>2 2"])
  }

  @Test func aNodeThatIsDownCannotBePaused() {
    var story = Story(2)
    story.fault(.crash(nodes(2), keepingDisk: true), .ms(10), .lasting(20))
    story.fault(.pause(nodes(2)), .ms(15), .lasting(50))
    story.ping(25, 1, 2, 1)
    let tale = story.run()
    #expect(tale.lines(.paused).isEmpty)
    #expect(tale.arrivals == ["35 1>2 1"])
  }

  /// A node that is paused at T0 starts when it goes on.
  @Test func aPauseAtT0HoldsTheStart() {
    var story = Story(2)
    story.greets = [1]
    story.fault(.pause(nodes(1)), .ms(0), .lasting(30))
    let tale = story.run()
    #expect(tale.observations("started") == ["0 2 started", "30 1 started"])
    #expect(tale.arrivals == ["40 1>2 0"])
  }

  @Test func pausedForEver() {
    var story = Story(2)
    story.fault(.pause(nodes(2)), .ms(1))
    story.ping(5, 1, 2, 1)
    let tale = story.run()
    #expect(tale.arrivals.isEmpty)
    #expect(tale.end == .quiescence)
  }
}
