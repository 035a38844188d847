import SystemModel

@testable import Analysis

/// A run as the naive twin sees it: all its states in a list.
struct NaiveRun: CustomStringConvertible {
  struct State {
    let at: Int64
    let x: Bool
    let y: Bool
    /// What came with the event before the state.
    var starts = false
    var ends = false
    /// Whether the fault acts in the state.
    var isActive = false
  }

  var states: [State] = []
  var end = RunEnd.quiescence
  var endsAt: Int64 = 0
  /// Up to where instants come at quiescence.
  var limit: Int64 = 0

  var description: String {
    states.map {
      "\($0.at):\($0.x ? "x" : "-")\($0.y ? "y" : "-")\($0.starts ? "+" : "")\($0.ends ? "*" : "")"
    }.joined(separator: " ") + " | \(end.name) \(endsAt)"
  }
}

/// A scope as the naive twin sees it, in milliseconds.
enum NaiveScope: Sendable {
  case run, during
  case afterStart, beforeStart, afterInstant(Int64), beforeInstant(Int64)
  case betweenStartAndInstant(Int64), betweenInstants(Int64, Int64), betweenYAndX
}

/// A form as the naive twin sees it, in milliseconds.
struct NaiveForm: Sendable {
  let form: TemporalAutomaton.Form
  var within: Int64?
  var lasting: Int64 = 0
}

/// Judges a form over a whole run at once, by its definition.
struct NaiveTwin {
  /// A window: its states with the instants from which they are in it, and when it closes.
  struct Window {
    var states: [(at: Int64, x: Bool, y: Bool)]
    var closesAt: Int64?
  }

  let run: NaiveRun

  func judge(_ form: NaiveForm, _ scope: NaiveScope) -> Verdict {
    let windows = windows(scope)
    if windows.isEmpty { return .vacuous }
    if form.form == .sometimes {
      return windows.contains { $0.states.contains { $0.x } } ? .pass : .fail
    }
    var verdicts = windows.map { verdict(form, $0) }
    if form.form == .response || form.form == .hold {
      if !verdicts.contains(where: { $0 != .vacuous }) { return .vacuous }
      verdicts.removeAll { $0 == .vacuous }
    }
    return verdicts.max() ?? .pass
  }

  func windows(_ scope: NaiveScope) -> [Window] {
    let states = run.states
    switch scope {
    case .run: return [window(from: 0, to: nil)]
    case .during:
      return pairs(
        opens: { states[$0].starts && states[$0].isActive },
        closes: { states[$0].ends && !states[$0].isActive })
    case .afterStart:
      guard let first = states.firstIndex(where: { $0.starts }) else { return [] }
      return [window(from: first, to: nil)]
    case .beforeStart:
      let first = states.firstIndex { $0.starts }
      return first == 0 ? [] : [window(from: 0, to: first)]
    case .betweenYAndX:
      func rises(_ place: Int, _ value: (NaiveRun.State) -> Bool) -> Bool {
        value(states[place]) && (place == 0 || !value(states[place - 1]))
      }
      return pairs(opens: { rises($0) { $0.y } }, closes: { rises($0) { $0.x } })
    case .afterInstant(let instant): return instants(instant, nil)
    case .beforeInstant(let instant):
      return instant <= 0 ? [] : instants(0, instant)
    case .betweenInstants(let first, let second): return instants(first, second)
    case .betweenStartAndInstant(let instant): return fromStarts(until: instant)
    }
  }

  /// The window from the state of an event to that before another event.
  private func window(from first: Int, to last: Int?) -> Window {
    let states = run.states[first..<(last ?? run.states.count)]
    return Window(
      states: states.map { ($0.at, $0.x, $0.y) }, closesAt: last.map { run.states[$0].at })
  }

  private func pairs(opens: (Int) -> Bool, closes: (Int) -> Bool) -> [Window] {
    var found: [Window] = []
    var place = 0
    while place < run.states.count {
      guard opens(place) else {
        place += 1
        continue
      }
      let close = ((place + 1)..<run.states.count).first { closes($0) }
      found.append(window(from: place, to: close))
      guard let close else { break }
      place = close
    }
    return found
  }

  /// The instant up to which instants come.
  private var lastInstant: Int64 {
    switch run.end {
    case .time: run.endsAt
    case .quiescence: max(run.limit, run.endsAt)
    case .events: run.endsAt
    }
  }

  /// The states from an instant on, that of the instant first, up to before another instant.
  private func instants(_ first: Int64, _ second: Int64?) -> [Window] {
    guard first <= lastInstant else { return [] }
    var states: [(at: Int64, x: Bool, y: Bool)] = []
    if let carried = run.states.last(where: { $0.at < first }) {
      states.append((first, carried.x, carried.y))
    }
    let close = second.flatMap { $0 > first && $0 <= lastInstant ? $0 : nil }
    for state in run.states where state.at >= first && state.at < close ?? .max {
      states.append((state.at, state.x, state.y))
    }
    return states.isEmpty ? [] : [Window(states: states, closesAt: close)]
  }

  private func fromStarts(until instant: Int64) -> [Window] {
    let states = run.states
    var found: [Window] = []
    var openUntil: Int64 = -1
    for place in states.indices where states[place].starts && states[place].at >= openUntil {
      let closes = instant > states[place].at && instant <= lastInstant
      var window = window(from: place, to: nil)
      if closes {
        window.states.removeAll { $0.at >= instant }
        window.closesAt = instant
      }
      found.append(window)
      openUntil = closes ? instant : .max
      if !closes { break }
    }
    return found
  }

  /// A stretch of states in which a condition holds: from its first instant to that of the state
  /// after it; `Int64.max` if it lasts for ever.
  private struct Stretch {
    let first: Int
    var last: Int
    let start: Int64
    let end: Int64
    /// Whether the run ended while it held, with more to come.
    let isOpen: Bool
  }

  private func stretches(
    _ window: Window, _ value: ((at: Int64, x: Bool, y: Bool)) -> Bool
  ) -> [Stretch] {
    var found: [Stretch] = []
    var first: Int?
    for (place, state) in window.states.enumerated() {
      if value(state) {
        first = first ?? place
      } else if let start = first {
        found.append(
          Stretch(
            first: start, last: place - 1, start: window.states[start].at, end: state.at,
            isOpen: false))
        first = nil
      }
    }
    if let start = first {
      let end = window.closesAt ?? (run.end == .quiescence ? .max : run.endsAt)
      found.append(
        Stretch(
          first: start, last: window.states.count - 1, start: window.states[start].at, end: end,
          isOpen: window.closesAt == nil && run.end != .quiescence))
    }
    return found
  }

  private func verdict(_ form: NaiveForm, _ window: Window) -> Verdict {
    switch form.form {
    case .always: return window.states.allSatisfy { $0.x } ? .pass : .fail
    case .never: return window.states.allSatisfy { !$0.x } ? .pass : .fail
    case .sometimes: return .pass
    case .hold:
      let due = window.states.prefix { !$0.y }
      if due.isEmpty { return .vacuous }
      return due.allSatisfy { $0.x } ? .pass : .fail
    case .eventually:
      guard let first = window.states.first else { return .pass }
      let runs = stretches(window) { $0.x }
      switch answer(runs, from: first.at, place: 0, form) {
      case .at: return .pass
      case .open: return .inconclusive
      case .none: return unanswered(first.at, runs, form, window)
      }
    case .response: return respond(form, window)
    }
  }

  private enum Answer {
    /// It came at an instant: with the state of a place, or between events (`Int.max`).
    case at(Int64, place: Int)
    case open
    case none
  }

  /// The first answer to a question asked at an instant, in the state of a place.
  private func answer(
    _ runs: [Stretch], from asked: Int64, place: Int, _ form: NaiveForm
  ) -> Answer {
    let deadline = form.within.map { asked + $0 } ?? .max
    for run in runs {
      let begin = max(run.start, asked)
      guard run.last >= place, begin <= deadline else { continue }
      if form.lasting == 0 { return .at(begin, place: max(run.first, place)) }
      if run.end == .max || run.end - begin >= form.lasting {
        return .at(run.end == .max ? .max : begin + form.lasting, place: .max)
      }
      if run.isOpen { return .open }
    }
    return .none
  }

  /// Nothing has answered a question: was there time?
  private func unanswered(
    _ asked: Int64, _ runs: [Stretch], _ form: NaiveForm, _ window: Window
  ) -> Verdict {
    if window.closesAt != nil || run.end == .quiescence { return .fail }
    let deadline = form.within.map { asked + $0 } ?? .max
    return deadline <= run.endsAt ? .fail : .inconclusive
  }

  private func respond(_ form: NaiveForm, _ window: Window) -> Verdict {
    let runs = stretches(window) { $0.y }
    var wasTrue = false
    var questions: [(at: Int64, place: Int)] = []
    for (place, state) in window.states.enumerated() {
      if state.x, !wasTrue { questions.append((state.at, place)) }
      wasTrue = state.x
    }
    if questions.isEmpty { return .vacuous }
    while let first = questions.first {
      switch answer(runs, from: first.at, place: first.place, form) {
      case .at(let instant, let place):
        // It answers every question that is open then.
        questions.removeAll { place == .max ? $0.at < instant : $0.place <= place }
        if questions.first?.place == first.place { questions.removeFirst() }
      case .open: return .inconclusive
      case .none: return unanswered(first.at, runs, form, window)
      }
    }
    return .pass
  }
}
