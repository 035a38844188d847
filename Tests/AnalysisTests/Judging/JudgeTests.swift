import Diagnostics
import Expressions
import SystemModel
import Testing

@testable import Analysis

@Suite("Verdicts")
struct JudgeTests {
  /// `a.x` rises at 10 ms and falls at 20 ms; `a.n` is 3 from 30 ms on.
  static func writer() -> TraceWriter {
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(10) { $0.set(0, "x", 1) }
    writer.event(20) { $0.set(0, "x", 0) }
    writer.event(30) { $0.set(0, "n", 3) }
    return writer
  }

  static func bench(faults: [Fault] = []) -> Bench { Bench(TestProtocols.plain, faults: faults) }

  static func run(
    _ form: (Bench) -> AssertionForm, _ scope: AssertionScope = .run, _ end: RunEnd = .quiescence,
    at: Int64 = 30
  ) -> AssertionResult {
    var bench = bench()
    bench.add(form(bench), scope)
    return bench.judge(writer(), end, at: at).assertions[0]
  }

  @Test("of all that is found the gravest wins: error, fail, vacuous, inconclusive, pass")
  func precedence() {
    var bench = Self.bench()
    let forms: [(AssertionForm, Verdict)] = [
      (.sometimes(bench.condition("a.x")), .pass),
      (.eventually(bench.condition("a.y")), .inconclusive),
      (.response(when: bench.condition("a.y"), then: bench.condition("a.x")), .vacuous),
      (.always(bench.condition("!a.x")), .fail),
      (.always(bench.condition("1 / a.n >= 0")), .error),
    ]
    for (form, verdict) in forms {
      bench.add(form, name: verdict.rawValue)
      let result = bench.judge(Self.writer(), .time, at: 40)
      #expect(result.outcome == verdict)
      #expect(result.verdict == verdict)
      #expect(
        result.assertions.map(\.verdict) == bench.assertions.compactMap { .init(rawValue: $0.name) }
      )
    }
  }

  @Test("an assertion that is expected to fail counts as pass if it does")
  func expectation() {
    var bench = Self.bench()
    bench.add(.always(bench.condition("!a.x")), name: "fails")
    bench.add(.sometimes(bench.condition("a.x")), name: "holds")
    let rows: [(Analysis.Expectation, Verdict)] = [
      (.pass, .fail), (.fail([0]), .pass), (.fail([1]), .fail), (.fail([0, 1]), .fail),
    ]
    for (expectation, verdict) in rows {
      bench.expectation = expectation
      let result = bench.judge(Self.writer(), at: 30)
      #expect(result.outcome == .fail)
      #expect(result.verdict == verdict)
    }
    bench.assertions = []
    bench.add(.always(bench.condition("1 / a.n >= 0")), name: "cannot be evaluated")
    bench.expectation = .fail([0])
    #expect(bench.judge(Self.writer(), at: 30).verdict == .error)
  }

  @Test("a run without assertions, or with an idle fault, is vacuous")
  func vacuous() {
    var bench = Self.bench()
    #expect(bench.judge(Self.writer(), at: 30).outcome == .vacuous)
    #expect(bench.judge(Self.writer(), at: 30).remarks == ["the scenario asserts nothing"])
    bench = Self.bench(faults: [Bench.split()])
    bench.add(.always(bench.condition("true")))
    bench.faults[0].mayBeIdle = nil
    let idle = bench.judge(Self.writer(), at: 30)
    #expect(idle.outcome == .vacuous)
    #expect(idle.remarks == ["the fault split never fired"])
    #expect(bench.judge(Self.writer(), .events, at: 30).outcome == .inconclusive)
    bench.faults[0].mayBeIdle = "as shown in its variant"
    #expect(bench.judge(Self.writer(), at: 30).outcome == .pass)
  }

  @Test("what the scenario accepts as vacuous counts as pass")
  func excuse() {
    var bench = Self.bench()
    bench.add(.always(bench.condition("a.x")), .after(.condition(bench.condition("a.y"))))
    #expect(bench.judge(Self.writer(), at: 30).outcome == .vacuous)
    bench.assertions[0].mayBeVacuous = "only under load"
    let result = bench.judge(Self.writer(), at: 30)
    #expect(result.outcome == .pass)
    #expect(result.assertions[0].verdict == .vacuous)
    #expect(result.assertions[0].reason == "none of its windows opened")
  }

  @Test("a run that is cut off decides nothing but what has failed")
  func cutOff() {
    #expect(Self.run({ .sometimes($0.condition("a.x")) }, .run, .events).verdict == .inconclusive)
    #expect(Self.run({ .always($0.condition("!a.x")) }, .run, .events).verdict == .fail)
    #expect(Self.run({ .atEnd($0.condition("a.x")) }, .run, .events).verdict == .inconclusive)
    let late = Self.run(
      { .eventually($0.condition("a.y"), within: .milliseconds(9)) }, .run, .events)
    #expect(late.verdict == .fail)
  }

  @Test("a deadline between events is the instant of the failure")
  func deadline() {
    let result = Self.run { .eventually($0.condition("a.n == 3"), within: .milliseconds(25)) }
    #expect(result.verdict == .fail)
    #expect(result.evidence?.at == Instant(milliseconds: 25))
    #expect(result.evidence?.record == nil)
    #expect(result.reason == "`a.n == 3` did not become true within 25ms of 0s")
  }

  @Test("after quiescence the last state lasts to the planned end")
  func afterTheEnd() {
    let point = AssertionScope.after(.instant(Instant(milliseconds: 500)))
    #expect(Self.run({ .always($0.condition("a.n == 3")) }, point).verdict == .pass)
    #expect(Self.run({ .always($0.condition("a.x")) }, point).verdict == .fail)
    #expect(Self.run({ .always($0.condition("a.x")) }, point, .time).verdict == .vacuous)
  }

  @Test("each assertion keeps its first violation")
  func first() {
    let result = Self.run { .never($0.condition("a.n == 3 || a.x")) }
    #expect(result.evidence?.at == Instant(milliseconds: 10))
    #expect(result.evidence?.event == "timer #0 of a runs out")
    #expect(
      result.evidence?.readings == [
        .init(name: "a.n", value: "0"), .init(name: "a.x", value: "true"),
      ])
  }

  @Test("an error decides unless it is absorbed, and says where it is")
  func errors() throws {
    let result = Self.run { .always($0.condition("true && 6 / a.n > 0")) }
    #expect(result.verdict == .error)
    let diagnostic = try #require(result.diagnostic)
    #expect(diagnostic.code.id.hasPrefix("E05"))
    #expect(diagnostic.span?.start == 8)
    #expect(Self.run { .always($0.condition("true || 6 / a.n > 0")) }.verdict == .pass)
    #expect(Self.run { .atEnd($0.condition("6 / (a.n - 3) > 0")) }.verdict == .error)
    #expect(
      Self.run(
        { .always($0.condition("true")) }, .after(.condition(Self.bench().condition("6 / a.n > 0")))
      )
      .verdict == .error)
  }

  @Test(
    "evaluation stops when the run has cost too much",
    arguments: [("now + 0s >= 0s", 8), ("now >= 0s", 2)])
  func budget(_ text: String, runSteps: Int) {
    var bench = Self.bench()
    bench.add(.always(bench.condition(text)))
    var plan = bench.plan
    plan.runSteps = runSteps
    var judge = Judge(plan)
    judge.consume(Self.writer().trace)
    let result = judge.finish(end: .quiescence, at: Instant(milliseconds: 30), traceHash: 0)
    #expect(result.outcome == .error)
    #expect(result.assertions[0].diagnostic?.code == EvaluationCodes.stepLimit)
  }

  @Test("a state without samples is not judged")
  func unavailable() {
    let condition = "metrics.mutex.makespan < 1s"
    #expect(Self.run { .always($0.condition(condition)) }.verdict == .vacuous)
    #expect(Self.run { .atEnd($0.condition(condition, atEnd: true)) }.verdict == .vacuous)
    let metric = Self.run { bench in
      guard let metric = bench.environment.metric("mutex.makespan") else {
        preconditionFailure("no makespan")
      }
      return .metric(metric, [.init(.less, .duration(1))])
    }
    #expect(metric.verdict == .vacuous)
    #expect(metric.evaluations == 0)
    #expect(metric.opportunities == 0)
    #expect(metric.reason == "mutex.makespan has no samples")
  }

  @Test(
    "bounds of metrics are exactly as written",
    arguments: [
      (.less, 3, false), (.less, 4, true), (.lessOrEqual, 3, true), (.lessOrEqual, 2, false),
      (.greater, 3, false), (.greater, 2, true), (.greaterOrEqual, 3, true),
      (.greaterOrEqual, 4, false), (.equal, 3, true), (.equal, 4, false), (.unequal, 3, false),
      (.unequal, 4, true),
    ] as [(MetricBound.Comparison, Int64, Bool)])
  func bounds(_ comparison: MetricBound.Comparison, _ bound: Int64, _ holds: Bool) {
    #expect(MetricBound(comparison, .count(bound)).admits(.count(3)) == holds)
    #expect(MetricBound(comparison, .ratio(Double(bound))).admits(.count(3)) == holds)
    #expect(MetricBound(comparison, .duration(bound)).admits(.duration(3)) == holds)
    #expect(MetricBound(comparison, .count(bound)).admits(.ratio(3)) == holds)
  }

  @Test("a metric that is out of bounds says by what")
  func metric() {
    let result = Self.run { bench in
      guard let metric = bench.environment.metric("run.duration") else {
        preconditionFailure("no duration")
      }
      return .metric(
        metric, [.init(.greater, .duration(0)), .init(.less, .duration(30_000_000))])
    }
    #expect(result.verdict == .fail)
    #expect(result.reason == "run.duration is 30ms, not < 30ms")
    #expect(result.evidence?.readings == [.init(name: "run.duration", value: "30ms")])
  }

  @Test("points may be the nth of some messages")
  func messagePoints() {
    var bench = Self.bench()
    let second = MessageEvent(.delivered, MessageFilter(kinds: [0], nth: [2]))
    let lost = MessageEvent(.dropped, MessageFilter(to: NodeSet([NodeID(2)])))
    bench.add(.always(bench.condition("a.n >= 20")), .after(.message(second)), name: "after")
    bench.add(
      .always(bench.condition("a.n >= 20 && a.n < 30")), .between(.message(second), .message(lost)),
      name: "between")
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(1) {
      $0.send(1, "ping", 0, 1)
      $0.send(2, "ping", 0, 1)
      $0.send(3, "pong", 0, 1)
      $0.send(4, "ping", 0, 2)
    }
    writer.deliver(10, 1) { $0.set(0, "n", 10) }
    writer.deliver(15, 3) { $0.set(0, "n", 15) }
    writer.deliver(20, 2) { $0.set(0, "n", 20) }
    writer.event(30) {
      $0.touch(.dropped, 4, reason: .loss)
      $0.set(0, "n", 30)
    }
    let result = bench.judge(writer, at: 30)
    #expect(result.outcome == .pass, "\(result.assertions.map(\.reason))")
    #expect(result.assertions.map(\.opportunities) == [1, 1])
  }

  @Test("what is judged once had one chance to fail, unless there was nothing to judge")
  func chancesAtTheEnd() {
    var bench = Self.bench()
    bench.add(.atEnd(bench.condition("a.n == 0")), name: "holds")
    bench.add(.atEnd(bench.condition("a.n == 1")), name: "fails")
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    let result = bench.judge(writer, at: 5)
    #expect(result.assertions.map(\.verdict) == [.pass, .fail])
    #expect(result.assertions.map(\.evaluations) == [1, 1])
    #expect(result.assertions.map(\.opportunities) == [1, 1])
  }

  @Test("a judge that is used again says the same")
  func reset() {
    var bench = Self.bench(faults: [Bench.split()])
    bench.add(.always(bench.condition("!a.x || old.a.x == a.x")), name: "old")
    bench.add(.eventually(bench.condition("a.n == 3"), within: .milliseconds(25)), name: "late")
    bench.add(.invariant("no-starvation"), name: "served")
    var judge = Judge(bench.plan)
    var results: [RunResult] = []
    for _ in 0..<3 {
      judge.consume(Self.writer().trace)
      results.append(
        judge.finish(end: .quiescence, at: Instant(milliseconds: 30), traceHash: 9))
      judge.reset(seed: 1)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
    judge.consume(Self.writer().trace)
    #expect(
      judge.conclude(end: .quiescence, at: Instant(milliseconds: 30)) == results[0].outcome)
    for place in bench.assertions.indices {
      #expect(judge.verdict(of: place) == results[0].assertions[place].verdict)
    }
    for metric in bench.environment.metrics where !metric.name.hasPrefix("messages.link") {
      #expect(judge.value(of: metric) == results[0].metric(metric.name), "\(metric.name)")
    }
    let brief = bench.judge(Self.writer(), at: 30, detail: .verdicts)
    #expect(brief.assertions.map(\.verdict) == results[0].assertions.map(\.verdict))
    #expect(brief.metrics == results[0].metrics)
    #expect(brief.assertions[0].evidence == nil)
  }
}
