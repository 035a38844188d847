import Compiler
import Diagnostics
import Foundation
import ScenarioSyntax
import Testing

/// What became of a scenario text.
struct Compiled {
  let plans: [Plan]?
  let diagnostics: [Diagnostic]
  let sources: SourceMap

  /// Those that prevent a plan.
  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// The diagnostics as the terminal shows them, without colour.
  var text: String {
    let renderer = DiagnosticRenderer(sources)
    return diagnostics.map { renderer.text($0) }.joined(separator: "\n")
  }

  /// The codes of the diagnostics, in their order.
  var codes: [String] { diagnostics.map(\.code.id) }
}

/// Reads and compiles a scenario with all its cells, or with the first alone.
func compile(
  _ text: String, name: String = "story.yaml", settings: [Setting] = [],
  others: [String: String] = [:], onlyFirstCell: Bool = false
) -> Compiled {
  var sources = SourceMap()
  var bag = DiagnosticBag()
  let reader = ScenarioReader { path in others[path].map { SourceFile(name: path, text: $0) } }
  let file = reader.read(
    SourceFile(name: name, text: text), settings: settings, sources: &sources, into: &bag)
  let plans = file.flatMap { file -> [Plan]? in
    guard onlyFirstCell else { return Compilation(file).plans(into: &bag) }
    return Compilation(file).plan(cell: 0, into: &bag).map { [$0] }
  }
  return Compiled(plans: plans, diagnostics: bag.sorted, sources: sources)
}

/// The plan of a scenario without a matrix and without mistakes.
func plan(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Plan {
  let compiled = compile(text)
  try #require(compiled.errors.isEmpty, "\(compiled.text)", sourceLocation: sourceLocation)
  return try #require(compiled.plans?.first, sourceLocation: sourceLocation)
}

/// A file of the fixtures of the reader's tests.
func fixture(_ name: String, filePath: String = #filePath) throws -> String {
  let tests = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  return try String(
    contentsOf: tests.appendingPathComponent("ScenarioSyntaxTests/Fixtures/\(name)"),
    encoding: .utf8)
}
