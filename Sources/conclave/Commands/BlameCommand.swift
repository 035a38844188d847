import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search
import Synchronization

/// `conclave blame FILE`: what of a failing scenario matters for its failure.
struct BlameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Say which parts of a failing scenario matter, and until when chance did.",
    discussion: """
      Runs the scenario without each fault, call and link of its own in turn, and says what becomes \
      of the failure and in which event the run first differs. Then it draws everything behind an \
      instant anew, some times for each of some instants, and says how often the failure comes back: \
      the moment of no return is the first behind which it always does. Of a matrix the first \
      combination that fails is taken. What is told does not depend on --jobs.

      EXAMPLES:
        conclave blame lossy.yaml --seed 412
        conclave blame failures/lossy.seed-412.capsule.yaml --reseedings 100

      EXIT STATUS: 0 it is told · 2 it was interrupted, or the time was over · 6 the scenario does not fail; 64, 65, 66 and 70 \
      as for run.
      """)

  @Argument(help: "A scenario that fails, or a capsule; - for standard input.")
  var path: String

  @Option(help: "The seed with which it fails, in place of its own.")
  var seed: UInt64?

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: "How many runs go on by another chance from each instant.")
  var reseedings = 20

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long to go on, such as 60s.", valueName: "time"))
  var time: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many runs at once; by default one a processor.")
  var jobs: Int?

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  func validate() throws {
    try JobsArgument.check(jobs)
    _ = try TimeArgument.limit(time)
    guard (1...1000).contains(reseedings) else {
      throw ValidationError("--reseedings takes a number from 1 to 1000")
    }
    try ReportPaths.check([("--json", json)], against: [path])
  }

  func run() async throws {
    try expectPlace()
    let (name, compilation) = try OneScenario.compiled(path, scenario, seed: seed)
    let found = CrashGuard.whilst(Batch.words(name, compilation.cells[0])) {
      Blame(compilation, reseedings: reseedings)
    }
    guard let blame = found else { throw FailingScenario.complaint(name, compilation) }
    FailingScenario.note(blame.cell, of: compilation)
    let reported = try await told(blame, of: name)
    if json != "-" {
      let options = TerminalReport.Options(width: Terminal.width, colour: Terminal.hasColour)
      Terminal.print(BlameReport(reported, options).text)
    }
    try write(reported)
    // Some runs are missing, so that a script must not take it for the whole.
    if reported.ending != .complete { throw ExitStatus.inconclusive.code }
  }

  /// What the runs tell, or those of them for which there was time.
  private func told(_ blame: Blame, of name: String) async throws -> ReportedBlame {
    let meter = ProgressMeter(limit: try TimeArgument.limit(time))
    Interruption.watch()
    let ending = Mutex(ReportedBlame.Ending.complete)
    let file = VisibleText.escaped(name)
    let summary = await blame.run(jobs: jobs ?? Terminal.processors) {
      guard Interruption.hasOccurred || meter.isOver else { return false }
      ending.withLock { $0 = Interruption.hasOccurred ? .interruption : .time }
      return true
    } watch: { work in
      CrashGuard.whilst("blaming \(file)", work)
    }
    return ReportedBlame(file: name, summary: summary, ending: ending.withLock { $0 })
  }

  /// Refuses a report that could not be written in the end, before the runs are made.
  private func expectPlace() throws {
    guard let json else { return }
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      try OutputFile.expectFree(json, force: true)
    }
  }

  private func write(_ reported: ReportedBlame) throws {
    guard let json else { return }
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      try OutputFile.write(BlameJSON.text(reported), to: json)
    }
  }
}
