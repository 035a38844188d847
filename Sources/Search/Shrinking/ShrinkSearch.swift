import Analysis
import Interpreter
import ScenarioSyntax
import SystemModel

/// The search for a smaller scenario: reductions in rounds, until a whole round changes nothing.
///
/// It goes two ways and takes the smaller end. On the one the run is cut right behind the failure
/// before anything else, so that it never fails later; on the other it keeps some time until nothing
/// goes any more, so that what is smaller and fails somewhat later is found, too.
///
/// Delta debugging (Zeller and Hildebrandt, IEEE TSE 2002), level by level of the scenario as Misherghi
/// and Su do (ICSE 2006): entries and nodes before what is in them. The last round has tried each single
/// entry, node and instant in vain, so that none of them can be left out.
struct ShrinkSearch {
  /// The reductions of a round, those that take most away first.
  private static func reductions(isTight: Bool) -> [any Reduction] {
    [
      AssertionReduction(), TimeReduction(isTight: isTight), EntryReduction(), NodeReduction(),
      CallReduction(), FiringReduction(), LawReduction(), PartReduction(), ShortFormReduction(),
      NumberReduction(), SeedReduction(),
    ]
  }
  /// The seeds that are tried besides where something is taken away and chance is left: what is
  /// left may draw as before, and meet others.
  private static let otherSeeds: ClosedRange<UInt64> = 1...4

  /// The smallest that was found.
  private(set) var best: Trial
  /// Where the search stands on its way.
  private var current: Trial
  private(set) var trials: ShrinkTrials
  /// How many warnings the scenario has: the result has no more.
  private let warnings: Int
  private let progress: @Sendable (ShrinkProgress) -> Void

  init(
    _ start: Trial, _ trials: ShrinkTrials, progress: @escaping @Sendable (ShrinkProgress) -> Void
  ) {
    best = start
    current = start
    warnings = start.warnings
    self.trials = trials
    self.progress = progress
  }

  /// Searches to the end; tells whether there is nothing left that could be tried.
  mutating func run() async -> Bool {
    let start = current
    await search(isTight: true)
    current = start
    trials.forget()
    await search(isTight: false)
    await search(isTight: true)
    return !trials.isOver
  }

  /// Goes through all reductions until none does anything.
  private mutating func search(isTight: Bool) async {
    var isChanged = true
    while isChanged, !trials.isOver {
      isChanged = false
      for reduction in Self.reductions(isTight: isTight) where await reduce(by: reduction) {
        isChanged = true
      }
    }
  }

  /// Goes through the steps of a reduction again and again, from where the last one did on, until
  /// none does; tells whether one did.
  private mutating func reduce(by reduction: any Reduction) async -> Bool {
    var isChanged = false
    var isChangedInLoop = false
    var start = 0
    var steps = reduction.steps(from: current)
    while !trials.isOver {
      if start >= steps.count {
        guard isChangedInLoop else { break }
        start = 0
        isChangedInLoop = false
      }
      guard let taken = await first(of: steps[start...]) else {
        start = steps.count
        continue
      }
      isChanged = true
      isChangedInLoop = true
      start += taken
      steps = reduction.steps(from: current)
    }
    return isChanged
  }

  /// Takes the first step that does; gives how many steps stand in front of it.
  private mutating func first(of steps: ArraySlice<ReductionStep>) async -> Int? {
    let seeds = steps.contains { $0.kind == .removal } ? seedsToTry() : []
    var start = steps.startIndex
    while start < steps.endIndex, !trials.isOver {
      let end = min(start + trials.stepsAtOnce, steps.endIndex)
      if let place = await first(of: steps[start..<end], seeds: seeds) {
        return start - steps.startIndex + place
      }
      start = end
    }
    return nil
  }

  private mutating func first(
    of steps: ArraySlice<ReductionStep>, seeds: [UInt64]
  ) async -> Int? {
    let candidates = steps.enumerated().flatMap { place, step -> [ShrinkTrials.Candidate] in
      let draft = step.draft
      let others = step.kind == .removal ? seeds : []
      let drafts = [draft] + others.map { draft.replacing(["seed"], by: .text(String($0))) }
      return drafts.map { ShrinkTrials.Candidate($0, step: place) }
    }
    let (known, current) = (Array(steps), current)
    let found = await trials.first(of: candidates) { place, trial in
      known[place].isTaken(trial, after: current)
    }
    if let found {
      self.current = found.trial
      if found.trial.size < best.size, found.trial.warnings <= warnings { best = found.trial }
    }
    progress(
      ShrinkProgress(
        runs: trials.runs, calls: best.calls, nodes: best.result.topology.count,
        faults: best.result.faults.count))
    return found?.step
  }

  /// Other seeds, if the run depends on its seed.
  private mutating func seedsToTry() -> [UInt64] {
    guard !trials.isWithoutChance else { return [] }
    let others = Self.otherSeeds.filter { $0 != current.result.seed }
    guard trials.isRandom(current, seed: others[0]) else { return [] }
    return others
  }
}

/// Gives the scenario the first seed that does.
struct SeedReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    (1..<min(5, max(1, trial.result.seed))).map { seed in
      ReductionStep { trial.draft.replacing(["seed"], by: .text(String(seed))) }
    }
  }
}
