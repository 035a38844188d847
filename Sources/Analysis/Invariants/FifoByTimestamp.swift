import SystemModel

/// Nodes enter in the order of the timestamps of their requests.
struct FifoByTimestamp: InvariantMonitor {
  static let description = InvariantDescription(
    "fifo-by-timestamp", .mutex,
    "Nodes enter in the order of the timestamps of their requests, equal ones in the order of the "
      + "nodes.",
    subject: "an entry",
    source: "Lamport, \"Time, Clocks, and the Ordering of Events in a Distributed System\", 1978",
    topics: .observed
  ) { FifoByTimestamp($0) }

  private(set) var subjects = 0
  /// The timestamp of each node's last request.
  private var requests: ContiguousArray<Int64>
  private var last: (timestamp: Int64, node: NodeID)?
  private let schema: WorldSchema
  private let requested: UInt8
  private let entered: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    requests = ContiguousArray(repeating: 0, count: schema.nodeCount)
    requested = schema.description.place(ofObservation: "requested")
    entered = schema.description.place(ofObservation: "entered")
  }

  mutating func reset() {
    subjects = 0
    last = nil
    for node in requests.indices { requests[node] = 0 }
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      let node = record.from
      if record.code == requested { requests[node.index] = record.first }
      guard record.code == entered else { continue }
      subjects += 1
      let mine = (timestamp: requests[node.index], node: node)
      if let last, (mine.timestamp, mine.node) <= (last.timestamp, last.node), violation == nil {
        violation = Violation(
          text: "\(text(mine)) enters after \(text(last)), whose request is later",
          nodes: [last.node, node])
      }
      last = mine
    }
    return violation
  }

  private func text(_ entry: (timestamp: Int64, node: NodeID)) -> String {
    "\(schema.topology.names[entry.node.index]) with timestamp \(entry.timestamp)"
  }
}
