/// The messages in flight that go by no order, though their link keeps one: those that were
/// reordered, and those whose time was said beforehand. Who takes messages out of flight asks for
/// them; all else knows at sending whether a message is one.
@usableFromInline struct Detours: Sendable {
  /// Their numbers, ascending; also some that have arrived meanwhile.
  private var ids: ContiguousArray<Int64> = []
  /// How many numbers there may be before those that have arrived are looked for.
  private var limit = Self.least

  private static let least = 1024

  @usableFromInline init() {}

  /// Forgets all, for another run.
  @usableFromInline mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    limit = Self.least
  }

  /// Notes a message; most have higher numbers than all before.
  @usableFromInline mutating func note(_ id: Int64) {
    let place = ids.last.map { $0 < id } ?? true ? ids.count : self.place(id)
    if place == ids.count || ids[place] != id { ids.insert(id, at: place) }
  }

  /// Whether it is time to forget those that have arrived.
  @usableFromInline var isFull: Bool { ids.count >= limit }

  /// Forgets all but those that are still under way, so that there are never many more than that.
  @usableFromInline mutating func keep(_ underWay: Set<Int64>) {
    ids.removeAll { !underWay.contains($0) }
    limit = max(Self.least, 2 * ids.count)
  }

  /// Whether a message is one of them.
  @usableFromInline func contains(_ id: Int64) -> Bool {
    let place = self.place(id)
    return place < ids.count && ids[place] == id
  }

  /// The place of the first number that is not below another.
  private func place(_ id: Int64) -> Int {
    var (low, high) = (0, ids.count)
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
