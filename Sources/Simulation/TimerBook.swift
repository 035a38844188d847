public import SystemModel

/// How often each timer was set, and the timers of a plan whose length is said beforehand.
@usableFromInline struct TimerBook: Sendable {
  private struct Row: Sendable {
    /// The numbers of the entries, ascending, each with its place in the plan.
    var entries: [(nth: Int, place: Int)] = []
    /// The first of the entries that has not occurred.
    var next = 0
    /// How often the timer was set.
    var set = 0
    /// The note on the timer that runs, by its place; −1: none.
    var running = -1
  }

  @usableFromInline let all: [ExplicitTimer]
  private let timerCount: Int
  /// One for each timer of each node, if there is anything to heed.
  private var rows: [Row] = []
  private let nodeCount: Int

  @usableFromInline init(_ timers: [ExplicitTimer], nodeCount: Int, timerCount: Int) {
    all = timers
    self.nodeCount = nodeCount
    self.timerCount = timerCount
    guard !timers.isEmpty else { return }
    makeRows()
    for (place, timer) in timers.enumerated() {
      rows[row(Int(timer.timer), timer.node)].entries.append((timer.nth, place))
    }
    for row in rows.indices { rows[row].entries.sort { $0.nth < $1.nth } }
  }

  /// Goes back to the start of a run.
  @usableFromInline mutating func reset() {
    for row in rows.indices {
      (rows[row].next, rows[row].set, rows[row].running) = (0, 0, -1)
    }
  }

  /// Counts a timer that is set; which time it is, and the place of its entry, if it has one.
  @usableFromInline mutating func set(
    _ timer: Int, of node: NodeID
  ) -> (nth: Int, entry: Int?) {
    if rows.isEmpty { makeRows() }
    let row = row(timer, node)
    rows[row].set += 1
    let nth = rows[row].set
    let next = rows[row].next
    guard next < rows[row].entries.count, rows[row].entries[next].nth == nth else {
      return (nth, nil)
    }
    rows[row].next += 1
    return (nth, rows[row].entries[next].place)
  }

  /// Exchanges the note on the timer that runs; −1: none.
  @usableFromInline mutating func exchangeNote(
    _ timer: Int, of node: NodeID, with note: Int
  ) -> Int {
    if rows.isEmpty { makeRows() }
    let row = row(timer, node)
    defer { rows[row].running = note }
    return rows[row].running
  }

  /// The places of the entries that have not occurred, in order.
  @usableFromInline var left: [Int] {
    guard !all.isEmpty else { return [] }
    return rows.flatMap { $0.entries[$0.next...].map(\.place) }.sorted()
  }

  private mutating func makeRows() {
    rows = Array(repeating: Row(), count: nodeCount * timerCount)
  }

  private func row(_ timer: Int, _ node: NodeID) -> Int { node.index * timerCount + timer }
}
