internal import Diagnostics

/// What each seed draws anew.
struct Vary {
  /// The parameters that are drawn, with their values.
  var variations: [Variation] = []
  /// Where it says that faults are drawn too; nil if every fault is there in every run.
  var swarm: Marked<SwarmWord>?
}

/// A parameter whose value each seed draws, every value as likely as any other.
public struct Variation: Sendable {
  enum Values: Sendable {
    case list([Parameter])
    case range(AxisRange, SourceSpan)
  }

  /// The name of the parameter.
  public let name: Marked<String>
  let values: Values

  /// How many values there are.
  public var count: Int64 {
    switch values {
    case .list(let values): Int64(values.count)
    case .range(let range, _): range.count
    }
  }

  /// Whether the values stand one by one in the scenario.
  public var isList: Bool {
    if case .list = values { true } else { false }
  }

  /// The parameter with one of its values, which count from 0.
  func parameter(at place: Int64) -> Parameter {
    switch values {
    case .list(let values): values[Int(place)]
    case .range(let range, let span):
      Parameter(name: name, text: range.text(at: place), at: span)
    }
  }
}

/// How faults are drawn.
enum SwarmWord: String, Sendable, CaseIterable, WordValue {
  case swarm

  var summary: String { "each fault is there or not, as a fair coin says" }
}

/// The keys of `vary`; those that are not in the table are the author's.
enum VaryKeys {
  static let faults = Key(
    "faults", Form<SwarmWord>.words.marked, example: "swarm",
    absent: "every fault is there in every run",
    """
    Each seed leaves some of the entries of `faults` out. Those by whose names the rest of the \
    scenario speaks of them are always there, and what ends a fault is there with it.
    """)
  static let order = Key(
    "order", OrderKeys.form.marked, example: "{pct: {depth: 3, window: 50ms, messages: 100}}",
    absent: "messages take the latencies of their links",
    "The strategy by which messages are late, so that they arrive in other orders.")

  static let table = KeyTable(
    "vary", "the section `vary`", in: "`vary`", keys: [faults.declaration, order.declaration],
    hints: [.instead("exclude", "`exclude` belongs to `matrix`, whose combinations all run")])

  /// The keys with their values, a list or a range; `order` is read with the rest of the scenario.
  static let form = Form<Vary>(
    .dictionary(
      .init("the name of a parameter", key: .name, value: valuesForm.grammar, known: table)),
    takesParameters: false
  ) { node, reading in
    guard let entries = reading.entries(of: node, wanted: .mapping(table)) else { return nil }
    var vary = Vary()
    let known = entries.filter { entry in
      table.index(of: entry.key.text) != nil || table.hints.contains { $0.word == entry.key.text }
    }
    for entry in entries where !known.contains(where: { $0.key.span == entry.key.span }) {
      guard let name = reading.freeKey(entry.key, .name) else { continue }
      let form = Form<Variation>(valuesForm.grammar, takesParameters: false) { node, reading in
        reading.variation(name, node)
      }
      if let variation = reading.read(form, ofFreeKey: entry, besides: table) {
        vary.variations.append(variation)
      }
    }
    var fields = reading.fields(of: node, known, table)
    vary.swarm = fields.take(faults, &reading)
    fields.skip("order")
    fields.close()
    return vary
  }

  private static let valuesForm = Form<RawValue>(
    .either([
      .list(ParameterKeys.valueForm.grammar, minimum: 1, maximum: nil), .scalar(.variedRange),
    ])
  ) { node, _ in RawValue(node: node) }
}

extension Reading {
  /// Reads the values of a key of `vary`.
  fileprivate mutating func variation(
    _ name: Marked<String>, _ node: MarkedNode
  ) -> Variation? {
    if let scalar = node.scalar, !scalar.isEmptyPlain {
      do throws(ValueMistake) {
        let range = try AxisRange(scalar.text, needsStep: false)
        return Variation(name: name, values: .range(range, node.span))
      } catch {
        report(.badValue(error, node, for: key, notes: []))
        return nil
      }
    }
    return listedValues(name, node, in: "`vary`").map { Variation(name: name, values: .list($0)) }
  }
}
