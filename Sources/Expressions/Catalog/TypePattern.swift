/// A type in a signature: a type of the language, in which single capitals stand for types.
///
/// `A`, `B`, `K` and `V` are any type, `N` is int or double, `Q` is int, double or duration, `O` is
/// whatever has an order. One capital is one type throughout a signature.
public indirect enum TypePattern: Sendable, Hashable {
  case bool, int, double, string, duration, null, type, dyn
  case list(TypePattern)
  case map(TypePattern, TypePattern)
  case variable(Character)

  /// Reads the notation of the catalog; the catalog is ours, so a mistake in it stops the program.
  init(_ text: String) {
    var rest = Substring(text)
    self = TypePattern.read(&rest)
    precondition(rest.isEmpty, "type pattern \(text) goes on with \(rest)")
  }

  private static func read(_ rest: inout Substring) -> TypePattern {
    let word = rest.prefix { $0.isLetter || $0 == "_" }
    rest = rest.dropFirst(word.count)
    switch word {
    case "bool": return .bool
    case "int": return .int
    case "double": return .double
    case "string": return .string
    case "duration": return .duration
    case "null": return .null
    case "type": return .type
    case "dyn": return .dyn
    case "list":
      rest = rest.dropFirst()
      let element = read(&rest)
      rest = rest.dropFirst()
      return .list(element)
    case "map":
      rest = rest.dropFirst()
      let key = read(&rest)
      rest = rest.dropFirst(2)
      let value = read(&rest)
      rest = rest.dropFirst()
      return .map(key, value)
    default:
      guard word.count == 1, let letter = word.first else {
        preconditionFailure("no type pattern is called \(word)")
      }
      return .variable(letter)
    }
  }

  /// The pattern in the notation it was read from.
  public var text: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .duration: "duration"
    case .null: "null"
    case .type: "type"
    case .dyn: "dyn"
    case .list(let element): "list(\(element.text))"
    case .map(let key, let value): "map(\(key.text), \(value.text))"
    case .variable(let letter): String(letter)
    }
  }
}

/// What the capitals of a signature have been found to stand for.
struct TypeBindings {
  private var types: [Character: ExpressionType] = [:]

  /// Whether a type fits a pattern; binds its capitals.
  mutating func match(_ pattern: TypePattern, _ type: ExpressionType) -> Bool {
    let type = type.nonNull
    switch (pattern, type) {
    case (.dyn, _): return true
    case (_, .dyn):
      loosen(pattern)
      return true
    case (_, .never):
      if case .variable(let letter) = pattern, types[letter] == nil { types[letter] = type }
      return true
    case (.bool, .bool), (.int, .int), (.double, .double), (.duration, .duration), (.null, .null),
      (.type, .type), (.string, .string), (.string, .word):
      return true
    case (.list(let element), .list(let actual)): return match(element, actual)
    case (.map(let key, let value), .map(let actualKey, let actualValue)):
      return match(key, actualKey) && match(value, actualValue)
    case (.variable(let letter), _): return bind(letter, type)
    default: return false
    }
  }

  /// The type that a pattern stands for now.
  func type(_ pattern: TypePattern) -> ExpressionType {
    switch pattern {
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .string: .string
    case .duration: .duration
    case .null: .null
    case .type: .type
    case .dyn: .dyn
    case .list(let element): .list(type(element))
    case .map(let key, let value): .map(type(key), type(value))
    case .variable(let letter): types[letter] ?? .dyn
    }
  }

  /// Notes that the capitals of a pattern may stand for anything: what they were bound to before
  /// says nothing of a result in which a value of unknown type may be.
  private mutating func loosen(_ pattern: TypePattern) {
    switch pattern {
    case .variable(let letter): types[letter] = .dyn
    case .list(let element): loosen(element)
    case .map(let key, let value):
      loosen(key)
      loosen(value)
    default: return
    }
  }

  private mutating func bind(_ letter: Character, _ type: ExpressionType) -> Bool {
    guard TypeBindings.admits(letter, type) else { return false }
    guard let known = types[letter] else {
      types[letter] = type
      return true
    }
    if letter == "N", known.isNumber, type.isNumber, known != type {
      types[letter] = .dyn
      return true
    }
    guard let joined = known.joined(with: type) else { return false }
    types[letter] = joined
    return true
  }

  private static func admits(_ letter: Character, _ type: ExpressionType) -> Bool {
    switch letter {
    case "N": type.isNumber
    case "Q": type.isNumber || type == .duration
    case "O": type.isNumber || [.duration, .bool, .string].contains(type.erased)
    default: true
    }
  }
}
