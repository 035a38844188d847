internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// Checks an expression that looks at states.
  mutating func condition(_ text: ExpressionText) -> Condition? {
    condition(text, in: environment.states)
  }

  /// Checks an expression that an assertion depends on: one that reads nothing is refused.
  mutating func claim(
    _ text: ExpressionText, in names: ExpressionEnvironment? = nil
  ) -> Condition? {
    condition(text, in: names ?? environment.states, mustRead: true)
  }

  /// Checks an expression against the names of its place.
  mutating func condition(
    _ text: ExpressionText, in names: ExpressionEnvironment, mustRead: Bool = false
  ) -> Condition? {
    let file = sources[text.scalar.span]
    if let comment = swallowing(text, file) {
      report(.swallowingComment(comment, in: text.scalar.style))
      return nil
    }
    switch Expression.check(text.text, in: names, expecting: .bool) {
    case .success(let checked):
      if mustRead, checked.readsNothing {
        report(.constantAssertion(text.scalar.span))
        return nil
      }
      note(checked.dependencies, in: names)
      return Condition(checked.compiled()) { text.scalar.span(ofText: $0, in: file) }
    case .failure(let mistakes):
      for mistake in mistakes.all {
        var diagnostic = mistake.diagnostic { text.scalar.span(ofText: $0, in: file) }
        diagnostic.notes += notes(on: mistake, text)
        let advice = NameAdvice(topology, names, mistake, text.text)
        if let note = advice.note { diagnostic.notes = [note] }
        diagnostic.help = advice.help ?? diagnostic.help
        report(finalMetric(mistake, text).map { .finalMetric($0, diagnostic.span) } ?? diagnostic)
      }
      return nil
    }
  }

  /// A comment that takes in what stands on further lines, which YAML has made one with its own.
  private func swallowing(_ text: ExpressionText, _ file: SourceFile) -> SourceSpan? {
    guard text.scalar.style != .literal, text.text.contains("//") else { return nil }
    return Expression.comments(in: text.text).lazy
      .map { text.scalar.span(ofText: $0, in: file) }
      .first { file.lineIndex(of: $0.start) != file.lineIndex(of: max($0.start, $0.end - 1)) }
  }

  /// Checks the expression of a `where` and gives its place among the predicates.
  mutating func predicate(_ text: ExpressionText) -> Int? {
    guard let condition = condition(text, in: environment.message) else { return nil }
    predicates.append(condition)
    return predicates.count - 1
  }

  /// Remembers the parameters that an expression reads.
  private mutating func note(
    _ dependencies: ExpressionDependencies, in names: ExpressionEnvironment
  ) {
    guard !scenario.parameters.isEmpty else { return }
    let slots = Set(dependencies.roots.map(\.slot))
    for parameter in scenario.parameters {
      guard let slot = names.name(parameter.name.value)?.slot else { continue }
      if slots.contains(slot) { usedParameters.insert(parameter.name.value) }
    }
  }

  /// The metric that a mistake speaks of, if it exists at the end of the run alone.
  private func finalMetric(_ mistake: ExpressionMistake, _ text: ExpressionText) -> String? {
    guard mistake.code == CheckCodes.unknownField else { return nil }
    let bytes = Array(text.text.utf8)
    let range = mistake.range.clamped(to: bytes.indices)
    var words = String(decoding: bytes[range], as: UTF8.self)[...]
    for prefix in ["old.", "metrics."] where words.hasPrefix(prefix) {
      words = words.dropFirst(prefix.count)
    }
    while words.first == "\"" || words.first == "'" { words.removeFirst() }
    while words.last == "\"" || words.last == "'" { words.removeLast() }
    return environment.metric(String(words)).flatMap { $0.isFinal ? $0.name : nil }
  }

  /// What the checker cannot know about a mistake.
  private func notes(on mistake: ExpressionMistake, _ text: ExpressionText) -> [String] {
    var notes: [String] = []
    if text.scalar.commentBehind(in: sources[text.scalar.span]) != nil {
      notes.append(
        "what stands behind ` #` is a comment; if it belongs to the expression, put the whole in "
          + "quotes")
    }
    let file = sources[text.scalar.span].bytes
    if text.scalar.style == .plain, text.scalar.span.end < file.count,
      file[text.scalar.span.end] == UInt8(ascii: ",")
    {
      notes.append("inside `{…}` and `[…]` a comma ends a text; put the expression in quotes")
    }
    let bytes = Array(text.text.utf8)
    let range = mistake.range.clamped(to: bytes.indices)
    let words = String(decoding: bytes[range], as: UTF8.self).split(separator: ".")
    switch (mistake.code, words.last) {
    case (CheckCodes.unknownName, "leader"):
      notes.append("`leader` exists for protocols that elect one, not for \(description.name)")
    case (CheckCodes.unknownField, "group") where !topology.groups.isEmpty:
      notes.append("groups overlap here, so a node has no one `group`; write `\"x\" in n.groups`")
    case (CheckCodes.unknownField, "clock"):
      notes.append("`clock` is not supported yet")
    default: break
    }
    return notes
  }
}

extension WorldEnvironment.Parameter {
  /// The parameter as expressions see it.
  init(_ parameter: ScenarioSyntax.Parameter) {
    let (type, value) = parameter.value.expression
    self.init(name: parameter.name.value, type: type, value: value)
  }
}

extension WrittenValue {
  /// The type and value in expressions.
  var expression: (type: ExpressionType, value: Value) {
    switch self {
    case .bool(let value): (.bool, .bool(value))
    case .int(let value): (.int, .int(value))
    case .decimal(let value): (.double, .double(value))
    case .percentage(let value):
      (.double, .double(Double(value.numerator) / Double(value.denominator)))
    case .duration(let value): (.duration, .duration(value))
    case .text(let value): (.string, .string(value))
    case .list(let items):
      (.list(items.first?.expression.type ?? .string), .list(items.map(\.expression.value)))
    }
  }
}
