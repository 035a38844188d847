import Analysis
import Interpreter
import Search
import SystemModel
import Testing

/// Runs that end with a fault that acts by chance, or in which its beginning or end matters.
struct FrozenFormTests {
  private static let lossAtTheEnd = """
    version: 1
    name: a loss that ends last
    topology: {nodes: 3, groups: {near: [node1, node2]}}
    latencies: {default: 5ms..25ms}
    protocol: paxos
    workloads: [{at: 0ms, node: node1, call: {propose: {value: red}}}]
    faults:
      - {name: lossy, at: 0ms, for: 300ms, loss: 20%, links: {from: near, to: all}, may_be_idle: by chance}
      - {name: other, at: 0ms, for: 200ms, KIND, may_be_idle: by chance}
    assertions: [agreement]
    """

  /// The end of a fault that is gone would not be the last that happens.
  @Test(arguments: [
    "loss: 10%", "duplicate: 30%", "reorder: 20%", "delay: 1ms..9ms",
    "reorder: {probability: 50%, extra: 1ms..3ms}",
  ])
  func endsWithAFault(_ kind: String) throws {
    let text = Self.lossAtTheEnd.replacing("KIND", with: kind)
    var kept = 0
    for seed: UInt64 in 1...4 {
      let scenario = try Freezing.compiled(text, seed: seed)
      let frozen = try Freeze.frozen(scenario, cell: 0)
      try Freezing.expectSame(scenario, frozen)
      #expect(!frozen.text.contains("name: other"), "its end does not matter")
      #expect(!frozen.text.contains("groups:"), "only the links of the fault had one")
      guard frozen.text.contains("loss: 0%") else { continue }
      kept += 1
      let again = try Freezing.frozen(frozen.text)
      #expect(again.text.contains("loss: 0%"), "nothing is left to freeze")
    }
    #expect(kept > 1)
  }

  /// A condition comes true at the event with which a fault begins.
  @Test func beginsWithAFault() throws {
    let text = """
      version: 1
      name: a loss that is seen
      limits: {time: 300ms}
      topology: {nodes: 5, groups: {ga: [node1, node2], gb: [node3, node4, node5]}}
      latencies: {default: {latency: 4ms..19ms, fifo: false}}
      protocol: {leader-election: {pre_vote: false, election_timeout: 100ms..200ms, heartbeat: 40ms}}
      faults:
        - {name: f0, loss: 50%, at: 102ms, for: 90ms}
        - name: f1
          partition: [ga, gb]
          in_flight: deliver
          when: node1.up && now > 30ms
          for: 296ms
      assertions: [election-safety]
      """
    var kept = 0
    for seed: UInt64 in 1...14 {
      let scenario = try Freezing.compiled(text, seed: seed)
      let frozen = try Freeze.frozen(scenario, cell: 0)
      try Freezing.expectSame(scenario, frozen)
      if frozen.text.contains("loss: 0%") { kept += 1 }
    }
    #expect(kept > 4)
  }

  /// Messages that are held at one instant come in an order that means nothing.
  @Test func holdsMessagesInAnyOrder() throws {
    let text = """
      version: 1
      name: held in flight
      limits: {time: 1s}
      topology: {nodes: 3}
      latencies: {default: {latency: 5ms..25ms, fifo: false}}
      protocol: lamport-mutex
      workloads: [{at: [0ms, 4ms], node: all, call: acquire}]
      faults:
        - {name: cut, at: 12ms, for: 50ms, partition: [[node1], others], mode: hold}
        - {name: lost, at: LOST, for: 9ms, partition: [[node2], others]}
      assertions: [mutual-exclusion]
      """
    for lost in ["30ms", "400ms"] {
      for seed: UInt64 in 1...14 {
        let scenario = try Freezing.compiled(text.replacing("LOST", with: lost), seed: seed)
        let found = try Freeze.frozen(scenario, cell: 0)
        let again = try Sweeping.compile(found.text)
        let (first, second) = (
          Interpreter.run(scenario.cells[0].plan), Interpreter.run(again.cells[0].plan)
        )
        #expect(first.outcome == second.outcome)
        #expect(first.calls == second.calls)
      }
    }
  }

  /// A fault that touched nothing keeps the run vacuous.
  @Test func keepsWhatTouchedNothing() throws {
    let text = """
      version: 1
      name: a cut and losses
      limits: {time: 2s}
      topology: {nodes: 3}
      latencies: {default: 5ms..15ms}
      protocol: paxos
      workloads: [{at: [50ms, 100ms], node: node1, call: {propose: {value: red}}}]
      faults:
        - {name: cut, at: 20ms, for: 1s, partition: [[node1, node3], [node2]]}
        - {name: lossy, at: 0ms, for: 500ms, loss: 30%}
      assertions: [{metric: messages.wire, is: "< 100"}]
      """
    var outcomes: [String] = []
    for seed: UInt64 in [1, 7, 40] {
      let scenario = try Freezing.compiled(text, seed: seed)
      let frozen = try Freeze.frozen(scenario, cell: 0)
      try Freezing.expectSame(scenario, frozen)
      outcomes.append(frozen.result.outcome.rawValue)
    }
    #expect(outcomes == ["pass", "vacuous", "vacuous"])
  }
}
