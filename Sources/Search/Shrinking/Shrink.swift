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
  /// How many candidates are tried at the most.
  public let runLimit: Int
  /// How many events a candidate may have besides twice those of the scenario.
  private static let spareEvents = 1000
  /// How wide the lines are in which a description is quoted.
  private static let descriptionWidth = 98
  private let failure: FirstFailure
  private let start: Trial
  private let wanted: WantedFailure

  /// A search that starts from the first cell of a scenario that fails; nil if none does.
  public init?(_ scenario: CompiledScenario, file: String, runLimit: Int = 10_000) {
    guard let failure = FirstFailure(of: scenario) else { return nil }
    let wanted = WantedFailure(
      outcome: failure.record.outcome, fingerprint: failure.record.fingerprint,
      isWithoutChance: OtherSeeds.giveTheSame(failure.plan, as: failure.result),
      cause: FailureCause(of: failure, spareEvents: Self.spareEvents),
      eventLimit: 2 * failure.result.events + Self.spareEvents)
    var draft = failure.draft
    let assertion = failure.fingerprint.assertion
    if failure.isExpected, failure.result.assertion(assertion) != nil {
      draft[["expect"]] = .mapping([.init("fail", .text(assertion))])
    }
    guard let start = wanted.trial(of: draft, text: draft.text) else {
      preconditionFailure("a draft of a failing scenario fails in another way:\n\(draft.text)")
    }
    self.file = file
    self.runLimit = runLimit
    self.failure = failure
    self.start = start
    self.wanted = wanted
  }

  /// The cell that is made smaller, by its place.
  public var cell: Int { failure.cell }

  /// Does some work, and may note that it lasts.
  public typealias Watch = @Sendable (_ work: () -> Void) -> Void

  /// Searches on some threads.
  ///
  /// `halt` is asked often, by all threads: once it gives a reason, what is known then is the result.
  /// `watch` is called by each thread for what it runs.
  public func run(
    jobs: Int, halt: @escaping @Sendable () -> SweepHalt? = { nil },
    progress: @escaping @Sendable (ShrinkProgress) -> Void = { _ in },
    watch: @escaping Watch = { work in work() }
  ) async -> Outcome {
    let trials = ShrinkTrials(wanted, jobs: jobs, runLimit: runLimit, watch: watch) {
      halt() != nil
    }
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
    if draft != start.draft { Self.quoteDescription(of: &draft) }
    Self.excuseIdleFaults(of: &draft, trial.result)
    if failure.isExpected { draft[["expect"]] = Self.expectation(trial.result) }
    let changes = ShrinkChanges(start, Trial(draft: draft, result: trial.result)).all
    let scenario = Interpreter.compile(SourceFile(name: file, text: draft.text))
    guard scenario.cells.count == 1 else {
      preconditionFailure("the smaller scenario does not compile:\n\(draft.text)")
    }
    let (result, repetition) = Interpreter.runTwice(scenario.cells[0].plan)
    let description = scenario.cells[0].plan.description
    let isWithoutChance = OtherSeeds.giveTheSame(scenario.cells[0].plan, as: result)
    guard let after = FailureRecord(result, description, tool: Version.text),
      let capsule = Capsule(
        of: result, scenario, shrunkFrom: file, changes, isWithoutChance: isWithoutChance)
    else {
      preconditionFailure("the smaller scenario does not fail:\n\(draft.text)")
    }
    var isProven =
      after.fingerprint == failure.record.fingerprint && after.outcome == failure.record.outcome
    if case .same = repetition {} else { isProven = false }
    return Outcome(
      capsule: capsule,
      summary: ShrinkSummary(
        before: failure.record, after: after, fingerprint: failure.fingerprint,
        changes: changes, runs: runs, ending: ending, isWithoutChance: isWithoutChance,
        isProven: isProven))
  }

  /// What the scenario was said to show is told of it as it was, above what else it says.
  private static func quoteDescription(of draft: inout ScenarioDraft) {
    guard let text = draft[["description"]]?.text else { return }
    draft.remove(["description"])
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      if let last = lines.last, last.count + word.count < descriptionWidth {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(word)
      }
    }
    draft.header = lines + (draft.header.isEmpty ? [] : [""]) + draft.header
  }

  /// A fault with which the run ends has no time to touch anything; but without it the failure is
  /// lost, so that it is accepted.
  private static func excuseIdleFaults(of draft: inout ScenarioDraft, _ result: RunResult) {
    for (place, fault) in result.faults.enumerated() where fault.verdict == .vacuous {
      draft[["faults", .item(place), "may_be_idle"]] = .text("the run fails and ends with it")
    }
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
