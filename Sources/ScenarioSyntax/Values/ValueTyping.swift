public import Diagnostics

/// Reads values whose form only a protocol knows: options, fields and arguments.
public struct ValueTyping {
  private var reading: Reading

  /// Starts to read values of a scenario.
  public init(_ scenario: Scenario, sources: SourceMap) {
    reading = Reading(sources: sources, parameters: ParameterValues(scenario.parameters))
  }

  /// What was wrong with the values so far, which are then forgotten.
  public mutating func takeDiagnostics() -> [Diagnostic] {
    defer { reading.diagnostics = [] }
    return reading.diagnostics
  }

  /// Reads a length of time, in nanoseconds.
  public mutating func duration(_ raw: RawValue, of key: String, example: String) -> Int64? {
    read(.duration, raw, key, example)
  }

  /// Reads a length of time or a range of them, in nanoseconds, both ends included.
  public mutating func durations(
    _ raw: RawValue, of key: String, example: String
  ) -> ClosedRange<Int64>? {
    read(.durations, raw, key, example)
  }

  /// Reads a whole number in a range.
  public mutating func int(
    _ raw: RawValue, of key: String, in range: ClosedRange<Int64>
  ) -> Int64? {
    read(.int(range), raw, key, "\(max(range.lowerBound, min(range.upperBound, 3)))")
  }

  /// Reads `true` or `false`.
  public mutating func bool(_ raw: RawValue, of key: String) -> Bool? {
    read(.boolean, raw, key, "true")
  }

  /// Reads any text.
  public mutating func text(_ raw: RawValue, of key: String, example: String) -> String? {
    read(.text, raw, key, example)
  }

  /// Reads a name.
  public mutating func name(_ raw: RawValue, of key: String, example: String) -> Marked<String>? {
    read(Form<String>.name.marked, raw, key, example)
  }

  /// Reads one of some words, as its place among them.
  public mutating func word(_ raw: RawValue, of key: String, among words: [String]) -> Int? {
    let grammar = ValueGrammar.words(words.map { .init($0, "") })
    let form = Form<Int>(grammar) { node, reading in
      guard let text = reading.text(of: node, wanted: grammar) else { return nil }
      guard let place = words.firstIndex(of: text) else {
        reading.report(.unknownWord(text, at: node.span, words: words, reading.key))
        return nil
      }
      return place
    }
    return read(form, raw, key, words.first ?? "")
  }

  private mutating func read<Value>(
    _ form: Form<Value>, _ raw: RawValue, _ key: String, _ example: String
  ) -> Value? {
    let declaration = KeyDeclaration(
      name: key, summary: "", grammar: form.grammar, isRequired: false, absent: "",
      example: example, needs: [])
    reading.key = declaration
    defer { reading.key = nil }
    return form.read(raw.node, &reading)
  }
}

extension Form where Value == ClosedRange<Int64> {
  /// A length of time, or a range of them.
  fileprivate static var durations: Form {
    let grammar = ValueGrammar.either([.scalar(.duration), .scalar(.durationRange)])
    return Form(grammar) { node, reading in
      reading.value(of: node, wanted: grammar) { text throws(ValueMistake) in
        if DurationValue.split(text) != nil { return try DurationValue.parseRange(text) }
        let span = try DurationValue.parse(text)
        return span...span
      }
    }
  }
}
