internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// The names of all faults in the order of the scenario; those without one are called by their
  /// kind and its place among the faults of this kind.
  static func faultNames(_ entries: [FaultEntry]) -> [String] {
    var counts: [String: Int] = [:]
    return entries.map { entry in
      let kind = entry.keyword.value
      counts[kind, default: 0] += 1
      return entry.name?.value ?? "\(kind) \(counts[kind] ?? 0)"
    }
  }

  /// The places of the faults that have a name.
  mutating func findFaultPlaces() {
    var spans: [String: SourceSpan] = [:]
    for (place, entry) in scenario.faults.enumerated() {
      guard let name = entry.name else { continue }
      if let first = spans[name.value] {
        report(.repeatedLabel(name, first, "fault"))
      } else {
        faultPlaces[name.value] = place
        spans[name.value] = name.span
      }
    }
  }

  /// Whether no fault could be read, so that nobody knows their names.
  var lacksFaults: Bool { scenario.faults.isEmpty && isBroken("faults") }

  /// The place of a named fault.
  mutating func faultPlace(_ name: Marked<String>) -> Int? {
    if let place = faultPlaces[name.value] { return place }
    guard !scenario.brokenNames.contains(name.value), !lacksFaults else { return nil }
    report(.unknownFault(name, known: scenario.faults.compactMap(\.name?.value)))
    return nil
  }

  /// The faults; fewer than there are entries after a mistake.
  mutating func faults(_ processing: Processing) -> [Fault] {
    let allNames = Self.faultNames(scenario.faults)
    var keys = StableKeys()
    var result: [Fault] = []
    let enders = FaultEnders(scenario.faults)
    for (place, entry) in scenario.faults.enumerated() where !isFull {
      let known = diagnostics.count
      let key =
        entry.name.map { keys.key(named: $0.value) }
        ?? keys.key(of: "\(entry.keyword.value) \(entry.triggerText)")
      let action = action(entry, processing)
      let trigger = trigger(entry)
      let messages = entry.messages.flatMap { filter($0) }
      checkTimes(entry, enders)
      guard diagnostics.count == known, let action, let trigger else {
        precondition(
          diagnostics.count > known || !scenario.isWhole, "a fault is left out without a word")
        continue
      }
      result.append(
        Fault(
          name: allNames[place], key: key, action: action, trigger: trigger,
          ending: ending(entry), messages: messages))
    }
    return result
  }

  private mutating func action(_ entry: FaultEntry, _ processing: Processing) -> FaultAction? {
    checkEffect(entry)
    switch entry.kind {
    case .partition(let partition): return cut(partition)
    case .crash(let nodes, let disk):
      return selector(nodes).map { .crash($0, keepingDisk: disk == .keep) }
    case .restart(let nodes): return selector(nodes).map { .restart($0) }
    case .pause(let nodes): return selector(nodes).map { .pause($0) }
    case .resume(let nodes): return selector(nodes).map { .resume($0) }
    case .slow(let nodes, let factor):
      guard let chosen = selector(nodes) else { return nil }
      checkHandling(of: chosen, nodes.span, processing)
      return .slow(chosen, factor: Ratio(factor.value))
    case .loss(let part, let links):
      return link(links, .loss(Ratio(part.value)))
    case .duplicate(let part, let links):
      return link(links, .duplicate(Ratio(part.value)))
    case .reorder(let reorder, let links):
      let extra = reorder.extra.map { Law($0.value) }
      return link(links, .reorder(Ratio(reorder.probability.value), extra: extra))
    case .delay(let law, let links):
      return link(links, .delay(Law(law.value)))
    case .heal(let name): return heal(name)
    }
  }

  /// Refuses a value with which a fault changes nothing, unless the fault may touch nothing: that it
  /// begins and ends may still matter.
  private mutating func checkEffect(_ entry: FaultEntry) {
    guard entry.mayBeIdle == nil else { return }
    switch entry.kind {
    case .partition(let partition):
      if let factor = partition.factor { refuse(Ratio(factor.value) == Ratio(1), factor.span) }
    case .slow(_, let factor): refuse(Ratio(factor.value) == Ratio(1), factor.span)
    case .loss(let part, _), .duplicate(let part, _):
      refuse(part.value.numerator == 0, part.span)
    case .reorder(let reorder, _):
      refuse(reorder.probability.value.numerator == 0, reorder.probability.span)
      if let extra = reorder.extra { refuse(Law(extra.value) == .constant(.zero), extra.span) }
    case .delay(let law, _): refuse(Law(law.value) == .constant(.zero), law.span)
    case .crash, .restart, .pause, .resume, .heal: break
    }
  }

  /// Refuses a value with which a fault changes nothing. One that `${name}` gives is accepted: it
  /// may be an end of a range that is tried, and a fault that touches nothing is noticed in the run.
  private mutating func refuse(_ isWithoutEffect: Bool, _ span: SourceSpan) {
    guard isWithoutEffect else { return }
    let bytes = sources[span].bytes[span.start..<span.end]
    guard bytes.firstRange(of: Array("${".utf8)) == nil else { return }
    report(.withoutEffect(span, String(decoding: bytes, as: UTF8.self)))
  }

  private mutating func link(_ links: LinksText, _ fault: LinkFault) -> FaultAction? {
    switch links.which {
    case .all: return .link(.all, fault)
    case .between(let first, let second):
      guard let first = selector(first), let second = selector(second) else { return nil }
      return .link(.between(first, second), fault)
    case .oneWay(let from, let to):
      guard let from = selector(from), let to = selector(to) else { return nil }
      return .link(.from(from, to: to), fault)
    }
  }

  private mutating func heal(_ name: Marked<String>) -> FaultAction? {
    guard let place = faultPlace(name) else { return nil }
    switch scenario.faults[place].kind {
    case .heal, .restart, .resume:
      report(.nothingToHeal(name, scenario.faults[place].keyword))
      return nil
    default: return .heal(place)
    }
  }

  /// A slow node stretches handling times, so that it needs some.
  private mutating func checkHandling(
    of selector: NodeSelector, _ span: SourceSpan, _ processing: Processing
  ) {
    guard !isBroken("processing") else { return }
    func isInstant(_ node: NodeID) -> Bool {
      processing.rows.isEmpty
        || processing.rows[Int(processing.rowOf[node.index])].allSatisfy { $0 == 0 }
    }
    var candidates = topology.nodes
    if case .nodes(let nodes) = selector { candidates = nodes }
    if candidates.allSatisfy(isInstant) { report(.slowWithoutHandling(span)) }
  }
}

// When faults act.
extension CellCompiler {
  private mutating func trigger(_ entry: FaultEntry) -> FaultTrigger? {
    switch entry.trigger {
    case .at(let instants):
      refuseRepeats(in: instants)
      let sorted = instants.map(\.instant).sorted()
      return sorted.count == 1 ? .at(sorted[0]) : .times(sorted)
    case .every(let period, let first, let jitter):
      return .every(
        first: first?.instant ?? Instant.start + period.duration, period: period.duration,
        jitter: jitter?.duration ?? .zero, until: entry.until?.instant ?? .never)
    case .condition(_, let times, let deadline):
      return .condition(
        times: times.map { Int($0.value) } ?? 1, deadline: deadline?.instant ?? .never)
    case .message(let moment): return messageEvent(moment).map { .message($0) }
    }
  }

  private func ending(_ entry: FaultEntry) -> FaultEnding {
    if let duration = entry.duration { return .after(duration.duration) }
    if case .every = entry.trigger { return .never }
    return entry.until.map { .at($0.instant) } ?? .never
  }

  private mutating func checkTimes(_ entry: FaultEntry, _ enders: FaultEnders) {
    let known = diagnostics.count
    defer { if diagnostics.count == known { checkRepeats(entry, enders) } }
    switch entry.trigger {
    case .at(let instants):
      if let until = entry.until, let late = instants.first(where: { until.value <= $0.value }) {
        report(.endsBeforeStart(until, late))
      }
    case .every(let period, let first, let jitter):
      if let duration = entry.duration, period.value < duration.value {
        report(.overlappingRepeats(period, duration))
      }
      if let jitter, period.value < jitter.value { report(.overtakingJitter(jitter, period)) }
      let start = first?.value ?? period.value
      if let until = entry.until, until.value < start {
        report(.neverActs(until.span, "fires", start))
      }
    case .condition, .message: break
    }
  }

  /// A fault that fires more than once ends before it fires again, or is ended by another.
  private mutating func checkRepeats(_ entry: FaultEntry, _ enders: FaultEnders) {
    guard entry.duration == nil, !isBroken("faults"), let again = repetition(entry),
      !enders.end(entry)
    else { return }
    switch entry.kind {
    case .restart, .resume, .heal: break
    default: report(.endlessRepeats(entry.keyword, again))
    }
  }

  /// What makes a fault fire more than once, if something does.
  private func repetition(_ entry: FaultEntry) -> SourceSpan? {
    switch entry.trigger {
    case .every(let period, _, _): period.span
    case .condition(_, let times, _): times.flatMap { $0.value > 1 ? $0.span : nil }
    case .at(let instants): instants.count > 1 ? instants[1].span : nil
    case .message: nil
    }
  }
}

/// What ends faults that do not end by themselves.
private struct FaultEnders {
  private var healed: Set<String> = []
  private var restarts = false
  private var resumes = false

  init(_ entries: [FaultEntry]) {
    for entry in entries {
      switch entry.kind {
      case .heal(let name): healed.insert(name.value)
      case .restart: restarts = true
      case .resume: resumes = true
      default: break
      }
    }
  }

  /// Whether some entry ends this one.
  func end(_ entry: FaultEntry) -> Bool {
    switch entry.kind {
    case .crash where restarts, .pause where resumes: true
    default: entry.name.map { healed.contains($0.value) } ?? false
    }
  }
}
