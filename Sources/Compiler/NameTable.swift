internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// The names of a scenario: its nodes, groups and parameters, unique together.
struct NameTable {
  /// What a name stands for.
  enum Meaning {
    case node(NodeID)
    case group(Int)
    case parameter
  }

  /// How many names a message can use; a topology may have many more.
  static let shownLimit = 1_000

  private(set) var topology: Topology
  private var entries: [String: (meaning: Meaning, span: SourceSpan)] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ scenario: Scenario) {
    topology = Topology(names: [])
    let nodes = Self.nodeNames(scenario.topology)
    entries.reserveCapacity(nodes.count)
    for (place, node) in nodes.enumerated() { add(node, .node(NodeID(place))) }
    topology = Topology(names: nodes.map(\.value))
    var groups: [Topology.Group] = []
    for group in scenario.topology.groups {
      add(group.key, .group(groups.count))
      groups.append(Topology.Group(name: group.key.value, nodes: members(of: group)))
    }
    topology = Topology(names: nodes.map(\.value), groups: groups)
    for parameter in scenario.parameters { add(parameter.name, .parameter) }
  }

  /// What a name stands for; nil if it is none.
  subscript(name: String) -> Meaning? { entries[name]?.meaning }

  /// The node of a name.
  func node(_ name: String) -> NodeID? {
    if case .node(let node)? = entries[name]?.meaning { return node }
    return nil
  }

  /// The nodes of a node's or group's name.
  func nodes(_ name: String) -> NodeSet? {
    switch entries[name]?.meaning {
    case .node(let node): NodeSet([node])
    case .group(let place): topology.groups[place].nodes
    default: nil
    }
  }

  /// Names of nodes, as many as messages can use.
  var knownNodes: [String] { Array(topology.names.prefix(Self.shownLimit)) }

  /// Names of nodes and groups, as many as messages can use.
  var known: [String] { knownNodes + topology.groups.prefix(Self.shownLimit).map(\.name) }

  private static func nodeNames(_ section: TopologySection) -> [Marked<String>] {
    switch section.nodes {
    case .named(let names): names
    case .count(let count): (1...count.value).map { Marked("node\($0)", at: count.span) }
    }
  }

  private mutating func add(_ name: Marked<String>, _ meaning: Meaning) {
    if let reason = ReservedWords.reason(name.value) {
      diagnostics.append(.reservedName(name, reason))
    }
    if let first = entries.updateValue((meaning, name.span), forKey: name.value) {
      entries[name.value] = first
      diagnostics.append(.repeatedName(name, first: first.span))
    }
  }

  private mutating func members(
    of group: (key: Marked<String>, value: [Marked<String>])
  ) -> NodeSet {
    var members = NodeSet()
    for member in group.value where !DiagnosticBag.isFull(diagnostics) {
      guard let node = node(member.value) else {
        diagnostics.append(.unknownNode(member, known: knownNodes))
        continue
      }
      if !members.insert(node) {
        diagnostics.append(.nodeTwice(member.span, member.value))
      }
    }
    return members
  }
}

/// Words that no node, group or parameter may have as its name.
public enum ReservedWords {
  /// Names that expressions have already.
  static let expressionNames = [
    "nodes", "leader", "now", "old", "calls", "messages", "message", "metrics", "faults",
  ]
  /// Words that expressions take for themselves.
  static let syntaxWords = [
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function",
    "if", "import", "let", "loop", "namespace", "package", "return", "var", "void", "while",
  ]
  /// Words by which nodes are chosen, or that stand beside their names.
  static let choiceWords = [
    "all", "others", "random", "minority", "majority", "followers", "default", "total", "max",
  ]

  private static let known = Set(all)

  /// All of them.
  public static var all: [String] { expressionNames + syntaxWords + choiceWords }

  /// Why a word is reserved; nil if it is not.
  static func reason(_ word: String) -> String? {
    guard known.contains(word) else { return nil }
    if expressionNames.contains(word) { return "expressions have a name `\(word)`" }
    if syntaxWords.contains(word) { return "`\(word)` is a word of the expression language" }
    if choiceWords.contains(word) { return "`\(word)` means something else where names stand" }
    return nil
  }
}
