import ScenarioSyntax

/// Takes nodes out of a scenario, and with them all that is about them alone.
///
/// A list of names loses theirs. Where a name stands alone, the entry goes in which it stands: a
/// fault of a node that is not there, a call to it, a link. So does a group without members.
/// Expressions are left as they are: if one speaks of the node, the compiler refuses the draft.
struct NodeRemoval {
  private var gone: Set<String>

  /// A draft without some of its nodes; `all` are the names of all.
  static func applied(
    to draft: ScenarioDraft, removing nodes: [String], of all: [String]
  ) -> ScenarioDraft {
    var removal = NodeRemoval(gone: Set(nodes))
    var draft = draft
    draft[["topology", "nodes"]] = removal.nodes(draft, all)
    let groups = draft[["topology", "groups"]]?.entries ?? []
    for group in groups {
      let members = group.value.items?.compactMap(\.text) ?? []
      if members.allSatisfy({ removal.gone.contains($0) }) { removal.gone.insert(group.key) }
    }
    for section in draft.root.entries ?? [] where !kept.contains(section.key) {
      let path: DraftPath = [.key(section.key)]
      if let value = removal.pruned(section.value, at: path, of: draft) {
        draft[path] = value
      } else {
        draft.remove(path)
      }
    }
    return draft.repaired()
  }

  /// The sections that name no nodes, or are dealt with already.
  private static let kept = [
    "version", "name", "description", "tags", "seed", "limits", "expect", "capsule",
  ]

  /// The nodes that are left: a number, if they are the first of those that are counted.
  private func nodes(_ draft: ScenarioDraft, _ all: [String]) -> DraftValue {
    let left = all.filter { !gone.contains($0) }
    let old = draft[["topology", "nodes"]]
    guard let items = old?.items else {
      let isCounted = left == Array(all.prefix(left.count))
      return DraftValue(
        isCounted ? .text(String(left.count)) : .list(left.map { .text($0) }),
        above: old?.above ?? [])
    }
    return DraftValue(
      .list(items.filter { $0.text.map { !gone.contains($0) } ?? true }), above: old?.above ?? [],
      behind: old?.behind)
  }

  /// A value without what is about nodes that are gone; nil if nothing is left of it.
  private func pruned(
    _ value: DraftValue, at path: DraftPath, of draft: ScenarioDraft
  ) -> DraftValue? {
    if path == ["topology", "nodes"] { return value }
    switch value.content {
    case .text(let text):
      return gone.contains(text) && isName(at: path, of: draft) ? nil : value
    case .list(let items):
      let left = items.enumerated().compactMap { place, item in
        pruned(item, at: path.appending(.item(place)), of: draft)
      }
      let isWhole = left.count == items.count
      guard isWhole || left.count >= minimum(at: path, of: draft) else { return nil }
      var value = value
      value.content = .list(left)
      return value
    case .mapping(let entries):
      return pruned(entries, of: value, at: path, of: draft)
    }
  }

  private func pruned(
    _ entries: [DraftEntry], of value: DraftValue, at path: DraftPath, of draft: ScenarioDraft
  ) -> DraftValue? {
    var left: [DraftEntry] = []
    for entry in entries {
      let inner = path.appending(.key(entry.key))
      if gone.contains(entry.key), isFree(entry.key, at: path, of: draft) { continue }
      if let value = pruned(entry.value, at: inner, of: draft) {
        left.append(DraftEntry(entry.key, value))
      } else if inner.holdsItem {
        return nil
      }
    }
    guard !left.isEmpty else { return nil }
    var value = value
    value.content = .mapping(left)
    return value
  }

  /// How many items a list needs; a partition has two sides.
  private func minimum(at path: DraftPath, of draft: ScenarioDraft) -> Int {
    if path.steps.last == .key("partition") { return 2 }
    let minima = draft.grammar(at: path)?.flattened.compactMap { grammar -> Int? in
      if case .list(_, let minimum, _) = grammar { return minimum }
      return nil
    }
    return max(1, minima?.min() ?? 1)
  }

  /// Whether a key is a name that the author gave.
  private func isFree(_ key: String, at path: DraftPath, of draft: ScenarioDraft) -> Bool {
    // Which options differ from node to node is for the protocol to say.
    if path.steps.first == .key("protocol") { return true }
    return draft.grammar(at: path)?.flattened.contains { grammar in
      if case .dictionary(let keys) = grammar {
        return keys.known?.keys.contains { $0.name == key } != true
      }
      return false
    } ?? false
  }

  /// Whether the text at a place may be the name of a node.
  private func isName(at path: DraftPath, of draft: ScenarioDraft) -> Bool {
    if path.steps.first == .key("protocol") { return true }
    return draft.grammar(at: path)?.flattened.contains { grammar in
      if case .scalar(let kind) = grammar { return ["name", "selector"].contains(kind.name) }
      return false
    } ?? false
  }
}

extension ScenarioDraft {
  /// The draft with nodes that are counted numbered without gaps, in comments too.
  func renaming(_ old: [String], to new: [String]) -> ScenarioDraft {
    guard old != new else { return self }
    let names = Dictionary(uniqueKeysWithValues: zip(old, new))
    var draft = self
    for section in root.entries ?? [] where !["name", "description"].contains(section.key) {
      draft[[.key(section.key)]] = section.value.renaming(names)
    }
    draft.header = header.map { Self.renaming($0, names) }
    draft[["topology", "nodes"]] = DraftValue(
      .text(String(new.count)), above: self[["topology", "nodes"]]?.above ?? [])
    return draft
  }

  /// The text with some of its words replaced.
  fileprivate static func renaming(_ text: String, _ names: [String: String]) -> String {
    var result = ""
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        result += names[word] ?? word
        result.append(character)
        word = ""
      }
    }
    return result + (names[word] ?? word)
  }
}

extension DraftValue {
  fileprivate func renaming(_ names: [String: String]) -> DraftValue {
    var value = self
    value.above = above.map { ScenarioDraft.renaming($0, names) }
    value.behind = behind.map { ScenarioDraft.renaming($0, names) }
    switch content {
    case .text(let text): value.content = .text(ScenarioDraft.renaming(text, names))
    case .list(let items): value.content = .list(items.map { $0.renaming(names) })
    case .mapping(let entries):
      value.content = .mapping(
        entries.map { DraftEntry(names[$0.key] ?? $0.key, $0.value.renaming(names)) })
    }
    return value
  }
}
