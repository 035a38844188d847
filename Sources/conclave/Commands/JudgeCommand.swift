import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports

/// `conclave judge SCENARIO --history FILE`: what a scenario says of a run that somebody recorded.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge a recorded history by the assertions of a scenario.",
    discussion: """
      Nothing is run: what happened is what the history says, a line of JSON each, be it a log of a \
      real system, operations as Jepsen writes them, or what `conclave trace --format json` wrote. \
      The reference has the words. Assertions about what the history does not say are vacuous.

      EXAMPLES:
        conclave judge lock.yaml --history lock.history.jsonl
        conclave judge register.yaml --history ops.jsonl --format jepsen
        conclave trace lock.yaml --format json | conclave judge lock.yaml --history -
      """)

  @Argument(help: "A scenario.")
  var path: String

  @Option(help: ArgumentHelp("What happened; - for standard input.", valueName: "file"))
  var history: String

  @Option(help: "How the history is written: events, or jepsen; by default as its first line is.")
  var format: WrittenFormat?

  @OptionGroup var scenario: ScenarioOptions

  @Flag(help: "Show metrics, faults, calls and pictures.")
  var metrics = false

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a JUnit report; - for standard output.", valueName: "file"))
  var junit: String?

  func validate() throws {
    if path == "-", history == "-" {
      throw ValidationError("the scenario and the history cannot both be standard input")
    }
    try ReportPaths.check(
      [("--json", json), ("--junit", junit)], against: [path], [("the history", history)])
  }

  func run() throws {
    let settings = try scenario.parsedSettings()
    guard case .text(let source)? = ScenarioFiles.read([path]).first, !isFolder(source) else {
      Terminal.complain("error: \(VisibleText.escaped(path)): \(InputFile.reason(path))\n")
      throw ExitStatus.unreadable.code
    }
    guard case .text(let log) = ScenarioFiles.history(history) else {
      Terminal.complain("error: \(VisibleText.escaped(history)): \(InputFile.reason(history))\n")
      throw ExitStatus.unreadable.code
    }
    let compilation = Batch.compiled(
      source, settings: settings, seed: nil, isStrict: scenario.strict)
    if compilation.isMisused {
      Terminal.complain(
        DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
          .text(compilation.diagnostics))
      throw ExitStatus.usage.code
    }
    let words = "judging \(VisibleText.escaped("\(path) --history \(history)"))"
    let runs = CrashGuard.whilst(words) { self.runs(of: compilation, source, log, settings) }
    let files = RunReports(isVerbose: metrics, json: json, junit: junit)
    let status = files.write(runs)
    if status != .pass { throw status.code }
  }

  /// Whether a path was a folder: its first scenario has another name.
  private func isFolder(_ source: SourceFile) -> Bool { path != "-" && source.name != path }

  /// The history, judged by each cell of the scenario.
  private func runs(
    of compilation: CompiledScenario, _ source: SourceFile, _ log: SourceFile,
    _ settings: [ParameterSetting]
  ) -> [ReportedRun] {
    var sources = compilation.sources
    let file = sources.add(log)
    guard !compilation.cells.isEmpty else {
      return [
        reported(
          compilation, source, [], settings, sources, compilation.diagnostics, .refused)
      ]
    }
    return compilation.cells.map { cell in
      let recorded = RecordedRun(log, file: file, format: format?.format, for: cell.plan)
      var diagnostics = compilation.diagnostics
      diagnostics.report(contentsOf: recorded.diagnostics.sorted)
      return reported(
        compilation, source, cell.values, settings, sources, diagnostics,
        recorded.judged().map { .judged($0) } ?? .refused)
    }
  }

  private func reported(
    _ compilation: CompiledScenario, _ source: SourceFile, _ values: [ParameterSetting],
    _ settings: [ParameterSetting], _ sources: SourceMap, _ diagnostics: DiagnosticBag,
    _ ending: ReportedRun.Ending
  ) -> ReportedRun {
    ReportedRun(
      file: source.name, name: compilation.name ?? source.name,
      description: compilation.description ?? "", tags: compilation.tags,
      cell: values.map { .init(name: $0.name, value: $0.value) }, seed: nil,
      command: RepeatCommand(
        file: source.name, history: history, format: format?.rawValue,
        settings: (settings + values).map { .init(name: $0.name, value: $0.value) }),
      sources: sources, diagnostics: diagnostics, ending: ending)
  }
}

/// How a history is written, as the command line says it.
enum WrittenFormat: String, ExpressibleByArgument, CaseIterable {
  case events
  case jepsen

  /// The same to those who read it.
  var format: HistoryFormat {
    switch self {
    case .events: .events
    case .jepsen: .jepsen
    }
  }
}
