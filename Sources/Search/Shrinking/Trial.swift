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
  /// How many of them stay when more is taken away.
  let lastingWarnings: Int
  /// How much there is to follow.
  let size: ScenarioSize

  init(draft: ScenarioDraft, result: RunResult, diagnostics: DiagnosticBag = DiagnosticBag()) {
    self.draft = draft
    self.result = result
    warnings = diagnostics.warningCount
    lastingWarnings = diagnostics.sorted.count { Self.lasting.contains($0.code.id) }
    size = ScenarioSize(
      draft, nodes: result.topology.count, faults: result.faults.count,
      calls: result.calls.count + result.callsLeftOut, instant: result.instantOfFailure,
      seed: result.seed)
  }

  /// The warnings about what assertions say; those about what has no effect go with it.
  private static let lasting = [
    "W0703", "W0704", "W0705", "W0706", "W0707", "W0708", "W0709",
  ]

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
    firstEvidence?.at ?? faults.compactMap(\.failedAt).min() ?? endedAt
  }

  /// What shows the first failure of an assertion; nil if none has failed.
  var firstEvidence: Evidence? {
    assertions.filter { $0.verdict >= .fail }.compactMap(\.evidence).min { $0.at < $1.at }
  }
}

/// The failure that must not be lost: a fingerprint, and the outcome of the run before `expect`.
struct WantedFailure: Sendable {
  let outcome: Verdict
  let fingerprint: UInt64
  /// Whether nothing in the run may depend on its seed, since nothing did in that of the scenario.
  var isWithoutChance = false
  /// What the failure comes of, which must not become another.
  var cause: FailureCause?
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
    return Trial(draft: draft, result: result, diagnostics: compiled.diagnostics)
  }
}
