internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// The failure that the scenario was kept for, if it is a capsule that agrees with itself.
  mutating func capsule() -> FailureRecord? {
    guard let section = scenario.capsule else { return nil }
    let known = diagnostics.count
    if section.semantics.value > EngineSemantics.version {
      report(.newerCapsule(section.semantics, tool: section.tool.value))
    }
    let seed = scenario.seed
    if seed?.value ?? 1 != section.seed.value, !isBroken("seed") {
      report(.otherSeed(section.seed, scenario: seed, at: scenario.span))
    }
    checkViolated(section)
    guard diagnostics.count == known else { return nil }
    return FailureRecord(
      tool: section.tool.value, semantics: Int(section.semantics.value), seed: section.seed.value,
      outcome: section.outcome == .fail ? .fail : .error,
      violated: section.violated.map(\.value), fingerprint: section.fingerprint.value,
      traceHash: section.traceHash.value)
  }

  private mutating func checkViolated(_ section: CapsuleSection) {
    let names = scenario.assertions.map { $0.name?.value ?? $0.defaultName }
    var seen: [String: SourceSpan] = [:]
    for name in section.violated where !isFull {
      if !names.contains(name.value), !isBroken("assertions") {
        report(.violatedUnknown(name, known: names))
      } else if let first = seen[name.value] {
        report(.repeatedItem(name.span, first))
      }
      seen[name.value] = name.span
    }
    if section.violated.isEmpty, section.outcome == .fail {
      report(.nothingViolated(section.span))
    }
  }
}
