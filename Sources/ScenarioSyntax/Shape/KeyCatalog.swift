/// All keys of the scenario language: the tables that can be reached from the top level.
public enum KeyCatalog {
  /// The table of the top level.
  public static var root: KeyTable { ScenarioKeys.table }

  /// All tables in the order in which they are met, each once.
  public static let tables: [KeyTable] = {
    var found: [KeyTable] = []
    collect(root, into: &found)
    return found
  }()

  /// Words that are refused by name because only a later version may know them, with their places,
  /// in the order in which they are met.
  public static let laterWords: [(word: String, place: String)] = {
    var found: [(word: String, place: String)] = []
    for table in tables {
      found += table.hints.filter(\.isLater).map { ($0.word, table.place) }
      for key in table.keys { collectLater(key.grammar, "`\(key.name)`", into: &found) }
    }
    return found
  }()

  private static func collectLater(
    _ grammar: ValueGrammar, _ place: String, into found: inout [(word: String, place: String)]
  ) {
    switch grammar {
    case .words(_, let later): found += later.map { ($0, place) }
    case .list(let item, _, _): collectLater(item, place, into: &found)
    case .either(let grammars):
      for grammar in grammars { collectLater(grammar, place, into: &found) }
    case .scalar, .mapping, .dictionary: break
    }
  }

  /// Where a word is a key, in words; nil if it is none.
  static func place(of word: String) -> String? {
    let places = tables.filter { $0.index(of: word) != nil }.map(\.place)
    guard let last = places.last else { return nil }
    let shown = places.prefix(3)
    guard shown.count > 1 else { return last }
    return shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }

  private static func collect(_ table: KeyTable, into found: inout [KeyTable]) {
    guard !found.contains(where: { $0.name == table.name }) else { return }
    found.append(table)
    for key in table.keys { collect(key.grammar, into: &found) }
  }

  private static func collect(_ grammar: ValueGrammar, into found: inout [KeyTable]) {
    switch grammar {
    case .scalar, .words: break
    case .list(let item, _, _): collect(item, into: &found)
    case .mapping(let table): collect(table, into: &found)
    case .dictionary(let keys):
      if let known = keys.known { collect(known, into: &found) }
      collect(keys.value, into: &found)
    case .either(let grammars):
      for grammar in grammars { collect(grammar, into: &found) }
    }
  }
}
