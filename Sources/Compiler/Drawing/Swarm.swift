internal import ScenarioSyntax
internal import SystemModel

/// Which faults of a scenario a seed may leave out, and which it does.
///
/// Drawn are entries, not kinds (Groce, Zhang, Eide, Chen, Regehr, ISSTA 2012, draw features): an
/// entry is what the author of a scenario thinks of as one thing that goes wrong. What the rest of
/// the scenario speaks of by its name is always there, so that every scenario that is left means
/// what it says; and what only puts right what others did is there with them.
struct Swarm {
  private let faults: [FaultEntry]
  private let names: NameTable
  /// The stable key of each fault.
  private let keys: [UInt64]
  /// The places of the faults of each name.
  private let named: [String: [Int]]
  /// Whether the rest of the scenario speaks of each fault.
  private let isSpokenOf: [Bool]

  init(_ scenario: Scenario, _ names: NameTable) {
    faults = scenario.faults
    self.names = names
    var stable = StableKeys()
    keys = faults.map { entry in
      entry.name.map { stable.key(named: $0.value) }
        ?? stable.key(of: "\(entry.keyword.value) \(entry.triggerText)")
    }
    var named: [String: [Int]] = [:]
    for (place, entry) in scenario.faults.enumerated() {
      if let name = entry.name { named[name.value, default: []].append(place) }
    }
    self.named = named
    let words = SpokenWords(scenario.textsAboutFaults)
    var spoken = CellCompiler.faultNames(faults).map { words.have(Array($0.utf8)) }
    var kinds: Set<String> = []
    for (place, entry) in faults.enumerated() where spoken[place] {
      if case .heal(let name) = entry.kind {
        for other in named[name.value] ?? [] { spoken[other] = true }
      }
      // Its number would be another one if one of its kind were not there.
      guard entry.name == nil, kinds.insert(entry.keyword.value).inserted else { continue }
      for other in faults.indices where faults[other].keyword.value == entry.keyword.value {
        spoken[other] = true
      }
    }
    isSpokenOf = spoken
  }

  /// The stable keys of the faults for which a coin is thrown; empty if there is nothing to draw.
  var drawnKeys: [UInt64] { faults.indices.filter(isDrawn).map { keys[$0] } }

  /// Whether the fault with a stable key is there, unless something else decides that.
  static func isThere(_ key: UInt64, seed: UInt64) -> Bool {
    var random = RandomSource(seed: seed, purpose: .swarm, index: key)
    return random.below(2) == 1
  }

  /// The places of the faults that a seed leaves out.
  func leftOut(_ seed: UInt64) -> [Int] {
    var isThere = faults.indices.map { place in
      !isDrawn(place) || Self.isThere(keys[place], seed: seed)
    }
    for place in faults.indices where !isSpokenOf[place] {
      let causes = causes(of: place)
      if !causes.isEmpty { isThere[place] = causes.contains { isThere[$0] } }
    }
    return faults.indices.filter { !isThere[$0] }
  }

  /// Whether a coin is thrown for a fault.
  private func isDrawn(_ place: Int) -> Bool {
    guard !isSpokenOf[place] else { return false }
    switch faults[place].kind {
    case .heal, .restart, .resume: return false
    default: return true
    }
  }

  /// The faults that one puts right, or may.
  private func causes(of place: Int) -> [Int] {
    switch faults[place].kind {
    case .heal(let name): return named[name.value] ?? []
    case .restart(let nodes):
      return faults.indices.filter {
        if case .crash(let others, _) = faults[$0].kind { return mayMeet(nodes, others) }
        return false
      }
    case .resume(let nodes):
      return faults.indices.filter {
        if case .pause(let others) = faults[$0].kind { return mayMeet(nodes, others) }
        return false
      }
    default: return []
    }
  }

  /// Whether two choices of nodes may have a node in common.
  private func mayMeet(_ one: Marked<SelectorText>, _ other: Marked<SelectorText>) -> Bool {
    guard let first = nodes(one.value), let second = nodes(other.value) else { return true }
    return first.members.contains { second.contains($0) }
  }

  /// The nodes of a choice that names them; nil if they are chosen during the run.
  private func nodes(_ selector: SelectorText) -> NodeSet? {
    switch selector {
    case .random: return nil
    case .word(let word): return names.nodes(word)
    case .list(let list):
      var all = NodeSet()
      for name in list { names.nodes(name.value)?.forEach { all.insert($0) } }
      return all
    }
  }
}

extension Scenario {
  /// What may speak of faults: scopes and metrics of assertions, and all expressions.
  fileprivate var textsAboutFaults: [String] {
    assertions.flatMap { $0.form.texts + $0.scope.texts }
      + faults.flatMap { $0.trigger.texts + ($0.messages?.texts ?? []) }
  }
}

extension AssertionEntry.Form {
  fileprivate var texts: [String] {
    switch self {
    case .invariant: []
    case .always(let text), .never(let text), .eventually(let text), .sometimes(let text),
      .atEnd(let text):
      [text.text]
    case .leadsTo(let first, let second): [first.text, second.text]
    case .hold(let text, let until): [text.text] + (until.map { [$0.text] } ?? [])
    case .metric(let name, _): [name.value]
    }
  }
}

extension ScopeText {
  fileprivate var texts: [String] {
    switch self {
    case .run: []
    case .during(let name): [name.value]
    case .after(let point), .before(let point): point.texts
    case .between(let first, let second): first.texts + second.texts
    }
  }
}

extension PointText {
  fileprivate var texts: [String] {
    switch kind {
    case .instant: []
    case .start(let name), .end(let name): [name.value]
    case .message(let moment): moment.messages.texts
    case .condition(let text): [text.text]
    case .bare(let name): [name]
    }
  }
}

extension TriggerText {
  fileprivate var texts: [String] {
    switch self {
    case .at, .every: []
    case .condition(let text, _, _): [text.text]
    case .message(let moment): moment.messages.texts
    }
  }
}

extension MessagesText {
  fileprivate var texts: [String] { condition.map { [$0.text] } ?? [] }
}
