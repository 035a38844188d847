/// A scenario that can be edited and written: what one cell says once `extends`, `${name}` and the
/// matrix are resolved, and what a seed draws by `vary` is written out.
///
/// A draft is typed by the keys of the language: ``grammar(at:)`` says what may stand at a place, so
/// that whoever edits needs to know no section by name. Whether an edited draft is a scenario at all
/// is for the reader and the compiler to say: write it, and compile the ``text``.
///
/// Parameters that expressions use by name are still there with the value of the cell, and so are
/// those in the trigger of a fault or workload without a name, whose draws hang on how it is
/// written, and those that give a fault no effect, which is accepted of a parameter only.
public struct ScenarioDraft: Sendable, Hashable {
  /// The comment on top, line by line, without `#`; an empty line ends a paragraph.
  public var header: [String]
  /// All sections in one mapping.
  public private(set) var root: DraftValue

  /// The order in which sections are written.
  static let order = [
    "version", "name", "description", "tags", "seed", "limits", "parameters", "vary",
    "topology", "latencies", "processing", "protocol", "workloads", "faults", "deliveries",
    "timers", "assertions", "expect", "capsule",
  ]

  init(header: [String], sections: [DraftEntry]) {
    self.header = header
    root = .mapping(sections)
    sort()
  }

  /// The text of the scenario: the same draft, the same bytes.
  public var text: String { DraftWriter(self).text }

  /// The value at a place; nil if there is none.
  ///
  /// Setting it replaces what is there, or adds a key to a mapping or an item behind the last of a
  /// list; what would have to stand around it must be there. Setting nil removes; see ``remove(_:)``.
  public subscript(path: DraftPath) -> DraftValue? {
    get { root.value(at: path.steps[...]) }
    set {
      if let newValue {
        root.set(newValue, at: path.steps[...])
        sort()
      } else {
        remove(path)
      }
    }
  }

  /// Removes a value with its key and its comments. A list or mapping that would be empty, which a
  /// scenario never has, goes with its last value.
  public mutating func remove(_ path: DraftPath) {
    var steps = path.steps[...]
    while root.remove(at: steps), steps.count > 1 {
      steps = steps.dropLast()
    }
  }

  /// What may be written at a place, whether or not something is there; nil if the language knows
  /// no such place.
  public func grammar(at path: DraftPath) -> ValueGrammar? {
    var value = root
    var grammar: ValueGrammar? = .mapping(KeyCatalog.root)
    for step in path.steps {
      grammar = grammar?.grammar(behind: step, of: value)
      value = value.value(at: [step]) ?? .text("")
    }
    return grammar
  }

  /// The places of all values below one, itself first, in the order of the text.
  public func places(below path: DraftPath = []) -> [DraftPath] {
    guard let value = self[path] else { return [] }
    switch value.content {
    case .text: return [path]
    case .list(let items):
      return [path] + items.indices.flatMap { places(below: path.appending(.item($0))) }
    case .mapping(let entries):
      return [path] + entries.flatMap { places(below: path.appending(.key($0.key))) }
    }
  }

  /// Puts the sections into their order; those that are not known stand behind the others.
  private mutating func sort() {
    guard let entries = root.entries else { return }
    let places = entries.enumerated().map { place, entry in
      (Self.order.firstIndex(of: entry.key) ?? Self.order.count, place, entry)
    }
    let sorted = places.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    root.content = .mapping(sorted.map(\.2))
  }
}

extension DraftValue {
  fileprivate func value(at steps: ArraySlice<DraftPath.Step>) -> DraftValue? {
    guard let step = steps.first else { return self }
    return self[step]?.value(at: steps.dropFirst())
  }

  private subscript(step: DraftPath.Step) -> DraftValue? {
    switch step {
    case .key(let key): self[key]
    case .item(let place):
      items.flatMap { $0.indices.contains(place) ? $0[place] : nil }
    }
  }

  fileprivate mutating func set(_ value: DraftValue, at steps: ArraySlice<DraftPath.Step>) {
    guard let step = steps.first else {
      self = value
      return
    }
    let rest = steps.dropFirst()
    precondition(rest.isEmpty || self[step] != nil, "nothing at \(DraftPath(Array(steps)))")
    switch (step, content) {
    case (.key(let key), .mapping(var entries)):
      if let place = entries.firstIndex(where: { $0.key == key }) {
        entries[place].value.set(value, at: rest)
      } else {
        entries.append(DraftEntry(key, value))
      }
      content = .mapping(entries)
    case (.item(let place), .list(var items)):
      if place == items.count {
        items.append(value)
      } else {
        items[place].set(value, at: rest)
      }
      content = .list(items)
    default: preconditionFailure("\(DraftPath(Array(steps))) does not fit what is there")
    }
  }

  /// Removes a value; whether what it stood in is empty then.
  fileprivate mutating func remove(at steps: ArraySlice<DraftPath.Step>) -> Bool {
    guard let step = steps.first, var inner = self[step] else { return false }
    let isLast = steps.count == 1
    let isEmpty = isLast ? false : inner.remove(at: steps.dropFirst())
    switch (step, content) {
    case (.key(let key), .mapping(var entries)):
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return false }
      if isLast { entries.remove(at: place) } else { entries[place].value = inner }
      content = .mapping(entries)
      return isLast ? entries.isEmpty : isEmpty
    case (.item(let place), .list(var items)):
      if isLast { items.remove(at: place) } else { items[place] = inner }
      content = .list(items)
      return isLast ? items.isEmpty : isEmpty
    default: return false
    }
  }
}

extension ValueGrammar {
  /// What may stand one step further; `value` is what stands here, and decides where several forms
  /// are possible.
  fileprivate func grammar(behind step: DraftPath.Step, of value: DraftValue) -> ValueGrammar? {
    switch (self, step) {
    case (.list(let item, _, _), .item): return item
    case (.mapping(let table), .key(let key)):
      return table.index(of: key).map { table.keys[$0].grammar }
    case (.dictionary(let keys), .key(let key)):
      if let known = keys.known, let place = known.index(of: key) {
        return known.keys[place].grammar
      }
      return keys.value
    case (.either, _):
      let keys = value.entries?.map(\.key) ?? []
      let fitting = flattened.filter { grammar in
        if case .mapping(let table) = grammar {
          return keys.allSatisfy { table.index(of: $0) != nil }
        }
        return true
      }
      for grammar in fitting {
        if let found = grammar.grammar(behind: step, of: value) { return found }
      }
      return nil
    default: return nil
    }
  }
}
