import Analysis
import Diagnostics
import Expressions
import Interpreter
import TestSupport
import Testing

/// What evaluations may cost is counted, never timed; the defaults are for a million events with
/// ten assertions about every state.
@Suite struct BudgetTests {
  /// Seven nodes elect for a while; every assertion reads the time, so that it is evaluated anew
  /// after nearly every event.
  private static let text =
    """
    version: 1
    name: many events
    limits: {time: 10s}
    topology: {nodes: 7}
    latencies: {default: 10ms..20ms}
    protocol: {leader-election: {heartbeat: 50ms, election_timeout: 150ms..300ms}}
    assertions:

    """
    + (1...10).map {
      "  - {name: a\($0), always: 'now >= 0ms && nodes.all(n, n.term < 10\($0))'}\n"
    }.joined()

  private func plan() throws -> JudgementPlan {
    let compiled = Interpreter.compile(SourceFile(name: "test.yaml", text: Self.text))
    return try #require(compiled.cells.first).plan
  }

  /// A run of some thousand events with as much less to spend.
  @Test func defaultsLetAMillionEventsThrough() throws {
    var plan = try plan()
    let events = Interpreter.run(plan).events
    #expect(events > 2000)
    plan.runSteps = EvaluationBudget.defaultRunSteps / (1_000_000 / events)
    let result = Interpreter.run(plan)
    #expect(result.assertions.allSatisfy { $0.verdict == .pass && $0.evaluations > events / 2 })
  }

  /// Each limit of a single evaluation, with an expression that is beyond it; the place is that of
  /// what is too much.
  @Test(arguments: [
    ("«nodes.all(a, lists.range(99999).all(b, b >= -a.index))»", "E0509"),
    ("«lists.range(100001)».size() > node1.index", "E0510"),
    ("«nodes.map(n, lists.range(40000))».size() > 0", "E0510"),
    ("«lists.range(99999).map(i, 'aaaaaaaaaaa').join(node1.name)».size() > 0", "E0510"),
    (
      "'%s'.format([«nodes.map(n, [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[n.index]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])»]) != ''",
      "E0510"
    ),
    ("«lists.range(99999).map(i, node1.name).join().matches('(n?o?d?e?){300}x')»", "E0509"),
  ])
  func anEvaluationHasItsLimits(marked: String, code: String) throws {
    let expression = MarkedText(marked)
    let head = Self.text.split(separator: "  - {name")[0]
    let text = "\(head)  - always: |\n      "
    let compiled = Interpreter.compile(SourceFile(name: "t.yaml", text: text + expression.text))
    let found = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    let result = Interpreter.run(try #require(compiled.cells.first, "\(found)").plan)
    #expect(result.outcome == .error)
    let diagnostic = try #require(result.assertions[0].diagnostic)
    #expect(diagnostic.code.id == code)
    let start = text.utf8.count
    let span = try #require(diagnostic.span)
    let place = SourceSpan(start: span.start - start, end: span.end - start)
    #expect(MarkedText.mark(expression.text, [place]) == marked)
  }

  @Test func whatIsTooMuchIsALocatedErrorAtTheSamePlace() throws {
    var plan = try plan()
    plan.runSteps = 100_000
    let result = Interpreter.run(plan)
    #expect(result.verdict == .error)
    let first = try #require(result.assertions.first { $0.verdict == .error })
    #expect(first.diagnostic?.code.id == "E0509")
    #expect(first.diagnostic?.span != nil)
    #expect(Interpreter.run(plan) == result)
  }
}
