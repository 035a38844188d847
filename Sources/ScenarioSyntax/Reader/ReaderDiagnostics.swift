internal import Diagnostics

// The wording of what the reader finds about keys.

extension Diagnostic {
  static func unknownKey(
    _ key: MarkedScalar, nearest: String?, words: [String], in what: String
  ) -> Diagnostic {
    if key.text.asksForParameter { return .parameterInKey(key.span) }
    var notes = ["the keys of \(what) are " + WordList.all(words)]
    if let place = KeyCatalog.place(of: key.text) {
      notes.append("`\(key.text)` is a key of \(place)")
    }
    var help = nearest.map(ValueMistake.didYouMean)
    if help == nil, what == KeyCatalog.root.summary {
      help = "options of a protocol stand below its name: `protocol: {NAME: {\(key.text): …}}`"
    }
    return Diagnostic(
      .unknownKey, "\(what) has no key `\(key.text)`", at: key.span, notes: notes, help: help)
  }

  /// A comma inside braces has ended a text too early.
  static func strayPart(_ key: MarkedScalar, in what: String) -> Diagnostic {
    Diagnostic(
      .unknownKey, "\(what) has no key `\(key.text)`", at: key.span,
      notes: ["inside `{…}` and `[…]` a comma ends a text"],
      help: "if it is part of the text before, put that text in quotes")
  }

  static func misplacedKey(_ key: MarkedScalar, _ place: String, _ table: KeyTable) -> Diagnostic {
    Diagnostic(
      .misplacedKey, "`\(key.text)` does not belong here", at: key.span,
      notes: ["the keys of \(table.summary) are " + WordList.all(table.keys.map(\.name))],
      help: "it is a key of \(place)")
  }

  static func misplacedKey(
    _ key: MarkedScalar, _ hint: KeyTable.Hint, _ table: KeyTable
  ) -> Diagnostic {
    Diagnostic(
      .misplacedKey, "`\(key.text)` is not a key of \(table.summary)", at: key.span,
      notes: ["the keys of \(table.summary) are " + WordList.all(table.keys.map(\.name))],
      help: hint.advice)
  }

  /// An argument of a call, or what may be one, beside the call.
  static func argumentBesideCall(
    _ entry: MarkedNode.Entry, _ call: MarkedNode, _ table: KeyTable
  ) -> Diagnostic {
    let word = call.scalar?.text ?? call.mapping?.first?.key.text ?? "…"
    let given = call.mapping?.first?.value.mapping ?? []
    let arguments = (given + [entry]).map { "\($0.key.text): \($0.value.scalar?.text ?? "…")" }
    return Diagnostic(
      .misplacedKey, "`\(entry.key.text)` is not a key of \(table.summary)", at: entry.key.span,
      notes: ["the keys of \(table.summary) are " + WordList.all(table.keys.map(\.name))],
      help: "an argument stands below its call: write "
        + "`call: {\(word): {\(arguments.joined(separator: ", "))}}`")
  }

  static func missingSpace(_ pair: SplitPair, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingColon, "a space is missing behind the colon", at: span,
      help: "write `\(pair.mended)`")
  }

  static func later(_ word: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .notSupportedYet, "`\(word)` is not supported yet", at: span,
      help: "remove it; `conclave schema` and the reference list what this version does")
  }

  static func inapplicableKey(
    _ key: MarkedScalar, _ need: KeyDeclaration.Need, in fields: Fields
  ) -> Diagnostic {
    let wanted: String
    let help: String
    var label: Diagnostic.Label?
    switch need {
    case .anyOf(let names):
      wanted = "without " + WordList.choice(names)
      help = names.count == 1 ? "add `\(names[0])`, or remove it" : "remove it, or add one of these"
    case .noneOf(let names):
      let other = fields.first(of: names)
      wanted = "beside `\(other?.key.text ?? "")`"
      help = "remove one of them"
      label = other.map { Diagnostic.Label($0.key.span, "with this it cannot act") }
    case .value(let name, let words, _):
      wanted = "without " + WordList.choice(words.map { "\(name): \($0)" })
      help = "write `\(name): \(words[0])`, or remove it"
      label = fields.entry(name).map { Diagnostic.Label($0.value.span, "this decides it") }
    }
    return Diagnostic(
      .inapplicableKey, "`\(key.text)` has no effect \(wanted)", at: key.span,
      labels: label.map { [$0] } ?? [], help: help)
  }

  static func excludingKeys(
    _ key: MarkedScalar, _ first: MarkedScalar, _ choice: KeyTable.Choice
  ) -> Diagnostic {
    Diagnostic(
      .excludingKeys, "`\(first.text)` and `\(key.text)` both say \(choice.what)", at: key.span,
      label: "a second one", labels: [Diagnostic.Label(first.span, "the first one")],
      help: "keep one of them; another one needs an entry of its own")
  }

  static func missingChoice(
    _ choice: KeyTable.Choice, in fields: Fields, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .missingKey, "\(fields.table.summary) does not say \(choice.what)", at: span,
      help: "give one of " + WordList.choice(choice.keys))
  }

  static func missingKey(
    _ key: KeyDeclaration, in fields: Fields, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .missingKey, "\(fields.table.summary) needs the key `\(key.name)`", at: span,
      help: "add `\(key.name): \(key.example)`")
  }

  static func missingBeside(
    _ key: KeyDeclaration, _ entry: MarkedScalar, _ what: String
  ) -> Diagnostic {
    Diagnostic(
      .missingKey, "\(what) needs the key `\(key.name)` beside it", at: entry.span,
      help: "add `\(key.name): \(key.example)`")
  }

  static func twoEnds(_ key: MarkedScalar, _ first: MarkedScalar) -> Diagnostic {
    Diagnostic(
      .excludingKeys, "`\(first.text)` and `\(key.text)` both say when it ends", at: key.span,
      label: "a second one", labels: [Diagnostic.Label(first.span, "the first one")],
      help: "keep one of them")
  }

  static func severalWords(
    _ key: MarkedScalar, first: MarkedNode.Entry, what: String
  ) -> Diagnostic {
    // Somebody who writes `name: paxos` gives the word as a value.
    let isNaming = ["name", "type", "kind"].contains(first.key.text)
    let word = isNaming ? first.value.scalar?.text ?? first.key.text : first.key.text
    return Diagnostic(
      .excludingKeys, "`\(first.key.text)` and `\(key.text)` both name \(what)", at: key.span,
      labels: [Diagnostic.Label(first.key.span, "the first one")],
      help: "there is one; its options stand one level deeper: "
        + "`{\(VisibleText.brief(word)): {\(key.text): …}}`")
  }

  static func noOptions(_ entry: MarkedNode.Entry, for key: KeyDeclaration?) -> Diagnostic {
    let name = key.map { "\($0.name): " } ?? ""
    return Diagnostic(
      .emptyValue, "`\(entry.key.text)` has no options", at: entry.value.span,
      help: "write `\(name)\(entry.key.text)`")
  }

  static func linkWithoutOptions(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingKey, "a link without `latency` or another key that says how it behaves", at: span,
      help: "add `latency: 20ms`")
  }

  static func bareFail(at span: SourceSpan, names: [String]) -> Diagnostic {
    Diagnostic(
      .bareFail, "`fail` does not say which assertion must fail", at: span,
      notes: names.isEmpty
        ? ["there are no assertions"] : ["the assertions are " + WordList.all(names)],
      help: "write `expect: {fail: \(names.first ?? "NAME")}`")
  }
}
