import Testing

@testable import Analysis

@Suite struct SweepComparisonTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let metric: String
    let before: Int64
    let now: Int64
    var tolerance = 0.05
    let finding: SweepComparison.Finding
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "equal", metric: "messages.wire", before: 100, now: 100, finding: .same),
    Row(name: "at the bound", metric: "messages.wire", before: 100, now: 105, finding: .same),
    Row(name: "beyond it", metric: "messages.wire", before: 100, now: 106, finding: .worse),
    Row(name: "less", metric: "messages.wire", before: 100, now: 94, finding: .better),
    Row(name: "more is better", metric: "mutex.entries", before: 100, now: 106, finding: .better),
    Row(name: "less is worse", metric: "mutex.entries", before: 100, now: 94, finding: .worse),
    Row(name: "no direction", metric: "messages.dropped", before: 100, now: 94, finding: .changed),
    Row(name: "from nothing", metric: "messages.wire", before: 0, now: 1, finding: .worse),
    Row(name: "to nothing", metric: "messages.wire", before: 1, now: 0, finding: .better),
    Row(
      name: "no tolerance", metric: "messages.wire", before: 1_000_000, now: 1_000_001,
      tolerance: 0, finding: .worse),
    Row(
      name: "a wide one", metric: "messages.wire", before: 1, now: 9, tolerance: 8, finding: .same),
  ]) func findings(_ row: Row) throws {
    let comparison = SweepComparison(
      baseline(row.metric, row.before), [try cell(row.metric, row.now)], labels: [""],
      SweepTolerance(row.tolerance))
    let means = comparison.rows.filter { $0.statistic == .mean }
    #expect(means.map(\.finding) == [row.finding])
    #expect(comparison.isRegression == (row.finding == .worse))
  }

  /// What has no direction may change, unless somebody has named it.
  @Test func aChangeFailsIfItsMetricIsNamed() throws {
    let (name, cell) = ("messages.dropped", try cell("messages.dropped", 90))
    for (tolerance, isRegression) in [
      (SweepTolerance(0), false), (SweepTolerance(0, chosen: [name]), true),
      (SweepTolerance(9, exceptions: [.init(name, .share(0))]), true),
      (SweepTolerance(9, exceptions: [.init(name, .share(0.2))]), false),
      (SweepTolerance(0, exceptions: [.init("messages.wire", .share(0))]), false),
    ] {
      let comparison = SweepComparison(baseline(name, 100), [cell], labels: [""], tolerance)
      #expect(comparison.isRegression == isRegression, "\(tolerance)")
    }
  }

  /// An amount reaches from nothing as well, and is none of the share of runs with a value.
  @Test func anAmountReachesFromNothing() throws {
    let name = "messages.wire"
    for (now, finding) in [(3, SweepComparison.Finding.same), (4, .worse)] {
      let comparison = SweepComparison(
        baseline(name, 0), [try cell(name, Int64(now))], labels: [""],
        SweepTolerance(0, exceptions: [.init(name, .amount(3))]))
      #expect(comparison.rows.map(\.finding) == [.same, finding])
      #expect(comparison.rows.map(\.reach) == [.share(0), .amount(3)])
    }
  }

  @Test func anotherCellOrMetricIsMissing() throws {
    let cell = try cell("messages.wire", 7)
    for (metric, label) in [("messages.wire", "a=1"), ("messages.logical", "")] {
      let comparison = SweepComparison(
        baseline(metric, 7), [cell], labels: [label], SweepTolerance(9))
      #expect(comparison.rows.contains { $0.finding == .missing })
      #expect(comparison.isRegression)
    }
  }

  @Test func nothingToCompareIsNoPass() throws {
    let empty = SweepBaseline(name: "none", seeds: nil, semantics: 1, cells: [])
    let comparison = SweepComparison(
      empty, [try cell("messages.wire", 7)], labels: [""], SweepTolerance(9))
    #expect(comparison.isRegression)
  }

  @Test func aMetricWithoutValuesShowsInItsShare() throws {
    let metric = try metric("messages.wire")
    var gathering = MetricGathering(metric)
    gathering.add(nil, seed: 1)
    let comparison = SweepComparison(
      baseline(metric.name, 7), [cell(gathering)], labels: [""], SweepTolerance(0.5))
    #expect(comparison.rows.map(\.statistic) == [.share])
    #expect(comparison.rows.map(\.finding) == [.worse])
  }

  @Test(arguments: [
    (Int64.min + 1, Int64.max, Int64(0)), (0, .max, .max / 2), (.max - 1, .max, .max - 1),
    (3, 6, 4),
  ])
  func theMeanOfTheLongestTimesIsThatOfOthers(_ low: Int64, _ high: Int64, _ mean: Int64) throws {
    var gathering = MetricGathering(try metric("run.duration"))
    gathering.add(SampleKey(.duration(low)), seed: 1)
    gathering.add(SampleKey(.duration(high)), seed: 2)
    guard case .duration(let found)? = gathering.distribution.mean else {
      Issue.record("no mean")
      return
    }
    #expect(abs(found - mean) <= (low < 0 || high - low > 1 << 52 ? 1024 : 0), "\(found)")
  }

  @Test func onlyTheLastExceptionOfAMetricCounts() {
    let tolerance = SweepTolerance(
      0.1,
      exceptions: [.init("a", .share(0.2)), .init("b", .share(0.3)), .init("a", .share(0.4))])
    #expect(tolerance.reach(of: "a", .mean) == .share(0.4))
    #expect(tolerance.reach(of: "b", .mean) == .share(0.3))
    #expect(tolerance.reach(of: "c", .mean) == .share(0.1))
  }

  // MARK: Sweeps made by hand

  private func metric(_ name: String) throws -> Metric {
    let entry = try #require(MetricCatalog.all.firstIndex { $0.pattern == name })
    return Metric(
      name: name, unit: MetricCatalog.all[entry].unit, isFinal: false, entry: entry,
      arguments: MetricArguments())
  }

  private func cell(_ name: String, _ value: Int64) throws -> SweepCell {
    var gathering = MetricGathering(try metric(name))
    gathering.add(SampleKey(.count(value)), seed: 1)
    return cell(gathering)
  }

  private func cell(_ gathering: MetricGathering) -> SweepCell {
    SweepCell(
      verdicts: VerdictCounts(), sometimes: [], metrics: [gathering.distribution],
      traces: TraceCount(count: 1))
  }

  private func baseline(_ metric: String, _ value: Int64) -> SweepBaseline {
    SweepBaseline(
      name: "a", seeds: 1...1, semantics: 1,
      cells: [
        .init(
          label: "",
          figures: [
            .init(metric, .share, .ratio(1)), .init(metric, .mean, .ratio(Double(value))),
          ])
      ])
  }
}
