import ScenarioSyntax

/// Drops the comments that speak of what is not there any more.
///
/// A comment is kept as long as every name in it that the scenario had, of a node, group, fault,
/// workload or assertion, is still one, and no instant or length of time is told in it that the text
/// of the scenario does not have any more. The comment on top is looked at paragraph by paragraph; one
/// that ends in a colon goes with what it leads to.
struct StaleComments {
  private let gone: Set<String>
  private let times: Set<String>

  /// Drops them from a draft that was made from another one.
  static func drop(from draft: inout ScenarioDraft, of original: ScenarioDraft) {
    let stale = StaleComments(
      gone: names(of: original).subtracting(names(of: draft)), times: times(of: draft))
    draft.header = stale.paragraphs(draft.header)
    for path in draft.places() where !path.steps.isEmpty {
      guard var value = draft[path] else { continue }
      value.above = stale.paragraphs(value.above)
      if let behind = value.behind, stale.isStale([behind]) { value.behind = nil }
      draft[path] = value
    }
  }

  /// The paragraphs of a comment that are not stale.
  private func paragraphs(_ lines: [String]) -> [String] {
    var kept: [ArraySlice<String>] = []
    var isNextGone = false
    for paragraph in lines.split(separator: "").reversed() {
      let leads = paragraph.last?.hasSuffix(":") ?? false
      isNextGone = isStale(Array(paragraph)) || leads && isNextGone
      if !isNextGone { kept.insert(paragraph, at: 0) }
    }
    return Array(kept.joined(separator: [""]))
  }

  private func isStale(_ lines: [String]) -> Bool {
    lines.contains { line in
      ScenarioDraft.words(line).contains { word in
        gone.contains(word) || Self.time(word).map { !times.contains($0) } ?? false
      }
    }
  }

  /// All names that the author gave.
  private static func names(of draft: ScenarioDraft) -> Set<String> {
    var names: Set<String> = []
    for name in draft.nodeNames { names.insert(name) }
    for group in draft[["topology", "groups"]]?.entries ?? [] { names.insert(group.key) }
    for list in EntryList.all(of: draft) {
      for item in draft[list.path]?.items ?? [] {
        if let name = item["name"]?.text { names.insert(name) }
      }
    }
    return names
  }

  /// All times that are written in the scenario, in the form of ``time(_:)``.
  private static func times(of draft: ScenarioDraft) -> Set<String> {
    let texts = draft.places().compactMap { draft[$0]?.text }
    return Set(texts.flatMap(ScenarioDraft.words).compactMap(time))
  }

  /// A time in its usual form: `T25`, which means milliseconds, and `25ms` are the same.
  private static func time(_ word: String) -> String? {
    if word.first == "T", let number = Int64(word.dropFirst()) {
      return DraftValue.duration(number * 1_000_000).text
    }
    guard word.first?.isNumber ?? false, let time = DraftValue.text(word).duration else {
      return nil
    }
    return DraftValue.duration(time).text
  }
}

extension ScenarioDraft {
  /// The names of its nodes.
  var nodeNames: [String] {
    let nodes = self[["topology", "nodes"]]
    if let items = nodes?.items { return items.compactMap(\.text) }
    return nodes?.int.map { count in (1...max(1, count)).map { "node\($0)" } } ?? []
  }
}
