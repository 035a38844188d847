import ArgumentParser
import Diagnostics
import Interpreter

/// The scenario of a command that looks into a failure.
enum FailingScenario {
  /// Reads and compiles a scenario; its name, and its plans. What is wrong is said on standard error
  /// and ends the process.
  static func compiled(
    _ path: String, _ options: ScenarioOptions, seed: UInt64?
  ) throws -> (name: String, CompiledScenario) {
    guard case .text(let source)? = ScenarioFiles.read([path]).first else {
      Terminal.complain("error: \(VisibleText.escaped(path)): it cannot be read\n")
      throw ExitStatus.unreadable.code
    }
    let compilation = Batch.compiled(
      source, settings: try options.parsedSettings(), seed: seed, isStrict: options.strict)
    if !compilation.diagnostics.isEmpty {
      Terminal.complain(
        DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
          .text(compilation.diagnostics))
    }
    guard !compilation.cells.isEmpty else { throw ExitStatus.invalid.code }
    return (source.name, compilation)
  }

  /// Says on standard error which of several combinations of a matrix is looked into.
  static func note(_ cell: Int, of scenario: CompiledScenario) {
    guard scenario.cells.count > 1 else { return }
    let values = scenario.cells[cell].values.map { "\($0.name)=\($0.value)" }
    Terminal.complain(
      "note: of \(scenario.cells.count) combinations the first that fails is "
        + "\(VisibleText.escaped(values.joined(separator: " ")))\n")
  }

  /// Says on standard error that a scenario does not fail; the status with which the process ends.
  static func complaint(_ name: String, _ scenario: CompiledScenario) -> ExitCode {
    let seed = scenario.cells.first.map { "with seed \($0.seed) " } ?? ""
    Terminal.complain(
      "error: \(VisibleText.escaped(name)): \(seed)it does not fail; `conclave sweep` finds seeds "
        + "that do\n")
    return ExitStatus.noFailure.code
  }
}
