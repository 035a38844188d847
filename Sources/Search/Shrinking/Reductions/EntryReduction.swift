import Analysis
import ScenarioSyntax

/// Takes entries out of the lists of a scenario: faults, workloads, assertions, links and what else
/// is written as a list of mappings.
struct EntryReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return EntryList.all(of: draft).flatMap { list -> [ReductionStep] in
      let places = list.places.filter { !isNeeded($0, of: list, trial) }
      return ReductionStep.chunks(of: places.count).map { chunk in
        ReductionStep(draft.removing(places[chunk], of: list.path).repaired(), .removal)
      }
    }
  }

  /// Whether an entry is the assertion whose failure must not be lost.
  private func isNeeded(_ place: Int, of list: EntryList, _ trial: Trial) -> Bool {
    guard list.path == ["assertions"], trial.result.assertions.indices.contains(place) else {
      return false
    }
    return trial.result.assertions[place].verdict >= .fail
      && trial.result.assertions.count { $0.verdict >= .fail } == 1
  }
}

/// A list of a scenario whose items are entries with keys of their own.
struct EntryList {
  /// Where it stands.
  let path: DraftPath
  /// The places of its items.
  let places: Range<Int>

  /// The lists of a scenario, assertions first, since they may speak of all others.
  static func all(of draft: ScenarioDraft) -> [EntryList] {
    var lists: [EntryList] = []
    for path in draft.places() where path.steps.count <= 2 && !path.holdsItem {
      guard let items = draft[path]?.items, let grammar = draft.grammar(at: path),
        grammar.isListOfEntries
      else { continue }
      let list = EntryList(path: path, places: items.indices)
      if path == ["assertions"] { lists.insert(list, at: 0) } else { lists.append(list) }
    }
    return lists
  }
}

extension DraftPath {
  /// Whether it leads into a list.
  var holdsItem: Bool {
    steps.contains { step in
      if case .item = step { return true }
      return false
    }
  }
}

extension ValueGrammar {
  /// Whether it is a list whose items have keys of the language.
  var isListOfEntries: Bool {
    flattened.contains { grammar in
      guard case .list(let item, _, _) = grammar else { return false }
      return item.flattened.contains { choice in
        if case .mapping = choice { return true }
        return false
      }
    }
  }
}
