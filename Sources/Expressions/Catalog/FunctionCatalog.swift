/// Every operator, function and macro of the language: the checker and the reference share it.
public enum FunctionCatalog {
  /// All entries, by chapter.
  public static let all: [CatalogEntry] =
    operators + macros + conversions + strings + mathematics + lists + sets + aggregates + durations

  /// The functions and macros of a name; there may be one of each.
  static func entries(named name: String) -> [CatalogEntry] {
    byName[name] ?? []
  }

  /// The entry of an operator.
  static func entry(of builtin: Builtin) -> CatalogEntry {
    guard let entry = operators.first(where: { $0.builtin == builtin }) else {
      preconditionFailure("the catalog has no operator \(builtin)")
    }
    return entry
  }

  /// The names of functions and macros, in the order of the catalog.
  static let callableNames: [String] = {
    var names: [String] = []
    for entry in all where entry.kind != .operator && names.last != entry.name {
      names.append(entry.name)
    }
    return names
  }()

  /// The words before the dot of functions such as `math.abs`.
  static let namespaces = ["math", "lists", "sets", "strings", "cel"]

  private static let byName: [String: [CatalogEntry]] = Dictionary(
    grouping: all.filter { $0.kind != .operator }, by: \.name)
}

/// What CEL or its extensions have and this language does not, to be refused by name.
enum LeftOut {
  /// Functions and macros, with what they belong to and what to write instead.
  static let functions: [String: (what: String, help: String?)] = [
    "uint": ("unsigned ints are", "use an int: `int(x)`"),
    "bytes": ("bytes are", "use a string"),
    "timestamp": ("timestamps are", "time here is a duration since the start: `now > 15ms`"),
    "getFullYear": ("timestamps are", nil), "getMonth": ("timestamps are", nil),
    "getDate": ("timestamps are", nil), "getDayOfMonth": ("timestamps are", nil),
    "getDayOfWeek": ("timestamps are", nil), "getDayOfYear": ("timestamps are", nil),
    "optional.of": ("optional values are", nil), "optional.none": ("optional values are", nil),
    "optional.ofNonZeroValue": ("optional values are", nil),
    "optional.unwrap": ("optional values are", nil), "unwrapOpt": ("optional values are", nil),
    "hasValue": ("optional values are", "ask with `has(a.b)` or `'b' in a`"),
    "value": ("optional values are", "ask with `has(a.b)` or `'b' in a`"),
    "orValue": ("optional values are", "write `has(a.b) ? a.b : other`"),
    "or": ("optional values are", "the operator is `||`"),
    "optMap": ("optional values are", nil), "optFlatMap": ("optional values are", nil),
    "cel.block": ("`cel.block` is", "use `cel.bind`"),
    "cel.index": ("`cel.block` is", "use `cel.bind`"),
    "cel.iterVar": ("`cel.block` is", "use `cel.bind`"),
    "proto.getExt": ("messages are", nil), "proto.hasExt": ("messages are", nil),
    "base64.encode": ("bytes are", nil), "base64.decode": ("bytes are", nil),
    "regex.extract": ("the regex extension is", "use `matches`"),
    "regex.extractAll": ("the regex extension is", "use `matches`"),
    "regex.replace": ("the regex extension is", "use `replace`"),
    "ip": ("the network extension is", nil), "cidr": ("the network extension is", nil),
    "isIP": ("the network extension is", nil),
  ]

  /// Names of types.
  static let names: [String: (what: String, help: String?)] = [
    "uint": ("unsigned ints are", "use `int`"),
    "bytes": ("bytes are", "use `string`"),
    "timestamp": ("timestamps are", nil),
    "google.protobuf.Timestamp": ("timestamps are", nil),
    "optional_type": ("optional values are", nil),
    "optional": ("optional values are", nil),
  ]
}
