import Simulation
import SystemModel
import Testing

@testable import Simulation

/// Links that lose, copy, reorder and delay, by their own law or by a fault.
@Suite struct LinkFaultTests {
  private func flood(_ story: inout Story, _ count: Int64) {
    story.call(1, 1, .flood, 1, count)
  }

  private func numbers(_ tale: Tale) -> [Int64] {
    tale.records.filter { $0.kind == .delivered }.map(\.first)
  }

  @Test func aFaultActsInItsWindow() {
    var story = Story(2)
    story.fault(.link(.all, .loss(Ratio(1))), .ms(10), .lasting(10), name: "loss")
    for time: Int64 in [9, 10, 19, 20] { story.ping(time, 1, 2, time) }
    let tale = story.run()
    #expect(tale.arrivals == ["19 1>2 9", "30 1>2 20"])
    #expect(
      tale.lines(.dropped)
        == ["10 dropped 1>2 ping 10 fault by loss", "19 dropped 1>2 ping 19 fault by loss"])
  }

  @Test func aFaultAtT0HasTheMessagesOfTheStart() {
    var story = Story(2)
    story.greets = [1]
    story.fault(.link(.all, .delay(.ms(5))), .ms(0), .lasting(1))
    #expect(story.run().arrivals == ["15 1>2 0"])
  }

  @Test func whichLinksItMeans() {
    let selectors: [(LinkSelector, [String])] = [
      (.all, []),
      (.from(nodes(1), to: nodes(2)), ["1>3", "2>1", "2>3", "3>1", "3>2"]),
      (.from(nodes(1), to: .all), ["2>1", "2>3", "3>1", "3>2"]),
      (.between(nodes(1), nodes(2, 3)), ["2>3", "3>2"]),
      (.from(nodes(), to: .all), ["1>2", "1>3", "2>1", "2>3", "3>1", "3>2"]),
    ]
    for (selector, left) in selectors {
      var story = Story()
      story.fault(.link(selector, .loss(Ratio(1))), .ms(0))
      for from in 1...3 {
        for to in 1...3 where from != to { story.ping(5, from, to) }
      }
      #expect(story.run().arrivals == left.map { "15 \($0) 0" }, "\(selector)")
    }
  }

  @Test(arguments: [(1, 10), (1, 2), (9, 10)] as [(Int64, Int64)])
  func lossesComeAsOftenAsTheySay(numerator: Int64, denominator: Int64) {
    let count = 10_000
    let wanted = Double(count) * Double(numerator) / Double(denominator)
    for isFault in [true, false] {
      var story = Story(2)
      if isFault {
        story.fault(.link(.all, .loss(Ratio(numerator, denominator))), .ms(0))
      } else {
        story.policies = [
          LinkPolicy(latency: [.ms(10)], loss: Ratio(numerator, denominator))
        ]
      }
      flood(&story, Int64(count))
      let tale = story.run()
      let lost = tale.records.filter {
        $0.kind == .dropped && $0.reason == (isFault ? DropReason.fault : .loss).rawValue
      }
      #expect(abs(Double(lost.count) - wanted) < 4 * (wanted * (1 - wanted / 10_000)).squareRoot())
      #expect(tale.counts.delivered + lost.count == count)
      #expect(tale.counts.dropped == lost.count)
    }
  }

  /// A copy of a fault or of the link arrives too, in order, and is not copied again.
  @Test(arguments: [true, false])
  func duplicates(isFault: Bool) {
    var story = Story(2)
    if isFault {
      story.fault(.link(.all, .duplicate(Ratio(1))), .ms(0), name: "twice")
    } else {
      story.policies = [LinkPolicy(latency: [.ms(10)], duplicate: Ratio(1))]
    }
    story.ping(5, 1, 2, 1)
    story.ping(6, 1, 2, 2)
    let tale = story.run()
    #expect(tale.arrivals == ["15 1>2 1", "15 1>2 1", "16 1>2 2", "16 1>2 2"])
    let by = isFault ? " by twice" : ""
    #expect(
      tale.lines(.sent, .duplicated) == [
        "5 sent 1>2 ping 1", "5 duplicated 1>2 ping\(by)", "6 sent 1>2 ping 2",
        "6 duplicated 1>2 ping\(by)",
      ])
    let copies = tale.records.filter { $0.kind == .duplicated }
    let originals = tale.records.filter { $0.kind == .sent }
    #expect(copies.map(\.first) == originals.map(\.id))
    #expect(Set((copies + originals).map(\.id)).count == 4)
    #expect(tale.counts.duplicated == 2)
    #expect(tale.counts.wire == 2)
  }

  @Test func duplicatesComeAsOftenAsTheySay() {
    for isFault in [true, false] {
      var story = Story(2)
      if isFault {
        story.fault(.link(.all, .duplicate(Ratio(1, 4))), .ms(0))
      } else {
        story.policies = [LinkPolicy(latency: [.ms(10)], duplicate: Ratio(1, 4))]
      }
      flood(&story, 8000)
      let tale = story.run()
      #expect(abs(tale.counts.duplicated - 2000) < 160)
      #expect(tale.counts.delivered == 8000 + tale.counts.duplicated)
    }
  }

  /// Copies are lost on their own; a link that loses everything loses them all.
  @Test func copiesHaveLossesOfTheirOwn() {
    for (ownLoss, faultLoss) in [(Ratio(1, 2), Ratio(0)), (Ratio(0), Ratio(1, 2))] {
      for isFault in [true, false] {
        var story = Story(2)
        story.policies = [
          LinkPolicy(
            latency: [.ms(10)], loss: ownLoss, duplicate: isFault ? Ratio(0) : Ratio(1))
        ]
        if isFault { story.fault(.link(.all, .duplicate(Ratio(1))), .ms(0)) }
        if faultLoss.numerator > 0 { story.fault(.link(.all, .loss(faultLoss)), .ms(0)) }
        flood(&story, 4000)
        let arrived = numbers(story.run())
        #expect(abs(arrived.count - 4000) < 260)
        let neither = 4000 - Set(arrived).count
        #expect(abs(neither - 1000) < 130, "lost twice")
      }
    }
    var story = Story(2)
    story.policies = [LinkPolicy(latency: [.ms(10)], loss: Ratio(1), duplicate: Ratio(1))]
    flood(&story, 10)
    #expect(story.run().arrivals.isEmpty)
  }

  @Test func copiesAreDelayedHeldAndCutAsTheOriginal() {
    var story = Story(2)
    story.policies = [LinkPolicy(latency: [.ms(10)], duplicate: Ratio(1))]
    story.fault(.link(.all, .delay(.ms(5))), .ms(0), .lasting(20))
    story.cut([group(1), group(2)], from: 30, for: 20, mode: .hold, name: "hold")
    story.cut(
      [group(1), group(2)], from: 80, name: "drop", messages: MessageFilter(nth: [1]))
    story.ping(10, 1, 2, 1)
    story.ping(35, 1, 2, 2)
    story.ping(85, 1, 2, 3)
    story.ping(86, 1, 2, 4)
    let tale = story.run()
    #expect(
      tale.arrivals
        == ["25 1>2 1", "25 1>2 1", "60 1>2 2", "60 1>2 2", "96 1>2 4", "96 1>2 4"])
    #expect(tale.lines(.dropped).count == 2)
    #expect(tale.lines(.held).count == 2)
  }

  /// A chosen message takes longer and is overtaken; the others stay in order.
  @Test func reorderingByAFixedTime() {
    var story = Story(2)
    story.fault(
      .link(.all, .reorder(Ratio(1), extra: .ms(30))), .ms(5), .lasting(2), name: "reorder")
    for time: Int64 in 4...8 { story.ping(time, 1, 2, time) }
    let tale = story.run()
    #expect(
      tale.arrivals == ["14 1>2 4", "17 1>2 7", "18 1>2 8", "45 1>2 5", "46 1>2 6"])
    #expect(
      tale.lines(.delayed)
        == ["5 delayed 1>2 ping 5 by reorder", "6 delayed 1>2 ping 6 by reorder"])
  }

  /// That others of its link are taken out of flight, or that it is held itself, changes nothing of
  /// that.
  @Test(arguments: [CutMode.drop(sparingInFlight: false), .hold])
  func aReorderedMessageMakesNoneWaitBehindAPartition(_ mode: CutMode) {
    var story = Story(2)
    story.fault(.link(.all, .reorder(Ratio(1), extra: .ms(500))), .ms(0), .lasting(1))
    story.cut(
      [group(1), group(2)], from: 8, for: 2, mode: mode,
      messages: mode == .hold ? nil : MessageFilter(kinds: [3]))
    story.ping(0, 1, 2, 1)
    story.call(5, 1, .spread, 2)
    story.ping(30, 1, 2, 3)
    #expect(
      story.run().arrivals == (mode == .hold ? ["17 1>2 2"] : [])
        + ["40 1>2 3", mode == .hold ? "512 1>2 1" : "510 1>2 1"])
  }

  /// So many of them are forgotten when they have arrived, and the last is still known.
  @Test func manyReorderedMessagesAreForgotten() {
    var detours = Detours()
    for id in 1...1023 as ClosedRange<Int64> { detours.note(id) }
    #expect(!detours.isFull)
    detours.note(1030)
    detours.note(1025)
    #expect(detours.isFull && detours.contains(1025) && !detours.contains(1024))
    detours.keep([5, 1025, 1030, 2000])
    #expect(!detours.isFull)
    #expect(
      [1, 5, 1024, 1025, 1030, 2000].map { detours.contains($0) }
        == [false, true, false, true, true, false])
    for id in 2000..<3100 as Range<Int64> { detours.note(id) }
    #expect(detours.isFull)
  }

  @Test func reorderingByAnotherLatency() {
    for isFault in [true, false] {
      var story = Story(2)
      if isFault {
        story.fault(.link(.all, .reorder(Ratio(1), extra: nil)), .ms(0))
      } else {
        story.policies = [
          LinkPolicy(latency: [.ms(10)], reorder: .init(probability: Ratio(1), extra: nil))
        ]
      }
      story.ping(5, 1, 2, 1)
      #expect(story.run().arrivals == ["25 1>2 1"])
    }
  }

  @Test func someAreReorderedAndTheOthersKeepTheirOrder() {
    var story = Story(2)
    story.policies = [
      LinkPolicy(
        latency: [.ms(10)], reorder: .init(probability: Ratio(1, 10), extra: .ms(5)))
    ]
    for number: Int64 in 0..<500 { story.ping(number, 1, 2, number) }
    let tale = story.run()
    let late = Set(
      tale.records.filter { $0.kind == .delivered && $0.at == (15 + $0.first) * 1_000_000 }
        .map(\.first))
    #expect(late.count > 30 && late.count < 75)
    let others = numbers(tale).filter { !late.contains($0) }
    #expect(others == others.sorted())
    #expect(numbers(tale) != numbers(tale).sorted())
    #expect(numbers(tale).count == 500)
  }

  @Test func delaysByALaw() {
    var story = Story(2)
    story.policies = [LinkPolicy(latency: [.ms(10)], fifo: false)]
    story.fault(.link(.all, .delay(.uniform(low: ms(10), high: ms(20)))), .ms(0))
    flood(&story, 2000)
    let times = story.run().records.filter { $0.kind == .delivered }.map { $0.at - 11_000_000 }
    #expect((times.min() ?? 0) >= 10_000_000 && (times.max() ?? 0) <= 20_000_000)
    #expect(abs(times.reduce(0, +) / 2000 - 15_000_000) < 250_000)
  }

  /// Links without a fixed latency keep their order by default, and only by it.
  @Test func orderedLinksNeverDeliverBeforeTheMessageBefore() {
    for fifo in [true, false] {
      var story = Story(2)
      story.policies = [
        LinkPolicy(latency: [.exponential(mean: ms(50), minimum: .zero)], fifo: fifo)
      ]
      for number: Int64 in 0..<300 { story.ping(number, 1, 2, number) }
      let arrived = numbers(story.run())
      #expect(arrived.count == 300)
      #expect((arrived == arrived.sorted()) == fifo)
    }
  }

  @Test func copiesOfAnOrderedLinkKeepItsOrder() {
    var story = Story(2)
    story.policies = [
      LinkPolicy(latency: [.exponential(mean: ms(50), minimum: .zero)], duplicate: Ratio(1, 2))
    ]
    for number: Int64 in 0..<300 { story.ping(number, 1, 2, number) }
    let arrived = numbers(story.run())
    #expect(arrived.count > 400)
    #expect(arrived == arrived.sorted())
  }
}
