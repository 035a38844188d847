import SystemModel

/// How a metric is distributed over many runs.
public struct MetricDistribution: Sendable, Hashable {
  /// A value and the first seed with it.
  public struct Extreme: Sendable, Hashable {
    /// The value.
    public let value: MetricValue
    /// The first seed with this value.
    public let seed: UInt64
  }

  /// Percentiles by nearest rank: the least value that at least so many of the samples reach.
  public struct Percentiles: Sendable, Hashable {
    /// The median.
    public let p50: MetricValue
    /// What nine of ten samples do not exceed.
    public let p90: MetricValue
    /// What 99 of 100 samples do not exceed.
    public let p99: MetricValue
  }

  /// The flat dotted name.
  public let name: String
  /// What it counts in.
  public let unit: MetricUnit
  /// In which direction it gets better.
  public let better: MetricDirection
  /// In how many runs it has a value.
  public let count: Int
  /// In how many runs it has none, such as the time of a decision that was never taken.
  public let missing: Int
  /// The mean of the values, of durations rounded down to nanoseconds; nil without values.
  public let mean: MetricValue?
  /// The percentiles; nil without values.
  public let percentiles: Percentiles?
  /// The least value; nil without values.
  public let least: Extreme?
  /// The greatest value; nil without values.
  public let greatest: Extreme?
  /// How exact percentiles and mean are, in the unit of the metric: 1 unless there are more than
  /// a million different values; then they are rounded down to multiples of this.
  public let step: Int64
}

/// Gathers the values of a metric over many runs, in any number.
public struct MetricGathering: Sendable {
  private let name: String
  private let unit: MetricUnit
  private let better: MetricDirection
  private var table = SampleTable()
  private var missing = 0
  private var least: (key: Int64, seed: UInt64)?
  private var greatest: (key: Int64, seed: UInt64)?

  /// Nothing has been gathered yet.
  public init(_ metric: Metric) {
    name = metric.name
    unit = metric.unit
    better = metric.better
  }

  /// Takes in the value of some runs, the first of which has a seed; nil if they have none. First
  /// seeds come in ascending order.
  public mutating func add(_ key: SampleKey?, seed: UInt64, count: Int = 1) {
    guard let key = key?.bits else {
      missing += count
      return
    }
    table.add(key, count: count)
    if key < least?.key ?? .max || least == nil { least = (key, seed) }
    if key > greatest?.key ?? .min || greatest == nil { greatest = (key, seed) }
  }

  /// What has been gathered.
  public var distribution: MetricDistribution {
    var table = table
    return MetricDistribution(
      name: name, unit: unit, better: better, count: table.count, missing: missing,
      mean: mean(&table), percentiles: percentiles(&table), least: extreme(least),
      greatest: extreme(greatest), step: table.step)
  }

  private func percentiles(_ table: inout SampleTable) -> MetricDistribution.Percentiles? {
    guard let p50 = table.percentile(50), let p90 = table.percentile(90),
      let p99 = table.percentile(99)
    else { return nil }
    return .init(p50: value(p50), p90: value(p90), p99: value(p99))
  }

  private func mean(_ table: inout SampleTable) -> MetricValue? {
    guard let least, table.count > 0 else { return nil }
    let count = Double(table.count)
    guard unit != .ratio else {
      return .ratio(table.sum { SampleKey(bits: $0).ratio } / count)
    }
    // Sums of differences from the least value stay exact where sums of values would not.
    let excess = table.sum { Self.difference($0, least.key) } / count
    guard unit == .duration else { return .ratio(Double(least.key) + excess) }
    guard excess < 0x1p62 else {
      let mean = Double(least.key) + excess
      return .duration(mean < 0x1p63 ? Int64(mean) : .max)
    }
    return .duration(Duration(nanoseconds: least.key).adding(Int64(excess)).nanoseconds)
  }

  /// How much more one key is than another, which may be more than a key can say.
  private static func difference(_ key: Int64, _ other: Int64) -> Double {
    key >= other
      ? Double(UInt64(bitPattern: key &- other)) : -Double(UInt64(bitPattern: other &- key))
  }

  private func extreme(_ found: (key: Int64, seed: UInt64)?) -> MetricDistribution.Extreme? {
    found.map { .init(value: value($0.key), seed: $0.seed) }
  }

  private func value(_ key: Int64) -> MetricValue { SampleKey(bits: key).value(in: unit) }
}

/// The value of a metric as a whole number with the same order.
public struct SampleKey: Sendable, Hashable {
  let bits: Int64

  init(bits: Int64) { self.bits = bits }

  /// The key of a value.
  public init(_ value: MetricValue) {
    switch value {
    case .count(let number), .duration(let number): bits = number
    case .ratio(let share): bits = Self.turned(Int64(bitPattern: share.bitPattern))
    }
  }

  var ratio: Double { Double(bitPattern: UInt64(bitPattern: Self.turned(bits))) }

  func value(in unit: MetricUnit) -> MetricValue {
    switch unit {
    case .count: .count(bits)
    case .duration: .duration(bits)
    case .ratio: .ratio(ratio)
    }
  }

  /// Fractions below 0 in the order of whole numbers; its own inverse.
  private static func turned(_ bits: Int64) -> Int64 { bits >= 0 ? bits : bits ^ .max }
}
