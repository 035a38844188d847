import Analysis
import ScenarioSyntax

/// Takes entries out of the lists of a scenario: faults, workloads, assertions, links and what else
/// is written as a list of mappings. What has had no effect in the run goes first, all at once.
struct EntryReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return withoutIdle(trial)
      + EntryList.all(of: draft).flatMap { list -> [ReductionStep] in
        let places = list.places.filter { !isNeeded($0, of: list, trial) }
        return ReductionStep.chunks(of: places.count).map { chunk in
          ReductionStep(.removal) { draft.removing(places[chunk], of: list.path).repaired() }
        }
      }
  }

  /// One step without the faults that touched nothing, and the messages and timers that never
  /// occurred.
  private func withoutIdle(_ trial: Trial) -> [ReductionStep] {
    let faults = trial.result.faults.indices.filter { trial.result.faults[$0].ledger.isIdle }
    let deliveries = trial.draft[["deliveries"]]?.items?.count ?? 0
    let idle = trial.result.idleEntries.map(\.place)
    guard faults.count + idle.count > 1 else { return [] }
    return [
      ReductionStep(.removal) {
        trial.draft.removing(faults, of: ["faults"])
          .removing(idle.filter { $0 < deliveries }, of: ["deliveries"])
          .removing(idle.filter { $0 >= deliveries }.map { $0 - deliveries }, of: ["timers"])
          .repaired()
      }
    ]
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

/// Takes away all assertions that hold, so that nothing but the failure bounds what comes next.
struct AssertionReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let held = trial.result.assertions.indices.filter {
      trial.result.assertions[$0].verdict < .fail
    }
    guard !held.isEmpty else { return [] }
    return [
      ReductionStep(.removal) { trial.draft.removing(held, of: ["assertions"]).repaired() }
    ]
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
