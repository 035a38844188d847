import SystemModel

/// Nodes enter in the order of the timestamps of their requests.
struct FifoByTimestamp: InvariantMonitor {
  static let description = InvariantDescription(
    "fifo-by-timestamp", .mutex,
    "Nodes enter in the order of the timestamps of their requests, equal ones in the order of the "
      + "nodes.",
    subject: "an entry",
    source: "Lamport, \"Time, Clocks, and the Ordering of Events in a Distributed System\", 1978",
    needs: [.observation("entered", value: "timestamp")]
  ) { FifoByTimestamp($0) }

  private(set) var subjects = 0
  /// The least by which the timestamp of an entry was above that of the one before.
  private var leastStep = Int64.max
  /// The last entry, and the timestamp of the request that it was on.
  private var last: (timestamp: Int64, node: NodeID)?
  private let schema: WorldSchema
  private let entered: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    entered = schema.description.place(ofObservation: "entered")
  }

  mutating func reset() {
    subjects = 0
    leastStep = .max
    last = nil
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed && record.code == entered {
      subjects += 1
      let mine = (timestamp: record.first, node: record.from)
      if let last, (mine.timestamp, mine.node) <= (last.timestamp, last.node), violation == nil {
        violation = Violation(
          text: "\(text(mine)) enters after \(text(last)), whose request is later",
          nodes: [last.node, record.from])
      }
      if let last {
        let (step, overflow) = mine.timestamp.subtractingReportingOverflow(last.timestamp)
        if !overflow { leastStep = min(leastStep, step) }
      }
      last = mine
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let compared = Why.Fact.count(max(subjects - 1, 0), "entry", "entries")
    let facts = [Why.Fact.mattered("\(compared) compared with the one before")]
    guard leastStep < .max else { return facts }
    return facts + [.closest("the timestamps of two entries in a row were \(leastStep) apart")]
  }

  private func text(_ entry: (timestamp: Int64, node: NodeID)) -> String {
    "\(schema.topology.names[entry.node.index]) with timestamp \(entry.timestamp)"
  }
}
