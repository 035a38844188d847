import SystemModel

/// Every request is followed by an entry, unless its node crashes.
struct NoStarvation: InvariantMonitor {
  static let description = InvariantDescription(
    "no-starvation", .mutex,
    "Every request is followed by an entry, unless its node crashes; judged when the run is over.",
    subject: "a request",
    source: "Lamport, \"Time, Clocks, and the Ordering of Events in a Distributed System\", 1978",
    topics: [.observed, .up], awaits: true, readsValues: false
  ) { NoStarvation($0) }

  private(set) var subjects = 0
  private var waiting: [NodeID] = []
  private let schema: WorldSchema
  private let requested: UInt8
  private let entered: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    requested = schema.description.place(ofObservation: "requested")
    entered = schema.description.place(ofObservation: "entered")
  }

  mutating func reset() {
    subjects = 0
    waiting.removeAll(keepingCapacity: true)
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    for record in event {
      if record.kind == .observed, record.code == requested {
        subjects += 1
        waiting.append(record.from)
      } else if record.kind == .crashed || record.kind == .observed && record.code == entered {
        waiting.removeAll { $0 == record.from }
      }
    }
    return nil
  }

  func conclude(_ end: RunEnd, _ world: borrowing World) -> InvariantEnd {
    guard !waiting.isEmpty else { return .holds }
    let names = waiting.map { schema.topology.names[$0.index] }.joined(separator: ", ")
    let verb = waiting.count == 1 ? "waits" : "wait"
    guard end == .quiescence else { return .open("\(names) still \(verb) to enter") }
    return .broken(Violation(text: "\(names) \(verb) and will never enter", nodes: waiting))
  }
}
