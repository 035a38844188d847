import Expressions
import SystemModel

/// Counts how one assertion comes to its verdict. A judge has one for each assertion that is
/// explained, and none in all other runs.
struct Explainer {
  /// A comparison of numbers with the nearest that it came.
  private struct Nearest {
    let margin: Margin
    var reading: Margin.Reading?
    var at: Int64 = 0
  }

  private var why = Why()
  private let conditions: [Condition]
  private var nearest: [Nearest]
  /// What its own evaluations cost: not a part of what a run may cost.
  private var budget: EvaluationBudget
  private let within: Int64
  private let lasting: Int64
  /// The longest stretch of time for which what is awaited held, with `for`; and the least time for
  /// which it went on to hold when that was over.
  private var longest: Stretch?
  private var shortest: Stretch?
  /// Since when what was awaited holds, after it was answered.
  private var tailSince: Int64?

  /// A stretch of time.
  private struct Stretch {
    let since: Int64
    let until: Int64
    /// Whether it was over, before the run was.
    let isOver: Bool

    var length: Int64 { until - since }
  }

  init(_ form: AssertionForm, within: Int64, lasting: Int64, limits: EvaluationLimits) {
    conditions = form.conditions
    self.within = within
    self.lasting = lasting
    budget = EvaluationBudget(limits: limits, runSteps: .max)
    nearest = form.margins.map { Nearest(margin: $0) }
  }

  /// A window opens.
  mutating func open(at instant: Int64) {
    let opened = Instant(nanoseconds: instant)
    why.windowsOpened += 1
    why.firstOpened = why.firstOpened ?? opened
    why.lastOpened = opened
  }

  /// A window closes.
  mutating func close() { why.windowsClosed += 1 }

  /// A state was judged; `holds` says whether the first condition was true in it.
  mutating func see(
    at instant: Int64, _ host: WorldHost, holds: Bool, from before: TemporalAutomaton,
    to after: TemporalAutomaton, _ step: TemporalAutomaton.Step
  ) {
    why.states += 1
    if holds { why.trueStates += 1 }
    read(at: instant, host)
    follow(at: instant, from: before, to: after, step)
  }

  /// An event is over: what was answered and still held may hold no longer.
  mutating func followTail(at instant: Int64, _ host: WorldHost) {
    guard let since = tailSince, let awaited = conditions.last,
      (try? awaited.expression.holds(host, &budget)) != true
    else { return }
    end(Stretch(since: since, until: instant, isOver: true), wasAnswered: true)
    tailSince = nil
  }

  private mutating func end(_ stretch: Stretch, wasAnswered: Bool) {
    if stretch.length > longest?.length ?? -1 { longest = stretch }
    guard wasAnswered, stretch.length < shortest?.length ?? .max else { return }
    shortest = stretch
  }

  /// Time has passed.
  mutating func follow(
    at instant: Int64, from before: TemporalAutomaton, to after: TemporalAutomaton,
    _ step: TemporalAutomaton.Step
  ) {
    if after.form == .sometimes || after.form == .hold, after.isDone, !before.isDone {
      answer(since: before.openedAt, came: instant)
    }
    if lasting > 0, let held = before.heldSince, after.heldSince == nil {
      if before.isAwaiting, !after.isAwaiting, step == .goOn || step == .settled {
        tailSince = held
      } else {
        end(Stretch(since: held, until: instant, isOver: true), wasAnswered: false)
      }
    }
    let isNew = after.form == .response && after.chances > before.chances
    guard before.isAwaiting || isNew, !after.isAwaiting, step == .goOn || step == .settled else {
      return
    }
    let since = before.isAwaiting ? before.awaitedSince : instant
    answer(since: since, came: before.heldSince ?? instant)
  }

  /// The last state, for what looks at it alone.
  mutating func seeLast(at instant: Int64, _ host: WorldHost, holds: Bool) {
    why.states = 1
    if holds { why.trueStates = 1 }
    read(at: instant, host)
  }

  private mutating func answer(since: Int64, came: Int64) {
    let slack = within == .max ? nil : Duration(nanoseconds: within - (came - since))
    let wait = Why.Wait(
      since: Instant(nanoseconds: since), came: Instant(nanoseconds: came), slack: slack)
    why.answered += 1
    why.firstAnswer = why.firstAnswer ?? wait
    if let tightest = why.tightest, tightest.came - tightest.since >= wait.came - wait.since {
      return
    }
    why.tightest = wait
  }

  private mutating func read(at instant: Int64, _ host: WorldHost) {
    for condition in conditions {
      let (_, readings) = condition.expression.trace(host, &budget)
      for reading in readings { note(reading, at: instant) }
    }
    for place in nearest.indices {
      guard let reading = nearest[place].margin.measure(host, &budget) else { continue }
      if let known = nearest[place].reading, known.distance <= reading.distance { continue }
      nearest[place].reading = reading
      nearest[place].at = instant
    }
  }

  private mutating func note(_ reading: Expressions.Reading, at instant: Int64) {
    // A list of objects is read only while it is empty; then its elements are.
    if reading.value == "[]", ["calls", "messages"].contains(reading.name) { return }
    guard let place = why.readings.firstIndex(where: { $0.name == reading.name }) else {
      guard why.readings.count < 64 else { return }
      why.readings.append(Why.Reading(name: reading.name, value: reading.value))
      return
    }
    guard why.readings[place].last != reading.value else { return }
    let changed = Instant(nanoseconds: instant)
    why.readings[place].last = reading.value
    if why.readings[place].values.count < 6 { why.readings[place].values.append(reading.value) }
    why.readings[place].changes += 1
    why.readings[place].firstChange = why.readings[place].firstChange ?? changed
    why.readings[place].lastChange = changed
  }

  /// What is known of how long something held that was to hold a while.
  private var holding: [Why.Fact] {
    guard let longest else { return [] }
    func text(_ stretch: Stretch) -> String {
      let end = stretch.isOver ? "until" : "to the end at"
      return "\(DurationText.format(stretch.length)), from \(DurationText.format(stretch.since)) "
        + "\(end) \(DurationText.format(stretch.until))"
    }
    let wanted = "`for: \(DurationText.format(lasting))`"
    guard let shortest else {
      return [.init("held", "at the longest for \(text(longest)); \(wanted) asks for more")]
    }
    let left = shortest.length - lasting
    return [
      .init("held", "when it came, at the least for \(text(shortest))"),
      .init("slack", "\(DurationText.format(left)) beyond \(wanted)"),
    ]
  }

  /// Everything that was counted; `chances` is how often a `when` came true.
  func result(_ monitor: AssertionMonitor, at end: Int64) -> Why {
    var why = why
    var last = self
    if let since = tailSince ?? (lasting > 0 ? monitor.automaton.heldSince : nil) {
      last.end(
        Stretch(since: since, until: max(end, since), isOver: false),
        wasAnswered: tailSince != nil)
    }
    why.facts = last.holding
    switch monitor.automaton.form {
    case .response: why.asked = monitor.automaton.chances
    case .eventually, .sometimes: why.asked = monitor.automaton.windows
    case .hold: why.asked = monitor.automaton.hasUntil ? monitor.automaton.windows : 0
    case .always, .never: break
    }
    if monitor.invariant >= 0 { why.subjects = monitor.subjects }
    why.closest = nearest.compactMap { nearest in
      nearest.reading.map {
        Why.Closest(
          comparison: nearest.margin.text, left: $0.left, right: $0.right, distance: $0.text,
          at: Instant(nanoseconds: nearest.at))
      }
    }
    return why
  }

  /// What is known of a metric at the end.
  static func why(
    _ metric: Metric, _ bounds: [MetricBound], _ value: MetricValue?, at instant: Int64
  ) -> Why {
    var why = Why()
    guard let value else { return why }
    let end = Instant(nanoseconds: instant)
    why.states = 1
    why.trueStates = bounds.allSatisfy { $0.admits(value) } ? 1 : 0
    why.readings = [Why.Reading(name: metric.name, value: value.text)]
    why.closest = bounds.compactMap { bound in
      bound.distance(of: value).map {
        Why.Closest(
          comparison: "\(metric.name) \(bound.comparison.rawValue) \(bound.value.text)",
          left: value.text, right: bound.value.text, distance: $0, at: end)
      }
    }
    return why
  }
}

extension AssertionForm {
  /// The comparisons of numbers by which it may fail.
  fileprivate var margins: [Margin] {
    switch self {
    case .always(let condition), .hold(let condition, _), .atEnd(let condition):
      condition.expression.margins(wanted: true)
    case .never(let condition): condition.expression.margins(wanted: false)
    case .invariant, .eventually, .sometimes, .response, .metric: []
    }
  }
}

extension MetricBound {
  /// How far a value is from the bound, on the side where it should be; nil where no distance says
  /// so.
  fileprivate func distance(of metric: MetricValue) -> String? {
    let isLow: Bool
    switch comparison {
    case .less, .lessOrEqual: isLow = true
    case .greater, .greaterOrEqual: isLow = false
    case .equal, .unequal: return nil
    }
    switch (metric, value) {
    case (.count(let left), .count(let right)):
      return "\(isLow ? right - left : left - right)"
    case (.duration(let left), .duration(let right)):
      return DurationText.format(isLow ? right - left : left - right)
    default:
      let gap = value.number - metric.number
      return MetricValue.ratio(isLow ? gap : -gap).text
    }
  }
}

extension Judge {
  /// Someone to count for each assertion that is explained.
  static func explainers(_ plan: JudgementPlan, _ parts: JudgeParts) -> [Explainer?] {
    parts.monitors.indices.map { place in
      guard plan.explained.contains(place) else { return nil }
      return Explainer(
        plan.assertions[place].form, within: parts.monitors[place].automaton.within,
        lasting: parts.monitors[place].automaton.lasting, limits: plan.limits)
    }
  }

  /// Tells the explainer of an assertion what a state came to.
  mutating func explain(
    _ place: Int, at instant: Int64, from before: TemporalAutomaton,
    _ step: TemporalAutomaton.Step
  ) {
    let holds = conditions[monitors[place].first].truth == .yes
    explainers[place]?.see(
      at: instant, host, holds: holds, from: before, to: monitors[place].automaton, step)
  }

  /// How an assertion came to its verdict; nil if that was not asked.
  func why(_ place: Int, at instant: Instant) -> Why? {
    guard var explainer = explainers[place] else { return nil }
    switch plan.assertions[place].form {
    case .metric(let metric, let bounds):
      return Explainer.why(
        metric, bounds, metric.read(host.world), at: instant.nanoseconds)
    case .atEnd where findings[place]?.verdict != .inconclusive:
      let holds = conditions[monitors[place].first].truth == .yes
      explainer.seeLast(at: instant.nanoseconds, host, holds: holds)
    default: break
    }
    var why = explainer.result(monitors[place], at: instant.nanoseconds)
    if case .invariant(let name) = plan.assertions[place].form {
      why.subject = InvariantCatalog.invariant(name)?.subject ?? ""
      why.facts = invariants[monitors[place].invariant].account(host.world)
    }
    return why
  }

  /// Tells the explainers that an event is over.
  mutating func followTails() {
    for place in explainers.indices {
      explainers[place]?.followTail(at: host.world.now, host)
    }
  }
}
