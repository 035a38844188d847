import Diagnostics
import Protocols
import ScenarioSyntax

/// A scenario's text with what the key tables and the protocol say of each key and value in it.
struct WrittenPlaces {
  /// A key with its value.
  struct Pair {
    let entry: MarkedNode.Entry
    /// The kind of mapping that it stands in, with its keys; nil where the keys are others.
    let table: KeyTable?
    /// Where it stands, without places in lists: `/faults/-/at`.
    let path: String
    /// What the key may be, if it is not one of a table.
    let key: ScalarKind?
    /// The entries before and behind it in its mapping.
    let before: MarkedNode.Entry?
    let behind: MarkedNode.Entry?
    /// The first byte of its mapping's text.
    let mappingStart: Int
  }

  /// A single value.
  struct Value {
    let node: MarkedNode
    /// The key that it belongs to, if it belongs to one alone.
    let key: SourceSpan?
    /// What may be written there.
    let grammar: ValueGrammar
    let path: String
  }

  private(set) var pairs: [Pair] = []
  private(set) var values: [Value] = []

  init(_ text: String) {
    var bag = DiagnosticBag()
    guard let root = YAMLLoader().load(SourceFile(name: "story.yaml", text: text), into: &bag)
    else { return }
    walk(root, .mapping(KeyCatalog.root), path: "")
  }

  private mutating func walk(
    _ node: MarkedNode, _ grammar: ValueGrammar, of key: SourceSpan? = nil, path: String
  ) {
    switch node.content {
    case .scalar: values.append(Value(node: node, key: key, grammar: grammar, path: path))
    case .sequence(let items):
      let item = grammar.flattened.compactMap { choice -> ValueGrammar? in
        if case .list(let item, _, _) = choice { return item }
        return nil
      }
      for node in items { walk(node, .either(item), path: path + "/-") }
    case .mapping(let entries): walk(entries, in: node, grammar, path: path)
    }
  }

  private mutating func walk(
    _ entries: [MarkedNode.Entry], in node: MarkedNode, _ grammar: ValueGrammar, path: String
  ) {
    var tables: [KeyTable] = []
    var free: [ValueGrammar.FreeKeys] = []
    for choice in grammar.flattened {
      if case .mapping(let table) = choice { tables.append(table) }
      if case .dictionary(let keys) = choice { free.append(keys) }
    }
    tables += free.compactMap(\.known)
    for (place, entry) in entries.enumerated() {
      let declared = tables.flatMap(\.keys).first { $0.name == entry.key.text }
      let other = declared == nil ? free.first : nil
      let below = "\(path)/\(declared == nil ? "*" : entry.key.text)"
      pairs.append(
        Pair(
          entry: entry, table: tables.first, path: below, key: other?.key,
          before: place > 0 ? entries[place - 1] : nil,
          behind: place + 1 < entries.count ? entries[place + 1] : nil,
          mappingStart: node.span.start))
      // What the tables say nothing of is the protocol's.
      let grammar = declared?.grammar ?? other?.value ?? .scalar(.protocolValue)
      walk(entry.value, grammar, of: entry.key.span, path: below)
    }
  }
}

extension ScalarKind {
  /// A value of which only the protocol knows the form.
  fileprivate static var protocolValue: ScalarKind {
    let all = KeyCatalog.tables.flatMap(\.keys).flatMap { scalars(of: $0.grammar) }
    guard let kind = all.first(where: { $0.name == "option_value" }) else {
      preconditionFailure("no key takes a value of the protocol")
    }
    return kind
  }

  private static func scalars(of grammar: ValueGrammar) -> [ScalarKind] {
    grammar.flattened.flatMap { choice -> [ScalarKind] in
      switch choice {
      case .scalar(let kind): [kind]
      case .dictionary(let keys): scalars(of: keys.value)
      case .list(let item, _, _): scalars(of: item)
      case .words, .mapping, .either: []
      }
    }
  }
}
