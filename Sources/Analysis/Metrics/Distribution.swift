/// Lengths of time in nanoseconds, of which the mean and percentiles are wanted.
struct Distribution: Sendable {
  private(set) var samples: ContiguousArray<Int64> = []
  private var sum = TimeSum()
  /// The largest sample; nil without samples.
  private(set) var maximum: Int64?

  init() {}

  var count: Int64 { Int64(samples.count) }

  mutating func reset() {
    samples.removeAll(keepingCapacity: true)
    sum = TimeSum()
    maximum = nil
  }

  mutating func add(_ sample: Int64) {
    samples.append(sample)
    sum.add(sample)
    maximum = max(sample, maximum ?? sample)
  }

  /// The mean, rounded down; nil without samples.
  var mean: Int64? { samples.isEmpty ? nil : sum.mean(of: count) }

  /// The nearest-rank percentile: the least sample with at least `percent` % of all samples at or
  /// below it; nil without samples.
  func percentile(_ percent: Int) -> Int64? {
    guard !samples.isEmpty else { return nil }
    let rank = (samples.count * percent + 99) / 100
    return samples.sorted()[max(rank, 1) - 1]
  }
}
