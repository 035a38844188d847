import Diagnostics
import Interpreter
import ScenarioSyntax

extension ScenarioDraft {
  /// Puts a list in the place of a section; an empty one removes it.
  mutating func replace(_ section: String, _ items: [DraftValue]) {
    let path: DraftPath = [.key(section)]
    if items.isEmpty {
      remove(path)
    } else {
      let old = self[path]
      self[path] = DraftValue(.list(items), above: old?.above ?? [], behind: old?.behind)
    }
  }
}

extension ScenarioDraft {
  /// Removes the parameters that nothing uses any more.
  mutating func removeUnusedParameters() {
    let names = self[["parameters"]]?.entries?.map(\.key) ?? []
    let sections = (root.entries ?? []).filter { $0.key != "parameters" }
    let references = References(self)
    for name in names
    where !references.mention(name) && !sections.contains(where: { $0.value.holds("${\(name)}") }) {
      remove(["parameters", .key(name)])
    }
  }
}

extension ScenarioDraft {
  /// The warning of a group that is never used.
  private static let unusedGroup = "W0710"

  /// Removes the groups that nothing uses any more: what used them is gone. One that the scenario
  /// it was made from does not use either is left to its author.
  mutating func removeUnusedGroups(unlessUnusedIn scenario: CompiledScenario) {
    let names = self[["topology", "groups"]]?.entries?.map(\.key) ?? []
    guard !names.isEmpty else { return }
    let before = Self.unusedGroups(scenario)
    let after = Self.unusedGroups(
      Interpreter.compile(SourceFile(name: "draft.yaml", text: text)))
    for name in names where after.contains(name) && !before.contains(name) {
      remove(["topology", "groups", .key(name)])
    }
  }

  private static func unusedGroups(_ scenario: CompiledScenario) -> [String] {
    scenario.diagnostics.sorted.filter { $0.code.id == unusedGroup }.compactMap(\.span).map {
      span in
      let bytes = scenario.sources[span].bytes[span.start..<span.end]
      let name = String(decoding: bytes, as: UTF8.self)
      return String(name.drop { $0 == "\"" || $0 == "'" }.prefix { $0 != "\"" && $0 != "'" })
    }
  }
}

extension DraftValue {
  /// Whether a text stands in it.
  fileprivate func holds(_ part: String) -> Bool {
    switch content {
    case .text(let text): text.contains(part)
    case .list(let items): items.contains { $0.holds(part) }
    case .mapping(let entries): entries.contains { $0.value.holds(part) }
    }
  }
}

extension DraftValue {
  /// A mapping with a value for a key: in the place of the old one, or behind the others.
  func setting(_ key: String, _ value: DraftValue) -> DraftValue {
    guard var entries else { return self }
    if let place = entries.firstIndex(where: { $0.key == key }) {
      entries[place].value = entries[place].value.with(value.content)
    } else {
      entries.append(DraftEntry(key, value))
    }
    return with(.mapping(entries))
  }

  /// A mapping without some keys.
  func without(_ keys: [String]) -> DraftValue {
    guard let entries else { return self }
    return with(.mapping(entries.filter { !keys.contains($0.key) }))
  }

  /// An entry of `faults` that fires at some instants.
  func firing(at instants: [Int64]) -> DraftValue {
    let texts = instants.map { DraftValue.duration($0) }
    let value: DraftValue = texts.count == 1 ? texts[0] : .list(texts)
    if self["at"] != nil { return setting("at", value) }
    guard var entries else { return self }
    let place = entries.first?.key == "name" ? 1 : 0
    entries.insert(DraftEntry("at", value), at: place)
    return with(.mapping(entries))
  }

  /// The same without any comment around it or in it.
  var withoutComments: DraftValue {
    switch content {
    case .text: return DraftValue(content)
    case .list(let items): return .list(items.map(\.withoutComments))
    case .mapping(let entries):
      return .mapping(entries.map { DraftEntry($0.key, $0.value.withoutComments) })
    }
  }
}
