import Diagnostics
import Interpreter
import Protocols
import Reports
import SystemModel
import Testing

@testable import Analysis

/// What invariants and metrics say that they read is what they read, no less and no more.
struct NeedsTests {
  /// A scenario that asserts every invariant and every metric of a protocol.
  private static func plan(_ description: ProtocolDescription) throws -> JudgementPlan {
    let options = description.parameters.filter(\.required).map { "\($0.name): node1" }
    let text = """
      version: 1
      name: all
      topology: {nodes: 3, groups: {pair: [node1, node2]}}
      latencies: {default: 1ms}
      protocol: \(options.isEmpty ? description.name : "{\(description.name): {\(options[0])}}")
      faults: [{name: split, at: 1s, partition: halves}]
      assertions: [{always: node1.up}]
      """
    let bare = Interpreter.compile(SourceFile(name: "s", text: text))
    let found = DiagnosticRenderer(bare.sources).text(bare.diagnostics)
    var plan = try #require(bare.cells.first, "\(found)").plan
    plan.assertions = InvariantCatalog.invariants(of: plan.description).map {
      AssertionPlan(name: $0.name, form: .invariant($0.name))
    }
    plan.assertions += plan.environment.metrics.map {
      AssertionPlan(name: $0.name, form: .metric($0, []))
    }
    return plan
  }

  private static func needs(_ assertion: AssertionPlan) -> Needs {
    switch assertion.form {
    case .invariant(let name): InvariantCatalog.invariant(name)?.needs ?? []
    case .metric(let metric, _): metric.needs
    default: []
    }
  }

  /// A line that speaks of something and nothing else.
  private static func line(_ need: Need, _ description: ProtocolDescription) -> String? {
    func word(_ type: WordType) -> String {
      switch type {
      case .int: "1"
      case .bool: "true"
      case .duration: "\"1ms\""
      case .word(let words): "\"\(words[0])\""
      case .symbol: "\"x\""
      case .node: "\"node1\""
      case .nodeList: "[\"node1\"]"
      }
    }
    switch need {
    case .observation(let name, let value):
      let fields = description.observations.first { $0.name == name }?.fields ?? []
      let values = value == nil ? [] : fields.map { ", \"\($0.name)\": \(word($0.type))" }
      return #"{"time": 5, "event": "\#(name)", "node": "node2"\#(values.joined())}"#
    case .field(let name):
      guard let field = description.fields.first(where: { $0.name == name }) else { return nil }
      return
        #"{"time": 5, "event": "field", "field": "\#(name)", "node": "node2", "value": \#(word(field.type))}"#
    case .calls:
      guard let call = description.calls.first else { return nil }
      let arguments = call.arguments.map { "\"\($0.name)\": \(word($0.type))" }
      return
        #"{"time": 5, "event": "invoke", "node": "node2", "call": "\#(call.name)", "arguments": {\#(arguments.joined(separator: ", "))}}"#
    case .faults: return #"{"time": 5, "event": "fault_started", "fault": "split"}"#
    case .sent, .delivered, .dropped, .held, .delayed, .duplicated, .handling, .reach,
      .availability:
      return nil
    }
  }

  private static func judged(_ lines: [String], _ plan: JudgementPlan) throws -> RunResult {
    let log = SourceFile(name: "h", text: lines.joined(separator: "\n"))
    let run = RecordedRun(log, file: 1, for: plan)
    let found = DiagnosticRenderer(SourceMap([log, log])).text(run.diagnostics)
    return try #require(run.judged(), "\(found)")
  }

  /// For each list of what something needs, a history with all of it but one thing, and one with all.
  @Test(arguments: ProtocolCatalog.all.map(\.name))
  func `What lacks one thing that it needs is vacuous, and says so`(name: String) throws {
    let description = try #require(ProtocolCatalog.named(name))
    let plan = try Self.plan(description)
    var histories: [[Need]] = [[]]
    for way in plan.assertions.flatMap({ Self.needs($0).ways }) {
      histories += way.indices.map { left in
        way.indices.filter { $0 != left }.map { way[$0] }
      }
      histories.append(way)
    }
    var known: Set<[Need]> = []
    var lacking = 0
    for history in histories where known.insert(history).inserted {
      let told = history.filter { Self.line($0, description) != nil }
      let lines = told.compactMap { Self.line($0, description) }
      let crash = #"{"time": 5, "event": "crashed", "node": "node3"}"#
      let result = try Self.judged(lines + [crash], plan)
      func isTold(_ need: Need) -> Bool {
        told.contains { other in
          if case .observation(let name, nil) = need, case .observation(name, _) = other {
            return true
          }
          return need == other
        }
      }
      for (assertion, found) in zip(plan.assertions, result.assertions) {
        let needs = Self.needs(assertion)
        let isEnough = needs.ways.isEmpty || needs.ways.contains { $0.allSatisfy(isTold) }
        let reason = "the history does not say what it reads"
        let isRefused = found.reason.hasPrefix(reason)
        // Of what is told only in part nothing is said here: it has a test of its own.
        let parts = told.contains { told in
          if case .observation(let name, nil) = told {
            return needs.all.contains {
              if case .observation(name, .some) = $0 { true } else { false }
            }
          }
          return false
        }
        if parts { continue }
        #expect(isRefused == !isEnough, "\(assertion.name) by \(history): \(found.reason)")
        guard !isEnough else { continue }
        lacking += 1
        #expect(found.verdict == .vacuous, "\(assertion.name) by \(history)")
        for need in needs.ways[0] where !isTold(need) {
          #expect(found.reason.contains(need.text), "\(assertion.name): \(found.reason)")
        }
        #expect(result.metric(assertion.name) == nil, "\(assertion.name)")
      }
    }
    #expect(lacking > plan.assertions.count)
  }

  @Test func `A value that is missing once is missing`() throws {
    let plan = try Self.plan(try #require(ProtocolCatalog.named("paxos")))
    let result = try Self.judged(
      [
        #"{"time": 1, "event": "decided", "node": "node1", "value": "x"}"#,
        #"{"time": 2, "event": "learned", "node": "node2"}"#,
        #"{"time": 3, "event": "invoke", "node": "node2", "call": "propose", "arguments": {"value": "x"}}"#,
      ], plan)
    for name in ["agreement", "integrity", "validity"] {
      let reason = result.assertion(name)?.reason
      #expect(reason == "the history does not say what it reads: `learned(value)`")
    }
    #expect(result.metric("consensus.decision_time") == .duration(1))
  }

  /// Runs of every family, told by what each invariant and metric says that it reads and nothing
  /// else.
  @Test(arguments: [
    "mutex/contention.yaml", "mutex/holder-crash.yaml", "zoo/lamport-mutex/no-tie-break.yaml",
    "consensus/message-flow.yaml", "zoo/promise-commit/decision-forgotten.yaml",
    "barrier/stragglers.yaml", "zoo/barrier/one-short.yaml", "zoo/barrier/late-not-told.yaml",
    "election/voter-restart.yaml", "zoo/leader-election/vote-forgotten.yaml",
    "zoo/raft-register/old-term-committed.yaml", "register/linearizable.yaml",
  ])
  func `What it needs is enough to judge by`(path: String) throws {
    for cell in try ShippedScenario(path: path).compiled().cells.prefix(1) {
      var plan = cell.plan
      plan.assertions = InvariantCatalog.invariants(of: plan.description).map {
        AssertionPlan(name: $0.name, form: .invariant($0.name))
      }
      plan.expectation = .pass
      plan.system.watchedFields = plan.watchedFields
      var reader = Reader(transcript: JSONTranscript(plan.system, plan.description))
      let original = Interpreter.run(plan, reading: &reader)
      let lines = reader.text.split(separator: "\n").map(String.init)
      var told: [[Need]: RunResult] = [:]
      func result(telling needs: [Need]) throws -> RunResult {
        if let known = told[needs] { return known }
        let result = try Self.judged(Self.lines(lines, telling: needs), plan)
        told[needs] = result
        return result
      }
      for invariant in original.assertions where invariant.verdict != .vacuous {
        let needs = try #require(InvariantCatalog.invariant(invariant.name)).needs
        for way in needs.isUnion ? [needs.all] : needs.ways {
          let found = try #require(try result(telling: way).assertion(invariant.name))
          #expect(found.verdict == invariant.verdict, "\(invariant.name): \(found.reason)")
          #expect(found.reason == invariant.reason)
        }
      }
      for metric in plan.environment.metrics {
        let needs = metric.needs.all
        guard let value = original.metric(metric.name), !needs.isEmpty, needs != [.availability]
        else { continue }
        // What never happened is not told, and has no value then.
        let found = try result(telling: needs).metric(metric.name)
        #expect(found == value || found == nil && value.number == 0, "\(metric.name)")
      }
    }
  }

  private struct Reader: TraceReader {
    var transcript: JSONTranscript
    var text = ""

    mutating func read(_ part: Trace) { transcript.write(part, to: &text) }
  }

  /// The lines of a transcript that tell some needs, and what is taken for granted: who is up, and
  /// when it all ends. An event of which something is left out begins with what is left.
  private static func lines(_ lines: [String], telling needs: [Need]) -> [String] {
    var wanted = ["crashed", "restarted", "paused", "resumed", "ended"].map {
      "\"event\":\"\($0)\""
    }
    for need in needs {
      switch need {
      case .observation(let name, _): wanted.append("\"observation\":\"\(name)\"")
      case .field(let name): wanted.append("\"event\":\"field\",\"first\":*,\"field\":\"\(name)\"")
      case .calls: wanted += ["\"event\":\"call_invoked\"", "\"event\":\"call_completed\""]
      case .faults: wanted += ["\"event\":\"fault_started\"", "\"event\":\"fault_ended\""]
      case .sent, .delivered, .dropped, .held, .delayed, .duplicated:
        wanted += ["sent", "delivered", "dropped", "held", "released", "delayed", "duplicated"]
          .map { "\"event\":\"\($0)\"" }
      case .handling, .reach, .availability: break
      }
    }
    var kept: [String] = []
    var hasBegun = false
    for line in lines {
      if line.contains("\"first\":true") { hasBegun = false }
      let isWanted = wanted.contains { pattern in
        let parts = pattern.split(separator: "*")
        return parts.allSatisfy { line.contains($0.hasPrefix(",") ? $0.dropFirst() : $0) }
      }
      guard isWanted else { continue }
      kept.append(
        hasBegun ? line : line.replacing("\"first\":false", with: "\"first\":true"))
      hasBegun = true
    }
    return kept
  }
}
