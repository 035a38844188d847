import Analysis
import Diagnostics
import Reports
import SystemModel
import TestSupport

/// Runs of a matrix.
extension SampleRuns {
  static func cell(_ settings: KeyValuePairs<String, String>) -> [ReportedRun.Setting] {
    settings.map { .init(name: $0.key, value: $0.value) }
  }

  /// A sweep over the time of a cut, which fails between two instants.
  static let sweep: [ReportedRun] = stride(from: Int64(0), through: 150, by: 5).map { cut in
    run(
      "scenarios/consensus/window.yaml", name: "failure window",
      marked: "assertions:\n  - eventually: «node1.completed»\n", cell: cell(["cut_at": "\(cut)ms"])
    ) { result, spans in
      let fails = cut > 80 && cut <= 145
      result.verdict = fails ? .fail : .pass
      result.outcome = result.verdict
      result.endedAt = at(fails ? 5000 : 145 + cut)
      result.traceHash = UInt64(cut)
      result.metrics = [.init(name: "messages.wire", value: .count(fails ? 10 : 12))]
      result.assertions = [
        AssertionResult(
          name: "node1.completed", form: "eventually", verdict: result.verdict, span: spans[0],
          reason: fails ? "it never became true" : "",
          evidence: fails
            ? Evidence(at: at(5000), record: nil, event: "nothing can happen any more") : nil,
          evaluations: 30, opportunities: 1)
      ]
    }
  }
}
