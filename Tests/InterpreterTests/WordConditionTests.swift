import Diagnostics
import SystemModel
import Testing

@testable import Analysis
@testable import Interpreter

/// Conditions over words against the expressions that they are made of.
@Suite struct WordConditionTests {
  /// All records of a run.
  private struct WholeTrace: TraceReader {
    var trace = Trace()

    mutating func read(_ part: Trace) {
      trace.records += part.records
      trace.bindings = part.bindings
    }
  }

  /// What a run comes to if its trace is judged in both ways.
  private func results(of plan: JudgementPlan) -> (words: RunResult, values: RunResult) {
    var whole = WholeTrace()
    let result = Interpreter.run(plan, reading: &whole)
    func judged(usesWords: Bool) -> RunResult {
      var judge = Judge(plan, detail: .full, usesWords: usesWords)
      judge.consume(whole.trace)
      return judge.finish(end: result.end, at: result.endedAt, traceHash: result.traceHash)
    }
    return (judged(usesWords: true), judged(usesWords: false))
  }

  @Test(arguments: ShippedScenario.all) func shippedScenariosAreJudgedTheSame(
    _ file: ShippedScenario
  ) throws {
    for cell in try file.compiled().cells {
      let (words, values) = results(of: cell.plan)
      #expect(words == values)
    }
  }

  /// Nodes that crash, stand still, stand for election, and messages with content of every type.
  private static let election = """
    version: 1
    name: words
    limits: {time: 900ms}
    parameters: {most: 3, name: node2, soon: 200ms}
    topology: {nodes: [node1, node2, node3, node4], groups: {a: [node1, node2], b: [node3]}}
    latencies: {default: {latency: 5ms..20ms, loss: 10%}}
    processing: {default: 1ms}
    protocol: {leader-election: {pre_vote: true, heartbeat: 40ms, election_timeout: 100ms..200ms}}
    faults:
      - {at: 300ms, for: 200ms, crash: leader, may_be_idle: chance}
      - {at: 200ms, for: 100ms, pause: random(1), may_be_idle: chance}
    assertions:

    """

  /// Conditions, and whether they are made of words alone.
  static let conditions: [(text: String, isWords: Bool)] = [
    ("node1.role == 'leader'", true),
    ("node1.role != 'leader' && node2.role != 'candidate'", true),
    ("'leader' == node3.role || node3.role in ['follower', 'candidate']", true),
    ("node1.term > node2.term", true),
    ("node1.term >= 2 && node1.term < most", true),
    ("node2.term <= most || now > soon", true),
    ("now == 300ms || now < 250ms", true),
    ("node1.leader_id == null", true),
    ("node1.leader_id != null && node1.leader_id == node2.leader_id", true),
    ("node1.leader_id == name || node2.leader_id == 'node1'", true),
    ("node1.leader_id in ['node2', 'node3']", true),
    ("node1.synced && !node2.synced", true),
    ("node1.synced == node2.synced", true),
    ("node1.up != node2.paused", true),
    ("node1.available || node1.handling > 0", true),
    ("nodes.all(n, n.up)", true),
    ("nodes.exists(n, n.paused || !n.up)", true),
    ("nodes.all(n, n.group == 'a' || n.term < 3)", true),
    ("nodes.exists(n, n.group == null && n.role == 'leader')", true),
    ("nodes.filter(n, n.role == 'leader').size() <= 1", true),
    ("nodes.count(n, n.role == 'candidate') == 2", true),
    ("nodes.all(n, nodes.all(m, n.name == m.name || n.votes + 0 < 9))", false),
    ("nodes.all(n, nodes.all(m, n.index >= m.index || n.term <= m.term))", true),
    ("nodes.exists(n, nodes.filter(m, m.leader_id == n.name).size() > 2)", true),
    ("messages.all(m, m.kind != 'vote_request' || m.term > 1)", false),
    ("messages.exists(m, m.kind == 'vote_request' && m.term == 2)", true),
    ("messages.exists(m, m.from == 'node1' && m.to in ['node2', 'node3'])", true),
    ("messages.exists(m, m.sent < 100ms)", true),
    ("messages.exists(m, m.kind == 'pre_vote_deny' && m.reason == 'tie')", true),
    ("messages.all(m, nodes.exists(n, n.name == m.from && n.up))", true),
    ("messages.exists(m, m.term == null)", true),
    ("leader == null || leader.term > 1", false),
    ("metrics['messages.wire'] < 50", false),
    ("node1.term * 2 > 3", false),
    ("calls.size() == 0", false),
    ("old.node1.term <= node1.term", false),
  ]

  @Test(arguments: 0..<conditions.count) func conditionsAreJudgedTheSame(_ place: Int) throws {
    let (text, isWords) = Self.conditions[place]
    let quoted = text.replacing("\"", with: "\\\"")
    let source =
      Self.election + """
          - {name: holds, always: "\(quoted)"}
          - {name: not, never: "\(quoted)"}
          - {name: reached, sometimes: "\(quoted)"}
          - {name: answered, when: "\(quoted)", then: node1.up, within: 20ms}
          - {name: window, always: node2.up, after: {when: "\(quoted)"}}
          - {name: last, at_end: "\(quoted)"}
          - {name: parameters, at_end: "most > 2 && name != 'node3' && soon > 0s"}
        """
    let compiled = Interpreter.compile(SourceFile(name: "test.yaml", text: source))
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    var plan = try #require(compiled.cells.first, "\(words)").plan
    let programs = JudgeParts(plan, usesWords: true).programs
    #expect((programs[0] != nil) == isWords)
    var outcomes: Set<[Verdict]> = []
    for seed in 1...12 as ClosedRange<UInt64> {
      plan.system.seed = seed
      let (words, values) = results(of: plan)
      #expect(words == values)
      outcomes.insert(words.assertions.map(\.verdict))
    }
    #expect(!outcomes.isEmpty)
  }
}
