internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// Makes link policies of `latencies`: an entry for a pair of nodes wins over one for groups, and
/// that over the default, key by key.
struct LinkCompiler {
  private let section: LatenciesSection
  private let topology: Topology
  private let shape: TopologyShape
  private let entries: LinkEntries
  private(set) var diagnostics: [Diagnostic]
  private var policies: [LinkPolicy] = []
  private var numbers: [LinkPolicy: Int] = [:]

  init(_ section: LatenciesSection, _ shape: TopologyShape, _ names: NameTable) {
    self.section = section
    self.shape = shape
    topology = names.topology
    entries = LinkEntries(section.links, names)
    diagnostics = entries.diagnostics
  }

  /// The policies; nil after a mistake.
  mutating func linkPolicies() -> LinkPolicies? {
    guard diagnostics.isEmpty else { return nil }
    checkCoverage()
    let fallback = number(of: policy(section.fallback, latency: fallbackLatency))
    precondition(fallback == 0, "the default is the first policy")
    let pairs = pairPolicies()
    let groups = entries.groups.compactMap { groupEntry($0) }
    guard diagnostics.isEmpty else { return nil }
    return LinkPolicies(
      policies: policies, pairs: pairs, groupEntries: groups, shape: shape,
      nodeCount: topology.count)
  }

  /// The law of one hop where no entry says so; empty without a default.
  private var fallbackLatency: [Law] {
    section.fallback?.latency.map { [Law($0.value)] } ?? []
  }

  /// The policy of each pair of nodes with an entry. Where nothing but the entry counts, both its
  /// directions have the same.
  private mutating func pairPolicies() -> [(from: NodeID, to: NodeID, policy: Int)] {
    let isAlone = shape == .full && entries.groups.isEmpty
    var last: (entry: Int32, number: Int)?
    return entries.pairOrder.map { pair in
      let number =
        if isAlone, let last, last.entry == pair.entry { last.number } else {
          number(of: pairPolicy(pair.from, pair.to, entries.entry(pair.entry)))
        }
      last = (pair.entry, number)
      return (pair.from, pair.to, number)
    }
  }

  private mutating func number(of policy: LinkPolicy) -> Int {
    if let known = numbers[policy] { return known }
    numbers[policy] = policies.count
    policies.append(policy)
    return policies.count - 1
  }

  /// What several entries say together, the strongest first.
  private func policy(
    _ first: LinkOptions?, _ second: LinkOptions? = nil, _ third: LinkOptions? = nil,
    latency: [Law]
  ) -> LinkPolicy {
    let loss = (first?.loss ?? second?.loss ?? third?.loss)?.value
    let duplicate = (first?.duplicate ?? second?.duplicate ?? third?.duplicate)?.value
    let fifo = (first?.fifo ?? second?.fifo ?? third?.fifo)?.value
    let reorder = first?.reorder ?? second?.reorder ?? third?.reorder
    return LinkPolicy(
      latency: latency, loss: loss.map { Ratio($0) } ?? Ratio(0),
      duplicate: duplicate.map { Ratio($0) } ?? Ratio(0),
      reorder: reorder.flatMap { reorder in
        guard reorder.probability.value.numerator > 0 else { return nil }
        return .init(
          probability: Ratio(reorder.probability.value),
          extra: reorder.extra.map { Law($0.value) })
      }, fifo: fifo ?? true)
  }

  private func pairPolicy(
    _ from: NodeID, _ to: NodeID, _ entry: LinkEntries.Directed
  ) -> LinkPolicy {
    policy(
      entry.options, entries.group(from, to)?.options, section.fallback,
      latency: entry.options.latency.map { [Law($0.value)] } ?? latency(from, to))
  }

  /// The laws of the hops from one node to another.
  private func latency(_ from: NodeID, _ to: NodeID) -> [Law] {
    if let direct = directLatency(from, to) { return [direct] }
    guard shape != .full else { return fallbackLatency }
    var laws: [Law] = []
    var previous = from
    for step in shape.shortestPath(from.index, to.index, nodeCount: topology.count) {
      laws += directLatency(previous, NodeID(step)).map { [$0] } ?? fallbackLatency
      previous = NodeID(step)
    }
    return laws
  }

  private func directLatency(_ from: NodeID, _ to: NodeID) -> Law? {
    let own = entries.pair(from, to)?.options.latency
    return (own ?? entries.group(from, to)?.options.latency).map { Law($0.value) }
  }

  private mutating func groupEntry(_ entry: LinkEntries.GroupEntry) -> LinkPolicies.GroupEntry? {
    let (options, span) = (entry.directed.options, entry.directed.span)
    if options.latency == nil, shape != .full {
      diagnostics.append(.groupLinkWithoutLatency(span))
      return nil
    }
    let latency = options.latency.map { [Law($0.value)] } ?? fallbackLatency
    let made = policy(options, section.fallback, latency: latency)
    return LinkPolicies.GroupEntry(
      from: entries.sets.nodes(entry.from), to: entries.sets.nodes(entry.to),
      policy: number(of: made))
  }

  /// Without a default every pair must have an entry with a latency.
  private mutating func checkCoverage() {
    guard fallbackLatency.isEmpty, topology.count > 1 else { return }
    guard shape == .full else {
      diagnostics.append(.shapeWithoutDefault(section.span))
      return
    }
    var receivers: [LinkSets.End: [LinkSets.End]] = [:]
    for entry in entries.groups where entry.directed.options.latency != nil {
      receivers[entry.from, default: []].append(entry.to)
    }
    var covered = [NodeSet](repeating: NodeSet(), count: topology.count)
    for pair in entries.pairOrder where entries.pair(pair.from, pair.to)?.options.latency != nil {
      covered[pair.from.index].insert(pair.to)
    }
    for from in topology.nodes {
      covered[from.index].insert(from)
      for end in entries.sets.holding(from) {
        for to in receivers[end] ?? [] {
          entries.sets.nodes(to).forEach { covered[from.index].insert($0) }
        }
      }
      guard let missing = topology.nodes.first(where: { !covered[from.index].contains($0) }) else {
        continue
      }
      diagnostics.append(
        .pairWithoutLatency(
          section.span, topology.names[from.index], topology.names[missing.index]))
      return
    }
  }
}
