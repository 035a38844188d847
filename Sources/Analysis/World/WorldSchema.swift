import SystemModel

/// What does not change during a run: who takes part, and where the fields of the world stand.
struct WorldSchema: Sendable {
  let description: ProtocolDescription
  let topology: Topology
  let symbols: SymbolTable
  let faults: [Fault]
  /// For each field of the protocol its place among the list fields; -1 for a word.
  let listPlace: [Int]
  let listCount: Int
  let fieldCount: Int
  /// Whether the messages in flight are kept, because an expression reads them.
  let tracksMessages: Bool
  /// Places of the fields of the election family; -1 where there is none.
  let roleField: Int
  let termField: Int
  let leaderField: Int
  let syncedField: Int
  /// What decides which nodes are available.
  let availabilityReads: Topics
  /// The word of `role` that means leader.
  let leaderWord: Int64
  /// Who meets at a barrier: every node but the one that counts.
  let parties: [NodeID]
  /// What is told of the run.
  let spoken: Spoken
  /// Where a recorded history says what; nil for a run.
  let recording: Recording?

  init(
    description: ProtocolDescription, topology: Topology, symbols: SymbolTable, faults: [Fault],
    tracksMessages: Bool, coordinator: NodeID? = nil, spoken: Spoken = .everything,
    recording: Recording? = nil
  ) {
    self.description = description
    self.topology = topology
    self.symbols = symbols
    self.faults = faults
    self.tracksMessages = tracksMessages
    self.spoken = spoken
    self.recording = recording
    parties = topology.nodes.filter { $0 != coordinator }
    var places: [Int] = []
    var lists = 0
    for field in description.fields {
      places.append(field.type == .nodeList ? lists : -1)
      if field.type == .nodeList { lists += 1 }
    }
    fieldCount = description.fields.count
    listPlace = places
    listCount = lists
    let isElection = description.isOf(.election)
    roleField = isElection ? description.place(ofField: "role") : -1
    termField = isElection ? description.place(ofField: "term") : -1
    leaderField = isElection ? description.place(ofField: "leader_id") : -1
    syncedField = isElection ? description.place(ofField: "synced") : -1
    availabilityReads = [roleField, leaderField, syncedField].filter { $0 >= 0 }
      .reduce([.up, .paused, .reach]) { $0.union(.field($1)) }
    leaderWord = description.word("leader", ofField: "role") ?? WordType.absent
  }

  var nodeCount: Int { topology.count }
}

extension JudgementPlan {
  /// The node that counts arrivals at a barrier; nil in other families.
  var coordinator: NodeID? {
    guard description.isOf(.barrier), let node = system.topology.nodes.first else { return nil }
    return system.context(of: node, description).node("coordinator")
  }
}

extension ProtocolDescription {
  /// The place of a field; -1 if there is none of the name.
  func place(ofField name: String) -> Int {
    fields.firstIndex { $0.name == name } ?? -1
  }

  /// The place of an observation as records carry it; 255 if there is none of the name.
  func place(ofObservation name: String) -> UInt8 {
    observations.firstIndex { $0.name == name }.map { UInt8($0) } ?? 255
  }

  /// The number of a word among those that a field may have.
  func word(_ word: String, ofField name: String) -> Int64? {
    guard let field = fields.first(where: { $0.name == name }), case .word(let words) = field.type
    else { return nil }
    return words.firstIndex(of: word).map { Int64($0) }
  }
}
