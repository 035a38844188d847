import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search

/// `conclave freeze FILE`: a run as a scenario in which nothing is left to chance.
struct FreezeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freeze",
    abstract: "Write out what was drawn in a run, so that nothing is left to chance.",
    discussion: """
      The frozen scenario does the same message by message, whatever its seed: laws of latency are \
      constants, and what differs stands in `deliveries` and `timers`, each line with what happens; \
      drawn faults and calls have fixed times and names. It is run before it is written, with other \
      seeds too; one that would do something else is not written. Of a scenario with a matrix, give \
      its keys with --set. A run that fails becomes a capsule, which `replay` runs again.

      EXAMPLES:
        conclave freeze lossy.yaml --seed 412 -o lossy-412.yaml
        conclave freeze failures/lossy.seed-412.capsule.yaml     to standard output
        conclave freeze storm.yaml --seed 7 --set mistake=vote-forgotten -o story.yaml

      EXIT STATUS: 0 frozen, 65 the scenario is invalid or this run cannot be frozen, 64, 66 and 70 as \
      for run.
      """)

  @Argument(help: "A file, or - for standard input.")
  var path: String

  @Option(help: "Where all chance comes from, instead of the scenario's seed.")
  var seed: UInt64?

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where to write it; - for standard output.", valueName: "file"))
  var output = "-"

  @Flag(help: "Replace a file that exists.")
  var force = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("-o takes a file, or - for standard output") }
    if force, output == "-" { throw ValidationError("--force belongs to -o") }
    try ReportPaths.check([("-o", output)], against: [path])
  }

  func run() throws {
    let (_, compilation) = try OneScenario.compiled(path, scenario, seed: seed)
    try expectOneCell(compilation)
    try expectPlace()
    let frozen: FrozenScenario
    do throws(FreezeError) {
      frozen = try Self.frozen(compilation, path)
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(path)): it cannot be frozen: \(error.text)\n")
      if case .refused = error { throw ExitStatus.bug.code }
      throw ExitStatus.invalid.code
    }
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      try OutputFile.create(frozen.text, at: output, force: force)
    }
    if output != "-" { Terminal.print(summary(frozen)) }
    // Who froze a capsule wants its failure.
    if compilation.capsule != nil, !frozen.isCapsule {
      Terminal.complain(
        "note: \(VisibleText.escaped(path)): the capsule no longer fails, so that what was frozen is "
          + "none\n")
    }
  }

  /// Refuses a file that could not be written in the end, before anything is run.
  private func expectPlace() throws {
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      try OutputFile.expectFree(output, force: force)
    }
  }

  /// A run is one of one combination of a matrix; which one, nobody but the user can say.
  private func expectOneCell(_ compilation: CompiledScenario) throws {
    let cells = compilation.cells
    guard cells.count > 1 else { return }
    let example = cells[0].values.map { "--set \($0.name)=\($0.value)" }.joined(separator: " ")
    Terminal.complain(
      "error: \(VisibleText.escaped(path)): its matrix has \(cells.count) combinations; choose one, "
        + "such as \(VisibleText.escaped(example))\n")
    throw ExitStatus.usage.code
  }

  private static func frozen(
    _ compilation: CompiledScenario, _ path: String
  ) throws(FreezeError) -> FrozenScenario {
    let found = CrashGuard.whilst(Batch.words(path, compilation.cells[0])) {
      () -> Result<FrozenScenario, FreezeError> in
      do throws(FreezeError) {
        return .success(try Freeze.frozen(compilation, cell: 0))
      } catch {
        return .failure(error)
      }
    }
    return try found.get()
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }

  private func summary(_ frozen: FrozenScenario) -> String {
    let messages = Self.count(frozen.deliveries, "message")
    let timers = Self.count(frozen.timers, "timer")
    let hash = frozen.hasSameHash ? "same trace hash" : "same course, other numbers of faults"
    let isKept = frozen.isCapsule && !OutputFile.isSpecial(output)
    let next = isKept ? "replay with: \(RepeatCommand(replayOf: output).text)\n" : ""
    return "froze \(VisibleText.escaped(path)) with seed \(frozen.result.seed) to "
      + "\(VisibleText.escaped(output)): \(messages) and \(timers) said one by one\n"
      + "\(frozen.result.outcome.rawValue) as before, \(hash), with any seed\n" + next
  }
}
