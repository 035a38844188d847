import Analysis
import Diagnostics
import SystemModel

/// What is to be said of a run that is no pass: diagnostics, assertions and faults.
struct Findings {
  /// The lines; empty if there is nothing to say.
  let lines: [String]

  /// What was found; with assertions that fail as expected if the reader wants to see all.
  init(_ run: ReportedRun, width: Int, paint: Paint, withExpected: Bool) {
    var lines: [String] = []
    if run.result == nil, !run.diagnostics.isEmpty {
      let text = DiagnosticRenderer(run.sources, colour: paint.isOn).text(run.diagnostics)
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      while lines.last == "" { lines.removeLast() }
    }
    if let result = run.result {
      let details = RunDetails(run, result, width: width, paint: paint, withExpected: withExpected)
      if !lines.isEmpty, !details.lines.isEmpty { lines.append("") }
      lines += details.lines
    }
    self.lines = lines
  }
}

/// What was not a pass in a run: its assertions and faults with their source lines and evidence.
struct RunDetails {
  /// The most assertions of a run that are shown in full; more of them are counted.
  static let shownLimit = 20

  private let run: ReportedRun
  private let result: RunResult
  private let width: Int
  private let paint: Paint
  private let withExpected: Bool

  /// The details; with those of assertions that fail as expected if the reader wants to see all.
  init(
    _ run: ReportedRun, _ result: RunResult, width: Int, paint: Paint, withExpected: Bool
  ) {
    self.run = run
    self.result = result
    self.width = width
    self.paint = paint
    self.withExpected = withExpected
  }

  /// The lines; empty if there is nothing to say.
  var lines: [String] {
    let assertions = result.assertions.filter {
      $0.weightAfterExpectation != .pass || (withExpected && $0.isExpectedToFail)
    }
    let faults = result.faults.filter { $0.verdict != .pass }
    var blocks = assertions.prefix(Self.shownLimit).map(block)
    if assertions.count > Self.shownLimit {
      blocks.append(["… and \(assertions.count - Self.shownLimit) more assertions"])
    }
    blocks += faults.prefix(Self.shownLimit).map(block)
    let entries = result.idleEntries.filter { $0.verdict != .pass }
    blocks += entries.prefix(Self.shownLimit).map(block)
    if entries.count > Self.shownLimit {
      blocks.append(["… and \(entries.count - Self.shownLimit) more entries"])
    }
    if !result.remarks.isEmpty { blocks.insert(remarks, at: 0) }
    return Array(blocks.joined(separator: [""]))
  }

  private var remarks: [String] {
    result.remarks.flatMap { remark in
      FittedText.wrap(remark, to: width - 6).enumerated().map { place, line in
        (place == 0 ? paint(.emphasis, "note:") + " " : "      ") + line
      }
    }
  }

  // MARK: Assertions

  private func block(_ assertion: AssertionResult) -> [String] {
    var lines = [paint(.emphasis, FittedText.cut(assertion.name, to: width))]
    if let diagnostic = assertion.diagnostic {
      lines += rendered(diagnostic)
    } else if let span = assertion.span {
      lines += excerpt(span, Self.finding(assertion), status(of: assertion).part)
    } else {
      lines.append("  " + paint(status(of: assertion).part, Self.finding(assertion)))
    }
    var fields = FieldList(width: width, paint: paint)
    fields.add("reason", assertion.reason)
    if let evidence = assertion.evidence { addEvidence(evidence, to: &fields) }
    fields.add("help", Advice.text(assertion, in: result))
    return lines + fields.lines
  }

  /// What is said under the carets, such as `always fails at 131ms`.
  static func finding(_ assertion: AssertionResult) -> String {
    switch assertion.verdict {
    case .pass: return "\(assertion.form) holds, but is expected to fail"
    case .fail:
      let time = assertion.evidence.map { " at \($0.at.text)" } ?? ""
      return "\(assertion.form) fails\(time)" + (assertion.isExpectedToFail ? " as expected" : "")
    case .vacuous: return "\(assertion.form) is vacuous"
    case .inconclusive: return "\(assertion.form) is inconclusive"
    case .error: return "\(assertion.form) cannot be evaluated"
    }
  }

  private func status(of assertion: AssertionResult) -> RunStatus {
    RunStatus(assertion.weightAfterExpectation)
  }

  /// The evidence alone, as lines.
  func evidence(_ evidence: Evidence) -> [String] {
    var fields = FieldList(width: width, nameWidth: 14, paint: paint)
    addEvidence(evidence, to: &fields)
    return fields.lines
  }

  /// The most values of an evidence that are shown; reports for programs have all.
  private static let shownValues = 16

  private func addEvidence(_ evidence: Evidence, to fields: inout FieldList) {
    var time = evidence.at.text
    if let opened = evidence.windowOpened {
      time += ", in the window that opened at \(opened.text)"
    }
    fields.add("time", time)
    fields.add("event", evidence.event)
    var values = TextTable([.left, .left], gap: 3)
    for reading in evidence.readings.prefix(Self.shownValues) {
      values.add([
        .init(FittedText.cut(reading.name, to: width / 3)),
        .init(FittedText.cut(reading.value, to: width / 2)),
      ])
    }
    if evidence.readings.count > Self.shownValues {
      let left = evidence.readings.count - Self.shownValues
      values.add([.init("and \(Counted.text(left, "other"))", .faint), .init("")])
    }
    fields.add("values", values)
    let acting = evidence.activeFaults.map { $0 + window(of: $0, at: evidence.at) }
    fields.add("faults", acting.joined(separator: ", "))
    let earlier = evidence.faultsSoFar.map { fault in
      fault.ledger.isIdle ? fault.name : "\(fault.name) (\(RunSections.text(fault.ledger)))"
    }
    fields.add("so far", earlier.joined(separator: ", "))
    fields.add("messages", messages(evidence.messages, width: fields.room))
  }

  /// From when to when a fault acted that acted at an instant; empty if it is not known.
  private func window(of fault: String, at instant: Instant) -> String {
    let windows = result.faults.first { $0.name == fault }?.windows ?? []
    let last = windows.last { $0.start <= instant && instant <= $0.end ?? instant }
    guard let last else { return "" }
    return last.end.map { " [\(last.start.text), \($0.text))" } ?? " from \(last.start.text) on"
  }

  private func messages(_ messages: [MessageEvidence], width: Int) -> TextTable {
    var table = TextTable([.right, .left, .right, .left, .left, .left, .left], gap: 1)
    let rows = messages.map { message in
      [
        message.sent?.text ?? "earlier", seen(message),
        result.topology.names[message.from.index], result.topology.names[message.to.index],
      ]
    }
    // Both arrows, a space more before the names, and one more before the text.
    let used = (0..<4).reduce(2 + 6 + 2) { used, column in
      used + (rows.map { VisibleText.width(VisibleText.escaped($0[column])) }.max() ?? 0)
    }
    let room = max(width - used, 16)
    for message in messages {
      if message.leftOutBefore > 0 {
        let others = Counted.text(message.leftOutBefore, "other")
        table.add(
          [.init("…", .faint)] + Array(repeating: .init(""), count: 5)
            + [.init(" \(others), left out here", .faint)])
      }
      table.add([
        .init(message.sent?.text ?? "earlier"), .init("→", .frame),
        .init(seen(message), message.isLost ? .error : .plain),
        .init(" " + result.topology.names[message.from.index]), .init("→", .frame),
        .init(result.topology.names[message.to.index]),
        .init(" " + FittedMessage(message).text(width: room)),
      ])
    }
    return table
  }

  private func seen(_ message: MessageEvidence) -> String {
    guard let seen = message.seen else { return "on its way" }
    return (message.isLost ? "lost " : "") + seen.text
  }

  // MARK: Faults

  private func block(_ fault: FaultResult) -> [String] {
    let title = "fault " + FittedText.cut(fault.name, to: width - 6)
    if let diagnostic = fault.diagnostic {
      return [paint(.emphasis, title)] + rendered(diagnostic)
    }
    let finding =
      fault.fired == 0
      ? "never fired" : "fired \(Counted.text(fault.fired, "time")) and touched nothing"
    return idle(title, finding, fault.verdict, at: fault.span, Advice.idleFault)
  }

  private func block(_ entry: IdleEntry) -> [String] {
    let title = FittedText.cut(entry.name, to: width)
    return idle(title, "never occurred", entry.verdict, at: entry.span, Advice.idleEntry)
  }

  /// What the scenario speaks of and what did not matter in the run.
  private func idle(
    _ title: String, _ finding: String, _ verdict: Verdict, at span: SourceSpan?, _ help: String
  ) -> [String] {
    let isCutOff = verdict == .inconclusive
    let finding = finding + (isCutOff ? " before the run was cut off" : "")
    var lines = [paint(.emphasis, title)]
    if let span {
      lines += excerpt(span, finding, .warning)
    } else {
      lines.append("  " + paint(.warning, finding))
    }
    var fields = FieldList(width: width, paint: paint)
    fields.add("help", isCutOff ? Advice.inconclusive(result) : help)
    return lines + fields.lines
  }

  // MARK: Places

  private func excerpt(_ span: SourceSpan, _ label: String, _ part: Paint.Part) -> [String] {
    let renderer = DiagnosticRenderer(run.sources, colour: paint.isOn)
    return Self.lines(renderer.excerpt(span, label: label, part))
  }

  private func rendered(_ diagnostic: Diagnostic) -> [String] {
    Self.lines(DiagnosticRenderer(run.sources, colour: paint.isOn).text(diagnostic))
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }
}

/// Facts with their names in front of them.
struct FieldList {
  private let width: Int
  private let indent: Int
  private let nameWidth: Int
  private let paint: Paint
  private(set) var lines: [String] = []
  /// How many columns are left for what stands behind a name.
  var room: Int { width - indent - nameWidth }

  /// A list whose lines are at most `width` columns wide.
  init(width: Int, indent: Int = 2, nameWidth: Int = 10, paint: Paint) {
    self.width = width
    self.indent = indent
    self.nameWidth = nameWidth
    self.paint = paint
  }

  /// Adds a text, in several lines if need be; nothing if it is empty.
  mutating func add(_ name: String, _ text: String) {
    add(name, FittedText.wrap(text, to: width - nameWidth - indent))
  }

  /// Adds a text that must stay on one line however long it is.
  mutating func add(whole name: String, _ text: String) { add(name, [text]) }

  /// Adds a table; nothing if it is empty.
  mutating func add(_ name: String, _ table: TextTable) {
    add(name, table.lines(paint))
  }

  private mutating func add(_ name: String, _ values: [String]) {
    let margin = String(repeating: " ", count: indent)
    for (place, value) in values.enumerated() {
      let shown = place == 0 ? name : ""
      let filler = String(repeating: " ", count: max(1, nameWidth - VisibleText.width(shown)))
      lines.append(margin + paint(.emphasis, shown) + filler + value)
    }
  }
}

/// What to do about a verdict that is no pass.
enum Advice {
  /// What to do about an idle fault.
  static let idleFault =
    "move it to where it acts, or accept it with `may_be_idle: <reason>`"

  /// What to do about an explicit delivery or timer that never occurred.
  static let idleEntry =
    "`conclave trace` shows what is sent; count again, or accept it with `may_be_idle: <reason>`"

  /// What to do about an assertion; empty where its evidence speaks for itself.
  static func text(_ assertion: AssertionResult, in result: RunResult) -> String {
    if assertion.isExpectedToFail {
      return assertion.verdict == .fail
        ? "" : "take it out of `expect: {fail: …}`, or see why it does not fail"
    }
    if let help = assertion.help { return help }
    switch assertion.verdict {
    case .pass, .fail, .error: return ""
    case .vacuous:
      return result.isRecorded
        ? "judge a history that tells more, or accept it with `may_be_vacuous: <reason>`"
        : "let the run give it a chance to fail, or accept it with `may_be_vacuous: <reason>`"
    case .inconclusive: return inconclusive(result)
    }
  }

  /// What to do about a run that was too short.
  static func inconclusive(_ result: RunResult) -> String {
    if result.faults.contains(where: { $0.diagnostic != nil }) {
      return "mend the condition of the fault"
    }
    return switch result.end {
    case .time where result.isRecorded:
      "the history ends at \(result.endedAt.text): judge a longer one"
    case .time:
      "the run ended at \(result.endedAt.text): raise `limits.time`, or ask for it earlier"
    case .events:
      "raise `limits.events`, or see with `conclave trace` what keeps the run busy"
    case .quiescence: ""
    }
  }
}
