/// Everything that the engine needs for a run, resolved and checked; the same plan and seed give
/// the same trace on every machine.
public struct SystemPlan: Sendable {
  /// Where all chance comes from.
  public var seed: UInt64
  /// The planned end; its own instant is included.
  public var timeLimit: Instant
  /// The emergency end: how many events are carried out at the most.
  public var eventLimit: Int
  /// Who takes part.
  public var topology: Topology
  /// How messages travel.
  public var links: LinkPolicies
  /// How long nodes take to handle messages.
  public var processing: Processing
  /// What goes wrong.
  public var faults: [Fault]
  /// What clients ask for.
  public var workloads: [Workload]
  /// The options of the protocol: a row for each node, in the order of the declarations; nodes
  /// with the same options share a row by ``parameterRow``.
  public var parameterRows: [[ParameterValue?]]
  /// The row of each node.
  public var parameterRow: [Int]
  /// What `initial` sets, for the nodes that it names: words in the order of the fields.
  public var initial: [NodeID: [Int64?]]
  /// The texts that words of type ``WordType/symbol`` stand for.
  public var symbols: SymbolTable
  /// Which fields are written to the trace when they change, in the order of the declarations.
  public var watchedFields: [Bool]
  /// Conditions over messages, by which faults are narrowed.
  public var predicates: [MessagePredicate]
  /// The strategy by which messages are late; nil if they come as their links say.
  public var order: DeliveryOrder?
  /// Messages whose fate is said beforehand; no message twice.
  public var deliveries: [ExplicitDelivery]
  /// Timers whose length is said beforehand; no setting twice.
  public var timers: [ExplicitTimer]

  /// When a run ends at the latest if the scenario does not say.
  public static let defaultTimeLimit = Instant(nanoseconds: 60_000_000_000)
  /// After how many events a run ends at the latest if the scenario does not say.
  public static let defaultEventLimit = 10_000_000

  /// A plan without faults, workloads or handling times, of a reliable network.
  public init(
    seed: UInt64 = 1, timeLimit: Instant = SystemPlan.defaultTimeLimit,
    eventLimit: Int = SystemPlan.defaultEventLimit, topology: Topology, links: LinkPolicies,
    processing: Processing = Processing(), faults: [Fault] = [], workloads: [Workload] = [],
    parameterRows: [[ParameterValue?]], parameterRow: [Int], initial: [NodeID: [Int64?]] = [:],
    symbols: SymbolTable = SymbolTable(), watchedFields: [Bool],
    predicates: [MessagePredicate] = [], deliveries: [ExplicitDelivery] = [],
    timers: [ExplicitTimer] = [], order: DeliveryOrder? = nil
  ) {
    self.seed = seed
    self.timeLimit = timeLimit
    self.eventLimit = eventLimit
    self.topology = topology
    self.links = links
    self.processing = processing
    self.faults = faults
    self.workloads = workloads
    self.parameterRows = parameterRows
    self.parameterRow = parameterRow
    self.initial = initial
    self.symbols = symbols
    self.watchedFields = watchedFields
    self.predicates = predicates
    self.order = order
    self.deliveries = deliveries
    self.timers = timers
  }

  /// What a node knows of itself from the start.
  public func context(of node: NodeID, _ description: ProtocolDescription) -> NodeContext {
    NodeContext(
      id: node, nodeCount: topology.names.count, description: description,
      parameters: parameterRows[parameterRow[node.index]],
      initial: initial[node] ?? Array(repeating: nil, count: description.fields.count))
  }
}

/// Who takes part: the names of the nodes in their order, and groups of them.
public struct Topology: Hashable, Sendable {
  /// A named set of nodes.
  public struct Group: Hashable, Sendable {
    /// The name in the scenario.
    public let name: String
    /// Its nodes.
    public let nodes: NodeSet

    /// A group.
    public init(name: String, nodes: NodeSet) {
      self.name = name
      self.nodes = nodes
    }
  }

  /// The names, by ``NodeID/index``.
  public let names: [String]
  /// The groups in the order of the scenario; they may overlap.
  public let groups: [Group]

  /// A topology.
  public init(names: [String], groups: [Group] = []) {
    precondition(names.count <= NodeID.limit, "at most \(NodeID.limit) nodes")
    self.names = names
    self.groups = groups
  }

  /// How many nodes there are.
  public var count: Int { names.count }
  /// Every node, in order.
  public var nodes: [NodeID] { names.indices.map { NodeID($0) } }
}

/// How long nodes take to handle messages; a node sees a message when its time is over.
public struct Processing: Hashable, Sendable {
  /// A row for each different node: the handling time of each kind of message, in nanoseconds.
  /// Empty: nobody takes any time.
  public var rows: [[Int64]]
  /// The row of each node.
  public var rowOf: [Int32]
  /// How many messages each row's node handles at once; 0: any number. Others wait in order.
  public var concurrency: [Int]

  /// Handling times; without any, nobody takes any time.
  public init(rows: [[Int64]] = [], rowOf: [Int32] = [], concurrency: [Int] = []) {
    self.rows = rows
    self.rowOf = rowOf
    self.concurrency = concurrency
  }
}

/// The texts of a plan by number, so that the engine carries words only.
public struct SymbolTable: Hashable, Sendable {
  /// The texts, by number.
  public private(set) var texts: [String] = []
  private var numbers: [String: Int64] = [:]

  /// No texts yet.
  public init() {}

  /// The number of a text; a new one gets the next number.
  public mutating func number(of text: String) -> Int64 {
    if let known = numbers[text] { return known }
    let number = Int64(texts.count)
    numbers[text] = number
    texts.append(text)
    return number
  }

  /// The number of a text that is in the table.
  public func known(_ text: String) -> Int64? { numbers[text] }

  /// The text of a number; a number without a text reads `#number`.
  public func text(_ number: Int64) -> String {
    texts.indices.contains(Int(number)) ? texts[Int(number)] : "#\(number)"
  }
}
