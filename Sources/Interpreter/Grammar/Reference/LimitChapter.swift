import Analysis
import Compiler
import Diagnostics
import Expressions
import Protocols
import ScenarioSyntax
import SystemModel

/// The bounds of everything, from the catalogs of those who keep them.
enum LimitChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Limits",
      [
        section(
          "Scenarios", "What is beyond one of these is refused where it goes beyond.",
          LimitCatalog.all + ExpressionLimits.text + [
            Limit("nodes", NodeID.limit),
            Limit("draws of `vary` that `check` makes, over all cells", CheckedDraws.limit),
            Limit("mistakes that are told of one file", DiagnosticBag.capacity),
            Limit("mistakes of one file that are shown in full", DiagnosticRenderer.shownLimit),
          ]),
        section(
          "Runs",
          "The first three may be set by the scenario: `limits.time`, `limits.events`, and `budget` of "
            + "an invariant over calls. What ends a run is its planned or emergency end; a check of calls "
            + "beyond its budget is inconclusive, and an evaluation beyond its bounds the verdict `error`.",
          [
            Limit(
              "virtual time", Int(SystemPlan.defaultTimeLimit.nanoseconds / 1_000_000_000), "s"),
            Limit("events", SystemPlan.defaultEventLimit),
            Limit("placements that a check of calls tries", ConsistencyOptions.defaultBudget),
          ] + ExpressionLimits.evaluation + [
            Limit("terms and indexes of `raft-register`", Int(RaftRegister.limit))
          ]),
        section(
          "Histories", "What is beyond one of these is refused.", RecordedRun.limits),
        section(
          "Reports", "What is beyond one of these is counted, or left out.",
          ResultLimits.all + [ExpressionLimits.readings]),
      ])
  }

  private static func section(
    _ title: String, _ intro: String, _ limits: [Limit]
  ) -> ReferencePage.Section {
    .init(
      title, [.prose(intro), .table(["of", "limit"], rows: limits.map { [$0.what, $0.text] })])
  }
}
