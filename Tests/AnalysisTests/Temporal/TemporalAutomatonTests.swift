import SystemModel
import Testing

@testable import Analysis

/// The table of finite-run semantics: what each form makes of a short run.
///
/// A run is a list of states `(instant, x, y)` in milliseconds; the window is the whole run, unless
/// `closes` says when it ends.
struct TemporalRow: CustomTestStringConvertible, Sendable {
  let name: String
  let form: TemporalAutomaton.Form
  var within: Int64?
  var lasting: Int64 = 0
  var states: [(Int64, Bool, Bool)]
  var closes: Int64?
  var end = RunEnd.quiescence
  var endsAt: Int64 = 100
  let verdict: Verdict
  var failsAt: Int64?

  var testDescription: String { name }

  /// Runs the automaton as a judge would.
  func run() -> (verdict: Verdict, failsAt: Int64?) {
    var automaton = TemporalAutomaton(
      form, within: within ?? .max, lasting: lasting, hasUntil: form == .hold)
    automaton.open(at: 0)
    var step = TemporalAutomaton.Step.goOn
    func broken() -> Int64? {
      if case .broken(let instant, _) = step { return instant }
      return nil
    }
    func pass(to instant: Int64) {
      while broken() == nil, step == .goOn, automaton.isOpen, automaton.wake <= instant {
        step = automaton.pass(to: automaton.wake)
      }
    }
    for (instant, x, y) in states where step == .goOn {
      pass(to: instant)
      if step == .goOn {
        step = automaton.see(at: instant) { ($0 == 0 ? x : y) ? .yes : .no }
      }
    }
    if step == .goOn, let closes {
      pass(to: closes)
      if step == .goOn { step = automaton.close(at: closes) }
    }
    if step == .goOn, closes == nil { pass(to: endsAt) }
    if let instant = broken() { return (.fail, instant) }
    switch automaton.conclude(end, at: endsAt) {
    case .pass: return (.pass, nil)
    case .noWindow, .noChance: return (.vacuous, nil)
    case .open: return (.inconclusive, nil)
    case .broken(let instant, _): return (.fail, instant)
    }
  }
}

@Suite("Temporal forms over finite runs")
struct TemporalAutomatonTests {
  static let rows: [TemporalRow] = [
    .init(
      name: "always: true throughout", form: .always, states: [(0, true, false)], verdict: .pass),
    .init(
      name: "always: false in a middle state of no length", form: .always,
      states: [(0, true, false), (5, false, false), (5, true, false)], verdict: .fail, failsAt: 5),
    .init(
      name: "always: judged at a planned end", form: .always, states: [(0, true, false)],
      end: .time, verdict: .pass),
    .init(
      name: "never: true at the start", form: .never, states: [(0, true, false)], verdict: .fail,
      failsAt: 0),
    .init(
      name: "sometimes: reached", form: .sometimes, states: [(0, false, false), (9, true, false)],
      verdict: .pass),
    .init(
      name: "sometimes: never reached is a fail, at a planned end too", form: .sometimes,
      states: [(0, false, false)], end: .time, verdict: .fail, failsAt: 100),
    .init(
      name: "eventually: reached", form: .eventually,
      states: [(0, false, false), (9, true, false)],
      verdict: .pass),
    .init(
      name: "eventually: not reached, and nothing can happen", form: .eventually,
      states: [(0, false, false)], verdict: .fail, failsAt: 100),
    .init(
      name: "eventually: not reached at a planned end", form: .eventually,
      states: [(0, false, false)], end: .time, verdict: .inconclusive),
    .init(
      name: "eventually within: the last instant counts", form: .eventually, within: 9,
      states: [(0, false, false), (9, false, false), (9, true, false)], verdict: .pass),
    .init(
      name: "eventually within: a nanosecond late", form: .eventually, within: 9,
      states: [(0, false, false), (10, true, false)], verdict: .fail, failsAt: 9),
    .init(
      name: "eventually within: the end of the run is its last instant", form: .eventually,
      within: 100, states: [(0, false, false)], end: .time, verdict: .fail, failsAt: 100),
    .init(
      name: "eventually within: the run ends first", form: .eventually, within: 101,
      states: [(0, false, false)], end: .time, verdict: .inconclusive),
    .init(
      name: "eventually: the window closes", form: .eventually, states: [(0, false, false)],
      closes: 50, end: .time, verdict: .fail, failsAt: 50),
    .init(
      name: "eventually for: long enough", form: .eventually, lasting: 5,
      states: [(0, false, false), (10, true, false), (15, false, false)], verdict: .pass),
    .init(
      name: "eventually for: too short, and once more", form: .eventually, lasting: 5,
      states: [(0, false, false), (10, true, false), (14, false, false), (20, true, false)],
      verdict: .pass),
    .init(
      name: "eventually for: begins within and lasts beyond", form: .eventually, within: 10,
      lasting: 5, states: [(0, false, false), (10, true, false), (15, false, false)],
      verdict: .pass),
    .init(
      name: "eventually for: begins in time and breaks too late", form: .eventually, within: 10,
      lasting: 5, states: [(0, false, false), (10, true, false), (14, false, false)],
      verdict: .fail, failsAt: 14),
    .init(
      name: "eventually for: a true state lasts for ever at quiescence", form: .eventually,
      lasting: 500, states: [(0, false, false), (99, true, false)], verdict: .pass),
    .init(
      name: "eventually for: still holding at a planned end", form: .eventually, lasting: 500,
      states: [(0, false, false), (99, true, false)], end: .time, verdict: .inconclusive),
    .init(
      name: "eventually for: the window closes while it holds", form: .eventually, lasting: 30,
      states: [(0, false, false), (40, true, false)], closes: 50, verdict: .fail, failsAt: 50),
    .init(
      name: "when then: never asked", form: .response, states: [(0, false, true)],
      verdict: .vacuous),
    .init(
      name: "when then: answered in the same state", form: .response, states: [(0, true, true)],
      verdict: .pass),
    .init(
      name: "when then: true at the opening asks", form: .response, within: 5,
      states: [(0, true, false)], verdict: .fail, failsAt: 5),
    .init(
      name: "when then: one answer for two questions", form: .response, within: 20,
      states: [
        (0, true, false), (5, false, false), (10, true, false), (15, true, true), (16, true, false),
      ], verdict: .pass),
    .init(
      name: "when then: staying true does not ask again", form: .response, within: 5,
      states: [(0, true, true), (50, true, false)], verdict: .pass),
    .init(
      name: "when then: open at a planned end", form: .response,
      states: [(0, false, false), (90, true, false)], end: .time, verdict: .inconclusive),
    .init(
      name: "when then: open at quiescence", form: .response,
      states: [(0, false, false), (90, true, false)], verdict: .fail, failsAt: 100),
    .init(
      name: "when then: the window closes on a question", form: .response,
      states: [(0, true, false)], closes: 30, end: .time, verdict: .fail, failsAt: 30),
    .init(
      name: "when then for: holds long enough from the question on", form: .response, lasting: 10,
      states: [(0, false, true), (5, true, true), (15, true, false)], verdict: .pass),
    .init(
      name: "when then for: held long before, not long after", form: .response, within: 5,
      lasting: 10, states: [(0, false, true), (20, true, true), (29, true, false)],
      verdict: .fail, failsAt: 29),
    .init(
      name: "hold: due up to the state before until", form: .hold,
      states: [(0, true, false), (10, false, true), (20, false, false)], verdict: .pass),
    .init(
      name: "hold: broken before until", form: .hold,
      states: [(0, true, false), (10, false, false), (20, true, true)], verdict: .fail,
      failsAt: 10),
    .init(
      name: "hold: until never comes, due to the end", form: .hold, states: [(0, true, false)],
      end: .time, verdict: .pass),
    .init(
      name: "hold: until at once", form: .hold, states: [(0, false, true)], verdict: .vacuous),
  ]

  @Test("says of each row what the table says", arguments: rows)
  func row(_ row: TemporalRow) {
    let found = row.run()
    #expect(found.verdict == row.verdict)
    if let failsAt = row.failsAt { #expect(found.failsAt == failsAt) }
  }

  @Test("an error decides, an unknown state says nothing")
  func errors() {
    var automaton = TemporalAutomaton(.always)
    automaton.open(at: 0)
    #expect(automaton.see(at: 0) { _ in .unknown } == .goOn)
    #expect(automaton.conclude(.quiescence, at: 0) == .noChance)
    #expect(automaton.see(at: 1) { _ in .failed } == .failed(condition: 0))
    var response = TemporalAutomaton(.response)
    response.open(at: 0)
    #expect(response.see(at: 0) { $0 == 0 ? .yes : .failed } == .failed(condition: 1))
  }

  @Test("no window is no chance", arguments: [RunEnd.quiescence, .time])
  func noWindow(_ end: RunEnd) {
    for form: TemporalAutomaton.Form in [
      .always, .never, .eventually, .sometimes, .response, .hold,
    ] {
      #expect(TemporalAutomaton(form).conclude(end, at: 5) == .noWindow)
    }
  }
}
