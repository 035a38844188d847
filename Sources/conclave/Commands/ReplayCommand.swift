import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search

/// `conclave replay FILE…`: whether capsules still fail as they did.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run capsules again, and say whether they still fail, and in the same way.",
    discussion: """
      A capsule is a failing run as a scenario by itself; run and sweep write them with --capsules. \
      A failure is the same if the same assertion fails first, in the same state up to names and \
      numbers.

      EXAMPLES:
        conclave sweep lossy.yaml --seeds 1..1000 --capsules failures
        conclave replay failures/lossy.seed-412.capsule.yaml
        conclave replay failures --json replay.json

      EXIT STATUS: 0 same failure, same trace · 4 same failure, different trace · 5 another \
      failure · 6 no longer fails; 64, 65, 66 and 70 as for run. Of several capsules the worst \
      counts: the one that stands last here.
      """)

  @Argument(help: "Capsules, folders of them, or - for standard input.")
  var paths: [String]

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  func validate() throws {
    try ReportPaths.check([("--json", json)], against: paths)
  }

  func run() throws {
    if let json {
      try OutputFile.attempt { () throws(OutputFile.WriteError) in
        try OutputFile.expectFree(json, force: true)
      }
    }
    var status = ExitStatus.pass
    var replays: [ReportedReplay] = []
    for entry in ScenarioFiles.read(paths) {
      switch entry {
      case .unreadable(let name, let reason):
        Terminal.complain("error: \(VisibleText.escaped(name)): \(reason)\n")
        status = status.worse(.unreadable)
      case .text(let source):
        if let replay = Self.replay(source) {
          replays.append(replay)
          status = status.worse(ExitStatus(replay.replay.answer))
        } else {
          status = status.worse(.invalid)
        }
      }
    }
    status = report(replays).worse(status)
    if status != .pass { throw status.code }
  }

  /// Replays a capsule; nil if it is none, which is said on standard error.
  private static func replay(_ source: SourceFile) -> ReportedReplay? {
    let compilation = Batch.compiled(source, settings: [], seed: nil, isStrict: false)
    if !compilation.diagnostics.isEmpty {
      Terminal.complain(
        DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
          .text(compilation.diagnostics))
    }
    guard !compilation.cells.isEmpty else { return nil }
    let words = "replaying \(VisibleText.escaped(source.name))"
    guard let replay = CrashGuard.whilst(words, { Replay.run(compilation) }) else {
      Terminal.complain(
        "error: \(VisibleText.escaped(source.name)): it is no capsule, or its end is missing: there "
          + "is no section `capsule`; run it with `conclave run`\n")
      return nil
    }
    return ReportedReplay(
      file: source.name, name: compilation.name ?? source.name, sources: compilation.sources,
      replay: replay)
  }

  private func report(_ replays: [ReportedReplay]) -> ExitStatus {
    if json != "-", !replays.isEmpty {
      let options = TerminalReport.Options(width: Terminal.width, colour: Terminal.hasColour)
      Terminal.print(ReplayReport(options).text(replays))
    }
    guard let json else { return .pass }
    do throws(OutputFile.WriteError) {
      try OutputFile.write(ReplayJSON.text(replays), to: json)
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
      return .unreadable
    }
    return .pass
  }
}
