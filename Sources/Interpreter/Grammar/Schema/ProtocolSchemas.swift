import Analysis
import Diagnostics
import Protocols
import ScenarioSyntax
import SystemModel

// What the protocols declare: their names, options, fields, calls, messages, invariants, metrics.
extension SchemaWriter {
  /// The words of a vocabulary; nil if the kind of text is none.
  mutating func vocabulary(_ kind: ScalarKind) -> Members? {
    let words: [(text: String, summary: String)]
    switch kind.name {
    case ScalarKind.protocolName.name:
      words = ProtocolCatalog.all.map { ($0.name, $0.summary) }
    case ScalarKind.callName.name:
      words = Self.calls.filter { call in call.declarations.contains { $0.needsNothing } }
        .map { ($0.name, $0.summary) }
    case ScalarKind.messageKind.name: words = Self.messageKinds
    case ScalarKind.timerName.name: words = Self.timerNames
    case ScalarKind.invariantName.name:
      words = InvariantCatalog.all.map { ($0.name, "\($0.family.rawValue): \($0.summary)") }
    case ScalarKind.metricName.name: return reference("metric_name") { $0.metricNames() }
    default: return nil
    }
    return reference(kind.name) { writer in
      [.init("title", .string(kind.summary))] + writer.choice(words)
    }
  }

  /// A mapping whose keys are words of a vocabulary; nil if they are not.
  mutating func vocabularyMapping(_ keys: ValueGrammar.FreeKeys, isPart: Bool) -> Members? {
    switch keys.key.name {
    case ScalarKind.protocolName.name:
      return single(
        keys.what,
        ProtocolCatalog.all.map { description in
          (description.name, { $0.options(description) })
        })
    case ScalarKind.callName.name:
      return single(keys.what, Self.calls.map { call in (call.name, { $0.arguments(call) }) })
    case ScalarKind.messageKind.name:
      var members: Members = [.init("title", .string("a mapping by \(keys.what)"))]
      var entries = keys.known.map { properties($0, isPart: isPart) } ?? []
      for kind in Self.messageKinds {
        let value = value(keys.value, isPart: isPart)
        entries.append(
          .init(kind.text, .object([.init("description", .string(kind.summary))] + value)))
      }
      members += [
        .init("type", "object"), .init("minProperties", 1), .init("properties", .object(entries)),
        .init("additionalProperties", .bool(false)),
      ]
      return members
    default: return nil
    }
  }

  /// A mapping with one of some keys.
  private mutating func single(
    _ what: String, _ keys: [(name: String, value: (inout SchemaWriter) -> Members)]
  ) -> Members {
    var entries: Members = []
    for key in keys { entries.append(.init(key.name, .object(key.value(&self)))) }
    return [
      .init("title", .string("\(what) with options")), .init("type", "object"),
      .init("minProperties", 1), .init("maxProperties", 1),
      .init("properties", .object(entries)), .init("additionalProperties", .bool(false)),
    ]
  }

  // MARK: Options

  private mutating func options(_ description: ProtocolDescription) -> Members {
    let members = reference("protocol_\(description.name)") { writer in
      var entries: Members = []
      for option in description.parameters {
        entries.append(.init(option.name, .object(writer.option(option))))
      }
      let fields = description.fields.filter(\.settable)
      if !fields.isEmpty {
        entries.append(.init("initial", .object(writer.initial(fields))))
      }
      return [
        .init("title", .string("options of \(description.name)")), .init("type", "object"),
        .init("minProperties", 1), .init("properties", .object(entries)),
        .init("additionalProperties", .bool(false)),
      ]
    }
    return [.init("description", .string(description.summary))] + members
  }

  private mutating func option(_ option: ParameterDeclaration) -> Members {
    var text = "\(option.summary)\n\nValue: \(option.kind.text)."
    if let standard = option.defaultText { text += "\n\nIf absent: `\(standard)`." }
    let value = value(of: option.kind)
    let description: Members = [.init("description", .string(text))]
    if option.uniform { return description + value }
    let byNode: Members = [
      .init("title", "a mapping by nodes and groups"), .init("type", "object"),
      .init("minProperties", 1),
      .init("propertyNames", ["pattern": .string("^(\(ScalarKind.name.pattern))$")]),
      .init(
        "properties",
        ["default": .object([.init("description", "All nodes that are not named.")] + value)]),
      .init("additionalProperties", .object(value)),
    ]
    return description + Self.any(of: [value, byNode])
  }

  private mutating func value(of kind: ParameterDeclaration.Kind) -> Members {
    switch kind {
    case .duration: scalar(.duration)
    case .durationRange: Self.any(of: [scalar(.duration), scalar(.durationRange)])
    case .int(let range): scalar(.integer) + Self.bounds(range)
    case .bool: scalar(.boolean)
    case .word(let words): choice(words.map { ($0, "") })
    case .node: scalar(.name)
    }
  }

  private mutating func initial(_ fields: [FieldDeclaration]) -> Members {
    var entries: Members = []
    for field in fields {
      var value = value(of: field.type, in: field.range)
      if field.nullable { value = Self.any(of: [value, [.init("enum", [.null, "null"])]]) }
      entries.append(
        .init(field.name, .object([.init("description", .string(field.summary))] + value)))
    }
    return [
      .init("description", "What nodes or groups start with."), .init("type", "object"),
      .init("minProperties", 1),
      .init("propertyNames", ["pattern": .string("^(\(ScalarKind.name.pattern))$")]),
      .init(
        "additionalProperties",
        [
          "type": "object", "minProperties": 1, "properties": .object(entries),
          "additionalProperties": .bool(false),
        ]),
    ]
  }

  private mutating func value(of type: WordType, in range: ClosedRange<Int64>?) -> Members {
    switch type {
    case .int: scalar(.integer) + (range.map { Self.bounds($0) } ?? [])
    case .bool: scalar(.boolean)
    case .duration: scalar(.duration)
    case .word(let words): choice(words.map { ($0, "") })
    case .symbol: scalar(.text)
    case .node: scalar(.name)
    case .nodeList: [.init("type", "array"), .init("items", .object(scalar(.name)))]
    }
  }

  // MARK: Calls

  /// A call of that name, as each protocol that has one declares it.
  private struct Call {
    let name: String
    var declarations: [CallDeclaration]
    var protocols: [String]

    var summary: String { "\(protocols.joined(separator: ", ")): \(declarations[0].summary)" }
  }

  private static var calls: [Call] {
    var calls: [Call] = []
    for description in ProtocolCatalog.all {
      for call in description.calls {
        if let place = calls.firstIndex(where: { $0.name == call.name }) {
          calls[place].declarations.append(call)
          calls[place].protocols.append(description.name)
        } else {
          calls.append(Call(name: call.name, declarations: [call], protocols: [description.name]))
        }
      }
    }
    return calls
  }

  /// The arguments of a call; of protocols whose calls have the same name but other arguments, any.
  private mutating func arguments(_ call: Call) -> Members {
    let members = reference("call_\(call.name)") { writer in
      var alternatives: [Members] = []
      for (declaration, name) in zip(call.declarations, call.protocols) {
        var entries: Members = []
        for argument in declaration.arguments {
          let value = writer.value(of: argument.type, in: argument.range)
          let text: Members = [.init("description", .string(argument.summary))]
          entries.append(.init(argument.name, .object(text + value)))
        }
        let required = declaration.arguments.filter { $0.defaultWord == nil }
          .map { JSONValue.string($0.name) }
        var members: Members = [
          .init("type", "object"), .init("minProperties", 1),
          .init("properties", .object(entries)), .init("additionalProperties", .bool(false)),
        ]
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        let shapes = alternatives.map { $0.filter { $0.key != "title" }.map(Self.undescribed) }
        if !shapes.contains(members.map(Self.undescribed)) {
          alternatives.append([.init("title", .string("\(call.name) of \(name)"))] + members)
        }
      }
      return Self.any(of: alternatives)
    }
    return [.init("description", .string(call.summary))] + members
  }

  /// A member without the descriptions below it, in which protocols may differ.
  private static func undescribed(_ member: JSONValue.Member) -> JSONValue.Member {
    guard case .object(let members) = member.value else { return member }
    return .init(
      member.key,
      .object(members.filter { $0.key != "description" }.map(undescribed)))
  }

  // MARK: Messages and metrics

  private static var messageKinds: [(text: String, summary: String)] {
    words { $0.messages.map { ($0.name, $0.summary) } }
  }

  private static var timerNames: [(text: String, summary: String)] {
    words { $0.timers.map { ($0.name, $0.summary) } }
  }

  /// What all protocols declare of a kind, each word once.
  private static func words(
    _ declared: (ProtocolDescription) -> [(name: String, summary: String)]
  ) -> [(text: String, summary: String)] {
    var words: [(text: String, summary: String)] = []
    for description in ProtocolCatalog.all {
      for declaration in declared(description) {
        let summary = "\(description.name): \(declaration.summary)"
        if let place = words.firstIndex(where: { $0.text == declaration.name }) {
          words[place].summary += "\n\n\(summary)"
        } else {
          words.append((declaration.name, summary))
        }
      }
    }
    return words
  }

  private mutating func metricNames() -> Members {
    var alternatives: [Members] = MetricCatalog.all.map { metric in
      let text: Members = [
        .init("title", .string(metric.pattern)), .init("description", .string(metric.summary)),
      ]
      let isPattern = metric.pattern.unicodeScalars.contains { ("A"..."Z").contains($0) }
      guard isPattern else { return text + [.init("const", .string(metric.pattern))] }
      let parts = metric.pattern.split(separator: ".").map { part in
        part.allSatisfy(\.isUppercase) ? "[A-Za-z_][A-Za-z0-9_-]*" : String(part)
      }
      let pattern = "^\(parts.joined(separator: "\\."))$"
      return text + [.init("type", "string"), .init("pattern", .string(pattern))]
    }
    alternatives.append(parameter())
    return [.init("title", "a metric")] + Self.any(of: alternatives)
  }
}

extension CallDeclaration {
  /// Whether it may be called without arguments.
  fileprivate var needsNothing: Bool { arguments.allSatisfy { $0.defaultWord != nil } }
}
