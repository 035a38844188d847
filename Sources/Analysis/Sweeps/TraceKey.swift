/// What tells the runs of one plan apart: equal for two runs if a judge sees the same of both.
///
/// It stands for the whole trace. Two different traces have the same key only if two 64-bit hashes
/// meet, one of all that was carried out and one of all other words of the records.
public struct TraceKey: Hashable, Sendable, BitwiseCopyable {
  /// The running hash of all that was carried out and all that was lost.
  public let hash: UInt64
  /// The running hash of what the other leaves out, with the number of events and the end.
  public let details: UInt64

  /// A key.
  public init(hash: UInt64, details: UInt64) {
    self.hash = hash
    self.details = details
  }

  /// Both are spread well: one of them will do, with the other to compare.
  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
