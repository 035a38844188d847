import SystemModel

/// At most one node leads in a term.
struct ElectionSafety: InvariantMonitor {
  static let description = InvariantDescription(
    "election-safety", .election, "At most one node leads in any one term, at whatever times.",
    subject: "a leader",
    source: "Ongaro, \"Consensus: Bridging Theory and Practice\", 2014, §3.2",
    needs: ElectionNeeds.leaders
  ) { ElectionSafety($0) }

  private(set) var subjects = 0
  /// How often a node came to lead in a term that had a leader.
  private var again = 0
  /// The term that each node led last.
  private var lastLed: ContiguousArray<Int64>
  /// Who has led in which term; looked up by term only.
  private var leaders: [Int64: NodeID] = [:]
  private let schema: WorldSchema
  private let sight: LeaderSight

  private init(_ schema: WorldSchema) {
    self.schema = schema
    sight = LeaderSight(schema)
    lastLed = ContiguousArray(repeating: .min, count: schema.nodeCount)
  }

  mutating func reset() {
    subjects = 0
    again = 0
    for node in lastLed.indices { lastLed[node] = .min }
    leaders.removeAll(keepingCapacity: true)
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "\(Why.Fact.count(leaders.count, "term", "terms")) with a leader; "
          + "\(Why.Fact.count(again, "time", "times")) a node led in a term that had one")
    ]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event {
      guard let term = sight.termLed(by: record, world) else { continue }
      let isNew = lastLed[record.from.index] != term
      lastLed[record.from.index] = term
      guard let leader = leaders[term] else {
        leaders[term] = record.from
        subjects += 1
        continue
      }
      if isNew { again += 1 }
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
