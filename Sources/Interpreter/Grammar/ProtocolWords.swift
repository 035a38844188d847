import Protocols
import ScenarioSyntax
import SystemModel

/// The options, fields and calls of all protocols as tables of keys, as if the language had them.
enum ProtocolWords {
  /// What may be written for `protocol`.
  static var protocols: ValueGrammar {
    let names = ProtocolCatalog.all.map { ValueGrammar.Word($0.name, $0.summary) }
    let keys = ProtocolCatalog.all.map { description in
      KeyDeclaration(
        name: description.name, summary: description.summary,
        grammar: .mapping(options(of: description)), example: "{…}")
    }
    let table = KeyTable(
      "protocols", "a protocol with options", in: "`protocol`", keys: keys,
      choices: [.init("the protocol", keys.map(\.name), required: true)])
    return .either([.words(names), .mapping(table)])
  }

  /// What may be written for `call`.
  static var calls: ValueGrammar {
    var keys: [KeyDeclaration] = []
    for description in ProtocolCatalog.all {
      for call in description.calls where !keys.contains(where: { $0.name == call.name }) {
        keys.append(declaration(of: call, description))
      }
    }
    let words = keys.map { ValueGrammar.Word($0.name, $0.summary) }
    let table = KeyTable(
      "calls", "a call with arguments", in: "`call`", keys: keys,
      choices: [.init("the call", keys.map(\.name), required: true)])
    return .either([.words(words), .mapping(table)])
  }

  private static func options(of description: ProtocolDescription) -> KeyTable {
    let fields = KeyTable(
      "\(description.name)_fields", "fields of a node", in: "`initial`",
      keys: description.fields.filter(\.settable).map { field in
        KeyDeclaration(
          name: field.name, summary: field.summary,
          grammar: grammar(field.type, nullable: field.nullable), example: example(field.type))
      })
    var keys = description.parameters.map { option(for: $0) }
    if !fields.keys.isEmpty {
      let byNode = ValueGrammar.dictionary(
        .init("the name of a node or group", key: .name, value: .mapping(fields)))
      keys.append(
        KeyDeclaration(
          name: "initial", summary: "What nodes start with.", grammar: byNode,
          example: "{node1: {\(fields.keys[0].name): \(fields.keys[0].example)}}"))
    }
    return KeyTable(
      "\(description.name)_options", "options of \(description.name)", in: "`protocol`",
      keys: keys)
  }

  private static func option(for parameter: ParameterDeclaration) -> KeyDeclaration {
    let (one, example): (ValueGrammar, String) =
      switch parameter.kind {
      case .duration: (.scalar(.duration), "50ms")
      case .durationRange:
        (.either([.scalar(.duration), .scalar(.durationRange)]), "150ms..300ms")
      case .int: (.scalar(.integer), "3")
      case .bool: (.scalar(.boolean), "true")
      case .word(let words): (.words(words.map { .init($0, "") }), words.first ?? "")
      case .node: (.scalar(.name), "node1")
      }
    let byNode = ValueGrammar.dictionary(
      .init("the name of a node or group, or `default`", key: .name, value: one))
    return KeyDeclaration(
      name: parameter.name, summary: parameter.summary,
      grammar: parameter.uniform ? one : .either([one, byNode]), isRequired: parameter.required,
      example: example)
  }

  private static func declaration(
    of call: CallDeclaration, _ description: ProtocolDescription
  ) -> KeyDeclaration {
    let arguments = call.arguments.map { argument in
      KeyDeclaration(
        name: argument.name, summary: argument.summary,
        grammar: grammar(argument.type, nullable: false),
        isRequired: argument.defaultWord == nil, example: example(argument.type))
    }
    let table = KeyTable(
      "\(call.name)_arguments", "arguments of \(call.name)", in: "`call`", keys: arguments)
    return KeyDeclaration(
      name: call.name, summary: "\(description.name): \(call.summary)", grammar: .mapping(table),
      example: "{…}")
  }

  private static func grammar(_ type: WordType, nullable: Bool) -> ValueGrammar {
    switch type {
    case .int: .scalar(.integer)
    case .bool: .scalar(.boolean)
    case .duration: .scalar(.duration)
    case .word(let words): .words(words.map { .init($0, "") })
    case .symbol, .nodeList: .scalar(.text)
    case .node: nullable ? .scalar(.parameterValue) : .scalar(.name)
    }
  }

  private static func example(_ type: WordType) -> String {
    switch type {
    case .int: "1"
    case .bool: "true"
    case .duration: "100ms"
    case .word(let words): words.first ?? ""
    case .symbol, .nodeList: "scale_up"
    case .node: "node1"
    }
  }
}
