import Analysis
import ScenarioSyntax

/// A way to make a scenario smaller or simpler.
///
/// It is pure: what becomes of its steps is for others to find out. Whether a step is a scenario at
/// all is for the compiler to say. A step is written out when its turn comes, and most never are.
protocol Reduction: Sendable {
  /// The steps from a scenario, the boldest first.
  func steps(from trial: Trial) -> [ReductionStep]
}

/// A scenario that is somewhat smaller or simpler than another one.
struct ReductionStep: Sendable {
  /// What a step does, and with it when it is one.
  enum Kind: Sendable {
    /// Something is taken away; other seeds may be tried too.
    case removal
    /// The run ends earlier; what is left without effect by it is taken away next.
    case earlierEnd
    /// Something is said in a simpler way; the scenario must be smaller by it, and nothing worse.
    case simplification
    /// Something that is said of the run goes, and the run stays as it is.
    case rewording
  }

  let kind: Kind
  private let make: @Sendable () -> ScenarioDraft

  init(_ kind: Kind = .simplification, _ make: @escaping @Sendable () -> ScenarioDraft) {
    self.kind = kind
    self.make = make
  }

  /// What is left; made anew each time.
  var draft: ScenarioDraft { make() }

  /// Whether a run of the draft, which fails as it shall, is better than another one.
  func isTaken(_ found: Trial, after best: Trial) -> Bool {
    guard found.lastingWarnings <= best.lastingWarnings else { return false }
    switch kind {
    case .removal: return true
    case .earlierEnd: return found.size < best.size
    case .simplification: return isSimpler(found, than: best)
    case .rewording:
      return isSimpler(found, than: best) && found.instant == best.instant
        && found.result.traceHash == best.result.traceHash
    }
  }

  private func isSimpler(_ found: Trial, than best: Trial) -> Bool {
    found.size < best.size && found.warnings <= best.warnings
      && (!found.isHollow || best.isHollow)
  }

  /// What may be removed from places at once: all, halves, quarters, …, single ones.
  static func chunks(of count: Int) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var size = count
    while size >= 1 {
      for start in stride(from: 0, to: count, by: size) {
        chunks.append(start..<min(start + size, count))
      }
      size = size == 1 ? 0 : (size + 1) / 2
    }
    return chunks
  }
}

extension ScenarioDraft {
  /// The draft without some of the items of a list.
  func removing(_ places: some Collection<Int>, of list: DraftPath) -> ScenarioDraft {
    guard var value = self[list], let items = value.items else { return self }
    let gone = Set(places)
    let left = items.indices.filter { !gone.contains($0) }.map { items[$0] }
    var draft = self
    if left.isEmpty {
      draft.remove(list)
    } else {
      value.content = .list(left)
      draft[list] = value
    }
    return draft
  }

  /// The draft with another text at a place; a comment behind the old one goes with it.
  func replacing(_ path: DraftPath, by content: DraftValue.Content) -> ScenarioDraft {
    var draft = self
    draft[path] = DraftValue(content, above: self[path]?.above ?? [])
    return draft
  }
}
