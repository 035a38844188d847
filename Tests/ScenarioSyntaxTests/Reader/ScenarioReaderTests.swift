import Diagnostics
import Foundation
import ScenarioSyntax
import TestSupport
import Testing

/// The documented scenarios are read without a mistake.
struct ScenarioReaderTests {
  @Test(arguments: ["consensus", "election", "mutex", "barrier"])
  func documentedScenarios(_ name: String) throws {
    let (file, diagnostics, sources) = read(try fixture("\(name).yaml"), name: "\(name).yaml")
    #expect(
      diagnostics.isEmpty, "\(rendered(diagnostics, sources))")
    var bag = DiagnosticBag()
    let scenario = try #require(file?.scenario(cell: 0, into: &bag))
    #expect(bag.isEmpty, "\(rendered(bag.sorted, sources))")
    #expect(scenario.isWhole)
    #expect(scenario.tags.map(\.value).first == "documented")
    #expect(!scenario.assertions.isEmpty)
  }
}

/// A file of the folder `Fixtures` beside the tests.
func fixture(_ name: String, filePath: String = #filePath) throws -> String {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  return try String(contentsOf: folder.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
}

/// Reads a scenario; `others` are the files that it may extend.
func read(
  _ text: String, name: String = "story.yaml", settings: [Setting] = [],
  others: [String: String] = [:]
) -> (file: ScenarioFile?, diagnostics: [Diagnostic], sources: SourceMap) {
  var sources = SourceMap()
  var bag = DiagnosticBag()
  let reader = ScenarioReader { path in others[path].map { SourceFile(name: path, text: $0) } }
  let file = reader.read(
    SourceFile(name: name, text: text), settings: settings, sources: &sources, into: &bag)
  return (file, bag.sorted, sources)
}

/// Diagnostics as the terminal shows them, without colour.
func rendered(_ diagnostics: [Diagnostic], _ sources: SourceMap) -> String {
  let renderer = DiagnosticRenderer(sources)
  return diagnostics.map { renderer.text($0) }.joined(separator: "\n")
}
