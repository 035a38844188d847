import Analysis
import Diagnostics
import SystemModel

/// How assertions of a run came to their verdicts, for those of which that was asked.
public struct Explanations {
  private let run: ReportedRun
  private let options: TerminalReport.Options
  private let paint: Paint

  /// The explanations of a run.
  public init(_ run: ReportedRun, _ options: TerminalReport.Options = .init()) {
    self.run = run
    self.options = options
    paint = Paint(isOn: options.colour)
  }

  /// A block for each explained assertion, each with an empty line before it; empty if there are
  /// none.
  public var text: String {
    guard let result = run.result else { return "" }
    let blocks = result.assertions.compactMap { assertion in
      assertion.why.map { block(assertion, $0, result) }
    }
    return blocks.map { block in "\n" + block.map { $0 + "\n" }.joined() }.joined()
  }

  private func block(
    _ assertion: AssertionResult, _ why: Why, _ result: RunResult
  ) -> [String] {
    let cell = run.cell.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    let head = "why " + assertion.name + (cell.isEmpty ? "" : " (\(cell))")
    var fields = FieldList(width: options.width, nameWidth: 14, paint: paint)
    let expected = assertion.isExpectedToFail ? ", which is expected to fail" : ""
    fields.add("verdict", "\(assertion.verdict.rawValue) (\(assertion.form))\(expected)")
    fields.add("reason", assertion.reason)
    fields.add("looked at", evaluated(assertion, why))
    fields.add("windows", windows(why))
    fields.add("awaited", awaited(assertion, why))
    addWaits(why, to: &fields)
    for fact in why.facts { fields.add(fact.name, fact.text) }
    fields.add("closest", closest(why.closest))
    fields.add("read", readings(why.readings, isOneState: why.states < 2))
    var lines = [paint(.emphasis, FittedText.cut(head, to: options.width))] + fields.lines
    if let evidence = assertion.evidence, assertion.verdict != .pass {
      let details = RunDetails(
        run, result, width: options.width, paint: paint, withExpected: true)
      lines += details.evidence(evidence)
    }
    return lines
  }

  private func evaluated(_ assertion: AssertionResult, _ why: Why) -> String {
    if let subjects = why.subjects {
      let what = why.subject.isEmpty ? "what it is about" : "\(why.subject):"
      return "\(what) occurred \(Counted.text(subjects, "time"))".replacing(": occurred", with: ",")
    }
    if ["metric", "at_end"].contains(assertion.form) { return "the last state alone" }
    let evaluations = Counted.text(assertion.evaluations, "evaluation")
    return "\(Counted.text(why.states, "state")), true in \(why.trueStates); \(evaluations)"
  }

  private func windows(_ why: Why) -> String {
    guard let first = why.firstOpened, let last = why.lastOpened else { return "" }
    let opened = "\(why.windowsOpened) opened, \(why.windowsClosed) closed"
    return first == last
      ? "\(opened); at \(first.text)" : "\(opened); first at \(first.text), last at \(last.text)"
  }

  private func awaited(_ assertion: AssertionResult, _ why: Why) -> String {
    switch assertion.form {
    case "when":
      return "`when` came true \(Counted.text(why.asked, "time")), answered by \(why.answered)"
        + (why.answered == 1 ? " `then`" : " `then`s")
    case "eventually":
      return "in \(Counted.text(why.asked, "window")), and came in \(why.answered)"
    case "hold" where why.asked > 0:
      return "`until` in \(Counted.text(why.asked, "window")), and came in \(why.answered)"
    case "sometimes": return why.answered > 0 ? "and reached" : "and never reached"
    default: return ""
    }
  }

  private func addWaits(_ why: Why, to fields: inout FieldList) {
    guard let first = why.firstAnswer, let tightest = why.tightest else { return }
    fields.add("came true", text(first))
    if tightest != first || tightest.slack != nil {
      fields.add(tightest.slack == nil ? "longest" : "least slack", slack(tightest))
    }
  }

  private func text(_ wait: Why.Wait) -> String {
    "first at \(wait.came.text), \((wait.came - wait.since).text) after \(wait.since.text)"
  }

  private func slack(_ wait: Why.Wait) -> String {
    let times = "awaited from \(wait.since.text), there at \(wait.came.text)"
    return wait.slack.map { "\($0.text): \(times)" } ?? times
  }

  private func closest(_ all: [Why.Closest]) -> TextTable {
    var table = TextTable([.left, .left, .left], gap: 3)
    for closest in all {
      table.add([
        .init(FittedText.cut(closest.comparison, to: options.width / 2)),
        .init("\(closest.left) and \(closest.right)"),
        .init("\(distance(closest)) at \(closest.at.text)"),
      ])
    }
    return table
  }

  private func distance(_ closest: Why.Closest) -> String {
    closest.distance.hasPrefix("-")
      ? "past it by \(closest.distance.dropFirst())" : "\(closest.distance) apart"
  }

  /// The most values that are shown; reports for programs have more.
  private static let shownReadings = 12

  /// The values that a name had one after the other, as many of the first as there is room for, and
  /// the last.
  private func values(of reading: Why.Reading) -> String {
    let room = options.width * 2 / 5
    if reading.changes == 0 { return FittedText.cut(reading.first, to: room) }
    let isWhole = reading.changes < reading.values.count
    let whole = reading.values.joined(separator: " → ")
    if isWhole, VisibleText.width(whole) <= room { return whole }
    for count in reading.values.indices.reversed() where count > 0 {
      let text = (reading.values.prefix(count) + ["…", reading.last]).joined(separator: " → ")
      if VisibleText.width(text) <= room { return text }
    }
    return FittedText.cut("… → \(reading.last)", to: room)
  }

  /// What was read; of much of it what changed comes before what never did.
  private func readings(_ readings: [Why.Reading], isOneState: Bool) -> TextTable {
    var table = TextTable([.left, .left, .left], gap: 3)
    var shown = readings
    if readings.count > Self.shownReadings {
      shown = readings.filter { $0.changes > 0 } + readings.filter { $0.changes == 0 }
      shown = Array(shown.prefix(Self.shownReadings))
    }
    for reading in shown {
      var change = isOneState ? "" : "never changed"
      if let first = reading.firstChange, let last = reading.lastChange {
        change = Counted.text(reading.changes, "change") + ", at \(first.text)"
        if last != first { change = change.replacing(", at", with: ", from") + " to \(last.text)" }
      }
      table.add([
        .init(FittedText.cut(reading.name, to: options.width / 3)),
        .init(values(of: reading)), .init(change, .faint),
      ])
    }
    guard shown.count < readings.count else { return table }
    let left = readings.count - shown.count
    let changed = readings.count { $0.changes > 0 } - shown.count { $0.changes > 0 }
    let others = "and \(Counted.text(left, "other"))"
    table.add([
      .init(changed > 0 ? "\(others), of which \(changed) changed" : others, .faint), .init(""),
      .init("--json has up to 64", .faint),
    ])
    return table
  }
}
