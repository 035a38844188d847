public import Diagnostics
public import Expressions

/// An expression of the scenario that is true or false in each state.
public struct Condition: Sendable {
  /// The expression, checked against ``WorldEnvironment``.
  public let expression: CompiledExpression
  /// Maps bytes of the expression's text to the place in the scenario.
  public let span: @Sendable (Range<Int>) -> SourceSpan?

  /// A condition.
  public init(
    _ expression: CompiledExpression,
    span: @escaping @Sendable (Range<Int>) -> SourceSpan? = { _ in nil }
  ) {
    self.expression = expression
    self.span = span
  }
}
