import SystemModel
import Testing

/// `mode: hold` and `mode: slow`: CLARIFICATIONS §3.
@Suite struct HoldTests {
  private func story(_ nodeCount: Int = 3, latency: Law = .ms(10)) -> Story {
    Story(nodeCount, latency: latency)
  }

  /// What was left at the start, or the whole latency if sent later, runs from the heal.
  @Test func whatWasLeftRunsFromTheHeal() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 100, for: 100, mode: .hold)
    story.ping(89, 1, 2, 1)
    story.ping(90, 1, 2, 2)
    story.ping(96, 1, 2, 3)
    story.ping(150, 1, 2, 4)
    story.ping(199, 1, 2, 5)
    story.ping(200, 1, 2, 6)
    let tale = story.run()
    #expect(
      tale.arrivals == [
        "99 1>2 1", "200 1>2 2", "206 1>2 3", "210 1>2 4", "210 1>2 5", "210 1>2 6",
      ])
    #expect(
      tale.lines(.held) == [
        "100 held 1>2 ping 2 by cut", "100 held 1>2 ping 3 by cut", "150 held 1>2 ping 4 by cut",
        "199 held 1>2 ping 5 by cut",
      ])
    #expect(tale.lines(.released).count == 4)
    #expect(tale.lines(.released).first == "200 released 1>2 ping 2 by cut")
    #expect(tale.lines(.dropped).isEmpty)
  }

  /// No held message overtakes one on its link, not even where the link keeps no order.
  @Test(arguments: [true, false])
  func heldMessagesKeepTheOrderOfSending(fifo: Bool) {
    var story = story(2)
    story.policies = [
      LinkPolicy(latency: [.uniform(low: ms(1), high: ms(60))], fifo: fifo)
    ]
    story.cut([group(1), group(2)], from: 0, for: 100, mode: .hold)
    for number in 0..<20 { story.ping(Int64(number), 1, 2, Int64(number)) }
    let tale = story.run()
    #expect(tale.records.filter { $0.kind == .delivered }.map(\.first) == Array(0..<20))
  }

  /// Messages that are sent after the heal do not overtake the held ones of an ordered link.
  @Test func laterMessagesStayBehindTheHeld() {
    var story = story()
    story.fault(.link(.all, .delay(.ms(50))), .ms(0), .lasting(60))
    story.cut([group(1), group(2, 3)], from: 40, for: 60, mode: .hold)
    story.ping(50, 1, 2, 1)
    story.ping(101, 1, 2, 2)
    #expect(story.run().arrivals == ["160 1>2 1", "160 1>2 2"])
  }

  @Test func heldForEverIsNeverDelivered() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, mode: .hold)
    story.ping(5, 1, 2)
    let tale = story.run()
    #expect(tale.arrivals.isEmpty)
    #expect(tale.lines(.held).count == 1)
    #expect(tale.end == .quiescence)
  }

  /// A message travels on when the last of the faults that hold it ends.
  @Test func overlappingHoldsBothHold() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, for: 100, mode: .hold, name: "one")
    story.cut([group(1), group(2, 3)], from: 50, for: 100, mode: .hold, name: "two")
    story.ping(45, 1, 2, 1)
    story.ping(60, 1, 2, 2)
    story.ping(120, 1, 2, 3)
    let tale = story.run()
    #expect(tale.arrivals == ["160 1>2 1", "160 1>2 2", "160 1>2 3"])
    #expect(
      tale.lines(.held, .released) == [
        "45 held 1>2 ping 1 by one", "60 held 1>2 ping 2 by one", "100 held 1>2 ping 1 by two",
        "100 held 1>2 ping 2 by two", "120 held 1>2 ping 3 by two",
        "150 released 1>2 ping 1 by two", "150 released 1>2 ping 2 by two",
        "150 released 1>2 ping 3 by two",
      ])
  }

  @Test func aHoldInsideAnotherChangesNothing() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, for: 100, mode: .hold, name: "long")
    story.cut([group(1), group(2, 3)], from: 40, for: 10, mode: .hold, name: "short")
    story.ping(20, 1, 2, 1)
    story.ping(45, 1, 2, 2)
    #expect(story.run().arrivals == ["110 1>2 1", "110 1>2 2"])
  }

  /// A held message is on its way: a cut that drops takes it, whenever it begins.
  @Test func aCutThatDropsTakesWhatAnotherHolds() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, for: 100, mode: .hold, name: "hold")
    story.cut([group(1), group(2)], from: 50, for: 10, name: "drop")
    story.ping(20, 1, 2, 1)
    story.ping(20, 1, 3, 2)
    story.ping(55, 1, 2, 3)
    story.ping(70, 1, 2, 4)
    let tale = story.run()
    #expect(tale.arrivals == ["110 1>3 2", "110 1>2 4"])
    #expect(
      tale.lines(.dropped)
        == ["50 dropped 1>2 ping 1 cut by drop", "55 dropped 1>2 ping 3 cut by drop"])
  }

  /// One that spares what is in flight spares what is held, even if it acts at the heal.
  @Test func aSparingCutSparesWhatAnotherHolds() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, for: 100, mode: .hold, name: "hold")
    story.cut(
      [group(1), group(2, 3)], from: 50, for: 100, mode: .drop(sparingInFlight: true),
      name: "drop")
    story.ping(20, 1, 2, 1)
    story.ping(60, 1, 2, 2)
    #expect(story.run().arrivals == ["110 1>2 1"])
  }

  /// A released message is in flight again, and may be held or cut again.
  @Test func releasedMessagesAreInFlight() {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 0, for: 10, mode: .hold, name: "first")
    story.cut([group(1), group(2, 3)], from: 15, for: 10, mode: .hold, name: "second")
    story.cut([group(1), group(3)], from: 28, for: 1, name: "third")
    story.ping(5, 1, 2, 1)
    story.ping(5, 1, 3, 2)
    let tale = story.run()
    #expect(tale.arrivals == ["30 1>2 1"])
    #expect(tale.lines(.dropped) == ["28 dropped 1>3 ping 2 cut by third"])
  }

  @Test func healingByNameReleases() {
    var story = story()
    let cut = story.cut([group(1), group(2, 3)], from: 0, mode: .hold)
    story.fault(.heal(cut), .ms(30), name: "heal")
    story.ping(5, 1, 2, 1)
    let tale = story.run()
    #expect(tale.arrivals == ["40 1>2 1"])
    #expect(
      tale.lines(.faultStarted, .faultEnded)
        == ["0 start cut", "30 start heal", "30 end cut healed", "30 end heal"])
  }

  /// `slow` multiplies the latency of what is sent in its window, and of nothing else.
  @Test(arguments: [(95, 105), (100, 140), (150, 190), (199, 239), (200, 239), (240, 250)])
  func slowStretchesWhatIsSentInItsWindow(sent: Int, arrival: Int) {
    var story = story()
    story.cut([group(1), group(2, 3)], from: 100, for: 100, mode: .slow(factor: Ratio(4)))
    story.ping(199, 1, 2, 1)
    story.ping(Int64(sent), 1, 2, 2)
    let tale = story.run()
    #expect(tale.arrivals.contains("\(arrival) 1>2 2"))
    #expect(tale.lines(.delayed).contains("199 delayed 1>2 ping 1 by cut"))
    #expect(tale.arrivals.contains("239 1>2 1"))
  }

  @Test func slowFactorsMultiplyAndDelaysAddInAnyOrder() {
    for delayFirst in [true, false] {
      var story = story(2)
      let early: Int64 = delayFirst ? 0 : 10
      story.fault(.link(.all, .delay(.ms(3))), .ms(early), name: "delay")
      story.cut([group(1), group(2)], from: 10 - early, mode: .slow(factor: Ratio(5, 2)))
      story.cut([group(1), group(2)], from: 5, mode: .slow(factor: Ratio(2)), name: "slower")
      story.ping(20, 1, 2, 1)
      #expect(story.run().arrivals == ["73 1>2 1"])
    }
  }
}
