import Compiler
import Diagnostics
import ScenarioSyntax
import Testing

/// The pages of `conclave explain`: what is called wrong has the mistake, what is called right has
/// none.
struct ExplainedCodesTests {
  /// Codes whose pages speak of other files or of the command line.
  static let others = ["E0237", "E0238", "E0239", "E0621", "E0622"]

  static let codes = (ReaderCodes.all + CompilerCodes.all).filter { !others.contains($0.id) }

  @Test(arguments: codes)
  func wrongHasTheMistake(_ code: DiagnosticCode) {
    let compiled = compile(story(with: code.wrong))
    #expect(compiled.codes == [code.id], "\(code.id)\n\(compiled.text)")
  }

  @Test(arguments: codes)
  func rightHasNone(_ code: DiagnosticCode) {
    let compiled = compile(story(with: code.right))
    #expect(compiled.codes == [], "\(code.id)\n\(compiled.text)")
  }

  @Test func numbersAreUnique() {
    let ids = (LoaderCodes.all + ReaderCodes.all + CompilerCodes.all).map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ReaderCodes.all.map(\.id) == ReaderCodes.all.map(\.id).sorted())
    #expect(CompilerCodes.all.map(\.id) == CompilerCodes.all.map(\.id).sorted())
  }
}

/// A scenario that has some sections instead of its own.
func story(with sections: String) -> String {
  let own = [
    "version: 1", "name: story", "topology: {nodes: 3}", "latencies: {default: 20ms}",
    "protocol: leader-election",
  ]
  let lines = sections.split(separator: "\n")
  let kept = own.filter { line in
    let key = line.prefix { $0 != ":" } + ":"
    return !lines.contains { $0.hasPrefix(key) }
  }
  return (kept + [sections]).joined(separator: "\n") + "\n"
}
