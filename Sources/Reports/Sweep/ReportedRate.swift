import Analysis

/// The share of runs that passed, with what it says of seeds that did not run, or why it says nothing.
struct ReportedRate {
  let share: Proportion
  /// Why there is no interval; nil if there is one.
  let reason: String?

  /// The interval with a confidence of 95 %.
  var interval: (low: Double, high: Double)? { reason == nil ? share.interval95 : nil }

  /// The interval in percent; a dash without one.
  var intervalText: String { reason == nil ? SweepText.interval(share) : "–" }

  /// The interval, or why there is none.
  var words: String { reason ?? "95 % interval \(SweepText.interval(share))" }
}

extension ReportedSweep {
  /// How many runs of a cell passed.
  ///
  /// A sweep that stops because of a failure has the share that its end gives it: it would say 0 % of
  /// any scenario that fails with the first seed.
  func rate(ofCell cell: Int) -> ReportedRate {
    ReportedRate(
      share: result.cells[cell].passRate,
      reason: result.ending == .failures
        ? "stopped at a failure, so no interval: --failures all" : nil)
  }

  /// How many of all runs passed. The cells of a matrix run the same seeds, so that their runs are no
  /// independent samples.
  var rate: ReportedRate {
    if result.cells.count == 1 { return rate(ofCell: 0) }
    return ReportedRate(
      share: result.passRate,
      reason: rate(ofCell: 0).reason
        ?? "the cells run the same seeds, so no interval over all: each has its own")
  }
}
