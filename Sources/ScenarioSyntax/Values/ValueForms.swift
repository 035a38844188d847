internal import Diagnostics

// The forms of single values.

extension Form where Value == String {
  /// A text that says something.
  static let text = Form.scalar(.text) { text throws(ValueMistake) in
    guard !isBlank(text) else { throw blank }
    return text
  }
  static var name: Form { Form.scalar(.name, NameValue.identifier) }
  /// A name; the word of a role is read too, so that it can be said why it does not belong here.
  static var nameOrRole: Form { Form.scalar(.name, NameValue.label) }
  static var label: Form { Form.scalar(.label, NameValue.label) }

  /// A word of a vocabulary that the protocol or a catalog declares; looked up later.
  static func word(_ kind: ScalarKind) -> Form { Form.scalar(kind) { text in text } }

  /// A reason in words; a switch is refused.
  static var reason: Form {
    Form.scalar(.reason) { text throws(ValueMistake) in
      guard !["true", "false", "yes", "no", "on", "off"].contains(text.lowercased()) else {
        throw ValueMistake(
          .reasonWanted, "`\(text)` is not a reason", help: "say in words why that is all right")
      }
      guard !isBlank(text) else { throw blank }
      return text
    }
  }

  /// Whether there is nothing to see in a text.
  private static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  private static var blank: ValueMistake { ValueMistake(.emptyValue, "this text is empty") }
}

extension Form where Value == Int64 {
  static var duration: Form { Form.scalar(.duration, DurationValue.parse) }
  static var instant: Form { Form.scalar(.instant, DurationValue.parse) }

  /// A length of time above 0.
  static var positiveDuration: Form {
    Form.scalar(.positiveDuration) { text throws(ValueMistake) in
      let span = try DurationValue.parse(text)
      guard span > 0 else { throw ValueMistake(.outOfRange, "`\(text)` is not above 0") }
      return span
    }
  }

  /// A whole number in a range.
  static func int(_ range: ClosedRange<Int64>) -> Form {
    Form.scalar(.integer(range)) { text throws(ValueMistake) in
      try NumberValue.int(text, in: range)
    }
  }
}

extension Form where Value == UInt64 {
  static var seed: Form { Form.scalar(.seed, NumberValue.seed) }
}

extension Form where Value == Bool {
  static var boolean: Form { Form.scalar(.boolean, NumberValue.bool) }
}

extension Form where Value == Fraction {
  static var percentage: Form { Form.scalar(.percentage, NumberValue.percentage) }
  static var factor: Form { Form.scalar(.factor, NumberValue.factor) }
}

extension Form where Value == Marked<Fraction> {
  /// How often messages are lost; losses in bursts are for a later version.
  static var loss: Form {
    let percentage = Form<Fraction>.percentage.marked
    let later = ["bursty", "burst", "gilbert-elliott", "gilbert_elliott"]
    return Form(percentage.grammar) { node, reading in
      if let key = node.mapping?.first?.key, later.contains(key.text) {
        reading.report(.later(key.text, at: key.span))
        return nil
      }
      return percentage.read(node, &reading)
    }
  }
}

extension Form where Value == Rate {
  static var rate: Form { Form.scalar(.rate, Rate.parse) }
}

extension Form where Value == ExpressionText {
  /// An expression; it is checked when all names are known.
  static var expression: Form {
    Form(.scalar(.expression), takesParameters: false) { node, reading in
      guard let text = reading.text(of: node, wanted: .scalar(.expression)),
        let scalar = node.scalar
      else { return nil }
      if text.asksForParameter {
        reading.report(.parameterInExpression(text, node.span))
        return nil
      }
      return ExpressionText(scalar: scalar)
    }
  }
}

extension Form where Value: CaseIterable & WordValue & Sendable {
  /// One of the words of an enumeration.
  static var words: Form {
    let words = Value.allCases.map { ValueGrammar.Word($0.word, $0.summary) }
    return Form(.words(words, later: Value.laterWords)) { node, reading in
      guard let text = reading.text(of: node, wanted: .words(words)) else { return nil }
      if let value = Value.allCases.first(where: { $0.word == text }) { return value }
      if Value.laterWords.contains(text) {
        reading.report(.later(text, at: node.span))
      } else {
        reading.report(.unknownWord(text, at: node.span, words: words.map(\.text), reading.key))
      }
      return nil
    }
  }
}

/// An enumeration whose cases are words of the scenario language.
protocol WordValue {
  /// As it is written.
  var word: String { get }
  /// What it means, in a sentence.
  var summary: String { get }
  /// Words that a later version may know.
  static var laterWords: [String] { get }
}

extension WordValue {
  static var laterWords: [String] { [] }
}

extension WordValue where Self: RawRepresentable, RawValue == String {
  var word: String { rawValue }
}

extension Form {
  /// The first form whose kind of node fits: `mapping` for mappings, `scalar` for all else.
  static func either(scalar: Form, mapping: Form) -> Form {
    Form(.either([scalar.grammar, mapping.grammar])) { node, reading in
      node.mapping == nil ? scalar.read(node, &reading) : mapping.read(node, &reading)
    }
  }

  /// One value, or a list of at least one.
  static func oneOrMore<Item>(_ item: Form<Item>) -> Form where Value == [Item], Item: Sendable {
    let list = item.list()
    return Form(.either([item.grammar, list.grammar])) { node, reading in
      node.sequence == nil
        ? item.read(node, &reading).map { [$0] } : list.read(node, &reading)
    }
  }

  /// A mapping with known keys.
  static func mapping(
    _ table: KeyTable, _ build: @escaping @Sendable (inout Fields, inout Reading) -> Value?
  ) -> Form {
    Form(.mapping(table)) { node, reading in
      guard var fields = reading.fields(of: node, table) else { return nil }
      let value = build(&fields, &reading)
      fields.close()
      return value
    }
  }

  /// A mapping with free keys, as a list in the order of the text.
  static func dictionary<Entry>(
    _ what: String, key: Form<String>, value: Form<Entry>
  ) -> Form where Value == [(key: Marked<String>, value: Entry)] {
    guard case .scalar(let kind) = key.grammar else { preconditionFailure("keys are scalars") }
    let grammar = ValueGrammar.dictionary(.init(what, key: kind, value: value.grammar))
    return Form(grammar) { node, reading in
      guard let entries = reading.entries(of: node, wanted: grammar) else { return nil }
      var result: [(key: Marked<String>, value: Entry)] = []
      for entry in entries {
        guard let name = reading.freeKey(entry.key, key) else { continue }
        if let value = reading.read(value, ofFreeKey: entry) { result.append((name, value)) }
      }
      return result.count == entries.count ? result : nil
    }
  }
}

extension Reading {
  /// Reads the value of a key that is not in a table.
  mutating func read<Value>(_ form: Form<Value>, ofFreeKey entry: MarkedNode.Entry) -> Value? {
    let declaration = KeyDeclaration(
      name: entry.key.text, summary: "", grammar: form.grammar, isRequired: false, absent: "",
      example: form.grammar.example, needs: [])
    return read(form, entry.value, of: declaration)
  }

  /// Reads a key that the author made; `${name}` is refused in it.
  mutating func freeKey(_ key: MarkedScalar, _ form: Form<String>) -> Marked<String>? {
    if key.text.asksForParameter {
      report(.parameterInKey(key.span))
      return nil
    }
    return form.read(MarkedNode(.scalar(key), span: key.span), &self)
      .map { Marked($0, at: key.span) }
  }
}
