internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// The assertions in the order of the scenario; fewer than there are entries after a mistake.
  mutating func assertions() -> [AssertionPlan] {
    var names: [String: SourceSpan] = [:]
    var plans: [AssertionPlan] = []
    for entry in scenario.assertions where !isFull {
      let name = entry.name?.value ?? entry.defaultName
      let place = entry.name?.span ?? entry.span
      if let first = names[name] {
        report(.repeatedAssertion(name, place, first, isNamed: entry.name != nil))
      } else {
        names[name] = place
      }
      let known = diagnostics.count
      let form = form(of: entry)
      let scope = scope(entry.scope)
      guard diagnostics.count == known, let form, let scope else { continue }
      var plan = AssertionPlan(
        name: name, form: form, scope: scope, mayBeVacuous: entry.mayBeVacuous?.value,
        span: entry.span)
      plan.consistency = consistency(entry)
      plans.append(plan)
    }
    return plans
  }

  /// How a check of the history goes; its keys, and no part of the run, fit such checks alone.
  private mutating func consistency(_ entry: AssertionEntry) -> ConsistencyOptions {
    guard case .invariant(let name) = entry.form else { return ConsistencyOptions() }
    guard let invariant = InvariantCatalog.invariant(name.value), invariant.readsHistory else {
      for (key, span) in [("budget", entry.budget?.span), ("initial", entry.initial?.span)] {
        if let span { report(.notOfInvariant(key, name.value, span)) }
      }
      return ConsistencyOptions()
    }
    if let span = entry.scope.span { report(.partOfHistory(name.value, span)) }
    var options = ConsistencyOptions()
    if let budget = entry.budget { options.budget = Int(budget.value) }
    if let initial = entry.initial { options.initial = symbols.number(of: initial.value) }
    return options
  }

  private mutating func form(of entry: AssertionEntry) -> AssertionForm? {
    let within = entry.within?.duration
    let lasting = entry.duration?.duration
    switch entry.form {
    case .invariant(let name): return invariant(name)
    case .always(let text): return claim(text).map { .always($0) }
    case .never(let text): return claim(text).map { .never($0) }
    case .sometimes(let text): return claim(text).map { .sometimes($0) }
    case .eventually(let text):
      return claim(text).map { .eventually($0, within: within, lasting: lasting) }
    case .leadsTo(let first, let second):
      guard let when = condition(first), let then = claim(second) else { return nil }
      return .response(when: when, then: then, within: within, lasting: lasting)
    case .hold(let text, let until):
      let end = until.flatMap { condition($0) }
      return claim(text).map { .hold($0, until: end) }
    case .atEnd(let text): return claim(text, in: environment.end).map { .atEnd($0) }
    case .metric(let name, let comparisons): return metric(name, comparisons)
    }
  }

  private mutating func invariant(_ name: Marked<String>) -> AssertionForm? {
    let known = InvariantCatalog.invariants(of: description).map(\.name)
    guard let invariant = InvariantCatalog.invariant(name.value) else {
      report(.unknownInvariant(name, known: known, protocol: description.name))
      return nil
    }
    guard description.isOf(invariant.family) else {
      report(
        .otherFamily(
          name, invariant.family.rawValue, description.family.rawValue, known: known))
      return nil
    }
    return .invariant(invariant.name)
  }

  private mutating func metric(
    _ name: Marked<String>, _ comparisons: [Marked<ComparisonText>]
  ) -> AssertionForm? {
    guard let metric = environment.metric(name.value) else {
      let known = environment.metrics.map(\.name)
      report(
        .unknownMetric(
          name, nearest: Suggestion.nearest(to: name.value, among: known),
          protocol: description.name))
      return nil
    }
    let bounds = comparisons.compactMap { bound($0, metric) }
    return bounds.count == comparisons.count ? .metric(metric, bounds) : nil
  }

  private mutating func bound(
    _ written: Marked<ComparisonText>, _ metric: Metric
  ) -> MetricBound? {
    let value: MetricValue
    switch (metric.unit, WrittenValue(written.value.value)) {
    case (.count, .int(let number)): value = .count(number)
    case (.count, .decimal(let number)): value = .ratio(number)
    case (.duration, .duration(let span)): value = .duration(span)
    case (.ratio, .decimal(let share)): value = .ratio(share)
    case (.ratio, .int(let share)): value = .count(share)
    case (.ratio, .percentage(let part)):
      value = .ratio(Double(part.numerator) / Double(part.denominator))
    case (let unit, let other):
      report(.metricForm(written, metric.name, unit, other))
      return nil
    }
    return MetricBound(.init(written.value.relation), value)
  }

  /// What the scenario expects of itself.
  mutating func expectation(_ plans: [AssertionPlan]) -> Expectation {
    guard case .fail(let names) = scenario.expectation else { return .pass }
    let known = scenario.assertions.map { $0.name?.value ?? $0.defaultName }
    var places: [Int] = []
    for name in names where !isFull {
      guard known.contains(name.value) else {
        // It may be what a broken entry is called.
        let isNear = Suggestion.nearest(to: name.value, among: known) != nil
        if isBroken("assertions"), !isNear || scenario.brokenNames.contains(name.value) { continue }
        report(.unknownAssertion(name, known: known))
        continue
      }
      guard let place = plans.firstIndex(where: { $0.name == name.value }) else { continue }
      if places.contains(place) { report(.repeatedItem(name.span, name.span)) }
      places.append(place)
    }
    return .fail(places)
  }
}

// The parts of a run.
extension CellCompiler {
  private mutating func scope(_ written: ScopeText) -> AssertionScope? {
    switch written {
    case .run: return .run
    case .during(let name):
      switch window(name) {
      case .fault(let place)?: return .during(fault: place)
      case .workload(let place)?:
        return hasLastCall(place, name.span)
          ? .between(.workloadStart(place), .workloadEnd(place)) : nil
      case nil: return nil
      }
    case .after(let point): return self.point(point, after: "after").map { .after($0) }
    case .before(let point): return self.point(point, after: "before").map { .before($0) }
    case .between(let first, let second):
      let opening = point(first, after: "between")
      let closing = point(second, after: "between")
      guard let opening, let closing else { return nil }
      if case .instant(let start) = first.kind, case .instant(let end) = second.kind, end <= start {
        report(.windowEndsFirst(second.span, first.span))
        return nil
      }
      return .between(opening, closing)
    }
  }

  private mutating func point(_ written: PointText, after key: String) -> Point? {
    switch written.kind {
    case .instant(let instant): return .instant(Instant(nanoseconds: instant))
    case .start(let name):
      switch window(name) {
      case .fault(let place)?: return .faultStart(place)
      case .workload(let place)?: return .workloadStart(place)
      case nil: return nil
      }
    case .end(let name):
      switch window(name) {
      case .fault(let place)?: return .faultEnd(place)
      case .workload(let place)?:
        return hasLastCall(place, name.span) ? .workloadEnd(place) : nil
      case nil: return nil
      }
    case .message(let moment): return messageEvent(moment).map { .message($0) }
    case .condition(let text): return condition(text).map { .condition($0) }
    case .bare(let name):
      if window(Marked(name, at: written.span)) != nil {
        report(.barePoint(name, written.span, key))
      }
      return nil
    }
  }

  /// Something with a name that begins and ends.
  private enum Window {
    case fault(Int)
    case workload(Int)
  }

  private mutating func window(_ name: Marked<String>) -> Window? {
    switch (faultPlaces[name.value], workloadPlaces[name.value]) {
    case (let fault?, nil): return .fault(fault)
    case (nil, let workload?): return .workload(workload)
    case (.some, .some):
      report(.faultOrWorkload(name))
      return nil
    case (nil, nil):
      guard !scenario.brokenNames.contains(name.value), !isBroken("workloads"), !lacksFaults
      else { return nil }
      report(
        .unknownWindow(
          name, faults: scenario.faults.compactMap(\.name?.value),
          workloads: scenario.workloads.compactMap(\.name?.value)))
      return nil
    }
  }

  /// Whether it is known which call of a workload is the last one.
  private mutating func hasLastCall(_ place: Int, _ span: SourceSpan) -> Bool {
    guard madeWorkloads.indices.contains(place) else { return true }
    let workload = madeWorkloads[place]
    if workload.callCount(nodes: topology.count) != nil { return true }
    report(.endlessWorkload(workload.name, span, hasRole: workload.nodes.fixedCount(of: 1) == nil))
    return false
  }
}

extension MetricBound.Comparison {
  /// The comparison that was written.
  init(_ relation: ComparisonText.Relation) {
    switch relation {
    case .below: self = .less
    case .atMost: self = .lessOrEqual
    case .above: self = .greater
    case .atLeast: self = .greaterOrEqual
    case .equal: self = .equal
    case .unequal: self = .unequal
    }
  }
}
