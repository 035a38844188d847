import Diagnostics
import Testing

@testable import Expressions

/// An expression with what must come of it: a value in the language's notation, or a code.
struct Trial: Sendable, CustomTestStringConvertible {
  let text: String
  let wanted: String

  var testDescription: String { text }

  /// Reads a table whose rows are `expression => value`.
  static func table(_ rows: String) -> [Trial] {
    rows.split(separator: "\n").map { row in
      let parts = row.split(separator: " => ", maxSplits: 1)
      precondition(parts.count == 2, "row \(row)")
      return Trial(
        text: parts[0].trimmed, wanted: parts[1].trimmed)
    }
  }

  /// The value, or the code of the first mistake or of the error.
  static func outcome(
    _ text: String, mode: CheckMode = .evaluation,
    in environment: ExpressionEnvironment = ExpressionEnvironment(),
    host: any ExpressionHost =
      BoundValues([]), limits: EvaluationLimits = EvaluationLimits()
  ) -> String {
    switch Expression.check(text, in: environment, mode: mode) {
    case .failure(let mistakes): return mistakes.all[0].code.id
    case .success(let checked):
      var budget = EvaluationBudget(limits: limits)
      do {
        return try checked.compiled().evaluate(host, &budget).text
      } catch {
        return error.kind.code.id
      }
    }
  }
}

extension Substring {
  /// Without spaces at the ends.
  fileprivate var trimmed: String {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
