import SystemModel
import Testing

@testable import Analysis

/// The judge against the naive twin, over random runs.
@Suite("The judge agrees with its naive twin")
struct JudgeTwinTests {
  static let forms: [NaiveForm] = [
    .init(form: .always), .init(form: .never), .init(form: .sometimes), .init(form: .hold),
    .init(form: .eventually), .init(form: .eventually, within: 4),
    .init(form: .eventually, within: 0), .init(form: .eventually, lasting: 3),
    .init(form: .eventually, within: 6, lasting: 4), .init(form: .response),
    .init(form: .response, within: 3), .init(form: .response, within: 0),
    .init(form: .response, lasting: 2), .init(form: .response, within: 5, lasting: 3),
  ]

  static let scopes: [NaiveScope] = [
    .run, .during, .afterStart, .beforeStart, .afterInstant(0), .afterInstant(7),
    .afterInstant(25), .beforeInstant(9), .betweenStartAndInstant(10), .betweenInstants(3, 12),
    .betweenInstants(12, 3), .betweenYAndX,
  ]

  @Test("over thousands of random runs", arguments: scopes.indices)
  func agrees(_ place: Int) {
    let scope = Self.scopes[place]
    for (number, form) in Self.forms.enumerated() {
      var bench = Bench(TestProtocols.plain, faults: [Bench.split()])
      bench.system.timeLimit = Instant(milliseconds: 30)
      bench.add(Self.assertion(form, bench), Self.scope(scope, bench))
      var judge = Judge(bench.plan)
      var random = RandomSource(state: UInt64(place) << 32 | UInt64(number))
      for _ in 0..<200 {
        let run = Self.randomRun(&random)
        judge.reset(seed: 1)
        judge.consume(Self.trace(of: run))
        let result = judge.finish(
          end: run.end, at: Instant(milliseconds: run.endsAt), traceHash: 0)
        let wanted = NaiveTwin(run: run).judge(form, scope)
        #expect(
          result.assertions[0].verdict == wanted, "\(form) \(scope): \(run)")
        if result.assertions[0].verdict != wanted { return }
      }
    }
  }

  @Test("whatever the parts in which the trace comes")
  func parts() {
    var random = RandomSource(state: 77)
    for form in Self.forms {
      var bench = Bench(TestProtocols.plain, faults: [Bench.split()])
      bench.system.timeLimit = Instant(milliseconds: 30)
      bench.add(Self.assertion(form, bench), .during(fault: 0))
      bench.add(
        .always(bench.condition("old.a.x == a.x || old.a.y == a.y")), name: "one at a time")
      for _ in 0..<40 {
        let run = Self.randomRun(&random)
        let whole = Self.trace(of: run)
        var one = Judge(bench.plan)
        one.consume(whole)
        var many = Judge(bench.plan)
        var part = Trace()
        part.bindings = whole.bindings
        for record in whole.records {
          if record.beginsEvent {
            many.consume(part)
            part.records.removeAll()
          }
          part.records.append(record)
        }
        many.consume(part)
        let end = Instant(milliseconds: run.endsAt)
        #expect(
          one.finish(end: run.end, at: end, traceHash: 0)
            == many.finish(end: run.end, at: end, traceHash: 0))
      }
    }
  }

  /// `old` against the list of states, and an expression that is looked at again only if what it
  /// reads has changed against one that is looked at after every event.
  @Test("in what it takes for the state before")
  func old() {
    var random = RandomSource(state: 5)
    for _ in 0..<300 {
      let run = Self.randomRun(&random)
      var bench = Bench(TestProtocols.plain, faults: [Bench.split()])
      bench.add(.never(bench.condition("a.x && !old.a.x")), name: "rises")
      bench.add(.never(bench.condition("a.x && !old.a.x || now < 0s")), name: "rises, with now")
      let result = bench.judge(Self.writer(of: run), run.end, at: run.endsAt)
      let rise = run.states.indices.dropFirst().first {
        run.states[$0].x && !run.states[$0 - 1].x
      }
      for assertion in result.assertions {
        #expect(assertion.verdict == (rise == nil ? .pass : .fail), "\(run)")
        #expect(
          assertion.evidence?.at == rise.map { Instant(milliseconds: run.states[$0].at) })
      }
    }
  }

  static func assertion(_ form: NaiveForm, _ bench: Bench) -> AssertionForm {
    let x = bench.condition("a.x")
    let y = bench.condition("a.y")
    let within = form.within.map { Duration.milliseconds($0) }
    let lasting = form.lasting == 0 ? nil : Duration.milliseconds(form.lasting)
    return switch form.form {
    case .always: .always(x)
    case .never: .never(x)
    case .sometimes: .sometimes(x)
    case .hold: .hold(x, until: y)
    case .eventually: .eventually(x, within: within, lasting: lasting)
    case .response: .response(when: x, then: y, within: within, lasting: lasting)
    }
  }

  static func scope(_ scope: NaiveScope, _ bench: Bench) -> AssertionScope {
    func instant(_ milliseconds: Int64) -> Point { .instant(Instant(milliseconds: milliseconds)) }
    return switch scope {
    case .run: .run
    case .during: .during(fault: 0)
    case .afterStart: .after(.faultStart(0))
    case .beforeStart: .before(.faultStart(0))
    case .afterInstant(let at): .after(instant(at))
    case .beforeInstant(let at): .before(instant(at))
    case .betweenStartAndInstant(let at): .between(.faultStart(0), instant(at))
    case .betweenInstants(let first, let second): .between(instant(first), instant(second))
    case .betweenYAndX:
      .between(.condition(bench.condition("a.y")), .condition(bench.condition("a.x")))
    }
  }

  /// A dozen events or fewer within 20 ms, several in an instant now and then.
  static func randomRun(_ random: inout RandomSource) -> NaiveRun {
    var run = NaiveRun()
    run.limit = 30
    var at: Int64 = 0
    var isActive = false
    var (x, y) = (random.between(0, 1) == 1, random.between(0, 1) == 1)
    run.states.append(.init(at: 0, x: x, y: y))
    for _ in 0..<random.between(0, 11) {
      at += max(0, random.between(-1, 4))
      if at > 20 { break }
      if random.between(0, 2) > 0 { x = random.between(0, 1) == 1 }
      if random.between(0, 2) > 0 { y = random.between(0, 1) == 1 }
      var state = NaiveRun.State(at: at, x: x, y: y)
      if random.between(0, 3) == 0 {
        state.starts = !isActive
        state.ends = isActive
        isActive.toggle()
      }
      state.isActive = isActive
      run.states.append(state)
    }
    run.end = random.between(0, 1) == 0 ? .quiescence : .time
    run.endsAt = run.end == .time ? at + random.between(0, 5) : at
    return run
  }

  static func trace(of run: NaiveRun) -> Trace { writer(of: run).trace }

  static func writer(of run: NaiveRun) -> TraceWriter {
    var writer = TraceWriter(TestProtocols.plain)
    var before = run.states[0]
    writer.start(3, ["x": [before.x ? 1 : 0, 0, 0], "y": [before.y ? 1 : 0, 0, 0]])
    for state in run.states.dropFirst() {
      func change(_ writer: inout TraceWriter) {
        if state.x != before.x { writer.set(0, "x", state.x ? 1 : 0) }
        if state.y != before.y { writer.set(0, "y", state.y ? 1 : 0) }
      }
      if state.starts {
        writer.startFault(state.at, 0) { change(&$0) }
      } else if state.ends {
        writer.endFault(state.at, binding: writer.trace.bindings.count - 1) { change(&$0) }
      } else {
        writer.event(state.at) { change(&$0) }
      }
      before = state
    }
    writer.end(run.endsAt, run.end)
    return writer
  }
}
