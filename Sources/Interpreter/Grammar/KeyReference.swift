import ScenarioSyntax

/// The part of the reference on keys and values, made from the tables of the reader.
enum KeyReference {
  /// How values are written.
  static func addValues(to page: inout Markdown) {
    page.heading(2, "Values")
    page.prose(
      """
      The key decides how its value is read, never YAML: `no`, `on`, `1e3` and `0x1F` are texts until \
      a key wants a switch or a number, and then they are refused with what to write. Units are \
      always written. Quotes make no difference, but some texts need them: one that starts with \
      `!`, `&`, `*`, `>`, `|`, `%`, `@`, `[` or `{`, or that has `: ` or ` #` in it, and inside \
      `{…}` or `[…]` one with a comma or bracket.
      """)
    page.table(
      ["value", "what it is", "examples"],
      ScalarKind.all.map { kind in
        [
          "`\(kind.name)`", sentence(kind.summary) + " " + kind.explanation,
          kind.examples.map { "`\($0)`" }.joined(separator: ", "),
        ]
      })
    page.prose(
      """
      One rule holds everywhere: *a word, or `{word: options}`*. `protocol: barrier` and `protocol: \
      {barrier: {coordinator: node1}}`, `call: acquire` and `call: {acquire: {hold: 100ms}}`, \
      `latency: 5ms` and `latency: {normal: {mean: 20ms, deviation: 4ms}}`, `- election-safety` and \
      `- {invariant: election-safety, during: split}`. No section, list or value is empty.
      """)
  }

  /// All keys, by the mappings in which they stand.
  static func addKeys(to page: inout Markdown) {
    page.heading(2, "Keys")
    page.prose(
      "Every key acts. An unknown, misplaced or inapplicable key is an error that says where it "
        + "belongs and what was probably meant.")
    for table in KeyCatalog.tables { add(table, to: &page) }
  }

  private static func add(_ table: KeyTable, to page: inout Markdown) {
    page.heading(
      3,
      capitalised(plain(table.summary))
        + (table.place == "the top level" ? "" : " · \(table.place)"))
    page.table(
      ["key", "value", "meaning", "absent", "example"],
      table.keys.map { key in
        [
          "`\(key.name)`" + (key.isRequired ? " (required)" : ""), value(key.grammar),
          key.summary + needs(key), key.absent,
          "`\(key.name): \(key.example)`",
        ]
      })
    for choice in table.choices where choice.isExclusive {
      let keys = choice.keys.map { "`\($0)`" }.joined(separator: ", ")
      page.prose(
        (choice.isRequired ? "Exactly one of " : "At most one of ") + keys
          + " says \(choice.what).")
    }
    for choice in table.choices where !choice.isExclusive {
      let keys = choice.keys.map { "`\($0)`" }.joined(separator: ", ")
      page.prose("At least one of \(keys) says \(choice.what).")
    }
    for key in table.keys {
      for words in wordLists(in: key.grammar) where words.count > 1 || !words[0].summary.isEmpty {
        page.prose("`\(key.name)`:")
        page.list(words.map { "`\($0.text)`: \($0.summary)" })
      }
    }
  }

  /// A short form of a value's form.
  private static func value(_ grammar: ValueGrammar) -> String {
    switch grammar {
    case .scalar(let kind): "`\(kind.name)`"
    case .words(let words): words.map { "`\($0.text)`" }.joined(separator: ", ")
    case .list(let item, let minimum, let maximum):
      (maximum == minimum ? "\(minimum) of " : "list of ") + value(item)
    case .mapping(let table): table.summary
    case .dictionary(let keys):
      keys.known?.summary ?? "by \(keys.what): \(value(keys.value))"
    case .either(let grammars): grammars.map(value).joined(separator: " or ")
    }
  }

  private static func needs(_ key: KeyDeclaration) -> String {
    key.needs.map { need in
      switch need {
      case .anyOf(let names):
        " Only beside " + names.map { "`\($0)`" }.joined(separator: ", ") + "."
      case .noneOf(let names):
        " Not beside " + names.map { "`\($0)`" }.joined(separator: ", ") + "."
      case .value(let name, let words, let orAbsent):
        " Only with " + words.map { "`\(name): \($0)`" }.joined(separator: " or ")
          + (orAbsent ? ", which is the default." : ".")
      }
    }.joined()
  }

  private static func wordLists(in grammar: ValueGrammar) -> [[ValueGrammar.Word]] {
    switch grammar {
    case .words(let words): [words]
    case .list(let item, _, _): wordLists(in: item)
    case .either(let grammars): grammars.flatMap { wordLists(in: $0) }
    case .scalar, .mapping, .dictionary: []
    }
  }

  private static func sentence(_ text: String) -> String { capitalised(text) + "." }

  private static func plain(_ text: String) -> String { text }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
