/// Which ordered pairs of nodes cannot reach each other.
public struct CutPattern: Hashable, Sendable {
  /// The ways to say it without a table of all pairs.
  private enum Form: Hashable, Sendable {
    /// The number of each node's side, counted from 1; 0: on none.
    case sides(sideOf: [UInt16], oneWay: Bool)
    /// Some nodes cannot reach others.
    case pairs(from: NodeSet, to: NodeSet, oneWay: Bool)
    /// Nodes stand in a ring; those more than `reach` places apart are cut.
    case ring(placeOf: [UInt16], reach: Int)
  }

  private let form: Form

  /// Some nodes and others, which may overlap, that cannot reach each other; with `oneWay` only
  /// the first cannot reach the second. The rest is not touched.
  public init(_ first: [NodeID], from second: [NodeID], oneWay: Bool) {
    form = .pairs(from: NodeSet(first), to: NodeSet(second), oneWay: oneWay)
  }

  /// Sides without a node in common, none of which reaches another; with `oneWay` a side does not
  /// reach the sides behind it in the list. Nodes on no side are not touched.
  public init(sides: [[NodeID]], oneWay: Bool, nodeCount: Int) {
    var sideOf = [UInt16](repeating: 0, count: nodeCount)
    for (side, nodes) in sides.enumerated() {
      for node in nodes { sideOf[node.index] = UInt16(side + 1) }
    }
    form = .sides(sideOf: sideOf, oneWay: oneWay)
  }

  /// All nodes in a ring, in this order, each of which reaches those at most `reach` places away.
  public init(ring: [NodeID], reach: Int) {
    var placeOf = [UInt16](repeating: 0, count: ring.count)
    for (place, node) in ring.enumerated() { placeOf[node.index] = UInt16(place) }
    form = .ring(placeOf: placeOf, reach: reach)
  }

  /// Calls a function with words that tell the pattern from every other of as many nodes.
  public func forEachWord(_ body: (UInt64) -> Void) {
    func all(_ nodes: NodeSet) {
      nodes.forEach { body(UInt64($0.index)) }
      body(.max)
    }
    switch form {
    case .sides(let sideOf, let oneWay):
      body(oneWay ? 1 : 0)
      for side in sideOf { body(UInt64(side)) }
    case .pairs(let senders, let receivers, let oneWay):
      body(oneWay ? 3 : 2)
      all(senders)
      all(receivers)
    case .ring(let placeOf, let reach):
      body(4)
      body(UInt64(reach))
      for place in placeOf { body(UInt64(place)) }
    }
  }

  /// Whether messages from one node to another are cut; never for a node and itself.
  public func cuts(_ from: NodeID, _ to: NodeID) -> Bool {
    guard from != to else { return false }
    switch form {
    case .sides(let sideOf, let oneWay):
      let (sender, receiver) = (sideOf[from.index], sideOf[to.index])
      guard sender != 0, receiver != 0 else { return false }
      return oneWay ? sender < receiver : sender != receiver
    case .pairs(let senders, let receivers, let oneWay):
      return senders.contains(from) && receivers.contains(to)
        || !oneWay && senders.contains(to) && receivers.contains(from)
    case .ring(let placeOf, let reach):
      let apart = abs(Int(placeOf[from.index]) - Int(placeOf[to.index]))
      return min(apart, placeOf.count - apart) > reach
    }
  }
}
