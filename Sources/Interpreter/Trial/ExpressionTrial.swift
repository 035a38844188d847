public import Diagnostics
import Expressions

/// An expression tried outside a scenario, with values for the names in it.
public struct ExpressionTrial: Sendable {
  /// What came of a trial.
  public enum Outcome: Sendable {
    /// The value, as an expression would write it and as tagged JSON.
    case value(text: String, json: JSONValue)
    /// What was wrong, in the text of the expression.
    case mistakes([Diagnostic])
  }

  /// The expression.
  public let text: String
  /// The names with their values as JSON, tagged or plain, in any order.
  public let bindings: [JSONValue.Member]
  /// Whether types are checked first.
  public let isChecked: Bool

  /// A trial.
  public init(_ text: String, bindings: [JSONValue.Member] = [], isChecked: Bool = true) {
    self.text = text
    self.bindings = bindings
    self.isChecked = isChecked
  }

  /// Checks and evaluates; the same text and bindings give the same outcome.
  public func outcome() -> Outcome {
    var environment = ExpressionEnvironment()
    var values: [Value] = []
    for binding in bindings.sorted(by: { $0.key < $1.key }) {
      do throws(TaggedValue.Mistake) {
        let value = try TaggedValue.value(of: binding.value)
        environment.declare(
          binding.key, type(of: value), slot: values.count, doc: "a bound value")
        values.append(value)
      } catch {
        let message = "the binding `\(VisibleText.brief(binding.key))`: \(error.message)"
        return .mistakes([Diagnostic(EvaluationError.Kind.unbound.code, message, at: nil)])
      }
    }
    let mode: CheckMode = isChecked ? .evaluation : .unchecked
    let expression: CompiledExpression
    switch Expression.check(text, in: environment, mode: mode) {
    case .success(let checked): expression = checked.compiled()
    case .failure(let mistakes): return .mistakes(mistakes.all.map { $0.diagnostic(span) })
    }
    var budget = EvaluationBudget()
    do {
      let value = try expression.evaluate(BoundValues(values), &budget)
      return .value(text: value.text, json: TaggedValue.json(of: value))
    } catch {
      return .mistakes([error.diagnostic(span)])
    }
  }

  /// The text as a source, for rendering mistakes.
  public var source: SourceFile { SourceFile(name: "<expression>", text: text) }

  /// The answer as JSON: `{"value": …}` or `{"error": {"code", "message", "column"}}`, the column
  /// 1-based in Unicode scalars.
  public var answer: JSONValue {
    switch outcome() {
    case .value(_, let json): return .object([.init("value", json)])
    case .mistakes(let mistakes):
      let first = mistakes[0]
      let column = first.span.map { Int64(source.position(of: $0.start).column) }
      return .object([
        .init(
          "error",
          .object([
            .init("code", .string(first.code.id)), .init("message", .string(first.message)),
            .init("column", column.map { .int($0) } ?? .null),
          ]))
      ])
    }
  }

  private func span(_ range: Range<Int>) -> SourceSpan? {
    SourceSpan(start: range.lowerBound, end: range.upperBound)
  }

  /// The type that a bound value is declared with; what is in lists and maps shows in the run.
  private func type(of value: Value) -> ExpressionType {
    guard isChecked else { return .dyn }
    return switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .string: .string
    case .duration: .duration
    case .list: .list(.dyn)
    case .map(let map): .map(map.keys.allSatisfy(isString) ? .string : .dyn, .dyn)
    case .type: .type
    case .object: .dyn
    }
  }

  private func isString(_ value: Value) -> Bool {
    if case .string = value { return true }
    return false
  }
}
