import SystemModel

/// No two nodes decide or learn different values.
struct Agreement: InvariantMonitor {
  static let description = InvariantDescription(
    "agreement", .consensus,
    "No two nodes decide or learn different values, whether or not one of them has crashed since;"
      + " nor does one node, which breaks `integrity` as well.",
    subject: "a decision", source: "Lamport, \"Paxos Made Simple\", 2001, §2.1 (safety)",
    needs: .any(
      [.observation("decided", value: "value")], [.observation("learned", value: "value")])
  ) { Agreement($0) }

  private(set) var subjects = 0
  private var first: (node: NodeID, value: Int64)?
  private let schema: WorldSchema
  private let decided: UInt8
  private let learned: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    decided = schema.description.place(ofObservation: "decided")
    learned = schema.description.place(ofObservation: "learned")
  }

  mutating func reset() {
    subjects = 0
    first = nil
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event
    where record.kind == .observed && (record.code == decided || record.code == learned) {
      subjects += 1
      guard let first else {
        first = (record.from, record.first)
        continue
      }
      if record.first != first.value, violation == nil {
        violation = disagreement(record, first)
      }
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "\(Why.Fact.count(max(subjects - 1, 0), "decision", "decisions")) compared with the first")
    ]
  }

  private func disagreement(
    _ record: TraceRecord, _ first: (node: NodeID, value: Int64)
  ) -> Violation {
    let verb = record.code == decided ? "decides" : "learns"
    let node = schema.topology.names[record.from.index]
    let other =
      first.node == record.from ? "it had" : "\(schema.topology.names[first.node.index]) has"
    let value = schema.symbols.text(record.first)
    let otherValue = schema.symbols.text(first.value)
    return Violation(
      text: "\(node) \(verb) \"\(value)\", and \(other) \"\(otherValue)\"",
      nodes: [first.node, record.from])
  }
}
