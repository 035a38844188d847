import ScenarioSyntax

/// The scenario language as a grammar, made from the tables of keys that the reader uses.
enum ScenarioGrammar {
  /// The grammar as a text that ends with a line end.
  static var text: String {
    var builder = GrammarBuilder()
    builder.define(KeyCatalog.root)
    return header + "\n" + builder.rules.joined(separator: "\n") + "\n" + scalars
  }

  private static let header = #"""
    (* The scenario language, version 1. Made from the catalogs of the tool; do not edit.

       YAML says how mappings, lists and texts are written; this grammar says which there are.
         "key": value    an entry of a mapping
         a & b           both, in any order
         a | b           one of them
         [ a ]           may be left out
         <name: value>   entries whose keys are the author's, at least one
         (value, …)      a list, at least one item
       Where a value is a text, `${name}` may stand for it or in it. What expressions may say is in
       expression.ebnf; which words a protocol has, `conclave protocols NAME` tells. *)

    """#

  private static var scalars: String {
    let width = ScalarKind.all.map(\.name.count).max() ?? 0
    let lines = ScalarKind.all.map { kind in
      kind.name.padded(to: width) + " = " + kind.production + " ;"
    }
    let basics = [
      "number".padded(to: width)
        + " = digit { [ \"_\" ] digit } [ \".\" digit { [ \"_\" ] digit } ] ;",
      "unit".padded(to: width) + " = \"ns\" | \"us\" | \"ms\" | \"s\" | \"m\" | \"h\" ;",
      "value".padded(to: width) + " = number [ unit | \"%\" ] ;",
      "digit".padded(to: width) + " = \"0\" … \"9\" ;",
      "letter".padded(to: width) + " = \"a\" … \"z\" | \"A\" … \"Z\" ;",
    ]
    return (["(* Texts *)"] + lines + basics).joined(separator: "\n") + "\n"
  }
}

/// Writes a rule for each kind of mapping, once.
private struct GrammarBuilder {
  private(set) var rules: [String] = []
  private var known: Set<String> = []

  mutating func define(_ table: KeyTable, free: ValueGrammar.FreeKeys? = nil) {
    guard known.insert(table.name).inserted else { return }
    let place = rules.count
    rules.append("")
    var parts: [String] = []
    var written: Set<String> = []
    for key in table.keys where !written.contains(key.name) {
      let group = table.choices.first { choice in
        choice.isExclusive && choice.keys.contains(key.name)
          && choice.keys.allSatisfy { !written.contains($0) }
      }
      guard let group else {
        let one = entry(key)
        parts.append(key.isRequired ? one : "[ \(one) ]")
        written.insert(key.name)
        continue
      }
      let members = table.keys.filter { group.keys.contains($0.name) }
      written.formUnion(group.keys)
      let choice = members.map { entry($0) }.joined(separator: "\n    | ")
      parts.append(group.isRequired ? "( \(choice) )" : "[ \(choice) ]")
    }
    if let free { parts.append("[ \(entries(free)) ]") }
    rules[place] =
      "(* \(table.summary): \(plain(table.place)) *)\n"
      + "\(table.name) =\n    \(parts.joined(separator: "\n  & ")) ;\n"
  }

  private mutating func entry(_ key: KeyDeclaration) -> String {
    "\"\(key.name)\": \(expression(key.grammar))"
  }

  private mutating func entries(_ keys: ValueGrammar.FreeKeys) -> String {
    "<\(keys.key.name): \(expression(keys.value))>"
  }

  private mutating func expression(_ grammar: ValueGrammar) -> String {
    switch grammar {
    case .scalar(let kind): return kind.name
    case .words(let words):
      let all = words.map { "\"\($0.text)\"" }.joined(separator: " | ")
      return words.count == 1 ? all : "( \(all) )"
    case .list(let item, let minimum, let maximum):
      let inner = expression(item)
      if maximum == minimum {
        return "(" + Array(repeating: inner, count: minimum).joined(separator: ", ") + ")"
      }
      return "(\(inner), …)"
    case .mapping(let table):
      define(table)
      return table.name
    case .dictionary(let keys):
      guard let table = keys.known else { return entries(keys) }
      define(table, free: keys)
      return table.name
    case .either:
      return "( " + grammar.flattened.map { expression($0) }.joined(separator: " | ") + " )"
    }
  }

  private func plain(_ text: String) -> String { text.filter { $0 != "`" } }
}

extension String {
  /// The text with spaces behind it up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
