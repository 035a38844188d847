import SystemModel

/// A node is released at most once from a generation, and from later ones later.
struct OneReleasePerGeneration: InvariantMonitor {
  static let description = InvariantDescription(
    "one-release-per-generation", .barrier,
    "A node is released at most once from a generation, and from a later one later.",
    subject: "a release",
    source: "Mellor-Crummey, Scott, \"Algorithms for Scalable Synchronization\", 1991, §3",
    needs: [.observation("released", value: "generation")]
  ) { OneReleasePerGeneration($0) }

  private(set) var subjects = 0
  /// How often a node was released that was released before.
  private var again = 0
  /// The last generation from which each node was released; -1 before its first.
  private var last: ContiguousArray<Int64>
  private let schema: WorldSchema
  private let released: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    last = ContiguousArray(repeating: -1, count: schema.nodeCount)
    released = schema.description.place(ofObservation: "released")
  }

  mutating func reset() {
    subjects = 0
    again = 0
    for node in last.indices { last[node] = -1 }
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "\(Why.Fact.count(again, "release", "releases")) of a node that was released before")
    ]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed && record.code == released {
      subjects += 1
      let node = record.from.index
      if last[node] >= 0 { again += 1 }
      if record.first <= last[node], violation == nil {
        violation = Violation(
          text: "\(schema.topology.names[node]) is released from generation \(record.first) "
            + "after generation \(last[node])", nodes: [record.from])
      }
      last[node] = max(last[node], record.first)
    }
    return violation
  }
}
