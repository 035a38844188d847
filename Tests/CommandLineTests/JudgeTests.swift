import Foundation
import Testing

@Suite struct JudgeTests {
  private static let scenario = "scenarios/mutex/documented-gantt.yaml"
  private static let history = "scenarios/mutex/documented-gantt.history.jsonl"

  private func judge(
    _ options: [String] = [], scenario: String = scenario, history: String = history,
    input: String? = nil
  ) throws -> Tool.Outcome {
    try Tool.run(["judge", scenario, "--history", history] + options, input: input)
  }

  @Test func theDocumentedChartFails() throws {
    let outcome = try judge()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("[157ms, 160ms)"))
    #expect(outcome.output.contains("repeat    conclave judge \(Self.scenario) --history"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func aTranscriptOfAPassPasses() throws {
    let transcript = try Tool.run(["trace", Self.scenario, "--format", "json"])
    let outcome = try judge(history: "-", input: transcript.output)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func mistakesAre65() throws {
    let outcome = try judge(history: "-", input: "{\"time\": 5}\n{\"tiem\": 5}\n")
    #expect(outcome.status == 65)
    #expect(outcome.output.contains("<stdin>:1:1"))
    #expect(outcome.output.contains("<stdin>:2:1"))
  }

  @Test func aFormatThatIsSaidCounts() throws {
    let operations = "{\"process\": 0, \"type\": \"invoke\", \"f\": \"acquire\", \"time\": 1}\n"
    #expect(try judge(history: "-", input: operations).status == 3)
    #expect(try judge(["--format", "events"], history: "-", input: operations).status == 65)
    #expect(try judge(["--format", "csv"]).status == 64)
  }

  @Test func missingFilesAre66() throws {
    #expect(try judge(history: "no-such.jsonl").status == 66)
    #expect(try judge(scenario: "no-such.yaml").status == 66)
    #expect(try judge(scenario: "scenarios/mutex").status == 66)
    #expect(try judge(history: "scenarios").status == 66)
  }

  @Test func aWrongScenarioIs65AndTwoStandardInputsAre64() throws {
    #expect(try judge(scenario: "-", input: "version: 1\n").status == 65)
    #expect(try judge(scenario: "-", history: "-", input: "").status == 64)
    #expect(try judge(["--json", Self.history]).status == 64)
  }

  @Test func reportsAreThoseOfARun() throws {
    let outcome = try judge(["--json", "-"])
    #expect(outcome.status == 1)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let scenarios = try #require((json as? [String: Any])?["scenarios"] as? [[String: Any]])
    #expect(scenarios.count == 1)
    #expect(scenarios[0]["verdict"] as? String == "fail")
    let junit = try judge(["--junit", "-"])
    #expect(junit.status == 1)
    #expect(junit.output.contains("<failure"))
  }

  @Test func aRunOfTheFolderPassesTheHistoryBy() throws {
    let outcome = try Tool.run(["run", "scenarios/mutex"])
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}
