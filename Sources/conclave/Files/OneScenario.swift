import Diagnostics
import Interpreter

/// A command about a single scenario reads just one.
enum OneScenario {
  /// Compiles the one scenario of a path; its name, and its plans. What is wrong, or probably not
  /// meant, is said on standard error; what is wrong ends the process.
  static func compiled(
    _ path: String, _ options: ScenarioOptions, seed: UInt64?
  ) throws -> (name: String, CompiledScenario) {
    let found = ScenarioFiles.read([path])
    guard found.count < 2 else {
      let name = VisibleText.escaped(path)
      Terminal.complain(
        "error: \(name) is a folder of \(found.count) scenarios; name one of them\n")
      throw ExitStatus.usage.code
    }
    let source: SourceFile
    switch found.first {
    case .text(let text): source = text
    case .unreadable(let name, let reason):
      Terminal.complain("error: \(VisibleText.escaped(name)): \(reason)\n")
      throw ExitStatus.unreadable.code
    case nil: preconditionFailure("the path \(path) means nothing")
    }
    let compilation = Batch.compiled(
      source, settings: try options.parsedSettings(), seed: seed, isStrict: options.strict)
    if !compilation.diagnostics.isEmpty {
      Terminal.complain(
        DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
          .text(compilation.diagnostics))
    }
    guard !compilation.cells.isEmpty else {
      throw (compilation.isMisused ? ExitStatus.usage : .invalid).code
    }
    return (source.name, compilation)
  }
}
