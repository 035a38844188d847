import SystemModel

/// At most one node leads in a term.
struct ElectionSafety: InvariantMonitor {
  static let description = InvariantDescription(
    "election-safety", .election, "At most one node leads in any one term, at whatever times.",
    subject: "a leader",
    source: "Ongaro, \"Consensus: Bridging Theory and Practice\", 2014, §3.2",
    fields: ["role", "term"]
  ) { ElectionSafety($0) }

  private(set) var subjects = 0
  /// Who has led in which term; looked up by term only.
  private var leaders: [Int64: NodeID] = [:]
  private let schema: WorldSchema

  private init(_ schema: WorldSchema) { self.schema = schema }

  mutating func reset() {
    subjects = 0
    leaders.removeAll(keepingCapacity: true)
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .fieldChanged {
      let field = Int(record.code)
      guard field == schema.roleField || field == schema.termField,
        world.isUp[record.from.index],
        world.word(record.from, schema.roleField) == schema.leaderWord
      else { continue }
      let term = world.word(record.from, schema.termField)
      guard let leader = leaders[term] else {
        leaders[term] = record.from
        subjects += 1
        continue
      }
      if leader != record.from, violation == nil {
        let (node, other) = (
          schema.topology.names[record.from.index], schema.topology.names[leader.index]
        )
        violation = Violation(
          text: "\(node) leads in term \(term), in which \(other) has led",
          nodes: [leader, record.from])
      }
    }
    return violation
  }
}
