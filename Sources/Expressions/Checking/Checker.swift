import Diagnostics

/// Gives every part of an expression its type and meaning, and collects what is wrong with it.
struct Checker {
  /// A variable of a macro.
  struct Variable {
    let name: String
    let type: ExpressionType
    let index: Int
    let origins: [Int]
    let isBound: Bool
  }

  /// More mistakes than this are not told.
  static let maximumMistakes = 20

  let environment: ExpressionEnvironment
  let mode: CheckMode
  private(set) var mistakes: [ExpressionMistake] = []
  private(set) var localCount = 0
  var reads = DependencyCollector()
  /// The quotients of two ints that variables of `cel.bind` stand for, by the variable.
  var boundQuotients: [Int: CheckedNode] = [:]
  private var variables: [Variable] = []

  init(_ environment: ExpressionEnvironment, _ mode: CheckMode) {
    self.environment = environment
    self.mode = mode
  }

  /// Checks a part of the tree.
  mutating func check(_ syntax: Syntax) -> CheckedNode {
    switch syntax.form {
    case .literal(let value): constant(value, syntax.range)
    case .name(let name, let isRooted): checkName(name, isRooted: isRooted, syntax)
    case .select(let base, let field, let range): checkSelect(base, field, range, syntax)
    case .index(let base, let index): checkIndex(base, index, syntax.range)
    case .call(let call): check(call, syntax.range)
    case .list(let elements): checkList(elements, syntax.range)
    case .map(let entries): checkMap(entries, syntax.range)
    case .not(let operand): checkNot(operand, syntax.range)
    case .negate(let operand): checkOperator(.negate, [check(operand)], syntax.range)
    case .binary(let sign, let left, let right): check(sign, left, right, syntax.range)
    case .all(let terms):
      CheckedNode(
        .all(terms.map { condition(check($0), "both sides of `&&`") }), .bool, syntax.range)
    case .any(let terms):
      CheckedNode(
        .any(terms.map { condition(check($0), "both sides of `||`") }), .bool, syntax.range)
    case .conditional(let test, let first, let second):
      checkConditional(test, first, second, syntax.range)
    }
  }

  /// Notes a mistake of types; an evaluation without check lets the run find it.
  mutating func report(_ mistake: ExpressionMistake) {
    if mode != .unchecked { refuse(mistake) }
  }

  /// Notes a mistake that no evaluation could make good.
  mutating func refuse(_ mistake: ExpressionMistake) {
    if mistakes.count < Checker.maximumMistakes { mistakes.append(mistake) }
  }

  /// Whether a further mistake would be told.
  var isTelling: Bool { mode != .unchecked && mistakes.count < Checker.maximumMistakes }

  /// The nearest known word, as long as somebody will read it.
  func nearest(to word: String, among words: [String]) -> String? {
    isTelling ? Suggestion.nearest(to: word, among: words) : nil
  }

  /// The type in words.
  func text(_ type: ExpressionType) -> String { type.text(in: environment) }

  /// A value that is known now.
  func constant(_ value: Value, _ range: Range<Int>) -> CheckedNode {
    CheckedNode(.constant(value), Checker.type(of: value), range)
  }

  /// A part that fails when it is evaluated.
  func failure(_ kind: EvaluationError.Kind, _ message: String, _ range: Range<Int>) -> CheckedNode
  {
    CheckedNode(.failure(EvaluationError(kind, message, range: range)), .dyn, range)
  }

  /// Notes that a part must be a bool.
  mutating func condition(_ node: CheckedNode, _ place: String) -> CheckedNode {
    if !node.type.fits(.bool) {
      report(
        ExpressionMistake(
          CheckCodes.operands, "\(place) must be bool, found \(text(node.type))", at: node.range,
          help: Checker.comparisonHelp(for: node.type, in: environment)))
    }
    return node
  }

  /// What to write where a truth value is wanted and another value stands.
  static func comparisonHelp(
    for type: ExpressionType, in environment: ExpressionEnvironment
  ) -> String? {
    guard case .object(let index) = type,
      let field = environment.objectTypes[index].fields.first(where: { $0.type == .bool })
    else { return comparisonHelp(for: type) }
    return "ask for a field, as `….\(field.name)`"
  }

  private static func comparisonHelp(for type: ExpressionType) -> String? {
    switch type.nonNull {
    case .int, .double: "compare it, as `… > 0`"
    case .duration: "compare it, as `… > 0s`"
    case .string, .word: "compare it, as `… == \"word\"`"
    case .list: "ask of its elements, as `….exists(x, …)`, or of its `size()`"
    case .object: "compare it, as `… != null`, or ask for a field"
    default: nil
    }
  }

  static func type(of value: Value) -> ExpressionType {
    switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .string: .string
    case .duration: .duration
    case .type: .type
    case .object(let object): .object(Int(object.type))
    case .list(let values): .list(joined(values.map(type(of:))))
    case .map(let map):
      .map(joined(map.keys.map(type(of:))), joined(map.values.map(type(of:))))
    }
  }

  /// The type that a list of elements of some types has for its elements.
  static func joined(_ types: [ExpressionType]) -> ExpressionType {
    types.reduce(.never) { $0.joined(with: $1) ?? .dyn }
  }
}

extension Checker {
  /// Checks something with one more variable in scope.
  mutating func with<Result>(
    _ variable: Variable, _ body: (inout Checker) -> Result
  ) -> Result {
    variables.append(variable)
    localCount = max(localCount, variables.count)
    defer { variables.removeLast() }
    return body(&self)
  }

  /// The index that the next variable takes.
  var nextVariable: Int { variables.count }

  /// The variable of a name, the innermost first.
  func variable(_ name: String) -> Variable? {
    variables.last { Scalars.equal($0.name, name) }
  }

  /// The names of the variables in scope.
  var variableNames: [String] { variables.map(\.name) }
}
