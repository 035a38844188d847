/// What the checker knows of a value before the run.
public indirect enum ExpressionType: Sendable, Hashable {
  case bool, int, double, string, duration, null
  /// A string out of a known set, such as a role; comparing it with another word is a mistake.
  case word([String])
  case list(ExpressionType)
  case map(ExpressionType, ExpressionType)
  /// An object of the host's world, by the index of its ``ObjectType`` in the environment.
  case object(Int)
  /// The type or null.
  case nullable(ExpressionType)
  /// A type as a value.
  case type
  /// Anything; what it is shows in the run.
  case dyn
  /// Nothing at all: the elements of `[]`; fits everywhere.
  case never

  /// Whether values of this type may stand where the other is wanted.
  func fits(_ wanted: ExpressionType) -> Bool {
    switch (self, wanted) {
    case (.dyn, _), (_, .dyn), (.never, _): true
    case (.word, .string), (.string, .word): true
    case (.word, .word): true
    case (.list(let mine), .list(let other)): mine.fits(other)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      key.fits(otherKey) && value.fits(otherValue)
    case (.null, .nullable): true
    case (.nullable(let mine), .nullable(let other)): mine.fits(other)
    case (_, .nullable(let other)): fits(other)
    default: self == wanted
    }
  }

  /// The least type that holds values of both; nil if there is none but `dyn`.
  func joined(with other: ExpressionType) -> ExpressionType? {
    if self == other { return self }
    switch (self, other) {
    case (.never, _): return other
    case (_, .never): return self
    case (.dyn, _), (_, .dyn): return .dyn
    case (.word(let mine), .word(let others)):
      return .word(mine + others.filter { !mine.contains($0) })
    case (.word, .string), (.string, .word): return .string
    case (.null, .object), (.null, .nullable), (.null, .duration): return other.nullable
    case (.object, .null), (.nullable, .null), (.duration, .null): return nullable
    case (.nullable(let mine), _): return mine.joined(with: other.nonNull)?.nullable
    case (_, .nullable(let others)): return joined(with: others)?.nullable
    case (.list(let mine), .list(let others)):
      return .list(mine.joined(with: others) ?? .dyn)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return .map(key.joined(with: otherKey) ?? .dyn, value.joined(with: otherValue) ?? .dyn)
    default: return nil
    }
  }

  /// The type with null added.
  var nullable: ExpressionType {
    switch self {
    case .nullable, .null, .dyn, .never: self
    default: .nullable(self)
    }
  }

  /// The type with null taken away.
  var nonNull: ExpressionType {
    if case .nullable(let inner) = self { return inner }
    return self
  }

  /// The type with its words forgotten: what matters for the choice of an operation.
  var erased: ExpressionType {
    if case .word = self { return .string }
    return self
  }

  /// Whether it is int or double.
  var isNumber: Bool { self == .int || self == .double }
}

extension ExpressionType {
  /// The type in the words of the reference: `list(node)`, `node or null`, `int`.
  public func text(in environment: ExpressionEnvironment) -> String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string, .word: "string"
    case .duration: "duration"
    case .null: "null"
    case .list(let element): "list(\(element.text(in: environment)))"
    case .map(let key, let value):
      "map(\(key.text(in: environment)), \(value.text(in: environment)))"
    case .object(let index): environment.objectTypes[index].name
    case .nullable(let inner): "\(inner.text(in: environment)) or null"
    case .type: "type"
    case .dyn, .never: "dyn"
    }
  }
}
