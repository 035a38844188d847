internal import SystemModel

/// The nodes and groups that entries for links name, and which of them hold a node.
///
/// Entries are found by the sets of their ends, so that no table of all pairs is needed.
struct LinkSets {
  /// An end of an entry.
  struct End: Hashable {
    fileprivate let number: Int32
  }

  private var sets: [NodeSet] = []
  private var numbers: [String: Int32] = [:]
  /// The sets that hold each node.
  private var holders: [[Int32]]

  init(nodeCount: Int) {
    holders = Array(repeating: [], count: nodeCount)
  }

  /// The end of a name, which stands for these nodes.
  mutating func end(_ name: String, _ nodes: NodeSet) -> End {
    if let number = numbers[name] { return End(number: number) }
    let number = Int32(sets.count)
    numbers[name] = number
    sets.append(nodes)
    nodes.forEach { holders[$0.index].append(number) }
    return End(number: number)
  }

  /// The ends that hold a node.
  func holding(_ node: NodeID) -> [End] { holders[node.index].map { End(number: $0) } }

  /// The nodes of an end.
  func nodes(_ end: End) -> NodeSet { sets[Int(end.number)] }
}
