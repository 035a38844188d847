internal import Diagnostics
internal import Protocols
internal import SystemModel

/// Names under which protocols, or their kin, are known elsewhere.
enum ProtocolAlias {
  private static let names: [(alias: String, name: String)] = [
    ("raft", "leader-election"), ("election", "leader-election"), ("leader", "leader-election"),
    ("zab", "leader-election"), ("bully", "leader-election"),
    ("mutex", "lamport-mutex"), ("lock", "lamport-mutex"), ("lamport", "lamport-mutex"),
    ("mutual-exclusion", "lamport-mutex"), ("ricart", "ricart-agrawala"),
    ("agrawala", "ricart-agrawala"), ("synod", "paxos"), ("basic-paxos", "paxos"),
    ("single-decree-paxos", "paxos"), ("consensus", "paxos"), ("multi-paxos", "paxos"),
    ("two-phase-commit", "promise-commit"), ("2pc", "promise-commit"),
    ("commit", "promise-commit"), ("cyclic-barrier", "barrier"), ("bsp", "barrier"),
  ]

  /// The protocol that a name which is none probably means.
  static func meant(by text: String) -> ProtocolDescription? {
    let word = String(text.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    let known = names.first { $0.alias == word }?.name
    let name = known ?? Suggestion.nearest(to: word, among: ProtocolCatalog.all.map(\.name))
    return name.flatMap { ProtocolCatalog.named($0) }
  }
}
