internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// The mistakes that are found in capsules.

extension DiagnosticCode {
  static let newerCapsule = DiagnosticCode(
    "E0341", "a capsule of a later engine",
    explanation: """
      The engine of this tool does not know the semantics that the capsule was recorded with, so it \
      cannot say whether the failure still is there. An earlier one is accepted: `conclave replay` \
      says what has changed since.
      """,
    wrong: capsule("semantics: 9999"), right: capsule("semantics: 1"))
  static let contradictoryCapsule = DiagnosticCode(
    "E0342", "a capsule that contradicts its scenario",
    explanation: """
      What the section `capsule` says was true of the scenario when it was written. If they disagree, \
      one of them was edited, and nothing that could be compared is left. To keep the scenario as it \
      is now, remove the section, and run it with `--capsules` for a new one.
      """,
    wrong: capsule("semantics: 1", seed: 8), right: capsule("semantics: 1"))

  private static func capsule(_ semantics: String, seed: Int = 7) -> String {
    """
    seed: \(seed)
    assertions: [election-safety]
    capsule:
      tool: 0.1.0
      \(semantics)
      seed: 7
      outcome: fail
      violated: [election-safety]
      fingerprint: 06a7fa15c3e2d490
      trace_hash: b18f0e0a3fb06517
    """
  }
}

// The wording of what is found about capsules.

extension Diagnostic {
  static func newerCapsule(_ semantics: Marked<Int64>, tool: String) -> Diagnostic {
    Diagnostic(
      .newerCapsule,
      "the capsule was recorded with engine semantics \(semantics.value), and this tool knows "
        + "them up to \(EngineSemantics.version)", at: semantics.span,
      help: "take the build of conclave that has kept it, \(tool), or a later one")
  }

  static func otherSeed(
    _ seed: Marked<UInt64>, scenario: Marked<UInt64>?, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .contradictoryCapsule, "the capsule was recorded with seed \(seed.value)", at: seed.span,
      labels: scenario.map { [Label($0.span, "the scenario has another")] } ?? [],
      notes: scenario == nil ? ["a scenario without `seed` has seed 1"] : [],
      help: "write `seed: \(seed.value)` in the scenario, or remove `capsule`")
  }

  static func violatedUnknown(_ name: Marked<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      .contradictoryCapsule, "the scenario has no assertion `\(name.value)` that could have failed",
      at: name.span,
      notes: [known.isEmpty ? "there are none" : "the assertions are " + WordList.text(known)],
      help: didYouMean(name.value, known) ?? "put the assertion back, or remove `capsule`")
  }

  static func nothingViolated(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .contradictoryCapsule, "the capsule does not say which assertion failed", at: span,
      help: "add `violated: NAME`; only an error of a fault's condition has none")
  }
}
