import Analysis
import Interpreter
import ScenarioSyntax
import SystemModel

/// The first cell of a scenario that fails, with all that those need who look into its failure.
struct FirstFailure: Sendable {
  /// The cell, by its place.
  let cell: Int
  /// What was run.
  let plan: JudgementPlan
  /// What came of it.
  let result: RunResult
  /// What tells the failure from others.
  let record: FailureRecord
  /// The same in words.
  let fingerprint: Fingerprint
  /// The scenario of the cell with its seed, without `expect`, and without what tells of an earlier
  /// failure.
  let draft: ScenarioDraft
  /// Whether the scenario expects a failure.
  let isExpected: Bool

  /// Runs the cells of a scenario in their order; nil if none fails.
  init?(of scenario: CompiledScenario) {
    for (place, cell) in scenario.cells.enumerated() {
      let result = Interpreter.run(cell.plan)
      let description = cell.plan.description
      guard let record = FailureRecord(result, description, tool: Version.text),
        let fingerprint = Fingerprint(result, description)
          ?? Fingerprint(result, description, countingSometimes: true)
      else { continue }
      var draft = scenario.draft(cell: place)
      isExpected = draft[["expect", "fail"]] != nil
      draft.remove(["expect"])
      draft.remove(["capsule"])
      draft.header = ToolHeader.removed(from: draft.header)
      self.draft = draft.replacing(["seed"], by: .text(String(result.seed)))
      self.cell = place
      plan = cell.plan
      self.result = result
      self.record = record
      self.fingerprint = fingerprint
      return
    }
    return nil
  }
}
