import Analysis
import Diagnostics
import Interpreter

/// A long run of many nodes under a leader: read, compiled, carried out and judged as `conclave run`
/// does it, with all metrics and two invariants.
struct Crowd {
  let nodeCount: Int
  /// How many messages there are at least.
  let messages: Int

  private var text: String {
    // A heartbeat of 50 ms goes to all others, and all answer; the election takes a second or two.
    let beats = messages / (2 * (nodeCount - 1)) + 1
    return """
      version: 1
      name: a crowd
      limits: {time: \(beats * 50 + 2000)ms, events: 1_000_000_000}
      topology: {nodes: \(nodeCount)}
      latencies: {default: 5ms..20ms}
      protocol:
        leader-election: {heartbeat: 50ms, election_timeout: 150ms..3000ms}
      assertions:
        - election-safety
        - one-vote-per-term
        - {metric: election.leaders, is: "> 0"}
        - {metric: messages.wire, is: "> 0"}

      """
  }

  func measure() -> Fields {
    let compiled = Interpreter.compile(SourceFile(name: "crowd.yaml", text: text))
    guard let cell = compiled.cells.first else {
      complain(
        "the crowd is refused:\n"
          + DiagnosticRenderer(compiled.sources).text(compiled.diagnostics))
    }
    let start = Usage.current.seconds
    let result = Interpreter.run(cell.plan)
    let seconds = Usage.current.seconds - start
    guard result.verdict == .pass, case .count(let delivered)? = result.metric("messages.delivered")
    else { complain("the crowd ends with \(result.verdict)") }
    guard delivered >= messages else { complain("the crowd has only \(delivered) messages") }
    return [
      ("messages", "\(delivered)"), ("events", "\(result.events)"), ("cpu_s", seconds.text(6)),
      ("per_cpu_s", "\(Int(Double(delivered) / seconds))"),
      ("ns_per_event", (seconds * 1e9 / Double(result.events)).text(1)),
      ("trace_hash", "\(result.traceHash)"),
      ("peak_rss_mb", Usage.current.peakMegabytes.text(1)),
    ]
  }
}
