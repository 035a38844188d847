import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports

/// `conclave run PATH…`: run scenarios and report their verdicts.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run scenarios and report their verdicts.",
    discussion: """
      EXAMPLES:
        conclave run election.yaml                  one scenario
        conclave run scenarios --metrics            a folder, with all metrics
        conclave run lock.yaml --seed 7 --set n=5   another seed, another value of a parameter
        conclave run scenarios --tag documented     those with a tag
        conclave run scenarios --json r.json --junit r.xml
        conclave run lock.yaml --why mutual-exclusion   how it came to its verdict
        conclave run scenarios --capsules failures  keep failing runs, for replay
        cat lock.yaml | conclave run -              from standard input
      """)

  @Argument(
    help: "Files, folders (of which names that begin with . or _ are left out), or - for input.")
  var paths: [String]

  @Option(help: "Where all chance comes from, instead of the scenario's seed.")
  var seed: UInt64?

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    name: .customLong("tag"),
    help: "Run only scenarios with this tag; repeated, those with at least one of the tags.")
  var tags: [String] = []

  @Flag(help: "Skip what comes after the first scenario that does not pass.")
  var failFast = false

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many runs at once; by default one a processor.")
  var jobs: Int?

  @Flag(help: "Show metrics, faults, calls and pictures of every run.")
  var metrics = false

  @Option(
    help: ArgumentHelp(
      "Explain the verdict of this assertion, a pass too, and show no others; may be repeated.",
      valueName: "name"))
  var why: [String] = []

  @Option(help: "How to print the report: text, or github for text with lines that GitHub shows.")
  var format = RunFormat.text

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a JUnit report; - for standard output.", valueName: "file"))
  var junit: String?

  @OptionGroup var capsules: CapsuleOptions

  @Flag(help: "Run everything twice, and compare event by event; a difference is a bug.")
  var checkDeterminism = false

  func validate() throws {
    try JobsArgument.check(jobs)
    if format == .github, json == "-" || junit == "-" {
      throw ValidationError("--format github needs standard output for itself")
    }
    try ReportPaths.check([("--json", json), ("--junit", junit)], against: paths)
  }

  func run() async throws {
    var batch = try Batch(
      paths: paths, settings: scenario.parsedSettings(), seed: seed, isStrict: scenario.strict,
      tags: tags, why: why, failFast: failFast, jobs: jobs ?? Terminal.processors,
      checksDeterminism: checkDeterminism)
    guard !batch.isEmpty else {
      Terminal.complain("error: no scenario has the tag \(tags.joined(separator: ", "))\n")
      throw ExitStatus.usage.code
    }
    var runs = await batch.run()
    var kept: CapsuleFolder?
    if var folder = capsules.folder {
      batch.keepFailures(of: &runs, in: &folder)
      kept = folder
    }
    let reports = RunReports(
      isVerbose: metrics, json: json, junit: junit, remark: kept?.summary ?? "",
      marksForGitHub: format == .github)
    let status = reports.write(runs).worse(batch.status).worse(kept?.status ?? .pass)
      .worse(complain(of: batch.divergences))
    if status != .pass { throw status.code }
  }

  /// Tells of runs that were not the same twice.
  private func complain(of divergences: [String]) -> ExitStatus {
    for text in divergences { Terminal.complain("error: \(text)") }
    guard !divergences.isEmpty else { return .pass }
    Terminal.complain(
      "error: this is a bug in conclave; please report it with the scenario and the command\n")
    return .bug
  }
}

/// How the report for people is printed.
enum RunFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case github
}
