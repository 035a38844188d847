import Diagnostics
import Interpreter

/// Which of the files of a command line are extended by others of them.
struct SharedBases {
  /// An extended file, and the first that extends it.
  private var pairs: [(base: String, heir: String)] = []

  /// Looks through files that were compiled.
  init(_ files: [(name: String, compilation: CompiledScenario)]) {
    for file in files {
      for base in file.compilation.bases { pairs.append((base, file.name)) }
    }
  }

  /// What was found in a file; one that was refused hears that another extends it.
  func diagnostics(_ compilation: CompiledScenario, _ name: String) -> DiagnosticBag {
    guard compilation.cells.isEmpty, let pair = pairs.first(where: { $0.base == name }) else {
      return compilation.diagnostics
    }
    return compilation.diagnostics(asBaseOf: pair.heir)
  }
}
