import Analysis
import ScenarioSyntax
import SystemModel

/// Takes single calls out of workloads that call again and again: those at even times become a list
/// of instants without some of them, of others fewer calls are made.
struct CallReduction: Reduction {
  /// The most instants that are listed.
  private static let listed = 32

  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return (draft[["workloads"]]?.items ?? []).enumerated().flatMap { place, workload in
      let path: DraftPath = ["workloads", .item(place)]
      return evenly(workload, at: path, trial) + fewer(workload, at: path, trial)
    }
  }

  /// Instants in place of `every`.
  private func evenly(
    _ workload: DraftValue, at path: DraftPath, _ trial: Trial
  ) -> [ReductionStep] {
    guard let period = workload["every"]?.duration, period > 0 else { return [] }
    let start = workload["at"].map { $0.duration ?? $0.items?.first?.duration } ?? period
    let last = min(workload["until"]?.duration ?? .max, trial.result.endedAt.nanoseconds)
    guard let start, start <= last else { return [] }
    let count = min((last - start) / period + 1, workload["count"]?.int ?? .max)
    guard count <= Self.listed else { return [] }
    let instants = (0..<count).map { start + $0 * period }
    return ReductionStep.chunks(of: instants.count).dropFirst().map { chunk in
      ReductionStep {
        let left = instants.indices.filter { !chunk.contains($0) }.map {
          DraftValue.duration(instants[$0])
        }
        var draft = trial.draft
        for key in ["every", "count", "until"] { draft.remove(path.appending(.key(key))) }
        draft[path.appending("at")] = left.count == 1 ? left[0] : .list(left)
        return draft.withKeysInOrder(of: path)
      }
    }
  }

  /// A bound for the number of calls where there was none.
  private func fewer(
    _ workload: DraftValue, at path: DraftPath, _ trial: Trial
  ) -> [ReductionStep] {
    guard workload["count"] == nil,
      ["every", "rate", "clients"].contains(where: { workload[$0] != nil })
    else { return [] }
    let counts = [1, 2, 3, 5, 8, 12, 20, 32, 64].filter { $0 < trial.calls } + [trial.calls - 1]
    return counts.filter { $0 > 0 }.map { count in
      ReductionStep {
        var draft = trial.draft
        draft[path.appending("count")] = .text(String(count))
        return draft.withKeysInOrder(of: path)
      }
    }
  }
}

extension ScenarioDraft {
  /// The draft with the keys of an entry in the order of the reference.
  func withKeysInOrder(of path: DraftPath) -> ScenarioDraft {
    guard case .mapping(let table)? = grammar(at: path)?.flattened.first(where: \.isMapping),
      let value = self[path], let entries = value.entries
    else { return self }
    let order = table.keys.map(\.name)
    let places = entries.map { (order.firstIndex(of: $0.key) ?? order.count, $0) }
    var sorted = value
    sorted.content = .mapping(places.sorted { $0.0 < $1.0 }.map(\.1))
    var draft = self
    draft[path] = sorted
    return draft
  }
}

extension ValueGrammar {
  /// Whether it is a mapping with known keys.
  fileprivate var isMapping: Bool {
    if case .mapping = self { return true }
    return false
  }
}
