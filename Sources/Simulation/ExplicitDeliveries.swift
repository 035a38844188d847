public import SystemModel

/// The messages of a plan whose fate is said beforehand: which are still to come, and which are
/// or were under way.
@usableFromInline struct ExplicitDeliveries: Sendable {
  /// The entries for one kind of message on one link.
  private struct Row: Sendable {
    /// Their numbers, ascending, each with its place in the plan.
    var entries: [(nth: Int, place: Int)] = []
    /// How many of these messages have been sent.
    var seen = 0
    /// The first of the entries that has not occurred.
    var next = 0
  }

  @usableFromInline let all: [ExplicitDelivery]
  private var rows: [Row] = []
  private var rowOf: [UInt64: Int] = [:]
  private var awaited = 0

  @usableFromInline init(_ deliveries: [ExplicitDelivery]) {
    all = deliveries
    for (place, delivery) in deliveries.enumerated() {
      let key = Self.key(delivery.kind, delivery.from, delivery.to)
      let row = rowOf[key] ?? rows.count
      if row == rows.count {
        rowOf[key] = row
        rows.append(Row())
      }
      rows[row].entries.append((delivery.nth, place))
    }
    for row in rows.indices { rows[row].entries.sort { $0.nth < $1.nth } }
    reset()
  }

  /// Goes back to the start of a run.
  @usableFromInline mutating func reset() {
    guard !all.isEmpty else { return }
    for row in rows.indices { (rows[row].seen, rows[row].next) = (0, 0) }
    awaited = all.count
  }

  /// Whether some have not occurred.
  @usableFromInline var isAwaited: Bool { awaited > 0 }

  /// Counts a message that is sent; the place of its entry, if it has one.
  @usableFromInline mutating func take(kind: UInt8, from: NodeID, to: NodeID) -> Int? {
    guard let row = rowOf[Self.key(kind, from, to)] else { return nil }
    rows[row].seen += 1
    let next = rows[row].next
    guard next < rows[row].entries.count, rows[row].entries[next].nth == rows[row].seen else {
      return nil
    }
    rows[row].next += 1
    awaited -= 1
    return rows[row].entries[next].place
  }

  /// The places of those that have not occurred, in order.
  @usableFromInline var left: [Int] {
    guard isAwaited else { return [] }
    return rows.flatMap { $0.entries[$0.next...].map(\.place) }.sorted()
  }

  private static func key(_ kind: UInt8, _ from: NodeID, _ to: NodeID) -> UInt64 {
    UInt64(kind) << 32 | UInt64(LinkPolicies.key(from, to))
  }
}
