public import SystemModel

extension Judge {
  /// Judges the run as a whole and fills in a tally, instead of saying everything about it; once,
  /// when it is over.
  ///
  /// `at` is the instant of its end: the planned end, or that of the last event.
  public mutating func finish(end: RunEnd, at instant: Instant, tally: inout RunTally) {
    _ = conclude(end: end, at: instant)
    if tally.verdicts.count != monitors.count {
      tally.verdicts = ContiguousArray(repeating: .pass, count: monitors.count)
    }
    var outcome = monitors.isEmpty ? Verdict.vacuous : .pass
    for place in monitors.indices {
      let verdict = verdict(of: place)
      tally.verdicts[place] = verdict
      if verdict != .pass { outcome = max(outcome, weight(of: verdict, place)) }
    }
    for place in plan.faults.indices { outcome = max(outcome, faultVerdict(place, end)) }
    for place in idleEntries { outcome = max(outcome, entryVerdict(place, end)) }
    tally.outcome = outcome
    tally.causes.removeAll(keepingCapacity: true)
    if outcome == .vacuous || outcome == .inconclusive { findCauses(end, &tally) }
    tally.events = host.world.events
    for place in tally.metrics.indices { tally.values[place] = value(of: tally.metrics[place]) }
  }

  /// Notes what makes a run vacuous or inconclusive.
  private func findCauses(_ end: RunEnd, _ tally: inout RunTally) {
    if monitors.isEmpty, tally.outcome == .vacuous { tally.causes.append(.nothingAsserted) }
    for place in monitors.indices where weight(of: verdict(of: place), place) == tally.outcome {
      tally.causes.append(.assertion(place))
    }
    for place in plan.faults.indices where faultVerdict(place, end) == tally.outcome {
      tally.causes.append(.fault(place))
    }
    for place in idleEntries where entryVerdict(place, end) == tally.outcome {
      tally.causes.append(.entry(place))
    }
  }

  /// What the verdict on an assertion contributes to a run that is one of many.
  private func weight(of verdict: Verdict, _ place: Int) -> Verdict {
    let assertion = plan.assertions[place]
    if case .sometimes = assertion.form, verdict == .fail || verdict == .vacuous { return .pass }
    return verdict == .vacuous && assertion.mayBeVacuous != nil ? .pass : verdict
  }
}
