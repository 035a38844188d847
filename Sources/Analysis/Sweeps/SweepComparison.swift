/// How far figures may move before a sweep counts as different from its baseline.
public struct SweepTolerance: Sendable, Hashable {
  /// The part of the former value by which a figure may move, from 0.
  public var share: Double
  /// Parts of single metrics.
  public var exceptions: [Exception]

  /// The part of a single metric.
  public struct Exception: Sendable, Hashable {
    /// The name of the metric, or ``SweepBaseline/passRate``.
    public let subject: String
    /// The part of the former value by which its figures may move, from 0.
    public let share: Double

    /// An exception.
    public init(_ subject: String, _ share: Double) {
      self.subject = subject
      self.share = share
    }
  }

  /// A tolerance.
  public init(_ share: Double, exceptions: [Exception] = []) {
    self.share = share
    self.exceptions = exceptions
  }

  /// How far the figures of a subject may move.
  public func share(of subject: String) -> Double {
    exceptions.last { $0.subject == subject }?.share ?? share
  }
}

/// A sweep beside an earlier one.
///
/// A figure that moved beyond the tolerance is better or worse if its metric has a direction, and
/// changed if it has none. Both what is worse and what is changed is a regression, and so is a
/// figure that is no longer there; what is new is none.
public struct SweepComparison: Sendable, Hashable {
  /// What became of a figure.
  public enum Finding: String, Sendable, Hashable, CaseIterable {
    /// Within the tolerance.
    case same
    /// Moved for the better.
    case better
    /// Moved for the worse.
    case worse
    /// Moved, and neither direction is better.
    case changed
    /// The sweep has no such cell or metric.
    case missing

    /// Whether the sweep fails because of it.
    public var isRegression: Bool { self != .same && self != .better }
  }

  /// A figure of the baseline and what it is now.
  public struct Row: Sendable, Hashable {
    /// The cell of the matrix; empty without one.
    public let cell: String
    /// The metric, or ``SweepBaseline/passRate``.
    public let subject: String
    /// Which figure.
    public let statistic: SweepBaseline.Statistic
    /// What it was.
    public let before: MetricValue
    /// What it is; nil if it is missing.
    public let now: MetricValue?
    /// How much that is.
    public let finding: Finding
  }

  /// All figures of the baseline: its cells in their order, and in a cell what the sweep has in the
  /// order of the sweep, then what it lacks.
  public let rows: [Row]
  /// The baseline.
  public let baseline: SweepBaseline
  /// How far figures may move.
  public let tolerance: SweepTolerance

  /// Compares a sweep, whose cells have labels, with an earlier one.
  public init(
    _ baseline: SweepBaseline, _ cells: [SweepCell], labels: [String], _ tolerance: SweepTolerance
  ) {
    precondition(cells.count == labels.count, "\(labels.count) labels of \(cells.count) cells")
    self.baseline = baseline
    self.tolerance = tolerance
    rows = baseline.cells.flatMap { before in
      let now = labels.firstIndex(of: before.label).map { cells[$0] }
      return Self.rows(before, now, tolerance)
    }
  }

  /// Whether a figure is worse, changed without a direction, or gone, or there was nothing to compare.
  public var isRegression: Bool { rows.isEmpty || rows.contains { $0.finding.isRegression } }

  /// How many figures came to a finding.
  public func count(_ finding: Finding) -> Int { rows.count { $0.finding == finding } }

  private static func rows(
    _ before: SweepBaseline.Cell, _ now: SweepCell?, _ tolerance: SweepTolerance
  ) -> [Row] {
    let figures = now?.figures ?? []
    func place(of figure: SweepBaseline.Figure) -> Int? {
      figures.firstIndex { $0.subject == figure.subject && $0.statistic == figure.statistic }
    }
    let places = before.figures.enumerated().map { order, figure in
      (place(of: figure) ?? .max, order)
    }
    return places.sorted { $0 < $1 }.compactMap { place, order in
      let figure = before.figures[order]
      let found = place == .max ? nil : figures[place]
      // The share says that a metric is gone, or that no run gives it a value.
      if found == nil, figure.statistic != .share { return nil }
      let finding = finding(
        figure, found, tolerance.share(of: figure.subject), direction(figure, now))
      return Row(
        cell: before.label, subject: figure.subject, statistic: figure.statistic,
        before: figure.value, now: found?.value, finding: finding)
    }
  }

  /// A greater share of runs that pass, or in which a metric has a value, is always better.
  private static func direction(
    _ figure: SweepBaseline.Figure, _ now: SweepCell?
  ) -> MetricDirection {
    if figure.statistic == .share { return .more }
    return now?.metrics.first { $0.name == figure.subject }?.better ?? .neither
  }

  private static func finding(
    _ before: SweepBaseline.Figure, _ now: SweepBaseline.Figure?, _ share: Double,
    _ direction: MetricDirection
  ) -> Finding {
    guard let now else { return .missing }
    let (old, new) = (before.value.number, now.value.number)
    if abs(new - old) <= share * abs(old) { return .same }
    switch direction {
    case .less: return new < old ? .better : .worse
    case .more: return new > old ? .better : .worse
    case .neither: return .changed
    }
  }
}
