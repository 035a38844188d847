/// How far figures may move before a sweep counts as different from its baseline.
public struct SweepTolerance: Sendable, Hashable {
  /// By how much a figure may move.
  public enum Reach: Sendable, Hashable {
    /// By a part of the former value, from 0.
    case share(Double)
    /// By an amount, from 0; of lengths of time in nanoseconds.
    case amount(Double)

    /// The part, if it is one.
    public var share: Double? { if case .share(let share) = self { share } else { nil } }
    /// The amount, if it is one.
    public var amount: Double? { if case .amount(let amount) = self { amount } else { nil } }

    fileprivate func admits(_ before: Double, _ now: Double) -> Bool {
      switch self {
      case .share(let share): abs(now - before) <= share * abs(before)
      case .amount(let amount): abs(now - before) <= amount
      }
    }
  }

  /// The part of the former value by which a figure may move, from 0.
  public var share: Double
  /// How far those of single metrics may.
  public var exceptions: [Exception]
  /// The metrics that were chosen to be measured.
  public var chosen: [String]

  /// How far the figures of a single metric may move.
  public struct Exception: Sendable, Hashable {
    /// The name of the metric, or ``SweepBaseline/passRate``.
    public let subject: String
    /// By how much.
    public let reach: Reach

    /// An exception.
    public init(_ subject: String, _ reach: Reach) {
      self.subject = subject
      self.reach = reach
    }
  }

  /// A tolerance.
  public init(_ share: Double, exceptions: [Exception] = [], chosen: [String] = []) {
    self.share = share
    self.exceptions = exceptions
    self.chosen = chosen
  }

  /// How far a figure may move. An amount is one of the metric's values, not of the share of runs that
  /// have one.
  public func reach(of subject: String, _ statistic: SweepBaseline.Statistic) -> Reach {
    guard let reach = exceptions.last(where: { $0.subject == subject })?.reach else {
      return .share(share)
    }
    let isOfOthers = statistic == .share && subject != SweepBaseline.passRate
    return isOfOthers && reach.share == nil ? .share(share) : reach
  }

  /// Whether somebody has named a metric, so that it must not change even if neither direction is
  /// better.
  func names(_ subject: String) -> Bool {
    chosen.contains(subject) || exceptions.contains { $0.subject == subject }
  }
}

/// A sweep beside an earlier one.
///
/// A figure that moved beyond the tolerance is better or worse if its metric has a direction, and
/// changed if it has none. What is worse is a regression, and so is a figure that is no longer
/// there, and one that changed if its metric was named; what is new is none.
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
    /// How far it may move.
    public let reach: SweepTolerance.Reach
    /// How much that is.
    public let finding: Finding
    /// Whether the sweep fails because of it.
    public let isRegression: Bool
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

  /// Whether a figure fails the sweep, or there was nothing to compare.
  public var isRegression: Bool { rows.isEmpty || rows.contains(where: \.isRegression) }

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
      let reach = tolerance.reach(of: figure.subject, figure.statistic)
      let finding = finding(figure, found, reach, direction(figure, now))
      let isRegression =
        finding == .worse || finding == .missing
        || finding == .changed && tolerance.names(figure.subject)
      return Row(
        cell: before.label, subject: figure.subject, statistic: figure.statistic,
        before: figure.value, now: found?.value, reach: reach, finding: finding,
        isRegression: isRegression)
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
    _ before: SweepBaseline.Figure, _ now: SweepBaseline.Figure?,
    _ reach: SweepTolerance.Reach,
    _ direction: MetricDirection
  ) -> Finding {
    guard let now else { return .missing }
    let (old, new) = (before.value.number, now.value.number)
    if reach.admits(old, new) { return .same }
    switch direction {
    case .less: return new < old ? .better : .worse
    case .more: return new > old ? .better : .worse
    case .neither: return .changed
    }
  }
}
