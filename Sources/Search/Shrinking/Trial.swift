import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import SystemModel

/// A draft that fails as it shall, with what its run has shown.
struct Trial: Sendable {
  let draft: ScenarioDraft
  let result: RunResult
  /// How many warnings its text gets.
  let warnings: Int
  /// How much there is to follow.
  let size: ScenarioSize

  init(draft: ScenarioDraft, result: RunResult, warnings: Int) {
    self.draft = draft
    self.result = result
    self.warnings = warnings
    size = ScenarioSize(
      draft, nodes: result.topology.count, faults: result.faults.count,
      calls: result.calls.count + result.callsLeftOut, instant: result.instantOfFailure,
      seed: result.seed)
  }

  /// How many calls clients made.
  var calls: Int { result.calls.count + result.callsLeftOut }

  /// Whether the run says less than it seems to: an assertion that could not fail, a fault, message
  /// or timer that never occurred.
  var isHollow: Bool {
    result.assertions.contains { $0.weight == .vacuous }
      || result.faults.contains { $0.verdict == .vacuous }
      || result.idleEntries.contains { $0.verdict == .vacuous }
  }

  /// When the failure was decided; the end of the run, if it is not known better.
  var instant: Instant { result.instantOfFailure }
}

extension RunResult {
  /// When the first failure was decided; the end of the run, if it is not known better.
  var instantOfFailure: Instant {
    let failing = assertions.filter { $0.verdict >= .fail }
    return failing.compactMap { $0.evidence?.at }.min() ?? endedAt
  }
}

/// The failure that must not be lost: a fingerprint, and the outcome of the run before `expect`.
struct WantedFailure: Sendable {
  let outcome: Verdict
  let fingerprint: UInt64
  /// Whether nothing in the run may depend on its seed, since nothing did in that of the scenario.
  var isWithoutChance = false
  /// The most events that a run may have: one that goes on for much longer is no simpler, and would
  /// hold up the search.
  var eventLimit = Int.max

  /// Compiles and runs a draft; nil unless it fails in the same way, or if it was given up. `text`
  /// is that of the draft.
  func trial(
    of draft: ScenarioDraft, text: String, isStopped: () -> Bool = { false }
  ) -> Trial? {
    let compiled = Interpreter.compile(SourceFile(name: "draft.yaml", text: text))
    guard compiled.cells.count == 1 else { return nil }
    var plan = compiled.cells[0].plan
    let isBounded = plan.system.eventLimit > eventLimit
    plan.system.eventLimit = min(plan.system.eventLimit, eventLimit)
    // Most candidates do not fail at all; to see that, no evidence is needed.
    var tally = RunTally(measuring: [])
    guard PlanRunner(plan).run(seed: plan.system.seed, tally: &tally, isStopped: isStopped),
      !isBounded || tally.events < eventLimit,
      tally.outcome >= .fail || tally.verdicts.contains(where: { $0 >= .fail })
    else { return nil }
    let result = Interpreter.run(plan)
    guard let found = FailureRecord(result, plan.description, tool: Version.text),
      found.outcome == outcome, found.fingerprint == fingerprint,
      !isWithoutChance || OtherSeeds.giveTheSame(plan, as: result)
    else { return nil }
    return Trial(draft: draft, result: result, warnings: compiled.diagnostics.warningCount)
  }
}
