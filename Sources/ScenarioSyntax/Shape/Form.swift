internal import Diagnostics

/// A way to write a value: what it looks like, and how it is read.
struct Form<Value>: Sendable {
  /// What may be written.
  let grammar: ValueGrammar
  /// Whether `${name}` is replaced before the value is read.
  let takesParameters: Bool
  /// Reads a value, or reports why it is none.
  let read: @Sendable (MarkedNode, inout Reading) -> Value?

  init(
    _ grammar: ValueGrammar, takesParameters: Bool = true,
    read: @escaping @Sendable (MarkedNode, inout Reading) -> Value?
  ) {
    self.grammar = grammar
    self.takesParameters = takesParameters
    self.read = read
  }
}

extension Form where Value: Sendable {
  /// The same way to write another value.
  func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> Form<Other> {
    Form<Other>(grammar, takesParameters: takesParameters) { node, reading in
      read(node, &reading).map(transform)
    }
  }

  /// The same with the place.
  var marked: Form<Marked<Value>> {
    Form<Marked<Value>>(grammar, takesParameters: takesParameters) { node, reading in
      read(node, &reading).map { Marked($0, at: node.span) }
    }
  }

  /// A list of at least one; items that are wrong are reported and left out, so that mistakes in
  /// the others are found too.
  var entries: Form<[Value]> {
    Form<[Value]>(.list(grammar, minimum: 1, maximum: nil)) { node, reading in
      guard let items = reading.items(of: node, minimum: 1, maximum: nil) else { return nil }
      return items.compactMap { item in
        let value = reading.read(self, item)
        if value == nil, let name = item["name"]?.scalar?.text {
          reading.brokenNames.insert(name)
        }
        return value
      }
    }
  }

  /// A list of such values.
  func list(minimum: Int = 1, maximum: Int? = nil) -> Form<[Value]> {
    Form<[Value]>(.list(grammar, minimum: minimum, maximum: maximum)) { node, reading in
      guard let items = reading.items(of: node, minimum: minimum, maximum: maximum) else {
        return nil
      }
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for item in items {
        if let value = reading.read(self, item) { values.append(value) }
      }
      return values.count == items.count ? values : nil
    }
  }
}
