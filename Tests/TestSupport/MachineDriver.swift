public import SystemModel

/// One machine by itself: put in a message, look at what it asks for.
public struct MachineDriver<Machine: StateMachine> {
  /// The machine after the inputs so far.
  public var machine: Machine
  private var effects = Effects<Machine>()
  private var calls = 0

  /// A machine that has not started; options and initial fields by name, the others as declared.
  public init(
    _ type: Machine.Type, node: Int = 0, of nodeCount: Int,
    options: [String: ParameterValue] = [:], initial: [String: Int64] = [:]
  ) {
    machine = Machine(
      NodeContext(
        node: node, of: nodeCount, Machine.description, options: options, initial: initial))
  }

  /// What the machine asks for at the start.
  public mutating func start() -> [Effects<Machine>.Effect] {
    collect { $0.start(&$1) }
  }

  /// What the machine asks for when a message has arrived.
  @discardableResult public mutating func receive(
    _ message: Machine.Message, from sender: Int
  ) -> [Effects<Machine>.Effect] {
    collect { $0.receive(message, from: NodeID(sender), &$1) }
  }

  /// What the machine asks for when a timer has run out.
  @discardableResult public mutating func fire(
    _ timer: Machine.Timer
  ) -> [Effects<Machine>.Effect] {
    collect { $0.timerFired(timer, &$1) }
  }

  /// What the machine asks for at the next call, the first of which has the id 0.
  @discardableResult public mutating func call(
    _ first: Int64 = 0, _ second: Int64 = 0, _ third: Int64 = 0, kind: UInt8 = 0
  ) -> [Effects<Machine>.Effect] {
    let call = ClientCall(id: CallID(calls), kind: kind, first, second, third)
    calls += 1
    return collect { $0.invoke(call, &$1) }
  }

  /// What the machine asks for when its node starts again after a crash.
  @discardableResult public mutating func crashAndRestart(
    keepingDisk: Bool = true
  ) -> [Effects<Machine>.Effect] {
    machine.crash(keepingDisk: keepingDisk)
    return collect { $0.restart(&$1) }
  }

  /// The word of a field.
  public subscript(field: String) -> Int64 { machine.word(of: field) }

  private mutating func collect(
    _ step: (inout Machine, inout Effects<Machine>) -> Void
  ) -> [Effects<Machine>.Effect] {
    effects.removeAll()
    step(&machine, &effects)
    return effects.all
  }
}

extension StateMachine {
  /// The word of a field, by its name.
  public func word(of field: String) -> Int64 { word(ofField: Self.place(of: field)) }

  /// The words of a list field, by its name.
  public func list(of field: String) -> [Int64] { list(ofField: Self.place(of: field)) }

  private static func place(of field: String) -> Int {
    guard let place = description.fields.firstIndex(where: { $0.name == field }) else {
      preconditionFailure("\(description.name) declares no field \(field)")
    }
    return place
  }
}

extension NodeContext {
  /// The context of a node with some options and initial fields; the others are as declared.
  public init(
    node: Int, of nodeCount: Int, _ description: ProtocolDescription,
    options: [String: ParameterValue] = [:], initial: [String: Int64] = [:]
  ) {
    for name in options.keys {
      precondition(description.parameters.contains { $0.name == name }, "no option \(name)")
    }
    for name in initial.keys {
      precondition(description.fields.contains { $0.name == name && $0.settable }, "no \(name)")
    }
    self.init(
      id: NodeID(node), nodeCount: nodeCount, description: description,
      parameters: description.parameters.map { options[$0.name] ?? $0.defaultValue },
      initial: description.fields.map { initial[$0.name] })
  }
}
