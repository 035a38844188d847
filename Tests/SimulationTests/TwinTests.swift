import Simulation
import SystemModel
import Testing

/// The engine and the obvious engine tell the same story of the same plan.
@Suite struct TwinTests {
  /// A plan drawn from a seed: a few nodes, links of all kinds, calls and faults.
  static func story(_ seed: UInt64) -> Story {
    var random = RandomSource(state: seed)
    var story = Story(Int(random.between(2, 5)))
    story.seed = seed
    story.timeLimit = at(300)
    story.policies = (0..<3).map { _ in policy(&random) }
    for from in 1...story.nodeCount {
      for to in 1...story.nodeCount where random.below(2) == 0 {
        story.pairs.append((node(from), node(to), Int(random.below(3))))
      }
    }
    if random.below(2) == 0 {
      story.ticks = (ms(random.between(5, 20)), ms(random.between(20, 40)))
    }
    for _ in 0..<random.between(5, 40) {
      let arguments = [
        [random.between(0, Int64(story.nodeCount) - 1), random.between(0, 9)],
        [random.between(0, 40) * 1_000_000, random.between(40, 60) * 1_000_000],
      ]
      let call = Probe.Call.allCases[Int(random.below(UInt64(Probe.Call.allCases.count)))]
      let takesNode: Set<Probe.Call> = [.ping, .ask, .flood]
      story.workload(
        .at([at(random.between(0, 20) * 10), at(random.between(20, 28) * 10)]),
        nodes(Int(random.between(1, Int64(story.nodeCount)))),
        .init(call: call.rawValue, arguments: arguments[takesNode.contains(call) ? 0 : 1]))
    }
    for place in 0..<random.between(0, 7) { fault(&story, UInt64(place), &random) }
    let window = ms(random.between(1, 80))
    let orders: [DeliveryOrder] = [
      .random(window: window), .pct(depth: Int(random.between(1, 5)), window: window, messages: 60),
      .delayBounded(delays: Int(random.between(1, 5)), window: window, messages: 30),
    ]
    if random.below(2) == 0 { story.order = orders[Int(random.below(3))] }
    if random.below(2) == 0 { explicit(&story, &random) }
    return story
  }

  private static func policy(_ random: inout RandomSource) -> LinkPolicy {
    let laws: [Law] = [
      .ms(0), .ms(10), .uniform(low: ms(5), high: ms(40)),
      .exponential(mean: ms(20), minimum: ms(1)),
    ]
    let chances = [Ratio(0), Ratio(0), Ratio(1, 3)]
    return LinkPolicy(
      latency: [laws[Int(random.below(4))]], loss: chances[Int(random.below(3))],
      duplicate: chances[Int(random.below(3))],
      reorder: random.below(3) == 0
        ? .init(probability: Ratio(1, 3), extra: random.below(2) == 0 ? nil : .ms(15)) : nil,
      fifo: random.below(4) > 0)
  }

  /// Says of some messages and timers what becomes of them.
  private static func explicit(_ story: inout Story, _ random: inout RandomSource) {
    for nth in 1...6 {
      for from in 1...story.nodeCount {
        for to in 1...story.nodeCount where from != to && random.below(3) == 0 {
          let flights = (0..<3).map { _ in
            random.below(4) == 0 ? nil : ms(random.between(0, 60))
          }
          story.deliveries.append(
            ExplicitDelivery(
              kind: UInt8(random.below(4)), from: node(from), to: node(to), nth: nth,
              flight: flights[0], copies: Array(flights[1..<Int(random.between(1, 3))])))
        }
      }
      for number in 1...story.nodeCount where random.below(3) == 0 {
        let timer = Probe.Timer.allCases[Int(random.below(4))]
        story.timers.append(
          ExplicitTimer(
            node: node(number), timer: timer.rawValue, nth: nth, span: ms(random.between(0, 50))))
      }
    }
  }

  private static func fault(_ story: inout Story, _ key: UInt64, _ random: inout RandomSource) {
    let some = random.choose(
      Int(random.between(1, Int64(story.nodeCount) - 1)),
      of: (0..<story.nodeCount).map { NodeID($0) }
    ).sorted()
    let side = NodeSet(some)
    let rest = NodeSet((0..<story.nodeCount).map { NodeID($0) }.filter { !side.contains($0) })
    let oneWay = random.below(3) == 0
    let actions: [FaultAction] = [
      .cut(.groups([side, rest]), oneWay: oneWay, .drop(sparingInFlight: false)),
      .cut(.groups([side, rest]), oneWay: oneWay, .drop(sparingInFlight: true)),
      .cut(.groups([side, rest]), oneWay: oneWay, .hold),
      .cut(.groups([rest, side]), oneWay: oneWay, .hold),
      .cut(.groups([side, rest]), oneWay: oneWay, .slow(factor: Ratio(3))),
      .link(.all, .loss(Ratio(1, 4))), .link(.all, .duplicate(Ratio(1, 2))),
      .link(.all, .delay(.uniform(low: ms(1), high: ms(30)))),
      .link(.all, .reorder(Ratio(1, 2), extra: nil)),
      .link(.all, .reorder(Ratio(1, 2), extra: .ms(20))),
      .crash(.nodes(some), keepingDisk: true), .crash(.nodes(some), keepingDisk: false),
      .pause(.nodes(some)),
    ]
    story.fault(
      actions[Int(random.below(UInt64(actions.count)))], .ms(random.between(0, 20) * 10),
      random.below(5) == 0 ? .never : .lasting(random.between(1, 12) * 10), key: key)
  }

  /// The records of the engine in the words of the obvious one.
  private static func lines(_ tale: Tale) -> [String] {
    tale.records.compactMap { record in
      let message = "\(record.from.index)>\(record.to.index) \(record.code) \(record.first)"
      let node = record.from.index
      let what: String? =
        switch record.kind {
        case .started: "started"
        case .sent, .delivered, .released: "\(record.kind) \(message)"
        case .held, .delayed: "\(record.kind) \(message) \(record.fault)"
        case .dropped: "dropped \(message) \(reason(record))"
        case .duplicated:
          "duplicated \(record.from.index)>\(record.to.index) \(record.code) "
            + "\(payload(of: record.first, in: tale)) \(record.fault)"
        case .timerFired: "timer \(node) \(Probe.Timer(rawValue: record.code) ?? .alarm)"
        case .callInvoked: "call \(record.id) \(node)"
        case .callReached: "reached \(record.id)"
        case .callCompleted:
          "ended \(record.id) \(CallOutcome(rawValue: record.code)?.name ?? "?")"
        case .faultStarted: "begin \(record.fault)"
        case .faultEnded: "end \(record.fault)"
        case .observed: "observed \(node) \(record.code) \(record.first)"
        default: nil
        }
      return what.map { "\(record.at) \($0)" }
    }
  }

  private static func payload(of original: Int64, in tale: Tale) -> Int64 {
    tale.records.first { $0.kind == .sent && $0.id == original }?.first ?? -1
  }

  private static func reason(_ record: TraceRecord) -> String {
    let reason = DropReason(rawValue: record.reason) ?? .none
    return reason == .cut || reason == .fault ? "\(reason) \(record.fault)" : "\(reason)"
  }

  @Test(arguments: 0..<16)
  func theSameStory(block: Int) {
    for seed in UInt64(block * 25)..<UInt64(block * 25 + 25) {
      let story = Self.story(seed)
      var twin = NaiveEngine(story.plan)
      let wanted = twin.run()
      let found = Self.lines(story.run())
      guard wanted != found else { continue }
      let place = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
      Issue.record(
        """
        seed \(seed), line \(place):
          obvious: \(wanted[max(0, place - 2)..<min(wanted.count, place + 3)])
          engine:  \(found[max(0, place - 2)..<min(found.count, place + 3)])
        """)
    }
  }

  /// The plans are rich enough to mean something.
  @Test func thePlansHaveEverything() {
    var missing: Set<TraceRecord.Kind> = [
      .sent, .delivered, .dropped, .held, .released, .delayed, .duplicated, .timerFired,
      .callReached,
      .crashed, .restarted, .paused, .resumed, .observed,
    ]
    var messages = 0
    for seed: UInt64 in 0..<50 {
      for record in Self.story(seed).run().records {
        missing.remove(record.kind)
        if record.kind == .sent { messages += 1 }
      }
    }
    #expect(missing.isEmpty)
    #expect(messages > 3000)
  }
}
