import SystemModel

/// What temporal forms say of a run that ends while they are undecided, found by trying: the table
/// of the reference.
public enum FiniteRuns {
  /// The heads of the columns.
  public static let heads = [
    "form", "so far", "its window closes", "nothing can happen any more", "`limits.time`",
    "`limits.events`",
  ]

  /// A row for each situation.
  public static var rows: [[String]] { situations.map { $0.row } }

  private struct Situation {
    let form: String
    let state: String
    var within: Int64 = .max
    var lasting: Int64 = 0
    var hasUntil = false
    let automaton: TemporalAutomaton.Form
    /// The conditions in the first state and from the second one on.
    let first: (Truth, Truth)
    var later: (Truth, Truth)?

    var row: [String] {
      [form, state, closing, ending(.quiescence), ending(.time), "inconclusive"]
    }

    private var running: TemporalAutomaton {
      var running = TemporalAutomaton(
        automaton, within: within, lasting: lasting, hasOneWindow: false, hasUntil: hasUntil)
      running.open(at: 0)
      for (place, truths) in [first, later ?? first].enumerated() {
        let step = running.see(at: Int64(place)) { $0 == 0 ? truths.0 : truths.1 }
        precondition(step == .goOn || step == .settled, "\(form) is decided \(state)")
      }
      return running
    }

    private var closing: String {
      var running = running
      if case .broken = running.close(at: 2) { return "fail" }
      if automaton == .sometimes, case .broken = running.conclude(.quiescence, at: 2) {
        return "the next window may have it"
      }
      return words(running.conclude(.quiescence, at: 2))
    }

    private func ending(_ end: RunEnd) -> String { words(running.conclude(end, at: 2)) }

    private func words(_ ending: TemporalAutomaton.Ending) -> String {
      switch ending {
      case .pass: "pass"
      case .noWindow, .noChance: "vacuous"
      case .open: "inconclusive"
      case .broken: "fail"
      }
    }
  }

  private static let situations: [Situation] = [
    .init(
      form: "`always: E`", state: "E held in every state", automaton: .always, first: (.yes, .no)),
    .init(
      form: "`always: E`", state: "E had samples in no state", automaton: .always,
      first: (.unknown, .no)),
    .init(form: "`never: E`", state: "E held in no state", automaton: .never, first: (.no, .no)),
    .init(
      form: "`eventually: E`", state: "E has not held", automaton: .eventually, first: (.no, .no)),
    .init(
      form: "`eventually: E` `within: D`", state: "E has not held, D is not over", within: 9,
      automaton: .eventually, first: (.no, .no)),
    .init(
      form: "`eventually: E` `within: D`", state: "E has not held, D is over with the run",
      within: 2, automaton: .eventually, first: (.no, .no)),
    .init(
      form: "`eventually: E` `for: D`", state: "E holds, not yet for D", lasting: 9,
      automaton: .eventually, first: (.yes, .no)),
    .init(form: "`eventually: E`", state: "E has held", automaton: .eventually, first: (.yes, .no)),
    .init(
      form: "`sometimes: E`", state: "E has not held", automaton: .sometimes, first: (.no, .no)),
    .init(
      form: "`when: E` `then: F`", state: "E has not held", automaton: .response, first: (.no, .no)),
    .init(
      form: "`when: E` `then: F`", state: "E came true, and F has not held since",
      automaton: .response, first: (.yes, .no)),
    .init(
      form: "`when: E` `then: F` `for: D`", state: "F followed, and not yet for D", lasting: 9,
      automaton: .response, first: (.yes, .yes)),
    .init(
      form: "`when: E` `then: F`", state: "F has followed each E", automaton: .response,
      first: (.yes, .no), later: (.no, .yes)),
    .init(
      form: "`hold: E` `until: F`", state: "E held in every state, F in none", hasUntil: true,
      automaton: .hold, first: (.yes, .no)),
    .init(
      form: "`hold: E` `until: F`", state: "F held from the start", hasUntil: true,
      automaton: .hold, first: (.no, .yes)),
    .init(
      form: "`hold: E` `until: F`", state: "E held until F did", hasUntil: true, automaton: .hold,
      first: (.yes, .no), later: (.no, .yes)),
  ]
}
