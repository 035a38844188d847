import Diagnostics

// Divisions of ints whose remainder an author did not mean to lose.
extension Checker {
  /// Refuses a quotient of two ints beside a double.
  mutating func checkRatio(_ left: CheckedNode, _ right: CheckedNode) {
    for (value, other) in [(left, right), (right, left)] where other.type == .double {
      checkRatio(value, "so a double says little of it")
    }
  }

  /// Refuses a quotient of two ints that is sought among doubles.
  mutating func checkRatio(seeking item: CheckedNode, in element: ExpressionType) {
    if element == .double { checkRatio(item, "so a double says little of it") }
  }

  /// Refuses a quotient of two ints of which a double is made too late.
  mutating func checkRatio(converting value: CheckedNode) {
    checkRatio(value, "and `double(…)` around it brings none back")
  }

  /// Refuses a quotient of two numbers that are written out and give nothing: `1 / 2` is 0.
  mutating func checkDivision(_ operands: [CheckedNode], _ range: Range<Int>) {
    guard mode == .scenario, case .int(let left)? = operands[0].constant,
      case .int(let right)? = operands[1].constant, left != 0, left.magnitude < right.magnitude
    else { return }
    report(
      ExpressionMistake(
        CheckCodes.ratio,
        "`\(left) / \(right)` is 0: the quotient of two ints has no fraction", at: range,
        help: "write `\(left).0 / \(right).0`"))
  }

  private mutating func checkRatio(_ value: CheckedNode, _ reason: String) {
    guard mode == .scenario, let quotient = quotient(in: value) else { return }
    report(
      ExpressionMistake(
        CheckCodes.ratio, "the quotient of two ints has no fraction, \(reason)",
        at: quotient.range, help: "write `double(…) / double(…)`"))
  }

  /// The quotient of two ints that an int is made of.
  func quotient(in value: CheckedNode) -> CheckedNode? {
    guard value.type == .int else { return nil }
    switch value.form {
    case .call(.divide, let operands) where operands.allSatisfy({ $0.type == .int }): return value
    case .call(.add, let operands), .call(.subtract, let operands),
      .call(.multiply, let operands), .call(.negate, let operands), .call(.abs, let operands):
      return operands.lazy.compactMap { quotient(in: $0) }.first
    case .conditional(_, let first, let second): return quotient(in: first) ?? quotient(in: second)
    case .bind(_, _, let body): return quotient(in: body)
    case .bound(let variable): return boundQuotients[variable]
    default: return nil
    }
  }
}
