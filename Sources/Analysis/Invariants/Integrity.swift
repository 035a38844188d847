import SystemModel

/// No node replaces a value that it has decided or learned by another.
struct Integrity: InvariantMonitor {
  static let description = InvariantDescription(
    "integrity", .consensus,
    "No node replaces a value that it has decided or learned by another.",
    subject: "a decision",
    source: "Cachin, Guerraoui, Rodrigues, \"Reliable and Secure Distributed Programming\", §5.1",
    needs: .any(
      [.observation("decided", value: "value")], [.observation("learned", value: "value")])
  ) { Integrity($0) }

  private(set) var subjects = 0
  /// How often a node decided that had a value.
  private var repeats = 0
  /// The value of each node; ``WordType/absent`` before it has one.
  private var values: ContiguousArray<Int64>
  private let schema: WorldSchema
  private let decided: UInt8
  private let learned: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    values = ContiguousArray(repeating: WordType.absent, count: schema.nodeCount)
    decided = schema.description.place(ofObservation: "decided")
    learned = schema.description.place(ofObservation: "learned")
  }

  mutating func reset() {
    subjects = 0
    repeats = 0
    for node in values.indices { values[node] = WordType.absent }
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "\(Why.Fact.count(repeats, "decision", "decisions")) of a node that had decided before")
    ]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event
    where record.kind == .observed && (record.code == decided || record.code == learned) {
      subjects += 1
      let node = record.from.index
      let before = values[node]
      values[node] = record.first
      if before != WordType.absent { repeats += 1 }
      guard before != WordType.absent, before != record.first, violation == nil else { continue }
      let (old, new) = (schema.symbols.text(before), schema.symbols.text(record.first))
      violation = Violation(
        text: "\(schema.topology.names[node]) had \"\(old)\" and now has \"\(new)\"",
        nodes: [record.from])
    }
    return violation
  }
}
