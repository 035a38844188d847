import ScenarioSyntax

/// Takes single parts out of what is left: items of lists in entries, keys that may be absent,
/// groups and other named parts.
struct PartReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    let parts = draft.places().filter { Self.mayGo($0, of: draft) }
    return parts.map { part in
      ReductionStep(Self.kind(part)) {
        var smaller = draft
        smaller.remove(part)
        return smaller.repaired()
      }
    }
  }

  private static func kind(_ path: DraftPath) -> ReductionStep.Kind {
    isScope(path) ? .rewording : isItem(path) ? .removal : .simplification
  }

  /// Whether something may be tried to be taken away: not what names an entry for its reader, and
  /// not what would only make the run longer.
  private static func mayGo(_ path: DraftPath, of draft: ScenarioDraft) -> Bool {
    guard case .key(let section)? = path.steps.first, !kept.contains(section),
      path != ["topology", "nodes"]
    else { return path.steps.last == .key("may_be_vacuous") || isScope(path) }
    // The protocol with its options is what fails; only what its nodes start with is the story's.
    if section == "protocol", !path.steps.contains(.key("initial")) { return false }
    var parent = path
    switch parent.steps.removeLast() {
    case .item:
      let isOfEntries = draft.grammar(at: parent)?.isListOfEntries ?? true
      return parent != ["topology", "nodes"] && (!isOfEntries || parent.holdsItem)
    case .key(let key):
      guard key != "name", !parent.steps.isEmpty || optional.contains(key) else { return false }
      return !isRequired(key, at: parent, of: draft)
    }
  }

  /// Sections that say what the scenario is, or bound it.
  private static let kept = [
    "version", "name", "description", "tags", "seed", "limits", "assertions", "expect", "capsule",
  ]
  /// Sections that may be absent and have no entries of their own.
  private static let optional = ["processing", "parameters"]

  private static func isRequired(
    _ key: String, at path: DraftPath, of draft: ScenarioDraft
  ) -> Bool {
    draft.grammar(at: path)?.flattened.contains { grammar in
      if case .mapping(let table) = grammar {
        return table.keys.contains { $0.name == key && $0.isRequired }
      }
      return false
    } ?? false
  }

  /// Whether a path leads to what says when an assertion is judged.
  private static func isScope(_ path: DraftPath) -> Bool {
    guard path.steps.first == .key("assertions"), path.steps.count == 3,
      case .key(let key)? = path.steps.last
    else { return false }
    return ["during", "after", "before", "between"].contains(key)
  }

  /// Whether a path leads to an item of a list, such as an instant of a call.
  private static func isItem(_ path: DraftPath) -> Bool {
    if case .item? = path.steps.last { return true }
    return false
  }
}
