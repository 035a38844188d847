public import SystemModel

extension Simulator {
  /// The nodes that a selector means now, in the order of the topology; draws from a stream.
  @inlinable mutating func nodes(_ selector: NodeSelector, _ draw: (Int, [NodeID]) -> [NodeID])
    -> [NodeID]
  {
    switch selector {
    case .nodes(let nodes): nodes
    case .all: plan.topology.nodes
    case .random(let count): draw(count, plan.topology.nodes).sorted()
    case .minority: draw((nodeCount + 1) / 2 - 1, plan.topology.nodes).sorted()
    case .majority: draw(nodeCount / 2 + 1, plan.topology.nodes).sorted()
    case .role(let role):
      Machine.nodes(
        selectedBy: role,
        among: NodeView(machines: machines.all, isUp: runtimes.map { $0.isUp }))
    }
  }

  /// The nodes that a selector of a fault means now.
  @inlinable mutating func nodes(_ selector: NodeSelector, fault: Int) -> [NodeID] {
    var random = board.draws[fault]
    let chosen = nodes(selector) { random.choose($0, of: $1) }
    board.draws[fault] = random
    return chosen
  }

  /// The nodes that a fault's words mean now; for a partition its first side.
  @inlinable mutating func targets(of action: FaultAction, fault: Int) -> [NodeID] {
    switch action {
    case .crash(let selector, _), .restart(let selector), .pause(let selector),
      .resume(let selector), .slow(let selector, _):
      return nodes(selector, fault: fault)
    case .cut(let shape, _, _): return firstSide(of: shape, fault: fault)
    case .link, .heal: return []
    }
  }

  @inlinable mutating func firstSide(of shape: CutShape, fault: Int) -> [NodeID] {
    let all = plan.topology.nodes
    switch shape {
    case .groups(let groups): return groups.first?.members ?? []
    case .halves: return Array(all.prefix((nodeCount + 1) / 2))
    case .randomHalves: return nodes(.random((nodeCount + 1) / 2), fault: fault)
    case .isolate(let selector): return nodes(selector, fault: fault)
    case .majority: return nodes(.majority, fault: fault)
    case .minorityThird: return nodes(.random((nodeCount + 2) / 3 - 1), fault: fault)
    case .majoritiesRing:
      var random = board.draws[fault]
      defer { board.draws[fault] = random }
      return random.choose(nodeCount, of: all)
    case .bridge: return Array(all.prefix(nodeCount / 2))
    case .block(let from, _): return nodes(from, fault: fault)
    }
  }

  /// Which pairs a partition cuts, given its first side; nil if the fault is no partition.
  @inlinable mutating func cutPattern(of action: FaultAction, fault: Int, bound: [NodeID])
    -> CutPattern?
  {
    guard case .cut(let shape, let oneWay, _) = action else { return nil }
    switch shape {
    case .groups(let groups):
      return CutPattern(sides: groups.map(\.members), oneWay: oneWay, nodeCount: nodeCount)
    case .majoritiesRing:
      // Of three nodes a ring separates none; the two ends of a line still see different majorities.
      if nodeCount == 3 { return CutPattern([bound[0]], from: [bound[2]], oneWay: oneWay) }
      return CutPattern(ring: bound, reach: (nodeCount / 2 + 1) / 2)
    case .bridge:
      let last = plan.topology.nodes.suffix(nodeCount - nodeCount / 2 - 1)
      return CutPattern(bound, from: Array(last), oneWay: oneWay)
    case .block(_, let to):
      let receivers = nodes(to, fault: fault)
      return CutPattern(bound, from: receivers, oneWay: true)
    case .halves, .randomHalves, .isolate, .majority, .minorityThird:
      let side = NodeSet(bound)
      let rest = plan.topology.nodes.filter { !side.contains($0) }
      return CutPattern(sides: [bound, rest], oneWay: oneWay, nodeCount: nodeCount)
    }
  }

  /// Which pairs a link fault separates because it loses every message; nil if it does not.
  @inlinable func lossPattern(of action: FaultAction, _ links: LinkEnds?) -> CutPattern? {
    guard case .link(_, .loss(let part)) = action, part.numerator >= part.denominator, let links
    else { return nil }
    let all = plan.topology.nodes
    return CutPattern(
      links.from?.members ?? all, from: links.to?.members ?? all, oneWay: !links.bothWays)
  }

  /// The ends of the links that a fault means now; nil if it means none.
  @inlinable mutating func ends(of action: FaultAction, fault: Int) -> LinkEnds? {
    guard case .link(let selector, _) = action else { return nil }
    switch selector {
    case .all: return LinkEnds(from: nil, to: nil, bothWays: false)
    case .from(let from, let to):
      let senders = NodeSet(nodes(from, fault: fault))
      return LinkEnds(from: senders, to: NodeSet(nodes(to, fault: fault)), bothWays: false)
    case .between(let one, let other):
      let first = NodeSet(nodes(one, fault: fault))
      return LinkEnds(from: first, to: NodeSet(nodes(other, fault: fault)), bothWays: true)
    }
  }
}

/// The ends of the links that a link fault means; nil: every node.
@usableFromInline struct LinkEnds {
  @usableFromInline let from: NodeSet?
  @usableFromInline let to: NodeSet?
  @usableFromInline let bothWays: Bool

  @inlinable init(from: NodeSet?, to: NodeSet?, bothWays: Bool) {
    self.from = from
    self.to = to
    self.bothWays = bothWays
  }
}
