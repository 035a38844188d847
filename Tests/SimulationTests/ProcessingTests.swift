import SystemModel
import Testing

/// Handling times, hands, and slow nodes.
@Suite struct ProcessingTests {
  /// Two nodes, each with times for pings and notes (milliseconds) and a number of hands.
  private func story(_ ping: Int64, note: Int64 = 0, hands: Int) -> Story {
    var story = Story(2)
    story.processing = Processing(
      rows: [
        [0, 0, 0, 0], [ping * 1_000_000, ping * 1_000_000, ping * 1_000_000, note * 1_000_000],
      ],
      rowOf: [0, 1], concurrency: [0, hands])
    return story
  }

  /// The machine sees a message when its time is over, and its effects leave then.
  @Test func effectsLeaveWhenTheTimeIsOver() {
    var story = story(25, hands: 0)
    story.call(5, 1, .ask, 1)
    let tale = story.run()
    #expect(
      tale.lines(.delivered, .handling, .handled) == [
        "15 delivered 1>2 question 0", "15 handling 2 1", "40 handled 1>2 question 0",
        "40 handling 2 0", "50 delivered 2>1 answer 0",
      ])
    #expect(tale.lines(.sent) == ["5 sent 1>2 question 0", "40 sent 2>1 answer 0"])
    #expect(tale.lines(.callCompleted) == ["50 ended 0 ok"])
    #expect(tale.observations("saw") == ["40 2 saw 0", "50 1 saw 0"])
  }

  /// A node without times sees messages at once; one with a time of 0 for a kind, too.
  @Test func noTimeMeansAtOnce() {
    var story = story(25, hands: 0)
    story.ping(5, 2, 1, 1)
    story.call(5, 1, .spread, 2)
    let tale = story.run()
    #expect(tale.observations("saw") == ["15 1 saw 1", "15 2 saw 2"])
    #expect(tale.lines(.handled, .handling).isEmpty)
  }

  @Test func withoutBoundAllAreHandledAtOnce() {
    var story = story(20, hands: 0)
    for number: Int64 in 1...3 { story.ping(number, 1, 2, number) }
    #expect(
      story.run().lines(.handled, .handling) == [
        "11 handling 2 1", "12 handling 2 2", "13 handling 2 3", "31 handled 1>2 ping 1",
        "31 handling 2 2", "32 handled 1>2 ping 2", "32 handling 2 1", "33 handled 1>2 ping 3",
        "33 handling 2 0",
      ])
  }

  @Test func twoHandsAndAQueue() {
    var story = story(20, hands: 2)
    for number: Int64 in 1...4 { story.ping(number, 1, 2, number) }
    #expect(
      story.run().lines(.handled, .handling) == [
        "11 handling 2 1", "12 handling 2 2", "31 handled 1>2 ping 1", "31 handling 2 2",
        "32 handled 1>2 ping 2", "32 handling 2 2", "51 handled 1>2 ping 3", "51 handling 2 1",
        "52 handled 1>2 ping 4", "52 handling 2 0",
      ])
  }

  /// With all hands busy even what takes no time waits, and keeps its place.
  @Test func whatTakesNoTimeWaitsForAHandToo() {
    var story = story(20, hands: 1)
    story.ping(1, 1, 2, 1)
    story.call(2, 1, .spread, 2)
    story.ping(3, 1, 2, 3)
    #expect(
      story.run().observations("saw") == ["31 2 saw 1", "31 2 saw 2", "51 2 saw 3"])
  }

  @Test func aLongQueueIsHandledInOrder() {
    var story = story(1, hands: 1)
    story.timeLimit = at(10_000)
    story.call(1, 1, .flood, 1, 2000)
    let tale = story.run()
    #expect(tale.records.filter { $0.kind == .handled }.map(\.first) == Array(1...2000))
    #expect(tale.endInstant == at(2011))
  }

  /// The end of handling is of class delivery: before a timer of its instant.
  @Test func theEndOfHandlingComesBeforeTimers() {
    var story = story(20, hands: 1)
    story.call(1, 2, .alarm, 30_000_000)
    story.ping(1, 1, 2, 1)
    #expect(story.run().observations("saw", "alarm") == ["31 2 saw 1", "31 2 alarm"])
  }

  @Test(arguments: [(4, 1, 85), (1, 2, 15), (3, 2, 35)] as [(Int64, Int64, Int64)])
  func slowStretchesHandling(numerator: Int64, denominator: Int64, wanted: Int64) {
    var story = story(20, hands: 0)
    story.fault(
      .slow(nodes(2), factor: Ratio(numerator, denominator)), .ms(5), .lasting(20), name: "slow")
    story.call(5, 2, .alarm, 10_000_000)
    story.ping(0, 1, 2, 1)
    story.ping(20, 1, 2, 2)
    let tale = story.run()
    #expect(
      tale.lines(.slowed, .unslowed) == ["5 slowed 2 by slow", "25 unslowed 2 by slow"])
    // Begun at 10 under the fault, at 30 after it; timers and links are as before.
    #expect(
      Set(tale.lines(.handled)) == ["\(wanted + 5) handled 1>2 ping 1", "50 handled 1>2 ping 2"])
    #expect(tale.observations("alarm") == ["15 2 alarm"])
  }

  @Test func slowFactorsMultiplyAndEndApart() {
    var story = story(10, hands: 0)
    story.fault(.slow(nodes(2), factor: Ratio(3)), .ms(0), .lasting(50), name: "three")
    story.fault(.slow(nodes(2), factor: Ratio(2)), .ms(0), .lasting(100), name: "two")
    for time: Int64 in [0, 45, 95] { story.ping(time, 1, 2, time) }
    #expect(
      story.run().lines(.handled)
        == ["70 handled 1>2 ping 0", "75 handled 1>2 ping 45", "115 handled 1>2 ping 95"])
  }

  @Test func slowBeyondTheEndOfTime() {
    var story = story(10, hands: 1)
    story.fault(.slow(nodes(2), factor: Ratio(.max)), .ms(0))
    story.ping(0, 1, 2, 1)
    let tale = story.run()
    #expect(tale.end == .time)
    #expect(tale.lines(.handled).isEmpty)
  }
}
