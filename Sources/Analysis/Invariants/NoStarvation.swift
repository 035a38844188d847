import Expressions
import SystemModel

/// Every request is followed by an entry, unless its node crashes.
struct NoStarvation: InvariantMonitor {
  static let description = InvariantDescription(
    "no-starvation", .mutex,
    "Every request is followed by an entry, unless its node crashes; judged when the run is over.",
    subject: "a request",
    source: "Lamport, \"Time, Clocks, and the Ordering of Events in a Distributed System\", 1978",
    needs: [.observation("requested"), .observation("entered")], topics: .up, awaits: true
  ) { NoStarvation($0) }

  private(set) var subjects = 0
  private var waiting: [(node: NodeID, since: Int64)] = []
  /// How many requests an entry has followed, and the longest wait among them.
  private var entries = 0
  private var longest: (node: NodeID, wait: Int64, at: Int64)?
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
    entries = 0
    longest = nil
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    for record in event {
      if record.kind == .observed, record.code == requested {
        subjects += 1
        waiting.append((record.from, record.at))
      } else if record.kind == .crashed || record.kind == .observed && record.code == entered {
        if record.kind == .observed { answer(record) }
        waiting.removeAll { $0.node == record.from }
      }
    }
    return nil
  }

  private mutating func answer(_ entry: TraceRecord) {
    guard let request = waiting.first(where: { $0.node == entry.from }) else { return }
    entries += 1
    let wait = entry.at - request.since
    if wait > longest?.wait ?? -1 { longest = (entry.from, wait, entry.at) }
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let facts = [
      Why.Fact.mattered("\(Why.Fact.count(entries, "request", "requests")) followed by an entry")
    ]
    guard let longest else { return facts }
    let start = longest.at - longest.wait
    return facts + [
      .closest(
        "\(DurationText.format(longest.wait)): \(schema.topology.names[longest.node.index]) waited longest, "
          + "from \(DurationText.format(start)) to \(DurationText.format(longest.at))")
    ]
  }

  func conclude(_ end: RunEnd, _ world: borrowing World) -> InvariantEnd {
    guard !waiting.isEmpty else { return .holds }
    let names = waiting.map { schema.topology.names[$0.node.index] }.joined(separator: ", ")
    let verb = waiting.count == 1 ? "waits" : "wait"
    guard end == .quiescence else { return .open("\(names) still \(verb) to enter") }
    return .broken(
      Violation(text: "\(names) \(verb) and will never enter", nodes: waiting.map(\.node)))
  }
}
