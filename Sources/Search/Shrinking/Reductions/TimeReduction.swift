import Analysis
import ScenarioSyntax
import SystemModel

/// Lets the run end behind the failure, and begin with the first thing that the scenario tells.
struct TimeReduction: Reduction {
  /// Whether the run may end right behind the failure. As long as entries go, it ends no earlier
  /// than after twice the time: what is left may fail somewhat later.
  let isTight: Bool

  /// No run is made shorter than this, which would be no easier to read.
  private static let shortest: Int64 = 1_000_000

  func steps(from trial: Trial) -> [ReductionStep] {
    ends(of: trial).flatMap { end -> [ReductionStep] in
      let text = DraftValue.duration(end).text ?? ""
      let plain = ReductionStep(.earlierEnd) { Self.ending(trial.draft, at: text) }
      let rest = Self.beginning(trial.draft, before: end)
      guard rest != trial.draft else { return [plain] }
      return [ReductionStep(.earlierEnd) { Self.ending(rest, at: text) }, plain]
    } + shifts(of: trial.draft)
  }

  /// The draft without the calls and faults that would come after an end.
  private static func beginning(_ draft: ScenarioDraft, before end: Int64) -> ScenarioDraft {
    var rest = draft
    for list: DraftPath in [["faults"], ["workloads"]] {
      let entries = draft[list]?.items ?? []
      for place in entries.indices.reversed() {
        let path = list.appending(.item(place))
        let instants = entries[place]["at"]
        let late = (instants?.items ?? []).indices.filter {
          instants?.items?[$0].duration ?? 0 > end
        }
        let isLate = (instants ?? entries[place]["every"])?.duration ?? 0 > end
        if isLate || !late.isEmpty && late.count == instants?.items?.count {
          rest.remove(path)
        } else {
          rest = rest.removing(late, of: path.appending("at"))
        }
      }
    }
    return rest.repaired()
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

  /// Earlier or rounder ends of the run, the boldest first.
  private func ends(of trial: Trial) -> [Int64] {
    let limit = trial.draft[["limits", "time"]]?.duration ?? Instant.defaultEnd
    let failure = max(Self.shortest, trial.instant.nanoseconds)
    // What is decided at the end of the run may also be decided by an earlier end.
    let halves = failure < limit ? [] : [8, 4, 2].map { limit / $0 }
    // The state that is shown may take some more time to be told in the same way; and what comes
    // behind the failure may tell it in another.
    let tight = [2, 3, 4].map { RoundNumber.upward(failure, digits: $0) } + [failure]
    let later = [failure + failure / 4, failure + failure / 2, 2 * failure, 4 * failure].map {
      RoundNumber.upward($0, digits: 2)
    }
    let ends =
      halves.flatMap { RoundNumber.near($0, digits: 1) }
      + (isTight ? tight + later : Array(later.suffix(2)))
    var known: Set<Int64> = []
    let weight = ScenarioSize.end(limit)
    return ends.filter { end in
      end >= Self.shortest && ScenarioSize.end(end).lexicographicallyPrecedes(weight)
        && known.insert(end).inserted
    }
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
