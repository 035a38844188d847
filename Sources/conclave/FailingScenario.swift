import ArgumentParser
import Diagnostics
import Interpreter

/// What a command that looks into a failure says of its scenario.
enum FailingScenario {
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
