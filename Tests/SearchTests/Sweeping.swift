import Analysis
import Diagnostics
import Interpreter
import Search
import Testing

/// Scenarios for sweeps, compiled.
enum Sweeping {
  /// Three nodes agree over links that lose messages and whose latency is drawn.
  static let lossy = """
    version: 1
    name: lossy
    limits: {time: 400ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: 15%}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads:
      - {at: 0ms, node: node1, call: {propose: {value: a}}}
      - {at: 1ms, node: node2, call: {propose: {value: b}}}
    """

  /// A scenario of which some runs fail in one of two ways.
  static let failing =
    lossy + """

      assertions:
        - agreement
        - {name: few are lost, metric: messages.dropped, is: "< 7"}
        - {name: nobody decides early, never: node1.decided, before: 35ms}
      """

  static func compile(_ text: String) throws -> CompiledScenario {
    let compiled = Interpreter.compile(SourceFile(name: "test.yaml", text: text))
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(!compiled.cells.isEmpty, "\(words)")
    return compiled
  }

  static func sweep(
    _ text: String, _ seeds: ClosedRange<UInt64>, failures: Int? = nil, jobs: Int = 1,
    metrics: [String] = []
  ) async throws -> SweepResult {
    let sweep = try Sweep(
      compile(text), seeds: seeds, failureLimit: failures, metrics: metrics)
    return await sweep.run(jobs: jobs)
  }
}
