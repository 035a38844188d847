import Analysis
import Interpreter
import Search
import SystemModel
import Testing

/// Runs whose trace has been met are not judged again: that must not show, and the key of a trace
/// must tell apart whatever a judge can see.
@Suite struct ReuseTests {
  /// A scenario, by what chance decides in it.
  struct Chance: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String

    var testDescription: String { name }

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  private static func mutex(
    latencies: String = "{default: 5ms}", faults: String = "", time: String = "90ms",
    calls: String = "{every: 20ms, node: node1, call: {acquire: {hold: 1ms}}}",
    assertions: String = "- mutual-exclusion"
  ) -> String {
    """
    version: 1
    name: chance
    limits: {time: \(time)}
    topology: {nodes: 3}
    latencies: \(latencies)
    protocol: lamport-mutex
    workloads: [\(calls)]
    \(faults.isEmpty ? "" : "faults: " + faults)
    assertions:
      \(assertions)
    """
  }

  static let all: [Chance] = [
    Chance("nothing", mutex()),
    Chance("one of a few latencies", mutex(latencies: "{default: 5ms..5000001ns}")),
    Chance(
      "copies that never arrive", mutex(latencies: "{default: {latency: 60ms, duplicate: 2%}}")),
    Chance("losses", mutex(latencies: "{default: {latency: 5ms, loss: 5%}}")),
    Chance(
      "losses of links and of a fault",
      mutex(
        latencies: "{default: {latency: 5ms, loss: 5%}}",
        faults: "[{at: 0ms, loss: 5%, may_be_idle: chance}]")),
    Chance("copies of a fault", mutex(faults: "[{at: 0ms, duplicate: 5%, may_be_idle: chance}]")),
    Chance(
      "delays that outlast the run",
      mutex(
        faults: "[{at: 0ms, reorder: {probability: 5%, extra: 1s}, may_be_idle: chance}]")),
    Chance(
      "a node that stands still and is never needed",
      mutex(
        faults: "[{at: 1ms, for: 1ms, pause: random(1), may_be_idle: quiet}]",
        calls: "{at: 50ms, node: node1, call: {acquire: {hold: 1ms}}}")),
    Chance(
      "a cut that nothing crosses",
      mutex(
        faults: "[{at: 1ms, for: 1ms, partition: random-halves, may_be_idle: quiet}]",
        calls: "{at: 50ms, node: node1, call: {acquire: {hold: 1ms}}}")),
    Chance(
      "messages that a cut holds",
      mutex(
        faults: "[{at: 22ms, for: 60ms, partition: random-halves, mode: hold}]")),
    Chance(
      "which node is called",
      mutex(
        calls: "{every: 30ms, node: random(1), call: {acquire: {hold: 1ms}}}")),
    Chance(
      "when a client comes",
      mutex(
        calls: "{clients: 2, think: 20ms..20000001ns, call: {acquire: {hold: 1ms}}}")),
    Chance(
      "failures of two kinds",
      mutex(
        latencies: "{default: {latency: 5ms, loss: 3%}}",
        assertions: """
          - {name: few are lost, metric: messages.dropped, is: "< 2"}
            - {name: all goes well, metric: calls.ok, is: "> 2"}
            - {name: one is lost, sometimes: 'metrics["messages.dropped"] == 1'}
          """)),
    Chance(
      "a fault that waits for a condition",
      mutex(
        latencies: "{default: {latency: 5ms, loss: 3%}}",
        faults:
          "[{when: 'metrics[\"messages.dropped\"] == 1', for: 10ms, pause: node2, may_be_idle: chance}]"
      )),
  ]

  @Test(arguments: all) func sweepSaysTheSameWithAndWithout(_ chance: Chance) async throws {
    let scenario = try Sweeping.compile(chance.text)
    for failures in [nil, 1] {
      let alone = try await Sweep(
        scenario, seeds: 1...400, failureLimit: failures, reusingJudgements: false
      ).run(jobs: 1)
      for jobs in [1, 2] {
        let reused = try await Sweep(scenario, seeds: 1...400, failureLimit: failures)
          .run(jobs: jobs)
        #expect(reused == alone)
      }
      #expect(alone.cells[0].traces.count > 0)
    }
  }

  /// The key against the obvious: all records of all runs, compared with each other.
  @Test(arguments: all) func keysTellApartWhatJudgesSee(_ chance: Chance) throws {
    let plan = try #require(Sweeping.compile(chance.text).cells.first).plan
    let runner = PlanRunner(plan)
    var tally = RunTally(measuring: [])
    var traces: [(key: TraceKey, whole: WholeTrace)] = []
    for seed in 1...120 as ClosedRange<UInt64> {
      var plan = plan
      plan.system.seed = seed
      var whole = WholeTrace()
      _ = Interpreter.run(plan, reading: &whole)
      #expect(runner.run(seed: seed, tally: &tally))
      if let key = runner.trace(seed: seed) { #expect(key == tally.trace) }
      traces.append((tally.trace, whole))
    }
    #expect((Set(traces.map(\.key)).count > 1) == (chance.name != "nothing"))
    for (place, one) in traces.enumerated() {
      for other in traces[..<place] {
        #expect((one.key == other.key) == (one.whole == other.whole))
      }
    }
  }

  /// The trace hash alone does not tell which node stood still while nothing happened to it.
  @Test func theTraceHashAloneIsNotEnough() throws {
    let chance = try #require(Self.all.first { $0.name.hasSuffix("never needed") })
    let runner = PlanRunner(try #require(Sweeping.compile(chance.text).cells.first).plan)
    let keys = (1...60).compactMap { runner.trace(seed: $0) }
    #expect(Set(keys.map(\.hash)).count == 1)
    #expect(Set(keys).count == 3)
  }

  @Test func aScenarioWithoutChanceHasOneTrace() async throws {
    let found = try await Sweeping.sweep(Self.all[0].text, 1...300)
    #expect(found.cells[0].traces == TraceCount(count: 1))
    let different = try await Sweeping.sweep(Self.all[1].text, 1...300)
    #expect(different.cells[0].traces.count > 1)
  }

  @Test func onlySomeManyTracesAreCounted() async throws {
    let text = """
      version: 1
      name: many
      limits: {time: 2ms}
      topology: {nodes: 2}
      latencies: {default: 1us..1ms}
      protocol: lamport-mutex
      workloads: [{at: 0ms, node: node1, call: {acquire: {hold: 1us}}}]
      """
    let found = try await Sweeping.sweep(text, 1...10_100, jobs: 2)
    #expect(found.cells[0].traces == TraceCount(count: 10_000, hasMore: true))
  }
}

/// All records of a run, and what its faults were bound to.
private struct WholeTrace: TraceReader, Equatable {
  private var records: [TraceRecord] = []
  private var bindings: [FaultBinding] = []

  mutating func read(_ part: Trace) {
    records += part.records
    bindings = part.bindings
  }
}
