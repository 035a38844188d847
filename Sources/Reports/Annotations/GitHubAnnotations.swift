import Analysis
import Diagnostics
import SystemModel

/// Workflow commands by which GitHub shows what was not a pass at its line of the scenario.
public enum GitHubAnnotations {
  /// A line for each mistake in a scenario and each assertion that contributes to a run that is no
  /// pass; one without a place names its scenario. Equal lines of several cells of a matrix are one,
  /// which names the first and counts the others.
  public static func text(_ runs: [ReportedRun]) -> String {
    var lines: [Line] = []
    for run in runs {
      let cell = run.cell.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      // A mistake in the text is one in every cell.
      let found = mistakes(run).map { ($0, "") } + findings(run).map { ($0, cell) }
      for (command, cell) in found {
        if let known = lines.firstIndex(where: { $0.command == command }) {
          lines[known].others += 1
        } else {
          lines.append(Line(command: command, cell: cell))
        }
      }
    }
    return lines.map { $0.text + "\n" }.joined()
  }

  /// What is said of one or more cells.
  private struct Line {
    let command: String
    /// The first of the cells; empty if there is no matrix.
    let cell: String
    var others = 0

    var text: String {
      if cell.isEmpty { return command }
      let more = others == 0 ? "" : " and \(Counted.text(others, "other combination"))"
      return command + data(" (\(cell)\(more))")
    }
  }

  private static func mistakes(_ run: ReportedRun) -> [String] {
    run.diagnostics.sorted.map { diagnostic in
      command(
        diagnostic.severity == .error ? "error" : "warning", diagnostic.span, run,
        title: diagnostic.code.id, diagnostic.message)
    }
  }

  private static func findings(_ run: ReportedRun) -> [String] {
    guard let result = run.result, result.verdict != .pass else { return [] }
    let assertions = result.assertions.filter { $0.weightAfterExpectation != .pass }
    let found = assertions.map { assertion in
      command(
        assertion.weightAfterExpectation >= .fail ? "error" : "warning", assertion.span, run,
        title: "\(run.name): \(assertion.name)", reason(assertion))
    }
    let faults = result.faults.filter { $0.verdict != .pass }.map { fault in
      command(
        "warning", fault.span, run, title: "\(run.name): \(fault.name)",
        fault.diagnostic?.message ?? "the fault touched nothing")
    }
    let entries = result.idleEntries.filter { $0.verdict != .pass }.map { entry in
      command(
        "warning", entry.span, run, title: "\(run.name): \(entry.name)", "it never occurred")
    }
    let whole = found.isEmpty && faults.isEmpty && entries.isEmpty ? result.remarks : []
    return found + faults + entries
      + whole.map { command("warning", nil, run, title: run.name, $0) }
  }

  static func reason(_ assertion: AssertionResult) -> String {
    let at = assertion.evidence.map { " at \($0.at.text)" } ?? ""
    if assertion.isExpectedToFail, assertion.verdict != .error {
      return "it is expected to fail, and its verdict is \(assertion.verdict.rawValue)"
    }
    return "\(assertion.verdict.rawValue)\(at): \(assertion.reason)"
  }

  private static func command(
    _ kind: String, _ span: SourceSpan?, _ run: ReportedRun, title: String, _ message: String
  ) -> String {
    command(kind, span, (run.file, run.sources), title: title, message)
  }

  static func command(
    _ kind: String, _ span: SourceSpan?, _ source: (file: String, sources: SourceMap),
    title: String, _ message: String
  ) -> String {
    let file = span.map { source.sources[$0] }
    let place = span.flatMap { span in file?.position(of: span.start) }
    var properties = ["file=\(property(file?.name ?? source.file))"]
    if let place { properties += ["line=\(place.line)", "col=\(place.column)"] }
    properties.append("title=\(property(title))")
    return "::\(kind) \(properties.joined(separator: ","))::\(data(message))"
  }

  /// A message: in one line, as the runner reads it back.
  private static func data(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default:
        result += VisibleText.isHidden(scalar) ? "?" : String(scalar)
      }
    }
    return result
  }

  /// A property: besides, neither its end nor that of all properties.
  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
