import Analysis
import Diagnostics

/// The report on a sweep for CI servers: a case for each cell, one for each `sometimes` of a cell,
/// and one for each distinct failure.
///
/// Valid against the same schema as ``JUnitReport``. Nothing takes any time, since a sweep tells
/// virtual times as metrics, and the clock of the machine is not to be seen.
public enum SweepJUnit {
  /// A case and what is wrong with it.
  private struct Case {
    let name: String
    var facts: [String] = []
    /// `failure` or `error`, its type, a line, and all that is known; nil if nothing is wrong.
    var finding: (element: String, type: String, message: String, text: String)?
  }

  /// The whole report.
  public static func text(_ sweep: ReportedSweep) -> String {
    let cases = cases(sweep)
    let failures = cases.count { $0.finding?.element == "failure" }
    let errors = cases.count { $0.finding?.element == "error" }
    let counts =
      " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" time=\"0.000\""
    let file = XMLText.attribute(sweep.file)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"conclave sweep\"\(counts)>\n"
    text += "  <testsuite name=\"\(file)\"\(counts) skipped=\"0\" file=\"\(file)\">\n"
    text += "    <properties>\n"
    text += "      <property name=\"course\" value=\"\(XMLText.attribute(sweep.course))\"/>\n"
    text += "    </properties>\n"
    let className = XMLText.attribute(JUnitReport.className(sweep.file))
    for entry in cases { text += element(entry, className) }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func element(_ entry: Case, _ className: String) -> String {
    var text = "    <testcase name=\"\(XMLText.attribute(entry.name))\""
    text += " classname=\"\(className)\" time=\"0.000\">\n"
    if let finding = entry.finding {
      text += "      <\(finding.element) type=\"\(finding.type)\""
      text += " message=\"\(XMLText.attribute(finding.message))\">"
      text += XMLText.content(finding.text) + "</\(finding.element)>\n"
    }
    let facts = entry.facts.joined(separator: "\n")
    return text + "      <system-out>\(XMLText.content(facts))</system-out>\n    </testcase>\n"
  }

  private static func cases(_ sweep: ReportedSweep) -> [Case] {
    var cases: [Case] = []
    for (place, cell) in sweep.result.cells.enumerated() {
      let suffix = sweep.cells[place].isEmpty ? "" : " [\(sweep.text(ofCell: place))]"
      cases.append(self.case(sweep.result.name + suffix, cell, sweep.rate(ofCell: place)))
      cases += cell.sometimes.map { sometimes($0, suffix) }
    }
    if let comparison = sweep.comparison { cases.append(baseline(comparison, sweep)) }
    return cases + sweep.result.failures.map { failure($0, sweep) }
      + sweep.result.undecided.map { undecided($0, sweep) }
  }

  private static func `case`(_ name: String, _ cell: SweepCell, _ rate: ReportedRate) -> Case {
    let counts = Verdict.allCases.map { "\($0.rawValue): \(cell.verdicts[$0])" }
    var found = Case(name: name, facts: ["runs: \(cell.runs)"] + counts)
    let worst = Verdict.allCases.filter { cell.verdicts[$0] > 0 }.max() ?? .inconclusive
    if worst != .pass {
      let message = "\(SweepText.percent(cell.passRate)) of \(cell.runs) runs passed"
      found.finding = (
        worst == .error ? "error" : "failure", worst.rawValue, message,
        rate.words
      )
    }
    return found
  }

  private static func sometimes(_ found: SometimesResult, _ suffix: String) -> Case {
    let reached = "reached in \(found.reached) of \(Counted.text(found.runs, "run"))"
    var entry = Case(name: "sometimes: \(found.name)\(suffix)", facts: [reached])
    if found.verdict != .pass {
      entry.finding = ("failure", found.verdict.rawValue, reached, "")
    }
    return entry
  }

  private static func baseline(_ reported: ReportedComparison, _ sweep: ReportedSweep) -> Case {
    let section = ComparisonSection(reported, of: sweep.result, width: 100, Paint(isOn: false))
    var found = Case(name: "baseline \(reported.file)", facts: [section.summary])
    if reported.comparison.isRegression {
      found.finding = (
        "failure", "regression", section.summary,
        "\n" + section.lines.joined(separator: "\n") + "\n"
      )
    }
    return found
  }

  /// What the first seed has drawn, if it draws anything.
  private static func drawn(_ drawn: DrawnConfiguration?) -> [String] {
    drawn.map { ["drawn: \($0.text)"] } ?? []
  }

  private static func undecided(_ found: SweepUndecided, _ sweep: ReportedSweep) -> Case {
    let command = sweep.command(cell: found.cell, seed: found.seed).text
    return Case(
      name: "\(found.verdict.rawValue): \(found.subject.rawValue) \(found.name)",
      facts: ["runs: \(found.count)", "first seed: \(found.seed)"] + drawn(found.drawn)
        + ["command: \(command)"],
      finding: (
        "failure", found.verdict.rawValue,
        "\(Counted.text(found.count, "run")): \(FittedText.cut(found.reason, to: 100))", command
      ))
  }

  private static func failure(_ failure: SweepFailure, _ sweep: ReportedSweep) -> Case {
    let fingerprint = failure.fingerprint
    let run = sweep.run(failure)
    let findings = Findings(run, width: 100, paint: Paint(isOn: false), withExpected: false).lines
    return Case(
      name: "\(fingerprint.assertion) [\(fingerprint.code)]",
      facts: [
        "runs: \(failure.count)",
        "seeds: \(failure.seeds.map(String.init).joined(separator: ", "))",
      ] + drawn(failure.result.drawn) + ["command: \(run.command.text)"],
      finding: (
        fingerprint.verdict == .error ? "error" : "failure", fingerprint.verdict.rawValue,
        "\(Counted.text(failure.count, "run")): \(FittedText.cut(fingerprint.assertion, to: 100))",
        "\n" + findings.joined(separator: "\n") + "\n"
      ))
  }
}
