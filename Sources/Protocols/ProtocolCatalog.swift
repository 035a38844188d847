public import SystemModel

/// The protocols that scenarios may run.
public enum ProtocolCatalog {
  /// What each protocol says of itself, in the order in which they are listed to users.
  public static let all: [ProtocolDescription] = [
    PromiseCommit.description, Paxos.description, LeaderElection.description,
    LamportMutex.description, RicartAgrawala.description, Barrier.description,
    RegisterABD.description, RaftRegister.description,
  ]

  /// The protocol of a name.
  public static func named(_ name: String) -> ProtocolDescription? {
    all.first { $0.name == name }
  }
}

/// Someone who needs the type of a machine, not a value of it, such as the engine.
public protocol MachineVisitor {
  /// What a visit yields.
  associatedtype Result

  /// Is lent the type of a machine.
  func visit<Machine: StateMachine>(_ machine: Machine.Type) -> Result
}

/// Lends the type of a protocol's machine to a visitor; nil if no protocol has this name.
///
/// The type stays known to the compiler on the way, so that the engine is specialised for each
/// machine; without `@inlinable` a run takes 20 times as long.
@inlinable public func visitMachine<Visitor: MachineVisitor>(
  named name: String, _ visitor: Visitor
) -> Visitor.Result? {
  switch name {
  case "promise-commit": visitor.visit(PromiseCommit.self)
  case "paxos": visitor.visit(Paxos.self)
  case "leader-election": visitor.visit(LeaderElection.self)
  case "lamport-mutex": visitor.visit(LamportMutex.self)
  case "ricart-agrawala": visitor.visit(RicartAgrawala.self)
  case "barrier": visitor.visit(Barrier.self)
  case "abd-register": visitor.visit(RegisterABD.self)
  case "raft-register": visitor.visit(RaftRegister.self)
  default: nil
  }
}
