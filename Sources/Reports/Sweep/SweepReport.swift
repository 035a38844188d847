import Analysis
import Diagnostics

/// The report on a sweep for people: how many runs passed, how metrics are distributed, which
/// `sometimes` were reached, and each distinct failure with what shows it.
///
/// The same runs give the same text: no clock is read and nothing of the machine is shown.
public struct SweepReport: Sendable {
  /// The most distinct failures that are shown in full; more of them are counted.
  static let shownFailures = 10

  private let sweep: ReportedSweep
  private let width: Int
  private let paint: Paint

  /// A report; whether it is verbose plays no part.
  public init(_ sweep: ReportedSweep, _ options: TerminalReport.Options = .init()) {
    self.sweep = sweep
    width = max(80, options.width)
    paint = Paint(isOn: options.colour)
  }

  /// The whole report; its lines end with line ends.
  public var text: String {
    let sections = [head, facts, cells] + metrics + [sometimes, comparison] + failures + undecided
    let lines = sections.filter { !$0.isEmpty }.joined(separator: [""])
    return lines.map { $0 + "\n" }.joined()
  }

  private var result: SweepResult { sweep.result }
  private var hasMatrix: Bool { sweep.cells.count > 1 || !sweep.cells[0].isEmpty }

  private var head: [String] {
    let status = "\(sweep.status.sign) \(sweep.status.rawValue)"
    let course = FittedText.cut(sweep.course, to: 60)
    let name = FittedText.cut(result.name, to: width - 4 - 9 - VisibleText.width(course))
    return [
      paint(sweep.status.part, status) + "  " + paint(.emphasis, name) + "  "
        + paint(.faint, course)
    ]
  }

  private var facts: [String] {
    guard result.runs > 0 else { return [] }
    var fields = FieldList(width: width, nameWidth: 11, paint: paint)
    let cells = hasMatrix ? " in \(Counted.text(sweep.cells.count, "cell"))" : ""
    fields.add("runs", "\(result.runs)\(cells): \(outcomes(result.cells.map(\.verdicts)))")
    fields.add("pass rate", "\(SweepText.percent(result.passRate)), \(sweep.rate.words)")
    fields.add("traces", traces)
    return fields.lines
  }

  /// How many different traces the runs had.
  private var traces: String {
    let counts = result.cells.map(\.traces)
    let sum = counts.reduce(0) { $0 + $1.count }
    let places = hasMatrix ? "in a cell" : "in this scenario"
    if result.runs > counts.count, counts.allSatisfy({ $0.count == 1 }) {
      let number = hasMatrix ? "one in each cell" : "1"
      return "\(number): nothing \(places) depends on the seed"
    }
    return counts.contains(where: \.hasMore) ? "more than \(sum) different" : "\(sum) different"
  }

  private func outcomes(_ counts: [VerdictCounts]) -> String {
    Verdict.allCases.compactMap { verdict in
      let count = counts.reduce(0) { $0 + $1[verdict] }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }.joined(separator: ", ")
  }

  // MARK: Tables

  private func row(of names: [String]) -> [TextTable.Cell] { names.map { .init($0, .faint) } }

  /// The cells of a matrix, each in a line.
  private var cells: [String] {
    guard hasMatrix, result.runs > 0 else { return [] }
    var table = TextTable([.left, .left, .right, .right, .left, .left])
    table.add(row(of: ["", "cell", "runs", "pass rate", "95 % interval", "outcomes"]))
    for (place, cell) in result.cells.enumerated() {
      let status = RunStatus(cell.verdict)
      table.add([
        .init(status.sign, status.part), .init(cellText(place)), .init("\(cell.runs)"),
        .init(SweepText.percent(cell.passRate)), .init(sweep.rate(ofCell: place).intervalText),
        .init(outcomes([cell.verdicts])),
      ])
    }
    return table.lines(indent: 2, paint)
  }

  private func cellText(_ place: Int) -> String {
    FittedText.cut(sweep.text(ofCell: place), to: width / 3)
  }

  /// A table of all metrics; with a matrix one of all cells for each metric.
  private var metrics: [[String]] {
    guard hasMatrix else { return [table("metric", metricRows(of: result.cells[0]))] }
    var names: [String] = []
    for cell in result.cells {
      for metric in cell.metrics where !names.contains(metric.name) { names.append(metric.name) }
    }
    return names.map { name in
      let rows = result.cells.enumerated().compactMap { place, cell in
        cell.metrics.first { $0.name == name }.map { (cellText(place), $0) }
      }
      return table(name, rows)
    }
  }

  private func metricRows(of cell: SweepCell) -> [(String, MetricDistribution)] {
    cell.metrics.map { (FittedText.cut($0.name, to: width / 3), $0) }
  }

  private func table(_ title: String, _ rows: [(String, MetricDistribution)]) -> [String] {
    let shown = rows.filter { $0.1.count > 0 }
    guard !shown.isEmpty else { return [] }
    var table = TextTable([.left] + Array(repeating: .right, count: 9))
    let names = ["runs", "mean", "p50", "p90", "p99", "least", "seed", "greatest", "seed"]
    table.add([.init(title, .emphasis)] + row(of: names))
    for (name, metric) in shown {
      guard let mean = metric.mean, let percentiles = metric.percentiles, let least = metric.least,
        let greatest = metric.greatest
      else { continue }
      let values = [mean, percentiles.p50, percentiles.p90, percentiles.p99].map(SweepText.value)
      table.add(
        [.init(name), .init("\(metric.count)", .faint)] + values.map { .init($0) } + [
          .init(SweepText.value(least.value)), .init("\(least.seed)", .faint),
          .init(SweepText.value(greatest.value)), .init("\(greatest.seed)", .faint),
        ])
    }
    let steps = shown.map(\.1.step).max() ?? 1
    let note = steps > 1 ? ["  percentiles are rounded down to multiples of \(steps)"] : []
    return table.lines(indent: 2, paint) + note
  }

  private var sometimes: [String] {
    var table = TextTable([.left, .left, .right])
    table.add([.init(""), .init("sometimes", .emphasis), .init("reached", .faint)])
    for (place, cell) in result.cells.enumerated() {
      for found in cell.sometimes where found.runs > 0 {
        let status = RunStatus(found.verdict)
        let name = hasMatrix ? "\(found.name) (\(sweep.text(ofCell: place)))" : found.name
        table.add([
          .init(status.sign, status.part), .init(FittedText.cut(name, to: width - 34)),
          .init("in \(found.reached) of \(Counted.text(found.runs, "run"))"),
        ])
      }
    }
    let lines = table.lines(indent: 2, paint)
    return lines.count > 1 ? lines : []
  }

  private var comparison: [String] {
    sweep.comparison.map { ComparisonSection($0, of: result, width: width, paint).lines } ?? []
  }

  // MARK: Failures

  private var failures: [[String]] {
    var blocks = result.failures.prefix(Self.shownFailures).map(block)
    let more = result.failures.count - blocks.count
    if more > 0 {
      blocks.append(["… and \(Counted.text(more, "more distinct failure"))"])
    }
    return blocks
  }

  private func block(_ failure: SweepFailure) -> [String] {
    let run = sweep.run(failure)
    var fields = FieldList(width: width, nameWidth: 13, paint: paint)
    let seeds = failure.seeds.map(String.init).joined(separator: ", ")
    let more = failure.count > failure.seeds.count ? ", …" : ""
    fields.add("runs", Counted.text(failure.count, "run"))
    fields.add(failure.count == 1 ? "seed" : "seeds", seeds + more)
    fields.add("drawn", failure.result.drawn?.text ?? "")
    fields.add("fingerprint", failure.fingerprint.code)
    if failure.result.assertion(failure.fingerprint.assertion)?.isExpectedToFail == true {
      fields.add("expected", "the scenario expects this; a sweep counts outcomes before `expect`")
    }
    fields.add(whole: "repeat", run.command.text)
    let findings = Findings(run, width: width, paint: paint, withExpected: false).lines
    return [heading(failure), ""] + findings + [""] + fields.lines
  }

  private func heading(_ failure: SweepFailure) -> String {
    heading(failure.fingerprint.verdict, failure.fingerprint.assertion, cell: failure.cell)
  }

  // MARK: What decided nothing

  private var undecided: [[String]] {
    var blocks = result.undecided.prefix(Self.shownFailures).map(block)
    let more = result.undecided.count - blocks.count
    if more > 0 {
      blocks.append(["… and \(more) more that kept runs from a verdict"])
    }
    return blocks
  }

  private func block(_ found: SweepUndecided) -> [String] {
    var fields = FieldList(width: width, nameWidth: 13, paint: paint)
    fields.add("runs", "\(found.count) of \(Counted.text(result.runs, "run"))")
    fields.add("first seed", "\(found.seed)")
    fields.add("drawn", found.drawn?.text ?? "")
    fields.add(whole: "repeat", sweep.command(cell: found.cell, seed: found.seed).text)
    let name = found.subject == .fault ? "fault \(found.name)" : found.name
    let reason = "  " + FittedText.cut(found.reason, to: width - 2)
    return [heading(found.verdict, name, cell: found.cell), "", reason, ""] + fields.lines
  }

  private func heading(_ verdict: Verdict, _ name: String, cell: Int) -> String {
    let status = RunStatus(verdict)
    let word = "\(status.sign) \(status.rawValue)"
    var title = VisibleText.escaped(name)
    if hasMatrix { title += "  \(VisibleText.escaped(sweep.text(ofCell: cell)))" }
    title = FittedText.cut(title, to: width - word.count - 10)
    let used = word.count + VisibleText.width(title) + 6
    let rule = String(repeating: "─", count: max(3, width - used))
    return paint(.frame, "──") + " " + paint(status.part, word) + "  " + paint(.emphasis, title)
      + " " + paint(.frame, rule)
  }
}
