import SystemModel

/// The last records about messages, of which the past of a node is read.
struct RecentMessages: Sendable {
  private var ring: ContiguousArray<TraceRecord> = []
  /// Where the oldest record stands once the ring is full.
  private var oldest = 0

  /// How many records are kept.
  static let capacity = 4096

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

  /// The messages that happened before now at some nodes, in Lamport's sense: one that such a node
  /// has seen, and one that the sender of such a message had seen before it sent. In the order in
  /// which they were seen. Lost messages from and to the nodes themselves are among them.
  ///
  /// With `until` it is the past of that instant, as far as its records are still there; with
  /// `underway` the messages from and to the nodes that were on their way then stand behind it, in
  /// the order of sending. The last records may be left out, as what came of the last event.
  func past(
    of nodes: [NodeID], until instant: Int64 = .max, underway: Bool = false,
    withoutLast leftOut: Int = 0, text: (TraceRecord) -> String
  ) -> [MessageEvidence] {
    var arrived: Set<Int64> = []
    var waiting: [MessageEvidence] = []
    let asked = NodeSet(nodes)
    var isInvolved = asked
    var found: [MessageEvidence] = []
    var places: [Int64: Int] = [:]
    var awaited: [Int64: [Int]] = [:]
    func take(_ record: TraceRecord, isLost: Bool) {
      guard places[record.id] == nil else { return }
      places[record.id] = found.count
      awaited[record.id, default: []].append(found.count)
      found.append(
        MessageEvidence(
          id: record.id, text: text(record), from: record.from, to: record.to, sent: nil,
          seen: record.instant, isLost: isLost))
    }
    for step in min(leftOut, ring.count)..<ring.count {
      let record = ring[(oldest + ring.count - 1 - step) % ring.count]
      guard record.at <= instant else { continue }
      if underway {
        if record.kind != .sent {
          arrived.insert(record.id)
        } else if !arrived.contains(record.id),
          asked.contains(record.from) || asked.contains(record.to)
        {
          waiting.append(
            MessageEvidence(
              id: record.id, text: text(record), from: record.from, to: record.to,
              sent: record.instant, seen: nil))
        }
      }
      switch record.kind {
      case .delivered, .handled:
        if isInvolved.contains(record.to) { take(record, isLost: false) }
      case .dropped:
        if asked.contains(record.from) || asked.contains(record.to) { take(record, isLost: true) }
      case .sent:
        // Several wait for it if copies of it were made.
        for place in awaited.removeValue(forKey: record.id) ?? [] {
          found[place].sent = record.instant
          if !found[place].isLost { isInvolved.insert(record.from) }
        }
      case .duplicated:
        // The copy stands for its original from here on.
        for place in awaited.removeValue(forKey: record.id) ?? [] {
          awaited[record.first, default: []].append(place)
          if found[place].id == record.id { found[place].isCopy = true }
        }
      default: continue
      }
    }
    return found.reversed() + waiting.reversed()
  }
}
