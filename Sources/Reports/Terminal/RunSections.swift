import Analysis
import Diagnostics
import SystemModel

/// Everything that was measured in a run: charts, metrics, faults and calls.
struct RunSections {
  /// The most calls that are listed; more of them are counted.
  static let shownCalls = 40
  /// The most windows of a fault that are listed.
  static let shownWindows = 6
  /// The most nodes for which the messages of each link are shown as a table.
  static let linkTableNodes = 10

  private let run: ReportedRun
  private let result: RunResult
  private let width: Int
  private let paint: Paint

  init(_ run: ReportedRun, _ result: RunResult, width: Int, paint: Paint) {
    self.run = run
    self.result = result
    self.width = width
    self.paint = paint
  }

  var lines: [String] {
    let sections: [(title: String, lines: [String])] = [
      ("timeline", TimelineChart(result, width: width - 4, paint: paint).lines),
      (
        "messages, logical → wire", AmplificationChart(result, width: width - 4, paint: paint).lines
      ),
      ("messages by link, from ↓ to →", linkTable.lines(paint)),
      ("metrics", metricTable.lines(paint)),
      ("faults", faultLines),
      ("calls", callLines),
    ]
    let facts =
      "\(run.file)  seed \(result.seed)  ended by \(result.end.name) at "
      + "\(result.endedAt.text)  \(Counted.text(result.events, "event"))"
    let hash = "trace hash \(JSONReport.hexadecimal(result.traceHash))"
    var lines = [facts, hash].map { "  " + paint(.faint, FittedText.cut($0, to: width - 2)) }
    for section in sections where !section.lines.isEmpty {
      lines += ["", "  " + paint(.emphasis, section.title)]
      lines += section.lines.map { $0.isEmpty ? "" : "    " + $0 }
    }
    return lines
  }

  // MARK: Metrics

  private var metricTable: TextTable {
    var table = TextTable([.left, .right, .left])
    for metric in result.metrics where !metric.name.hasPrefix("messages.link.") {
      table.add([
        .init(FittedText.cut(metric.name, to: width - 40)), .init(Self.text(metric.value)),
        .init(metric.value.unit.rawValue, .faint),
      ])
    }
    return table
  }

  static func text(_ value: MetricValue) -> String {
    switch value {
    case .count(let count): "\(count)"
    case .duration(let nanoseconds): Duration(nanoseconds: nanoseconds).text
    case .ratio(let ratio): rounded(ratio)
    }
  }

  /// A fraction with at most six decimals.
  private static func rounded(_ ratio: Double) -> String {
    guard ratio.isFinite, ratio.magnitude < 1e12 else { return "none" }
    let millionths = (ratio.magnitude * 1e6).rounded()
    let (whole, rest) = Int64(millionths).quotientAndRemainder(dividingBy: 1_000_000)
    var digits = String(1_000_000 + rest).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    let sign = ratio < 0 && millionths > 0 ? "-" : ""
    return digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
  }

  /// The wire messages of each pair of nodes; empty for many nodes.
  private var linkTable: TextTable {
    let names = result.topology.names
    var table = TextTable([.left] + names.map { _ in .right })
    let links = result.metrics.filter { $0.name.hasPrefix("messages.link.") }
    guard !links.isEmpty, names.count <= Self.linkTableNodes else { return table }
    table.add([.init("")] + names.map { .init($0, .faint) })
    for from in names {
      let cells = names.map { to -> TextTable.Cell in
        let metric = links.first { $0.name == "messages.link.\(from).\(to).wire" }
        return .init(metric.map { Self.text($0.value) } ?? "·")
      }
      table.add([.init(from, .faint)] + cells)
    }
    return table
  }

  // MARK: Faults and calls

  private var faultLines: [String] {
    var fields = FieldList(width: width - 4, indent: 0, nameWidth: nameWidth, paint: paint)
    for fault in result.faults {
      var facts = fault.windows.prefix(Self.shownWindows).map(text)
      if fault.windows.isEmpty { facts = ["never fired"] }
      if fault.windows.count > Self.shownWindows { facts.append("… \(fault.fired) times in all") }
      facts.append(Self.text(fault.ledger))
      if let excuse = fault.excuse { facts.append("accepted: \(excuse)") }
      fields.add(FittedText.cut(fault.name, to: nameWidth - 2), facts.joined(separator: "\n"))
    }
    return fields.lines
  }

  /// The width of the column with the names of faults.
  private var nameWidth: Int {
    min(24, result.faults.map { VisibleText.width(VisibleText.escaped($0.name)) }.max() ?? 0) + 2
  }

  private func text(_ window: FaultResult.Window) -> String {
    let end = window.end?.text ?? "end"
    let stretch = window.end == window.start ? window.start.text : "\(window.start.text) … \(end)"
    let targets = window.targets.map { result.topology.names[$0.index] }.joined(separator: ", ")
    return targets.isEmpty ? stretch : "\(stretch) (\(FittedText.cut(targets, to: width / 2)))"
  }

  /// What a fault touched, such as `12 dropped, 3 held`.
  static func text(_ ledger: FaultResult.Ledger) -> String {
    let counts = [
      (ledger.dropped, "dropped"), (ledger.held, "held"), (ledger.delayed, "delayed"),
      (ledger.duplicated, "duplicated"),
    ]
    var parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if ledger.nodeTimeLost > 0 {
      parts.append("\(Duration(nanoseconds: ledger.nodeTimeLost).text) of node time")
    }
    if ledger.callsTouched > 0 { parts.append(Counted.text(ledger.callsTouched, "call")) }
    if ledger.repaired > 0 { parts.append("\(ledger.repaired) put right") }
    return parts.isEmpty ? "touched nothing" : parts.joined(separator: ", ")
  }

  private var callLines: [String] {
    var table = TextTable([.left, .left, .right, .left, .right, .left, .left])
    for call in result.calls.prefix(Self.shownCalls) {
      let arguments = call.arguments.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
      let text = FittedText.cut("\(call.call)(\(arguments))", to: width / 2)
      table.add([
        .init(text), .init(result.topology.names[call.node.index]), .init(call.invoked.text),
        .init("→", .frame), .init(call.completed?.text ?? "…"),
        .init(call.outcome.name, Self.part(call.outcome)),
        .init(FittedText.cut(call.value ?? "", to: width / 4)),
      ])
    }
    let more = result.calls.count - min(result.calls.count, Self.shownCalls) + result.callsLeftOut
    return table.lines(paint) + (more > 0 ? ["… and \(Counted.text(more, "more call"))"] : [])
  }

  private static func part(_ outcome: CallOutcome) -> Paint.Part {
    switch outcome {
    case .ok: .success
    case .fail: .error
    case .info, .pending: .warning
    }
  }
}
