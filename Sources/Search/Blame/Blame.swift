public import Analysis
import Diagnostics
public import Interpreter
import ScenarioSyntax
import SystemModel

/// Finds out what of a failing scenario matters: each part is left out in turn, and the run goes on
/// by another chance from each of some instants on.
///
/// The result depends on the scenario and the number of reseedings alone, not on that of jobs.
public struct Blame: Sendable {
  /// From how many instants on runs are reseeded, those that are tried to narrow one down aside.
  private static let instants = 8

  /// How many runs go on by another chance from each instant.
  public let reseedings: Int
  private let first: FirstFailure
  private let trace: RecordedTrace

  /// Runs the first cell of a scenario that fails; nil if none does.
  public init?(_ scenario: CompiledScenario, reseedings: Int = 20) {
    guard let first = FirstFailure(of: scenario) else { return nil }
    self.reseedings = reseedings
    self.first = first
    var trace = RecordedTrace(first.plan)
    _ = Interpreter.run(first.plan, reading: &trace)
    self.trace = trace
  }

  /// The cell that is looked into, by its place.
  public var cell: Int { first.cell }
  private var plan: JudgementPlan { first.plan }
  private var failure: FailureRecord { first.record }
  private var fingerprint: Fingerprint { first.fingerprint }
  private var instant: Instant { first.result.instantOfFailure }
  private var result: RunResult { first.result }

  /// Carries out all runs, on some threads; `isStopped` is asked between them, and ends with what is
  /// known. `watch` is called by each thread for what it runs.
  public func run(
    jobs: Int = 1, isStopped: @escaping @Sendable () -> Bool = { false },
    watch: @escaping Shrink.Watch = { work in work() }
  ) async -> BlameSummary {
    let threads = Parallel(jobs: jobs, watch: watch)
    let all = BlamePart.all(of: first.draft, result)
    let parts = await threads.map(all, isStopped: isStopped) { counterfactual($0) }
    var summary = BlameSummary(
      failure: failure, fingerprint: fingerprint, instant: instant, counterfactuals: parts,
      reseedings: [], noReturn: nil)
    if !isStopped() { await reseed(&summary, threads, isStopped) }
    return summary
  }

  /// What becomes of the failure without a part.
  private func counterfactual(_ part: BlamePart) -> BlameSummary.Counterfactual {
    guard let cell = cell(of: part.draft) ?? cell(of: withoutOtherAssertions(part.draft)) else {
      return .init(part.name)
    }
    var comparison = TraceComparison(with: trace, of: cell.plan)
    let found = Interpreter.run(cell.plan, reading: &comparison)
    let record = FailureRecord(found, cell.plan.description, tool: Version.text)
    var answer = answer(record)
    if answer == .sameFailure, comparison.difference == nil { answer = .sameTrace }
    return .init(
      part.name, answer: answer, verdict: found.assertion(fingerprint.assertion)?.verdict,
      outcome: found.outcome, difference: comparison.difference)
  }

  private func cell(of draft: ScenarioDraft) -> CompiledScenario.Cell? {
    Interpreter.compile(SourceFile(name: "part.yaml", text: draft.text)).cells.first
  }

  /// The draft with no assertion but the violated one: others may speak of what is left out.
  private func withoutOtherAssertions(_ draft: ScenarioDraft) -> ScenarioDraft {
    let places = result.assertions.indices.filter {
      result.assertions[$0].name != fingerprint.assertion
    }
    return draft.removing(places, of: ["assertions"]).repaired()
  }

  private func answer(_ found: FailureRecord?) -> ReplayAnswer {
    guard let found else { return .noFailure }
    return found.fingerprint == failure.fingerprint && found.outcome == failure.outcome
      ? .sameFailure : .otherFailure
  }

  // MARK: Another chance

  /// Reseeds behind some instants up to the failure, and narrows down the first behind which
  /// everything fails.
  private func reseed(
    _ summary: inout BlameSummary, _ threads: Parallel, _ isStopped: () -> Bool
  ) async {
    let others = await threads.map(seeds) { seed -> RunResult in
      var plan = plan
      plan.system.seed = seed
      return Interpreter.run(plan)
    }
    guard others.contains(where: { $0.traceHash != failure.traceHash }) else { return }
    summary.reseedings.append(tally(others, after: nil))
    let all = eventInstants
    var known: [Int: BlameSummary.Reseeding] = [:]
    for place in grid(all.count) where !isStopped() {
      known[place] = await reseeded(after: all[place], threads)
    }
    var places = grid(all.count).filter { known[$0] != nil }
    let isCertain = { (place: Int) in known[place]?.same == reseedings }
    if let last = places.last, isCertain(last) {
      var high = places.lastIndex { !isCertain($0) }.map { places[$0 + 1] } ?? places[0]
      var low = places.last { !isCertain($0) } ?? -1
      while high - low > 1, !isStopped() {
        let middle = low + (high - low) / 2
        known[middle] = await reseeded(after: all[middle], threads)
        places.append(middle)
        if isCertain(middle) { high = middle } else { low = middle }
      }
      summary.noReturn = all[high]
    }
    summary.reseedings += places.sorted().compactMap { known[$0] }
  }

  /// The instants at which something happened up to the failure, each once.
  private var eventInstants: [Instant] {
    var instants: [Instant] = []
    for record in trace.records where record.beginsEvent && record.instant <= instant {
      if instants.last != record.instant { instants.append(record.instant) }
    }
    return instants
  }

  /// Places spread evenly over a list, its first and last among them.
  private func grid(_ count: Int) -> [Int] {
    let steps = min(Self.instants, count) - 1
    guard steps > 0 else { return count > 0 ? [0] : [] }
    return (0...steps).map { $0 * (count - 1) / steps }
  }

  private func reseeded(
    after instant: Instant, _ threads: Parallel
  ) async -> BlameSummary.Reseeding {
    let events = trace.events(upTo: instant)
    let results = await threads.map(seeds) {
      Interpreter.run(plan, reseededBehind: events, with: $0)
    }
    return tally(results, after: instant)
  }

  private func tally(_ results: [RunResult], after instant: Instant?) -> BlameSummary.Reseeding {
    let answers = results.map {
      answer(FailureRecord($0, plan.description, tool: Version.text))
    }
    return .init(
      after: instant, runs: results.count, same: answers.count { $0 == .sameFailure },
      other: answers.count { $0 == .otherFailure })
  }

  /// The seeds by which runs go on.
  private var seeds: [UInt64] {
    (0..<UInt64(reseedings)).map { RandomSource.mix(failure.seed &+ $0) }
  }
}
