/// A sum of lengths of time that no number of them makes overflow, as one of 64 bits would: some 293
/// of the longest are more than that holds.
struct TimeSum: Sendable, BitwiseCopyable {
  /// The nanoseconds, in 128 bits.
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// Adds a length of time in nanoseconds, from 0 on.
  mutating func add(_ length: Int64) {
    precondition(length >= 0, "a length of time of \(length) ns")
    let (sum, overflow) = low.addingReportingOverflow(UInt64(length))
    low = sum
    if overflow { high += 1 }
  }

  /// The sum in nanoseconds; at most the longest that a length of time can say, 292 years.
  var nanoseconds: Int64 { high == 0 ? Int64(clamping: low) : .max }

  /// The mean of the lengths, of which there are so many, rounded down.
  func mean(of count: Int64) -> Int64 {
    Int64(UInt64(count).dividingFullWidth((high, low)).quotient)
  }

  /// Which part this is of this and another sum; nil if both are 0.
  func share(beside other: TimeSum) -> Double? {
    var all = self
    all.high += other.high
    let (sum, overflow) = low.addingReportingOverflow(other.low)
    all.low = sum
    if overflow { all.high += 1 }
    return all.value > 0 ? value / all.value : nil
  }

  /// The nearest double, or one beside it.
  private var value: Double { Double(high) * 0x1p64 + Double(low) }
}
