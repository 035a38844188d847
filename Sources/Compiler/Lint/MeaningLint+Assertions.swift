internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

// What the text of a condition alone decides.
extension MeaningLint {
  mutating func checkAssertions() {
    for (entry, plan, mayFail) in assertions {
      check(entry.form, mayFail: mayFail)
      for text in entry.scope.conditions where foreseen(text) == false {
        report(.neverTrue(text.scalar.span, "the point never comes"))
      }
      if case .metric(let metric, let bounds) = plan.form,
        case .metric(_, let written) = entry.form
      {
        for (bound, text) in zip(bounds, written) {
          check(metric, bound, text, mayFail: mayFail)
        }
        if !mayFail { check(bounds, written) }
      }
      checkStart(entry, plan)
    }
  }

  /// Conditions of faults.
  mutating func checkTriggers() {
    for entry in scenario.faults {
      guard case .condition(let text, _, _) = entry.trigger, foreseen(text) == false else {
        continue
      }
      report(.neverTrue(text.scalar.span, "the fault never fires"))
    }
  }

  private mutating func check(_ form: AssertionEntry.Form, mayFail: Bool) {
    switch form {
    case .always(let text): check(text, mayFail, "holds in every state")
    case .hold(let text, let until):
      check(text, mayFail, "holds in every state")
      if let until { checkUntil(until) }
    case .eventually(let text), .sometimes(let text):
      check(text, mayFail, "holds in every state")
    case .never(let text): check(text, mayFail, "holds in no state", isNegated: true)
    case .atEnd(let text): check(text, mayFail, "holds in every last state", atEnd: true)
    case .leadsTo(let first, let second):
      if foreseen(first) == false { report(.neverTrue(first.scalar.span, "nothing is asked for")) }
      check(second, mayFail, "holds in every state")
      checkSame(first, second)
    case .invariant, .metric: break
    }
  }

  private mutating func check(
    _ text: ExpressionText, _ mayFail: Bool, _ outcome: String, isNegated: Bool = false,
    atEnd: Bool = false
  ) {
    let span = text.scalar.span
    guard let checked = checked(text, atEnd: atEnd) else { return }
    if let truth = checked.foreseen(facts) {
      if truth != isNegated {
        report(.cannotFail(span, "it \(outcome), whatever happens"))
      } else if !mayFail {
        report(
          isNegated
            ? .cannotHold(span, "it holds in every state, whatever happens")
            : .cannotHold(span, "it holds in no state, whatever happens"))
      }
    } else if plan.environment.readsOnlyParameters(checked.dependencies) {
      report(.readsOnlyParameters(span))
    }
  }

  /// The end of a `hold` that never comes, or is there always.
  private mutating func checkUntil(_ text: ExpressionText) {
    switch foreseen(text) {
    case true?: report(.cannotFail(text.scalar.span, "it is over in every state", .until))
    case false?:
      report(.neverTrue(text.scalar.span, "what `hold` says is due to the end", .until))
    case nil: break
    }
  }

  /// A `then` that asks for what `when` has said.
  private mutating func checkSame(_ first: ExpressionText, _ second: ExpressionText) {
    guard let asked = checked(first), let answer = checked(second), answer.isSame(as: asked),
      asked.foreseen(facts) == nil
    else { return }
    report(.cannotFail(second.scalar.span, "`when` says the same"))
  }

  private func foreseen(_ text: ExpressionText) -> Bool? { checked(text)?.foreseen(facts) }

  // MARK: Metrics

  private mutating func check(
    _ metric: Metric, _ bound: MetricBound, _ written: Marked<ComparisonText>, mayFail: Bool
  ) {
    guard let least = metric.least else { return }
    let value: Double =
      switch bound.value {
      case .count(let count): Double(count)
      case .duration(let span): Double(span)
      case .ratio(let ratio): ratio
      }
    let outcome: Bool? =
      switch bound.comparison {
      case .greaterOrEqual: value <= least ? true : nil
      case .greater: value < least ? true : nil
      case .less: value <= least ? false : nil
      case .lessOrEqual, .equal: value < least ? false : nil
      case .unequal: value < least ? true : nil
      }
    guard let outcome else { return }
    let fact = "`\(metric.name)` is never below 0"
    if outcome {
      report(.cannotFail(written.span, fact))
    } else if !mayFail {
      report(.cannotHold(written.span, fact))
    }
  }

  /// Bounds that no value satisfies together; the first two of them are told.
  private mutating func check(
    _ bounds: [MetricBound], _ written: [Marked<ComparisonText>]
  ) {
    for later in bounds.indices {
      for earlier in bounds[..<later].indices
      where bounds[earlier].excludes(bounds[later]) {
        report(.contradictingBounds(written[later], written[earlier]))
        return
      }
    }
  }

  // MARK: The first state

  /// An `eventually`, a `sometimes` or the end of a `hold` that the first state decides. With
  /// `within: 0ms` it is a statement about that state, and with `for` about what follows.
  private mutating func checkStart(_ entry: AssertionEntry, _ plan: AssertionPlan) {
    guard let text = entry.form.awaited, entry.duration == nil, entry.within?.value != 0,
      opensAtStart(plan.scope)
    else { return }
    guard !system.faults.indices.contains(where: { times.starts[$0] == 0 }),
      let checked = checked(text), checked.foreseen(facts) == nil,
      checked.foreseen(initialFacts) == true
    else { return }
    report(.trueAtStart(text.scalar.span, entry.form))
  }

  /// Whether the first window has the first state.
  private func opensAtStart(_ scope: AssertionScope) -> Bool {
    switch scope {
    case .run, .before: return true
    case .during: return false
    case .after(let point), .between(let point, _):
      if case .instant(.start) = point { return true }
      return false
    }
  }
}

extension AssertionEntry.Form {
  /// What it waits for from the opening of its window on.
  fileprivate var awaited: ExpressionText? {
    switch self {
    case .eventually(let text), .sometimes(let text): text
    case .hold(_, let until): until
    case .invariant, .always, .never, .leadsTo, .atEnd, .metric: nil
    }
  }
}

extension ScopeText {
  /// The conditions of its points.
  fileprivate var conditions: [ExpressionText] {
    let points: [PointText] =
      switch self {
      case .run, .during: []
      case .after(let point), .before(let point): [point]
      case .between(let first, let second): [first, second]
      }
    return points.compactMap { point in
      if case .condition(let text) = point.kind { return text }
      return nil
    }
  }
}

extension MetricBound {
  /// Whether no value of a metric satisfies both bounds.
  fileprivate func excludes(_ other: MetricBound) -> Bool {
    switch (comparison, other.comparison) {
    case (.unequal, .equal), (.equal, .unequal): value == other.value
    case (.unequal, _), (_, .unequal): false
    default: isAbove(other) || other.isAbove(self)
    }
  }

  /// Whether all that this bound admits is more than all that the other admits.
  private func isAbove(_ other: MetricBound) -> Bool {
    guard [.greater, .greaterOrEqual, .equal].contains(comparison),
      [.less, .lessOrEqual, .equal].contains(other.comparison)
    else { return false }
    let open = (comparison == .greater ? 1 : 0) + (other.comparison == .less ? 1 : 0)
    if let low = value.whole, let high = other.value.whole {
      // Of whole numbers an open end is one less.
      let (gap, isFar) = low.subtractingReportingOverflow(high)
      return isFar ? low > high : gap > -open
    }
    return value.number > other.value.number
      || (value.number == other.value.number && open > 0)
  }
}

extension MetricValue {
  /// A count, or a length of time in nanoseconds.
  fileprivate var whole: Int64? {
    switch self {
    case .count(let number), .duration(let number): number
    case .ratio: nil
    }
  }

  fileprivate var number: Double {
    switch self {
    case .count(let number), .duration(let number): Double(number)
    case .ratio(let ratio): ratio
    }
  }
}
