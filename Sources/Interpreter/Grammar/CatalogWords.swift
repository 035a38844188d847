import Analysis
import Protocols
import ScenarioSyntax
import SystemModel

/// What the catalogs of protocols, invariants and metrics know of keys whose values the language
/// itself leaves open, so that editors can offer it.
enum CatalogWords {
  /// A closer form of a key's value; nil where the language says all there is.
  static func grammar(of key: KeyDeclaration, in table: KeyTable) -> ValueGrammar? {
    switch (table.name, key.name) {
    case ("scenario", "protocol"): return ProtocolWords.protocols
    case ("workload", "call"), ("mix", "call"): return ProtocolWords.calls
    case ("assertion", "invariant"): return .words(invariants)
    case ("scenario", "assertions"):
      guard case .list(.either(let forms), let minimum, let maximum) = key.grammar else {
        return nil
      }
      let items = forms.map { form -> ValueGrammar in
        if case .scalar = form { return .words(invariants) }
        return form
      }
      return .list(.either(items), minimum: minimum, maximum: maximum)
    case ("messages", "kind"), ("moment", "kind"):
      return .either([.words(kinds), .list(.words(kinds), minimum: 1, maximum: nil)])
    default: return nil
    }
  }

  /// The named invariants.
  static var invariants: [ValueGrammar.Word] {
    InvariantCatalog.all.map { .init($0.name, "\($0.family.rawValue): \($0.summary)") }
  }

  /// The kinds of messages of all protocols, each name once.
  static var kinds: [ValueGrammar.Word] {
    var words: [ValueGrammar.Word] = []
    for description in ProtocolCatalog.all {
      for message in description.messages where !words.contains(where: { $0.text == message.name })
      {
        words.append(.init(message.name, "\(description.name): \(message.summary)"))
      }
    }
    return words
  }
}
