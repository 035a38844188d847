import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import Search
import Testing

/// What repairs a scenario repairs the smaller one.
struct FailureCauseTests {
  /// Without its mistake, or without any fault, each shipped scenario that does not fail then is
  /// shrunk to one that does not either. Both are taken out of the text.
  @Test(arguments: Shrinking.failing)
  func theCauseIsTheSame(_ path: String) throws {
    let scenario = try Shrinking.shipped(path)
    let small = try Sweeping.compile(Shrinking.kept(path))
    let name = try #require(small.capsule?.violated.first)
    let cell = try #require(
      scenario.cells.firstIndex { Interpreter.run($0.plan).assertion(name)?.verdict == .fail })
    let before = Self.alone(name, scenario, cell: cell)
    let after = Self.alone(name, small, cell: 0)
    try #require(try Self.isViolated(name, after))
    let repairs: [(String) -> String] = [Self.withoutMistake, Self.withoutFaults]
    let repair = try repairs.first { repair in
      try repair(before) != before && !Self.isViolated(name, repair(before))
    }
    guard let repair else {
      #expect(path == "barrier/timeout.yaml", "another scenario that nothing repairs")
      return
    }
    #expect(try !Self.isViolated(name, repair(after)), "\(repair(after))")
  }

  /// The text of a scenario with one assertion alone: others may speak of what is taken out.
  private static func alone(_ name: String, _ scenario: CompiledScenario, cell: Int) -> String {
    var draft = scenario.draft(cell: cell)
    draft.remove(["expect"])
    let assertions = scenario.cells[cell].plan.assertions
    for place in assertions.indices.reversed() where assertions[place].name != name {
      draft.remove(["assertions", .item(place)])
    }
    return draft.text
  }

  private static func withoutMistake(_ text: String) -> String {
    text.replacing(/mistake: [a-z-]+/, with: "mistake: none")
  }

  /// The text without the section and the shares of lost and copied messages.
  private static func withoutFaults(_ text: String) -> String {
    var lines: [Substring] = []
    var isInFaults = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let first = line.first, first != " " { isInFaults = line.hasPrefix("faults:") }
      if !isInFaults { lines.append(line) }
    }
    return lines.joined(separator: "\n").replacing(/(loss|duplicate): [0-9.]+%/) { "\($0.1): 0%" }
  }

  private static func isViolated(_ name: String, _ text: String) throws -> Bool {
    let result = Interpreter.run(try Sweeping.compile(text).cells[0].plan)
    return try #require(result.assertion(name)).verdict >= .fail
  }

  // MARK: What is awaited in vain

  /// A lock that is not given after a restart: the node comes back, and the run is long enough for
  /// the lock to be given without the mistake.
  @Test func aCrashThatEndsGoesOnToEnd() async throws {
    let text = """
      version: 1
      name: the lock is granted in the end
      limits: {time: 5s}
      topology: {nodes: 3}
      latencies: {default: 5ms..25ms}
      protocol: {ricart-agrawala: {mistake: deferred-forgotten}}
      workloads:
        - {at: [0ms, 5ms], node: [node1, node2, node3], call: {acquire: {hold: 40ms}}}
      faults:
        - {name: reboot, at: 70ms, for: 30ms, crash: node2}
      assertions:
        - {name: node3 enters, eventually: "node3.state == \\"inside\\"", within: 1s}

      """
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(text), jobs: 2)
    #expect(shrunk.capsule.text.contains("for: "), "\(shrunk.capsule.text)")
    #expect(try !Self.isViolated("node3 enters", Self.withoutMistake(shrunk.capsule.text)))
    try Self.expectNoWarnings(shrunk)
  }

  /// A decision that crashes and losses prevent: something is proposed, and decided without them.
  @Test func whatNothingAsksForIsAnotherFailure() async throws {
    let text = """
      version: 1
      name: a decision in time
      limits: {time: 600ms}
      topology: {nodes: 3}
      latencies: {default: {latency: 10ms..40ms, loss: 1%}}
      protocol: {paxos: {timeout: 500ms}}
      workloads:
        - {at: 0ms, node: node1, call: {propose: {value: red}}}
      faults:
        - {name: dead, at: 15ms, crash: [node2, node3]}
      assertions:
        - {name: in time, eventually: "nodes.exists(n, n.decided)", within: 300ms}

      """
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(text), jobs: 2)
    #expect(Shrinking.left("calls", of: shrunk) == 1)
    #expect(try !Self.isViolated("in time", Self.withoutFaults(shrunk.capsule.text)))
    try Self.expectNoWarnings(shrunk)
  }

  /// What fails with and without faults keeps the time it had to come, and something to come of.
  @Test(arguments: [
    ("sometimes: nodes.exists(n, n.term > 7)", 400), ("at_end: nodes.all(n, n.term > 7)", 400),
    ("{eventually: \"nodes.exists(n, n.term > 7)\", within: 350ms}", 350),
  ])
  func whatNothingRepairsKeepsItsTime(_ assertion: String, _ least: Int64) async throws {
    let text = """
      version: 1
      name: a high term
      limits: {time: 400ms}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol: {raft-register: {election_timeout: 100ms}}
      workloads:
        - {at: 150ms, node: node1, call: {write: {value: a}}}
      faults:
        - {name: rain, at: 20ms, for: 100ms, loss: 50%}
      assertions:
        - \(assertion)

      """
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(text), jobs: 2)
    let draft = try Sweeping.compile(shrunk.capsule.text).draft(cell: 0)
    let end = try #require(draft[["limits", "time"]]?.duration)
    #expect(end >= least * 1_000_000, "\(shrunk.capsule.text)")
    #expect(Shrinking.left("calls", of: shrunk) == 1)
    #expect(Shrinking.left("nodes", of: shrunk) == 1)
    try Self.expectNoWarnings(shrunk)
  }

  private static func expectNoWarnings(_ shrunk: Shrink.Outcome) throws {
    let written = Interpreter.compile(
      SourceFile(name: "small.yaml", text: shrunk.capsule.text), isStrict: true)
    let words = DiagnosticRenderer(written.sources).text(written.diagnostics)
    #expect(written.cells.count == 1, "\(words)\(shrunk.capsule.text)")
  }
}
