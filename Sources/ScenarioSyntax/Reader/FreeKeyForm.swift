internal import Diagnostics

/// The keys of a mapping that are not in its table, and the form of their values.
struct FreeKeyForm<Value: Sendable>: Sendable {
  let what: String
  let key: Form<String>
  let value: Form<Value>

  init(_ what: String, key: Form<String>, value: Form<Value>) {
    self.what = what
    self.key = key
    self.value = value
  }
}

extension Form {
  /// A mapping with known keys, and others; of these, wrong ones are reported and left out, so that
  /// mistakes in what remains are found too.
  static func mapping<Other: Sendable>(
    _ table: KeyTable, others: FreeKeyForm<Other>,
    _ build:
      @escaping @Sendable (
        inout Fields, [(key: Marked<String>, value: Other)], inout Reading
      ) -> Value?
  ) -> Form {
    guard case .scalar(let kind) = others.key.grammar else {
      preconditionFailure("keys are scalars")
    }
    let grammar = ValueGrammar.dictionary(
      .init(others.what, key: kind, value: others.value.grammar, known: table))
    return Form(grammar) { node, reading in
      guard let given = reading.entries(of: node, wanted: grammar) else { return nil }
      let (known, free) = reading.split(given, by: table)
      var values: [(key: Marked<String>, value: Other)] = []
      for entry in free {
        guard let name = reading.freeKey(entry.key, others.key) else { continue }
        if let value = reading.read(others.value, ofFreeKey: entry, besides: table) {
          values.append((name, value))
        }
      }
      var fields = reading.fields(of: node, known, table)
      let value = build(&fields, values, &reading)
      fields.close()
      return value
    }
  }
}

extension Reading {
  /// Reads the value of a key that is not in the table. If it has another form and the key is like
  /// one of the table, then that is what is reported.
  mutating func read<Value>(
    _ form: Form<Value>, ofFreeKey entry: MarkedNode.Entry, besides table: KeyTable
  ) -> Value? {
    let before = diagnostics.count
    if let value = read(form, ofFreeKey: entry) { return value }
    let words = table.keys.map(\.name)
    if let nearest = Suggestion.nearest(to: entry.key.text, among: words) {
      diagnostics.removeSubrange(before...)
      report(.unknownKey(entry.key, nearest: nearest, words: words, in: table.summary))
    }
    return nil
  }

  /// Parts the entries that a table knows, as keys or by a hint, from the others.
  fileprivate func split(
    _ entries: [MarkedNode.Entry], by table: KeyTable
  ) -> (known: [MarkedNode.Entry], free: [MarkedNode.Entry]) {
    var known: [MarkedNode.Entry] = []
    var free: [MarkedNode.Entry] = []
    for entry in entries {
      let name = entry.key.text
      if table.index(of: name) != nil || table.hints.contains(where: { $0.word == name }) {
        known.append(entry)
      } else {
        free.append(entry)
      }
    }
    return (known, free)
  }
}
