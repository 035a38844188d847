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

  /// Functions of CEL and its extensions that are refused by name, in the order of the alphabet.
  public static var leftOut: [String] {
    LeftOut.functions.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The words before the dot of functions such as `math.abs`.
  static let namespaces = ["math", "lists", "sets", "strings", "cel"]

  private static let byName: [String: [CatalogEntry]] = Dictionary(
    grouping: all.filter { $0.kind != .operator }, by: \.name)
}

/// What CEL or its extensions have and this language does not, to be refused by name.
enum LeftOut {
  /// Functions and macros, with what they belong to and what to write instead.
  static let functions: [String: (what: String, help: String?)] = [
    "uint": ("unsigned ints", "use an int: `int(x)`"),
    "bytes": ("bytes", "use a string"),
    "timestamp": ("timestamps", "time here is a duration since the start: `now > 15ms`"),
    "getFullYear": ("timestamps", nil), "getMonth": ("timestamps", nil),
    "getDate": ("timestamps", nil), "getDayOfMonth": ("timestamps", nil),
    "getDayOfWeek": ("timestamps", nil), "getDayOfYear": ("timestamps", nil),
    "optional.of": ("optional values", nil), "optional.none": ("optional values", nil),
    "optional.ofNonZeroValue": ("optional values", nil),
    "optional.unwrap": ("optional values", nil), "unwrapOpt": ("optional values", nil),
    "hasValue": ("optional values", "ask with `has(a.b)` or `'b' in a`"),
    "value": ("optional values", "ask with `has(a.b)` or `'b' in a`"),
    "orValue": ("optional values", "write `has(a.b) ? a.b : other`"),
    "or": ("optional values", "the operator is `||`"),
    "optMap": ("optional values", nil), "optFlatMap": ("optional values", nil),
    "cel.block": ("block macro", "use `cel.bind`"),
    "cel.index": ("block macro", "use `cel.bind`"),
    "cel.iterVar": ("block macro", "use `cel.bind`"),
    "proto.getExt": ("messages", nil), "proto.hasExt": ("messages", nil),
    "base64.encode": ("bytes", nil), "base64.decode": ("bytes", nil),
    "regex.extract": ("extension for regular expressions", "use `matches`"),
    "regex.extractAll": ("extension for regular expressions", "use `matches`"),
    "regex.replace": ("extension for regular expressions", "use `replace`"),
    "ip": ("extension for network addresses", nil),
    "cidr": ("extension for network addresses", nil),
    "isIP": ("extension for network addresses", nil),
  ]

  /// Names of types.
  static let names: [String: (what: String, help: String?)] = [
    "uint": ("unsigned ints", "use `int`"),
    "bytes": ("bytes", "use `string`"),
    "timestamp": ("timestamps", nil),
    "google.protobuf.Timestamp": ("timestamps", nil),
    "optional_type": ("optional values", nil),
    "optional": ("optional values", nil),
  ]
}
