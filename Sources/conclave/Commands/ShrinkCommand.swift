import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search

/// `conclave shrink FILE`: a smaller scenario with the same failure.
struct ShrinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shrink",
    abstract: "Make a failing scenario smaller, without losing its failure.",
    discussion: """
      Takes away nodes, faults, calls, assertions and whatever else does not matter, then makes times \
      shorter, numbers rounder and laws simpler, as long as the same assertion fails first, in the \
      same state up to names and numbers, and for the same reason: if the scenario holds with \
      `mistake: none`, or else without its faults, so does the smaller one. Of a matrix the first \
      combination that fails is taken. What is found does not depend on --jobs; with --for, or if it \
      is interrupted, it is the best so far. A run in which much is drawn may become smaller if it is \
      frozen first.

      The smaller scenario is a capsule, NAME.seed-N.shrunk.capsule.yaml in this folder: `replay` \
      says whether it still fails.

      EXAMPLES:
        conclave shrink lossy.yaml --seed 412
        conclave shrink failures/lossy.seed-412.capsule.yaml -o small.yaml
        conclave shrink lossy.yaml --for 60s -o -          on standard output

      EXIT STATUS: 0 it is written · 6 the scenario does not fail; 64, 65, 66 and 70 as for run.
      """)

  @Argument(help: "A scenario that fails, or a capsule; - for standard input.")
  var path: String

  @Option(help: "The seed with which it fails, in place of its own.")
  var seed: UInt64?

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long to search, such as 60s.", valueName: "time"))
  var time: String?

  @Option(help: "How many runs to make at the most.")
  var runs = 10_000

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many runs at once; by default one a processor.")
  var jobs: Int?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write it; - for standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Let it replace a file that exists.")
  var force = false

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  func validate() throws {
    try JobsArgument.check(jobs)
    if runs < 1 { throw ValidationError("--runs takes a number from 1 on") }
    if output == "" { throw ValidationError("--output takes a file") }
    _ = try TimeArgument.limit(time)
    try ReportPaths.check([("--output", output), ("--json", json)], against: [path])
  }

  func run() async throws {
    let (name, compilation) = try OneScenario.compiled(path, scenario, seed: seed)
    try expectPlaces()
    let words = Batch.words(name, compilation.cells[0])
    let found = CrashGuard.whilst(words) { Shrink(compilation, file: name, runLimit: runs) }
    guard let shrink = found else {
      throw FailingScenario.complaint(name, compilation)
    }
    FailingScenario.note(shrink.cell, of: compilation)
    try write(try await search(shrink), of: name)
  }

  /// Refuses what could not be written in the end, before anything is searched for.
  private func expectPlaces() throws {
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      if let output { try OutputFile.expectFree(output, force: force) }
      if let json { try OutputFile.expectFree(json, force: true) }
    }
  }

  private func search(_ shrink: Shrink) async throws -> Shrink.Outcome {
    let meter = ProgressMeter(limit: try TimeArgument.limit(time))
    Interruption.watch()
    let file = VisibleText.escaped(path)
    let found = await shrink.run(jobs: jobs ?? Terminal.processors) {
      if Interruption.hasOccurred { return .interruption }
      return meter.isOver ? .time : nil
    } progress: { progress in
      meter.show { _, _ in progress.text }
    } watch: { work in
      CrashGuard.whilst("shrinking \(file)", work)
    }
    meter.clear()
    return found
  }

  /// Writes the scenario and the reports; that for people gives way to what is written to standard
  /// output.
  private func write(_ found: Shrink.Outcome, of file: String) throws {
    let place = output ?? found.capsule.fileName()
    let shrink = ReportedShrink(file: file, output: place, summary: found.summary)
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      try OutputFile.create(found.capsule.text, at: place, force: force)
      if let json { try OutputFile.write(ShrinkJSON.text(shrink), to: json) }
    }
    if place != "-", json != "-" {
      let options = TerminalReport.Options(width: Terminal.width, colour: Terminal.hasColour)
      Terminal.print(ShrinkReport(shrink, options).text)
    }
    if !found.summary.isProven { throw ExitStatus.bug.code }
  }
}
