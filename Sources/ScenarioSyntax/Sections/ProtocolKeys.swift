internal import Diagnostics

/// What the nodes run; options and fields are typed when the protocol is looked up.
public struct ProtocolSection: Sendable {
  /// The name of the protocol.
  public let name: Marked<String>
  /// The options in the order of the text.
  public let options: [(key: Marked<String>, value: RawValue)]
  /// The fields that nodes or groups start with.
  public let initial: [(key: Marked<String>, value: [(key: Marked<String>, value: RawValue)])]

  /// No protocol, in place of one that cannot be read.
  static func standIn(at span: SourceSpan) -> ProtocolSection {
    ProtocolSection(name: Marked("", at: span), options: [], initial: [])
  }
}

/// The keys of `protocol`.
enum ProtocolKeys {
  static let initial = Key(
    "initial",
    Form<[(key: Marked<String>, value: [(key: Marked<String>, value: RawValue)])]>.dictionary(
      "the name of a node or group", key: .name,
      value: .dictionary("a field of the protocol", key: .word(.fieldName), value: .raw)),
    example: "{node1: {role: candidate, term: 1}}",
    "What nodes start with, by the fields that the protocol lets a scenario set.")

  static let table = KeyTable(
    "protocol_options", "options of the protocol", in: "`protocol`", keys: [initial.declaration])

  private typealias Options = (
    options: [(key: Marked<String>, value: RawValue)],
    initial: [(key: Marked<String>, value: [(key: Marked<String>, value: RawValue)])]
  )

  /// A name, or a mapping with the name as its only key and the options as its value.
  static let form = Form<ProtocolSection>(
    .either([
      .scalar(.protocolName),
      .dictionary(
        .init("the name of the protocol", key: .protocolName, value: optionsForm.grammar)),
    ])
  ) { node, reading in
    guard let (name, options) = reading.wordWithOptions(node, .protocolName, what: "the protocol")
    else {
      return nil
    }
    guard let options else { return ProtocolSection(name: name, options: [], initial: []) }
    guard let read = reading.read(optionsForm, options) else { return nil }
    return ProtocolSection(name: name, options: read.options, initial: read.initial)
  }

  private static let optionsForm = Form<Options>.mapping(
    table, others: FreeKeyForm("an option of the protocol", key: .word(.optionName), value: .raw)
  ) { fields, options, reading in
    (options, fields.take(initial, &reading) ?? [])
  }
}

extension Form where Value == RawValue {
  /// A value whose form only the protocol knows.
  static var raw: Form {
    Form(.scalar(.optionValue), takesParameters: false) { node, reading in
      if node.isEmptyPlain || node.mapping?.isEmpty == true || node.sequence?.isEmpty == true {
        reading.report(.emptyValue(node, for: nil))
        return nil
      }
      return reading.resolveDeeply(node).map { RawValue(node: $0) }
    }
  }
}

extension Reading {
  /// Reads a word, or a mapping with the word as its only key and its options as the value.
  mutating func wordWithOptions(
    _ node: MarkedNode, _ kind: ScalarKind, what: String
  ) -> (word: Marked<String>, options: MarkedNode?)? {
    guard let entries = node.mapping else {
      return text(of: node, wanted: .scalar(kind)).map { (Marked($0, at: node.span), nil) }
    }
    guard let first = entries.first else {
      report(.emptyValue(node, for: key))
      return nil
    }
    guard entries.count == 1 else {
      report(.severalWords(entries[1].key, first: first, what: what))
      return nil
    }
    if first.value.isEmptyPlain || first.value.mapping?.isEmpty == true {
      report(.noOptions(first, for: key))
      return nil
    }
    return freeKey(first.key, .word(kind)).map { ($0, first.value) }
  }
}
