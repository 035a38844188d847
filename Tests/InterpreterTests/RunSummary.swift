import Analysis
import Interpreter
import SystemModel

/// What a run came to, as lines of text: any change of a verdict, a metric or the course of events
/// shows in them.
enum RunSummary {
  /// A scenario with its cells: all that is known of a single run, a line for each of several.
  static func text(_ scenario: CompiledScenario, _ results: [RunResult]) -> String {
    var lines = ["\(scenario.name ?? "") [\(scenario.tags.joined(separator: " "))]"]
    for (cell, result) in zip(scenario.cells, results) {
      lines.append(headline(cell, result))
      if results.count == 1 {
        lines += assertions(result) + faults(result) + calls(result) + metrics(result)
      } else {
        lines += result.assertions.filter { $0.verdict != .pass }.map { "  " + line($0) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func headline(_ cell: CompiledScenario.Cell, _ result: RunResult) -> String {
    let values = cell.values.map { "\($0.name)=\($0.value) " }.joined()
    let hash = String(result.traceHash, radix: 16)
    return values + "seed \(result.seed): \(result.verdict.rawValue)"
      + (result.outcome == result.verdict ? "" : ", as the \(result.outcome.rawValue) is expected")
      + "; \(result.end.name) at \(result.endedAt.text) after \(result.events) events; trace "
      + String(repeating: "0", count: 16 - hash.count) + hash
  }

  private static func assertions(_ result: RunResult) -> [String] {
    ["", "assertions"] + result.assertions.map { "  " + line($0) }
  }

  private static func line(_ assertion: AssertionResult) -> String {
    let line = "\(assertion.verdict.rawValue)  \(assertion.name)"
    guard let evidence = assertion.evidence else { return line }
    return line + "  (at \(evidence.at.text): \(assertion.reason))"
  }

  private static func faults(_ result: RunResult) -> [String] {
    guard !result.faults.isEmpty else { return [] }
    return ["", "faults"]
      + result.faults.flatMap { fault in
        fault.windows.map { window in
          let names = window.targets.map { result.topology.names[$0.index] }
          let end = window.end?.text ?? "the end"
          return "  \(fault.name)  \(window.start.text) to \(end)  \(names.joined(separator: " "))"
        }
      }
  }

  private static func calls(_ result: RunResult) -> [String] {
    guard !result.calls.isEmpty else { return [] }
    return ["", "calls"]
      + result.calls.prefix(20).map { call in
        let arguments = call.arguments.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return "  \(result.topology.names[call.node.index]) \(call.call)(\(arguments))  "
          + "\(call.invoked.text) to \(call.completed?.text ?? "the end")  \(call.outcome.name)"
          + (call.value.map { " \($0)" } ?? "")
      }
  }

  /// All but those of single links, which are many and add up to the others.
  private static func metrics(_ result: RunResult) -> [String] {
    ["", "metrics"]
      + result.metrics.filter { !$0.name.hasPrefix("messages.link.") }
      .map { "  \($0.name) = \(text($0.value))" }
  }

  private static func text(_ value: MetricValue) -> String {
    switch value {
    case .count(let count): "\(count)"
    case .duration(let nanoseconds): Duration(nanoseconds: nanoseconds).text
    case .ratio(let ratio): "\(ratio)"
    }
  }
}
