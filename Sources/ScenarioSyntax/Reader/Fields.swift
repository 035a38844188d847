internal import Diagnostics

/// The entries of a mapping by the keys of its table, once all its keys are known to be right.
struct Fields {
  let table: KeyTable
  let node: MarkedNode
  private let given: [MarkedNode.Entry]
  /// The places among the keys of the first eight entries, a byte each; 255: an unknown key.
  private let places: UInt64
  /// The keys that are given and not left out, as bits by their places.
  fileprivate private(set) var known: UInt64
  private var taken: UInt64 = 0
  /// The keys whose values were read with mistakes.
  private(set) var broken: Set<String> = []

  fileprivate init(
    _ table: KeyTable, _ node: MarkedNode, _ given: [MarkedNode.Entry], places: UInt64,
    known: UInt64
  ) {
    self.table = table
    self.node = node
    self.given = given
    self.places = places
    self.known = known
  }

  /// Whether a key is given.
  func has(_ name: String) -> Bool { has(place(of: name)) }

  /// Whether the key at a place of the table is given.
  fileprivate func has(_ place: Int) -> Bool { known >> UInt64(place) & 1 != 0 }

  /// The key and value as they stand in the text.
  func entry(_ name: String) -> MarkedNode.Entry? {
    entry(place(of: name))
  }

  private func entry(_ place: Int) -> MarkedNode.Entry? {
    guard has(place) else { return nil }
    var rest = places
    for number in 0..<min(given.count, Self.packed) {
      if rest & 0xFF == UInt64(place) { return given[number] }
      rest >>= 8
    }
    let name = table.keys[place].name
    return given.dropFirst(Self.packed).last { $0.key.text == name }
  }

  /// How many entries have their places packed.
  fileprivate static let packed = 8

  private func place(of name: String) -> Int {
    guard let place = table.index(of: name) else {
      preconditionFailure("\(table.name) has no key \(name)")
    }
    return place
  }

  /// Whether a key of the table is given at all.
  var hasKnownKeys: Bool { known != 0 }

  /// The first of some keys that is given.
  func first(of names: [String]) -> MarkedNode.Entry? {
    for name in names {
      if let entry = entry(name) { return entry }
    }
    return nil
  }

  /// Reads the value of a key; nil if it is not given, or wrong and reported.
  mutating func take<Value>(_ key: Key<Value>, _ reading: inout Reading) -> Value? {
    guard let place = table.index(of: key.declaration) else {
      preconditionFailure("\(table.name) has no key \(key.name)")
    }
    taken |= 1 << UInt64(place)
    guard let entry = entry(place) else { return nil }
    let known = reading.diagnostics.count
    let value = reading.read(key.form, entry.value, of: key.declaration)
    if reading.diagnostics.count > known { broken.insert(key.name) }
    return value
  }

  /// Marks a key as read by other means.
  @discardableResult mutating func skip(_ name: String) -> MarkedNode.Entry? {
    let place = place(of: name)
    taken |= 1 << UInt64(place)
    return entry(place)
  }

  /// Ends the reading: whatever is given must have been read, or the tool would ignore it.
  func close() {
    let unread = known & ~taken
    precondition(
      unread == 0,
      "`\(table.keys[unread.trailingZeroBitCount].name)` of \(table.name) is accepted and never read"
    )
  }
}

extension Reading {
  /// Sorts the entries of a mapping by the keys of a table, and reports unknown, inapplicable,
  /// excluding and missing keys. Wrong keys are left out, so that the others can be read.
  mutating func fields(of node: MarkedNode, _ table: KeyTable) -> Fields? {
    guard let given = entries(of: node, wanted: .mapping(table)) else { return nil }
    return fields(of: node, given, table)
  }

  mutating func fields(
    of node: MarkedNode, _ given: [MarkedNode.Entry], _ table: KeyTable
  ) -> Fields {
    precondition(table.keys.count <= 55, "\(table.name) has more than 55 keys")
    var places: UInt64 = 0
    var known: UInt64 = 0
    var hasUnknownKeys = false
    for number in given.indices {
      let place = table.index(of: given[number].key.text)
      if number < Fields.packed { places |= UInt64(place ?? 0xFF) << UInt64(8 * number) }
      if let place { known |= 1 << UInt64(place) } else { hasUnknownKeys = true }
    }
    var fields = Fields(table, node, given, places: places, known: known)
    var meant: [String] = []
    if hasUnknownKeys {
      for entry in given where !isFull && table.index(of: entry.key.text) == nil {
        meant += refuse(entry, fields)
      }
    }
    checkChoices(of: fields, in: given, meant: meant)
    for place in table.requiredPlaces where fields.hasKnownKeys && !fields.has(place) {
      let declaration = table.keys[place]
      guard !meant.contains(declaration.name) else { continue }
      report(.missingKey(declaration, in: fields, at: headSpan(of: node)))
    }
    checkCompanions(of: fields)
    let needless = needlessPlaces(of: fields, meant: meant)
    if needless != 0 { fields.leaveOut(needless) }
    return fields
  }

  /// The keys that have no effect, which is reported, as bits by their places.
  private mutating func needlessPlaces(of fields: Fields, meant: [String]) -> UInt64 {
    var places: UInt64 = 0
    for place in fields.table.needyPlaces where fields.has(place) {
      if !checkNeeds(of: fields.table.keys[place], in: fields, meant: meant) {
        places |= 1 << UInt64(place)
      }
    }
    return places
  }

  /// Reports a key that is not in the table; returns the keys that may have been meant.
  private mutating func refuse(_ entry: MarkedNode.Entry, _ fields: Fields) -> [String] {
    let (key, table) = (entry.key, fields.table)
    if let split = key.style == .plain && entry.value.isEmptyPlain ? SplitPair(key.text) : nil {
      report(.missingSpace(split, at: key.span))
      return [split.key]
    }
    let nearHint =
      Suggestion.nearest(to: key.text, among: table.keys.map(\.name)) == nil
      ? Suggestion.nearest(to: key.text, among: table.hints.map(\.word)) : nil
    if let hint = table.hints.first(where: { $0.word == key.text || $0.word == nearHint }) {
      report(hint.isLater ? .later(key.text, at: key.span) : .misplacedKey(key, hint, table))
      return table.choices.flatMap { $0.isRequired ? $0.keys : [] }
        + table.keys.map(\.name).filter { hint.names($0) }
    }
    let words = table.keys.map(\.name)
    let nearest = Suggestion.nearest(to: key.text, among: words)
    if nearest == nil, entry.value.isEmptyPlain, key.style == .plain {
      report(.strayPart(key, in: table.summary))
      return []
    }
    if nearest == nil, let call = fields.callAlone {
      report(.argumentBesideCall(entry, call, table))
    } else if nearest == nil, let place = KeyCatalog.place(of: key.text) {
      report(.misplacedKey(key, place, table))
    } else {
      report(.unknownKey(key, nearest: nearest, words: words, in: table.summary))
    }
    return nearest.map { [$0] } ?? []
  }

  private mutating func checkChoices(
    of fields: Fields, in given: [MarkedNode.Entry], meant: [String]
  ) {
    for (place, mask) in fields.table.choiceMasks.enumerated()
    where (fields.known & mask).nonzeroBitCount != 1 {
      let choice = fields.table.choices[place]
      let first = given.firstIndex { choice.keys.contains($0.key.text) }
      let second = first.flatMap { first in
        given[(first + 1)...].firstIndex { choice.keys.contains($0.key.text) }
      }
      if let first, let second, choice.isExclusive {
        report(.excludingKeys(given[second].key, given[first].key, choice))
      } else if first == nil, choice.isRequired, fields.hasKnownKeys,
        !meant.contains(where: { choice.keys.contains($0) }),
        !fields.table.keys.contains(where: { fields.has($0.name) && $0.misses(choice) })
      {
        report(.missingChoice(choice, in: fields, at: headSpan(of: fields.node)))
      }
    }
  }

  private mutating func checkCompanions(of fields: Fields) {
    for companion in fields.table.companions {
      guard let entry = fields.entry(companion.of), !fields.has(companion.key),
        companion.words.isEmpty
          || isMet(.value(companion.of, companion.words, orAbsent: false), in: fields),
        let place = fields.table.index(of: companion.key)
      else { continue }
      let word = companion.words.first.map { ": \($0)" } ?? ""
      report(
        .missingBeside(fields.table.keys[place], entry.key, "`\(companion.of)\(word)`"))
    }
  }

  /// Reports a key that has no effect, unless a key that was refused may be what it needs.
  private mutating func checkNeeds(
    of declaration: KeyDeclaration, in fields: Fields, meant: [String]
  ) -> Bool {
    guard let entry = fields.entry(declaration.name) else { return true }
    for need in declaration.needs where !isMet(need, in: fields) {
      if case .anyOf(let names) = need, names.contains(where: { meant.contains($0) }) {
        return false
      }
      report(.inapplicableKey(entry.key, need, in: fields))
      return false
    }
    return true
  }

  private mutating func isMet(_ need: KeyDeclaration.Need, in fields: Fields) -> Bool {
    switch need {
    case .anyOf(let names): return names.contains { fields.has($0) }
    case .noneOf(let names): return !names.contains { fields.has($0) }
    case .value(let name, let words, let orAbsent):
      guard let entry = fields.entry(name) else { return orAbsent }
      let known = diagnostics.count
      let text = resolve(entry.value)?.scalar?.text
      diagnostics.removeSubrange(known...)
      return text.map { words.contains($0) } ?? true
    }
  }

  /// Where to point for something missing in a mapping: its first key.
  func headSpan(of node: MarkedNode) -> SourceSpan {
    node.mapping?.first?.key.span ?? node.span
  }
}

extension KeyDeclaration {
  /// Whether the key wants a key of a choice beside it, so that its absence is reported once.
  fileprivate func misses(_ choice: KeyTable.Choice) -> Bool {
    needs.contains { need in
      if case .anyOf(let names) = need { return names.contains { choice.keys.contains($0) } }
      return false
    }
  }
}

extension Fields {
  /// The call beside which arguments may have been put by mistake.
  fileprivate var callAlone: MarkedNode? {
    table.index(of: "call") == nil ? nil : entry("call")?.value
  }

  /// Leaves out some keys, given as bits by their places.
  fileprivate mutating func leaveOut(_ places: UInt64) { known &= ~places }
}
