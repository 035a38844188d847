import Diagnostics
import ScenarioSyntax

/// Writes the JSON Schema of scenarios from the tables by which they are read.
///
/// The schema takes what a standard YAML reader makes of a valid scenario: a value with a unit is a
/// text, a bare number a number, and `${name}` may stand for any value that parameters replace.
struct SchemaWriter {
  /// An object of the schema in the making.
  typealias Members = [JSONValue.Member]

  /// The definitions so far, in the order in which they are met.
  private var definitions: [(name: String, members: Members?)] = []

  /// The whole schema.
  static func schema() -> JSONValue {
    var writer = SchemaWriter()
    let root = KeyCatalog.root
    var members: Members = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "A conclave scenario"),
      .init(
        "description",
        "A distributed protocol, its network, what goes wrong, and what must hold."),
    ]
    members += writer.mapping(root, isPart: true)
    members += [
      .init("if", ["required": ["extends"]]),
      .init("then", .bool(true)),
      .init("else", .object(SchemaDemands.members(of: root))),
    ]
    let definitions = writer.definitions.sorted { $0.name < $1.name }
    members.append(
      .init("$defs", .object(definitions.map { .init($0.name, .object($0.members ?? [])) })))
    return .object(members)
  }

  /// A reference to a definition, which is made if it is new.
  mutating func reference(
    _ name: String, _ make: (inout SchemaWriter) -> Members
  ) -> Members {
    if !definitions.contains(where: { $0.name == name }) {
      let place = definitions.count
      definitions.append((name, nil))
      definitions[place].members = make(&self)
    }
    return [.init("$ref", .string("#/$defs/\(name)"))]
  }

  /// What may be written where a value of a grammar is wanted; with `isPart` an extended scenario
  /// may have the rest.
  mutating func value(_ grammar: ValueGrammar, isPart: Bool) -> Members {
    switch grammar {
    case .scalar(let kind): return scalar(kind)
    case .words(let words, _): return choice(words.map { ($0.text, $0.summary) })
    case .list(let item, let minimum, let maximum):
      return list(item, minimum: minimum, maximum: maximum)
    case .mapping(let table): return self.table(table, isPart: isPart)
    case .dictionary(let keys): return dictionary(keys, isPart: isPart)
    case .either:
      var alternatives: [Members] = []
      for grammar in grammar.flattened {
        alternatives.append(value(grammar, isPart: isPart))
      }
      return Self.any(of: alternatives)
    }
  }

  /// One of several; a single one stands for itself.
  static func any(of alternatives: [Members]) -> Members {
    if alternatives.count == 1 { return alternatives[0] }
    return [.init("anyOf", .array(alternatives.map { .object($0) }))]
  }

  private mutating func list(_ item: ValueGrammar, minimum: Int, maximum: Int?) -> Members {
    var members: Members = [.init("title", .string("a list"))]
    let takesParameter = Self.takesParameters(item)
    members.append(.init("type", takesParameter ? ["array", "string"] : "array"))
    members.append(.init("items", .object(value(item, isPart: false))))
    members.append(.init("minItems", .int(Int64(minimum))))
    if let maximum { members.append(.init("maxItems", .int(Int64(maximum)))) }
    if takesParameter { members.append(.init("pattern", .string(Self.parameterPattern))) }
    return members
  }

  /// `${name}` alone, as it stands for a list.
  static let parameterPattern = "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$"

  /// Whether a list of such values may be a parameter's.
  private static func takesParameters(_ grammar: ValueGrammar) -> Bool {
    switch grammar {
    case .scalar(let kind): kind.takesParameters
    case .words: true
    case .either(let grammars): grammars.contains { takesParameters($0) }
    case .list, .mapping, .dictionary: false
    }
  }

  private mutating func dictionary(_ keys: ValueGrammar.FreeKeys, isPart: Bool) -> Members {
    if let members = vocabularyMapping(keys, isPart: isPart) { return members }
    var members: Members = [
      .init("title", .string("a mapping by \(keys.what)")), .init("type", "object"),
      .init("minProperties", 1),
      .init("propertyNames", ["pattern": .string("^(\(keys.key.pattern))$")]),
    ]
    if let known = keys.known {
      members.append(.init("properties", .object(properties(known, isPart: isPart))))
    }
    let value = value(keys.value, isPart: isPart)
    members.append(.init("additionalProperties", .object(value)))
    return members
  }
}
