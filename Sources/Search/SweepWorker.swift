import Analysis
import Interpreter
import SystemModel

/// One thread of a sweep: takes blocks of seeds and runs them, on engines that are used again.
struct SweepWorker {
  /// With more cells than this a worker keeps no engines between blocks; and of a scenario of which
  /// seeds draw a part it keeps so many.
  private static let keptEngines = 32
  private static let eventsBetweenAsking = 4096

  /// A plan that seeds may draw again.
  private struct Variant: Hashable {
    let cell: Int
    let variant: PlanVariant
  }

  private let sweep: Sweep
  private let schedule: SweepSchedule
  /// The station of each cell, if all its seeds have one plan.
  private var stations: [SweepStation?]
  /// The stations of plans that seeds draw, if they may come again.
  private var variants: [Variant: SweepStation] = [:]
  private var maker: PlanMaker
  /// The `sometimes` of each cell, by their places among the assertions.
  private let sometimes: [[Int]]
  private var eventsSinceAsked = 0
  /// How many blocks of a cell it has begun.
  private var tasks = 0

  init(_ sweep: Sweep, _ schedule: SweepSchedule) {
    self.sweep = sweep
    self.schedule = schedule
    let cells = sweep.scenario.cells
    stations = cells.map { _ in nil }
    maker = PlanMaker(sweep.scenario)
    sometimes = cells.map { $0.plan.sometimesPlaces }
  }

  /// Works until there are no blocks left, or the sweep is halted.
  mutating func work(_ watch: Sweep.Watch) {
    while let block = schedule.next() {
      var result: BlockResult?
      watch(block.seeds) { result = carryOut(block) }
      guard let result else { return }
      schedule.take(result)
    }
  }

  /// The result of a block; nil if the sweep was halted meanwhile.
  private mutating func carryOut(_ block: SweepBlock) -> BlockResult? {
    var result = BlockResult(block: block)
    for cell in sweep.scenario.cells.indices {
      tasks += 1
      var found = CellResult()
      let isWhole =
        sweep.scenario.isDrawn
        ? drawAndRun(block, cell, &found, &result) : run(block, cell, &found, &result)
      guard isWhole else { return nil }
      result.cells.append(found)
    }
    return result
  }

  /// Runs the seeds of a block in a cell; false if the sweep was halted.
  private mutating func run(
    _ block: SweepBlock, _ cell: Int, _ found: inout CellResult, _ result: inout BlockResult
  ) -> Bool {
    var station =
      stations[cell]
      ?? SweepStation(
        sweep.scenario.cells[cell].plan, measuring: sweep.metrics[cell], cells: stations.count)
    // Owned by one place only, so that nothing is copied when it changes.
    stations[cell] = nil
    for seed in block.seeds {
      guard carryOut(seed, cell, &station, &found, &result), !isHalted() else { return false }
    }
    if stations.count > Self.keptEngines { station.engine = nil }
    stations[cell] = station
    return true
  }

  /// The same for a scenario of which each seed draws a part.
  private mutating func drawAndRun(
    _ block: SweepBlock, _ cell: Int, _ found: inout CellResult, _ result: inout BlockResult
  ) -> Bool {
    for seed in block.seeds where result.refused.map({ seed < $0.seed }) ?? true {
      let variant = maker.variant(cell: cell, seed: seed).map { Variant(cell: cell, variant: $0) }
      var station: SweepStation
      do throws(RefusedDraw) {
        station = try takeStation(variant, cell, seed)
      } catch {
        result.refused = error
        return true
      }
      guard carryOut(seed, cell, &station, &found, &result), !isHalted() else { return false }
      if let variant {
        if variants.count >= Self.keptEngines { variants.removeAll(keepingCapacity: true) }
        variants[variant] = station
      }
    }
    return true
  }

  /// The station for what a seed draws.
  private mutating func takeStation(
    _ variant: Variant?, _ cell: Int, _ seed: UInt64
  ) throws(RefusedDraw) -> SweepStation {
    if let variant, let known = variants.removeValue(forKey: variant) { return known }
    return SweepStation(
      try maker.plan(cell: cell, seed: seed), measuring: sweep.metrics[cell],
      cells: Self.keptEngines)
  }

  /// Carries out a run and takes it in; false if it was given up.
  private mutating func carryOut(
    _ seed: UInt64, _ cell: Int, _ station: inout SweepStation, _ found: inout CellResult,
    _ result: inout BlockResult
  ) -> Bool {
    let engine = station.prepared()
    return repeats(seed, cell, engine, &station, &found, &result)
      || judge(seed, cell, engine, &station, &found, &result)
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
    _ seed: UInt64, _ cell: Int, _ engine: PlanRunner, _ station: inout SweepStation,
    _ found: inout CellResult, _ result: inout BlockResult
  ) -> Bool {
    guard station.memory.looksFirst else { return false }
    let schedule = schedule
    guard let trace = engine.trace(seed: seed, isStopped: { schedule.isHalted }),
      let place = station.memory.place(of: trace)
    else { return false }
    station.memory.count(isKnown: true)
    note(place, cell, seed, &station, &found, &result)
    return true
  }

  /// Carries out and judges a run; false if it was given up.
  private mutating func judge(
    _ seed: UInt64, _ cell: Int, _ engine: PlanRunner, _ station: inout SweepStation,
    _ found: inout CellResult, _ result: inout BlockResult
  ) -> Bool {
    let schedule = schedule
    guard engine.run(seed: seed, tally: &station.tally, isStopped: { schedule.isHalted }) else {
      return false
    }
    if sweep.reusesJudgements {
      let known = station.memory.place(of: station.tally.trace)
      station.memory.count(isKnown: known != nil)
      if let place = known ?? station.memory.remember(station.tally) {
        note(place, cell, seed, &station, &found, &result)
        return true
      }
    }
    found.add(station.tally, at: station, sometimes: sometimes[cell], seed: seed)
    count(station.tally.events, &result)
    if station.tally.outcome >= .fail { _ = noteFailure(cell, seed, station.plan, &result) }
    return true
  }

  private mutating func count(_ events: Int, _ result: inout BlockResult) {
    eventsSinceAsked += events
    result.events += events
  }

  /// Takes in a run whose trace is remembered.
  private mutating func note(
    _ place: Int, _ cell: Int, _ seed: UInt64, _ station: inout SweepStation,
    _ found: inout CellResult, _ result: inout BlockResult
  ) {
    let entry = station.memory.entries[place]
    if entry.task == tasks {
      found.add(toGroup: entry.group)
    } else {
      station.memory.mark(place, task: tasks, group: found.groups.count)
      found.add(entry.tally, at: station, sometimes: sometimes[cell], seed: seed)
    }
    count(entry.tally.events, &result)
    guard entry.tally.outcome >= .fail else { return }
    if let fingerprint = entry.fingerprint,
      let failure = result.failures.firstIndex(where: { $0.fingerprint == fingerprint }),
      result.failures[failure].first < (seed, cell)
    {
      result.failingRuns.append(FailingRun(cell: cell, seed: seed, failure: failure))
    } else {
      station.memory.name(place, noteFailure(cell, seed, station.plan, &result))
    }
  }

  /// Runs a failing seed once more, to see what shows the failure.
  private func noteFailure(
    _ cell: Int, _ seed: UInt64, _ plan: JudgementPlan, _ block: inout BlockResult
  ) -> Fingerprint {
    var plan = plan
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
