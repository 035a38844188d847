import Analysis
import Interpreter
import SystemModel

/// One thread of a sweep: takes blocks of seeds and runs them, on engines that are used again.
struct SweepWorker {
  /// With more cells than this a worker keeps no engines between blocks.
  private static let keptEngines = 32
  private static let eventsBetweenAsking = 4096

  private let sweep: Sweep
  private let schedule: SweepSchedule
  private var engines: [PlanRunner?]
  private var tallies: [RunTally]
  /// The `sometimes` of each cell, by their places among the assertions.
  private let sometimes: [[Int]]
  private var eventsSinceAsked = 0

  init(_ sweep: Sweep, _ schedule: SweepSchedule) {
    self.sweep = sweep
    self.schedule = schedule
    engines = sweep.scenario.cells.map { _ in nil }
    tallies = sweep.metrics.map { RunTally(measuring: $0) }
    sometimes = sweep.scenario.cells.map { $0.plan.sometimesPlaces }
  }

  /// Works until there are no blocks left, or the sweep is halted.
  mutating func work() {
    while let block = schedule.next() {
      guard let result = carryOut(block) else { return }
      schedule.take(result)
    }
  }

  /// The result of a block; nil if the sweep was halted meanwhile.
  private mutating func carryOut(_ block: SweepBlock) -> BlockResult? {
    var result = BlockResult(block: block)
    for cell in sweep.scenario.cells.indices {
      guard let found = carryOut(block, cell, &result) else { return nil }
      result.cells.append(found)
      if engines.count > Self.keptEngines { engines[cell] = nil }
    }
    return result
  }

  private mutating func carryOut(
    _ block: SweepBlock, _ cell: Int, _ result: inout BlockResult
  ) -> CellResult? {
    let engine = engines[cell] ?? PlanRunner(sweep.scenario.cells[cell].plan)
    engines[cell] = engine
    var found = CellResult(
      sometimes: sometimes[cell].map { _ in (0, 0) },
      samples: tallies[cell].metrics.map { _ in [] })
    for place in found.samples.indices { found.samples[place].reserveCapacity(block.count) }
    let schedule = schedule
    for seed in block.seeds {
      let isWhole = engine.run(seed: seed, tally: &tallies[cell]) { schedule.isHalted }
      eventsSinceAsked += tallies[cell].events
      guard isWhole, !isHalted() else { return nil }
      note(tallies[cell], cell, seed, &found, &result)
    }
    return found
  }

  /// Whether the sweep is halted; asked only now and then where runs are short.
  private mutating func isHalted() -> Bool {
    guard eventsSinceAsked > Self.eventsBetweenAsking else { return false }
    eventsSinceAsked = 0
    return schedule.isHalted
  }

  private func note(
    _ tally: RunTally, _ cell: Int, _ seed: UInt64, _ found: inout CellResult,
    _ result: inout BlockResult
  ) {
    result.events += tally.events
    found.verdicts[tally.outcome] += 1
    for (place, assertion) in sometimes[cell].enumerated() {
      switch tally.verdicts[assertion] {
      case .pass: found.sometimes[place].reached += 1
      case .vacuous: found.sometimes[place].vacuous += 1
      case .inconclusive, .fail, .error: break
      }
    }
    for (place, value) in tally.values.enumerated() {
      found.samples[place].append(value.map { SampleKey($0) })
    }
    if tally.outcome >= .fail { noteFailure(cell, seed, &result) }
  }

  /// Runs a failing seed once more, to see what shows the failure.
  private func noteFailure(_ cell: Int, _ seed: UInt64, _ block: inout BlockResult) {
    var plan = sweep.scenario.cells[cell].plan
    plan.system.seed = seed
    let result = Interpreter.run(plan)
    guard let fingerprint = Fingerprint(result, plan.description) else {
      preconditionFailure("seed \(seed) fails in a sweep and passes alone")
    }
    let known = block.failures.firstIndex { $0.fingerprint == fingerprint }
    block.failingRuns.append(
      FailingRun(cell: cell, seed: seed, failure: known ?? block.failures.count))
    if let known {
      guard (seed, cell) < block.failures[known].first else { return }
      block.failures[known].first = (seed, cell)
      block.failures[known].result = result
    } else {
      block.failures.append(
        BlockFailure(fingerprint: fingerprint, first: (seed, cell), result: result))
    }
  }
}

extension JudgementPlan {
  /// The places of the assertions that some run has to reach.
  var sometimesPlaces: [Int] {
    assertions.indices.filter {
      if case .sometimes = assertions[$0].form { return true }
      return false
    }
  }
}
