import Analysis

/// The report on a sweep for spreadsheets and plots: a line for each cell and metric, below a line
/// with the names of the columns, as RFC 4180 has it.
///
/// Lengths of time are whole nanoseconds. A cell without any metric has one line. The last columns
/// tell of the failure that occurred in the cell with the least seed and in no cell before it: which
/// assertion, with which seed, and what that seed has drawn; and why the pass rate has no interval.
public enum SweepCSV {
  private static let columns = [
    "scenario", "file", "cell", "runs", "pass", "inconclusive", "vacuous", "fail", "error",
    "pass_rate", "pass_rate_low", "pass_rate_high", "metric", "unit", "count", "mean", "p50", "p90",
    "p99", "least", "least_seed", "greatest", "greatest_seed", "failure", "failure_seed", "drawn",
    "no_interval",
  ]

  /// The whole report; its lines end with carriage return and line feed.
  public static func text(_ sweep: ReportedSweep) -> String {
    var lines = [columns]
    for (place, cell) in sweep.result.cells.enumerated() {
      let counts = [Verdict.pass, .inconclusive, .vacuous, .fail, .error]
        .map { "\(cell.verdicts[$0])" }
      let rate = sweep.rate(ofCell: place)
      let (low, high) = rate.interval.map { ("\($0.low)", "\($0.high)") } ?? ("", "")
      let share = cell.passRate.share.map { "\($0)" } ?? ""
      let head =
        [sweep.result.name, sweep.file, sweep.text(ofCell: place), "\(cell.runs)"] + counts
        + [share, low, high]
      let tail = failure(ofCell: place, sweep) + [rate.reason ?? ""]
      if cell.metrics.isEmpty { lines.append(head + Array(repeating: "", count: 11) + tail) }
      for metric in cell.metrics { lines.append(head + columns(of: metric) + tail) }
    }
    return lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func columns(of metric: MetricDistribution) -> [String] {
    let percentiles = metric.percentiles
    return [
      metric.name, metric.unit.rawValue, "\(metric.count)", number(metric.mean),
      number(percentiles?.p50), number(percentiles?.p90), number(percentiles?.p99),
      number(metric.least?.value), metric.least.map { "\($0.seed)" } ?? "",
      number(metric.greatest?.value), metric.greatest.map { "\($0.seed)" } ?? "",
    ]
  }

  private static func failure(ofCell cell: Int, _ sweep: ReportedSweep) -> [String] {
    let failures = sweep.result.failures.filter { $0.cell == cell }
    guard let first = failures.min(by: { $0.result.seed < $1.result.seed }) else {
      return ["", "", ""]
    }
    return [
      first.fingerprint.assertion, "\(first.result.seed)", first.result.drawn?.text ?? "",
    ]
  }

  private static func number(_ value: MetricValue?) -> String {
    switch value {
    case .count(let number), .duration(let number): "\(number)"
    case .ratio(let share): "\(share)"
    case nil: ""
    }
  }

  /// A text in quotes if it must be, with its quotes doubled.
  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"\(doubled.joined(separator: "\"\""))\""
  }
}
