import Simulation
import SystemModel
import Testing

/// One engine for many runs of a plan.
@Suite struct ResetTests {
  private func records(_ simulator: inout Simulator<Probe, Fabric>) -> [TraceRecord] {
    var records: [TraceRecord] = []
    while true {
      let pause = simulator.run()
      records += simulator.trace.records
      simulator.trace.records.removeAll(keepingCapacity: true)
      if case .ended = pause { return records }
    }
  }

  /// After a reset everything is as in a new engine for the other seed, wherever the run stood.
  @Test(arguments: [true, false])
  func aResetIsANewEngine(isBusy: Bool) {
    func plan(_ seed: UInt64) -> SystemPlan {
      isBusy
        ? TraceContractTests.everything(seed: seed).plan : TwinTests.story(14).seeded(seed).plan
    }
    var used = Simulator<Probe, Fabric>(
      plan(1), draws: Fabric(plan(1).links, seed: 1, order: plan(1).order), partLength: 100)
    for seed: UInt64 in 2...9 {
      for _ in 0..<seed * 3 { _ = used.run() }
      used.reset(seed: seed)
      var fresh = Simulator<Probe, Fabric>(
        plan(seed), draws: Fabric(plan(seed).links, seed: seed, order: plan(seed).order))
      #expect(records(&used) == records(&fresh), "seed \(seed)")
      #expect(used.traceHash == fresh.traceHash)
      #expect(used.messageCounts == fresh.messageCounts)
      #expect(used.trace.bindings == fresh.trace.bindings)
      #expect(used.eventCount == fresh.eventCount)
      #expect(used.instant == fresh.instant)
      #expect(used.failedFilter?.fault == fresh.failedFilter?.fault)
      used.reset(seed: seed + 100)
    }
  }

  @Test func aResetForgetsAFailedCondition() {
    var story = Story(2)
    story.predicates = [MessagePredicate { _ in nil }]
    story.fault(.link(.all, .delay(ms(1).law)), .ms(0), messages: MessageFilter(predicate: 0))
    story.ping(6, 1, 2, 7)
    let plan = story.plan
    var simulator = Simulator<Probe, Fabric>(plan, draws: Fabric(plan.links, seed: 1))
    _ = records(&simulator)
    #expect(simulator.failedFilter?.fault == 0)
    simulator.reset(seed: 1)
    #expect(simulator.failedFilter?.fault == nil)
    #expect(simulator.instant == .start)
  }
}

extension Story {
  /// The same story with another seed.
  fileprivate func seeded(_ seed: UInt64) -> Story {
    var story = self
    story.seed = seed
    return story
  }
}

extension Duration {
  fileprivate var law: Law { .constant(self) }
}
