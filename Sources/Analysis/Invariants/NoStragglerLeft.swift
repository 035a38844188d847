import Expressions
import SystemModel

/// Nobody is left behind.
struct NoStragglerLeft: InvariantMonitor {
  static let description = InvariantDescription(
    "no-straggler-left", .barrier,
    "No node arrives at a generation that is over: that the coordinator has ended or another node "
      + "has left, or that the node is told it has missed. To arrive again, after a crash, is not to "
      + "be late.",
    subject: "a release",
    source: "Mellor-Crummey, Scott, \"Algorithms for Scalable Synchronization\", 1991, §3",
    needs: .any(
      [
        .observation("arrived", value: "generation"), .observation("released", value: "generation"),
      ],
      [
        .observation("arrived", value: "generation"),
        .observation("triggered", value: "generation"),
      ],
      [.observation("left_behind", value: "generation")])
  ) { NoStragglerLeft($0) }

  private(set) var subjects = 0
  /// The highest generation at which each node has arrived, and from which it was released; -1
  /// before its first.
  private var arrivals: ContiguousArray<Int64>
  private var releases: ContiguousArray<Int64>
  /// How many arrivals were the first of a node at a generation, the last of them, and that which
  /// came last before the end of its generation.
  private var firstArrivals = 0
  private var last: (node: NodeID, generation: Int64, at: Int64)?
  private var nearest: (node: NodeID, arrival: Int64, end: Int64, generation: Int64)?
  /// The highest generation that the coordinator has ended.
  private var ended: Int64 = -1
  private let schema: WorldSchema
  private let arrived: UInt8
  private let released: UInt8
  private let triggered: UInt8
  private let leftBehind: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    arrivals = ContiguousArray(repeating: -1, count: schema.nodeCount)
    releases = arrivals
    arrived = schema.description.place(ofObservation: "arrived")
    released = schema.description.place(ofObservation: "released")
    triggered = schema.description.place(ofObservation: "triggered")
    leftBehind = schema.description.place(ofObservation: "left_behind")
  }

  mutating func reset() {
    subjects = 0
    ended = -1
    firstArrivals = 0
    last = nil
    nearest = nil
    for node in arrivals.indices {
      arrivals[node] = -1
      releases[node] = -1
    }
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      let node = record.from.index
      let generation = record.first
      switch record.code {
      case arrived:
        guard generation > arrivals[node] else { continue }
        arrivals[node] = generation
        firstArrivals += 1
        last = (record.from, generation, record.at)
        violation = violation ?? late(record)
      case released:
        subjects += 1
        releases[node] = max(releases[node], generation)
      case triggered: end(record)
      case leftBehind:
        subjects += 1
        violation =
          violation
          ?? Violation(
            text: "\(name(record.from)) is left behind in generation \(generation)",
            nodes: [record.from])
      default: continue
      }
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let facts = [Why.Fact.mattered(Why.Fact.count(firstArrivals, "arrival", "arrivals"))]
    guard let nearest else { return facts }
    return facts + [
      .closest(
        "\(DurationText.format(nearest.end - nearest.arrival)): \(name(nearest.node)) arrived at "
          + "\(DurationText.format(nearest.arrival)), and generation \(nearest.generation) was over at "
          + "\(DurationText.format(nearest.end))")
    ]
  }

  private mutating func end(_ record: TraceRecord) {
    guard record.first > ended else { return }
    ended = record.first
    guard let last, last.generation == record.first else { return }
    if let nearest, nearest.end - nearest.arrival <= record.at - last.at { return }
    nearest = (last.node, last.at, record.at, record.first)
  }

  /// What is wrong with an arrival; nil if nothing is.
  private func late(_ record: TraceRecord) -> Violation? {
    let gone = schema.topology.nodes.filter {
      $0 != record.from && releases[$0.index] >= record.first
    }
    guard !gone.isEmpty || ended >= record.first else { return nil }
    let how =
      gone.isEmpty
      ? "which is over"
      : "which \(gone.map(name).joined(separator: ", ")) left before"
    return Violation(
      text: "\(name(record.from)) arrives at generation \(record.first), \(how)",
      nodes: [record.from] + gone)
  }

  private func name(_ node: NodeID) -> String { schema.topology.names[node.index] }
}
