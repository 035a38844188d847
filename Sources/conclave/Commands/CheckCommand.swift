import ArgumentParser
import Diagnostics
import Interpreter

/// `conclave check PATH…`: look for mistakes without running.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for mistakes in scenarios without running them.",
    discussion: """
      All mistakes of all files are shown, sorted by place, and warnings about what is probably not \
      meant. A scenario with warnings can be used; --strict refuses it.

      EXAMPLES:
        conclave check election.yaml
        conclave check scenarios --strict         warnings are errors
        conclave check scenarios --format json    for editors and scripts
      """)

  @Argument(
    help: "Files, folders (of which names that begin with . or _ are left out), or - for input.")
  var paths: [String]

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: "How to show what was found: text or json.")
  var format = DiagnosticFormat.text

  func run() throws {
    var status = ExitStatus.pass
    var found: [JSONValue] = []
    var (fine, refused, warnings) = (0, 0, 0)
    let settings = try scenario.parsedSettings()
    var files: [(name: String, compilation: CompiledScenario)] = []
    for entry in ScenarioFiles.read(paths) {
      switch entry {
      case .unreadable(let name, let reason):
        Terminal.complain("error: \(VisibleText.escaped(name)): \(reason)\n")
        status = status.worse(.unreadable)
      case .text(let source):
        let compilation = Batch.compiled(
          source, settings: settings, seed: nil, isStrict: scenario.strict)
        files.append((source.name, compilation))
      }
    }
    let shared = SharedBases(files)
    for (name, compilation) in files {
      if compilation.cells.isEmpty {
        status = status.worse(compilation.isMisused ? .usage : .invalid)
        refused += 1
      } else {
        fine += 1
        warnings += compilation.diagnostics.warningCount
      }
      let diagnostics = shared.diagnostics(compilation, name)
      switch format {
      case .text: Terminal.print(text(diagnostics, compilation.sources))
      case .json:
        if case .array(let values) = DiagnosticRenderer.json(diagnostics, compilation.sources) {
          found += values
        }
      }
    }
    switch format {
    case .text: Terminal.print(summary(fine: fine, refused: refused, warnings: warnings) + "\n")
    case .json: Terminal.print(JSONValue.array(found).text(indented: true) + "\n")
    }
    if status != .pass { throw status.code }
  }

  private func summary(fine: Int, refused: Int, warnings: Int) -> String {
    guard fine + refused > 0 else { return "nothing to check" }
    let total = fine + refused == 1 ? "1 scenario" : "\(fine + refused) scenarios"
    let outcome = refused == 0 ? "no mistakes" : "\(refused) refused"
    let more =
      warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", \(warnings) warnings"
    return "\(total) checked, \(outcome)\(more)"
  }

  private func text(_ diagnostics: DiagnosticBag, _ sources: SourceMap) -> String {
    guard !diagnostics.isEmpty else { return "" }
    return DiagnosticRenderer(sources, colour: Terminal.hasColour).text(diagnostics)
  }
}
