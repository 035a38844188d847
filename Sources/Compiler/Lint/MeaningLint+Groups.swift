internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

// Groups that nothing speaks of.
extension MeaningLint {
  mutating func checkGroups() {
    guard !scenario.topology.groups.isEmpty else { return }
    var uses = NameUses(of: scenario.topology.groups.map(\.key.value))
    uses.take(scenario)
    let isAskedFor = texts.contains { text, names in
      guard let checked = try? Expression.check(text.text, in: names).get() else { return true }
      return plan.environment.readsGroups(checked.dependencies)
    }
    guard !isAskedFor else { return }
    for group in scenario.topology.groups where uses.lack(group.key.value) {
      report(.unusedGroup(group.key))
    }
  }

  /// Every expression of the scenario, with the names that it may use.
  private var texts: [(ExpressionText, ExpressionEnvironment)] {
    var found: [(ExpressionText, ExpressionEnvironment)] = []
    let environment = plan.environment
    func add(_ messages: MessagesText?) {
      if let text = messages?.condition { found.append((text, environment.message)) }
    }
    for fault in scenario.faults {
      add(fault.messages)
      switch fault.trigger {
      case .condition(let text, _, _): found.append((text, environment.states))
      case .message(let moment): add(moment.messages)
      case .at, .every: break
      }
    }
    for assertion in scenario.assertions {
      found += assertion.form.texts.map { ($0, environment.end) }
      for point in assertion.scope.points {
        switch point.kind {
        case .condition(let text): found.append((text, environment.states))
        case .message(let moment): add(moment.messages)
        default: break
        }
      }
    }
    return found
  }
}

/// Which groups a scenario names nowhere but in its topology.
private struct NameUses {
  /// The groups that have not been met.
  private var unmet: Set<String>

  init(of groups: [String]) { unmet = Set(groups) }

  func lack(_ name: String) -> Bool { unmet.contains(name) }

  private mutating func meet(_ names: [String]) {
    guard !unmet.isEmpty else { return }
    for name in names { unmet.remove(name) }
  }

  mutating func take(_ scenario: Scenario) {
    for link in scenario.latencies?.links ?? [] {
      switch link.ends {
      case .between(let first, let second), .oneWay(let first, let second):
        meet([first.value, second.value])
      }
    }
    meet((scenario.processing?.nodes ?? []).map(\.key.value))
    meet(scenario.protocolSection.initial.map(\.key.value))
    for option in scenario.protocolSection.options {
      meet((option.value.node.mapping ?? []).map(\.key.text))
    }
    for workload in scenario.workloads { take(workload.node) }
    for fault in scenario.faults { take(fault) }
    for assertion in scenario.assertions {
      if case .metric(let metric, _) = assertion.form {
        meet(metric.value.split(separator: ".").map(String.init))
      }
      for text in assertion.form.texts where text.text.contains("unavailability") {
        let words = text.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        meet(words.map(String.init))
      }
      for point in assertion.scope.points {
        if case .message(let moment) = point.kind { take(moment.messages) }
      }
    }
  }

  private mutating func take(_ fault: FaultEntry) {
    switch fault.kind {
    case .partition(let partition): take(partition.shape)
    case .crash(let nodes, _), .restart(let nodes), .pause(let nodes), .resume(let nodes),
      .slow(let nodes, _):
      take(nodes)
    case .loss(_, let links), .duplicate(_, let links), .reorder(_, let links),
      .delay(_, let links):
      switch links.which {
      case .all: break
      case .between(let first, let second), .oneWay(let first, let second):
        take(first)
        take(second)
      }
    case .heal: break
    }
    if let messages = fault.messages { take(messages) }
    if case .message(let moment) = fault.trigger { take(moment.messages) }
  }

  private mutating func take(_ shape: PartitionText.Shape) {
    switch shape {
    case .sides(let sides): meet(sides.flatMap(\.value.names).map(\.value))
    case .isolate(let nodes): take(nodes)
    case .block(let from, let to):
      take(from)
      take(to)
    case .word: break
    }
  }

  private mutating func take(_ messages: MessagesText) {
    take(messages.from)
    take(messages.to)
  }

  private mutating func take(_ selector: Marked<SelectorText>?) {
    switch selector?.value {
    case .word(let word): meet([word])
    case .list(let list): meet(list.map(\.value))
    case .random, nil: break
    }
  }
}

extension AssertionEntry.Form {
  /// The expressions of the form.
  fileprivate var texts: [ExpressionText] {
    switch self {
    case .invariant, .metric: []
    case .always(let text), .never(let text), .eventually(let text), .sometimes(let text),
      .atEnd(let text):
      [text]
    case .leadsTo(let first, let second): [first, second]
    case .hold(let text, let until): [text] + (until.map { [$0] } ?? [])
    }
  }
}

extension ScopeText {
  /// The points of the scope.
  var points: [PointText] {
    switch self {
    case .run, .during: []
    case .after(let point), .before(let point): [point]
    case .between(let first, let second): [first, second]
    }
  }
}
