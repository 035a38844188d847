import SystemModel
import Testing

/// Faults that are narrowed to chosen messages, and triggers that wait for one.
@Suite struct NarrowingTests {
  @Test func byKindSenderAndReceiver() {
    var story = Story()
    story.fault(
      .link(.all, .loss(Ratio(1))), .ms(0), name: "loss",
      messages: MessageFilter(kinds: [0], from: group(1), to: group(2, 3)))
    story.ping(5, 1, 2, 1)
    story.ping(5, 2, 1, 2)
    story.ping(5, 1, 3, 3)
    story.call(5, 1, .spread, 4)
    #expect(story.run().arrivals == ["15 2>1 2", "15 1>2 4", "15 1>3 4"])
  }

  /// `nth` counts the messages that the rest of the filter covers, from the fault's start.
  @Test func byNumberFromTheStartOfTheFault() {
    var story = Story()
    story.fault(
      .link(.all, .loss(Ratio(1))), .ms(20), name: "loss",
      messages: MessageFilter(kinds: [0], from: group(1), nth: [2, 4]))
    for time: Int64 in [10, 15, 20, 25, 30, 35, 40] {
      story.ping(time, 1, 2, time)
      story.ping(time, 2, 1, -time)
    }
    let tale = story.run()
    #expect(
      tale.lines(.dropped)
        == ["25 dropped 1>2 ping 25 fault by loss", "35 dropped 1>2 ping 35 fault by loss"])
  }

  @Test func numbersBeginAnewWithEachActivation() {
    var story = Story(2)
    story.fault(
      .link(.all, .loss(Ratio(1))),
      .every(first: at(10), period: ms(50), jitter: .zero, until: .never), .lasting(30),
      messages: MessageFilter(nth: [1]))
    for time: Int64 in [5, 15, 16, 45, 65, 66] { story.ping(time, 1, 2, time) }
    story.timeLimit = at(100)
    #expect(story.run().lines(.dropped).map { $0.prefix(2) } == ["15", "65"])
  }

  /// A message that was sent before the cut is never chosen by its number.
  @Test func numbersNeverChooseWhatIsInFlight() {
    var story = Story(2)
    story.cut([group(1), group(2)], from: 10, messages: MessageFilter(nth: [1]))
    story.ping(5, 1, 2, 5)
    story.ping(12, 1, 2, 12)
    story.ping(13, 1, 2, 13)
    #expect(story.run().arrivals == ["15 1>2 5", "23 1>2 13"])
  }

  @Test func narrowedPartitionsTakeInFlightWhatTheyCover() {
    var story = Story(2)
    story.cut([group(1), group(2)], from: 10, messages: MessageFilter(kinds: [0]))
    story.ping(5, 1, 2, 5)
    story.call(5, 1, .spread, 6)
    #expect(story.run().arrivals == ["15 1>2 6"])
  }

  /// A fault's narrowing to nodes that its cut does not separate touches nothing.
  @Test func bothTheCutAndTheFilterMustCover() {
    var story = Story()
    story.cut([group(1), group(2, 3)], from: 0, messages: MessageFilter(from: group(2)))
    story.ping(5, 2, 3, 1)
    story.ping(5, 1, 2, 2)
    story.ping(5, 2, 1, 3)
    #expect(story.run().arrivals == ["15 2>3 1", "15 1>2 2"])
  }

  @Test func byACondition() {
    var story = Story(2)
    story.predicates = [MessagePredicate { $0.first > 10 && $0.kind == .sent }]
    story.fault(
      .link(.all, .delay(.ms(5))), .ms(0), messages: MessageFilter(kinds: [0], predicate: 0))
    story.ping(5, 1, 2, 10)
    story.ping(5, 2, 1, 11)
    #expect(story.run().arrivals == ["15 1>2 10", "20 2>1 11"])
  }

  /// A condition that cannot be evaluated makes the run void at once.
  @Test func aConditionThatFails() {
    var story = Story(2)
    story.predicates = [MessagePredicate { $0.first == 7 ? nil : false }]
    story.fault(.link(.all, .delay(.ms(5))), .ms(0), messages: MessageFilter(nth: [1]))
    story.fault(.link(.all, .delay(.ms(5))), .ms(0), messages: MessageFilter(predicate: 0))
    story.ping(5, 1, 2, 1)
    story.ping(6, 1, 2, 7)
    story.ping(7, 1, 2, 8)
    let tale = story.run()
    #expect(tale.failedFilter == 1)
    #expect(tale.endInstant == at(6))
    #expect(tale.lines(.sent).count == 2)
    #expect(tale.lines(.ended).count == 1)
  }
}

/// `at`, `every`, `when` and `on`, `for`, `until` and healing.
@Suite struct TriggerTests {
  private let loss = FaultAction.link(.all, .loss(Ratio(1)))

  private func starts(_ tale: Tale) -> [String] { tale.lines(.faultStarted, .faultEnded) }

  @Test func endsByTimeOrByInstantOrNever() {
    var story = Story(2)
    story.fault(loss, .ms(10), .lasting(5), name: "for")
    story.fault(loss, .ms(10), .at(at(30)), name: "until")
    story.fault(loss, .ms(10), name: "open")
    #expect(
      starts(story.run())
        == ["10 start for", "10 start until", "10 start open", "15 end for", "30 end until"])
  }

  @Test func everyBeginsAtItsFirstInstantAndStopsAfterItsLast() {
    var story = Story(2)
    story.fault(
      loss, .every(first: at(0), period: ms(20), jitter: .zero, until: at(40)), .lasting(5),
      name: "often")
    #expect(
      starts(story.run()) == [
        "0 start often", "5 end often", "20 start often", "25 end often", "40 start often",
        "45 end often",
      ])
  }

  /// Jitter adds 0 to its value to each instant, and does not add up.
  @Test func jitterIsAddedToEachInstant() {
    var story = Story(2)
    story.timeLimit = at(10_000)
    story.fault(
      loss, .every(first: at(5), period: ms(20), jitter: ms(4), until: .never), .lasting(1))
    let tale = story.run()
    let starts = tale.records.filter { $0.kind == .faultStarted }.map(\.at)
    #expect(starts.count == 500)
    let added = starts.enumerated().map { $1 - (5 + Int64($0) * 20) * 1_000_000 }
    #expect((added.min() ?? -1) >= 0 && (added.max() ?? 0) <= 4_000_000)
    #expect(abs(added.reduce(0, +) / 500 - 2_000_000) < 200_000)
    #expect(Set(added).count > 490)
  }

  @Test func jitterNeverGoesBeyondUntil() {
    for seed: UInt64 in 0..<20 {
      var story = Story(2)
      story.seed = seed
      story.fault(
        loss, .every(first: at(0), period: ms(20), jitter: ms(19), until: at(50)), .lasting(1))
      let starts = story.run().records.filter { $0.kind == .faultStarted }.map(\.at)
      #expect((starts.max() ?? 0) <= 50_000_000)
      #expect(starts.count >= 2)
    }
  }

  /// A fault that a condition fires acts right after the event, whose messages are in flight then.
  @Test func aConditionActsRightAfterItsEvent() {
    var story = Story(2)
    story.fault(
      .cut(.groups([group(1), group(2)]), oneWay: false, .drop(sparingInFlight: false)),
      .condition(times: 1, deadline: .never), .lasting(50), name: "cut")
    story.fault(
      .cut(.groups([group(1), group(2)]), oneWay: false, .drop(sparingInFlight: true)),
      .condition(times: 1, deadline: .never), .lasting(50), name: "sparing")
    story.ping(5, 1, 2, 1)
    story.ping(205, 1, 2, 2)
    let tale = story.run { records in
      guard records.first?.kind == .callInvoked else { return [] }
      return [records.first?.at == 5_000_000 ? 0 : 1]
    }
    #expect(
      starts(tale) == ["5 start cut", "55 end cut", "205 start sparing", "255 end sparing"])
    #expect(tale.lines(.dropped) == ["5 dropped 1>2 ping 1 cut by cut"])
    #expect(tale.arrivals == ["215 1>2 2"])
    #expect(tale.parts.dropLast().allSatisfy { $0 > 0 })
  }

  /// With a condition the engine pauses after every event.
  @Test func conditionsPauseAtEachEvent() {
    var story = Story(2)
    story.fault(loss, .condition(times: 1, deadline: .never))
    story.ping(5, 1, 2, 1)
    story.ping(6, 1, 2, 2)
    var events = 0
    let tale = story.run { records in
      events += 1
      #expect(records.filter(\.beginsEvent).count <= 1)
      return []
    }
    #expect(events == tale.events.count)
  }

  @Test func severalThatFireAtOnceActInThatOrder() {
    var story = Story(2)
    story.fault(loss, .condition(times: 1, deadline: .never), name: "a")
    story.fault(loss, .condition(times: 1, deadline: .never), name: "b")
    story.ping(5, 1, 2, 1)
    let tale = story.run { $0.first?.kind == .started ? [1, 0] : [] }
    #expect(starts(tale) == ["0 start b", "0 start a"])
  }

  @Test(
    arguments: [
      (MessageEvent.Moment.sent, [2], ["12 start act"]),
      (.delivered, [2], ["22 start act"]),
      (.delivered, [1, 3], ["15 start act", "40 start act"]),
      (.sent, [], ["5 start act"]),
      (.dropped, [1], ["20 start act"]),
      (.sent, [9], []),
    ] as [(MessageEvent.Moment, [Int], [String])])
  func onTheNthMessage(moment: MessageEvent.Moment, nth: [Int], wanted: [String]) {
    var story = Story(2)
    story.fault(.link(.all, .loss(Ratio(1))), .ms(20), .lasting(1), name: "loss")
    story.fault(
      .slow(nodes(1), factor: Ratio(2)),
      .message(MessageEvent(moment, MessageFilter(kinds: [0], from: group(1), nth: nth))),
      .lasting(1), name: "act")
    for time: Int64 in [5, 12, 20, 30] {
      story.ping(time, 1, 2, time)
      story.ping(time, 2, 1, -time)
    }
    let tale = story.run()
    #expect(tale.lines(.faultStarted).filter { $0.hasSuffix("act") } == wanted)
  }

  /// The event's own messages are in flight when a fault triggered by it acts.
  @Test func onADeliveryTheAnswerIsInFlight() {
    var story = Story(2)
    story.fault(
      .cut(.groups([group(1), group(2)]), oneWay: false, .drop(sparingInFlight: false)),
      .message(MessageEvent(.delivered, MessageFilter(kinds: [1], nth: [1]))), .lasting(5),
      name: "cut")
    story.call(5, 1, .ask, 1)
    let tale = story.run()
    #expect(tale.lines(.dropped) == ["15 dropped 2>1 answer 0 cut by cut"])
  }

  @Test func onAMessageWithACondition() {
    var story = Story(2)
    story.predicates = [MessagePredicate { $0.first == 12 }]
    story.fault(
      loss, .message(MessageEvent(.sent, MessageFilter(predicate: 0))), .lasting(1), name: "act")
    for time: Int64 in [5, 12, 30] { story.ping(time, 1, 2, time) }
    #expect(starts(story.run()) == ["12 start act", "13 end act"])
  }

  @Test func healingEndsWhatActsAndNothingElse() {
    var story = Story(2)
    let open = story.fault(loss, .ms(10), name: "open")
    let later = story.fault(loss, .ms(50), .lasting(10), name: "later")
    story.fault(.heal(open), .ms(20), name: "heal")
    story.fault(.heal(later), .ms(30), name: "idle")
    story.ping(15, 1, 2, 1)
    story.ping(25, 1, 2, 2)
    let tale = story.run()
    #expect(
      starts(tale) == [
        "10 start open", "20 start heal", "20 end open healed", "20 end heal", "30 start idle",
        "30 end idle", "50 start later", "60 end later",
      ])
    #expect(tale.arrivals == ["35 1>2 2"])
  }

  /// The planned end of a fault that was healed is no event.
  @Test func aHealedFaultDoesNotEndAgain() {
    var story = Story(2)
    let cut = story.fault(loss, .ms(10), .lasting(500), name: "cut")
    story.fault(.heal(cut), .ms(20))
    let tale = story.run()
    #expect(tale.lines(.faultEnded).count == 2)
    #expect(tale.endInstant == at(20))
    #expect(tale.end == .quiescence)
  }
}
