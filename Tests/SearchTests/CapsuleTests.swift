import Analysis
import Diagnostics
import Interpreter
import Search
import SystemModel
import TestSupport
import Testing

/// Failing runs that are kept, and replayed.
struct CapsuleTests {
  private func capsule(
    _ text: String, cell: Int = 0, seed: UInt64? = nil, file: String = "lossy.yaml",
    settings: [ParameterSetting] = []
  ) throws -> Capsule? {
    let compiled = Interpreter.compile(
      SourceFile(name: file, text: text), settings: settings, seed: seed)
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(!compiled.cells.isEmpty, "\(words)")
    return Capsule(
      of: Interpreter.run(compiled.cells[cell].plan), cell: cell, compiled, file: file,
      settings: settings)
  }

  private func replay(_ text: String) throws -> ReplayResult? {
    Replay.run(try Sweeping.compile(text))
  }

  /// Every run of a sweep that fails is kept, and fails again in the same way.
  @Test func failsAgainAsItDid() async throws {
    let text =
      Sweeping.lossy + """

        assertions:
          - {name: few are lost, metric: messages.dropped, is: "< 4"}
          - {name: nobody decides early, never: node1.decided, before: 60ms}
        """
    let result = try await Sweeping.sweep(text, 1...300)
    #expect(result.failures.count > 1)
    let scenario = try Sweeping.compile(text)
    for failure in result.failures {
      let capsule = try #require(
        Capsule(of: failure.result, cell: failure.cell, scenario, file: "lossy.yaml"))
      let again = try #require(try replay(capsule.text))
      #expect(again.answer == .sameTrace)
      #expect(again.found?.fingerprint == failure.fingerprint.hash)
    }
  }

  /// A run that does not fail is not kept.
  @Test func keepsFailuresOnly() throws {
    let text = Sweeping.lossy + "\nassertions: [agreement, {never: 'node1.term > 99'}]\n"
    #expect(try capsule(text, seed: 1) == nil)
  }

  @Test func readsAsAScenario() throws {
    let text = """
      # The lossy network.

      version: 1
      name: lossy
      extends: base.yaml
      parameters: {loss: 15%, most: 7}
      matrix: {retry: [60ms, 90ms]}
      topology: {nodes: 3}
      latencies: {default: {latency: 5ms..20ms, loss: "${loss}"}}
      protocol: {paxos: {retry: "${retry}"}}
      workloads:
        - {at: 0ms, node: node1, call: {propose: {value: a}}}   # the only one
      assertions:
        - {name: "few, or none, are lost", never: 'metrics["messages.dropped"] >= most'}
      expect: {fail: "few, or none, are lost"}
      """
    let compiled = Interpreter.compile(
      SourceFile(name: "lossy.yaml", text: text),
      settings: [ParameterSetting(name: "most", value: "1")], seed: 5,
      resolve: { _ in SourceFile(name: "base.yaml", text: "limits: {time: 400ms}") })
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(compiled.cells.count == 2, "\(words)")
    let capsule = try #require(
      Capsule(
        of: Interpreter.run(compiled.cells[1].plan), cell: 1, compiled, file: "x/lossy.yaml",
        settings: [ParameterSetting(name: "most", value: "1")]))
    #expect(capsule.fileName() == "lossy.most-1.retry-90ms.seed-5.capsule.yaml")
    expectGolden(capsule.text, "lossy.capsule.yaml")
    #expect(try replay(capsule.text)?.answer == .sameTrace)
  }

  /// A capsule of a capsule is the same one.
  @Test func isKeptAsItIs() throws {
    let text = Sweeping.lossy + "\nassertions: [{never: node1.decided}]\n"
    let first = try #require(try capsule(text, seed: 3))
    let again = try #require(try capsule(first.text, file: first.fileName()))
    #expect(again.text == first.text)
    #expect(again.fileName() == first.fileName())
  }

  /// What a single run does not reach is a failure of that run.
  @Test func keepsWhatIsNotReached() throws {
    let text = Sweeping.lossy + "\nassertions: [{sometimes: 'node1.term > 99'}]\n"
    let capsule = try #require(try capsule(text, seed: 3))
    #expect(try replay(capsule.text)?.answer == .sameTrace)
  }

  @Test func keepsErrorsOfFaults() throws {
    let text =
      Sweeping.lossy + """

        faults: [{name: odd, when: 1 / (node1.term - 1) > 5, crash: node1}]
        assertions: [agreement]
        """
    let capsule = try #require(try capsule(text, seed: 3))
    #expect(!capsule.text.contains("violated"))
    #expect(try replay(capsule.text)?.answer == .sameTrace)
  }

  @Test func isComparedWithWhatItSays() throws {
    let text = Sweeping.lossy + "\nassertions: [{never: node1.decided}, agreement]\n"
    let capsule = try #require(try capsule(text, seed: 3)).text
    func answer(_ old: String, _ new: String) throws -> ReplayAnswer? {
      let edited = capsule.replacing(old, with: new)
      #expect(edited != capsule)
      return try replay(edited)?.answer
    }
    let hash = try #require(capsule.split(separator: "trace_hash: ").last)
    #expect(try answer(String(hash.prefix(16)), "0123456789abcdef") == .sameFailure)
    #expect(try answer("outcome: fail", "outcome: error") == .otherFailure)
    #expect(
      try answer("violated: [node1.decided]", "violated: [agreement]") == .otherFailure)
    #expect(
      try answer("- {never: node1.decided}", "- {name: node1.decided, never: node1.up}")
        == .otherFailure)
    #expect(
      try answer("- {never: node1.decided}", "- {name: node1.decided, always: node1.up}")
        == .noFailure)
    #expect(try answer("\nlatencies:", "\nprocessing: {default: 1ms}\nlatencies:") == .sameFailure)
  }

  @Test func anOrdinaryScenarioIsNone() throws {
    #expect(try replay(Sweeping.failing) == nil)
  }

  @Test(
    arguments: [
      ("lossy.yaml", [], "lossy.seed-3.capsule.yaml"),
      ("a/b/lossy.yml", [], "lossy.seed-3.capsule.yaml"),
      ("<stdin>", [], "scenario.seed-3.capsule.yaml"),
      ("lossy.seed-9.capsule.yaml", [], "lossy.seed-3.capsule.yaml"),
      ("v1.2.yaml", [], "v1.2.seed-3.capsule.yaml"),
      ("über.yaml", [], "x_ber.seed-3.capsule.yaml"),
      ("-x.yaml", [], "x-x.seed-3.capsule.yaml"),
      (
        "lossy.yaml", [ParameterSetting(name: "who", value: "[a, ../b]")],
        "lossy.who-_a__.._b_.seed-3.capsule.yaml"
      ),
    ] as [(String, [ParameterSetting], String)])
  func nameOfFile(file: String, settings: [ParameterSetting], name: String) throws {
    let parameter = settings.isEmpty ? "" : "\nparameters: {who: [a, b]}"
    let who = settings.isEmpty ? "" : ", {always: 'who.size() > 0'}"
    let text = Sweeping.lossy + "\(parameter)\nassertions: [{never: node1.decided}\(who)]\n"
    let capsule = try #require(try capsule(text, seed: 3, file: file, settings: settings))
    #expect(capsule.fileName() == name)
  }

  @Test func equalNamesHaveNumbers() throws {
    let text = Sweeping.lossy + "\nassertions: [{never: node1.decided}]\n"
    let capsule = try #require(try capsule(text, seed: 3))
    #expect(capsule.fileName(number: 2) == "lossy-2.seed-3.capsule.yaml")
    let long = try #require(
      try self.capsule(text, seed: 3, file: String(repeating: "x", count: 4000) + ".yaml"))
    #expect(long.fileName().utf8.count < 250)
  }
}
