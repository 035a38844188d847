import Foundation
import Reports
import SystemModel
import TestSupport
import Testing

@Suite struct JSONReportTests {
  @Test func everyEnding() {
    let runs = SampleRuns.all.filter { $0.cell.isEmpty } + SampleRuns.sweep.prefix(1)
    expectGolden(JSONReport.text(runs), "report.json")
  }

  @Test func hostileNames() throws {
    let text = JSONReport.text([SampleRuns.hostile])
    expectGolden(text, "hostile.json")
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let scenarios = try #require(value?["scenarios"] as? [[String: Any]])
    #expect(scenarios[0]["name"] as? String == SampleRuns.hostile.name)
    #expect(scenarios[0]["file"] as? String == SampleRuns.hostile.file)
  }

  @Test func nothingAtAll() {
    #expect(
      JSONReport.text([])
        == "{\n  \"schema\": 1,\n  \"semantics\": \(EngineSemantics.version),\n"
        + "  \"scenarios\": []\n}\n")
  }
}
