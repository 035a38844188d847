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

  private static func register(_ assertions: String, _ rest: String = "") -> String {
    """
    version: 1
    name: a register
    topology: {nodes: 3}
    latencies: {default: 5ms}
    protocol: abd-register
    \(rest)
    assertions: [\(assertions)]

    """
  }

  /// What a whole history does not mention is as the protocol has it at the start, not nothing.
  @Test(arguments: [
    ("{never: 'node2.value == \"v\"'}", 0), ("{always: node2.timestamp == 0}", 0),
    ("{at_end: node1.value == null}", 0), ("{at_end: node1.writer != null}", 1),
  ]) func aWholeHistoryStartsAsTheProtocolDoes(_ assertion: String, _ status: Int32) throws {
    try Tool.inNewFolder { folder in
      try Data(Self.register(assertion).utf8).write(to: folder.appending(path: "r.yaml"))
      let history = """
        {"time": 0, "event": "started"}
        {"time": "1ms", "event": "invoke", "node": "node1", "call": "write", \
        "arguments": {"value": "v"}}
        {"time": "2ms", "event": "ok", "node": "node1"}
        {"time": "50ms", "event": "ended", "reason": "quiescence"}

        """
      try Data(history.utf8).write(to: folder.appending(path: "h.jsonl"))
      let outcome = try Tool.run(["judge", "r.yaml", "--history", "h.jsonl"], in: folder)
      #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    }
  }

  /// A transcript has all fields, whatever its own scenario reads.
  @Test(arguments: [
    ("{always: 'nodes.all(n, n.timestamp == 0)'}", 1),
    ("{never: 'node2.value == \"v\"', before: 5ms}", 0),
    ("{at_end: 'nodes.all(n, n.value == \"v\")'}", 0),
  ]) func aTranscriptIsJudgedByOthersAsARunIs(_ assertion: String, _ status: Int32) throws {
    try Tool.inNewFolder { folder in
      let calls = "workloads: [{at: 1ms, node: node3, call: {write: {value: v}}}]"
      let transcript = try Tool.run(
        ["trace", "-", "--format", "json"], input: Self.register("linearizable", calls))
      try Data(transcript.output.utf8).write(to: folder.appending(path: "t.jsonl"))
      try Data(Self.register(assertion, calls).utf8).write(to: folder.appending(path: "r.yaml"))
      let run = try Tool.run(["run", "r.yaml"], in: folder)
      #expect(run.status == status, "\(run.output)\(run.errors)")
      let judged = try Tool.run(["judge", "r.yaml", "--history", "t.jsonl"], in: folder)
      #expect(judged.status == status, "\(judged.output)\(judged.errors)")
    }
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
