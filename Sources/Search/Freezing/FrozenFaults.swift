import Analysis
import ScenarioSyntax
import SystemModel

/// Takes the chance out of `faults`: drawn instants and nodes become fixed ones, and what links do by
/// chance goes into `deliveries`.
struct FrozenFaults {
  /// One firing.
  private struct Firing {
    let at: Int64
    let binding: Int
  }

  private let plan: SystemPlan
  private let run: ObservedRun
  private let references: References
  private var firings: [[Firing]]
  /// Whether faults that fire again and again have a firing behind the end of the run.
  private var isPatient: Bool { form.isPatient }
  private let form: FrozenForm
  private(set) var entries: [DraftValue] = []
  /// For each entry the fault of the plan that it was made from.
  private(set) var origins: [Int] = []

  /// Makes the entries; the draft has one for each fault of the plan.
  init(
    _ draft: ScenarioDraft, _ plan: SystemPlan, _ run: ObservedRun, _ form: FrozenForm
  ) throws(FreezeError) {
    self.plan = plan
    self.form = form
    self.run = run
    references = References(draft)
    firings = plan.faults.map { _ in [] }
    for record in run.records where record.kind == .faultStarted {
      firings[Int(record.fault)].append(Firing(at: record.at, binding: Int(record.id)))
    }
    for (place, entry) in (draft[["faults"]]?.items ?? []).enumerated() {
      for made in try frozen(entry, place) {
        entries.append(made)
        origins.append(place)
      }
    }
  }

  private func frozen(_ entry: DraftValue, _ place: Int) throws(FreezeError) -> [DraftValue] {
    let fault = plan.faults[place]
    let isMentioned = references.mention(fault.name)
    var entry = entry
    var isDrawn = fault.action.drawsNodes
    if fault.action.isChance {
      // One that touched nothing, or could not be evaluated, says so again.
      let counts = run.result.faults[place].verdict != .pass
      if isMentioned || counts {
        entry = withoutChance(entry)
        if counts { entry.above.append("By chance it touched nothing: `deliveries` says so.") }
      } else if form.kept.contains(place) {
        (entry, isDrawn) = (withoutEffect(entry), false)
      } else {
        return []
      }
    }
    if case .every(_, _, let jitter, _) = fault.trigger, jitter > .zero || isDrawn {
      entry = entry.without(["every", "jitter", "until"])
      if firings[place].isEmpty {
        if isMentioned { throw .referred(what: "fault", name: fault.name) }
        return []
      }
    }
    guard isDrawn else { return [atInstants(entry, place)] }
    return try atNodes(entry, place, isMentioned)
  }

  /// The entry with the instants at which it fired, if those were drawn.
  private func atInstants(_ entry: DraftValue, _ place: Int) -> DraftValue {
    guard case .every(_, _, let jitter, _) = plan.faults[place].trigger, jitter > .zero else {
      return entry
    }
    return entry.firing(at: firings[place].map(\.at) + laterFirings(place))
  }

  /// The next firing, if there is one: it is not in the run, whose end it waits for.
  private func laterFirings(_ place: Int) -> [Int64] {
    guard isPatient, case .every(let first, let period, _, let until) = plan.faults[place].trigger
    else { return [] }
    let next = first + Ratio(Int64(firings[place].count)).of(period)
    guard next <= until else { return [] }
    return [max(next.nanoseconds, run.result.endedAt.nanoseconds + 1_000_000)]
  }

  /// An entry for each firing, or one if all were at the same nodes.
  private func atNodes(
    _ entry: DraftValue, _ place: Int, _ isMentioned: Bool
  ) throws(FreezeError) -> [DraftValue] {
    let fault = plan.faults[place]
    guard let first = firings[place].first else {
      // It waits for something that never came.
      return [entry]
    }
    let bindings = firings[place].map(\.binding)
    let areSame = bindings.allSatisfy { binding in
      run.bindings[binding].nodes == run.bindings[first.binding].nodes
        && run.bindings[binding].cut == run.bindings[first.binding].cut
        && links(of: binding) == links(of: first.binding)
    }
    let parts = self.parts(of: entry, first.binding, fault)
    if areSame, parts.count == 1 {
      if case .every = fault.trigger {
        return [parts[0].firing(at: firings[place].map(\.at) + laterFirings(place))]
      }
      return parts
    }
    if isMentioned { throw .referred(what: "fault", name: fault.name) }
    switch fault.trigger {
    case .condition where bindings.count > 1, .message where bindings.count > 1:
      throw .drawnAgain(fault: fault.name)
    case .condition, .message: return named(parts, entry)
    case .at, .times, .every:
      var all = firings[place].flatMap { firing in
        self.parts(of: entry, firing.binding, fault).map { $0.firing(at: [firing.at]) }
      }
      for later in laterFirings(place) {
        all.append(
          parts[0].firing(at: [later])
            .setting("may_be_idle", .text("the run ends before; without it, it would end too soon"))
        )
      }
      return named(all, entry)
    }
  }

  /// Gives each of several entries a name of its own, and the first the comment.
  private func named(_ entries: [DraftValue], _ original: DraftValue) -> [DraftValue] {
    guard entries.count > 1 else { return entries }
    let taken = plan.faults.map(\.name)
    var number = 0
    return entries.enumerated().map { place, entry in
      var entry = entry
      if place > 0 {
        entry = entry.withoutComments
      }
      if let name = original["name"]?.text {
        repeat { number += 1 } while taken.contains("\(name)_\(number)")
        entry = entry.setting("name", .text("\(name)_\(number)"))
      }
      return entry
    }
  }

  private func links(of binding: Int) -> DrawNotes.BoundLinks? {
    run.notes.links.first { $0.binding == binding }.map {
      .init(binding: 0, from: $0.from, to: $0.to)
    }
  }

  // MARK: Chance

  /// A fault that acts on every message in place of some: what it leaves alone stands in
  /// `deliveries`. It stays since others refer to its windows.
  private func withoutChance(_ entry: DraftValue) -> DraftValue {
    var entry = entry
    for key in ["loss", "duplicate"] where entry[key] != nil {
      entry = entry.setting(key, .text("100%"))
    }
    if let reorder = entry["reorder"] {
      let extra = reorder["extra"].map { value in
        value.with(FrozenLaw(value).map { DraftValue.duration($0.middle).content } ?? value.content)
      }
      let certain = DraftValue.text("100%")
      entry = entry.setting(
        "reorder",
        extra.map { .mapping([.init("probability", certain), .init("extra", $0)]) } ?? certain)
    }
    if let law = FrozenLaw(entry["delay"]) { entry = entry.setting("delay", .duration(law.middle)) }
    return entry
  }

  /// A fault that does nothing but begin and end: what it did stands in `deliveries`.
  private func withoutEffect(_ entry: DraftValue) -> DraftValue {
    var entry = entry.without(["links"])
    for key in ["loss", "duplicate", "reorder"] where entry[key] != nil {
      entry = entry.setting(key, .text("0%"))
    }
    if entry["delay"] != nil { entry = entry.setting("delay", .text("0ms")) }
    return entry.setting(
      "may_be_idle", .text("`deliveries` says what it did; that it begins and ends matters, too"))
  }

  // MARK: Nodes

  /// The entry with the nodes of a firing; several if no single one can say what was separated.
  private func parts(of entry: DraftValue, _ binding: Int, _ fault: Fault) -> [DraftValue] {
    let bound = run.bindings[binding]
    let names = names(bound.nodes)
    switch fault.action {
    case .crash: return [entry.setting("crash", names)]
    case .restart: return [entry.setting("restart", names)]
    case .pause: return [entry.setting("pause", names)]
    case .resume: return [entry.setting("resume", names)]
    case .slow: return [entry.setting("nodes", names)]
    case .heal: return [entry]
    case .link:
      guard let ends = links(of: binding) else { return [entry] }
      let isBothWays = entry["links"]?["between"] != nil
      let all = plan.topology.nodes
      let (from, to) = (self.names(ends.from ?? all), self.names(ends.to ?? all))
      let links: DraftValue =
        isBothWays
        ? .mapping([.init("between", .list([from, to]))])
        : .mapping([.init("from", from), .init("to", to)])
      return [entry.setting("links", links)]
    case .cut(let shape, _, _): return partitions(entry, shape, bound)
    }
  }

  private func partitions(
    _ entry: DraftValue, _ shape: CutShape, _ bound: FaultBinding
  ) -> [DraftValue] {
    let names = names(bound.nodes)
    switch shape {
    case .isolate: return [entry.setting("partition", .mapping([.init("isolate", names)]))]
    case .block:
      return [entry.setting("partition", block(bound.nodes, bound.cut))]
    case .majoritiesRing:
      return bound.nodes.sorted().compactMap { node in
        let to = receivers(of: node, bound.cut)
        guard !to.isEmpty else { return nil }
        return entry.without(["one_way"]).setting("partition", block([node], bound.cut))
      }
    default: return [entry.setting("partition", .list([names, .text("others")]))]
    }
  }

  private func block(_ from: [NodeID], _ cut: CutPattern?) -> DraftValue {
    let to = plan.topology.nodes.filter { node in
      from.contains { $0 != node && cut?.cuts($0, node) ?? false }
    }
    let ends = [DraftEntry("from", names(from)), DraftEntry("to", names(to))]
    return .mapping([.init("block", .mapping(ends))])
  }

  private func receivers(of node: NodeID, _ cut: CutPattern?) -> [NodeID] {
    plan.topology.nodes.filter { $0 != node && cut?.cuts(node, $0) ?? false }
  }

  private func names(_ nodes: [NodeID]) -> DraftValue {
    let names = nodes.map { DraftValue.text(plan.topology.names[$0.index]) }
    return names.count == 1 ? names[0] : .list(names)
  }
}

extension FaultAction {
  /// Whether a message is touched by chance, or for a time that is drawn.
  var isChance: Bool {
    guard case .link(_, let fault) = self else { return false }
    switch fault {
    case .loss(let part), .duplicate(let part):
      return part.numerator > 0 && part.numerator < part.denominator
    case .reorder(let part, _): return part.numerator > 0
    case .delay(let law): return law.constantValue == nil
    }
  }

  /// Whether the nodes or the sides are drawn.
  var drawsNodes: Bool {
    switch self {
    case .crash(let nodes, _), .restart(let nodes), .pause(let nodes), .resume(let nodes),
      .slow(let nodes, _):
      nodes.isDrawn
    case .cut(let shape, _, _):
      switch shape {
      case .randomHalves, .majority, .minorityThird, .majoritiesRing: true
      case .isolate(let nodes): nodes.isDrawn
      case .block(let from, let to): from.isDrawn || to.isDrawn
      case .groups, .halves, .bridge: false
      }
    case .link(.from(let from, let to), _): from.isDrawn || to.isDrawn
    case .link(.between(let one, let other), _): one.isDrawn || other.isDrawn
    case .link(.all, _), .heal: false
    }
  }
}

extension NodeSelector {
  /// Whether nodes are drawn.
  var isDrawn: Bool {
    switch self {
    case .random, .minority, .majority: true
    case .nodes, .all, .role: false
    }
  }
}
