import Analysis
import Diagnostics
import Interpreter
import Search
import TestSupport
import Testing

/// What is written has no warning that its source has not.
struct FrozenDraftTests {
  private func codes(_ scenario: CompiledScenario) -> Set<String> {
    Set(scenario.diagnostics.sorted.map(\.code.id))
  }

  private func expectNoNewWarning(_ text: String, of scenario: CompiledScenario) throws {
    let written = try Freezing.compiled(text)
    let new = codes(written).subtracting(codes(scenario))
    let words = DiagnosticRenderer(written.sources).text(written.diagnostics)
    #expect(new.isEmpty, "\(words)")
  }

  private func expectNoNewWarning(of scenario: CompiledScenario, cell: Int) throws {
    if let frozen = try? Freeze.frozen(scenario, cell: cell) {
      try expectNoNewWarning(frozen.text, of: scenario)
    }
    let result = Interpreter.run(scenario.cells[cell].plan)
    if let capsule = Capsule(of: result, cell: cell, scenario, file: "test.yaml") {
      try expectNoNewWarning(capsule.text, of: scenario)
    }
  }

  @Test(arguments: Thoroughness.sample(ShippedFile.all, oneIn: 8))
  func ofShippedScenarios(_ file: ShippedFile) throws {
    let scenario = try file.compiled(seed: 2)
    for cell in scenario.cells.indices.prefix(3) {
      try expectNoNewWarning(of: scenario, cell: cell)
    }
  }

  @Test func ofAFixture() throws {
    for seed: UInt64 in [1, 5] {
      let duel = try Shrinking.fixture("seven-node-duel.yaml", seed: seed)
      try expectNoNewWarning(of: duel, cell: 0)
    }
  }

  /// The groups, links and parameters that only what is gone had a use for.
  @Test(arguments: [
    "- {name: l, at: 0ms, loss: 50%, links: {from: all, to: far}}",
    "- {name: l, every: 90ms, jitter: 20ms, for: 20ms, duplicate: 50%, links: {between: [near, far]}}",
    "- {name: l, every: 90ms, jitter: \"${little}\", for: 20ms, partition: [near, far]}",
    "- {name: l, at: 10ms, for: 9ms, partition: majority}",
  ])
  func ofFaults(_ fault: String) throws {
    let text = """
      version: 1
      name: what only a fault names
      limits: {time: 300ms}
      vary: {faults: swarm, most: 3..4}
      parameters: {little: 7ms}
      topology: {nodes: 3, groups: {near: [node1, node2], far: [node3]}}
      latencies: {default: 5ms..25ms, links: [{between: [node1, node2], latency: 5ms..24ms}]}
      protocol: paxos
      workloads: [{at: 0ms, node: node1, call: {propose: {value: x}}}]
      faults:
        \(fault)
        - {name: nap, at: "${little}", for: 30ms, pause: node3, may_be_idle: by chance}
      assertions: [agreement, {never: node1.decided && node1.term < most}]
      """
    var without = 0
    for seed: UInt64 in 1...8 {
      let scenario = try Freezing.compiled(text, seed: seed)
      try expectNoNewWarning(of: scenario, cell: 0)
      let capsule = Capsule(
        of: Interpreter.run(scenario.cells[0].plan), cell: 0, scenario, file: "test.yaml")
      if capsule?.text.contains("name: l") == false { without += 1 }
    }
    #expect(without > 0, "the swarm leaves it out now and then")
  }

  /// What the author has not used is the author's business.
  @Test func leavesWhatWasUnusedBefore() throws {
    let text = """
      version: 1
      name: two groups
      limits: {time: 300ms}
      topology: {nodes: 3, groups: {far: [node3], idle: [node1]}}
      latencies: {default: 5ms..25ms}
      protocol: paxos
      workloads: [{at: 0ms, node: node1, call: {propose: {value: x}}}]
      faults: [{name: l, at: 0ms, loss: 50%, links: {from: all, to: far}}]
      assertions: [agreement]
      """
    let frozen = try Freezing.frozen(text)
    #expect(!frozen.text.contains("far") && frozen.text.contains("groups: {idle: [node1]}"))
  }
}
