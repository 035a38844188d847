import SystemModel

/// Nobody is left behind.
struct NoStragglerLeft: InvariantMonitor {
  static let description = InvariantDescription(
    "no-straggler-left", .barrier,
    "No node arrives at a generation that the others have already left.",
    subject: "a release",
    source: "Mellor-Crummey, Scott, \"Algorithms for Scalable Synchronization\", 1991, §3",
    topics: .observed
  ) { NoStragglerLeft($0) }

  private(set) var subjects = 0
  private let schema: WorldSchema
  private let released: UInt8
  private let leftBehind: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    released = schema.description.place(ofObservation: "released")
    leftBehind = schema.description.place(ofObservation: "left_behind")
  }

  mutating func reset() { subjects = 0 }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      if record.code == released { subjects += 1 }
      guard record.code == leftBehind else { continue }
      subjects += 1
      if violation == nil {
        let node = schema.topology.names[record.from.index]
        violation = Violation(
          text: "\(node) is left behind in generation \(record.first)", nodes: [record.from])
      }
    }
    return violation
  }
}
