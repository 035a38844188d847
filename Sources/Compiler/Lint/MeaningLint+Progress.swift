internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

// What is awaited, and cannot come while nodes are down or cut off for good.
extension MeaningLint {
  /// Something that the protocol must bring about.
  private struct Progress {
    let span: SourceSpan
    /// What must be as it should, all together.
    let demands: [Demand]
    /// From when on it is awaited, if the scenario says it.
    let opening: Int64?
    /// The last instant at which it counts.
    let deadline: Int64
    /// Whether it is awaited as such, and not only looked at if it comes.
    let isAwaited: Bool
  }

  mutating func checkProgress() {
    let awaited = awaitedProgress
    for place in system.faults.indices { checkPartition(place, awaited) }
    checkQuorum(awaited)
  }

  private var awaitedProgress: [Progress] {
    assertions.compactMap { entry, plan, mayFail in
      guard !mayFail, entry.mayBeVacuous == nil, entry.within?.value != 0 else { return nil }
      let opening = opening(of: plan.scope)
      func progress(_ text: ExpressionText, isAwaited: Bool = true) -> Progress {
        let latest = entry.within.map { within in
          opening.map { $0.addingReportingOverflow(within.value).partialValue } ?? end
        }
        return Progress(
          span: text.scalar.span, demands: checked(text)?.demands ?? [], opening: opening,
          deadline: min(latest ?? end, end), isAwaited: isAwaited)
      }
      switch entry.form {
      case .eventually(let text), .sometimes(let text): return progress(text)
      case .leadsTo(_, let text): return progress(text, isAwaited: false)
      case .invariant(let name) where scenario.protocolSection.initial.isEmpty:
        return Progress(
          span: name.span, demands: [], opening: opening, deadline: end, isAwaited: true)
      default: return nil
      }
    }
  }

  // MARK: Partitions

  private mutating func checkPartition(_ place: Int, _ awaited: [Progress]) {
    let fault = system.faults[place]
    guard case .cut(let shape, oneWay: false, let mode) = fault.action, mode.separates,
      fault.messages == nil, lasts(place), let start = times.starts[place], start <= end
    else { return }
    let sides = sides(of: shape)
    for progress in awaited where progress.deadline > start {
      let needsAll = progress.demands.contains { demand in
        if case .every(let slot) = demand { return plan.environment.isNodes(slot) }
        return false
      }
      let isLater = progress.opening.map { $0 >= start } ?? false
      guard needsAll || isLater && spans(progress.demands, sides) else { continue }
      let entry = scenario.faults[place]
      report(
        .lastingPartition(
          entry.keyword.span, name: fault.name, awaited: progress.span,
          isEndless: times.ends[place] == .never))
      return
    }
  }

  /// Whether a fault that has begun acts for the rest of the run.
  private func lasts(_ place: Int) -> Bool {
    switch times.ends[place] {
    case .never: true
    case .at(let instant): instant >= end
    case .unknown: false
    }
  }

  /// Whether nodes of several sides are needed.
  private func spans(_ demands: [Demand], _ sides: [NodeSet]) -> Bool {
    var touched: [Int] = []
    for case .name(let slot) in demands {
      guard let node = plan.environment.node(slot),
        let side = sides.firstIndex(where: { $0.contains(node) }), !touched.contains(side)
      else { continue }
      touched.append(side)
    }
    return touched.count > 1
  }

  /// The sides of a partition, if the scenario alone tells who is on which.
  private func sides(of shape: CutShape) -> [NodeSet] {
    let nodes = topology.nodes
    switch shape {
    case .groups(let sides): return sides
    case .halves:
      let half = (nodes.count + 1) / 2
      return [NodeSet(nodes.prefix(half)), NodeSet(nodes.dropFirst(half))]
    case .isolate(.nodes(let members)):
      return [NodeSet(members), NodeSet(nodes.filter { !members.contains($0) })]
    default: return []
    }
  }

  /// How many nodes each side of a partition has at the most; nil if nodes reach several.
  private func sizes(of shape: CutShape) -> [Int]? {
    let count = topology.count
    switch shape {
    case .groups, .halves: return sides(of: shape).map(\.count)
    case .randomHalves: return [(count + 1) / 2, count / 2]
    case .isolate(let selector):
      return selector.fixedCount(of: count).map { [$0, count - $0] }
    case .majority: return [count / 2 + 1, count - count / 2 - 1]
    case .minorityThird: return [count - (count + 2) / 3 + 1, (count + 2) / 3 - 1]
    case .majoritiesRing, .bridge, .block: return nil
    }
  }

  // MARK: Quorums

  /// How many nodes must be in reach of each other for the protocol to come on; nil if that
  /// depends.
  private var quorum: Int? {
    let count = topology.count
    if description.isOf(.election) { return count / 2 + 1 }
    switch description.family {
    case .consensus, .register:
      guard let place = description.parameters.firstIndex(where: { $0.name == "quorum" }),
        case .word(let words) = description.parameters[place].kind,
        let row = system.parameterRows.first, case .word(let word)? = row[place]
      else { return nil }
      return words[word] == "all" ? count : count / 2 + 1
    case .mutex: return count
    case .barrier, .election, .log: return nil
    }
  }

  /// When the protocol first has something to do.
  private var firstActivity: Int64 {
    description.isOf(.election) ? 0 : system.workloads.compactMap(\.firstCall).min() ?? 0
  }

  private mutating func checkQuorum(_ awaited: [Progress]) {
    guard let quorum, firstActivity <= end else { return }
    for progress in awaited where progress.isAwaited {
      guard let opening = progress.opening else { continue }
      let since = max(opening, firstActivity)
      guard let cause = impossibility(of: quorum, since: since) else { continue }
      report(
        .noQuorum(
          scenario.faults[cause.fault].keyword.span, quorum: quorum, left: cause.left,
          awaited: progress.span))
      return
    }
  }

  /// The fault since which fewer nodes than a quorum reach each other, if there is one in force
  /// from an instant on for good; and how many do.
  private func impossibility(of quorum: Int, since: Int64) -> (fault: Int, left: Int)? {
    var down = NodeSet()
    var drawn = 0
    var largest = topology.count
    let undone = undone
    for (place, fault) in system.faults.enumerated() {
      guard lasts(place), let start = times.starts[place], start <= since, times.isSingle[place]
      else { continue }
      switch fault.action {
      case .crash(let selector, _), .pause(let selector):
        if case .crash = fault.action, undone.crash { continue }
        if case .pause = fault.action, undone.pause { continue }
        if case .nodes(let nodes) = selector {
          for node in nodes { down.insert(node) }
        } else {
          drawn = max(drawn, selector.fixedCount(of: topology.count) ?? 0)
        }
      case .cut(let shape, oneWay: false, let mode) where mode.separates && fault.messages == nil:
        if let sizes = sizes(of: shape) { largest = min(largest, sizes.max() ?? largest) }
      default: continue
      }
      let left = min(topology.count - max(down.count, drawn), largest)
      if left < quorum { return (place, left) }
    }
    return nil
  }

  /// Which of crashes and pauses some entry makes good.
  private var undone: (crash: Bool, pause: Bool) {
    var undone = (crash: false, pause: false)
    for fault in system.faults {
      switch fault.action {
      case .restart: undone.crash = true
      case .resume: undone.pause = true
      default: break
      }
    }
    return undone
  }
}

extension CutMode {
  /// Whether messages do not pass.
  fileprivate var separates: Bool {
    switch self {
    case .drop, .hold: true
    case .slow: false
    }
  }
}
