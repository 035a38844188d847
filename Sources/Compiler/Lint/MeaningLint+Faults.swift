internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// Faults of which the text alone says that they touch nothing.
extension MeaningLint {
  private static let wayHelp = "let `links` and `messages` name a way between two nodes"
  /// The most nodes whose pairs are looked through.
  private static let pairLimit = 256

  mutating func checkFaults() {
    for (place, entry) in scenario.faults.enumerated() where entry.mayBeIdle == nil {
      let fault = system.faults[place]
      if let span = entry.deafSpan(fault, isDeaf: coversNoPair(fault, isTrigger: false)) {
        report(.touchesNothing(span, "no message goes this way", Self.wayHelp))
      } else if case .message(let moment) = entry.trigger, coversNoPair(fault, isTrigger: true) {
        report(
          .touchesNothing(
            moment.messages.span, "no message goes this way", Self.wayHelp))
      }
      if let time = momentaryStart(of: place) { checkRemedy(entry, fault, at: time) }
    }
  }

  /// When an entry that puts something right does so, if it does it once and the scenario says when.
  private func momentaryStart(of place: Int) -> Int64? {
    guard system.faults[place].action.isMomentary, times.isSingle[place] else { return nil }
    return times.starts[place]
  }

  // MARK: Ways

  /// Whether no pair of nodes is both what a fault is about and what it is narrowed to.
  private func coversNoPair(_ fault: Fault, isTrigger: Bool) -> Bool {
    guard topology.count <= Self.pairLimit else { return false }
    let filter = isTrigger ? fault.trigger.messages : fault.messages
    let ways = isTrigger ? [] : ways(of: fault.action)
    if ways.isEmpty, filter?.from == nil || filter?.to == nil { return false }
    return !topology.nodes.contains { from in
      topology.nodes.contains { to in
        from != to && filter?.from?.contains(from) ?? true && filter?.to?.contains(to) ?? true
          && (ways.isEmpty || ways.contains { $0.from.contains(from) && $0.to.contains(to) })
      }
    }
  }

  /// The ways that a fault of links or a block names; empty if it names none, or draws them.
  private func ways(of action: FaultAction) -> [(from: NodeSet, to: NodeSet)] {
    switch action {
    case .link(.from(let from, to: let to), _), .cut(.block(from: let from, to: let to), _, _):
      guard let from = named(from), let to = named(to) else { return [] }
      return [(from, to)]
    case .link(.between(let first, let second), _):
      guard let first = named(first), let second = named(second) else { return [] }
      return [(first, second), (second, first)]
    default: return []
    }
  }

  /// The nodes of a selector that does not depend on the run.
  private func named(_ selector: NodeSelector) -> NodeSet? {
    switch selector {
    case .nodes(let nodes): NodeSet(nodes)
    case .all: NodeSet(topology.nodes)
    case .random, .minority, .majority, .role: nil
    }
  }

  // MARK: Remedies

  /// Something is put right at an instant at which it cannot be wrong.
  private mutating func checkRemedy(_ entry: FaultEntry, _ fault: Fault, at time: Int64) {
    switch fault.action {
    case .heal(let healed): checkHeal(entry, healed, at: time)
    case .restart(let nodes):
      guard !mayStrike(nodes, until: time, isCause: { if case .crash = $0 { true } else { false } })
      else { return }
      report(
        .touchesNothing(
          entry.keyword.span, "no node is down at \(Duration(nanoseconds: time).text)",
          "crash the node before, or remove this"))
    case .resume(let nodes):
      guard !mayStrike(nodes, until: time, isCause: { if case .pause = $0 { true } else { false } })
      else { return }
      report(
        .touchesNothing(
          entry.keyword.span, "no node stands still at \(Duration(nanoseconds: time).text)",
          "pause the node before, or remove this"))
    default: break
    }
  }

  private mutating func checkHeal(_ entry: FaultEntry, _ healed: Int, at time: Int64) {
    let name = system.faults[healed].name
    if let start = times.starts[healed], start > time {
      report(
        .touchesNothing(
          entry.keyword.span,
          "`\(name)` has not begun at \(Duration(nanoseconds: time).text)",
          "let it begin before, or heal it later"))
    } else if times.isSingle[healed], let start = times.starts[healed],
      let end = ownEnd(of: healed, from: start), end < time
    {
      report(
        .touchesNothing(
          entry.keyword.span, "`\(name)` has ended by itself at \(Duration(nanoseconds: end).text)",
          "heal it before, or leave out its `for` or `until`"))
    }
  }

  /// When a fault that fires once ends if nothing heals it.
  private func ownEnd(of place: Int, from start: Int64) -> Int64? {
    switch system.faults[place].ending {
    case .after(let span): start + span.nanoseconds
    case .at(let instant): instant.nanoseconds
    case .never: nil
    }
  }

  /// Whether a fault of some kind may have struck one of some nodes by an instant.
  private func mayStrike(
    _ nodes: NodeSelector, until time: Int64, isCause: (FaultAction) -> Bool
  ) -> Bool {
    let wanted = named(nodes)
    return system.faults.indices.contains { place in
      let action = system.faults[place].action
      guard isCause(action), times.starts[place] ?? 0 <= time else { return false }
      guard let wanted, let struck = action.targets.flatMap(named) else { return true }
      return struck.members.contains { wanted.contains($0) }
    }
  }
}

extension FaultAction {
  /// The nodes that a crash or a pause means.
  fileprivate var targets: NodeSelector? {
    switch self {
    case .crash(let nodes, _), .pause(let nodes): nodes
    default: nil
    }
  }
}

extension FaultEntry {
  /// Where a fault without a way is told: at what narrows it, or at its links.
  fileprivate func deafSpan(_ fault: Fault, isDeaf: Bool) -> SourceSpan? {
    guard isDeaf else { return nil }
    if let messages { return messages.span }
    switch kind {
    case .loss(_, let links), .duplicate(_, let links), .reorder(_, let links),
      .delay(_, let links):
      switch links.which {
      case .oneWay(let from, _): return from.span
      case .between(let first, _): return first.span
      case .all: return keyword.span
      }
    default: return keyword.span
    }
  }
}
