public import Expressions
public import SystemModel

/// The names that the expressions of a scenario may use, and what they stand for in the world.
///
/// Built from what the protocol exposes and what the scenario names; the compiler checks expressions
/// against it, and a ``Judge`` answers for it.
public struct WorldEnvironment: Sendable {
  /// A parameter of the scenario: a name with a value that never changes.
  public struct Parameter: Sendable {
    /// The name.
    public let name: String
    /// The type of its value.
    public let type: ExpressionType
    /// Its value in this run.
    public let value: Value

    /// A parameter.
    public init(name: String, type: ExpressionType, value: Value) {
      self.name = name
      self.type = type
      self.value = value
    }
  }

  /// For expressions that look at every state: conditions of assertions and triggers.
  public let states: ExpressionEnvironment
  /// For `at_end`: the same, and the metrics that need all samples at once.
  public let end: ExpressionEnvironment
  /// For `where`: `message` and the parameters.
  public let message: ExpressionEnvironment
  /// The metrics of the scenario, in the order of the catalog.
  public let metrics: [Metric]

  /// What the slots of names stand for, in their order.
  let slots: [Slot]
  /// What the fields of a node stand for, in their order.
  let nodeFields: [NodeField]
  /// The names of the content of messages, in their order behind ``MessageField``.
  let contentFields: [String]
  /// The values of the parameters.
  private(set) var parameterValues: [Value]

  /// What a name stands for.
  enum Slot: Sendable, Hashable {
    case nodes, leader, now, calls, messages, message
    case node(Int)
    case parameter(Int)
    case fault(Int)
    case metric(Int)
  }

  /// What a field of a node stands for.
  enum NodeField: Sendable, Hashable {
    case name, index, groups, group, isUp, isPaused, handling, isAvailable
    case word(Int)
  }

  /// The types of objects, by their places in all environments.
  enum ObjectKind: Int {
    case node, message, call, fault
  }

  /// The names of a scenario; `faults` are the names of its faults in the order of the plan.
  public init(
    description: ProtocolDescription, topology: Topology, faults: [String],
    parameters: [Parameter] = []
  ) {
    let words = WorldTypes(description, topology)
    metrics = MetricCatalog.metrics(of: description, topology, faults: faults)
    nodeFields = words.nodeFields
    contentFields = words.contentFields.map(\.name)
    parameterValues = parameters.map(\.value)

    var names = SlotTable(words)
    names.declareState(description, topology)
    names.declare(parameters)
    names.declareFaults(faults)
    names.declare(metrics)
    states = names.environment
    var last = names
    last.declareFinal(metrics)
    end = last.environment

    var chosen = SlotTable(words, like: last)
    chosen.declareMessage()
    chosen.declare(parameters)
    message = chosen.environment
    slots = chosen.slots
  }

  /// The same names with other values of the parameters, in the order of before; for the cells of a
  /// matrix, which differ in nothing else.
  public func withValues(of parameters: [Parameter]) -> WorldEnvironment {
    precondition(parameters.count == parameterValues.count, "parameters come or go")
    var copy = self
    copy.parameterValues = parameters.map(\.value)
    return copy
  }

  /// The metric of a name.
  public func metric(_ name: String) -> Metric? { metrics.first { $0.name == name } }
}

/// Gives names their slots; a thing that has a slot already keeps it.
private struct SlotTable {
  var environment: ExpressionEnvironment
  private(set) var slots: [WorldEnvironment.Slot]
  private let words: WorldTypes
  /// Where in ``slots`` the parameters are, which several tables have.
  private var places: [WorldEnvironment.Slot: Int]

  /// An empty table, or one without names that knows the slots of another.
  init(_ words: WorldTypes, like other: SlotTable? = nil) {
    self.words = words
    environment = ExpressionEnvironment(hasOld: other == nil)
    slots = other?.slots ?? []
    places = other?.places ?? [:]
    for type in words.objectTypes { _ = environment.declare(type) }
  }

  mutating func declareState(_ description: ProtocolDescription, _ topology: Topology) {
    let node = ExpressionType.object(WorldEnvironment.ObjectKind.node.rawValue)
    declare("nodes", .list(node), .nodes, "All nodes, in the order of the topology.")
    if description.isOf(.election) {
      declare(
        "leader", .nullable(node), .leader,
        "The live node that leads in the highest term, the first of them on a tie; null if none.")
    }
    declare(
      "now", .duration, .now,
      "The virtual time of this event, or of the instant that opens a window, from T0.")
    declare(
      "calls", .list(.object(WorldEnvironment.ObjectKind.call.rawValue)), .calls,
      "The calls that clients have made, in the order of invocation.")
    declare(
      "messages", .list(.object(WorldEnvironment.ObjectKind.message.rawValue)), .messages,
      "The messages in flight, in the order of sending.")
    environment.reserveCapacity(for: topology.count)
    for (place, name) in topology.names.enumerated() {
      declare(name, node, .node(place), "A node of the scenario.")
    }
  }

  mutating func declareMessage() {
    declare(
      "message", .object(WorldEnvironment.ObjectKind.message.rawValue), .message,
      "The message that is looked at.")
  }

  mutating func declare(_ parameters: [WorldEnvironment.Parameter]) {
    for (place, parameter) in parameters.enumerated() {
      declare(parameter.name, parameter.type, .parameter(place), "A parameter of the scenario.")
    }
  }

  mutating func declareFaults(_ faults: [String]) {
    let type = ExpressionType.object(WorldEnvironment.ObjectKind.fault.rawValue)
    let entries = faults.enumerated().map { place, name in
      ExpressionEnvironment.Name(
        name, type, slot: slot(.fault(place)), doc: "A fault of the scenario.")
    }
    environment.declareTable("faults", entryKind: "fault", entries: entries)
  }

  /// The metrics that can be read at any time; the others get their slots too.
  mutating func declare(_ metrics: [Metric]) {
    let first = slots.count
    for place in metrics.indices { _ = slot(.metric(place)) }
    environment.declareTable(
      "metrics", entryKind: "metric", entries: entries(metrics, final: false, slot: first))
  }

  /// The metrics that can only be read at the end, as the last names of all.
  mutating func declareFinal(_ metrics: [Metric]) {
    let first = slots.count - metrics.count
    environment.extendTable("metrics", entries: entries(metrics, final: true, slot: first))
  }

  private func entries(
    _ metrics: [Metric], final: Bool, slot first: Int
  ) -> [ExpressionEnvironment.Name] {
    metrics.enumerated().compactMap { place, metric in
      guard metric.isFinal == final else { return nil }
      let type: ExpressionType =
        switch metric.unit {
        case .count: .int
        case .duration: .duration
        case .ratio: .double
        }
      return .init(
        metric.name, type, slot: first + place, doc: MetricCatalog.all[metric.entry].summary)
    }
  }

  private mutating func declare(
    _ name: String, _ type: ExpressionType, _ meaning: WorldEnvironment.Slot, _ doc: String
  ) {
    environment.declare(name, type, slot: slot(meaning), doc: doc)
  }

  /// The slot of a thing. Only the table of `where` starts with slots, and looks its few up.
  private mutating func slot(_ meaning: WorldEnvironment.Slot) -> Int {
    if case .parameter = meaning {
      if let known = places[meaning] { return known }
      places[meaning] = slots.count
    }
    slots.append(meaning)
    return slots.count - 1
  }
}
