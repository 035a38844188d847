/// Which ordered pairs of nodes cannot reach each other.
public struct CutPattern: Hashable, Sendable {
  /// The ways to say it without a table of all pairs.
  enum Form: Hashable, Sendable {
    /// Each node is on one of at most 64 sides; bit `to` of `blocked[from]` cuts side from side.
    case sides(sideOf: [UInt8], blocked: [UInt64])
    /// Nodes stand in a ring; those more than `reach` places apart are cut.
    case ring(placeOf: [Int32], reach: Int)
  }

  let form: Form

  /// The nodes on two sides that cannot reach each other; with `oneWay` only the first cannot
  /// reach the second. The other nodes are not touched.
  public init(_ first: [NodeID], from second: [NodeID], oneWay: Bool, nodeCount: Int) {
    var sideOf = [UInt8](repeating: 0, count: nodeCount)
    for node in first { sideOf[node.index] |= 1 }
    for node in second { sideOf[node.index] |= 2 }
    // Side 3 is on both: it cannot reach, or be reached by, the others of either side.
    var blocked: [UInt64] = [0, 0b1100, 0, 0b1100]
    if !oneWay {
      blocked[2] |= 0b1010
      blocked[3] |= 0b1010
    }
    form = .sides(sideOf: sideOf, blocked: blocked)
  }

  /// Sides, at most 64 and without a node in common, none of which reaches another; with `oneWay`
  /// a side does not reach the sides behind it in the list.
  public init(sides: [[NodeID]], oneWay: Bool, nodeCount: Int) {
    precondition(sides.count <= 63, "a partition has at most 63 sides")
    var sideOf = [UInt8](repeating: 0, count: nodeCount)
    for (side, nodes) in sides.enumerated() {
      for node in nodes { sideOf[node.index] = UInt8(side + 1) }
    }
    var blocked: [UInt64] = [0]
    for side in sides.indices {
      var mask: UInt64 = 0
      for other in sides.indices where other > side || (!oneWay && other != side) {
        mask |= UInt64(1) << UInt64(other + 1)
      }
      blocked.append(mask)
    }
    form = .sides(sideOf: sideOf, blocked: blocked)
  }

  /// Nodes in a ring, in this order, each of which reaches those at most `reach` places away.
  public init(ring: [NodeID], reach: Int) {
    var placeOf = [Int32](repeating: 0, count: ring.count)
    for (place, node) in ring.enumerated() { placeOf[node.index] = Int32(place) }
    form = .ring(placeOf: placeOf, reach: reach)
  }

  /// Whether messages from one node to another are cut; never for a node and itself.
  public func cuts(_ from: NodeID, _ to: NodeID) -> Bool {
    guard from != to else { return false }
    switch form {
    case .sides(let sideOf, let blocked):
      return blocked[Int(sideOf[from.index])] >> UInt64(sideOf[to.index]) & 1 != 0
    case .ring(let placeOf, let reach):
      let apart = abs(Int(placeOf[from.index]) - Int(placeOf[to.index]))
      return min(apart, placeOf.count - apart) > reach
    }
  }
}
