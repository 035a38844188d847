import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import TestSupport
import Testing

/// What a draft of each shipped scenario and cell is worth: written, it is the same scenario.
struct ScenarioDraftTests {
  @Test(arguments: ShippedScenario.all)
  func runsAsTheScenarioDoes(_ file: ShippedScenario) throws {
    let scenario = try file.compiled()
    for (place, cell) in scenario.cells.enumerated() {
      let text = scenario.draft(cell: place).text
      let written = Interpreter.compile(SourceFile(name: "draft.yaml", text: text))
      let found = DiagnosticRenderer(written.sources).text(written.diagnostics)
      #expect(!written.diagnostics.hasErrors, "\(found)\(text)")
      guard written.cells.count == 1 else { continue }
      let (first, second) = (Interpreter.run(cell.plan), Interpreter.run(written.cells[0].plan))
      #expect(first.traceHash == second.traceHash, "\(text)")
      #expect(first.verdict == second.verdict)
      #expect(first.outcome == second.outcome)
      #expect(first.assertions.map(\.verdict) == second.assertions.map(\.verdict))
      #expect(first.assertions.map(\.name) == second.assertions.map(\.name))
      #expect(first.metrics == second.metrics)
      #expect(written.draft(cell: 0).text == text, "writing twice gives the same text")
    }
  }

  /// Comments and free texts aside, a line has a hundred columns.
  @Test(arguments: ShippedScenario.all)
  func fitsAPage(_ file: ShippedScenario) throws {
    let scenario = try file.compiled()
    for line in scenario.draft(cell: 0).text.split(separator: "\n")
    where !line.contains("#") {
      #expect(line.count <= 100, "\(line)")
    }
  }

  @Test(
    arguments: [
      "consensus/failure-window.yaml", "consensus/duelling-proposers.yaml",
      "mutex/reordering-channels.yaml", "election/partition.yaml",
    ])
  func readsLikeAShippedScenario(_ path: String) throws {
    let scenario = try ShippedScenario(path: path).compiled()
    expectGolden(
      scenario.draft(cell: 0).text, "drafts/" + path.replacing("/", with: "-"))
  }
}
