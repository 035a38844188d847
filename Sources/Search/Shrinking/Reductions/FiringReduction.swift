import Analysis
import ScenarioSyntax
import SystemModel

/// Writes the instants at which a fault has fired in the place of a period, with or without jitter:
/// they are certain, and each of them may go by itself.
struct FiringReduction: Reduction {
  /// The most instants that are listed.
  private static let listed = 32

  func steps(from trial: Trial) -> [ReductionStep] {
    let faults = trial.draft[["faults"]]?.items ?? []
    guard faults.count == trial.result.faults.count else { return [] }
    return faults.indices.compactMap { place in
      let windows = trial.result.faults[place].windows
      guard faults[place]["every"] != nil, (1...Self.listed).contains(windows.count) else {
        return nil
      }
      let path: DraftPath = ["faults", .item(place)]
      return ReductionStep {
        var draft = trial.draft
        for key in ["every", "count", "until", "jitter"] { draft.remove(path.appending(.key(key))) }
        let instants = windows.map { DraftValue.duration($0.start.nanoseconds) }
        draft[path.appending("at")] = instants.count == 1 ? instants[0] : .list(instants)
        return draft.withKeysInOrder(of: path)
      }
    }
  }
}
