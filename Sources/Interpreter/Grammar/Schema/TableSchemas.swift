import Diagnostics
import ScenarioSyntax

// Mappings with known keys.
extension SchemaWriter {
  /// A reference to the definition of a table. Of a table that demands something there are two: the
  /// whole, and the part that is left when an extended scenario has the rest.
  mutating func table(_ table: KeyTable, isPart: Bool) -> Members {
    let isPart = isPart && !SchemaDemands.members(of: table).isEmpty
    return reference(isPart ? "\(table.name)_part" : table.name) { writer in
      writer.mapping(table, isPart: isPart)
    }
  }

  /// The object of a table itself.
  mutating func mapping(_ table: KeyTable, isPart: Bool) -> Members {
    var members: Members = []
    if table.name != KeyCatalog.root.name { members.append(.init("title", .string(table.summary))) }
    members += [
      .init("type", "object"), .init("minProperties", 1),
      .init("properties", .object(properties(table, isPart: isPart))),
      .init("additionalProperties", .bool(false)),
    ]
    let required = table.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !isPart, !required.isEmpty { members.append(.init("required", .array(required))) }
    let conditions = conditions(table, isPart: isPart)
    if !conditions.isEmpty { members.append(.init("allOf", .array(conditions))) }
    return members
  }

  /// The keys of a table with their values.
  mutating func properties(_ table: KeyTable, isPart: Bool) -> Members {
    var members: Members = []
    for key in table.keys {
      let value = value(key.grammar, isPart: isPart)
      members.append(.init(key.name, .object(Self.documented(key) + value)))
    }
    return members
  }

  /// What an editor shows for a key.
  private static func documented(_ key: KeyDeclaration) -> Members {
    var text = key.summary
    if !key.absent.isEmpty { text += "\n\nIf absent: \(key.absent)." }
    text += "\n\nExample: `\(key.name): \(key.example)`"
    var members: Members = [.init("description", .string(text))]
    if let standard = standard(key) { members.append(.init("default", standard)) }
    if let example = SchemaExample.value(key.example) {
      members.append(.init("examples", .array([example])))
    }
    return members
  }

  /// The default, where it is a value that could be written.
  private static func standard(_ key: KeyDeclaration) -> JSONValue? {
    guard key.absent.hasPrefix("`"), key.absent.hasSuffix("`") else { return nil }
    let text = key.absent.dropFirst().dropLast()
    return text.contains("`") ? nil : SchemaExample.value(String(text))
  }

  private func conditions(_ table: KeyTable, isPart: Bool) -> [JSONValue] {
    table.choices.compactMap { Self.condition($0, isRequired: $0.isRequired && !isPart) }
      + table.companions.map(Self.condition)
      + table.keys.flatMap { key in key.needs.map { Self.condition($0, of: key) } }
  }

  /// That one of some keys is given, or not two of them.
  static func condition(_ choice: KeyTable.Choice, isRequired: Bool) -> JSONValue? {
    let given: [JSONValue] = choice.keys.map { ["required": [.string($0)]] }
    if isRequired { return [choice.isExclusive ? "oneOf" : "anyOf": .array(given)] }
    guard choice.isExclusive else { return nil }
    var pairs: [JSONValue] = []
    for (place, first) in choice.keys.enumerated() {
      for second in choice.keys[(place + 1)...] {
        pairs.append(["required": [.string(first), .string(second)]])
      }
    }
    return ["not": ["anyOf": .array(pairs)]]
  }

  private static func condition(_ companion: KeyTable.Companion) -> JSONValue {
    guard !companion.words.isEmpty else {
      return ["dependentRequired": .object([.init(companion.of, [.string(companion.key)])])]
    }
    return [
      "if": [
        "properties": .object([
          .init(companion.of, ["enum": .array(companion.words.map { .string($0) })])
        ]),
        "required": [.string(companion.of)],
      ],
      "then": ["required": [.string(companion.key)]],
    ]
  }

  private static func condition(
    _ need: KeyDeclaration.Need, of key: KeyDeclaration
  ) -> JSONValue {
    let condition: JSONValue
    switch need {
    case .anyOf(let names):
      if names.count == 1 {
        return ["dependentRequired": .object([.init(key.name, [.string(names[0])])])]
      }
      condition = ["anyOf": .array(names.map { ["required": [.string($0)]] })]
    case .noneOf(let names):
      condition = ["not": ["anyOf": .array(names.map { ["required": [.string($0)]] })]]
    case .value(let name, let words, let orAbsent):
      let values: JSONValue = [
        "anyOf": [
          ["enum": .array(words.map { .string($0) })],
          ["type": "string", "pattern": .string("\\$\\{")],
        ]
      ]
      var members: Members = [.init("properties", .object([.init(name, values)]))]
      if !orAbsent { members.append(.init("required", [.string(name)])) }
      condition = .object(members)
    }
    return ["dependentSchemas": .object([.init(key.name, condition)])]
  }
}

/// Examples as values that a standard YAML reader makes of them.
enum SchemaExample {
  /// The value of a text in YAML; nil if it is none.
  static func value(_ text: String) -> JSONValue? {
    var bag = DiagnosticBag()
    let source = SourceFile(name: "example", text: "value: \(text)")
    return YAMLLoader().load(source, into: &bag)?["value"].map(value)
  }

  private static func value(_ node: MarkedNode) -> JSONValue {
    switch node.content {
    case .sequence(let items): .array(items.map(value))
    case .mapping(let entries):
      .object(entries.map { .init($0.key.text, value($0.value)) })
    case .scalar(let scalar): value(scalar)
    }
  }

  private static func value(_ scalar: MarkedScalar) -> JSONValue {
    guard scalar.style == .plain else { return .string(scalar.text) }
    switch scalar.text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return Int64(scalar.text).map { .int($0) } ?? .string(scalar.text)
    }
  }
}
