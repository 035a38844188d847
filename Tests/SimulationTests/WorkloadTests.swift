import SystemModel
import Testing

@testable import Simulation

/// When clients call, whom, and what becomes of it.
@Suite struct WorkloadTests {
  private let write = Workload.Choice(call: Probe.Call.write.rawValue, arguments: [1])

  private func calls(_ tale: Tale) -> [String] { tale.lines(.callInvoked) }

  @Test func atInstants() {
    var story = Story()
    story.workload(.at([at(0), at(7), at(7), at(30)]), nodes(2), write)
    #expect(
      calls(story.run()) == [
        "0 call 0 write at 2", "7 call 1 write at 2", "7 call 2 write at 2",
        "30 call 3 write at 2",
      ])
  }

  @Test func oneCallAtEachSelectedNode() {
    var story = Story()
    story.workload(.at([at(5)]), nodes(1, 3), write)
    story.workload(.at([at(5)]), nodes(2), write)
    let tale = story.run()
    #expect(
      calls(tale)
        == ["5 call 0 write at 1", "5 call 1 write at 3", "5 call 2 write at 2"])
    #expect(tale.lines(.callCompleted).count == 3)
    #expect(tale.events.filter { $0[0].contains("call") }.count == 3, "an event each")
  }

  /// A delivery comes before a call of the same instant, also if the call was scheduled before.
  @Test func whatOneCallSendsWithoutLatencyArrivesBeforeTheNext() {
    var story = Story(3, latency: .ms(0))
    story.workload(.at([at(5)]), .all, .init(call: Probe.Call.spread.rawValue, arguments: [4]))
    #expect(
      story.run().lines(.callInvoked, .delivered).prefix(4) == [
        "5 call 0 spread at 1", "5 delivered 1>2 note 4", "5 delivered 1>3 note 4",
        "5 call 1 spread at 2",
      ])
  }

  @Test func everyPeriodUntilAnInstantThatIsIncluded() {
    var story = Story()
    story.workload(.every(first: at(10), period: ms(25)), nodes(1), write, until: at(60))
    #expect(
      calls(story.run()).map { $0.prefix(2) } == ["10", "35", "60"])
  }

  @Test func everyPeriodUpToACount() {
    var story = Story()
    story.workload(.every(first: at(0), period: ms(10)), nodes(1, 2), write, count: 5)
    #expect(
      calls(story.run()) == [
        "0 call 0 write at 1", "0 call 1 write at 2", "10 call 2 write at 1",
        "10 call 3 write at 2", "20 call 4 write at 1",
      ])
  }

  /// A constant rate is exact: call k is at k × period / calls, and errors do not add up.
  @Test func aConstantRate() {
    var story = Story()
    story.workload(
      .rate(calls: 300, period: ms(1000), poisson: false, start: at(100)), nodes(1), write)
    let times = story.run().records.filter { $0.kind == .callInvoked }.map(\.at)
    let wanted: [Int64] = (0...270).map { (call: Int64) -> Int64 in
      100_000_000 + call * 1_000_000_000 / 300
    }
    #expect(times == wanted)
  }

  /// A Poisson process: as many calls as the rate says, gaps with the spread of an exponential.
  @Test func aPoissonProcess() {
    var story = Story(2)
    story.timeLimit = at(20_000)
    story.workload(
      .rate(calls: 200, period: ms(1000), poisson: true, start: at(0)), nodes(1), write)
    let times = story.run().records.filter { $0.kind == .callInvoked }.map { Double($0.at) / 1e6 }
    #expect(abs(times.count - 4000) < 250)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    #expect(abs(mean - 5) < 0.4)
    #expect(abs(variance.squareRoot() - 5) < 0.5)
  }

  /// An open loop draws one of its nodes for each call.
  @Test func aRateSpreadsOverItsNodes() {
    var story = Story(4)
    story.timeLimit = at(6000)
    story.workload(
      .rate(calls: 1000, period: ms(1000), poisson: false, start: at(0)), nodes(1, 2, 4), write)
    var counts = [0, 0, 0, 0]
    for record in story.run().records where record.kind == .callInvoked {
      counts[record.from.index] += 1
    }
    #expect(counts[2] == 0)
    for place in [0, 1, 3] { #expect(abs(counts[place] - 2000) < 160) }
  }

  /// A client calls, waits for the end, thinks, and calls again; client i has the (i mod n)th node.
  @Test func clientsWithThinkTime() {
    var story = Story(3)
    story.workload(
      .clients(3, think: .ms(15), start: at(5)), nodes(1, 3),
      .init(call: Probe.Call.work.rawValue, arguments: [10_000_000]), until: at(40))
    let tale = story.run()
    #expect(
      tale.lines(.callInvoked, .callCompleted) == [
        "5 call 0 work at 1", "5 call 1 work at 3", "5 call 2 work at 1", "15 ended 1 ok",
        "15 ended 2 ok", "30 call 3 work at 3", "30 call 4 work at 1", "40 ended 3 ok",
        "40 ended 4 ok",
      ])
    #expect(
      tale.records.filter { $0.kind == .callInvoked }.map(\.fault) == [0, 1, 2, 1, 2])
  }

  /// When all calls have been made, nobody wakes to make one more.
  @Test func clientsThatAreDone() {
    var story = Story(3)
    story.workload(
      .clients(3, think: .ms(15), start: at(5)), nodes(1, 3),
      .init(call: Probe.Call.work.rawValue, arguments: [10_000_000]), count: 4)
    let tale = story.run()
    #expect(tale.lines(.callInvoked).count == 4)
    #expect(tale.lines(.callCompleted).last == "40 ended 3 ok")
    #expect(tale.end == .quiescence)
    #expect(tale.endInstant == at(40))
  }

  /// A call that fails is over, too; one that stays open keeps its client waiting.
  @Test func clientsGoOnAfterAFailure() {
    var story = Story(2)
    story.timeLimit = at(100)
    story.fault(.crash(nodes(1), keepingDisk: true), .ms(0), .lasting(45))
    story.workload(.clients(1, think: .ms(20), start: at(10)), nodes(1), write)
    #expect(
      story.run().lines(.callCompleted)
        == [
          "10 ended 0 fail", "30 ended 1 fail", "50 ended 2 ok", "70 ended 3 ok", "90 ended 4 ok",
        ])
  }

  @Test func theSelectorIsBoundAtEachCall() {
    var story = Story(3)
    story.ping(1, 1, 2, 1)
    story.ping(31, 1, 3, 1)
    story.ping(32, 1, 3, 1)
    story.workload(.every(first: at(20), period: ms(30)), .role(0), write, count: 2)
    #expect(
      calls(story.run()).filter { $0.contains("write") }
        == ["20 call 1 write at 2", "50 call 4 write at 3"])
  }

  @Test func whoeverSelectsNobodyCallsNobody() {
    var story = Story(2)
    story.timeLimit = at(50)
    story.workload(.every(first: at(5), period: ms(20)), .role(1), write)
    story.workload(.clients(1, think: .ms(20), start: at(5)), .role(1), write)
    let tale = story.run()
    #expect(calls(tale).isEmpty)
    #expect(tale.end == .time)
  }

  @Test func aMixFollowsItsWeights() {
    var story = Story(2)
    story.timeLimit = at(10_000)
    story.workload(
      .every(first: at(0), period: ms(2)), nodes(1),
      .init(weight: 5, call: Probe.Call.write.rawValue, arguments: [1]),
      .init(weight: 3, call: Probe.Call.cancel.rawValue, arguments: []),
      .init(weight: 2, call: Probe.Call.write.rawValue, arguments: [2]), count: 5000)
    let records = story.run().records.filter { $0.kind == .callInvoked }
    let first = records.filter { $0.first == 1 }.count
    let second = records.filter { $0.code == Probe.Call.cancel.rawValue }.count
    #expect(abs(first - 2500) < 150)
    #expect(abs(second - 1500) < 150)
    #expect(records.count == 5000)
  }

  @Test func callsOfAPausedNodeAreMadeAndSeenLater() {
    var story = Story(2)
    story.fault(.pause(nodes(1)), .ms(0), .lasting(50))
    story.call(20, 1, .write, 4)
    story.call(30, 1, .write, 5)
    let tale = story.run()
    #expect(
      tale.lines(.callInvoked, .callReached, .callCompleted) == [
        "20 call 0 write at 1", "30 call 1 write at 1", "50 reached 0 at 1", "50 ended 0 ok",
        "50 reached 1 at 1", "50 ended 1 ok",
      ])
    #expect(tale.machines[0].disk == 5)
  }

  /// The open calls of a node, against a list that is gone through.
  @Test func openCallsOfANode() {
    var story = Story(4)
    story.workload(.at([at(5)]), .all, write)
    var callers = Callers(story.plan)
    var random = RandomSource(state: 7)
    var open: [(id: CallID, node: NodeID)] = []
    for _ in 0..<3_000 {
      if open.isEmpty || random.below(100) < 51 {
        let node = NodeID(Int(random.below(4)))
        open.append((callers.open(at: node, caller: 0), node))
      } else {
        let gone = open.remove(at: Int(random.below(UInt64(open.count))))
        let (first, second) = (callers.close(gone.id), callers.close(gone.id))
        #expect(first && !second)
      }
      let node = NodeID(Int(random.below(4)))
      #expect(callers.openCalls(at: node) == open.filter { $0.node == node }.map(\.id))
    }
    callers.reset(seed: 1)
    #expect((0..<4).allSatisfy { callers.openCalls(at: NodeID($0)).isEmpty })
  }

  @Test func openCallsStayOpen() {
    var story = Story(2)
    story.fault(.link(.all, .loss(Ratio(1))), .ms(0))
    story.call(5, 1, .ask, 1)
    let tale = story.run()
    #expect(tale.lines(.callInvoked, .callCompleted) == ["5 call 0 ask at 1"])
    #expect(tale.end == .quiescence)
  }
}
