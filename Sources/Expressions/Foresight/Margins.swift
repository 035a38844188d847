/// A comparison of two numbers on which the truth of an expression depends.
public struct Margin: Sendable {
  /// How near the comparison came to going the other way in a state.
  public struct Reading: Sendable, Hashable {
    /// How far apart the two sides are; 0 or less if not even a change of nothing is left.
    public let distance: Double
    /// The distance in the notation of expressions.
    public let text: String
    /// The left side, in the notation of expressions.
    public let left: String
    /// The right side.
    public let right: String
  }

  /// The comparison as it is written.
  public let text: String
  private let left: CompiledExpression
  private let right: CompiledExpression
  /// Whether the left side is the one that must stay low; nil if the sides must differ.
  private let leftIsLow: Bool?
  /// Whether the sides are lists, of which the elements are compared.
  private let isEach: Bool

  fileprivate init(
    _ text: String, _ left: CompiledExpression, _ right: CompiledExpression, leftIsLow: Bool?,
    isEach: Bool
  ) {
    self.text = text
    self.left = left
    self.right = right
    self.leftIsLow = leftIsLow
    self.isEach = isEach
  }

  /// How near it is in a state; of elements that of the nearest. Nil if a side has no value.
  public func measure(
    _ host: any ExpressionHost, _ budget: inout EvaluationBudget
  ) -> Reading? {
    guard let left = try? left.evaluate(host, &budget),
      let right = try? right.evaluate(host, &budget)
    else { return nil }
    guard isEach else { return reading(left, right) }
    guard case .list(let lefts) = left, case .list(let rights) = right else { return nil }
    let readings = zip(lefts, rights).compactMap { reading($0, $1) }
    return readings.min { $0.distance < $1.distance }
  }

  private func reading(_ left: Value, _ right: Value) -> Reading? {
    let (low, high) = leftIsLow == false ? (right, left) : (left, right)
    guard let gap = Self.gap(low, high, isEitherWay: leftIsLow == nil) else { return nil }
    return Reading(
      distance: gap.distance, text: gap.value.text, left: left.text, right: right.text)
  }

  private static func gap(
    _ low: Value, _ high: Value, isEitherWay: Bool
  ) -> (distance: Double, value: Value)? {
    func whole(_ low: Int64, _ high: Int64) -> Int64 {
      let (gap, isOver) = high.subtractingReportingOverflow(low)
      let bounded = isOver ? (high < 0 ? Int64.min + 1 : Int64.max) : max(gap, Int64.min + 1)
      return isEitherWay ? abs(bounded) : bounded
    }
    switch (low, high) {
    case (.int(let low), .int(let high)):
      let gap = whole(low, high)
      return (Double(gap), .int(gap))
    case (.duration(let low), .duration(let high)):
      let gap = whole(low, high)
      return (Double(gap), .duration(gap))
    default:
      guard let low = number(low), let high = number(high), (high - low).isFinite else {
        return nil
      }
      let gap = isEitherWay ? abs(high - low) : high - low
      return (gap, .double(gap))
    }
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}

extension CompiledExpression {
  /// The comparisons of numbers that must all go as they should for the expression to be true, or
  /// to be false; where there are alternatives, none.
  public func margins(wanted: Bool) -> [Margin] { margins(of: node, wanted, over: nil) }

  private func margins(
    of node: CheckedNode, _ wanted: Bool, over fold: CheckedNode.Fold?
  ) -> [Margin] {
    switch node.form {
    case .all(let terms) where wanted: return terms.flatMap { margins(of: $0, wanted, over: fold) }
    case .any(let terms) where !wanted:
      return terms.flatMap { margins(of: $0, wanted, over: fold) }
    case .call(.not, let operands): return margins(of: operands[0], !wanted, over: fold)
    case .call(let builtin, let operands) where operands.count == 2:
      return margin(builtin, operands[0], operands[1], node.range, wanted, over: fold).map { [$0] }
        ?? []
    case .fold(let inner) where fold == nil && inner.second == nil:
      guard inner.macro == (wanted ? .all : .exists), let condition = inner.condition,
        case .list = inner.over.type
      else { return [] }
      return margins(of: condition, wanted, over: inner)
    default: return []
    }
  }

  private func margin(
    _ builtin: Builtin, _ left: CheckedNode, _ right: CheckedNode, _ range: Range<Int>,
    _ wanted: Bool, over fold: CheckedNode.Fold?
  ) -> Margin? {
    let numbers = [ExpressionType.int, .double, .duration]
    guard numbers.contains(left.type), numbers.contains(right.type) else { return nil }
    let leftIsLow: Bool?
    switch builtin {
    case .less, .lessOrEqual: leftIsLow = wanted
    case .greater, .greaterOrEqual: leftIsLow = !wanted
    case .unequal where wanted, .equal where !wanted: leftIsLow = nil
    default: return nil
    }
    let bytes = Array(text.utf8)
    let words = String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
    return Margin(
      words, part(left, over: fold), part(right, over: fold), leftIsLow: leftIsLow,
      isEach: fold != nil)
  }

  /// A part as an expression of its own; within a macro the list of its values.
  private func part(_ node: CheckedNode, over fold: CheckedNode.Fold?) -> CompiledExpression {
    var whole = node
    if let fold {
      whole = CheckedNode(
        .fold(
          CheckedNode.Fold(
            macro: .map, over: fold.over, first: fold.first, second: nil, condition: nil,
            body: node)), .list(node.type), node.range)
    }
    return CompiledExpression(
      text: text, type: whole.type, dependencies: dependencies, node: whole,
      program: ProgramBuilder.program(
        for: whole, source: text, localCount: program.localCount, objectTypes: program.objectTypes))
  }
}
