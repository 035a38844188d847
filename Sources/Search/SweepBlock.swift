import Analysis

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
}

/// What the runs of a block came to in a cell.
struct CellResult: Sendable {
  var verdicts = VerdictCounts()
  /// For each `sometimes` of the cell how many runs reached it, and in how many it was vacuous.
  var sometimes: [(reached: Int, vacuous: Int)]
  /// The values of each metric in the order of the seeds.
  var samples: [ContiguousArray<SampleKey?>]
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
