import SystemModel

/// Nobody is released from a generation before every participant has arrived at it.
struct NoEarlyRelease: InvariantMonitor {
  static let description = InvariantDescription(
    "no-early-release", .barrier,
    "Nobody is released from a generation before every participant has arrived at it; a barrier "
      + "with a timeout gives this up.",
    subject: "a release",
    source: "Mellor-Crummey, Scott, \"Algorithms for Scalable Synchronization\", 1991, §3",
    topics: .observed
  ) { NoEarlyRelease($0) }

  private(set) var subjects = 0
  /// Who takes part: every node that has registered, started to work, or arrived.
  private var participants: ContiguousArray<Bool>
  /// The highest generation at which each node has arrived; -1 before its first.
  private var arrivals: ContiguousArray<Int64>
  private let schema: WorldSchema
  private let registered: UInt8
  private let started: UInt8
  private let arrived: UInt8
  private let released: UInt8
  private let triggered: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    participants = ContiguousArray(repeating: false, count: schema.nodeCount)
    arrivals = ContiguousArray(repeating: -1, count: schema.nodeCount)
    registered = schema.description.place(ofObservation: "registered")
    started = schema.description.place(ofObservation: "work_started")
    arrived = schema.description.place(ofObservation: "arrived")
    released = schema.description.place(ofObservation: "released")
    triggered = schema.description.place(ofObservation: "triggered")
  }

  mutating func reset() {
    subjects = 0
    for node in participants.indices {
      participants[node] = false
      arrivals[node] = -1
    }
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      let node = record.from.index
      if record.code == registered || record.code == started { participants[node] = true }
      if record.code == arrived {
        participants[node] = true
        arrivals[node] = max(arrivals[node], record.first)
      }
      guard record.code == released || record.code == triggered else { continue }
      subjects += 1
      if violation == nil { violation = early(record) }
    }
    return violation
  }

  private func early(_ record: TraceRecord) -> Violation? {
    let missing = participants.indices.filter { participants[$0] && arrivals[$0] < record.first }
    guard !missing.isEmpty else { return nil }
    let names = missing.map { schema.topology.names[$0] }.joined(separator: ", ")
    let who =
      record.code == triggered
      ? "the barrier opens" : "\(schema.topology.names[record.from.index]) is released"
    return Violation(
      text: "\(who) in generation \(record.first), at which \(names) has not arrived",
      nodes: [record.from] + missing.map { NodeID($0) })
  }
}
