import Analysis
import Interpreter
import Search
import Synchronization
import SystemModel
import Testing

@Suite struct SweepTests {
  @Test func jobsMakeNoDifference() async throws {
    let one = try await Sweeping.sweep(Sweeping.failing, 1...700, jobs: 1)
    for jobs in [2, 5] {
      #expect(try await Sweeping.sweep(Sweeping.failing, 1...700, jobs: jobs) == one)
    }
    #expect(one.failures.count >= 2)
    #expect(one.passRate.count > 0)
  }

  /// The sweep against the obvious: every run alone, with everything that is said of it.
  @Test func sumsUpWhatSingleRunsSay() async throws {
    let swept = try await Sweeping.sweep(
      Sweeping.failing, 20...140, metrics: ["messages.wire", "consensus.decision_time"])
    let plan = try #require(Sweeping.compile(Sweeping.failing).cells.first).plan
    let results = (20...140 as ClosedRange<UInt64>).map { seed in
      var plan = plan
      plan.system.seed = seed
      return Interpreter.run(plan)
    }
    for verdict in Verdict.allCases {
      #expect(swept.cells[0].verdicts[verdict] == results.count { $0.outcome == verdict })
    }
    for metric in swept.cells[0].metrics {
      let values = results.compactMap { result -> Int64? in
        switch result.metric(metric.name) {
        case .count(let value)?, .duration(let value)?: value
        default: nil
        }
      }.sorted()
      #expect(metric.count == values.count)
      #expect(metric.missing == results.count - values.count)
      let ranks = [50, 90, 99].map { values[max(1, (values.count * $0 + 99) / 100) - 1] }
      let least = results.first { number($0.metric(metric.name)) == values.first }
      let percentiles = try #require(metric.percentiles)
      #expect([percentiles.p50, percentiles.p90, percentiles.p99].map(number) == ranks)
      #expect(number(metric.greatest?.value) == values.last)
      #expect(metric.least?.seed == least?.seed)
    }
  }

  private func number(_ value: MetricValue?) -> Int64? {
    switch value {
    case .count(let number), .duration(let number): number
    case .ratio, nil: nil
    }
  }

  @Test(arguments: [1, 2], [1, 2, 3]) func stopsAtTheSeedOfTheLastFailure(
    _ limit: Int, _ jobs: Int
  ) async throws {
    let all = try await Sweeping.sweep(Sweeping.failing, 1...700)
    let stopped = try await Sweeping.sweep(
      Sweeping.failing, 1...700, failures: limit, jobs: jobs)
    #expect(stopped.ending == .failures)
    #expect(stopped.last == all.failures[limit - 1].seeds.first)
    #expect(stopped.failures.map(\.fingerprint) == all.failures[..<limit].map(\.fingerprint))
    // Nothing behind that seed counts: the same as if only seeds up to it had been asked for.
    var exact = try await Sweeping.sweep(
      Sweeping.failing, 1...(try #require(stopped.last)), failures: limit)
    exact.asked = stopped.asked
    #expect(exact == stopped)
  }

  @Test func failuresComeInTheOrderOfTheirFirstSeeds() async throws {
    let found = try await Sweeping.sweep(Sweeping.failing, 1...700)
    let firsts = found.failures.map { $0.result.seed }
    #expect(firsts == firsts.sorted())
    for failure in found.failures {
      #expect(failure.seeds.first == failure.result.seed)
      #expect(failure.seeds == failure.seeds.sorted())
      #expect(failure.count >= failure.seeds.count)
    }
    let failing = found.cells[0].verdicts[.fail]
    #expect(found.failures.reduce(0) { $0 + $1.count } == failing)
  }

  @Test func everyCellRunsWithEverySeed() async throws {
    let text = Sweeping.lossy
      .replacing("loss: 15%", with: "loss: \"${loss}\"")
      .replacing(
        "name: lossy", with: "name: lossy\nparameters: {loss: 0%}\nmatrix: {loss: [0%, 30%]}")
    let found = try await Sweeping.sweep(
      text + "\nassertions: [{metric: messages.dropped, is: \"< 3\"}]", 1...60, jobs: 2)
    #expect(found.cells.map(\.runs) == [60, 60])
    #expect(found.cells[0].verdict == .pass)
    #expect(found.cells[1].verdict == .fail)
    #expect(found.failures.allSatisfy { $0.cell == 1 })
  }

  @Test func expectationsPlayNoPart() async throws {
    let text =
      Sweeping.lossy + """

        assertions: [{name: nothing is lost, metric: messages.dropped, is: "== 0"}]
        expect: {fail: nothing is lost}
        """
    let found = try await Sweeping.sweep(text, 1...30)
    #expect(found.verdict == .fail)
    #expect(found.cells[0].verdicts[.pass] > 0)
  }

  @Test(arguments: [1, 2]) func haltedSweepSaysWhatItKnows(_ jobs: Int) async throws {
    let sweep = try Sweep(
      Sweeping.compile(Sweeping.failing), seeds: 1...UInt64.max, failureLimit: nil)
    let isEnough = Mutex(false)
    let found = await sweep.run(jobs: jobs) {
      isEnough.withLock { $0 } ? .interruption : nil
    } progress: { progress in
      if progress.runs >= 300 { isEnough.withLock { $0 = true } }
    }
    #expect(found.ending == .interruption)
    let last = try #require(found.last)
    #expect(last >= 300)
    #expect(found.runs == Int(last))
    let exact = try await Sweeping.sweep(Sweeping.failing, 1...last)
    #expect(exact.cells == found.cells)
    #expect(exact.failures == found.failures)
  }

  @Test func haltedAtOnceKnowsNothing() async throws {
    let sweep = try Sweep(Sweeping.compile(Sweeping.failing), seeds: 1...1_000_000)
    let found = await sweep.run(jobs: 2) { .interruption }
    #expect(found.verdict == .inconclusive || found.runs > 0)
  }

  @Test func theLastSeedOfAllRuns() async throws {
    let found = try await Sweeping.sweep(Sweeping.lossy, (.max - 5)...UInt64.max)
    #expect(found.runs == 6)
    #expect(found.last == .max)
    #expect(found.ending == .complete)
  }

  @Test func unknownMetricsAreRefused() async throws {
    let scenario = try Sweeping.compile(Sweeping.lossy)
    #expect(throws: UnknownMetric.self) {
      try Sweep(scenario, seeds: 1...2, metrics: ["messages.wired"])
    }
  }
}
