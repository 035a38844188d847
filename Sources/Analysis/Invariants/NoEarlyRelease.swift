import Expressions
import SystemModel

/// Nobody is released from a generation before every party has arrived at it.
struct NoEarlyRelease: InvariantMonitor {
  static let description = InvariantDescription(
    "no-early-release", .barrier,
    "Nobody is released from a generation before every party has arrived at it. A party is every "
      + "node but the coordinator, whether or not it is up, has registered or works; a barrier with a "
      + "timeout gives this up.",
    subject: "a release",
    source: "Mellor-Crummey, Scott, \"Algorithms for Scalable Synchronization\", 1991, §3",
    needs: .any(
      [
        .observation("arrived", value: "generation"), .observation("released", value: "generation"),
      ],
      [
        .observation("arrived", value: "generation"),
        .observation("triggered", value: "generation"),
      ]
    )
  ) { NoEarlyRelease($0) }

  private(set) var subjects = 0
  /// The highest generation at which each node has arrived; -1 before its first.
  private var arrivals: ContiguousArray<Int64>
  /// When somebody arrived last, and the release that came soonest after the last arrival.
  private var lastArrival: Int64 = -1
  private var nearest: (arrival: Int64, release: Int64, generation: Int64)?
  private let schema: WorldSchema
  private let arrived: UInt8
  private let released: UInt8
  private let triggered: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    arrivals = ContiguousArray(repeating: -1, count: schema.nodeCount)
    arrived = schema.description.place(ofObservation: "arrived")
    released = schema.description.place(ofObservation: "released")
    triggered = schema.description.place(ofObservation: "triggered")
  }

  mutating func reset() {
    subjects = 0
    lastArrival = -1
    nearest = nil
    for node in arrivals.indices { arrivals[node] = -1 }
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      let node = record.from.index
      if record.code == arrived {
        arrivals[node] = max(arrivals[node], record.first)
        lastArrival = record.at
      }
      guard record.code == released || record.code == triggered else { continue }
      subjects += 1
      if violation == nil { violation = early(record) }
      note(release: record)
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    guard let nearest else { return [] }
    return [
      .closest(
        "\(DurationText.format(nearest.release - nearest.arrival)): the last arrival at generation "
          + "\(nearest.generation) was at \(DurationText.format(nearest.arrival)), the first release at "
          + "\(DurationText.format(nearest.release))")
    ]
  }

  private mutating func note(release: TraceRecord) {
    guard lastArrival >= 0 else { return }
    if let nearest, nearest.release - nearest.arrival <= release.at - lastArrival { return }
    nearest = (lastArrival, release.at, release.first)
  }

  private func early(_ record: TraceRecord) -> Violation? {
    let missing = schema.parties.filter { arrivals[$0.index] < record.first }
    guard !missing.isEmpty else { return nil }
    let names = missing.map { schema.topology.names[$0.index] }.joined(separator: ", ")
    let who =
      record.code == triggered
      ? "the barrier opens" : "\(schema.topology.names[record.from.index]) is released"
    return Violation(
      text: "\(who) in generation \(record.first), at which \(names) "
        + "has not arrived",
      nodes: [record.from] + missing)
  }
}
