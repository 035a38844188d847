import SystemModel
import Testing

/// Two faults on one link: any cut cuts, delays add, losses are independent, healing one leaves
/// the other (LANGUAGE question 2).
@Suite struct CompositionTests {
  @Test func anyCutCutsAndHealingOneLeavesTheOther() {
    var story = Story()
    let first = story.cut([group(1), group(2, 3)], from: 0, name: "first")
    story.cut([group(1, 3), group(2)], from: 0, for: 100, name: "second")
    story.fault(.heal(first), .ms(50), name: "heal")
    for time: Int64 in [10, 60, 110] {
      story.ping(time, 1, 2, time)
      story.ping(time, 1, 3, time)
      story.ping(time, 3, 2, time)
    }
    let tale = story.run()
    #expect(tale.arrivals == ["70 1>3 60", "120 1>2 110", "120 1>3 110", "120 3>2 110"])
  }

  @Test func oneFaultTwiceAtOnceEndsTwice() {
    var story = Story(2)
    story.fault(
      .cut(.groups([group(1), group(2)]), oneWay: false, .hold),
      .condition(times: 2, deadline: .never), .lasting(60))
    for time: Int64 in [5, 55, 75] { story.ping(time, 1, 2, time) }
    var fired = 0
    let tale = story.run { records in
      guard records.contains(where: { $0.kind == .callInvoked }), fired < 2 else { return [] }
      fired += 1
      return [0]
    }
    #expect(
      tale.lines(.faultStarted, .faultEnded)
        == ["5 start fault0", "55 start fault0", "65 end fault0", "115 end fault0"])
    #expect(tale.arrivals == ["125 1>2 5", "125 1>2 55", "125 1>2 75"])
  }

  @Test func delaysAddAndEachIsRecorded() {
    var story = Story()
    story.fault(.link(.all, .delay(.ms(5))), .ms(0), .lasting(100), name: "five")
    story.fault(.link(.all, .delay(.ms(7))), .ms(0), .lasting(50), name: "seven")
    story.ping(10, 1, 2, 1)
    story.ping(60, 1, 2, 2)
    story.ping(110, 1, 2, 3)
    let tale = story.run()
    #expect(tale.arrivals == ["32 1>2 1", "75 1>2 2", "120 1>2 3"])
    #expect(
      tale.lines(.delayed) == [
        "10 delayed 1>2 ping 1 by five", "10 delayed 1>2 ping 1 by seven",
        "60 delayed 1>2 ping 2 by five",
      ])
  }

  /// Losses of one half and one third leave a third of the messages.
  @Test func lossesAreIndependent() {
    var story = Story(2)
    story.fault(.link(.all, .loss(Ratio(1, 2))), .ms(0), name: "half")
    story.fault(.link(.all, .loss(Ratio(1, 3))), .ms(0), name: "third")
    story.call(1, 1, .flood, 1, 9000)
    let tale = story.run()
    #expect(abs(tale.arrivals.count - 3000) < 200)
    let byHalf = tale.lines(.dropped).filter { $0.hasSuffix("half") }.count
    #expect(abs(byHalf - 4500) < 200)
  }

  @Test func aLossBeforeAHold() {
    var story = Story(2)
    story.cut([group(1), group(2)], from: 0, for: 50, mode: .hold)
    story.fault(.link(.all, .loss(Ratio(1))), .ms(0), .lasting(20), name: "loss")
    story.ping(10, 1, 2, 1)
    story.ping(30, 1, 2, 2)
    let tale = story.run()
    #expect(tale.arrivals == ["60 1>2 2"])
    #expect(tale.lines(.dropped) == ["10 dropped 1>2 ping 1 fault by loss"])
  }

  /// A delayed message that is held keeps its delay.
  @Test func aHoldKeepsTheDelay() {
    var story = Story(2)
    story.cut([group(1), group(2)], from: 0, for: 50, mode: .hold)
    story.fault(.link(.all, .delay(.ms(7))), .ms(0), .lasting(20), name: "delay")
    story.ping(10, 1, 2, 1)
    let tale = story.run()
    #expect(tale.arrivals == ["67 1>2 1"])
    #expect(
      tale.lines(.delayed, .held)
        == ["10 delayed 1>2 ping 1 by delay", "10 held 1>2 ping 1 by cut"])
  }
}
