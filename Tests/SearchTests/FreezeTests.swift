import Analysis
import Diagnostics
import Interpreter
import Search
import SystemModel
import TestSupport
import Testing

/// Runs that are written out as scenarios without chance.
struct FreezeTests {
  /// Everything that is drawn, and what refers to it.
  private static let everything = """
    # A busy lock.

    version: 1
    name: everything is drawn
    seed: 5
    limits: {time: 1s}
    parameters: {period: 200ms}
    topology: {nodes: 4, groups: {left: [node1, node2], right: [node3, node4]}}
    latencies:
      default: {latency: 5ms..15ms, loss: 3%, duplicate: 5%, reorder: 10%}
      links:
        - {between: [left, right], latency: {normal: {mean: 20ms, deviation: 4ms}}}
        - {from: node1, to: node2, latency: {exponential: {mean: 9ms, min: 2ms}}, loss: 0%}
        - {from: node2, to: node1, reorder: {probability: 20%, extra: 3ms}}
    processing: {default: 500us}
    protocol: ricart-agrawala
    workloads:
      - name: drawn
        rate: 12/s
        arrivals: poisson
        until: 700ms
        mix: [{call: acquire, weight: 2}, {call: {acquire: {hold: 7ms}}}]   # short and long
      - {name: patient, clients: 2, think: 20ms..80ms, node: right, count: 5, call: acquire}
      - {at: [3ms, 300ms], node: node2, call: acquire}
    faults:
      - {name: noise, at: 100ms, for: 300ms, loss: 20%, links: {from: random(2), to: all}}
      - {name: storm, at: 450ms, for: 200ms, delay: 1ms..30ms}
      - {name: nap, every: "${period}", jitter: 40ms, for: 30ms, pause: random(1)}
      - {at: 650ms, for: 50ms, partition: random-halves, mode: hold}
      - {every: 90ms, jitter: 9ms, until: 300ms, for: 10ms, slow: 3x, nodes: node3}
      - {at: 720ms, for: 40ms, partition: majorities-ring, mode: slow, factor: 2x}
      - {when: now > 800ms, for: 20ms, crash: minority}
    assertions:
      - mutual-exclusion
      - name: some wait in the storm
        sometimes: nodes.exists(n, n.state == "waiting")
        during: storm
    """

  private func frozen(_ text: String, seed: UInt64? = nil) throws -> FrozenScenario {
    try Freezing.frozen(text, seed: seed)
  }

  /// The shipped scenarios with chance in them do the same message by message, with any seed. That
  /// all of them report the same is what `.ci/failures` looks at.
  @Test(arguments: Thoroughness.sample(ShippedFile.all, oneIn: 6))
  func everyShippedScenario(_ file: ShippedFile) throws {
    let first = try file.compiled(seed: 1)
    guard Freezing.story(first) != Freezing.story(first, seed: 2) else { return }
    for seed: UInt64 in [1, 2] {
      let scenario = try file.compiled(seed: seed)
      try Freezing.expectSame(scenario, try Freeze.frozen(scenario, cell: 0))
    }
  }

  /// Many seeds of a scenario that has everything.
  @Test(arguments: 0..<8)
  func everythingThatIsDrawn(block: Int) throws {
    for seed in UInt64(block * 5)..<UInt64(block * 5 + 5) {
      let scenario = try Freezing.compiled(Self.everything, seed: seed)
      try Freezing.expectSame(scenario, try Freeze.frozen(scenario, cell: 0))
    }
  }

  /// What seeds draw of a scenario: values, faults that are left out, and an order of deliveries.
  @Test(arguments: [
    "{random: {window: 30ms}}", "{pct: {depth: 3, window: 50ms, messages: 40}}",
    "{delay-bounded: {delays: 3, window: 50ms, messages: 40}}",
  ])
  func whatSeedsDraw(_ order: String) throws {
    let text = """
      version: 1
      name: drawn
      limits: {time: 400ms}
      vary:
        far: 5ms..25ms
        victim: [node1, node2, node3]
        faults: swarm
        order: \(order)
      topology: {nodes: 3}
      latencies: {default: {latency: "${far}", loss: 5%}}
      protocol: {paxos: {retry: 60ms..90ms}}
      workloads:
        - {at: 0ms, node: node1, call: {propose: {value: a}}}
        - {at: 1ms, node: "${victim}", call: {propose: {value: b}}}
      faults:
        - {name: cut, at: 10ms, for: 30ms, partition: ["${victim}", others], may_be_idle: by chance}
        - {name: nap, at: 30ms, for: 30ms, pause: node3, may_be_idle: by chance}
        - {name: noise, at: 0ms, for: 50ms, loss: 30%, may_be_idle: by chance}
      assertions:
        - agreement
        - {never: node1.decided}

      """
    var faults: Set<Int> = []
    for seed: UInt64 in 1...6 {
      let scenario = try Freezing.compiled(text, seed: seed)
      let frozen = try Freeze.frozen(scenario, cell: 0)
      try Freezing.expectSame(scenario, frozen)
      #expect(!frozen.text.contains("vary:"))
      #expect(!frozen.text.contains("${"))
      let again = try Sweeping.compile(frozen.text)
      faults.insert(again.cells[0].plan.system.faults.count)
      // What fails is a capsule, and fails in the same way.
      let result = Interpreter.run(scenario.cells[0].plan)
      #expect(frozen.isCapsule == (result.outcome == .fail))
      #expect(Replay.run(again)?.answer == (frozen.isCapsule ? .sameTrace : nil))
    }
    #expect(faults.count > 1, "the swarm leaves some out")
  }

  @Test func readsAsAStory() throws {
    expectGolden(try frozen(Self.everything).text, "frozen-everything.yaml")
    let lossy = Sweeping.lossy + "\nassertions: [agreement]\n"
    expectGolden(try frozen(lossy, seed: 4).text, "frozen-lossy.yaml")
    let storm = try ShippedFile(path: "zoo/promise-commit/storm.yaml").compiled(seed: 1)
    expectGolden(try Freeze.frozen(storm, cell: 0).text, "frozen-storm.yaml")
  }

  /// A frozen scenario has nothing more to freeze.
  @Test func freezesOnce() throws {
    let once = try frozen(Self.everything)
    let twice = try frozen(once.text)
    #expect(twice.deliveries == once.deliveries)
    #expect(twice.timers == once.timers)
    let body = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("#") } }
    #expect(body(twice.text) == body(once.text))
  }

  /// Where no link has chance, nothing is said of any message.
  @Test func saysNothingWithoutNeed() throws {
    let text = Sweeping.lossy.replacing("5ms..20ms, loss: 15%", with: "10ms")
    let frozen = try frozen(text + "\nassertions: [agreement]\n")
    #expect(frozen.deliveries == 0)
    #expect(frozen.hasSameHash)
  }

  /// Of a capsule the section is that of the frozen run, which `replay` takes for the same failure.
  @Test func capsulesStayCapsules() async throws {
    let result = try await Sweeping.sweep(Sweeping.failing, 1...200)
    let scenario = try Sweeping.compile(Sweeping.failing)
    for failure in result.failures {
      let capsule = try #require(
        Capsule(of: failure.result, cell: failure.cell, scenario, file: "lossy.yaml"))
      let frozen = try frozen(capsule.text)
      let replay = try #require(Replay.run(try Sweeping.compile(frozen.text)))
      #expect(replay.answer == .sameTrace)
      #expect(replay.found?.fingerprint == failure.fingerprint.hash)
      #expect(frozen.text.contains("capsule:"))
    }
    let seed = try #require(result.failures.first).result.seed
    let plain = try self.frozen(Sweeping.failing, seed: seed)
    #expect(plain.text.contains("capsule:"), "a failing run is a capsule")
    let passing = try #require((1...200).first { !result.failures.flatMap(\.seeds).contains($0) })
    #expect(!(try self.frozen(Sweeping.failing, seed: passing)).text.contains("capsule:"))
  }

  // MARK: What cannot be frozen

  private func error(_ text: String) -> String {
    do {
      return try frozen(text).text
    } catch {
      return (error as? FreezeError)?.text ?? "\(error)"
    }
  }

  private func lock(_ sections: String) -> String {
    """
    version: 1
    name: lock
    limits: {time: 1s}
    topology: {nodes: 3}
    latencies: {default: 5ms}
    protocol: lamport-mutex
    \(sections)
    """
  }

  @Test func refusesWhatOthersReferTo() {
    let text = lock(
      """
      workloads: [{name: load, rate: 20/s, arrivals: poisson, count: 9, call: acquire}]
      assertions: [{always: "nodes.size() == 3", during: load}]
      """)
    #expect(error(text).hasPrefix("the workload `load` would have to become several entries"))
    let naps = lock(
      """
      workloads: [{at: 0ms, call: acquire}]
      faults: [{name: nap, every: 100ms, for: 9ms, pause: random(1)}]
      assertions: [{always: "nodes.size() == 3", during: nap}]
      """)
    #expect(error(naps).hasPrefix("the fault `nap` would have to become several entries"))
  }

  @Test func refusesDrawnNodesWithoutInstants() {
    let text = lock(
      """
      workloads: [{every: 100ms, node: node1, call: acquire}]
      faults: [{name: nap, when: node1.state == "inside", times: 5, for: 9ms, pause: random(1)}]
      assertions: [mutual-exclusion]
      """)
    #expect(error(text).hasPrefix("the fault `nap` waits for something"))
  }

  @Test func refusesRunsOfTooManyLines() {
    let text = """
      version: 1
      name: long
      limits: {time: 60s}
      topology: {nodes: 5}
      latencies: {default: 5ms..10ms}
      protocol: {leader-election: {heartbeat: 10ms, election_timeout: 150ms..300ms}}
      assertions: [election-safety]
      """
    #expect(error(text).contains("and \(Freeze.lineLimit) are the most"))
  }
}
