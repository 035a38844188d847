@testable import SystemModel

/// A known mistake: what an implementation that gets one rule wrong would do.
protocol Mistake {
  associatedtype Machine: StateMachine

  /// Right after a node was made.
  static func prepare(_ machine: inout Machine)

  /// In the place of the machine's own way to take a message.
  static func receive(
    _ machine: inout Machine, _ message: Machine.Message, from sender: NodeID,
    _ effects: inout Effects<Machine>)

  /// Right after a crash.
  static func forget(_ machine: inout Machine)
}

extension Mistake {
  static func prepare(_ machine: inout Machine) {}

  static func receive(
    _ machine: inout Machine, _ message: Machine.Message, from sender: NodeID,
    _ effects: inout Effects<Machine>
  ) {
    machine.receive(message, from: sender, &effects)
  }

  static func forget(_ machine: inout Machine) {}
}

/// A machine with a mistake: proof that the tests of the right one can fail.
struct Mistaken<Rule: Mistake>: StateMachine {
  typealias Message = Rule.Machine.Message
  typealias Timer = Rule.Machine.Timer

  static var description: ProtocolDescription { Rule.Machine.description }

  private var machine: Rule.Machine

  init(_ context: NodeContext) {
    machine = Rule.Machine(context)
    Rule.prepare(&machine)
  }

  mutating func start(_ effects: inout Effects<Self>) {
    relay(&effects) { $0.start(&$1) }
  }

  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    relay(&effects) { Rule.receive(&$0, message, from: sender, &$1) }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    relay(&effects) { $0.timerFired(timer, &$1) }
  }

  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    relay(&effects) { $0.invoke(call, &$1) }
  }

  mutating func crash(keepingDisk: Bool) {
    machine.crash(keepingDisk: keepingDisk)
    Rule.forget(&machine)
  }

  mutating func restart(_ effects: inout Effects<Self>) {
    relay(&effects) { $0.restart(&$1) }
  }

  func word(ofField index: Int) -> Int64 { machine.word(ofField: index) }

  func list(ofField index: Int) -> [Int64] { machine.list(ofField: index) }

  private mutating func relay(
    _ effects: inout Effects<Self>,
    _ body: (inout Rule.Machine, inout Effects<Rule.Machine>) -> Void
  ) {
    var asked = Effects<Rule.Machine>()
    body(&machine, &asked)
    for effect in asked.all {
      switch effect {
      case .send(let message, let receiver, let counted):
        effects.append(.send(message, to: receiver, counted: counted))
      case .broadcast(let message): effects.append(.broadcast(message))
      case .setTimer(let timer, let low, let high):
        effects.append(.setTimer(timer, low: low, high: high))
      case .cancelTimer(let timer): effects.append(.cancelTimer(timer))
      case .complete(let call, let outcome, let value):
        effects.append(.complete(call, outcome, value: value))
      case .observe(let observation, let value):
        effects.append(.observe(observation, value: value))
      }
    }
  }
}
