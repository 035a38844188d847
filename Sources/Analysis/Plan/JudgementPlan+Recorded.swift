public import SystemModel

extension AssertionScope {
  /// Whether its windows open or close with calls of a workload.
  fileprivate var usesWorkloads: Bool {
    switch self {
    case .run, .during: false
    case .after(let point), .before(let point): point.isOfWorkload
    case .between(let first, let second): first.isOfWorkload || second.isOfWorkload
    }
  }
}

extension Point {
  fileprivate var isOfWorkload: Bool {
    switch self {
    case .workloadStart, .workloadEnd: true
    case .faultStart, .faultEnd, .instant, .message, .condition: false
    }
  }
}

extension JudgementPlan {
  /// The plan with the assertions marked that cannot be judged by a recorded history, since it does
  /// not say what they read.
  ///
  /// What a history never speaks of has no value: a count of messages in a history without messages
  /// is not 0. Only whether nodes are up and go on is taken for granted, and everything if the
  /// history is whole. `withoutValue` has the places of the observations that lack their values.
  public func lacking(in trace: Trace, isWhole: Bool, withoutValue: [UInt8]) -> JudgementPlan {
    var plan = self
    plan.spoken = Spoken(trace, description, isWhole: isWhole, withoutValue: withoutValue)
    for place in assertions.indices {
      var missing: [String] = []
      for needs in needs(of: assertions[place]) {
        if let text = needs.missing(in: plan.spoken), !missing.contains(text) {
          missing.append(text)
        }
      }
      if !isWhole, assertions[place].scope.usesWorkloads {
        missing.append("whose calls are which workload's")
      }
      if !missing.isEmpty { plan.assertions[place].lacks = missing.joined(separator: ", ") }
    }
    return plan
  }

  private func needs(of assertion: AssertionPlan) -> [Needs] {
    let conditions = assertion.form.conditions + assertion.scope.conditions
    let read = conditions.flatMap { reads(of: $0).needs }
    switch assertion.form {
    case .metric(let metric, _): return read + [metric.needs]
    case .invariant(let name):
      return read + (InvariantCatalog.invariant(name).map { [$0.needs] } ?? [])
    case .always, .never, .eventually, .sometimes, .response, .hold, .atEnd: return read
    }
  }
}
