import SystemModel

/// How many messages there were, by kind and by link.
struct MessageCounts: Sendable {
  var logical: Int64 = 0
  var wire: Int64 = 0
  var dropped: Int64 = 0
  var held: Int64 = 0
  var delayed: Int64 = 0
  var duplicated: Int64 = 0
  var delivered: Int64 = 0
  /// For each kind of message: logical, wire.
  var kinds: ContiguousArray<Int64>
  /// For each ordered pair of nodes: wire, dropped; empty beyond ``linkLimit`` nodes.
  var links: ContiguousArray<Int64>
  private let nodeCount: Int

  /// How many nodes there may be for messages to be counted link by link.
  static let linkLimit = 64

  init(_ schema: WorldSchema) {
    nodeCount = schema.nodeCount
    kinds = ContiguousArray(repeating: 0, count: 2 * schema.description.messages.count)
    let isCounted = nodeCount <= MessageCounts.linkLimit
    links = ContiguousArray(repeating: 0, count: isCounted ? 2 * nodeCount * nodeCount : 0)
  }

  mutating func reset() {
    logical = 0
    wire = 0
    dropped = 0
    held = 0
    delayed = 0
    duplicated = 0
    delivered = 0
    for place in kinds.indices { kinds[place] = 0 }
    for place in links.indices { links[place] = 0 }
  }

  /// Where the counts of a link stand.
  func place(_ from: NodeID, _ to: NodeID) -> Int { 2 * (from.index * nodeCount + to.index) }

  mutating func countSent(_ record: TraceRecord) {
    wire += 1
    let kind = 2 * Int(record.code)
    kinds[kind + 1] += 1
    if record.isLogical {
      logical += 1
      kinds[kind] += 1
    }
    if !links.isEmpty { links[place(record.from, record.to)] += 1 }
  }

  mutating func countDropped(_ record: TraceRecord) {
    dropped += 1
    if !links.isEmpty { links[place(record.from, record.to) + 1] += 1 }
  }
}
