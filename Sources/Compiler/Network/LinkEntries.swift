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

  /// An entry for the pairs of nodes of two sets.
  struct GroupEntry {
    let from: LinkSets.End
    let to: LinkSets.End
    let directed: Directed
  }

  private struct EndPair: Hashable {
    let from: LinkSets.End
    let to: LinkSets.End
  }

  /// How many pairs are looked at for further mistakes after the first.
  private static let patience = 20_000_000

  private let topology: Topology
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var sets: LinkSets
  private var directed: [Directed] = []
  /// The places among `directed` of the pairs of nodes with an entry.
  private var pairs: [UInt32: Int32] = [:]
  /// The pairs of nodes with an entry, in the order of the text, and which entry it is.
  private(set) var pairOrder: [(from: NodeID, to: NodeID, entry: Int32)] = []
  /// The entries for groups, in the order of the text.
  private(set) var groups: [GroupEntry] = []
  private var groupPlaces: [EndPair: Int] = [:]
  /// The places among ``groups`` of the entries with a sending end.
  private var sending: [LinkSets.End: [Int]] = [:]

  init(_ entries: [LinkEntry], _ names: NameTable) {
    topology = names.topology
    sets = LinkSets(nodeCount: topology.count)
    directed.reserveCapacity(entries.count)
    pairs.reserveCapacity(2 * entries.count)
    pairOrder.reserveCapacity(2 * entries.count)
    for entry in entries where !DiagnosticBag.isFull(diagnostics) { take(entry, names) }
    findOverlaps()
  }

  /// The entry for a pair of nodes.
  func pair(_ from: NodeID, _ to: NodeID) -> Directed? {
    pairs[LinkPolicies.key(from, to)].map { directed[Int($0)] }
  }

  /// An entry of ``pairOrder``.
  func entry(_ place: Int32) -> Directed { directed[Int(place)] }

  /// The entry for groups that holds for a pair of nodes.
  func group(_ from: NodeID, _ to: NodeID) -> Directed? {
    guard !groups.isEmpty else { return nil }
    for end in sets.holding(from) {
      for place in sending[end] ?? [] where sets.nodes(groups[place].to).contains(to) {
        return groups[place].directed
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
    let directed = Directed(options: entry.options, span: first.span)
    if let from = names.node(first.value), let to = names.node(second.value), from != to {
      let place = Int32(self.directed.count)
      self.directed.append(directed)
      add(from, to, place)
      if isBothWays { add(to, from, place) }
      return
    }
    for name in [first, second] where names.nodes(name.value) == nil {
      diagnostics.append(.unknownNode(name, known: names.known))
    }
    guard let from = names.nodes(first.value), let to = names.nodes(second.value) else { return }
    guard from.count > 1 || from != to else {
      diagnostics.append(.linkToItself(second))
      return
    }
    let ends = EndPair(from: sets.end(first.value, from), to: sets.end(second.value, to))
    add(ends, directed)
    if isBothWays, ends.from != ends.to { add(EndPair(from: ends.to, to: ends.from), directed) }
  }

  private mutating func add(_ from: NodeID, _ to: NodeID, _ place: Int32) {
    let key = LinkPolicies.key(from, to)
    if let first = pairs.updateValue(place, forKey: key) {
      pairs[key] = first
      repeated(directed[Int(place)], directed[Int(first)], from, to)
      return
    }
    pairOrder.append((from, to, place))
  }

  private mutating func add(_ ends: EndPair, _ entry: Directed) {
    if let place = groupPlaces[ends], let pair = somePair(ends) {
      repeated(entry, groups[place].directed, pair.from, pair.to)
      return
    }
    groupPlaces[ends] = groups.count
    sending[ends.from, default: []].append(groups.count)
    groups.append(GroupEntry(from: ends.from, to: ends.to, directed: entry))
  }

  /// Some ordered pair of different nodes that an entry speaks of.
  private func somePair(_ ends: EndPair) -> (from: NodeID, to: NodeID)? {
    for from in sets.nodes(ends.from).members.prefix(2) {
      if let to = sets.nodes(ends.to).members.first(where: { $0 != from }) { return (from, to) }
    }
    return nil
  }

  /// Reports entries for different groups that have an ordered pair of nodes in common.
  ///
  /// Sender by sender the receivers of its entries are marked, so that the work grows with the
  /// pairs that the entries speak of and not with the pairs of entries.
  private mutating func findOverlaps() {
    guard groups.count > 1 else { return }
    var owner = [Int](repeating: -1, count: topology.count)
    var found: Set<[Int]> = []
    var looks = 0
    for from in topology.nodes {
      let places = sets.holding(from).flatMap { sending[$0] ?? [] }
      for place in places {
        var clash: (first: Int, to: NodeID)?
        sets.nodes(groups[place].to).forEach { to in
          looks += 1
          guard to != from else { return }
          if owner[to.index] >= 0 { clash = clash ?? (owner[to.index], to) }
          owner[to.index] = place
        }
        if let (first, to) = clash, found.insert([min(first, place), max(first, place)]).inserted {
          let (first, second) = (groups[min(first, place)], groups[max(first, place)])
          repeated(second.directed, first.directed, from, to)
        }
        if !found.isEmpty, looks > Self.patience || DiagnosticBag.isFull(diagnostics) { return }
      }
      for place in places { sets.nodes(groups[place].to).forEach { owner[$0.index] = -1 } }
    }
  }

  private mutating func repeated(
    _ entry: Directed, _ first: Directed, _ from: NodeID, _ to: NodeID
  ) {
    diagnostics.append(
      .repeatedLink(
        entry.span, first.span, topology.names[from.index], topology.names[to.index]))
  }
}
