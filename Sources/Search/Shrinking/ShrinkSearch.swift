import Analysis
import Interpreter
import ScenarioSyntax
import SystemModel

/// The search for a smaller scenario: reductions in rounds, until a whole round changes nothing.
///
/// Delta debugging (Zeller and Hildebrandt, IEEE TSE 2002), level by level of the scenario as Misherghi
/// and Su do (ICSE 2006): entries and nodes before what is in them. The last round has tried each single
/// entry, node and instant in vain, so that none of them can be left out.
struct ShrinkSearch {
  /// The reductions of a round, those that take most away first.
  static let reductions: [any Reduction] = [
    TimeReduction(), EntryReduction(), NodeReduction(), CallReduction(), LawReduction(),
    PartReduction(), NumberReduction(), SeedReduction(),
  ]
  /// The seeds that are tried besides where something is taken away and chance is left: what is
  /// left may draw as before, and meet others.
  private static let otherSeeds: ClosedRange<UInt64> = 1...4

  private(set) var best: Trial
  private(set) var trials: ShrinkTrials
  private let progress: @Sendable (ShrinkProgress) -> Void

  init(
    _ start: Trial, _ trials: ShrinkTrials, progress: @escaping @Sendable (ShrinkProgress) -> Void
  ) {
    best = start
    self.trials = trials
    self.progress = progress
  }

  /// Searches to the end; tells whether there is nothing left that could be tried.
  mutating func run() async -> Bool {
    while !trials.isOver {
      var isChanged = false
      for reduction in Self.reductions where await reduce(by: reduction) { isChanged = true }
      if !isChanged { return !trials.isOver }
    }
    return false
  }

  /// Goes through the steps of a reduction again and again, from where the last one did on, until
  /// none does; tells whether one did.
  private mutating func reduce(by reduction: any Reduction) async -> Bool {
    var isChanged = false
    var isChangedInLoop = false
    var start = 0
    var steps = reduction.steps(from: best)
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
      steps = reduction.steps(from: best)
    }
    return isChanged
  }

  /// How many steps are written out at once: writing takes time, too, and none of it is of use once
  /// a step does or the search is over.
  private static let stepsAtOnce = 16

  /// Takes the first step that does; gives how many steps stand in front of it.
  private mutating func first(of steps: ArraySlice<ReductionStep>) async -> Int? {
    let seeds = steps.contains { $0.kind == .removal } ? seedsToTry() : []
    var start = steps.startIndex
    while start < steps.endIndex, !trials.isOver {
      let end = min(start + Self.stepsAtOnce, steps.endIndex)
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
    var candidates: [ScenarioDraft] = []
    var origins: [(place: Int, step: ReductionStep)] = []
    for (place, step) in steps.enumerated() {
      let others = step.kind == .removal ? seeds : []
      candidates.append(step.draft)
      candidates += others.map { step.draft.replacing(["seed"], by: .text(String($0))) }
      origins += Array(repeating: (place, step), count: others.count + 1)
    }
    let (known, best) = (origins, best)
    let found = await trials.first(of: candidates) { place, trial in
      known[place].step.isTaken(trial, after: best)
    }
    if let found { self.best = found.trial }
    progress(
      ShrinkProgress(
        runs: trials.runs, calls: self.best.calls, nodes: self.best.result.topology.count,
        faults: self.best.result.faults.count))
    return found.map { origins[$0.place].place }
  }

  /// Other seeds, if the run depends on its seed.
  private mutating func seedsToTry() -> [UInt64] {
    let others = Self.otherSeeds.filter { $0 != best.result.seed }
    guard trials.isRandom(best, seed: others[0]) else { return [] }
    return others
  }
}

/// Gives the scenario the first seed that does.
struct SeedReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    (1..<min(5, max(1, trial.result.seed))).map { seed in
      ReductionStep(trial.draft.replacing(["seed"], by: .text(String(seed))))
    }
  }
}
