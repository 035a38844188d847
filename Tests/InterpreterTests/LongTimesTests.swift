import Analysis
import Diagnostics
import Interpreter
import SystemModel
import Testing

/// Times go up to a year, and 293 years are more nanoseconds than 64 bits hold.
@Suite struct LongTimesTests {
  static let year: Int64 = 365 * 24 * 3_600_000_000_000

  /// The result of a history that a scenario of 600 nodes judges.
  private func judged(_ protocol: String, _ lines: [String]) throws -> RunResult {
    let scenario = """
      version: 1
      name: years
      topology: {nodes: 600}
      latencies: {default: 1ms}
      protocol: \(`protocol`)
      assertions: [{always: node1.up}]
      """
    let compiled = Interpreter.compile(SourceFile(name: "s.yaml", text: scenario))
    let cell = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)")
    let log = SourceFile(name: "h.jsonl", text: lines.joined(separator: "\n"))
    let run = RecordedRun(log, file: 1, for: cell.plan)
    return try #require(run.judged(), "\(run.diagnostics.sorted)")
  }

  private func events(_ time: String, _ event: String, _ nodes: ClosedRange<Int>) -> [String] {
    nodes.map { #"{"time": "\#(time)", "node": "node\#($0)", "event": "\#(event)"}"# }
  }

  @Test func latenciesOfAYearHaveAMean() throws {
    let begun = (0..<300).map {
      #"{"process": \#($0), "type": "invoke", "f": "write", "value": "a", "time": 0}"#
    }
    let ended = (0..<300).map {
      #"{"process": \#($0), "type": "ok", "f": "write", "value": "a", "time": \#(Self.year)}"#
    }
    let result = try judged("abd-register", begun + ended)
    #expect(result.metric("call.write.latency.mean") == .duration(Self.year))
    #expect(result.endedAt == Instant(nanoseconds: Self.year))
  }

  @Test func whatNodesWaitForALockTogetherStaysAtTheLongestTime() throws {
    let result = try judged(
      "lamport-mutex",
      events("0ms", "requested", 1...300) + events("0ms", "entered", 301...600)
        + events("8760h", "exited", 301...600) + events("8760h", "entered", 1...300))
    #expect(result.metric("mutex.wait.total") == .duration(.max))
    #expect(result.metric("mutex.serial") == .duration(.max))
    #expect(result.metric("mutex.makespan") == .duration(Self.year))
    #expect(result.metric("mutex.overhead") == .duration(Self.year - .max))
    #expect(result.metric("mutex.wait.max") == .duration(Self.year))
  }

  @Test func theShareOfWorkIsExactWhereItsSumIsNot() throws {
    let result = try judged(
      "{barrier: {coordinator: node1}}",
      events("0ms", "work_started", 1...300) + events("0ms", "arrived", 301...600)
        + events("8760h", "arrived", 1...300) + events("8760h", "released", 301...600))
    #expect(result.metric("barrier.wait.total") == .duration(.max))
    #expect(result.metric("barrier.wait.node600") == .duration(Self.year))
    #expect(result.metric("barrier.utilisation") == .ratio(0.5))
  }

  @Test func theTimeThatNodesLoseStaysAtTheLongestTime() throws {
    let scenario = """
      version: 1
      name: paused for a year
      limits: {time: 8760h}
      topology: {nodes: 300}
      latencies: {default: 10ms}
      protocol: abd-register
      workloads: [{at: 8759h, node: node1, call: read}]
      faults: [{name: p, at: 1ms, pause: all}]
      assertions: [linearizable]
      """
    let compiled = Interpreter.compile(SourceFile(name: "s.yaml", text: scenario))
    let cell = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)")
    let result = Interpreter.run(cell.plan)
    #expect(result.metric("fault.p.node_time_lost") == .duration(.max))
  }
}
