import Diagnostics
import Reports

/// The reports of some runs: the terminal's, and those that were asked for as files.
struct RunReports {
  let isVerbose: Bool
  let json: String?
  let junit: String?
  /// What the terminal report says in the end besides.
  var remark = ""
  /// Whether the terminal report has lines that GitHub shows beside the scenario.
  var marksForGitHub = false

  /// Writes them; the terminal report gives way to one on standard output. Gives the status of the
  /// process.
  func write(_ runs: [ReportedRun]) -> ExitStatus {
    var status = runs.reduce(ExitStatus.pass) { $0.worse(ExitStatus($1.status)) }
    if json != "-", junit != "-" {
      let options = TerminalReport.Options(
        width: Terminal.width, colour: Terminal.hasColour, isVerbose: isVerbose)
      Terminal.print(TerminalReport(options).text(runs) + remark)
      if marksForGitHub { Terminal.print(GitHubAnnotations.text(runs)) }
      for run in runs { Terminal.print(Explanations(run, options).text) }
    }
    let files = [(json, JSONReport.text), (junit, JUnitReport.text)]
    for (path, text) in files {
      guard let path else { continue }
      do throws(OutputFile.WriteError) {
        try OutputFile.write(text(runs), to: path)
      } catch {
        Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
        status = status.worse(.unreadable)
      }
    }
    return status
  }
}
