import Diagnostics
import Protocols
import ScenarioSyntax
import SystemModel

/// What must be given: the keys that a scenario may leave out only if it extends another one, whose
/// mappings are merged with its own. Entries of lists are never merged, so they are whole in any
/// case and not of concern here.
enum SchemaDemands {
  /// The demands of a table as members of a schema; empty if there are none. They demand nothing of
  /// a value that is no mapping.
  static func members(of table: KeyTable) -> SchemaWriter.Members {
    var members = properties(of: table)
    let required = table.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.insert(.init("required", .array(required)), at: 0) }
    let choices = table.choices.filter(\.isRequired)
      .map { choice -> JSONValue in
        ["anyOf": .array(choice.keys.map { ["required": [.string($0)]] })]
      }
    if !choices.isEmpty { members.append(.init("allOf", .array(choices))) }
    return members
  }

  /// The demands of the values of a table's keys.
  private static func properties(of table: KeyTable) -> SchemaWriter.Members {
    let found = table.keys.compactMap { key -> JSONValue.Member? in
      let demands = members(of: key.grammar)
      return demands.isEmpty ? nil : JSONValue.Member(key.name, .object(demands))
    }
    return found.isEmpty ? [] : [.init("properties", .object(found))]
  }

  private static func members(of grammar: ValueGrammar) -> SchemaWriter.Members {
    switch grammar {
    case .scalar, .words, .list: return []
    case .mapping(let table): return members(of: table)
    case .dictionary(let keys):
      if keys.key.name == ScalarKind.protocolName.name { return protocols }
      let value = members(of: keys.value)
      return value.isEmpty ? [] : [.init("additionalProperties", .object(value))]
    case .either(let grammars): return members(ofAny: grammars)
    }
  }

  /// Of several mappings nobody knows beforehand which it is; what stands in them is known by its
  /// key.
  private static func members(ofAny grammars: [ValueGrammar]) -> SchemaWriter.Members {
    let tables = grammars.flatMap { mappings($0) }
    guard tables.count > 1 else { return grammars.flatMap { members(of: $0) } }
    let demands = tables.map { properties(of: $0) }.filter { !$0.isEmpty }
    return demands.isEmpty ? [] : [.init("allOf", .array(demands.map { .object($0) }))]
  }

  private static func mappings(_ grammar: ValueGrammar) -> [KeyTable] {
    switch grammar {
    case .mapping(let table): [table]
    case .either(let grammars): grammars.flatMap { mappings($0) }
    case .scalar, .words, .list, .dictionary: []
    }
  }

  /// The options that a protocol cannot do without.
  private static var protocols: SchemaWriter.Members {
    var names: [JSONValue] = []
    var options: SchemaWriter.Members = []
    for description in ProtocolCatalog.all {
      let required = description.parameters.filter(\.required).map { JSONValue.string($0.name) }
      guard !required.isEmpty else { continue }
      names.append(.string(description.name))
      options.append(.init(description.name, ["required": .array(required)]))
    }
    guard !names.isEmpty else { return [] }
    return [.init("not", ["enum": .array(names)]), .init("properties", .object(options))]
  }
}
