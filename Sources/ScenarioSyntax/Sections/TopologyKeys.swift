internal import Diagnostics

/// Who takes part.
public struct TopologySection: Sendable {
  /// The nodes: by name, or how many.
  public enum Nodes: Sendable {
    /// These, in this order.
    case named([Marked<String>])
    /// So many: `node1`, `node2` and so on.
    case count(Marked<Int64>)
  }

  /// The nodes.
  public let nodes: Nodes
  /// The groups in the order of the text, each with its members.
  public let groups: [(key: Marked<String>, value: [Marked<String>])]
  /// How the nodes stand to each other.
  public let shape: Marked<ShapeWord>?

  /// Some nodes, in place of those that cannot be read.
  static func standIn(at span: SourceSpan) -> TopologySection {
    TopologySection(nodes: .count(Marked(5, at: span)), groups: [], shape: nil)
  }
}

/// How the nodes stand to each other.
public enum ShapeWord: String, Sendable, CaseIterable, WordValue {
  case full, ring, line, star, grid, tree

  var summary: String {
    switch self {
    case .full: "everyone is one hop from everyone"
    case .ring:
      "each node is one hop from the one before and the one behind, the last from the first"
    case .line: "each node is one hop from the one before and the one behind"
    case .star: "the first node is one hop from everyone, the others are two hops apart"
    case .grid: "rows of ⌈√N⌉ nodes, one hop to the left, right, above and below"
    case .tree: "a binary tree in level order: each node is one hop from its two children"
    }
  }
}

/// The keys of `topology`.
enum TopologyKeys {
  static let nodes = Key(
    "nodes", nodesForm, example: "[node1, node2, node3]", required: true,
    """
    The nodes in their order, or how many there are; then they are `node1`, `node2` and so on. \
    Names of nodes, groups and parameters are all different.
    """)
  static let groups = Key(
    "groups",
    Form<[(key: Marked<String>, value: [Marked<String>])]>.dictionary(
      "the name of the group", key: .name, value: Form<String>.name.marked.list()),
    example: "{left: [node1, node2], right: [node3]}",
    "Named sets of nodes. They may overlap; partitions, links and options can name them.")
  static let shape = Key(
    "shape", Form<ShapeWord>.words.marked, example: "ring", absent: "`full`",
    """
    How far apart the nodes are: the latency of a pair is the sum over its shortest path, ties \
    to the lower node. Faults act on end-to-end pairs.
    """)

  static let table = KeyTable(
    "topology", "a topology", in: "`topology`",
    keys: [nodes.declaration, groups.declaration, shape.declaration],
    hints: [.instead("zones", "zones are groups: write `groups`")])

  static let form = Form.mapping(table) { fields, reading -> TopologySection? in
    let nodes = fields.take(nodes, &reading)
    let groups = fields.take(groups, &reading)
    let shape = fields.take(shape, &reading)
    guard let nodes else { return nil }
    return TopologySection(nodes: nodes, groups: groups ?? [], shape: shape)
  }

  private static var nodesForm: Form<TopologySection.Nodes> {
    let list = Form<String>.name.marked.list(maximum: 16_384)
    let count = Form<Int64>.int(1...16_384)
    let grammar = ValueGrammar.either([list.grammar, .scalar(.nodeCount)])
    return Form(grammar) { node, reading in
      if let only = node.mapping?.first, only.key.text == "count", node.mapping?.count == 1,
        let text = only.value.scalar?.text
      {
        reading.report(.countInMapping(text, node))
        return nil
      }
      if node.scalar == nil { return list.read(node, &reading).map { .named($0) } }
      return count.read(node, &reading).map { .count(Marked($0, at: node.span)) }
    }
  }
}
