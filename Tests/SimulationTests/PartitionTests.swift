import SystemModel
import Testing

/// A cut and the messages in flight: CLARIFICATIONS §3, LANGUAGE question 1.
@Suite struct PartitionTests {
  /// The link takes 10 ms, the cut is [100, 200): a message sent at s arrives at s + 10.
  @Test(
    arguments: [
      (89, false), (90, true), (91, true), (99, true), (100, true), (150, true), (199, true),
      (200, false), (201, false),
    ] as [(Int64, Bool)])
  func aMessageIsLostIfTheCutIsInForceAtAnyInstantOfItsFlight(sent: Int64, isLost: Bool) {
    var story = Story()
    story.cut([group(1), group(2, 3)], from: 100, for: 100)
    story.ping(sent, 1, 2, 7)
    let tale = story.run()
    let isInFlight = sent < 100
    let lost = "\(isInFlight ? 100 : sent) dropped 1>2 ping 7 cut by cut"
    #expect(tale.lines(.dropped) == (isLost ? [lost] : []))
    #expect(tale.arrivals == (isLost ? [] : ["\(sent + 10) 1>2 7"]))
  }

  /// A flight longer than the window of the cut is cut in its middle.
  @Test func aShortCutTakesALongFlight() {
    var story = Story(latency: .ms(500))
    story.cut([group(1), group(2, 3)], from: 100, for: 1)
    story.ping(50, 1, 2)
    story.ping(101, 1, 2, 1)
    #expect(story.run().arrivals == ["601 1>2 1"])
  }

  @Test(
    arguments: [(89, false), (90, false), (99, false), (100, true), (199, true), (200, false)]
      as [(Int64, Bool)])
  func inFlightDeliverSparesWhatWasSentBefore(sent: Int64, isLost: Bool) {
    var story = Story()
    story.cut([group(1), group(2, 3)], from: 100, for: 100, mode: .drop(sparingInFlight: true))
    story.ping(sent, 1, 2, 7)
    #expect(story.run().arrivals == (isLost ? [] : ["\(sent + 10) 1>2 7"]))
  }

  @Test func sidesAreCutBothWaysAndWithinASideNothingIs() {
    var story = Story()
    story.cut([group(1), group(2, 3)], from: 0)
    for from in 1...3 {
      for to in 1...3 where from != to { story.ping(5, from, to) }
    }
    #expect(story.run().arrivals == ["15 2>3 0", "15 3>2 0"])
  }

  @Test func oneWayStopsTheFirstSideOnly() {
    var story = Story()
    story.cut([group(1), group(2, 3)], from: 0, oneWay: true)
    for from in 1...3 {
      for to in 1...3 where from != to { story.ping(5, from, to) }
    }
    #expect(story.run().arrivals == ["15 2>1 0", "15 2>3 0", "15 3>1 0", "15 3>2 0"])
  }

  @Test func aNodeReachesItselfWhateverIsCut() {
    var story = Story()
    story.cut([group(1), group(2), group(3)], from: 0)
    story.ping(5, 1, 1, 4)
    #expect(story.run().arrivals == ["15 1>1 4"])
  }

  /// The cut at T0 comes before what the nodes send at the start.
  @Test(arguments: [true, false])
  func aCutAtT0HasTheMessagesOfTheStart(isSparing: Bool) {
    var story = Story()
    story.greets = [1]
    story.cut([group(1), group(2, 3)], from: 0, for: 5, mode: .drop(sparingInFlight: isSparing))
    let tale = story.run()
    #expect(tale.arrivals.isEmpty)
    #expect(
      tale.lines(.dropped)
        == ["0 dropped 1>2 note 0 cut by cut", "0 dropped 1>3 note 0 cut by cut"])
  }

  /// Arrival ends the flight; what is in handling is not cut.
  @Test func handlingIsNotPartOfTheFlight() {
    var story = Story(2)
    story.processing = Processing(
      rows: [[50_000_000, 0, 0, 0]], rowOf: [0, 0], concurrency: [1])
    story.cut([group(1), group(2)], from: 20)
    story.ping(0, 1, 2, 1)
    story.ping(1, 1, 2, 2)
    let tale = story.run()
    #expect(
      tale.lines(.delivered, .handled, .dropped) == [
        "10 delivered 1>2 ping 1", "11 delivered 1>2 ping 2", "60 handled 1>2 ping 1",
        "110 handled 1>2 ping 2",
      ])
  }

  /// A message that waits at a paused node has arrived, even in the instant of the resume.
  @Test func waitingAtAPausedNodeIsNotPartOfTheFlight() {
    var story = Story(2)
    story.fault(.pause(nodes(2)), .ms(5), .lasting(95), name: "pause")
    story.cut([group(1), group(2)], from: 50, for: 10, name: "early")
    story.cut([group(1), group(2)], from: 100, name: "late")
    story.ping(0, 1, 2, 1)
    let tale = story.run()
    #expect(tale.arrivals == ["100 1>2 1"])
    #expect(tale.lines(.dropped).isEmpty)
  }

  /// The next message does not wait for one that was lost on its way.
  @Test func whatIsLostHoldsNothingBack() {
    var story = Story()
    story.fault(.link(.all, .delay(.ms(500))), .ms(0), .lasting(20))
    story.cut([group(1), group(2, 3)], from: 50, for: 10)
    story.ping(10, 1, 2, 1)
    story.ping(60, 1, 2, 2)
    #expect(story.run().arrivals == ["70 1>2 2"])
  }

  /// Of a narrowed cut's link some messages are left; later ones keep behind them.
  @Test func whatIsLeftKeepsItsOrder() {
    var story = Story(2)
    story.fault(.link(.all, .delay(.ms(500))), .ms(0), .lasting(20))
    story.cut(
      [group(1), group(2)], from: 50, for: 10, messages: MessageFilter(kinds: [0]))
    story.ping(11, 1, 2, 1)
    story.call(10, 1, .spread, 3)
    story.ping(60, 1, 2, 2)
    #expect(story.run().arrivals == ["520 1>2 3", "520 1>2 2"])
  }
}
