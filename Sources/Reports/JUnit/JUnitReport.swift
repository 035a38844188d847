import Analysis
import Diagnostics
import SystemModel

/// The report for CI servers, valid against the schema `junit-10.xsd` of Jenkins' xUnit plugin.
///
/// A suite is a file, a case a scenario or a cell of its matrix. What is not a pass is red:
/// `failure` with the verdict as its type for `fail`, `vacuous` and `inconclusive`; `error` for the
/// verdict `error` and for a scenario that was refused; `skipped` only for what was not run.
///
/// The schema gives properties to suites alone, so each property of a case of a matrix carries the
/// cell in its name: `seed`, `traceHash` and `command`, or `seed [cut_at=80ms]` and so on. Times are
/// seconds of *virtual* time, so that the report is the same for the same runs.
public enum JUnitReport {
  /// Writes the report.
  public static func write(_ runs: [ReportedRun], to output: inout some TextOutputStream) {
    let suites = suites(runs)
    output.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    output.write("<testsuites name=\"conclave\"\(counts(runs))")
    output.write(suites.isEmpty ? "/>\n" : ">\n")
    for suite in suites { write(suite: suite, to: &output) }
    if !suites.isEmpty { output.write("</testsuites>\n") }
  }

  /// The whole report.
  public static func text(_ runs: [ReportedRun]) -> String {
    var text = ""
    write(runs, to: &text)
    return text
  }

  /// The runs by file, in the order in which the files appear.
  private static func suites(_ runs: [ReportedRun]) -> [[ReportedRun]] {
    var suites: [[ReportedRun]] = []
    var places: [String: Int] = [:]
    for run in runs {
      if let place = places[run.file] {
        suites[place].append(run)
      } else {
        places[run.file] = suites.count
        suites.append([run])
      }
    }
    return suites
  }

  /// The attributes that suites and the whole have in common.
  private static func counts(_ runs: [ReportedRun]) -> String {
    let failures = runs.count { outcome($0) == .failure }
    let errors = runs.count { outcome($0) == .error }
    let total = runs.reduce(Int64(0)) { sum, run in
      let (next, overflow) = sum.addingReportingOverflow(run.result?.endedAt.nanoseconds ?? 0)
      return overflow ? .max : next
    }
    return " tests=\"\(runs.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
      + " time=\"\(seconds(total))\""
  }
}

// MARK: - Suites and cases

extension JUnitReport {
  /// The element that a run becomes.
  private enum Outcome {
    case success
    case failure
    case error
    case skipped
  }

  private static func outcome(_ run: ReportedRun) -> Outcome {
    switch run.status {
    case .pass: .success
    case .fail, .vacuous, .inconclusive: .failure
    case .error, .invalid: .error
    case .skipped: .skipped
    }
  }

  private static func write(suite: [ReportedRun], to output: inout some TextOutputStream) {
    let file = XMLText.attribute(suite[0].file)
    let skipped = suite.count { outcome($0) == .skipped }
    output.write("  <testsuite name=\"\(file)\"\(counts(suite)) skipped=\"\(skipped)\"")
    output.write(" file=\"\(file)\">\n    <properties>\n")
    for run in suite {
      let suffix = run.cell.isEmpty ? "" : " [\(run.cellText)]"
      for (name, value) in properties(run) {
        output.write("      <property name=\"\(XMLText.attribute(name + suffix))\"")
        output.write(" value=\"\(XMLText.attribute(value))\"/>\n")
      }
    }
    output.write("    </properties>\n")
    for run in suite { write(case: run, to: &output) }
    output.write("  </testsuite>\n")
  }

  private static func properties(_ run: ReportedRun) -> [(name: String, value: String)] {
    var properties: [(name: String, value: String)] = []
    if let seed = run.seed { properties.append(("seed", String(seed))) }
    if let drawn = run.result?.drawn { properties.append(("drawn", drawn.text)) }
    if let result = run.result {
      properties.append(("traceHash", JSONReport.hexadecimal(result.traceHash)))
    }
    properties.append(("command", run.command.text))
    return properties
  }

  private static func write(case run: ReportedRun, to output: inout some TextOutputStream) {
    let name = run.name + (run.cell.isEmpty ? "" : " [\(run.cellText)]")
    let time = seconds(run.result?.endedAt.nanoseconds ?? 0)
    output.write("    <testcase name=\"\(XMLText.attribute(name))\"")
    output.write(" classname=\"\(XMLText.attribute(className(run.file)))\" time=\"\(time)\">\n")
    switch outcome(run) {
    case .success: break
    case .failure: write(finding: "failure", of: run, to: &output)
    case .error: write(finding: "error", of: run, to: &output)
    case .skipped:
      if case .skipped(let reason) = run.ending {
        output.write("      <skipped message=\"\(XMLText.attribute(reason))\"/>\n")
      }
    }
    let facts = properties(run).map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    output.write("      <system-out>\(XMLText.content(facts))</system-out>\n    </testcase>\n")
  }

  private static func write(
    finding element: String, of run: ReportedRun, to output: inout some TextOutputStream
  ) {
    output.write("      <\(element) type=\"\(run.status.rawValue)\"")
    output.write(" message=\"\(XMLText.attribute(message(run)))\">")
    let lines = Findings(run, width: 100, paint: Paint(isOn: false), withExpected: false).lines
    output.write(XMLText.content("\n" + lines.joined(separator: "\n") + "\n"))
    output.write("</\(element)>\n")
  }

  /// What was found, in a line.
  private static func message(_ run: ReportedRun) -> String {
    guard let result = run.result else {
      return run.diagnostics.sorted.first?.message ?? run.status.rawValue
    }
    let worst = result.assertions.filter { $0.weightAfterExpectation == result.verdict }
    guard let first = worst.first else { return result.remarks.first ?? run.status.rawValue }
    let more = worst.count > 1 ? ", and \(worst.count - 1) more" : ""
    return "\(FittedText.cut(first.name, to: 100)): \(RunDetails.finding(first))\(more)"
  }

  /// The path without its ending, in the form of a class in packages.
  static func className(_ file: String) -> String {
    var path = file[...]
    for ending in [".yaml", ".yml"] where path.hasSuffix(ending) {
      path = path.dropLast(ending.count)
    }
    let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.joined(separator: ".")
  }

  /// Nanoseconds as seconds with three decimals, which is what the schema takes.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let (quotient, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let milliseconds = quotient + (rest >= 500_000 ? 1 : 0)
    let decimals = String(1000 + milliseconds % 1000).dropFirst()
    return "\(milliseconds / 1000).\(decimals)"
  }
}
