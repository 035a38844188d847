internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

/// Looks up the names of one typed scenario and checks what it means.
struct CellCompiler {
  let scenario: Scenario
  let sources: SourceMap
  let description: ProtocolDescription
  let names: NameTable
  let environment: WorldEnvironment
  var typing: ValueTyping
  var symbols = SymbolTable()
  /// The places of the faults that have a name.
  var faultPlaces: [String: Int] = [:]
  /// The places of the workloads that have a name, and the workloads.
  var workloadPlaces: [String: Int] = [:]
  var madeWorkloads: [Workload] = []
  /// The expressions by which faults are narrowed.
  var predicates: [Condition] = []
  /// The parameters that expressions have used.
  var usedParameters: Set<String> = []
  var diagnostics: [Diagnostic] = []

  init(
    _ scenario: Scenario, sources: SourceMap, description: ProtocolDescription, names: NameTable,
    _ environments: inout EnvironmentCache
  ) {
    self.scenario = scenario
    self.sources = sources
    self.description = description
    self.names = names
    environment = environments.environment(
      description, names.topology, faults: Self.faultNames(scenario.faults),
      scenario.parameters.map(WorldEnvironment.Parameter.init))
    typing = ValueTyping(scenario, sources: sources)
    diagnostics = names.diagnostics
  }

  var topology: Topology { names.topology }

  /// Whether something is wrong in a section, so that it says nothing of the others.
  func isBroken(_ section: String) -> Bool { scenario.brokenSections.contains(section) }

  /// Whether nobody would read what else is wrong.
  var isFull: Bool { DiagnosticBag.isFull(diagnostics) }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reads a value by a function of ``ValueTyping``, and takes over what it reports.
  mutating func typed<Value>(_ read: (inout ValueTyping) -> Value?) -> Value? {
    let value = read(&typing)
    diagnostics += typing.takeDiagnostics()
    return value
  }

  /// The nodes that a name of a node or group stands for; `others` are words that may stand in
  /// its place.
  mutating func nodes(_ name: Marked<String>, besides others: [String] = []) -> NodeSet? {
    if let nodes = names.nodes(name.value) { return nodes }
    report(.unknownNode(name, known: names.known, besides: others))
    return nil
  }

  /// The node of a name.
  mutating func node(_ name: Marked<String>) -> NodeID? {
    if let node = names.node(name.value) { return node }
    if case .group? = names[name.value] {
      report(.groupForNode(name))
    } else {
      report(.unknownNode(name, known: names.knownNodes))
    }
    return nil
  }
}

/// What entries for nodes and groups say of single nodes: a node's own entry wins over a group's,
/// and two of one rank are a mistake.
struct NodeValues<Value> {
  private(set) var values: [NodeID: Value] = [:]
  private var origins: [NodeID: (span: SourceSpan, isNode: Bool)] = [:]

  /// Takes an entry; gives the first node that another entry of the same rank speaks of, with the
  /// place of that entry.
  mutating func take(
    _ value: Value, for nodes: NodeSet, isNode: Bool, at span: SourceSpan
  ) -> (node: NodeID, first: SourceSpan)? {
    for node in nodes.members {
      if let first = origins[node] {
        if first.isNode == isNode { return (node, first.span) }
        if first.isNode { continue }
      }
      origins[node] = (span, isNode)
      values[node] = value
    }
    return nil
  }
}
