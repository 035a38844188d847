import Analysis
import ScenarioSyntax
import SystemModel

/// Takes nodes away.
///
/// Of few nodes every choice is tried, the smallest first: a quorum may be lost with one node and be
/// there again without two.
struct NodeReduction: Reduction {
  /// The most nodes of which every choice is tried.
  private static let fewNodes = 7

  func steps(from trial: Trial) -> [ReductionStep] {
    let names = trial.result.topology.names
    guard names.count > 1 else { return [] }
    let isCounted = trial.draft[["topology", "nodes"]]?.items == nil
    let isNamed = names.contains { name in
      trial.result.assertions.contains { ScenarioDraft.words($0.name).contains(name) }
    }
    return choices(names.count).map { kept in
      ReductionStep(.removal) {
        let gone = names.indices.filter { !kept.contains($0) }.map { names[$0] }
        let smaller = NodeRemoval.applied(to: trial.draft, removing: gone, of: names)
        // An assertion without a name is called by what it says, and must go on to say it.
        guard isCounted, !isNamed else { return smaller }
        return smaller.renaming(kept.map { names[$0] }, to: Array(names.prefix(kept.count)))
      }
    }
  }

  /// The places of the nodes that are kept.
  private func choices(_ count: Int) -> [[Int]] {
    guard count <= Self.fewNodes else {
      return ReductionStep.chunks(of: count).dropFirst().map { chunk in
        (0..<count).filter { !chunk.contains($0) }
      }
    }
    let all = (1..<(1 << count) - 1).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
    return all.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
      .map(\.element)
  }
}
