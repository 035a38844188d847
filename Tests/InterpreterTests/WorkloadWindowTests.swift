import Analysis
import Diagnostics
import Interpreter
import SystemModel
import Testing

/// A named workload is a window of time: from its first call to the end of its last.
struct WorkloadWindowTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let workload: String
    let calls: Int
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "one call", workload: "at: 30ms, node: node2", calls: 1),
    Row(name: "instants at all nodes", workload: "at: [30ms, 90ms]", calls: 6),
    Row(name: "every", workload: "every: 40ms, until: 100ms, node: [node1, node3]", calls: 4),
    Row(name: "every with a count", workload: "every: 40ms, count: 5", calls: 5),
    Row(name: "both", workload: "every: 40ms, until: 100ms, node: node1, count: 1", calls: 1),
    Row(name: "rate", workload: "rate: 20/s, arrivals: poisson, count: 4", calls: 4),
    Row(name: "clients", workload: "clients: 2, at: 20ms, think: 5ms..9ms, count: 5", calls: 5),
    Row(name: "drawn nodes", workload: "at: 10ms, node: random(2)", calls: 2),
  ]

  /// Another workload before and one behind, so that callers are told apart.
  private func scenario(_ workload: String, seed: UInt64, _ assertions: String) -> String {
    """
    version: 1
    name: calls
    seed: \(seed)
    limits: {time: 5s}
    topology: {nodes: 3}
    latencies: {default: 2ms..6ms}
    protocol: ricart-agrawala
    workloads:
      - {name: before, clients: 3, think: 10ms, count: 6, call: {acquire: {hold: 3ms}}}
      - {name: load, \(workload), call: {acquire: {hold: 5ms}}}
      - {name: behind, at: [0ms, 200ms], call: {acquire: {hold: 4ms}}}
    assertions:
    \(assertions)
    """
  }

  private func plan(_ text: String) throws -> JudgementPlan {
    let compiled = Interpreter.compile(SourceFile(name: "calls.yaml", text: text))
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    return try #require(compiled.cells.first, "\(words)").plan
  }

  /// When the calls of the second workload are made and end, by the record alone.
  private struct Calls: TraceReader {
    let callers: Range<Int32>
    var made: [Int64: Int64] = [:]
    var ended: [Int64] = []

    mutating func read(_ part: Trace) {
      for record in part.records {
        if record.kind == .callInvoked, callers.contains(record.fault) {
          made[record.id] = record.at
        }
        if record.kind == .callCompleted, made[record.id] != nil { ended.append(record.at) }
      }
    }
  }

  @Test(arguments: rows, UInt64(1)...6)
  func opensAndClosesWithTheCalls(_ row: Row, seed: UInt64) throws {
    let bare = try plan(scenario(row.workload, seed: seed, "  - mutual-exclusion"))
    let count = bare.system.workloads[1].callerCount
    var calls = Calls(callers: 3..<Int32(3 + count))
    _ = Interpreter.run(bare, reading: &calls)
    #expect(calls.made.count == row.calls)
    #expect(calls.ended.count == row.calls)
    #expect(bare.system.workloads[1].callCount(nodes: 3) == row.calls)
    let first = try #require(calls.made.values.min())
    let last = try #require(calls.ended.last)
    let result = Interpreter.run(
      try plan(
        scenario(
          row.workload, seed: seed,
          """
            - {name: first, eventually: now == \(first)ns, after: load.start, within: 0ms}
            - {name: last, eventually: now == \(last)ns, after: load.end, within: 0ms}
            - {name: inside, always: now >= \(first)ns && now <= \(last)ns, during: load}
            - {name: reach, sometimes: now >= \(last)ns - 10ms, during: load}
            - {name: earlier, always: now <= \(first)ns, before: load.start}
            - {name: pair, always: now >= \(first)ns, between: [load.start, behind.end]}
          """)))
    for assertion in result.assertions {
      #expect(assertion.verdict == .pass, "\(assertion.name): \(assertion.reason)")
    }
    #expect(result.assertions.count == 6)
  }

  @Test func anEndThatDoesNotComeLeavesTheWindowOpen() throws {
    let text = scenario(
      "at: 4990ms, node: node2", seed: 1,
      """
        - {name: open, always: now >= 4990ms, during: load}
        - {name: never, always: now >= 1ms, after: load.end}
      """
    ).replacing("hold: 5ms", with: "hold: 50ms")
    let result = Interpreter.run(try plan(text))
    #expect(result.assertions.map(\.verdict) == [.pass, .vacuous])
  }
}
