import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import SystemModel

/// What a failure comes of, as far as runs show it: what repairs a scenario has to repair whatever
/// smaller one is to fail for the same reason.
///
/// A failure that something does not happen is had for nothing, by a run that is too short or by a
/// fault that never ends. So a scenario that fails in this way must also hold once it is repaired,
/// and its faults end if they ended before. If nothing repairs it, it keeps the time it had, and
/// calls.
struct FailureCause: Sendable {
  /// The assertion that fails first.
  private let assertion: String
  /// The first of all remedies by which it holds; nil if none helps.
  private let remedy: Remedy?
  /// Whether something was awaited in vain.
  private let isAbsence: Bool
  /// The faults that had ended.
  private let endedFaults: [String]
  /// When it failed, at which something could still happen.
  private let instant: Instant
  private let hasCalls: Bool
  /// The most events that a repaired run may have.
  private var eventLimit = Int.max

  /// The cause of a failure; a repaired run may have twice the events and some more.
  init(of failure: FirstFailure, spareEvents: Int) {
    let result = failure.result
    let assertion = failure.fingerprint.assertion
    self.assertion = assertion
    isAbsence =
      failure.plan.assertions.first { $0.name == assertion }.map { Self.awaits($0.form) } ?? false
    endedFaults = Self.ended(result)
    instant = result.instantOfFailure
    hasCalls = !result.calls.isEmpty
    var helpful: Remedy?
    for remedy in Remedy.allCases where helpful == nil {
      guard remedy.applied(to: failure.draft) != failure.draft,
        let plan = Self.plan(failure.draft, remedy, assertion, of: result),
        let tally = Self.tally(plan), let verdict = tally.verdicts.first,
        Self.holds(verdict, isAbsence)
      else { continue }
      helpful = remedy
      eventLimit = 2 * tally.events + spareEvents
    }
    remedy = helpful
  }

  /// Whether a smaller scenario, which fails in the same way, may do so for the same reason.
  func isKept(by trial: Trial, isStopped: () -> Bool = { false }) -> Bool {
    if isAbsence {
      let ended = Self.ended(trial.result)
      let isThere = { (name: String) in trial.result.faults.contains { $0.name == name } }
      guard endedFaults.allSatisfy({ ended.contains($0) || !isThere($0) }) else { return false }
    }
    guard let remedy else {
      let end = trial.draft[["limits", "time"]]?.duration ?? Instant.defaultEnd
      return !isAbsence || end >= instant.nanoseconds && (!hasCalls || !trial.result.calls.isEmpty)
    }
    guard var plan = Self.plan(trial.draft, remedy, assertion, of: trial.result) else {
      return false
    }
    plan.system.eventLimit = min(plan.system.eventLimit, eventLimit)
    guard let verdict = Self.tally(plan, isStopped)?.verdicts.first else { return false }
    return Self.holds(verdict, isAbsence)
  }

  /// Whether an assertion waits for something, or looks at the end alone.
  private static func awaits(_ form: AssertionForm) -> Bool {
    switch form {
    case .eventually, .sometimes, .response, .atEnd, .metric: true
    case .always, .never, .hold: false
    case .invariant(let name): InvariantCatalog.invariant(name)?.awaits ?? false
    }
  }

  /// Whether a verdict says that what is repaired does not fail: what is awaited has to come.
  private static func holds(_ verdict: Verdict, _ isAbsence: Bool) -> Bool {
    isAbsence ? verdict == .pass : verdict < .fail
  }

  /// The faults that have acted and do not act any more, by name.
  private static func ended(_ result: RunResult) -> [String] {
    result.faults.filter { fault in
      !fault.windows.isEmpty && fault.windows.allSatisfy { $0.end != nil }
    }.map(\.name)
  }

  /// A repaired scenario with the one assertion alone: others may speak of what is not there.
  private static func plan(
    _ draft: ScenarioDraft, _ remedy: Remedy, _ assertion: String, of result: RunResult
  ) -> JudgementPlan? {
    let others = result.assertions.indices.filter { result.assertions[$0].name != assertion }
    guard others.count < result.assertions.count else { return nil }
    let repaired = remedy.applied(to: draft.removing(others, of: ["assertions"]))
    return Interpreter.compile(SourceFile(name: "draft.yaml", text: repaired.repaired().text))
      .cells.first?.plan
  }

  /// What becomes of a run; nil if it was given up.
  private static func tally(_ plan: JudgementPlan, _ isStopped: () -> Bool = { false }) -> RunTally?
  {
    var tally = RunTally(measuring: [])
    let isWhole = PlanRunner(plan).run(
      seed: plan.system.seed, tally: &tally, isStopped: isStopped)
    return isWhole ? tally : nil
  }
}
