import Analysis
import ScenarioSyntax
import SystemModel

/// Lets the run end behind the failure, and begin with the first thing that the scenario tells.
struct TimeReduction: Reduction {
  /// Whether the run may end right behind the failure. As long as entries go, it ends no earlier
  /// than after twice the time: what is left may fail somewhat later.
  let isTight: Bool

  func steps(from trial: Trial) -> [ReductionStep] {
    ends(of: trial).map { end in
      ReductionStep(.earlierEnd) { Self.ending(trial.draft, at: end) }
    } + shifts(of: trial.draft)
  }

  private static func ending(_ draft: ScenarioDraft, at end: String) -> ScenarioDraft {
    var draft = draft
    let old = draft[["limits", "time"]]
    let value = DraftValue(.text(end), above: old?.above ?? [])
    if draft[["limits"]] == nil {
      draft[["limits"]] = .mapping([.init("time", value)])
    } else {
      draft[["limits", "time"]] = value
    }
    return draft
  }

  /// Earlier ends of the run, the earliest first.
  private func ends(of trial: Trial) -> [String] {
    let limit = trial.draft[["limits", "time"]]?.duration ?? Instant.defaultEnd
    let failure = trial.instant.nanoseconds
    // What is decided at the end of the run may also be decided by an earlier end.
    let halves = failure < limit ? [] : [8, 4, 2].map { limit / $0 }
    // The state that is shown may take some more time to be told in the same way.
    let tight = upward(failure) + (upward(failure).contains(failure) ? [] : [failure])
    let later = [failure + failure / 4, failure + failure / 2].flatMap(upward)
    let ends =
      halves.flatMap { RoundNumber.near($0, digits: 1) } + (isTight ? tight + later : [])
      + [2 * failure, 4 * failure].flatMap(upward)
    return ends.filter { $0 > 0 && $0 < limit }.compactMap { DraftValue.duration($0).text }
  }

  /// The number of two digits that is not below another.
  private func upward(_ number: Int64) -> [Int64] {
    RoundNumber.near(number, digits: 2).filter { $0 >= number }
  }

  /// All calls and faults earlier by the same time.
  private func shifts(of draft: ScenarioDraft) -> [ReductionStep] {
    let places = draft.places().filter { Self.isInstant($0, of: draft) }
    let instants = places.compactMap { draft[$0]?.duration }
    guard let first = instants.min(), first > 0 else { return [] }
    return [first, first / 2].filter { $0 > 0 }.map { shift in
      ReductionStep {
        var earlier = draft
        for place in places {
          guard let instant = draft[place]?.duration else { continue }
          earlier = earlier.replacing(
            place, by: DraftValue.duration(instant - shift).content)
        }
        return earlier
      }
    }
  }

  private static func isInstant(_ path: DraftPath, of draft: ScenarioDraft) -> Bool {
    guard path.holdsItem, path.steps.first != .key("assertions") else { return false }
    return draft.grammar(at: path)?.flattened.contains { grammar in
      if case .scalar(let kind) = grammar { return kind.name == "instant" }
      return false
    } ?? false
  }
}
