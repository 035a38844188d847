import Expressions
import SystemModel

/// Says in a sentence why an assertion does not hold.
struct FailureText {
  private let form: AssertionForm
  private let automaton: TemporalAutomaton
  private let instant: Int64

  init(_ assertion: AssertionPlan, _ automaton: TemporalAutomaton, at instant: Int64) {
    form = assertion.form
    self.automaton = automaton
    self.instant = instant
  }

  func text(_ cause: TemporalAutomaton.Cause) -> String {
    switch cause {
    case .state: state
    case .late: "\(awaited) within \(time(automaton.within)) of \(since)\(held)"
    case .closed: "\(awaited) between \(since) and the end of the window at \(time(instant))\(held)"
    case .short: "\(expression) did not stay true for \(time(automaton.lasting))\(held)"
    case .quiescence:
      automaton.awaitedSince == 0
        ? "\(awaited), and nothing can happen any more\(held)"
        : "\(awaited) from \(since) on, and nothing can happen any more\(held)"
    case .neverReached: "\(expression) was true in no state"
    }
  }

  private var state: String {
    if case .never = form { return "\(expression) is true" }
    return "\(expression) is false"
  }

  private var awaited: String {
    let stay = automaton.lasting > 0 ? " and stay true for \(time(automaton.lasting))" : ""
    if case .response = form {
      return "\(expression) did not follow\(stay)"
    }
    return "\(expression) did not become true\(stay)"
  }

  /// How long it was true at the most, if it must stay so.
  private var held: String {
    guard automaton.lasting > 0 else { return "" }
    let hold = automaton.longestHold
    if hold.length == 0 { return "" }
    return "; at the longest it was true from \(time(hold.since)) to \(time(hold.until)), for"
      + " \(time(hold.length)) of the \(time(automaton.lasting))"
  }

  private var since: String { time(automaton.awaitedSince) }

  private func time(_ instant: Int64) -> String { DurationText.format(instant) }

  /// The expression that decides, as it is written.
  private var expression: String {
    let conditions = form.conditions
    if case .response = form { return "`\(conditions[1].expression.text)`" }
    return conditions.first.map { "`\($0.expression.text)`" } ?? "it"
  }
}

extension TemporalAutomaton.Cause {
  /// What happens between events when an assertion breaks; nil if only an event breaks it so.
  var event: String? {
    switch self {
    case .late: "the deadline passes"
    case .closed: "the window closes"
    case .quiescence: "nothing can happen any more"
    case .neverReached: "the run ends"
    case .state, .short: nil
    }
  }
}
