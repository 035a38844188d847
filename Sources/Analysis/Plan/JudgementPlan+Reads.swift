import Expressions
import SystemModel

extension JudgementPlan {
  /// Which fields of the protocol the trace must have, in the order of the declarations: what
  /// ``SystemPlan/watchedFields`` of the run is to be.
  public var watchedFields: [Bool] {
    var watched = description.fields.map { _ in false }
    func watch(_ name: String) {
      let place = description.place(ofField: name)
      if place >= 0 { watched[place] = true }
    }
    for condition in conditions {
      for field in reads(of: condition).fields { watched[field] = true }
    }
    for assertion in assertions {
      guard case .invariant(let name) = assertion.form else { continue }
      for field in InvariantCatalog.invariant(name)?.fields ?? [] { watch(field) }
    }
    for family in description.families {
      switch family {
      case .election: for name in ["role", "term", "leader_id", "synced"] { watch(name) }
      case .barrier: watch("arrived")
      case .consensus, .mutex, .register, .log: break
      }
    }
    return watched
  }

  /// Every condition of the plan.
  var conditions: [Condition] {
    assertions.flatMap { $0.form.conditions + $0.scope.conditions } + faults.compactMap(\.condition)
  }

  /// What a condition reads.
  func reads(of condition: Condition) -> Reads {
    Reads(condition.expression.dependencies, environment, description)
  }
}

extension AssertionForm {
  /// The conditions of the form.
  var conditions: [Condition] {
    switch self {
    case .invariant, .metric: []
    case .always(let condition), .never(let condition), .sometimes(let condition),
      .eventually(let condition, _, _), .atEnd(let condition):
      [condition]
    case .response(let when, let then, _, _): [when, then]
    case .hold(let condition, let until): [condition] + (until.map { [$0] } ?? [])
    }
  }
}

extension AssertionScope {
  /// The conditions of its points.
  var conditions: [Condition] {
    switch self {
    case .run, .during: []
    case .after(let point), .before(let point): point.conditions
    case .between(let first, let second): first.conditions + second.conditions
    }
  }
}

extension Point {
  var conditions: [Condition] {
    if case .condition(let condition) = self { return [condition] }
    return []
  }
}
