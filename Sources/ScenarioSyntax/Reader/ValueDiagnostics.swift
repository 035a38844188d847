internal import Diagnostics

// The wording of what the reader finds about values.

extension Diagnostic {
  static func badValue(
    _ mistake: ValueMistake, _ node: MarkedNode, for key: KeyDeclaration?, notes: [String]
  ) -> Diagnostic {
    Diagnostic(
      mistake.code, mistake.message, at: node.span, label: mistake.label,
      notes: notes + wantedNotes(key), help: mistake.help ?? example(of: key))
  }

  static func wrongKind(
    _ node: MarkedNode, wanted: ValueGrammar, for key: KeyDeclaration?
  ) -> Diagnostic {
    Diagnostic(
      .wrongKind, "\(wanted.summary) is wanted, and this is \(kind(of: node))", at: node.span,
      notes: wantedNotes(key), help: example(of: key))
  }

  static func listWanted(_ node: MarkedNode, for key: KeyDeclaration?) -> Diagnostic {
    var help = example(of: key)
    if let scalar = node.scalar, scalar.style == .plain, let mended = withoutDash(scalar.text) {
      help = "a space is missing behind the dash: `- \(mended)`"
    } else if let scalar = node.scalar, let key, case .list(.scalar, let minimum, _) = key.grammar {
      let items = scalar.text.split(separator: ",").map(DurationValue.trimmed)
      if items.count >= minimum {
        help = "write `\(key.name): [\(items.joined(separator: ", "))]`"
      }
    } else if node.mapping != nil {
      help = "put a dash in front: `- …`"
    }
    return Diagnostic(
      .wrongKind, "a list is wanted, and this is \(kind(of: node))", at: node.span,
      notes: wantedNotes(key), help: help)
  }

  /// What stands behind a dash that no space follows; nil if a text begins otherwise.
  private static func withoutDash(_ text: String) -> String? {
    guard text.hasPrefix("-"), let next = text.dropFirst().first, next.isLetter || next == "{",
      !text.contains("\n")
    else { return nil }
    return VisibleText.brief(String(text.dropFirst()))
  }

  /// A section that another file has and this one tries to take away.
  static func emptyInherited(_ node: MarkedNode, for key: KeyDeclaration) -> Diagnostic {
    Diagnostic(
      .emptyValue, "`\(key.name)` is empty, and what is inherited cannot be taken away",
      at: node.span, notes: ["without the key the section of the extended file holds"],
      help: "put what both scenarios share into a file without `\(key.name)`, and let both extend "
        + "that")
  }

  static func countInMapping(_ count: String, _ node: MarkedNode) -> Diagnostic {
    Diagnostic(
      .wrongKind, "the number of nodes stands alone, and this is a mapping", at: node.span,
      help: "write `nodes: \(count)`")
  }

  static func emptyValue(_ node: MarkedNode, for key: KeyDeclaration?) -> Diagnostic {
    let what =
      node.sequence != nil ? "an empty list" : node.mapping != nil ? "an empty mapping" : nil
    let name = key.map { "`\($0.name)`" } ?? "this"
    return Diagnostic(
      .emptyValue, what.map { "\(name) has \($0)" } ?? "\(name) has no value", at: node.span,
      help: example(of: key).map { "\($0), or remove the key" } ?? "give it a value, or remove it")
  }

  static func wrongCount(
    _ node: MarkedNode, _ count: Int, minimum: Int, maximum: Int?, for key: KeyDeclaration?
  ) -> Diagnostic {
    let wanted =
      maximum == minimum
      ? "\(minimum)" : count < minimum ? "at least \(minimum)" : "at most \(maximum ?? 0)"
    return Diagnostic(
      .wrongCount, "\(wanted) items are wanted, and here \(count == 1 ? "is 1" : "are \(count)")",
      at: node.span, notes: wantedNotes(key), help: example(of: key))
  }

  static func outOfRange(_ message: String, at span: SourceSpan, help: String) -> Diagnostic {
    Diagnostic(.outOfRange, message, at: span, help: help)
  }

  static func unknownWord(
    _ word: String, at span: SourceSpan, words: [String], _ key: KeyDeclaration?
  ) -> Diagnostic {
    let nearest = Suggestion.nearest(to: word, among: words)
    let what = key.map { " for `\($0.name)`" } ?? ""
    return Diagnostic(
      .unknownWord, "`\(word)` is not a word\(what)", at: span,
      notes: ["the words are " + WordList.all(words)], help: nearest.map(ValueMistake.didYouMean))
  }

  static func unknownVersion(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unknownVersion, "version `\(text)` of the scenario language is not known", at: span,
      help: "this tool reads version 1; a later version needs a later tool")
  }

  static func oneSide(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongCount, "a partition of one side separates nobody", at: span,
      help: "add a side, such as `others`, which is everyone else")
  }

  static func severalStarts(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongCount, "what is repeated begins once", at: span,
      help: "give one instant; several instants stand in `at` alone")
  }

  private static func kind(of node: MarkedNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.isEmptyPlain ? "nothing" : "the text `\(scalar.text)`"
    case .sequence(let items): items.isEmpty ? "an empty list" : "a list"
    case .mapping(let entries): entries.isEmpty ? "an empty mapping" : "a mapping"
    }
  }

  private static func wantedNotes(_ key: KeyDeclaration?) -> [String] {
    guard let key else { return [] }
    return ["`\(key.name)` is \(key.grammar.summary)"]
  }

  private static func example(of key: KeyDeclaration?) -> String? {
    key.map { "write for example `\($0.name): \($0.example)`" }
  }
}

// The wording of what the reader finds about parameters and the matrix.

extension Diagnostic {
  static func unknownParameter(
    _ name: String, at span: SourceSpan, known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .unknownParameter, "there is no parameter `\(name)`", at: span,
      notes: known.isEmpty
        ? ["the scenario has no parameters"] : ["the parameters are " + WordList.all(known)],
      help: Suggestion.nearest(to: name, among: known).map { ValueMistake.didYouMean("${\($0)}") }
        ?? "declare it: `parameters: {\(name): …}`")
  }

  static func listInText(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .listInText, "`\(name)` is a list, which cannot be part of a text", at: span,
      help: "a list stands alone: `key: ${\(name)}`")
  }

  static func parameterInExpression(_ text: String, _ span: SourceSpan) -> Diagnostic {
    let name = text.firstMatch(of: /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/)?.1 ?? "name"
    return Diagnostic(
      .parameterInExpression, "`${…}` is not replaced in an expression", at: span,
      help: "in an expression a parameter is a name: write `\(name)` instead of `${\(name)}`")
  }

  static func parameterInKey(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(.parameterInKey, "`${…}` is not replaced in a key", at: span)
  }

  static func parameterInParameter(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .parameterInParameter, "the value of a parameter is a plain value, without `${…}`", at: span)
  }

  static func mixedForms(
    _ span: SourceSpan, _ value: WrittenValue, _ first: WrittenValue
  ) -> Diagnostic {
    Diagnostic(
      .mixedForms, "this is \(value.form), and the first value is \(first.form)", at: span,
      help: "write all values in one form")
  }

  static func matrixForm(
    _ span: SourceSpan, _ value: WrittenValue, _ parameter: Parameter
  ) -> Diagnostic {
    Diagnostic(
      .mixedForms, "this is \(value.form), and the parameter is \(parameter.value.form)", at: span,
      labels: [Diagnostic.Label(parameter.node.span, "the default is given here")])
  }

  static func variedTwice(_ name: Marked<String>, matrix span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .variedTwice, "`\(name.value)` is a key of the matrix, and cannot be drawn too",
      at: name.span, labels: [Diagnostic.Label(span, "a key of the matrix by this")],
      help: "remove it from one of the two")
  }

  static func drawnSeed(_ span: SourceSpan, _ name: String) -> Diagnostic {
    Diagnostic(
      .drawnSeed, "`${\(name)}` is drawn with the seed, and cannot be the seed", at: span,
      help: "give the seed as a number; `conclave sweep` runs many")
  }

  static func repeatedValue(
    _ span: SourceSpan, _ first: SourceSpan, in place: String
  ) -> Diagnostic {
    Diagnostic(
      .repeatedValue, "a value of \(place) is given twice", at: span,
      labels: [Diagnostic.Label(first, "first given here")], help: "remove one of them")
  }

  static func emptyMatrix(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(.emptyValue, "the matrix has no parameter", at: span)
  }

  static func unknownAxis(_ name: Marked<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      .unknownParameter, "the matrix has no key `\(name.value)`", at: name.span,
      notes: ["its keys are " + WordList.all(known)],
      help: Suggestion.nearest(to: name.value, among: known).map(ValueMistake.didYouMean))
  }

  static func idleExclusion(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .idleExclusion, "no combination of the matrix is excluded by this", at: span,
      help: "a value must be one of those that the matrix gives")
  }

  static func tooManyCells(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooManyCells, "the matrix has more than 10_000 combinations", at: span,
      help: "give fewer values, or split the scenario")
  }

  static func noCells(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(.noCells, "no combination of the matrix is left", at: span)
  }

  static func unknownSetting(_ setting: Setting, known: [String]) -> Diagnostic {
    Diagnostic(
      .unknownSetting, "there is no parameter `\(setting.name)` to set", at: nil,
      notes: known.isEmpty
        ? ["the scenario has no parameters"] : ["the parameters are " + WordList.all(known)],
      help: Suggestion.nearest(to: setting.name, among: known).map {
        ValueMistake.didYouMean("--set \($0)=\(setting.text)")
      })
  }

  static func settingForm(
    _ setting: Setting, _ value: WrittenValue, _ parameter: Parameter
  ) -> Diagnostic {
    Diagnostic(
      .settingForm,
      "`--set \(setting.name)=\(setting.text)` gives \(value.form), and the parameter is "
        + parameter.value.form,
      at: parameter.node.span, label: "its value here",
      help: "write the value in the same form, with its unit")
  }
}

// The wording of what goes wrong with files that a scenario extends.

extension Diagnostic {
  static func pathOutside(_ path: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .pathOutside, "`\(path)` is not a path to a file in this folder or below", at: span,
      help: "write the path from the folder of this file, without `..` and without a `/` in front")
  }

  static func unreadableBase(_ path: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.unreadableBase, "the file `\(path)` cannot be read", at: span)
  }

  static func extendsItself(_ path: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.endlessChain, "`\(path)` extends itself", at: span)
  }

  static func chainTooLong(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .endlessChain, "a chain of `extends` has more than 4 files behind the first", at: span)
  }
}
