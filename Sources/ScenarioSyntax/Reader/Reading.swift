internal import Diagnostics

/// The state of reading one scenario: the parameters, the texts and the mistakes so far.
struct Reading {
  /// The texts that spans point into.
  let sources: SourceMap
  /// What `${name}` stands for.
  let parameters: ParameterValues
  /// The mistakes so far.
  var diagnostics: [Diagnostic] = []
  /// The parameters that were used so far.
  var usedParameters: Set<String> = []
  /// The names of entries that were left out, since they are wrong.
  var brokenNames: Set<String> = []
  /// How much more text and how many more values `${name}` may bring in.
  var allowance = ParameterText.Allowance()
  /// The keys of the top level that another file gives too, which this one extends.
  var inheritedKeys: [String] = []
  /// The key whose value is being read, for examples in messages.
  var key: KeyDeclaration?

  init(sources: SourceMap, parameters: ParameterValues) {
    self.sources = sources
    self.parameters = parameters
  }

  /// Whether nobody would read what else is wrong, so that reading can end.
  var isFull: Bool { DiagnosticBag.isFull(diagnostics) }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reads a value in a form; `${name}` is replaced first where the form takes it.
  mutating func read<Value>(_ form: Form<Value>, _ node: MarkedNode) -> Value? {
    guard !isFull else { return nil }
    let known = diagnostics.count
    let resolved = form.takesParameters ? resolve(node) : node
    let value = resolved.flatMap { form.read($0, &self) }
    precondition(
      value != nil || diagnostics.count > known || !parameters.broken.isEmpty,
      "`\(key?.name ?? "")` is left out without a word")
    return value
  }

  /// Reads the value of a key in a form.
  mutating func read<Value>(_ form: Form<Value>, _ node: MarkedNode, of key: KeyDeclaration)
    -> Value?
  {
    let outer = self.key
    self.key = key
    defer { self.key = outer }
    return read(form, node)
  }

  /// Reports that nothing is given; a section that is inherited would not go by removing its key.
  private mutating func reportEmpty(_ node: MarkedNode) {
    if let key, inheritedKeys.contains(key.name),
      KeyCatalog.root.keys.contains(where: { $0.name == key.name && $0.summary == key.summary })
    {
      report(.emptyInherited(node, for: key))
    } else {
      report(.emptyValue(node, for: key))
    }
  }

  // MARK: Kinds of nodes

  /// The text of a scalar; anything else, and nothing at all, is reported.
  mutating func text(of node: MarkedNode, wanted: @autoclosure () -> ValueGrammar) -> String? {
    guard let scalar = node.scalar else {
      report(.wrongKind(node, wanted: wanted(), for: key))
      return nil
    }
    guard !scalar.isEmptyPlain else {
      reportEmpty(node)
      return nil
    }
    return scalar.text
  }

  /// The items of a list of some length.
  mutating func items(of node: MarkedNode, minimum: Int, maximum: Int?) -> [MarkedNode]? {
    guard let items = node.sequence else {
      if node.isEmptyPlain {
        reportEmpty(node)
      } else {
        report(.listWanted(node, for: key))
      }
      return nil
    }
    guard items.count >= minimum, items.count <= maximum ?? .max else {
      if items.isEmpty {
        reportEmpty(node)
      } else {
        report(.wrongCount(node, items.count, minimum: minimum, maximum: maximum, for: key))
      }
      return nil
    }
    return items
  }

  /// The entries of a mapping, at least one.
  mutating func entries(
    of node: MarkedNode, wanted: @autoclosure () -> ValueGrammar
  ) -> [MarkedNode.Entry]? {
    guard let entries = node.mapping else {
      if node.isEmptyPlain {
        reportEmpty(node)
      } else if let scalar = node.scalar, scalar.style == .plain, let split = SplitPair(scalar.text)
      {
        report(.missingSpace(split, at: node.span))
      } else {
        report(.wrongKind(node, wanted: wanted(), for: key))
      }
      return nil
    }
    guard !entries.isEmpty else {
      reportEmpty(node)
      return nil
    }
    return entries
  }

  /// Reads a text by a function that says what is wrong with it.
  mutating func value<Value>(
    of node: MarkedNode, wanted: @autoclosure () -> ValueGrammar,
    _ parse: (String) throws(ValueMistake) -> Value
  ) -> Value? {
    guard let text = text(of: node, wanted: wanted()) else { return nil }
    do throws(ValueMistake) {
      return try parse(text)
    } catch {
      report(.badValue(error, node, for: key, notes: originNotes(node)))
      return nil
    }
  }

  /// What `${name}` was replaced by in a value, for a message about the value.
  func originNotes(_ node: MarkedNode) -> [String] {
    guard !parameters.isEmpty, let scalar = node.scalar else { return [] }
    let bytes = sources[scalar.span].bytes
    let written = String(decoding: bytes[scalar.span.start..<scalar.span.end], as: UTF8.self)
    guard written.asksForParameter else { return [] }
    return ["`\(written)` stands for `\(scalar.text)` here"]
  }
}

extension Form {
  /// A scalar of a documented kind, read by a function that says what is wrong with it.
  static func scalar(
    _ kind: ScalarKind,
    _ parse: @escaping @Sendable (String) throws(ValueMistake) -> Value
  ) -> Form<Value> {
    Form(.scalar(kind)) { node, reading in
      reading.value(of: node, wanted: .scalar(kind), parse)
    }
  }
}
