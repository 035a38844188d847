import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import Synchronization

/// Finds the first of some steps of which a candidate fails as it shall, on several threads; of its
/// candidates, which differ in their seeds, the smallest.
///
/// Which one that is, and how many runs are counted, depends neither on the number of threads nor
/// on which run ends first: what has run behind the first step that does is not counted.
struct ShrinkTrials {
  /// A draft that may do.
  struct Candidate: Sendable {
    let draft: ScenarioDraft
    let text: String
    /// The place of the step that it comes of.
    let step: Int

    init(_ draft: ScenarioDraft, step: Int) {
      self.draft = draft
      text = draft.text
      self.step = step
    }
  }

  /// What the threads share while they look at some candidates.
  private struct State {
    var next = 0
    var first: (place: Int, step: Int, trial: Trial)?
  }

  private let wanted: WantedFailure
  private let jobs: Int
  private let isHalted: @Sendable () -> Bool
  private let watch: Shrink.Watch
  /// How many more runs there may be.
  private(set) var runsLeft: Int
  /// How many runs there were.
  private(set) var runs = 0
  /// The candidates that are known not to do.
  private var refused: Set<String> = []

  init(
    _ wanted: WantedFailure, jobs: Int, runLimit: Int, watch: @escaping Shrink.Watch,
    isHalted: @escaping @Sendable () -> Bool
  ) {
    self.watch = watch
    self.wanted = wanted
    self.jobs = max(1, jobs)
    self.isHalted = isHalted
    runsLeft = runLimit
  }

  /// How many steps are written out at once: writing takes time, too, and none of it is of use once
  /// a step does or the search is over.
  var stepsAtOnce: Int { 2 * jobs }

  /// Whether there is nothing left to find out.
  var isOver: Bool { runsLeft <= 0 || isHalted() }

  /// Tries again what was refused, for it may be better than where another way begins.
  mutating func forget() { refused = [] }

  /// Whether nothing may depend on the seed.
  var isWithoutChance: Bool { wanted.isWithoutChance }

  /// The place of the first step that does, with its smallest run; nil if none does, or if the runs
  /// were given up. `isTaken` is asked about a step and a run.
  mutating func first(
    of candidates: [Candidate], where isTaken: @escaping @Sendable (Int, Trial) -> Bool
  ) async -> (step: Int, trial: Trial)? {
    var known = refused
    var open: [Candidate] = []
    for candidate in candidates where open.count < runsLeft {
      if known.insert(candidate.text).inserted { open.append(candidate) }
    }
    let found = await look(at: open, where: isTaken)
    if found == nil, isHalted() { return nil }
    let before = open.prefix { $0.step < found?.step ?? .max }
    let counted = before.count + open.count { $0.step == found?.step }
    runs += counted
    runsLeft -= counted
    for candidate in before { refused.insert(candidate.text) }
    return found
  }

  /// Whether the run depends on its seed, as far as another one shows; counts as a run.
  mutating func isRandom(_ trial: Trial, seed: UInt64) -> Bool {
    runs += 1
    runsLeft -= 1
    let text = trial.draft.replacing(["seed"], by: .text(String(seed))).text
    let cells = Interpreter.compile(SourceFile(name: "draft.yaml", text: text)).cells
    return cells.first.map { Interpreter.run($0.plan).traceHash != trial.result.traceHash } ?? false
  }

  private func look(
    at candidates: [Candidate], where isTaken: @escaping @Sendable (Int, Trial) -> Bool
  ) async -> (step: Int, trial: Trial)? {
    let shared = Shared(candidates)
    let (wanted, isHalted, watch) = (wanted, isHalted, watch)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(jobs, candidates.count) {
        group.addTask {
          watch {
            while !isHalted(), let (place, candidate) = shared.next() {
              let isStopped = { isHalted() || !shared.isWanted(candidate.step) }
              let trial = wanted.trial(
                of: candidate.draft, text: candidate.text, isStopped: isStopped)
              if let trial, isTaken(candidate.step, trial),
                wanted.cause?.isKept(by: trial, isStopped: isStopped) ?? true
              {
                shared.take(place, trial)
              }
            }
          }
        }
      }
    }
    // Candidates of a step that were given up might have been the smallest of it.
    return isHalted() ? nil : shared.first
  }

  /// Hands out candidates in their order, and keeps the smallest of the first step that does.
  private final class Shared: Sendable {
    private let candidates: [Candidate]
    private let state = Mutex(State())

    init(_ candidates: [Candidate]) { self.candidates = candidates }

    func next() -> (place: Int, Candidate)? {
      state.withLock { state in
        guard state.next < candidates.count,
          candidates[state.next].step <= state.first?.step ?? .max
        else { return nil }
        defer { state.next += 1 }
        return (state.next, candidates[state.next])
      }
    }

    func isWanted(_ step: Int) -> Bool { state.withLock { step <= $0.first?.step ?? .max } }

    func take(_ place: Int, _ trial: Trial) {
      let step = candidates[place].step
      state.withLock { state in
        if let first = state.first {
          guard step <= first.step else { return }
          guard step < first.step || (trial.size, place) < (first.trial.size, first.place)
          else { return }
        }
        state.first = (place, step, trial)
      }
    }

    var first: (step: Int, trial: Trial)? {
      state.withLock { $0.first.map { ($0.step, $0.trial) } }
    }
  }
}
