import SystemModel

/// What is kept of a run besides its state: the last records about messages, for evidence, and
/// what each node did, for charts.
struct Chronicle: Sendable {
  private(set) var recent = RecentMessages()
  private(set) var bars: ActivityBars

  init(_ schema: WorldSchema) { bars = ActivityBars(schema) }

  mutating func reset() {
    recent.reset()
    bars.reset()
  }

  mutating func note(_ record: TraceRecord) {
    switch record.kind {
    case .sent, .delivered, .handled, .duplicated, .dropped: recent.add(record)
    default: bars.note(record)
    }
  }

  mutating func close(at end: Int64) { bars.close(at: end) }
}

/// The last records about messages, of which the past of a node is read.
struct RecentMessages: Sendable {
  private var ring: ContiguousArray<TraceRecord> = []
  /// Where the oldest record stands once the ring is full.
  private var oldest = 0

  /// How many records are kept.
  static let capacity = 1024
  /// How many messages a past shows.
  static let shown = 12
  /// How many of them are lost ones at the most.
  static let shownLost = 4

  mutating func reset() {
    ring.removeAll(keepingCapacity: true)
    oldest = 0
  }

  mutating func add(_ record: TraceRecord) {
    if ring.count < RecentMessages.capacity {
      ring.append(record)
    } else {
      ring[oldest] = record
      oldest = oldest + 1 == RecentMessages.capacity ? 0 : oldest + 1
    }
  }

  /// The last messages that happened before now at some nodes, in Lamport's sense: one that such a
  /// node has seen, and one that the sender of such a message had seen before it sent. In the order
  /// in which they were seen. Lost messages from and to the nodes themselves are among them.
  ///
  /// With `until` it is the past of that instant, as far as its records are still there.
  func past(
    of nodes: [NodeID], until instant: Int64 = .max, text: (TraceRecord) -> String
  ) -> [MessageEvidence] {
    let asked = NodeSet(nodes)
    var isInvolved = asked
    var lost = 0
    var awaited: [(id: Int64, place: Int)] = []
    var found: [MessageEvidence] = []
    for step in 0..<ring.count {
      let record = ring[(oldest + ring.count - 1 - step) % ring.count]
      guard record.at <= instant else { continue }
      switch record.kind {
      case .delivered, .handled:
        guard isInvolved.contains(record.to), found.count < RecentMessages.shown,
          !found.contains(where: { $0.id == record.id })
        else { continue }
        awaited.append((record.id, found.count))
        found.append(
          MessageEvidence(
            id: record.id, text: text(record), from: record.from, to: record.to, sent: nil,
            seen: record.instant))
      case .dropped:
        guard asked.contains(record.from) || asked.contains(record.to),
          found.count < RecentMessages.shown, lost < RecentMessages.shownLost,
          !found.contains(where: { $0.id == record.id })
        else { continue }
        lost += 1
        awaited.append((record.id, found.count))
        found.append(
          MessageEvidence(
            id: record.id, text: text(record), from: record.from, to: record.to, sent: nil,
            seen: record.instant, isLost: true))
      case .sent:
        // Several wait for it if copies of it were made.
        for (_, place) in awaited.filter({ $0.id == record.id }) {
          found[place].sent = record.instant
          if !found[place].isLost { isInvolved.insert(record.from) }
        }
        awaited.removeAll { $0.id == record.id }
      case .duplicated:
        // The copy stands for its original from here on.
        for entry in awaited.indices where awaited[entry].id == record.id {
          awaited[entry].id = record.first
          let place = awaited[entry].place
          if found[place].id == record.id { found[place].text += ", a copy" }
        }
      default: continue
      }
    }
    return found.reversed()
  }
}
