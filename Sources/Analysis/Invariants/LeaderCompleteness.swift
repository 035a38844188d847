import SystemModel

/// A leader has every entry that was committed before its term.
struct LeaderCompleteness: InvariantMonitor {
  static let description = InvariantDescription(
    "leader-completeness", .log,
    "An entry that was committed in a term is in the logs of the leaders of all higher terms. It is"
      + " committed when the first node carries it out, in the term of that node; where a history"
      + " does not say that, in the highest term that was led until then.",
    subject: "a leader that was to have a committed entry",
    source: "Ongaro and Ousterhout, \"In Search of an Understandable Consensus Algorithm\", 2014,"
      + " figure 3; §5.4",
    needs: .either(
      [entry("appended"), entry("applied")] + ElectionNeeds.fields,
      [entry("appended"), entry("applied"), ElectionNeeds.becameLeader])
  ) { LeaderCompleteness($0) }

  private static func entry(_ name: String) -> Need {
    .observation(name, value: ObservedLogs.entryFields)
  }

  private(set) var subjects = 0
  private var elections = 0
  /// The entries that were committed, by index from 1 on.
  private var committed: [Commitment] = []
  private var logs: ObservedLogs
  /// The highest term that was led until now.
  private var highestLed = Int64.min
  /// The last term that each node led.
  private var lastLed: ContiguousArray<Int64>
  private let sight: LeaderSight
  private let schema: WorldSchema

  private struct Commitment {
    let entry: ObservedLogs.Entry
    let node: NodeID
    /// The term in which it was committed, or a later one.
    let term: Int64
  }

  private init(_ schema: WorldSchema) {
    logs = ObservedLogs(schema)
    sight = LeaderSight(schema)
    lastLed = ContiguousArray(repeating: .min, count: schema.nodeCount)
    self.schema = schema
  }

  mutating func reset() {
    subjects = 0
    elections = 0
    committed.removeAll(keepingCapacity: true)
    highestLed = .min
    for node in lastLed.indices { lastLed[node] = .min }
    logs.reset()
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event {
      if let term = sight.termLed(by: record, world) {
        guard lastLed[record.from.index] != term else { continue }
        lastLed[record.from.index] = term
        highestLed = max(highestLed, term)
        elections += 1
        let missing = self.missing(to: record.from, leading: term, from: 1)
        violation = violation ?? missing
      } else if record.kind == .observed, case .applied(let index, let entry)? = logs.take(record),
        index == Int64(committed.count) + 1
      {
        let term =
          sight.readsFields ? world.word(record.from, schema.termField) : highestLed
        committed.append(Commitment(entry: entry, node: record.from, term: term))
        for node in schema.topology.nodes where sight.leads(node, world) {
          let leading = world.word(node, schema.termField)
          violation = violation ?? missing(to: node, leading: leading, from: index)
        }
      }
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let entries = Why.Fact.count(committed.count, "committed entry", "committed entries")
    let leaders = Why.Fact.count(elections, "node that came to lead", "nodes that came to lead")
    return [.mattered("\(entries), \(leaders)")]
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
