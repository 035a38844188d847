import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import Synchronization

/// Finds the first of some candidates that fails as it shall, on several threads.
///
/// Which one that is, and how many runs are counted, depends neither on the number of threads nor
/// on which run ends first: what has run behind the first is not counted.
struct ShrinkTrials {
  /// What the threads share while they look at some candidates.
  private struct State {
    var next = 0
    var first: (place: Int, trial: Trial)?
  }

  private let wanted: WantedFailure
  private let jobs: Int
  private let isHalted: @Sendable () -> Bool
  /// How many more runs there may be.
  private(set) var runsLeft: Int
  /// How many runs there were.
  private(set) var runs = 0
  /// The candidates that are known not to do.
  private var refused: Set<String> = []

  init(
    _ wanted: WantedFailure, jobs: Int, runLimit: Int, isHalted: @escaping @Sendable () -> Bool
  ) {
    self.wanted = wanted
    self.jobs = max(1, jobs)
    self.isHalted = isHalted
    runsLeft = runLimit
  }

  /// Whether there is nothing left to find out.
  var isOver: Bool { runsLeft <= 0 || isHalted() }

  /// The place of the first candidate that does, with its run; nil if none does, or if the runs
  /// were given up.
  mutating func first(
    of candidates: [ScenarioDraft], where isSmaller: @escaping @Sendable (Int, Trial) -> Bool
  ) async -> (place: Int, trial: Trial)? {
    var known = refused
    var texts: [String] = []
    var open: [Int] = []
    for (place, candidate) in candidates.enumerated() where open.count < runsLeft {
      let text = candidate.text
      guard known.insert(text).inserted else { continue }
      texts.append(text)
      open.append(place)
    }
    let (places, chosen) = (open, open.map { candidates[$0] })
    let found = await look(at: chosen) { isSmaller(places[$0], $1) }
    if found == nil, isHalted() { return nil }
    let counted = found.map { $0.place + 1 } ?? open.count
    runs += counted
    runsLeft -= counted
    for text in texts[..<(found?.place ?? open.count)] { refused.insert(text) }
    return found.map { (open[$0.place], $0.trial) }
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
    at candidates: [ScenarioDraft], where isSmaller: @escaping @Sendable (Int, Trial) -> Bool
  ) async -> (place: Int, trial: Trial)? {
    let shared = Shared()
    let (wanted, isHalted) = (wanted, isHalted)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(jobs, candidates.count) {
        group.addTask {
          while !isHalted(), let place = shared.next(below: candidates.count) {
            let trial = wanted.trial(of: candidates[place]) {
              isHalted() || !shared.isWanted(place)
            }
            if let trial, isSmaller(place, trial) { shared.take(place, trial) }
          }
        }
      }
    }
    return shared.first
  }

  /// Hands out candidates in their order, and keeps the first that does.
  private final class Shared: Sendable {
    private let state = Mutex(State())

    func next(below count: Int) -> Int? {
      state.withLock { state in
        guard state.next < min(count, state.first?.place ?? .max) else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func isWanted(_ place: Int) -> Bool {
      state.withLock { $0.first.map { place < $0.place } ?? true }
    }

    func take(_ place: Int, _ trial: Trial) {
      state.withLock { state in
        if state.first.map({ place < $0.place }) ?? true { state.first = (place, trial) }
      }
    }

    var first: (place: Int, trial: Trial)? { state.withLock { $0.first } }
  }
}
