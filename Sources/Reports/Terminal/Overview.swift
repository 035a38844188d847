import Analysis
import Diagnostics
import SystemModel

/// The lines of a report that say how each scenario ended: one for a scenario, and below that of
/// one with a matrix one for neighbouring cells of equal outcome.
struct Overview {
  /// The last column gives way to the names if it is wider than this.
  private static let factsWidth = 24

  /// A line before it is aligned.
  private struct Row {
    let status: TextTable.Cell
    let name: String
    var duration = ""
    var messages = ""
    var facts = ""
    var factsPart = Paint.Part.plain

    /// The columns between the name and the facts.
    var middle: [TextTable.Cell] { [.init(duration), .init(messages)] }
  }

  private let rows: [Row]
  private let width: Int
  private let paint: Paint

  init(_ groups: [RunGroup], width: Int, paint: Paint) {
    rows = groups.flatMap(Self.rows)
    self.width = width
    self.paint = paint
  }

  var lines: [String] {
    let fixed =
      2 + widest { VisibleText.width($0.status.text) }
      + (0..<2).reduce(0) { sum, column in
        let widest = widest { VisibleText.width($0.middle[column].text) }
        return widest == 0 ? sum : sum + 2 + widest
      }
    let room = width - fixed - 2
    let names = widest { VisibleText.width(VisibleText.escaped($0.name)) }
    let facts = widest { VisibleText.width(VisibleText.escaped($0.facts)) }
    let nameWidth = max(16, min(names, max(room - facts, room - Self.factsWidth)))
    var table = TextTable([.left, .left, .right, .right, .left])
    for row in rows {
      let name = FittedText.cut(row.name, to: nameWidth)
      let facts = FittedText.cut(row.facts, to: max(8, room - nameWidth))
      table.add([row.status, .init(name)] + row.middle + [.init(facts, row.factsPart)])
    }
    return table.lines(paint)
  }

  private func widest(_ width: (Row) -> Int) -> Int { rows.map(width).max() ?? 0 }

  // MARK: Rows

  private static func rows(_ group: RunGroup) -> [Row] {
    let first = group.runs[0]
    if first.cell.isEmpty { return [row(first.name, group.runs, group.status, indent: "")] }
    var head = Row(status: word(group.status, indent: ""), name: first.name)
    head.facts = Counted.text(group.runs.count, "cell")
    return [head]
      + group.rows.map { row in
        let runs = row.places.map { group.runs[$0] }
        var line = self.row("  " + row.text, runs, row.outcome.status, indent: "  ")
        if runs.count > 1 { line.facts = Counted.text(runs.count, "cell") + ", " + line.facts }
        return line
      }
  }

  private static func word(_ status: RunStatus, indent: String) -> TextTable.Cell {
    .init("\(indent)\(status.sign) \(status.rawValue)", status.part)
  }

  /// The line of runs of equal outcome.
  private static func row(
    _ name: String, _ runs: [ReportedRun], _ status: RunStatus, indent: String
  ) -> Row {
    var row = Row(status: word(status, indent: indent), name: name)
    let results = runs.compactMap(\.result)
    guard let first = results.first else {
      switch runs[0].ending {
      case .skipped(let reason): row.facts = reason
      case .refused:
        let mistakes = runs[0].diagnostics.sorted.count + runs[0].diagnostics.overflow
        row.facts = Counted.text(mistakes, "mistake")
      case .judged: break
      }
      row.factsPart = .faint
      return row
    }
    row.duration = durations(results.map(\.endedAt))
    row.messages = messages(results)
    row.facts = AssertionSummary.text(first.assertions)
    return row
  }

  /// The one duration of all, or the least and the greatest, such as `131–295ms`; rounded, so that
  /// an odd nanosecond does not take the room of the names.
  private static func durations(_ instants: [Instant]) -> String {
    guard let least = instants.min()?.briefText, let greatest = instants.max()?.briefText else {
      return ""
    }
    if least == greatest { return least }
    let digits = "0123456789."
    let (unit, otherUnit) = (
      least.drop { digits.contains($0) }, greatest.drop { digits.contains($0) }
    )
    return unit == otherUnit ? "\(least.dropLast(unit.count))–\(greatest)" : "\(least)–\(greatest)"
  }

  private static func messages(_ results: [RunResult]) -> String {
    let counts = results.compactMap { result -> Int64? in
      if case .count(let value)? = result.metric("messages.wire") { return value }
      return nil
    }
    guard let least = counts.min(), let greatest = counts.max() else { return "" }
    return least == greatest
      ? Counted.text(least, "message") : "\(least)–\(greatest) messages"
  }
}
