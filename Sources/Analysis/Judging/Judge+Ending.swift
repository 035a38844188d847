import Expressions
public import SystemModel

extension Judge {
  /// Judges the run as a whole and says everything about it; once, when it is over.
  ///
  /// `at` is the instant of its end: the planned end, or that of the last event.
  public mutating func finish(
    end: RunEnd, at instant: Instant, traceHash: UInt64
  ) -> RunResult {
    _ = conclude(end: end, at: instant)
    return result(end: end, at: instant, traceHash: traceHash)
  }

  /// Judges the run as a whole, once, when it is over, and gives its outcome: the judgement before
  /// the scenario's `expect`. Cheaper than ``finish(end:at:traceHash:)`` for many runs.
  public mutating func conclude(end: RunEnd, at instant: Instant) -> Verdict {
    letTimePass(end, instant)
    host.world.close(at: instant)
    var outcome: Verdict = monitors.isEmpty ? .vacuous : .pass
    for place in lacking {
      findings[place] = .init(
        verdict: .vacuous,
        reason: "the history does not say what it reads: \(plan.assertions[place].lacks ?? "")")
    }
    for place in monitors.indices {
      if !findings.has(place) {
        guard let finding = finding(place, end, at: instant.nanoseconds) else { continue }
        findings[place] = finding
      }
      addAftermath(place)
      let verdict = verdict(of: place)
      let isExcused = verdict == .vacuous && plan.assertions[place].mayBeVacuous != nil
      outcome = max(outcome, isExcused ? .pass : verdict)
    }
    for place in plan.faults.indices { outcome = max(outcome, faultVerdict(place, end)) }
    for place in idleEntries { outcome = max(outcome, entryVerdict(place, end)) }
    return outcome
  }

  /// Adds to the evidence of a broken invariant what came of it.
  private mutating func addAftermath(_ place: Int) {
    let number = monitors[place].invariant
    guard number >= 0, findings[place]?.verdict == .fail,
      let at = findings[place]?.evidence?.at.nanoseconds
    else { return }
    findings[place]?.evidence?.readings += invariants[number].aftermath(of: at, host.world)
  }

  /// What was found of an assertion, by its place in the plan, in a run that is concluded.
  public func verdict(of assertion: Int) -> Verdict {
    findings.has(assertion) ? findings[assertion]?.verdict ?? .pass : .pass
  }

  /// The value of a metric, in a run that is concluded; nil if it has no samples.
  public func value(of metric: Metric) -> MetricValue? { metric.read(host.world) }

  /// What is due by itself happens: at a planned end what is due until then; if nothing can happen
  /// any more, what is due until the planned end.
  private mutating func letTimePass(_ end: RunEnd, _ instant: Instant) {
    switch end {
    case .time: tick(to: instant.nanoseconds)
    case .quiescence: tick(to: max(instant, plan.system.timeLimit).nanoseconds)
    case .events: break
    }
  }

  /// What is found only when the run is over; nil for a pass.
  private mutating func finding(
    _ place: Int, _ end: RunEnd, at instant: Int64
  ) -> AssertionMonitor.Finding? {
    if brokenFilter != nil {
      return .init(
        verdict: .inconclusive, reason: "the run stopped, since the `where` of a fault failed")
    }
    if end == .events {
      let limit = plan.system.eventLimit
      return .init(verdict: .inconclusive, reason: "the run was cut off after \(limit) events")
    }
    switch endings[place] {
    case .invariant: return invariantFinding(place, end, at: instant)
    case .lastState: return lastStateFinding(place, at: instant)
    case .metric: return metricFinding(place, at: instant)
    case .temporal: return temporalFinding(place, end, at: instant)
    }
  }

  private mutating func temporalFinding(
    _ place: Int, _ end: RunEnd, at instant: Int64
  ) -> AssertionMonitor.Finding? {
    switch monitors[place].automaton.conclude(end, at: instant) {
    case .pass: return nil
    case .noWindow: return .init(verdict: .vacuous, reason: "none of its windows opened")
    case .noChance: return .init(verdict: .vacuous, reason: noChance(monitors[place].automaton))
    case .open:
      return .init(
        verdict: .inconclusive,
        reason: "the run was over at \(DurationText.format(instant)), before it was decided; "
          + open(monitors[place].automaton))
    case .broken(let broken, let cause):
      fail(place, at: broken, cause, nil)
      return findings[place]
    }
  }

  private func open(_ automaton: TemporalAutomaton) -> String {
    let since = "it is open since \(DurationText.format(automaton.awaitedSince))"
    guard let held = automaton.heldSince else { return since }
    return "\(since), and true since \(DurationText.format(held))"
  }

  private func noChance(_ automaton: TemporalAutomaton) -> String {
    switch automaton.form {
    case .response: "its `when` was never true"
    case .hold: "its `until` was true from the start"
    case .always, .never, .sometimes, .eventually: "what it reads had no samples in any state"
    }
  }

  private mutating func invariantFinding(
    _ place: Int, _ end: RunEnd, at instant: Int64
  ) -> AssertionMonitor.Finding? {
    let automaton = monitors[place].automaton
    let number = monitors[place].invariant
    if automaton.windows == 0 {
      return .init(verdict: .vacuous, reason: "none of its windows opened")
    }
    if automaton.isOpen {
      switch invariants[number].conclude(end, host.world) {
      case .holds: break
      case .open(let text, let help):
        return .init(verdict: .inconclusive, reason: text, help: help)
      case .broken(let violation):
        report(violation, place, nil)
        return findings[place]
      }
    }
    guard monitors[place].subjects == 0, case .invariant(let name) = plan.assertions[place].form
    else { return nil }
    let subject = InvariantCatalog.invariant(name)?.subject ?? "what it is about"
    return .init(verdict: .vacuous, reason: "there was never \(subject)")
  }

  private mutating func lastStateFinding(
    _ place: Int, at instant: Int64
  ) -> AssertionMonitor.Finding? {
    let condition = monitors[place].first
    switch evaluate(condition) {
    case .yes: return nil
    case .unknown:
      return .init(verdict: .vacuous, reason: "what it reads has no samples")
    case .no:
      let text = expressions[condition].expression.text
      return .init(
        verdict: .fail, reason: "`\(text)` is false in the last state",
        evidence: lastState(evidence(at: instant, place, nil, reading: [condition])))
    case .failed:
      return .init(
        verdict: .error, reason: failures[condition]?.message ?? "",
        evidence: lastState(evidence(at: instant, place, nil, reading: [condition])),
        diagnostic: diagnostic(condition))
    }
  }

  private mutating func metricFinding(
    _ place: Int, at instant: Int64
  ) -> AssertionMonitor.Finding? {
    guard case .metric(let metric, let bounds) = plan.assertions[place].form else { return nil }
    guard let value = metric.read(host.world) else {
      return .init(verdict: .vacuous, reason: "\(metric.name) has no samples")
    }
    guard let bound = bounds.first(where: { !$0.admits(value) }) else { return nil }
    var evidence = lastState(evidence(at: instant, place, nil, reading: []))
    evidence?.readings = [.init(name: metric.name, value: value.text)]
    return .init(
      verdict: .fail,
      reason:
        "\(metric.name) is \(value.text), not \(bound.comparison.rawValue) \(bound.value.text)",
      evidence: evidence)
  }

  private func lastState(_ evidence: Evidence?) -> Evidence? {
    var evidence = evidence
    evidence?.event = "the last state"
    return evidence
  }
}

/// How an assertion is judged when the run is over.
enum AssertionEnding: Sendable {
  case invariant, lastState, metric, temporal

  init(_ form: AssertionForm) {
    self =
      switch form {
      case .invariant: .invariant
      case .atEnd: .lastState
      case .metric: .metric
      case .always, .never, .eventually, .sometimes, .response, .hold: .temporal
      }
  }
}

extension MetricBound {
  /// Whether a metric is within the bound.
  func admits(_ metric: MetricValue) -> Bool {
    switch comparison {
    case .less: metric.order(value) == .less
    case .lessOrEqual: metric.order(value) != .greater
    case .greater: metric.order(value) == .greater
    case .greaterOrEqual: metric.order(value) != .less
    case .equal: metric.order(value) == .equal
    case .unequal: metric.order(value) != .equal
    }
  }
}

extension MetricValue {
  /// How two values stand to each other.
  enum Order { case less, equal, greater }

  /// Compares numbers exactly; a ratio with a count as well.
  func order(_ other: MetricValue) -> Order {
    switch (self, other) {
    case (.ratio(let left), .ratio(let right)): Self.order(left, right)
    case (.ratio(let left), .count(let right)), (.ratio(let left), .duration(let right)):
      Self.order(left, Double(right))
    case (.count(let left), .ratio(let right)), (.duration(let left), .ratio(let right)):
      Self.order(Double(left), right)
    case (.count(let left), .count(let right)), (.duration(let left), .duration(let right)),
      (.count(let left), .duration(let right)), (.duration(let left), .count(let right)):
      Self.order(left, right)
    }
  }

  private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Order {
    left < right ? .less : left > right ? .greater : .equal
  }

  /// The value in the notation of expressions.
  public var text: String {
    switch self {
    case .count(let number): "\(number)"
    case .duration(let span): DurationText.format(span)
    case .ratio(let share): Value.double(share).text
    }
  }
}
