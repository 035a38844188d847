import Analysis
import Interpreter

/// Neighbouring seeds that one thread runs in all cells before it asks for more.
struct SweepBlock: Sendable {
  /// Its place among the blocks, in the order of the seeds.
  let number: Int
  let seeds: ClosedRange<UInt64>

  /// How many seeds there are.
  var count: Int { Int(seeds.upperBound - seeds.lowerBound) + 1 }
}

/// What the runs of a block came to.
struct BlockResult: Sendable {
  let block: SweepBlock
  /// What the runs of each cell came to.
  var cells: [CellResult] = []
  /// The failing runs, first by cell, then by seed.
  var failingRuns: [FailingRun] = []
  /// Their distinct failures.
  var failures: [BlockFailure] = []
  /// How many events all runs had together.
  var events = 0
  /// The first seed of which a cell draws a mistake; what comes behind it does not count.
  var refused: RefusedDraw?
}

/// What the runs of a block came to in a cell, runs that have one trace taken together.
struct CellResult: Sendable {
  /// Runs that have one trace, and so one judgement.
  struct Group: Sendable {
    let trace: TraceKey
    let outcome: Verdict
    /// What makes the outcome vacuous or inconclusive.
    let causes: ContiguousArray<SweepCause>
    /// The first of the seeds.
    let first: UInt64
    var count = 1
  }

  /// The groups in the order of their first seeds; two of them may have the same trace.
  private(set) var groups: ContiguousArray<Group> = []
  /// The values of the metrics, group after group.
  private(set) var samples: ContiguousArray<SampleKey?> = []
  /// What each `sometimes` of the cell came to, group after group.
  private(set) var sometimes: ContiguousArray<Verdict> = []

  /// Takes in a run at a station that begins a group; `sometimes` are places among its assertions.
  mutating func add(
    _ tally: RunTally, at station: SweepStation, sometimes places: [Int], seed: UInt64
  ) {
    groups.append(
      Group(
        trace: tally.trace, outcome: tally.outcome, causes: station.causes(of: tally), first: seed))
    for column in station.columns {
      samples.append(column.flatMap { tally.values[$0] }.map { SampleKey($0) })
    }
    for place in places { sometimes.append(tally.verdicts[place]) }
  }

  /// Takes in a run that belongs to a group.
  mutating func add(toGroup place: Int) { groups[place].count += 1 }
}

/// A run that fails.
struct FailingRun: Sendable {
  let cell: Int
  let seed: UInt64
  /// Its failure, by its place among those of the block.
  let failure: Int

  /// Where it stands in the order in which runs count: by seed, then by cell.
  var order: (UInt64, Int) { (seed, cell) }
}

/// A failure of some runs of a block.
struct BlockFailure: Sendable {
  let fingerprint: Fingerprint
  /// The first of the runs that have it.
  var first: (seed: UInt64, cell: Int)
  /// All that is known of that run.
  var result: RunResult
}
