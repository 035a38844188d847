import SystemModel

/// Only a value that a client has proposed is decided or learned.
struct Validity: InvariantMonitor {
  static let description = InvariantDescription(
    "validity", .consensus, "Only a value that a client has proposed is decided or learned.",
    subject: "a decision", source: "Lamport, \"Paxos Made Simple\", 2001, §2.1 (safety)",
    needs: .any(
      [.calls, .observation("decided", value: "value")],
      [.calls, .observation("learned", value: "value")])
  ) { Validity($0) }

  private(set) var subjects = 0
  private var proposed: [Int64] = []
  private let schema: WorldSchema
  private let decided: UInt8
  private let learned: UInt8
  private let proposes: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    decided = schema.description.place(ofObservation: "decided")
    learned = schema.description.place(ofObservation: "learned")
    proposes =
      schema.description.calls.firstIndex { $0.name == "propose" }.map { UInt8($0) } ?? 255
  }

  mutating func reset() {
    subjects = 0
    proposed.removeAll(keepingCapacity: true)
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let values = Why.Fact.count(proposed.count, "value", "values")
    return [.mattered("each of them, against \(values) that clients proposed")]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event {
      if record.kind == .callInvoked, record.code == proposes, !proposed.contains(record.first) {
        proposed.append(record.first)
      }
      guard record.kind == .observed, record.code == decided || record.code == learned else {
        continue
      }
      subjects += 1
      if violation == nil, !proposed.contains(record.first) {
        let node = schema.topology.names[record.from.index]
        let value = schema.symbols.text(record.first)
        violation = Violation(
          text: "\(node) has \"\(value)\", which nobody has proposed", nodes: [record.from])
      }
    }
    return violation
  }
}
