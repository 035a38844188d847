/// A participant: its place in the topology, counted from 0.
public struct NodeID: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The most nodes that a topology may have; an id fits in 14 bits.
  public static let limit = 16_384

  @usableFromInline let raw: UInt16

  /// The node at a place of the topology, 0 ..< ``limit``.
  @inlinable public init(_ index: Int) { raw = UInt16(truncatingIfNeeded: index) }

  /// The place in the topology.
  @inlinable public var index: Int { Int(raw) }

  /// Order of the topology.
  @inlinable public static func < (left: NodeID, right: NodeID) -> Bool { left.raw < right.raw }
}

/// A set of nodes that iterates in the order of the topology; up to 64 nodes take no allocation.
public struct NodeSet: Hashable, Sendable {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: [UInt64] = []

  /// The empty set.
  @inlinable public init() {}

  /// The set of some nodes.
  public init(_ nodes: some Sequence<NodeID>) {
    for node in nodes { insert(node) }
  }

  /// How many nodes are in the set.
  @inlinable public var count: Int {
    var sum = low.nonzeroBitCount
    for word in high { sum += word.nonzeroBitCount }
    return sum
  }

  /// Whether no node is in the set.
  @inlinable public var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

  /// Whether a node is in the set.
  @inlinable public func contains(_ node: NodeID) -> Bool {
    let index = node.index
    if index < 64 { return low >> UInt64(index) & 1 != 0 }
    let word = index / 64 - 1
    return word < high.count && high[word] >> UInt64(index % 64) & 1 != 0
  }

  /// Adds a node; tells whether it was absent.
  @inlinable @discardableResult public mutating func insert(_ node: NodeID) -> Bool {
    let index = node.index
    let bit = UInt64(1) << UInt64(index % 64)
    if index < 64 {
      defer { low |= bit }
      return low & bit == 0
    }
    let word = index / 64 - 1
    while high.count <= word { high.append(0) }
    defer { high[word] |= bit }
    return high[word] & bit == 0
  }

  /// Takes a node out; tells whether it was present. Words that became empty at the end are
  /// given up, so that equal sets are equal however they came about.
  @inlinable @discardableResult public mutating func remove(_ node: NodeID) -> Bool {
    guard contains(node) else { return false }
    let index = node.index
    let bit = UInt64(1) << UInt64(index % 64)
    if index < 64 {
      low &= ~bit
    } else {
      high[index / 64 - 1] &= ~bit
      while high.last == 0 { high.removeLast() }
    }
    return true
  }

  /// Takes all nodes out.
  @inlinable public mutating func removeAll() {
    low = 0
    high.removeAll(keepingCapacity: true)
  }

  /// Calls a function with each node, in the order of the topology.
  @inlinable public func forEach(_ body: (NodeID) -> Void) {
    NodeSet.forEachBit(of: low) { body(NodeID($0)) }
    for (place, word) in high.enumerated() {
      NodeSet.forEachBit(of: word) { body(NodeID((place + 1) * 64 + $0)) }
    }
  }

  /// The nodes in the order of the topology.
  public var members: [NodeID] {
    var nodes: [NodeID] = []
    forEach { nodes.append($0) }
    return nodes
  }

  @inlinable static func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
    var rest = word
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}
