import Diagnostics
import Expressions

/// Values of expressions as JSON that can tell an int from a double: `{"t": TYPE, "v": VALUE}`.
///
/// | `t` | `v` |
/// |---|---|
/// | `int`, `double` | the number as text: `"-1"`, `"0.1"`, `"-0.0"`, `"NaN"`, `"Infinity"` |
/// | `bool`, `null`, `string` | the value |
/// | `duration` | nanoseconds as text |
/// | `list` | `[VALUE…]` |
/// | `map` | `[[KEY, VALUE]…]`, in key order |
/// | `type` | the name of the type |
///
/// Plain JSON is read too: a whole number is an int, also `1.0`.
enum TaggedValue {
  /// Why a binding is no value.
  struct Mistake: Error {
    let message: String
  }

  /// The value that some JSON stands for.
  static func value(of json: JSONValue) throws(Mistake) -> Value {
    switch json {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .unsigned(let value):
      guard let number = Int64(exactly: value) else {
        throw Mistake(message: "\(value) is beyond 64 bits")
      }
      return .int(number)
    case .double(let value): return .double(value)
    case .string(let value): return .string(value)
    case .array(let values):
      var list: [Value] = []
      for value in values { list.append(try self.value(of: value)) }
      return .list(list)
    case .object(let members):
      if members.contains(where: { $0.key == "t" }) { return try tagged(members) }
      var entries: [(key: Value, value: Value)] = []
      for member in members { entries.append((.string(member.key), try value(of: member.value))) }
      return .map(try map(entries))
    }
  }

  private static func tagged(_ members: [JSONValue.Member]) throws(Mistake) -> Value {
    let tag = members.first { $0.key == "t" }?.value
    let content = members.first { $0.key == "v" }?.value ?? .null
    guard case .string(let type)? = tag else { throw Mistake(message: "\"t\" is not a text") }
    switch (type, content) {
    case ("null", _): return .null
    case ("bool", .bool(let value)): return .bool(value)
    case ("string", .string(let value)): return .string(value)
    case ("int", .string(let text)): return .int(try number(text, Int64.init(_:)))
    case ("int", .int(let value)): return .int(value)
    case ("duration", .string(let text)): return .duration(try number(text, Int64.init(_:)))
    case ("duration", .int(let value)): return .duration(value)
    case ("double", .string(let text)): return .double(try number(text, double))
    case ("double", .double(let value)): return .double(value)
    case ("double", .int(let value)): return .double(Double(value))
    case ("list", .array): return try value(of: content)
    case ("map", .array(let pairs)): return try map(pairs)
    case ("uint", _), ("bytes", _), ("timestamp", _):
      throw Mistake(message: "`\(type)` is left out of this language")
    default: throw Mistake(message: "\"v\" is no value of the type \(type)")
    }
  }

  private static func map(_ pairs: [JSONValue]) throws(Mistake) -> Value {
    var entries: [(key: Value, value: Value)] = []
    for pair in pairs {
      guard case .array(let both) = pair, both.count == 2 else {
        throw Mistake(message: "an entry of a map is [KEY, VALUE]")
      }
      entries.append((try value(of: both[0]), try value(of: both[1])))
    }
    return .map(try map(entries))
  }

  private static func map(_ entries: [(key: Value, value: Value)]) throws(Mistake) -> ValueMap {
    guard let map = ValueMap(entries) else {
      throw Mistake(message: "a map has each key once, and keys are bool, int or string")
    }
    return map
  }

  private static func number<Number>(
    _ text: String, _ parse: (String) -> Number?
  ) throws(Mistake) -> Number {
    guard let number = parse(text) else { throw Mistake(message: "\(text) is not a number") }
    return number
  }

  private static func double(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: Double(text)
    }
  }

  /// The JSON of a value.
  static func json(of value: Value) -> JSONValue {
    switch value {
    case .null: tag("null", .null)
    case .bool(let value): tag("bool", .bool(value))
    case .int(let value): tag("int", .string(String(value)))
    case .double(let value): tag("double", .string(text(value)))
    case .string(let value): tag("string", .string(value))
    case .duration(let value): tag("duration", .string(String(value)))
    case .list(let values): tag("list", .array(values.map(json)))
    case .map(let map):
      tag("map", .array(zip(map.keys, map.values).map { .array([json(of: $0), json(of: $1)]) }))
    case .type(let name): tag("type", .string(name.text))
    case .object(let reference): tag("object", .int(Int64(reference.index)))
    }
  }

  private static func tag(_ type: String, _ value: JSONValue) -> JSONValue {
    .object([.init("t", .string(type)), .init("v", value)])
  }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return value.description
  }
}
