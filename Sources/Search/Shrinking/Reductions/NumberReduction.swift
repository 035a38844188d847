import ScenarioSyntax

/// Makes single values simpler: times shorter and rounder, counts smaller.
///
/// Latencies and the times of a protocol are only made rounder, never shorter: how they stand to
/// each other is what a reader knows of the system.
struct NumberReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return draft.places().flatMap { path -> [ReductionStep] in
      guard case .key(let section)? = path.steps.first, !Self.kept.contains(section),
        path != ["topology", "nodes"], let value = draft[path], let text = value.text
      else { return [] }
      let kinds = draft.grammar(at: path)?.flattened.compactMap { grammar -> String? in
        if case .scalar(let kind) = grammar { return kind.name }
        return nil
      }
      return Self.simpler(value, kinds ?? ["value"]).filter { $0 != text }.map {
        text in ReductionStep { draft.replacing(path, by: .text(text)) }
      }
    }
  }

  private static let kept = [
    "version", "name", "description", "tags", "seed", "limits", "parameters", "assertions",
    "expect", "capsule",
  ]

  /// Simpler texts for a value of some kinds, the simplest first.
  private static func simpler(_ value: DraftValue, _ kinds: [String]) -> [String] {
    if let time = value.duration {
      let mayBeShorter = kinds.contains { ["instant", "positive_duration"].contains($0) }
      return times(time, mayBeShorter: mayBeShorter, mayBeZero: kinds.contains("instant"))
        .compactMap { DraftValue.duration($0).text }
    }
    guard let number = value.int, kinds.contains(ScalarKind.integer.name), number > 1 else {
      return []
    }
    return [1, number / 2, number - 1].filter { $0 >= 1 && $0 < number }.map { String($0) }
  }

  /// Times that have fewer digits, or are shorter and have no more.
  private static func times(_ time: Int64, mayBeShorter: Bool, mayBeZero: Bool) -> [Int64] {
    guard time > 0 else { return [] }
    let digits = RoundNumber.digits(time)
    var times: [Int64] = mayBeZero ? [0] : []
    if mayBeShorter {
      times += RoundNumber.near(time / 2, digits: 1).prefix(1).filter {
        $0 >= shortest && $0 < time
      }
    }
    for count in 1..<max(2, digits) where count < digits || mayBeShorter {
      times += RoundNumber.near(time, digits: count).filter { $0 != time }
    }
    return times.filter { $0 < time || RoundNumber.digits($0) < digits }
  }

  /// A time is not made shorter than this, which would be no easier to read.
  private static let shortest: Int64 = 1_000_000
}
