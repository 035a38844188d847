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
  private var memories: [TraceMemory]
  /// The `sometimes` of each cell, by their places among the assertions.
  private let sometimes: [[Int]]
  private var eventsSinceAsked = 0
  /// How many blocks of a cell it has begun.
  private var tasks = 0

  init(_ sweep: Sweep, _ schedule: SweepSchedule) {
    self.sweep = sweep
    self.schedule = schedule
    let cells = sweep.scenario.cells
    engines = cells.map { _ in nil }
    tallies = sweep.metrics.map { RunTally(measuring: $0) }
    memories = cells.map { _ in TraceMemory(cells: cells.count) }
    sometimes = cells.map { $0.plan.sometimesPlaces }
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
    tasks += 1
    var found = CellResult()
    for seed in block.seeds {
      let isWhole =
        repeats(seed, cell, engine, &found, &result)
        || judge(seed, cell, engine, &found, &result)
      guard isWhole, !isHalted() else { return nil }
    }
    return found
  }

  /// Whether the sweep is halted; asked only now and then where runs are short.
  private mutating func isHalted() -> Bool {
    guard eventsSinceAsked > Self.eventsBetweenAsking else { return false }
    eventsSinceAsked = 0
    return schedule.isHalted
  }

  /// Carries out a run without a judge, if that is likely to do, and takes it in if its trace is
  /// known; tells whether it was.
  private mutating func repeats(
    _ seed: UInt64, _ cell: Int, _ engine: PlanRunner, _ found: inout CellResult,
    _ result: inout BlockResult
  ) -> Bool {
    guard memories[cell].looksFirst else { return false }
    let schedule = schedule
    guard let trace = engine.trace(seed: seed, isStopped: { schedule.isHalted }),
      let place = memories[cell].place(of: trace)
    else { return false }
    memories[cell].count(isKnown: true)
    note(place, cell, seed, &found, &result)
    return true
  }

  /// Carries out and judges a run; false if it was given up.
  private mutating func judge(
    _ seed: UInt64, _ cell: Int, _ engine: PlanRunner, _ found: inout CellResult,
    _ result: inout BlockResult
  ) -> Bool {
    let schedule = schedule
    guard engine.run(seed: seed, tally: &tallies[cell], isStopped: { schedule.isHalted }) else {
      return false
    }
    if sweep.reusesJudgements {
      let known = memories[cell].place(of: tallies[cell].trace)
      memories[cell].count(isKnown: known != nil)
      if let place = known ?? memories[cell].remember(tallies[cell]) {
        note(place, cell, seed, &found, &result)
        return true
      }
    }
    found.add(tallies[cell], sometimes: sometimes[cell], seed: seed)
    count(tallies[cell].events, &result)
    if tallies[cell].outcome >= .fail { _ = noteFailure(cell, seed, &result) }
    return true
  }

  private mutating func count(_ events: Int, _ result: inout BlockResult) {
    eventsSinceAsked += events
    result.events += events
  }

  /// Takes in a run whose trace is remembered.
  private mutating func note(
    _ place: Int, _ cell: Int, _ seed: UInt64, _ found: inout CellResult,
    _ result: inout BlockResult
  ) {
    let entry = memories[cell].entries[place]
    if entry.task == tasks {
      found.add(toGroup: entry.group)
    } else {
      memories[cell].mark(place, task: tasks, group: found.groups.count)
      found.add(entry.tally, sometimes: sometimes[cell], seed: seed)
    }
    count(entry.tally.events, &result)
    guard entry.tally.outcome >= .fail else { return }
    if let fingerprint = entry.fingerprint,
      let failure = result.failures.firstIndex(where: { $0.fingerprint == fingerprint }),
      result.failures[failure].first < (seed, cell)
    {
      result.failingRuns.append(FailingRun(cell: cell, seed: seed, failure: failure))
    } else {
      memories[cell].name(place, noteFailure(cell, seed, &result))
    }
  }

  /// Runs a failing seed once more, to see what shows the failure.
  private func noteFailure(
    _ cell: Int, _ seed: UInt64, _ block: inout BlockResult
  ) -> Fingerprint {
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
      guard (seed, cell) < block.failures[known].first else { return fingerprint }
      block.failures[known].first = (seed, cell)
      block.failures[known].result = result
    } else {
      block.failures.append(
        BlockFailure(fingerprint: fingerprint, first: (seed, cell), result: result))
    }
    return fingerprint
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
