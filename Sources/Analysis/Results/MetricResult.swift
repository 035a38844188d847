/// What a metric counts in.
public enum MetricUnit: String, Sendable, Hashable, CaseIterable {
  /// A number of things.
  case count
  /// A length of virtual time, in nanoseconds.
  case duration
  /// A fraction of 1.
  case ratio
}

/// The value of a metric.
public enum MetricValue: Sendable, Hashable {
  /// A number of things.
  case count(Int64)
  /// Nanoseconds of virtual time.
  case duration(Int64)
  /// A fraction of 1.
  case ratio(Double)

  /// What it counts in.
  public var unit: MetricUnit {
    switch self {
    case .count: .count
    case .duration: .duration
    case .ratio: .ratio
    }
  }

  /// As a number; a length of time in nanoseconds.
  public var number: Double {
    switch self {
    case .count(let number), .duration(let number): Double(number)
    case .ratio(let share): share
    }
  }
}

/// A metric of a run.
public struct MetricResult: Sendable, Hashable {
  /// The flat dotted name, such as `messages.wire`.
  public var name: String
  /// Its value.
  public var value: MetricValue

  /// A metric and its value.
  public init(name: String, value: MetricValue) {
    self.name = name
    self.value = value
  }
}
