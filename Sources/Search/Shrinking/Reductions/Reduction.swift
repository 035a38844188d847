import Analysis
import ScenarioSyntax

/// A way to make a scenario smaller or simpler.
///
/// It is pure: what becomes of its steps is for others to find out. Whether a step is a scenario at
/// all is for the compiler to say.
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
    /// Less is called; only a run with fewer calls is taken.
    case fewerCalls
    /// Something is said in a simpler way; nothing may get worse by it.
    case simplification
  }

  let draft: ScenarioDraft
  let kind: Kind

  init(_ draft: ScenarioDraft, _ kind: Kind = .simplification) {
    self.draft = draft
    self.kind = kind
  }

  /// Whether a run of the draft, which fails as it shall, is better than another one.
  func isTaken(_ found: Trial, after best: Trial) -> Bool {
    switch kind {
    case .removal: true
    case .fewerCalls: found.calls < best.calls
    case .simplification:
      found.calls <= best.calls && found.warnings <= best.warnings
        && (!found.isHollow || best.isHollow)
    }
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
    var draft = self
    for place in places.sorted(by: >) { draft.remove(list.appending(.item(place))) }
    return draft
  }

  /// The draft with another text at a place; a comment behind the old one goes with it.
  func replacing(_ path: DraftPath, by content: DraftValue.Content) -> ScenarioDraft {
    var draft = self
    draft[path] = DraftValue(content, above: self[path]?.above ?? [])
    return draft
  }
}
