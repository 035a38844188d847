/// A value of the assertion language.
///
/// Strings are sequences of Unicode scalars: nothing here compares them by canonical equivalence.
/// ``isSame(as:)`` is the language's own `==`; Swift's `==` tells an int from a double.
public enum Value: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A 64-bit integer.
  case int(Int64)
  /// An IEEE 754 double, NaN and the infinities included.
  case double(Double)
  /// A sequence of Unicode scalars.
  case string(String)
  /// A span of virtual time in nanoseconds.
  case duration(Int64)
  /// Values in order, of any mixture of types.
  case list([Value])
  /// Keys with values, in key order.
  case map(ValueMap)
  /// A thing of the host's world: a node, a message, a call, a fault.
  case object(ObjectReference)
  /// A type, as `type(1)` and the name `int` give it.
  case type(TypeName)
}

/// A typed handle into the host's world; the host alone knows what it stands for.
public struct ObjectReference: Sendable, Hashable {
  /// Which ``ObjectType`` of the environment, by its index.
  public var type: Int32
  /// Whether the object is seen as it was before this event.
  public var isOld: Bool
  /// Which object of that type; the host gives the numbers.
  public var index: Int

  /// Makes a handle.
  public init(type: Int, index: Int, isOld: Bool = false) {
    self.type = Int32(truncatingIfNeeded: type)
    self.index = index
    self.isOld = isOld
  }

  /// Whether both stand for one object, now or before.
  public func isSame(as other: ObjectReference) -> Bool {
    index == other.index && type == other.type
  }
}

/// The run-time type of a value.
public enum TypeName: Sendable, Hashable {
  case null, bool, int, double, string, duration, list, map, type
  /// An object of the host's world, by the name of its type.
  case object(String)

  /// The name that `type(x)` shows, such as `int` or `google.protobuf.Duration`.
  public var text: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .object(let name): name
    }
  }

  /// The names that an expression may use for types, with what they stand for.
  static let denotations: [(name: String, type: TypeName)] = [
    ("bool", .bool), ("int", .int), ("double", .double), ("string", .string), ("list", .list),
    ("map", .map), ("null_type", .null), ("type", .type), ("duration", .duration),
    ("google.protobuf.Duration", .duration),
  ]
}

extension Value {
  /// The kind of the value in words, for messages: `int`, `duration`, `object`.
  public var kindText: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .duration: "duration"
    case .list: "list"
    case .map: "map"
    case .object: "object"
    case .type: "type"
    }
  }
}

extension Value: Equatable {
  /// The same type and the same content: 1 differs from 1.0, and NaN equals NaN.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)):
      left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
    case (.string(let left), .string(let right)): Scalars.equal(left, right)
    case (.duration(let left), .duration(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.map(let left), .map(let right)): left.keys == right.keys && left.values == right.values
    case (.object(let left), .object(let right)): left == right
    case (.type(let left), .type(let right)): left == right
    default: false
    }
  }
}
