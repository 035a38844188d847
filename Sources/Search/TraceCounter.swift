import Analysis

/// Counts the different traces of the runs of a cell, up to a limit.
struct TraceCounter: Sendable {
  /// How many are counted; what is kept for that does not grow further.
  private static let limit = 10_000

  private var met: Set<TraceKey> = []
  private var hasMore = false

  mutating func add(_ trace: TraceKey) {
    if hasMore || met.contains(trace) { return }
    if met.count == Self.limit {
      hasMore = true
    } else {
      met.insert(trace)
    }
  }

  var count: TraceCount { TraceCount(count: met.count, hasMore: hasMore) }
}
