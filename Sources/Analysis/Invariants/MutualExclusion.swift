import Expressions
import SystemModel

/// At most one node is in its critical section.
struct MutualExclusion: InvariantMonitor {
  static let description = InvariantDescription(
    "mutual-exclusion", .mutex,
    "At most one node is in its critical section; one that crashes is not in it any more.",
    subject: "an entry",
    source: "Lamport, \"Time, Clocks, and the Ordering of Events in a Distributed System\", 1978",
    needs: [.observation("entered"), .observation("exited")], topics: .up
  ) { MutualExclusion($0) }

  private struct Turn {
    let node: NodeID
    let at: Int64
  }

  private(set) var subjects = 0
  /// Who is inside, in the order of entry, and since when.
  private var inside: [(node: NodeID, since: Int64)] = []
  /// Who left last, how often another node entered then, and when that was soonest.
  private var lastExit: Turn?
  private var turns = 0
  private var nearest: (exit: Turn, entry: Turn)?
  private let schema: WorldSchema
  private let entered: UInt8
  private let exited: UInt8

  private init(_ schema: WorldSchema) {
    self.schema = schema
    entered = schema.description.place(ofObservation: "entered")
    exited = schema.description.place(ofObservation: "exited")
  }

  mutating func reset() {
    subjects = 0
    inside.removeAll(keepingCapacity: true)
    lastExit = nil
    turns = 0
    nearest = nil
  }

  var standing: Violation? {
    guard inside.count > 1 else { return nil }
    let names = inside.map { schema.topology.names[$0.node.index] }
    if Set(names).count == 1 {
      return Violation(
        text: "\(names[0]) enters its critical section and has not left it before",
        nodes: [inside[0].node])
    }
    return Violation(
      text: names.joined(separator: " and ") + " are in their critical sections at once",
      nodes: inside.map(\.node))
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var isBroken = false
    for record in event {
      if record.kind == .observed, record.code == entered {
        subjects += 1
        note(entry: Turn(node: record.from, at: record.at))
        inside.append((record.from, record.at))
        isBroken = isBroken || inside.count > 1
      } else if record.kind == .crashed || record.kind == .observed && record.code == exited {
        if inside.contains(where: { $0.node == record.from }) {
          lastExit = Turn(node: record.from, at: record.at)
        }
        inside.removeAll { $0.node == record.from }
      }
    }
    return isBroken || inside.count > 1 ? standing : nil
  }

  private mutating func note(entry: Turn) {
    guard let lastExit, lastExit.node != entry.node else { return }
    turns += 1
    if let nearest, nearest.entry.at - nearest.exit.at <= entry.at - lastExit.at { return }
    nearest = (lastExit, entry)
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    var facts = [
      Why.Fact.mattered("\(Why.Fact.count(turns, "entry", "entries")) after another node's exit")
    ]
    if let nearest {
      let names = [nearest.exit.node, nearest.entry.node].map { schema.topology.names[$0.index] }
      let gap = DurationText.format(nearest.entry.at - nearest.exit.at)
      facts.append(
        .closest(
          "\(gap): \(names[0]) left at \(DurationText.format(nearest.exit.at)), \(names[1]) entered at "
            + "\(DurationText.format(nearest.entry.at))"))
    }
    return facts
  }

  func aftermath(of instant: Int64, _ world: borrowing World) -> [Evidence.Reading] {
    guard let overlaps = world.mutex?.overlaps else { return [] }
    return overlaps.filter { $0.start <= instant && ($0.end < 0 || instant <= $0.end) }
      .map { overlap in
        let names = [overlap.first, overlap.second].map { schema.topology.names[$0.index] }
        let start = DurationText.format(overlap.start)
        let end = overlap.end < 0 ? "…" : DurationText.format(overlap.end)
        return Evidence.Reading(
          name: "\(names[0]) and \(names[1]) inside",
          value: overlap.end == overlap.start
            ? "at \(start), between two events of this instant" : "[\(start), \(end))")
      }
  }
}
