import Analysis
import Interpreter
import Search
import SystemModel
import Testing

/// Which messages have a line in a frozen run, and what it says.
struct FrozenLinesTests {
  private static let split = """
    version: 1
    name: a split and a dead node
    limits: {time: 1s}
    topology: {nodes: 5}
    latencies:
      default: 10ms..20ms
      links: [{between: [node1, node5], latency: 60ms}]
    protocol: promise-commit
    workloads:
      - {at: 0ms, node: node1, call: {propose: {value: red}}}
      - {at: 70ms, node: node5, call: {propose: {value: blue}}}
    faults:
      - {name: split, at: 35ms, for: 300ms, partition: [[node1, node2], others]}
      - {name: dead, at: 30ms, crash: node4}
    assertions: [agreement]
    """

  /// Each line of a message matters: without it the trace is another.
  @Test(arguments: 1...6) func isNeeded(seed: Int) throws {
    let scenario = try Freezing.compiled(Self.split, seed: UInt64(seed))
    let frozen = try Freeze.frozen(scenario, cell: 0)
    try Freezing.expectSame(scenario, frozen)
    let plan = try Sweeping.compile(frozen.text).cells[0].plan
    #expect(plan.system.deliveries.count > 3)
    for place in plan.system.deliveries.indices {
      var without = plan
      without.system.deliveries.remove(at: place)
      without.entries.remove(at: place)
      let line = frozen.text.split(separator: "\n").filter { $0.contains("- {kind:") }[place]
      #expect(Interpreter.run(without).traceHash != frozen.result.traceHash, "\(line)")
    }
  }

  /// What is said of a message to a node that is down is not that it arrives.
  @Test func saysThatANodeIsDown() throws {
    let texts = try (1...6).map { try Freezing.frozen(Self.split, seed: $0).text }
    let lines = texts.joined().split(separator: "\n")
    let dead = lines.filter { $0.contains("kind: propose, from: node5, to: node4") }
    #expect(!dead.isEmpty)
    #expect(dead.allSatisfy { $0.hasSuffix(", as node4 is down") && !$0.contains("arrives") })
  }

  /// The same of what was held back, and of a copy.
  @Test func saysWhatBecomesOfCopies() throws {
    let text = """
      version: 1
      name: copies
      limits: {time: 400ms}
      topology: {nodes: 3}
      latencies: {default: {latency: 5ms..30ms, duplicate: 60%}}
      protocol: paxos
      workloads: [{at: 0ms, node: node1, call: {propose: {value: red}}}]
      faults:
        - {at: 12ms, for: 100ms, partition: [[node2], others], mode: hold}
        - {at: 60ms, crash: node2}
        - {at: 20ms, for: 40ms, partition: [[node3], others]}
      assertions: [agreement]
      """
    let all = try (1...12).map { try Freezing.frozen(text, seed: $0).text }.joined()
    #expect(all.contains("held back for a while, then lost, as node2 is down"))
    #expect(all.contains("; a copy lost at ") && all.contains("; a copy cut off on its way at "))
    #expect(all.contains("; a copy arrives at "))
  }
}
