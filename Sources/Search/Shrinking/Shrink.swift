public import Analysis
import Diagnostics
public import Interpreter
import ScenarioSyntax
import SystemModel

/// Makes a failing scenario smaller, without losing its failure.
///
/// A failure is the same if its outcome before `expect` and its fingerprint are. The result depends
/// on the scenario and the number of runs that are allowed, not on the number of jobs.
public struct Shrink: Sendable {
  /// What came of it: the smaller scenario as a capsule, and what it has lost.
  public struct Outcome: Sendable {
    /// The smaller scenario.
    public let capsule: Capsule
    /// What it has lost, and how that was found out.
    public let summary: ShrinkSummary
  }

  /// The path of the scenario, as it was given.
  public let file: String
  /// The cell that is made smaller, by its place.
  public let cell: Int
  /// How many candidates are tried at the most.
  public let runLimit: Int
  /// How many events a candidate may have besides twice those of the scenario.
  private static let spareEvents = 1000
  private let start: Trial
  private let wanted: WantedFailure
  private let record: FailureRecord
  private let fingerprint: Fingerprint
  private let expects: Bool

  /// A search that starts from the first cell of a scenario that fails; nil if none does.
  public init?(_ scenario: CompiledScenario, file: String, runLimit: Int = 10_000) {
    for (place, cell) in scenario.cells.enumerated() {
      let result = Interpreter.run(cell.plan)
      let description = cell.plan.description
      guard let record = FailureRecord(result, description, tool: Version.text),
        let fingerprint = Fingerprint(result, description)
          ?? Fingerprint(result, description, countingSometimes: true)
      else { continue }
      var draft = scenario.draft(cell: place)
      expects = draft[["expect", "fail"]] != nil
      draft.remove(["expect"])
      if draft[["capsule"]] != nil {
        draft.remove(["capsule"])
        draft.header = Capsule.author(draft.header)
      }
      draft = draft.replacing(["seed"], by: .text(String(result.seed)))
      let wanted = WantedFailure(
        outcome: record.outcome, fingerprint: record.fingerprint,
        eventLimit: 2 * result.events + Self.spareEvents)
      guard let start = wanted.trial(of: draft) else {
        preconditionFailure("a draft of a failing scenario fails in another way:\n\(draft.text)")
      }
      self.file = file
      self.cell = place
      self.runLimit = runLimit
      self.start = start
      self.wanted = wanted
      self.record = record
      self.fingerprint = fingerprint
      return
    }
    return nil
  }

  /// Searches on some threads.
  ///
  /// `halt` is asked often, by all threads: once it gives a reason, what is known then is the result.
  public func run(
    jobs: Int, halt: @escaping @Sendable () -> SweepHalt? = { nil },
    progress: @escaping @Sendable (ShrinkProgress) -> Void = { _ in }
  ) async -> Outcome {
    let trials = ShrinkTrials(wanted, jobs: jobs, runLimit: runLimit) { halt() != nil }
    var search = ShrinkSearch(start, trials, progress: progress)
    let isMinimal = await search.run()
    let ending: ShrinkSummary.Ending =
      isMinimal ? .minimal : halt().map { $0 == .time ? .time : .interruption } ?? .runs
    return outcome(search.best, runs: search.trials.runs, ending)
  }

  private func outcome(
    _ trial: Trial, runs: Int, _ ending: ShrinkSummary.Ending
  ) -> Outcome {
    var draft = trial.draft
    StaleComments.drop(from: &draft, of: start.draft)
    draft.header = Freeze.withoutHeader(draft.header)
    if expects { draft[["expect"]] = Self.expectation(trial.result) }
    let changes = ShrinkChanges(start, trial).all
    let scenario = Interpreter.compile(SourceFile(name: file, text: draft.text))
    guard scenario.cells.count == 1 else {
      preconditionFailure("the smaller scenario does not compile:\n\(draft.text)")
    }
    let (result, repetition) = Interpreter.runTwice(scenario.cells[0].plan)
    let description = scenario.cells[0].plan.description
    guard let after = FailureRecord(result, description, tool: Version.text),
      let capsule = Capsule(of: result, scenario, shrunkFrom: file, changes)
    else {
      preconditionFailure("the smaller scenario does not fail:\n\(draft.text)")
    }
    var isProven = after.fingerprint == record.fingerprint && after.outcome == record.outcome
    if case .same = repetition {} else { isProven = false }
    return Outcome(
      capsule: capsule,
      summary: ShrinkSummary(
        before: record, after: after, fingerprint: fingerprint, changes: changes, runs: runs,
        ending: ending, isProven: isProven))
  }

  /// Just what fails is expected to.
  private static func expectation(_ result: RunResult) -> DraftValue {
    let names = result.assertions.filter { $0.verdict == .fail }.map { DraftValue.text($0.name) }
    return .mapping([.init("fail", names.count == 1 ? names[0] : .list(names))])
  }
}

/// How far a search has come.
public struct ShrinkProgress: Sendable {
  /// How many candidates were tried.
  public let runs: Int
  /// How many calls are left.
  public let calls: Int
  /// How many nodes are left.
  public let nodes: Int
  /// How many faults are left.
  public let faults: Int
}
