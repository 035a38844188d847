import Diagnostics
import ScenarioSyntax

/// Every section with its keys, from the tables by which they are read.
enum SectionChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Sections and keys",
      [.init("", [.prose(intro)])] + KeyCatalog.tables.map(section))
  }

  private static let intro = """
    Each table lists the keys of one kind of mapping. A key that is marked with a star must be given. \
    Lists and mappings are never empty.
    """

  private static func section(_ table: KeyTable) -> ReferencePage.Section {
    let rows = table.keys.map { key in
      [
        "`\(key.name)`" + (key.isRequired ? " *" : ""), ValueText.text(key.grammar),
        key.absent.isEmpty ? "–" : key.absent,
        key.summary + needs(key) + " Example: `\(key.name): \(key.example)`",
      ]
    }
    let words = words(table)
    return ReferencePage.Section(
      title(table),
      [
        .table(["key", "value", "if absent", "what it means"], rows: rows),
        .list(rules(table)), .prose(words.isEmpty ? "" : "The words:"), .list(words),
      ])
  }

  /// The heading of a table: where it stands, and its name in the grammar.
  static func title(_ table: KeyTable) -> String {
    let name = table.name.split(separator: "_").joined(separator: " ")
    return table.name == KeyCatalog.root.name ? "The top level" : "\(name): \(table.place)"
  }

  private static func needs(_ key: KeyDeclaration) -> String {
    key.needs.map { need in
      switch need {
      case .anyOf(let names): " Only beside \(quoted(names, "or"))."
      case .noneOf(let names): " Not beside \(quoted(names, "or"))."
      case .value(let name, let words, let orAbsent):
        " Only with `\(name): \(words.joined(separator: ", "))`"
          + (orAbsent ? ", which is the default." : ".")
      }
    }.joined()
  }

  private static func rules(_ table: KeyTable) -> [String] {
    let choices = table.choices.map { choice in
      let count =
        switch (choice.isRequired, choice.isExclusive) {
        case (true, true): "exactly one of"
        case (true, false): "at least one of"
        case (false, true): "at most one of"
        case (false, false): "any of"
        }
      return "\(capital(choice.what)): \(count) \(quoted(choice.keys, "and"))."
    }
    let companions = table.companions.map { companion in
      let word = companion.words.first.map { ": \($0)" } ?? ""
      return "`\(companion.of)\(word)` needs `\(companion.key)` beside it."
    }
    return choices + companions
  }

  /// The words of the values of a table's keys, with their meanings.
  private static func words(_ table: KeyTable) -> [String] {
    table.keys.flatMap { key in
      words(key.grammar).map { "`\(key.name): \($0.text)`: \($0.summary)." }
    }
  }

  private static func words(_ grammar: ValueGrammar) -> [ValueGrammar.Word] {
    switch grammar {
    case .words(let words, _): words.count > 1 ? words : []
    case .either(let grammars): grammars.flatMap { words($0) }
    case .scalar, .list, .mapping, .dictionary: []
    }
  }

  private static func quoted(_ names: [String], _ last: String) -> String {
    let names = names.map { "`\($0)`" }
    guard names.count > 1, let end = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(last) \(end)"
  }

  private static func capital(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

/// What may be written, in a few words.
enum ValueText {
  static func text(_ grammar: ValueGrammar) -> String {
    switch grammar {
    case .scalar(let kind): scalar(kind)
    case .words(let words, _): words.map { "`\($0.text)`" }.joined(separator: " or ")
    case .list(let item, let minimum, let maximum):
      (maximum == minimum ? "a list of \(minimum), each " : "a list, each ") + inParentheses(item)
    case .mapping(let table): link(table)
    case .dictionary(let keys): dictionary(keys)
    case .either: grammar.flattened.map { text($0) }.joined(separator: ", or ")
    }
  }

  /// A value in parentheses if it is one of several.
  private static func inParentheses(_ grammar: ValueGrammar) -> String {
    let all = grammar.flattened.map { text($0) }
    return all.count == 1 ? all[0] : "(\(all.joined(separator: ", or ")))"
  }

  /// A link to the section of a table.
  private static func link(_ table: KeyTable) -> String {
    let name = table.name.split(separator: "_").joined(separator: " ")
    return "[\(name)](#\(Reference.anchor(SectionChapter.title(table))))"
  }

  private static func scalar(_ kind: ScalarKind) -> String {
    guard let range = kind.range else { return kind.summary }
    return "\(ScalarKind.integer.summary), \(grouped(range.lowerBound)) to "
      + grouped(range.upperBound)
  }

  private static func dictionary(_ keys: ValueGrammar.FreeKeys) -> String {
    let known = keys.known.map { ", and the keys of \(link($0))" }
    return "a mapping from \(keys.what) to \(inParentheses(keys.value))" + (known ?? "")
  }

  /// A number with its digits in groups of three.
  static func grouped(_ number: Int64) -> String {
    Limit.grouped(number, by: "_")
  }
}
