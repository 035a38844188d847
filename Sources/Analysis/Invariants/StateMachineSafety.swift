import SystemModel

/// No two nodes carry out different entries at the same index.
struct StateMachineSafety: InvariantMonitor {
  static let description = InvariantDescription(
    "state-machine-safety", .log,
    "If a node has carried out an entry of its log, no node ever carries out another one at the same"
      + " index.",
    subject: "an entry that two nodes carried out",
    source: "Ongaro and Ousterhout, \"In Search of an Understandable Consensus Algorithm\", 2014,"
      + " figure 3; §5.4.3",
    needs: [.observation("applied", value: ObservedLogs.entryFields)]
  ) { StateMachineSafety($0) }

  private(set) var subjects = 0
  /// Who was the first to carry out which entry, by index from 1 on.
  private var applied: [(node: NodeID, entry: ObservedLogs.Entry)] = []
  private var logs: ObservedLogs
  private let names: [String]

  private init(_ schema: WorldSchema) {
    logs = ObservedLogs(schema)
    names = schema.topology.names
  }

  mutating func reset() {
    subjects = 0
    applied.removeAll(keepingCapacity: true)
    logs.reset()
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [.mattered("each of them, at \(Why.Fact.count(applied.count, "index", "indices"))")]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      guard case .applied(let index, let entry)? = logs.take(record) else { continue }
      guard index <= applied.count else {
        // Nodes carry entries out one by one, so that none is left out.
        if index == Int64(applied.count) + 1 { applied.append((record.from, entry)) }
        continue
      }
      let first = applied[Int(index) - 1]
      if first.node != record.from { subjects += 1 }
      if first.entry != entry, violation == nil {
        violation = Violation(
          text: "\(names[record.from.index]) carries out \(logs.text(entry)) at index \(index), "
            + "where \(names[first.node.index]) has carried out \(logs.text(first.entry))",
          nodes: [first.node, record.from])
      }
    }
    return violation
  }
}
