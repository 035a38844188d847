import Expressions
import SystemModel

/// The words of a run as values of the assertion language, prepared so that reading one allocates
/// nothing.
struct WordValues {
  /// The names of the nodes, of the kinds of messages, of the calls, and of the outcomes.
  let names: [Value]
  let kinds: [Value]
  let calls: [Value]
  let outcomes: [Value]
  /// All nodes, now and before the last event.
  let nodes: Value
  let oldNodes: Value

  private let schema: WorldSchema
  private let symbols: [Value]
  /// For each field the values of its words, if it has words.
  private let fieldWords: [[Value]]
  private let fieldTypes: [WordType]
  private let groupNames: [Value]
  private let groupOf: [Value]

  init(_ schema: WorldSchema) {
    self.schema = schema
    let description = schema.description
    names = schema.topology.names.map { .string($0) }
    kinds = description.messages.map { .string($0.name) }
    calls = description.calls.map { .string($0.name) }
    outcomes = CallOutcome.allCases.map { .string($0.name) }
    symbols = schema.symbols.texts.map { .string($0) }
    fieldTypes = description.fields.map(\.type)
    fieldWords = fieldTypes.map { type in
      if case .word(let words) = type { return words.map { .string($0) } }
      return []
    }
    let kind = WorldEnvironment.ObjectKind.node.rawValue
    nodes = .list(names.indices.map { .object(ObjectReference(type: kind, index: $0)) })
    oldNodes = .list(
      names.indices.map { .object(ObjectReference(type: kind, index: $0, isOld: true)) })
    groupNames = schema.topology.groups.map { .string($0.name) }
    var groups = [Value](repeating: .null, count: names.count)
    for (place, group) in schema.topology.groups.enumerated() {
      for node in group.nodes.members { groups[node.index] = groupNames[place] }
    }
    groupOf = groups
  }

  /// Whether a field is a list.
  func isList(_ field: Int) -> Bool { schema.listPlace[field] >= 0 }

  /// The value of a word of a field.
  func value(_ word: Int64, ofField field: Int) -> Value {
    if case .word = fieldTypes[field] {
      let place = Int(truncatingIfNeeded: word)
      return fieldWords[field].indices.contains(place) ? fieldWords[field][place] : .null
    }
    return value(word, fieldTypes[field])
  }

  /// The value of a word of any type.
  func value(_ word: Int64, _ type: WordType) -> Value {
    guard word != WordType.absent else { return .null }
    switch type {
    case .int: return .int(word)
    case .bool: return .bool(word != 0)
    case .duration: return .duration(word)
    case .word(let words):
      return words.indices.contains(Int(truncatingIfNeeded: word))
        ? .string(words[Int(word)]) : .null
    case .symbol:
      let place = Int(truncatingIfNeeded: word)
      return symbols.indices.contains(place) ? symbols[place] : .string(schema.symbols.text(word))
    case .node, .nodeList: return name(word)
    }
  }

  /// The name of a node by its word.
  func name(_ word: Int64) -> Value {
    names.indices.contains(Int(truncatingIfNeeded: word)) ? names[Int(word)] : .null
  }

  /// The group of a node, where groups do not overlap; null if it is in none.
  func group(of node: NodeID) -> Value { groupOf[node.index] }

  /// The groups of a node.
  func groups(of node: NodeID) -> Value {
    let groups = schema.topology.groups
    return .list(groups.indices.filter { groups[$0].nodes.contains(node) }.map { groupNames[$0] })
  }

  /// A field of the content of a message; null if its kind lacks it.
  func content(_ name: String, of payload: MessagePayload) -> Value {
    let declared = schema.description.messages[Int(payload.kind)]
    guard let place = declared.fields.firstIndex(where: { $0.name == name }) else { return .null }
    return value(declared.parts[place].value(in: payload), declared.fields[place].type)
  }

  /// The arguments of a call by name.
  func arguments(of call: CallHistory.Call) -> Value {
    let words = [call.arguments.0, call.arguments.1, call.arguments.2]
    let declared = schema.description.calls[Int(call.kind)].arguments
    let entries = zip(declared, words).map { argument, word in
      (key: Value.string(argument.name), value: value(word, argument.type))
    }
    return ValueMap(entries).map { .map($0) } ?? .map(.empty)
  }

  /// What a call returned.
  func result(of call: CallHistory.Call) -> Value {
    guard let type = schema.description.calls[Int(call.kind)].result else { return .null }
    return value(call.value, type)
  }
}
