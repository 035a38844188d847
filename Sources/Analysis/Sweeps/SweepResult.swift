public import Diagnostics

/// Everything that reports say of many runs of a scenario, each with another seed.
public struct SweepResult: Sendable, Hashable {
  /// Why a sweep ended.
  public enum Ending: Sendable, Hashable {
    /// All seeds that were asked for have run.
    case complete
    /// As many distinct failures were found as were asked for.
    case failures
    /// The time that was given is over.
    case time
    /// Somebody interrupted it.
    case interruption
    /// The next seed draws values with which the scenario has a mistake.
    case refusal
  }

  /// The name of the scenario.
  public var name: String
  /// The seeds that were asked for.
  public var asked: ClosedRange<UInt64>
  /// The last seed that counts: all from the first that was asked for up to this one have run, in
  /// every cell; nil if none has.
  public var last: UInt64?
  /// Why it ended.
  public var ending: Ending
  /// What each cell of the matrix came to; one without a matrix.
  public var cells: [SweepCell]
  /// The distinct failures, in the order of the first seed with each.
  public var failures: [SweepFailure]
  /// What made runs vacuous or inconclusive, in the order of the first seed with each.
  public var undecided: [SweepUndecided]
  /// The seed with which the scenario has a mistake, if that ended the sweep.
  public var refused: RefusedDraw?

  /// Describes a sweep.
  public init(
    name: String, asked: ClosedRange<UInt64>, last: UInt64?, ending: Ending,
    cells: [SweepCell], failures: [SweepFailure], undecided: [SweepUndecided],
    refused: RefusedDraw? = nil
  ) {
    self.name = name
    self.asked = asked
    self.last = last
    self.ending = ending
    self.cells = cells
    self.failures = failures
    self.undecided = undecided
    self.refused = refused
  }

  /// How many runs count.
  public var runs: Int { cells.reduce(0) { $0 + $1.runs } }

  /// How many of all runs passed.
  public var passRate: Proportion {
    Proportion(cells.reduce(0) { $0 + $1.verdicts[.pass] }, of: runs)
  }

  /// The gravest verdict of all cells; one that was interrupted has not been decided, and a seed
  /// with a mistake is an error.
  public var verdict: Verdict {
    let worst = cells.map(\.verdict).max() ?? .pass
    switch ending {
    case .interruption: return max(worst, .inconclusive)
    case .refusal: return .error
    case .complete, .failures, .time: return worst
    }
  }
}

/// What became of the runs of one cell.
public struct SweepCell: Sendable, Hashable {
  /// How many runs had each outcome, their `sometimes` left out.
  public var verdicts: VerdictCounts
  /// What each `sometimes` came to, in the order of the scenario.
  public var sometimes: [SometimesResult]
  /// How the chosen metrics are distributed, in the order of the choice.
  public var metrics: [MetricDistribution]
  /// How many different traces the runs had.
  public var traces: TraceCount

  /// Describes the runs of a cell.
  public init(
    verdicts: VerdictCounts, sometimes: [SometimesResult], metrics: [MetricDistribution],
    traces: TraceCount
  ) {
    self.verdicts = verdicts
    self.sometimes = sometimes
    self.metrics = metrics
    self.traces = traces
  }

  /// How many runs count.
  public var runs: Int { Verdict.allCases.reduce(0) { $0 + verdicts[$1] } }

  /// How many of them passed.
  public var passRate: Proportion { Proportion(verdicts[.pass], of: runs) }

  /// The gravest outcome of a run, and of the `sometimes` of all runs together; inconclusive
  /// without runs.
  public var verdict: Verdict {
    let worst = Verdict.allCases.filter { verdicts[$0] > 0 }.max() ?? .inconclusive
    return sometimes.map(\.verdict).reduce(worst, max)
  }
}

/// How many different traces some runs had.
public struct TraceCount: Sendable, Hashable {
  /// How many were told apart; a single one says that nothing depends on the seed.
  public var count: Int
  /// Whether there were more, which were not counted.
  public var hasMore: Bool

  /// A number of traces.
  public init(count: Int, hasMore: Bool = false) {
    self.count = count
    self.hasMore = hasMore
  }
}

/// How many runs had each verdict.
public struct VerdictCounts: Sendable, Hashable {
  private var counts = [Int](repeating: 0, count: Verdict.allCases.count)

  /// No runs.
  public init() {}

  /// How many runs had a verdict.
  public subscript(_ verdict: Verdict) -> Int {
    get { counts[verdict.rank] }
    set { counts[verdict.rank] = newValue }
  }
}

/// What a `sometimes` of a scenario came to in many runs: it fails only if no run reaches it.
public struct SometimesResult: Sendable, Hashable {
  /// The name in the scenario.
  public var name: String
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// Why the scenario accepts that it is vacuous; nil if it does not.
  public var excuse: String?
  /// How many runs reached it.
  public var reached: Int
  /// In how many runs none of its windows opened.
  public var vacuous: Int
  /// How many runs there were.
  public var runs: Int

  /// Describes a `sometimes`.
  public init(
    name: String, span: SourceSpan?, excuse: String?, reached: Int, vacuous: Int, runs: Int
  ) {
    self.name = name
    self.span = span
    self.excuse = excuse
    self.reached = reached
    self.vacuous = vacuous
    self.runs = runs
  }

  /// Pass if a run reached it; vacuous if its windows opened in none, unless that is accepted;
  /// else fail. Inconclusive without runs.
  public var verdict: Verdict {
    if reached > 0 { return .pass }
    if runs == 0 { return .inconclusive }
    guard vacuous == runs else { return .fail }
    return excuse == nil ? .vacuous : .pass
  }
}

/// A failure that occurred in one or more runs, always in the same way.
public struct SweepFailure: Sendable, Hashable {
  /// What tells it from other failures.
  public var fingerprint: Fingerprint
  /// The cell in which it occurred first, by its place.
  public var cell: Int
  /// The first seeds with which it occurred in that cell, in ascending order.
  public var seeds: [UInt64]
  /// How many runs had it, in all cells.
  public var count: Int
  /// All that is known of the first run with it.
  public var result: RunResult

  /// Describes a failure.
  public init(
    fingerprint: Fingerprint, cell: Int, seeds: [UInt64], count: Int, result: RunResult
  ) {
    self.fingerprint = fingerprint
    self.cell = cell
    self.seeds = seeds
    self.count = count
    self.result = result
  }
}
