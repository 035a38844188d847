import Diagnostics
import Interpreter

/// A command about a single run reads a single scenario.
enum OneScenario {
  /// Compiles the one scenario of a path; what is wrong is said on standard error.
  static func compiled(
    _ path: String, _ options: ScenarioOptions, seed: UInt64?
  ) throws -> CompiledScenario {
    let found = ScenarioFiles.read([path])
    guard found.count < 2 else {
      let name = VisibleText.escaped(path)
      Terminal.complain(
        "error: \(name) is a folder of \(found.count) scenarios; name one of them\n")
      throw ExitStatus.usage.code
    }
    guard case .text(let source)? = found.first else {
      Terminal.complain("error: \(VisibleText.escaped(path)): it cannot be read\n")
      throw ExitStatus.unreadable.code
    }
    let compilation = Batch.compiled(
      source, settings: try options.parsedSettings(), seed: seed, isStrict: options.strict)
    guard !compilation.cells.isEmpty else {
      Terminal.complain(
        DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
          .text(compilation.diagnostics))
      throw (compilation.isMisused ? ExitStatus.usage : .invalid).code
    }
    return compilation
  }
}
