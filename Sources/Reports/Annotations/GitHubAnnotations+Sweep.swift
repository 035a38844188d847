import Analysis
import Diagnostics

// What a sweep has found, at its lines of the scenario.
extension GitHubAnnotations {
  /// A line for each distinct failure, each `sometimes` that no run reached, what kept runs from a
  /// verdict, a mistake that a seed draws, and figures that got worse. Failures name the first seed
  /// and the command that repeats it: of the capsule, if it was kept.
  public static func text(_ sweep: ReportedSweep) -> String {
    let result = sweep.result
    let lines =
      zip(result.failures, sweep.capsules).map { failure($0, $1, sweep) }
      + result.cells.indices.flatMap { unreached(in: $0, sweep) }
      + result.undecided.map { undecided($0, sweep) } + refused(sweep) + worse(sweep)
    return lines.map { $0 + "\n" }.joined()
  }

  private static func failure(
    _ failure: SweepFailure, _ capsule: String?, _ sweep: ReportedSweep
  ) -> String {
    let run = sweep.run(failure)
    let fault = failure.result.faults.first { $0.diagnostic != nil }
    let assertion = failure.result.assertion(failure.fingerprint.assertion)
    let name = failure.fingerprint.assertion
    let reason = assertion.map(reason) ?? fault?.diagnostic?.message ?? failure.fingerprint.code
    let command = capsule.map { RepeatCommand(replayOf: $0).text } ?? run.command.text
    return self.command(
      "error", assertion?.span ?? fault?.span, (sweep.file, sweep.sources),
      title: "\(sweep.result.name): \(name)",
      "\(reason)\(cell(failure.cell, sweep)). \(share(failure.count, sweep)), first with seed "
        + "\(failure.result.seed): \(command)")
  }

  private static func unreached(in cell: Int, _ sweep: ReportedSweep) -> [String] {
    sweep.result.cells[cell].sometimes.filter { $0.verdict != .pass }.map { found in
      command(
        found.verdict == .fail ? "error" : "warning", found.span, (sweep.file, sweep.sources),
        title: "\(sweep.result.name): \(found.name)",
        "\(found.verdict.rawValue)\(self.cell(cell, sweep)): reached in \(found.reached) of "
          + Counted.text(found.runs, "run"))
    }
  }

  private static func undecided(_ found: SweepUndecided, _ sweep: ReportedSweep) -> String {
    command(
      "warning", found.span, (sweep.file, sweep.sources),
      title: "\(sweep.result.name): \(found.name)",
      "\(found.verdict.rawValue)\(cell(found.cell, sweep)): \(found.reason). "
        + "\(share(found.count, sweep)), first with seed \(found.seed): "
        + sweep.command(cell: found.cell, seed: found.seed).text)
  }

  private static func refused(_ sweep: ReportedSweep) -> [String] {
    guard let refused = sweep.result.refused else { return [] }
    return refused.diagnostics.map { diagnostic in
      command(
        "error", diagnostic.span, (sweep.file, sweep.sources), title: diagnostic.code.id,
        "\(diagnostic.message); seed \(refused.seed) draws it")
    }
  }

  private static func worse(_ sweep: ReportedSweep) -> [String] {
    guard let reported = sweep.comparison, reported.comparison.isRegression else { return [] }
    let section = ComparisonSection(reported, of: sweep.result, width: 100, Paint(isOn: false))
    return [
      command(
        "error", nil, (sweep.file, sweep.sources), title: "\(sweep.result.name): baseline",
        "worse than \(reported.file): \(section.summary)")
    ]
  }

  private static func share(_ count: Int, _ sweep: ReportedSweep) -> String {
    "In \(count) of \(Counted.text(sweep.result.runs, "run"))"
  }

  /// The cell in brackets; empty if there is no matrix.
  private static func cell(_ cell: Int, _ sweep: ReportedSweep) -> String {
    let text = sweep.text(ofCell: cell)
    return text.isEmpty ? "" : " (\(text))"
  }
}
