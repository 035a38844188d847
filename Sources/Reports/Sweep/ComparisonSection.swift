import Analysis
import Diagnostics
import SystemModel

/// What a sweep says of an earlier one: the figures that moved beyond the tolerance, and what the
/// two sweeps do not have in common.
struct ComparisonSection {
  /// The most figures that are shown; more of them are counted.
  private static let shownRows = 40

  private let file: String
  private let comparison: SweepComparison
  private let result: SweepResult
  private let width: Int
  private let paint: Paint

  init(
    _ reported: ReportedComparison, of result: SweepResult, width: Int, _ paint: Paint
  ) {
    file = reported.file
    comparison = reported.comparison
    self.result = result
    self.width = width
    self.paint = paint
  }

  /// The comparison in a line, such as `24 figures: 1 worse, 2 better, 21 same`.
  var summary: String {
    let order: [SweepComparison.Finding] = [.missing, .worse, .changed, .better, .same]
    let counts = order.compactMap { finding in
      let count = comparison.count(finding)
      return count == 0 ? nil : "\(count) \(finding.rawValue)"
    }
    let figures = Counted.text(comparison.rows.count, "figure")
    return counts.isEmpty ? "nothing to compare" : "\(figures): \(counts.joined(separator: ", "))"
  }

  /// All lines.
  var lines: [String] {
    var fields = FieldList(width: width, nameWidth: 11, paint: paint)
    fields.add("baseline", "\(file), tolerance \(Self.percent(comparison.tolerance.share))")
    fields.add("compared", summary)
    for note in notes { fields.add("note", note) }
    return fields.lines + (table.isEmpty ? [] : [""] + table)
  }

  private var moved: [SweepComparison.Row] { comparison.rows.filter { $0.finding != .same } }

  private var table: [String] {
    guard !moved.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .right, .right, .right])
    table.add(
      ["", "", "metric", "figure", "before", "now", "change"].map { .init($0, .faint) })
    for row in moved.prefix(Self.shownRows) {
      let (sign, part) = Self.sign(row)
      let subject = row.cell.isEmpty ? row.subject : "\(row.subject) (\(row.cell))"
      table.add([
        .init(sign, part), .init(row.finding.rawValue, part),
        .init(FittedText.cut(subject, to: width / 2)), .init(word(row)),
        .init(SweepText.value(row.before)), .init(row.now.map(SweepText.value) ?? "–"),
        .init(change(row)),
      ])
    }
    let more = moved.count - min(moved.count, Self.shownRows)
    return table.lines(indent: 2, paint) + (more > 0 ? ["  … and \(more) more"] : [])
  }

  /// What failed the sweep, what got better, and what only changed.
  private static func sign(_ row: SweepComparison.Row) -> (String, Paint.Part) {
    if row.isRegression { return ("✗", .error) }
    return row.finding == .better ? ("✓", .success) : ("~", .warning)
  }

  private func word(_ row: SweepComparison.Row) -> String {
    guard row.statistic == .share else { return row.statistic.rawValue }
    return row.subject == SweepBaseline.passRate ? "share of runs" : "runs with a value"
  }

  /// By which part of the former value it moved.
  private func change(_ row: SweepComparison.Row) -> String {
    guard let now = row.now?.number, row.before.number != 0 else { return "" }
    let share = (now - row.before.number) / abs(row.before.number)
    return (share < 0 ? "−" : "+") + Self.percent(abs(share))
  }

  /// A share in percent with at most two decimals.
  private static func percent(_ share: Double) -> String {
    let hundredths = (share * 10_000).rounded()
    guard hundredths < 1e15 else { return "over 1_000_000_000 %" }
    let (whole, rest) = Int64(hundredths).quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole) %" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest) %"
  }

  /// What makes the two sweeps differ that is no figure.
  private var notes: [String] {
    let baseline = comparison.baseline
    var notes: [String] = []
    if baseline.name != result.name {
      notes.append("the baseline is of another scenario, \(baseline.name)")
    }
    let ran = result.last.map { result.asked.lowerBound...$0 }
    if baseline.seeds != ran {
      let seeds = baseline.seeds.map { "seeds \($0.lowerBound) to \($0.upperBound)" } ?? "no seeds"
      notes.append("the baseline ran \(seeds)")
    }
    let semantics = EngineSemantics.version
    if baseline.semantics != semantics {
      notes.append(
        "the baseline was made with engine semantics \(baseline.semantics), this with \(semantics)")
    }
    return notes
  }
}
