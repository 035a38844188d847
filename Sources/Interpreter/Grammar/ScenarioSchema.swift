import Analysis
import Diagnostics
import Protocols
import ScenarioSyntax
import SystemModel

/// The scenario language as a JSON Schema (2020-12), from which editors complete and validators
/// check; made from the tables of keys that the reader uses.
///
/// It takes every valid scenario, whichever way a YAML reader types plain values, and refuses most
/// mistakes of shape; names and meaning are for the compiler alone.
enum ScenarioSchema {
  /// The schema as a text that ends with a line end.
  static var text: String {
    var builder = SchemaBuilder()
    let root = builder.reference(to: KeyCatalog.root)
    let schema: JSONValue = .object([
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("$id", .string("urn:conclave:scenario:1")),
      .init("title", .string("conclave scenario, version 1")),
      .init(
        "description",
        .string("Who takes part, how far apart, what they run, what goes wrong, what must hold.")),
      root, .init("$defs", .object(builder.sortedDefinitions)),
    ])
    return schema.text(indented: true) + "\n"
  }
}

/// Makes schemas of forms and collects those that have a name.
private struct SchemaBuilder {
  private var definitions: [(name: String, schema: JSONValue)] = []
  private var known: Set<String> = []

  var sortedDefinitions: [JSONValue.Member] {
    definitions.sorted { $0.name < $1.name }.map { .init($0.name, $0.schema) }
  }

  /// A reference to the schema of a kind of mapping.
  mutating func reference(to table: KeyTable) -> JSONValue.Member {
    define(table.name) { $0.mapping(table, free: nil) }
  }

  private mutating func define(
    _ name: String, _ make: (inout SchemaBuilder) -> JSONValue
  ) -> JSONValue.Member {
    if known.insert(name).inserted {
      let schema = make(&self)
      definitions.append((name, schema))
    }
    return .init("$ref", .string("#/$defs/\(name)"))
  }

  /// The schema of a form.
  private mutating func schema(_ grammar: ValueGrammar) -> JSONValue {
    switch grammar {
    case .scalar(let kind): .object([define(kind.name) { _ in Self.scalar(kind) }])
    case .words(let words): self.words(words)
    case .list(let item, let minimum, let maximum): list(item, minimum, maximum)
    case .mapping(let table): .object([reference(to: table)])
    case .dictionary(let keys): dictionary(keys)
    case .either:
      .object([.init("anyOf", .array(grammar.flattened.map { schema($0) }))])
    }
  }

  private static func scalar(_ kind: ScalarKind) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("description", .string("\(kind.summary): \(kind.explanation)"))
    ]
    let types: [String] =
      switch kind.reading {
      case .string: ["string"]
      case .integer: ["string", "integer"]
      case .boolean: ["string", "boolean"]
      case .any: ["string", "number", "boolean", "null"]
      }
    members.append(
      .init(
        "type", types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })))
    if !kind.pattern.isEmpty { members.append(.init("pattern", .string(kind.pattern))) }
    members.append(.init("examples", .array(kind.examples.map { .string($0) })))
    return .object(members)
  }

  private mutating func words(_ words: [ValueGrammar.Word]) -> JSONValue {
    let choices = words.map { word in
      JSONValue.object([
        .init("const", .string(word.text)), .init("description", .string(word.summary)),
      ])
    }
    return .object([.init("anyOf", .array(choices + [parameter]))])
  }

  /// A text in which `${name}` stands for what the schema cannot know.
  private var parameter: JSONValue {
    mutating get {
      .object([
        define("parameter") { _ in
          .object([
            .init("description", .string("`${name}` is replaced by the value of a parameter.")),
            .init("type", .string("string")), .init("pattern", .string("\\$\\{")),
          ])
        }
      ])
    }
  }

  private mutating func list(
    _ item: ValueGrammar, _ minimum: Int, _ maximum: Int?
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("type", .string("array")), .init("items", schema(item)),
      .init("minItems", .int(Int64(minimum))),
    ]
    if let maximum { members.append(.init("maxItems", .int(Int64(maximum)))) }
    guard case .scalar = item else { return .object(members) }
    return .object([.init("anyOf", .array([.object(members), parameter]))])
  }

  private mutating func dictionary(_ keys: ValueGrammar.FreeKeys) -> JSONValue {
    let value = schema(keys.value)
    let free = JSONValue.object([
      .init("description", .string("Keyed by \(keys.what).")),
      .init("allOf", .array([value])),
    ])
    guard let table = keys.known else {
      return .object([
        .init("type", .string("object")), .init("minProperties", .int(1)),
        .init("description", .string("By \(keys.what).")), .init("additionalProperties", free),
      ])
    }
    return .object([define(table.name) { $0.mapping(table, free: free) }])
  }

  private mutating func mapping(_ table: KeyTable, free: JSONValue?) -> JSONValue {
    var properties = table.keys.map { JSONValue.Member($0.name, property($0, of: table)) }
    if let on = properties.first(where: { $0.key == "on" }) {
      // To a reader of YAML 1.1 a plain `on` is a boolean, whose name in JSON is this.
      properties.append(.init("true", on.value))
    }
    var members: [JSONValue.Member] = [
      .init("type", .string("object")),
      .init("description", .string("\(table.summary), \(table.place)")),
      .init("minProperties", .int(1)), .init("properties", .object(properties)),
      .init("additionalProperties", free ?? .bool(false)),
    ]
    let rules = requirements(of: table) + table.choices.flatMap(Self.rules)
    if !rules.isEmpty { members.append(.init("allOf", .array(rules))) }
    let needs = table.keys.filter { !$0.needs.isEmpty }.map { key in
      JSONValue.Member(key.name, .object([.init("allOf", .array(key.needs.map(Self.rule)))]))
    }
    if !needs.isEmpty { members.append(.init("dependentSchemas", .object(needs))) }
    return .object(members)
  }

  private mutating func property(_ key: KeyDeclaration, of table: KeyTable) -> JSONValue {
    let grammar = CatalogWords.grammar(of: key, in: table) ?? key.grammar
    var text = key.summary
    if !key.absent.isEmpty { text += " Absent: \(key.absent)." }
    text += " Example: `\(key.name): \(key.example)`"
    return .object([
      .init("description", .string(text)), .init("allOf", .array([schema(grammar)])),
    ])
  }

  /// What must be there. A mapping that may be merged with that of an extended file can have its
  /// required keys there, so nothing is demanded of it where the scenario extends one.
  private func requirements(of table: KeyTable) -> [JSONValue] {
    let isEntry = table.place.hasPrefix("an entry of")
    let required = table.keys.filter(\.isRequired).map { Self.has($0.name) }
    guard table.name == KeyCatalog.root.name else {
      return isEntry && !required.isEmpty ? [.object([.init("allOf", .array(required))])] : []
    }
    let topology = JSONValue.object([
      .init("properties", .object([.init("topology", Self.has("nodes"))]))
    ])
    let whole = JSONValue.object([.init("allOf", .array(required + [topology]))])
    return [.object([.init("anyOf", .array([Self.has("extends"), whole]))])]
  }

  private static func rules(_ choice: KeyTable.Choice) -> [JSONValue] {
    let any = choice.keys.map(has)
    guard choice.isExclusive else { return [.object([.init("anyOf", .array(any))])] }
    if choice.isRequired { return [.object([.init("oneOf", .array(any))])] }
    let none = JSONValue.object([.init("not", .object([.init("anyOf", .array(any))]))])
    return [.object([.init("oneOf", .array(any + [none]))])]
  }

  private static func rule(_ need: KeyDeclaration.Need) -> JSONValue {
    switch need {
    case .anyOf(let names): return .object([.init("anyOf", .array(names.map(has)))])
    case .noneOf(let names):
      return .object([
        .init("not", .object([.init("anyOf", .array(names.map(has)))]))
      ])
    case .value(let name, let words, let orAbsent):
      let value = JSONValue.object([
        .init(
          "anyOf",
          .array([
            .object([.init("enum", .array(words.map { .string($0) }))]),
            .object([.init("pattern", .string("\\$\\{"))]),
          ]))
      ])
      let given = JSONValue.Member("properties", .object([.init(name, value)]))
      return .object(orAbsent ? [given] : [given, .init("required", .array([.string(name)]))])
    }
  }

  /// That a key is there, under whichever name.
  private static func has(_ name: String) -> JSONValue {
    let plain = JSONValue.object([.init("required", .array([.string(name)]))])
    guard name == "on" else { return plain }
    return .object([
      .init("anyOf", .array([plain, .object([.init("required", .array([.string("true")]))])]))
    ])
  }
}
