/// What an earlier sweep came to, as far as a later one is compared with it.
public struct SweepBaseline: Sendable, Hashable {
  /// A number that stands for many runs.
  public struct Figure: Sendable, Hashable {
    /// What it is a figure of: the name of a metric, or ``SweepBaseline/passRate``.
    public let subject: String
    /// Which figure.
    public let statistic: Statistic
    /// The number.
    public let value: MetricValue

    /// A figure.
    public init(_ subject: String, _ statistic: Statistic, _ value: MetricValue) {
      self.subject = subject
      self.statistic = statistic
      self.value = value
    }
  }

  /// What a figure says of many runs.
  public enum Statistic: String, Sendable, Hashable, CaseIterable {
    /// In which part of the runs: that passed, or in which the metric has a value.
    case share
    /// The mean of the values.
    case mean
    /// The median.
    case p50
    /// What nine of ten values do not exceed.
    case p90
    /// What 99 of 100 values do not exceed.
    case p99
  }

  /// A cell of the matrix.
  public struct Cell: Sendable, Hashable {
    /// What tells it from others, such as `mode=drop`; empty without a matrix.
    public let label: String
    /// Its figures, those of a subject one behind another.
    public let figures: [Figure]

    /// The figures of a cell.
    public init(label: String, figures: [Figure]) {
      self.label = label
      self.figures = figures
    }
  }

  /// The subject of the share of runs that passed.
  public static let passRate = "pass rate"

  /// The name of the scenario.
  public let name: String
  /// The first and the last seed that ran; nil if none did.
  public let seeds: ClosedRange<UInt64>?
  /// The version of the engine's semantics.
  public let semantics: Int
  /// The cells of the matrix; one without a matrix.
  public let cells: [Cell]

  /// Describes an earlier sweep.
  public init(name: String, seeds: ClosedRange<UInt64>?, semantics: Int, cells: [Cell]) {
    self.name = name
    self.seeds = seeds
    self.semantics = semantics
    self.cells = cells
  }
}

extension SweepCell {
  /// What is compared with a baseline.
  var figures: [SweepBaseline.Figure] {
    let share = passRate.share.map {
      SweepBaseline.Figure(SweepBaseline.passRate, .share, .ratio($0))
    }
    return (share.map { [$0] } ?? []) + metrics.flatMap(\.figures)
  }
}

extension MetricDistribution {
  fileprivate var figures: [SweepBaseline.Figure] {
    guard let share = Proportion(count, of: count + missing).share else { return [] }
    var figures = [SweepBaseline.Figure(name, .share, .ratio(share))]
    if let mean { figures.append(.init(name, .mean, mean)) }
    if let percentiles {
      figures += [
        .init(name, .p50, percentiles.p50), .init(name, .p90, percentiles.p90),
        .init(name, .p99, percentiles.p99),
      ]
    }
    return figures
  }
}
