import Analysis
import Protocols
import ScenarioSyntax
import SystemModel

/// The grammar of scenarios in EBNF, made from the tables by which they are read.
struct ScenarioGrammar {
  private var rules: [String] = []
  private var names: [String] = []

  /// The text of the file.
  static var text: String {
    var grammar = ScenarioGrammar()
    grammar.define(KeyCatalog.root, others: nil)
    for kind in ScalarKind.all { grammar.define(kind) }
    for part in ScalarKind.parts { grammar.rules.append("\(part.name) = \(part.production) ;") }
    return head + "\n" + grammar.rules.joined(separator: "\n\n") + "\n"
  }

  private static let head = """
    (* The scenarios of conclave, as YAML is read into mappings, lists and texts. Written by
       `conclave schema`.

       `=` defines, `|` chooses, `[ ]` may be left out, `{ }` repeats, quotes stand for themselves.
       "{" … "}" is a mapping in either of YAML's styles; its entries stand in any order, each key
       once, with commas or line ends between them. "[" … "]" is a list in either style. No mapping and
       no list is empty.

       In every value but expressions, the values of `parameters` and the keys of `matrix`, the text
       `${name}` stands for the value of a parameter, and `$${` for `${` itself. A list may be
       `${name}` as a whole. With `extends`, whatever the other scenario has may be left out. *)

    """

  // MARK: Mappings

  private mutating func define(_ table: KeyTable, others: ValueGrammar.FreeKeys?) {
    guard !names.contains(table.name) else { return }
    names.append(table.name)
    let place = rules.count
    rules.append("")
    var lines = ["(* \(table.summary), in \(table.place) *)", "\(table.name) = \"{\""]
    let choices = table.choices.filter { $0.isRequired && $0.isExclusive }
    for key in table.keys {
      guard let choice = choices.first(where: { $0.keys.contains(key.name) }) else {
        let entry = entry(key)
        let needed = Self.comment(key.needs)
        lines.append("    \(key.isRequired ? entry : "[ \(entry) ]")\(needed)")
        continue
      }
      let isFirst = choice.keys.first { name in table.keys.contains { $0.name == name } }
      let ordered = table.keys.filter { choice.keys.contains($0.name) }
      guard key.name == ordered.first?.name, isFirst != nil else { continue }
      lines.append("    (* \(choice.what) *)")
      for (number, key) in ordered.enumerated() {
        let end = number == ordered.count - 1 ? " )" : ""
        lines.append(
          "    \(number == 0 ? "( " : "| ")\(entry(key))\(end)\(Self.comment(key.needs))")
      }
    }
    if let others {
      lines.append("    { \(others.key.name) \":\" \(term(others.value)) }")
    }
    lines += comments(table, except: choices.map(\.what))
    lines.append("  \"}\" ;")
    rules[place] = lines.flatMap(Self.wrapped).joined(separator: "\n")
  }

  /// A line in lines of at most 100 columns, broken before choices, repetitions and comments.
  private static func wrapped(_ line: String) -> [String] {
    var lines: [String] = []
    var current = ""
    for piece in pieces(line) {
      if current.count + piece.count > 100, !current.isEmpty {
        lines.append(current)
        current = "       " + piece
      } else {
        current += piece
      }
    }
    return lines + [current]
  }

  /// The pieces of a line; each but the first starts with a space and one of the signs.
  private static func pieces(_ line: String) -> [String] {
    var pieces = [""]
    var isBlank = true
    for (place, word) in line.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if ["|", "{", "(*"].contains(word), !isBlank {
        while pieces[pieces.count - 1].last == " " { pieces[pieces.count - 1].removeLast() }
        pieces.append("")
      }
      if place > 0 { pieces[pieces.count - 1] += " " }
      pieces[pieces.count - 1] += word
      isBlank = isBlank && word.isEmpty
    }
    return pieces
  }

  private mutating func entry(_ key: KeyDeclaration) -> String {
    "\"\(key.name)\" \":\" \(term(key.grammar))"
  }

  private static func comment(_ needs: [KeyDeclaration.Need]) -> String {
    let texts = needs.map { need in
      switch need {
      case .anyOf(let names): "beside " + names.joined(separator: ", ")
      case .noneOf(let names): "not beside " + names.joined(separator: ", ")
      case .value(let name, let words, let orAbsent):
        "with \(name): \(words.joined(separator: ", "))" + (orAbsent ? " or without it" : "")
      }
    }
    return texts.isEmpty ? "" : "   (* \(texts.joined(separator: ", ")) *)"
  }

  private func comments(_ table: KeyTable, except known: [String]) -> [String] {
    let choices = table.choices.filter { !known.contains($0.what) }.map { choice in
      let bound = choice.isExclusive ? "one" : "some"
      let least = choice.isRequired ? "at least" : "at most"
      let count = choice.isRequired && !choice.isExclusive ? "\(least) one" : "\(least) \(bound)"
      return "    (* \(choice.what): \(count) of \(choice.keys.joined(separator: ", ")) *)"
    }
    let companions = table.companions.map { companion in
      let words = companion.words.isEmpty ? "" : ": " + companion.words.joined(separator: ", ")
      return "    (* \(companion.of)\(words) needs \(companion.key) *)"
    }
    return choices + companions
  }

  // MARK: Values

  private mutating func term(_ grammar: ValueGrammar) -> String {
    switch grammar {
    case .scalar(let kind): return kind.name
    case .words(let words, _): return Self.choice(words.map { "\"\($0.text)\"" })
    case .list(let item, let minimum, let maximum):
      let item = term(item)
      let sure = Array(repeating: item, count: max(1, minimum)).joined(separator: " \",\" ")
      return "\"[\" \(sure)" + (maximum == minimum ? "" : " { \",\" \(item) }") + " \"]\""
    case .mapping(let table):
      define(table, others: nil)
      return table.name
    case .dictionary(let keys):
      if let known = keys.known {
        define(known, others: keys)
        return known.name
      }
      return "\"{\" { \(keys.key.name) \":\" \(term(keys.value)) } \"}\""
    case .either:
      var terms: [String] = []
      for grammar in grammar.flattened {
        guard case .words(let words, _) = grammar else {
          terms.append(term(grammar))
          continue
        }
        terms += words.map { "\"\($0.text)\"" }
      }
      return Self.choice(terms)
    }
  }

  private static func choice(_ terms: [String]) -> String {
    terms.count == 1 ? terms[0] : "( \(terms.joined(separator: " | ")) )"
  }

  // MARK: Texts

  private mutating func define(_ kind: ScalarKind) {
    let words = Self.words(kind).map { "\"\($0)\"" }
    let production = words.isEmpty ? kind.production : Self.broken(words)
    rules.append("(* \(kind.summary) *)\n\(kind.name) = \(production) ;")
  }

  /// The words of a vocabulary, each once.
  private static func words(_ kind: ScalarKind) -> [String] {
    let all = ProtocolCatalog.all
    let words: [String]? =
      switch kind.name {
      case ScalarKind.protocolName.name: all.map(\.name)
      case ScalarKind.optionName.name: all.flatMap { $0.parameters.map(\.name) }
      case ScalarKind.fieldName.name: all.flatMap { $0.fields.filter(\.settable).map(\.name) }
      case ScalarKind.callName.name: all.flatMap { $0.calls.map(\.name) }
      case ScalarKind.argumentName.name:
        all.flatMap { $0.calls.flatMap { $0.arguments.map(\.name) } }
      case ScalarKind.messageKind.name: all.flatMap { $0.messages.map(\.name) }
      case ScalarKind.timerName.name: all.flatMap { $0.timers.map(\.name) }
      case ScalarKind.invariantName.name: InvariantCatalog.all.map(\.name)
      default: nil
      }
    var once: [String] = []
    for word in words ?? [] where !once.contains(word) { once.append(word) }
    return once
  }

  /// Alternatives in lines of at most 100 columns.
  private static func broken(_ words: [String]) -> String {
    var lines = [""]
    for word in words {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = word
      } else if last.count + word.count > 80 {
        lines.append("| \(word)")
      } else {
        lines[lines.count - 1] = "\(last) | \(word)"
      }
    }
    return lines.joined(separator: "\n    ")
  }
}
