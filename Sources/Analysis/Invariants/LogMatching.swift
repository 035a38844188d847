import SystemModel

/// Entries of one index and term stand in one and the same log.
struct LogMatching: InvariantMonitor {
  static let description = InvariantDescription(
    "log-matching", .log,
    "If two logs have an entry with the same index and term, they are the same up to it.",
    subject: "an entry that two logs had",
    source: "Ongaro and Ousterhout, \"In Search of an Understandable Consensus Algorithm\", 2014,"
      + " figure 3; §5.3",
    needs: [.observation("appended", value: ObservedLogs.entryFields)]
  ) { LogMatching($0) }

  private(set) var subjects = 0
  /// What stood where an entry was first seen; looked up by index and term only.
  private var seen: [Place: Sight] = [:]
  private var logs: ObservedLogs
  private let names: [String]

  private struct Place: Hashable {
    let index: Int64
    let term: Int64
  }

  /// An entry and the one in front of it. If these are the same wherever an entry of this index and
  /// term stands, then all entries in front are.
  private struct Sight {
    let node: NodeID
    let entry: ObservedLogs.Entry
    let previous: ObservedLogs.Entry?
  }

  private init(_ schema: WorldSchema) {
    logs = ObservedLogs(schema)
    names = schema.topology.names
  }

  mutating func reset() {
    subjects = 0
    seen.removeAll(keepingCapacity: true)
    logs.reset()
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .observed {
      guard case .appended(let index)? = logs.take(record),
        let entry = logs.entry(index, of: record.from)
      else { continue }
      let sight = Sight(
        node: record.from, entry: entry, previous: logs.entry(index - 1, of: record.from))
      let place = Place(index: index, term: entry.term)
      guard let first = seen[place] else {
        seen[place] = sight
        continue
      }
      if first.node != sight.node { subjects += 1 }
      if first.entry != entry || first.previous != sight.previous {
        violation = violation ?? mismatch(sight, first, at: index)
      }
    }
    return violation
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "each of them, of \(Why.Fact.count(seen.count, "different entry", "different entries"))")
    ]
  }

  private func mismatch(_ sight: Sight, _ first: Sight, at index: Int64) -> Violation {
    func log(_ sight: Sight) -> String {
      let previous = sight.previous.map { logs.text($0) } ?? "nothing"
      return "\(logs.text(sight.entry)) behind \(previous)"
    }
    return Violation(
      text: "the log of \(names[sight.node.index]) has at index \(index) \(log(sight)), that of "
        + "\(names[first.node.index]) \(log(first))",
      nodes: [first.node, sight.node])
  }
}
