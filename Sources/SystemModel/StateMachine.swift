/// The logic of a protocol on one node: a pure value.
///
/// Messages, timers and calls go in; ``Effects`` come out. A machine has no clock, no chance and
/// no input or output: it asks for a timer "between 150 and 300 ms" and the engine draws. Its
/// state can be copied, compared and hashed, so that runs can be taken apart and put together.
///
/// The methods are called one at a time, at one instant of virtual time each; what a call asks for
/// leaves in the order in which it was asked.
public protocol StateMachine: Hashable, Sendable, SendableMetatype {
  /// What the nodes send each other.
  associatedtype Message: MachineMessage
  /// What a node waits for.
  associatedtype Timer: MachineTimer

  /// The words of the protocol.
  static var description: ProtocolDescription { get }

  /// The state before the start; nothing can be asked for yet.
  init(_ context: NodeContext)

  /// The node starts, at T0.
  mutating func start(_ effects: inout Effects<Self>)

  /// A message has arrived and has been handled.
  mutating func receive(_ message: Message, from sender: NodeID, _ effects: inout Effects<Self>)

  /// A timer that was neither set anew nor cancelled has run out.
  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>)

  /// A client asks; every call is answered once at most with ``Effects/complete(_:_:value:)``.
  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>)

  /// The node crashes: what is not durable is forgotten at once, so that its fields show what a
  /// restart would find. With a wiped disk the durable part is forgotten too. Timers, messages in
  /// handling and open calls are gone without the machine's doing.
  mutating func crash(keepingDisk: Bool)

  /// The node starts again after a crash.
  mutating func restart(_ effects: inout Effects<Self>)

  /// The word of a field, by its place among ``ProtocolDescription/fields``. Never called for a
  /// list.
  func word(ofField index: Int) -> Int64

  /// The words of a field whose type is a list.
  func list(ofField index: Int) -> [Int64]

  /// The nodes that a selector chooses now, in order, by its place among
  /// ``ProtocolDescription/selectors``.
  static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID]
}

extension StateMachine {
  /// A machine without lists.
  public func list(ofField index: Int) -> [Int64] {
    preconditionFailure("field \(index) of \(Self.description.name) is not a list")
  }

  /// A machine without selectors.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    preconditionFailure("\(Self.description.name) has no selector \(selector)")
  }
}

/// All nodes as a selector sees them.
public struct NodeView<Machine: StateMachine> {
  /// The state of each node, in the order of the topology.
  public let machines: ContiguousArray<Machine>
  /// Whether each node is up.
  public let isUp: [Bool]

  /// A view of all nodes.
  public init(machines: ContiguousArray<Machine>, isUp: [Bool]) {
    self.machines = machines
    self.isUp = isUp
  }

  /// The nodes that are up and satisfy a condition, in the order of the topology.
  public func live(where condition: (Machine) -> Bool) -> [NodeID] {
    machines.indices.filter { isUp[$0] && condition(machines[$0]) }.map { NodeID($0) }
  }
}

/// What a machine knows of itself from the start.
public struct NodeContext: Sendable {
  /// Which node this is.
  public let id: NodeID
  /// How many nodes there are.
  public let nodeCount: Int
  private let description: ProtocolDescription
  private let parameters: [ParameterValue?]
  private let initial: [Int64?]

  /// A context; `parameters` and `initial` are in the order of the declarations of the protocol.
  public init(
    id: NodeID, nodeCount: Int, description: ProtocolDescription, parameters: [ParameterValue?],
    initial: [Int64?]
  ) {
    precondition(parameters.count == description.parameters.count, "one value a parameter")
    precondition(initial.count == description.fields.count, "one word a field")
    self.id = id
    self.nodeCount = nodeCount
    self.description = description
    self.parameters = parameters
    self.initial = initial
  }

  /// The value of a declared option; nil if it was left out.
  public func parameter(_ name: String) -> ParameterValue? {
    guard let place = description.parameters.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(description.name) declares no parameter \(name)")
    }
    return parameters[place]
  }

  /// The shortest and the longest value of an option that is a length of time or a range.
  public func durations(_ name: String) -> (low: Duration, high: Duration)? {
    guard case .duration(let low, let high)? = parameter(name) else { return nil }
    return (low, high)
  }

  /// The value of an option that is one length of time.
  public func duration(_ name: String) -> Duration? { durations(name)?.low }

  /// The value of a switch; false if it was left out.
  public func bool(_ name: String) -> Bool { parameter(name) == .bool(true) }

  /// The value of an option that is a whole number.
  public func int(_ name: String) -> Int64? {
    guard case .int(let value)? = parameter(name) else { return nil }
    return value
  }

  /// The value of an option that is one of some words, as an index into them.
  public func word(_ name: String) -> Int? {
    guard case .word(let value)? = parameter(name) else { return nil }
    return value
  }

  /// The value of an option that is a node.
  public func node(_ name: String) -> NodeID? {
    guard case .node(let value)? = parameter(name) else { return nil }
    return value
  }

  /// The word that `initial` gives a declared field; nil if it gives none.
  public func initialWord(_ field: String) -> Int64? {
    guard let place = description.fields.firstIndex(where: { $0.name == field }) else {
      preconditionFailure("\(description.name) declares no field \(field)")
    }
    return initial[place]
  }
}
