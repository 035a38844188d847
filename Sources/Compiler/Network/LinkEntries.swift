internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// The entries of `latencies.links` by the ordered pairs that they speak of, without a table of
/// all pairs; two entries of one rank for one pair are a mistake.
struct LinkEntries {
  /// What an entry says of one direction.
  struct Directed {
    let options: LinkOptions
    let span: SourceSpan
  }

  /// The two ends of an entry for groups.
  struct EndPair: Hashable {
    let from: LinkSets.End
    let to: LinkSets.End
  }

  private let topology: Topology
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var sets: LinkSets
  private var pairs: [UInt32: Directed] = [:]
  /// The pairs of nodes with an entry, in the order of the text.
  private(set) var pairOrder: [(from: NodeID, to: NodeID)] = []
  private var groups: [EndPair: Directed] = [:]
  /// The pairs of groups with an entry, in the order of the text.
  private(set) var groupOrder: [EndPair] = []

  init(_ entries: [LinkEntry], _ names: NameTable) {
    topology = names.topology
    sets = LinkSets(nodeCount: topology.count)
    for entry in entries { take(entry, names) }
    sets.seal()
    findOverlaps()
  }

  /// The entry for a pair of nodes.
  func pair(_ from: NodeID, _ to: NodeID) -> Directed? { pairs[LinkPolicies.key(from, to)] }

  /// The entry for a pair of groups.
  func group(_ ends: EndPair) -> Directed? { groups[ends] }

  /// The entry for groups that holds for a pair of nodes.
  func group(_ from: NodeID, _ to: NodeID) -> Directed? {
    guard !groups.isEmpty else { return nil }
    for fromEnd in sets.holding(from) {
      for toEnd in sets.holding(to) {
        if let entry = groups[EndPair(from: fromEnd, to: toEnd)] { return entry }
      }
    }
    return nil
  }

  private mutating func take(_ entry: LinkEntry, _ names: NameTable) {
    let (first, second, isBothWays) =
      switch entry.ends {
      case .between(let first, let second): (first, second, true)
      case .oneWay(let from, let to): (from, to, false)
      }
    for name in [first, second] where names.nodes(name.value) == nil {
      diagnostics.append(.unknownNode(name, known: names.known))
    }
    guard let from = names.nodes(first.value), let to = names.nodes(second.value) else { return }
    guard from.count > 1 || from != to else {
      diagnostics.append(.linkToItself(second))
      return
    }
    let directed = Directed(options: entry.options, span: first.span)
    if let from = names.node(first.value), let to = names.node(second.value) {
      add(from, to, directed)
      if isBothWays { add(to, from, directed) }
      return
    }
    let ends = EndPair(from: sets.end(first.value, from), to: sets.end(second.value, to))
    add(ends, directed)
    if isBothWays, ends.from != ends.to { add(EndPair(from: ends.to, to: ends.from), directed) }
  }

  private mutating func add(_ from: NodeID, _ to: NodeID, _ entry: Directed) {
    let key = LinkPolicies.key(from, to)
    if let first = pairs[key] {
      repeated(entry, first, from, to)
      return
    }
    pairs[key] = entry
    pairOrder.append((from, to))
  }

  private mutating func add(_ ends: EndPair, _ entry: Directed) {
    if let first = groups[ends], let pair = commonPair(ends, ends) {
      repeated(entry, first, pair.0, pair.1)
      return
    }
    groups[ends] = entry
    groupOrder.append(ends)
  }

  /// Reports entries for different groups that have an ordered pair of nodes in common.
  private mutating func findOverlaps() {
    var places: [EndPair: Int] = [:]
    for (place, ends) in groupOrder.enumerated() { places[ends] = place }
    for (place, ends) in groupOrder.enumerated() {
      for from in sets.overlapping(ends.from) {
        for to in sets.overlapping(ends.to) {
          let other = EndPair(from: from, to: to)
          guard let earlier = places[other], earlier < place,
            let pair = commonPair(ends, other), let first = groups[other],
            let second = groups[ends]
          else { continue }
          repeated(second, first, pair.0, pair.1)
        }
      }
    }
  }

  private func commonPair(_ first: EndPair, _ second: EndPair) -> (NodeID, NodeID)? {
    let froms = sets.nodes(first.from).members.filter { sets.nodes(second.from).contains($0) }
    let tos = sets.nodes(first.to).members.filter { sets.nodes(second.to).contains($0) }
    for from in froms {
      if let to = tos.first(where: { $0 != from }) { return (from, to) }
    }
    return nil
  }

  private mutating func repeated(
    _ entry: Directed, _ first: Directed, _ from: NodeID, _ to: NodeID
  ) {
    diagnostics.append(
      .repeatedLink(
        entry.span, first.span, topology.names[from.index], topology.names[to.index]))
  }
}
