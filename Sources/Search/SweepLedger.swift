import Analysis
import Interpreter

/// What is known of the runs of a sweep so far, in the order of the seeds.
struct SweepLedger: Sendable {
  /// How many of the seeds of a failure are kept.
  private static let keptSeeds = 10

  private let sweep: Sweep
  /// How many blocks have been joined.
  private(set) var blocks = 0
  /// The last seed that has been joined.
  private(set) var last: UInt64?
  /// How many runs and events have been joined.
  private(set) var runs = 0
  private(set) var events = 0
  /// The distinct failures in the order of their first seeds.
  private(set) var failures: [SweepFailure] = []
  private var cells: [Cell]

  private struct Cell: Sendable {
    var verdicts = VerdictCounts()
    var sometimes: [SometimesResult]
    var metrics: [MetricGathering]
    var traces = TraceCounter()
    /// What made runs vacuous or inconclusive, in the order in which it was met.
    var undecided: [UndecidedRuns] = []

    /// Takes in the runs of the next block.
    mutating func join(_ found: CellResult) {
      for (place, group) in found.groups.enumerated() {
        verdicts[group.outcome] += group.count
        traces.add(group.trace)
        for cause in group.causes { add(cause, group) }
        for metric in metrics.indices {
          metrics[metric].add(
            found.samples[place * metrics.count + metric], seed: group.first, count: group.count)
        }
        for assertion in sometimes.indices {
          sometimes[assertion].runs += group.count
          switch found.sometimes[place * sometimes.count + assertion] {
          case .pass: sometimes[assertion].reached += group.count
          case .vacuous: sometimes[assertion].vacuous += group.count
          case .inconclusive, .fail, .error: break
          }
        }
      }
    }

    private mutating func add(_ cause: SweepCause, _ group: CellResult.Group) {
      let known = undecided.firstIndex { $0.cause == cause && $0.verdict == group.outcome }
      if let known {
        undecided[known].count += group.count
      } else {
        undecided.append(
          UndecidedRuns(
            cause: cause, verdict: group.outcome, first: group.first, count: group.count))
      }
    }
  }

  /// What made some runs of a cell vacuous or inconclusive.
  struct UndecidedRuns: Sendable {
    let cause: SweepCause
    let verdict: Verdict
    /// The first of the seeds.
    let first: UInt64
    var count: Int
  }

  init(_ sweep: Sweep) {
    self.sweep = sweep
    cells = sweep.scenario.cells.enumerated().map { place, cell in
      let sometimes = cell.plan.sometimesPlaces.map { place in
        let assertion = cell.plan.assertions[place]
        return SometimesResult(
          name: assertion.name, span: assertion.span, excuse: assertion.mayBeVacuous, reached: 0,
          vacuous: 0, runs: 0)
      }
      return Cell(
        sometimes: sometimes, metrics: sweep.metrics[place].map { MetricGathering($0) })
    }
  }

  /// Whether fewer distinct failures are known than were asked for.
  var waitsForMore: Bool { failures.count < sweep.failureLimit ?? .max }

  /// The first seed of a block with which as many distinct failures are known as are asked for;
  /// nil if there are not as many.
  func seedOfLastFailure(with result: BlockResult, limit: Int?) -> UInt64? {
    guard let limit else { return nil }
    let new = new(result)
    let missing = limit - failures.count
    return new.count < missing ? nil : new[missing - 1].first.seed
  }

  /// The failures of a block that are not known yet, in the order in which runs count.
  private func new(_ block: BlockResult) -> [BlockFailure] {
    block.failures.filter { failure in
      !failures.contains { $0.fingerprint == failure.fingerprint }
    }.sorted { $0.first < $1.first }
  }

  /// Takes in the block that comes next.
  mutating func join(_ result: BlockResult) {
    blocks += 1
    last = result.block.seeds.upperBound
    runs += result.block.count * result.cells.count
    events += result.events
    for (place, cell) in result.cells.enumerated() {
      cells[place].join(cell)
    }
    joinFailures(result)
  }

  private mutating func joinFailures(_ block: BlockResult) {
    for failure in new(block) {
      failures.append(
        SweepFailure(
          fingerprint: failure.fingerprint, cell: failure.first.cell, seeds: [], count: 0,
          result: failure.result))
    }
    let places = block.failures.map { failure in
      failures.firstIndex { $0.fingerprint == failure.fingerprint }
    }
    for run in block.failingRuns.sorted(by: { $0.order < $1.order }) {
      guard let place = places[run.failure] else { continue }
      failures[place].count += 1
      if failures[place].cell == run.cell, failures[place].seeds.count < Self.keptSeeds {
        failures[place].seeds.append(run.seed)
      }
    }
  }

  /// What is known in the end.
  func result(_ ending: SweepResult.Ending, refused: RefusedDraw? = nil) -> SweepResult {
    SweepResult(
      name: sweep.scenario.name ?? "", asked: sweep.seeds, last: last, ending: ending,
      cells: cells.map { cell in
        SweepCell(
          verdicts: cell.verdicts, sometimes: cell.sometimes,
          metrics: cell.metrics.map(\.distribution), traces: cell.traces.count)
      }, failures: failures,
      undecided: UndecidedSummary(sweep).undecided(cells.map(\.undecided)), refused: refused)
  }
}
