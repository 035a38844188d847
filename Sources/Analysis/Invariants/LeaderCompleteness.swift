import SystemModel

/// A leader has every entry that was committed before its term.
struct LeaderCompleteness: InvariantMonitor {
  static let description = InvariantDescription(
    "leader-completeness", .log,
    "An entry that was committed in a term is in the logs of the leaders of all higher terms. It is"
      + " committed when the first node carries it out, in the term of that node.",
    subject: "a leader that was to have a committed entry",
    source: "Ongaro and Ousterhout, \"In Search of an Understandable Consensus Algorithm\", 2014,"
      + " figure 3; §5.4",
    fields: ["role", "term"], topics: .observed
  ) { LeaderCompleteness($0) }

  private(set) var subjects = 0
  /// The entries that were committed, by index from 1 on.
  private var committed: [Commitment] = []
  private var logs: ObservedLogs
  private let becameLeader: UInt8
  private let roleField, termField: Int
  private let schema: WorldSchema

  private struct Commitment {
    let entry: ObservedLogs.Entry
    let node: NodeID
    /// The term in which it was committed, or a later one.
    let term: Int64
  }

  private init(_ schema: WorldSchema) {
    logs = ObservedLogs(schema)
    becameLeader = schema.description.place(ofObservation: "became_leader")
    roleField = schema.description.place(ofField: "role")
    termField = schema.description.place(ofField: "term")
    self.schema = schema
  }

  mutating func reset() {
    subjects = 0
    committed.removeAll(keepingCapacity: true)
    logs.reset()
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      if record.code == becameLeader {
        let missing = self.missing(to: record.from, leading: record.first, from: 1)
        violation = violation ?? missing
      } else if case .applied(let index, let entry)? = logs.take(record),
        index == Int64(committed.count) + 1
      {
        let term = world.word(record.from, termField)
        committed.append(Commitment(entry: entry, node: record.from, term: term))
        for node in schema.topology.nodes where leads(node, world) {
          let leading = world.word(node, termField)
          violation = violation ?? missing(to: node, leading: leading, from: index)
        }
      }
    }
    return violation
  }

  private func leads(_ node: NodeID, _ world: borrowing World) -> Bool {
    world.isUp[node.index] && world.word(node, roleField) == schema.leaderWord
  }

  /// The first committed entry from an index on that a leader of a higher term lacks.
  private mutating func missing(
    to leader: NodeID, leading term: Int64, from first: Int64
  ) -> Violation? {
    for (offset, commitment) in committed[(Int(first) - 1)...].enumerated()
    where commitment.term < term {
      subjects += 1
      let index = first + Int64(offset)
      let own = logs.entry(index, of: leader)
      guard own != commitment.entry else { continue }
      let (name, other) = (
        schema.topology.names[leader.index], schema.topology.names[commitment.node.index]
      )
      return Violation(
        text: "\(name) leads in term \(term) with \(own.map { logs.text($0) } ?? "nothing") at "
          + "index \(index), where \(other) has committed \(logs.text(commitment.entry)) in term "
          + "\(commitment.term)",
        nodes: [commitment.node, leader])
    }
    return nil
  }
}
