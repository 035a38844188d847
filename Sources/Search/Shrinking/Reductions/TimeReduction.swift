import Analysis
import ScenarioSyntax
import SystemModel

/// Lets the run end right behind the failure, and begin with the first thing that the scenario
/// tells.
struct TimeReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    ends(of: trial).map { end in
      var draft = trial.draft
      let old = draft[["limits", "time"]]
      let value = DraftValue(.text(end), above: old?.above ?? [])
      if draft[["limits"]] == nil {
        draft[["limits"]] = .mapping([.init("time", value)])
      } else {
        draft[["limits", "time"]] = value
      }
      return ReductionStep(draft)
    } + shifts(of: trial.draft)
  }

  /// Earlier ends of the run, the earliest first.
  private func ends(of trial: Trial) -> [String] {
    let limit = trial.draft[["limits", "time"]]?.duration ?? Instant.defaultEnd
    let failure = trial.instant.nanoseconds
    // What is decided at the end of the run may also be decided by an earlier end.
    let halves = failure < limit ? [] : [8, 4, 2].map { limit / $0 }
    // The state that is shown may take some more time to be told in the same way.
    let later = [failure + failure / 4, failure + failure / 2, 2 * failure, 4 * failure]
    let ends =
      halves.flatMap { RoundNumber.near($0, digits: 1) } + upward(failure) + [failure]
      + later.flatMap(upward)
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
      var earlier = draft
      for place in places {
        guard let instant = draft[place]?.duration else { continue }
        earlier = earlier.replacing(
          place, by: DraftValue.duration(instant - shift).content)
      }
      return ReductionStep(earlier)
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

extension Instant {
  /// When a run without `limits.time` ends.
  fileprivate static var defaultEnd: Int64 { 60_000_000_000 }
}
