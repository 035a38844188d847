import Diagnostics
import Testing

@testable import Expressions

struct TwinTests {
  /// Writes random expressions, well typed or not.
  struct Author {
    var state: UInt64

    mutating func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }

    mutating func pick(_ choices: [String]) -> String { choices[draw(choices.count)] }

    mutating func expression(_ depth: Int, _ names: [String]) -> String {
      guard depth > 0, draw(8) > 0 else { return leaf(names) }
      func part(_ author: inout Author) -> String { author.expression(depth - 1, names) }
      switch draw(14) {
      case 0...3:
        let sign = pick(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "in"])
        return "(\(part(&self)) \(sign) \(part(&self)))"
      case 4: return "(\(part(&self)) && \(part(&self)) && \(part(&self)))"
      case 5: return "(\(part(&self)) || \(part(&self)))"
      case 6: return "(\(part(&self)) ? \(part(&self)) : \(part(&self)))"
      case 7: return "\(pick(["!", "-"]))(\(part(&self)))"
      case 8: return "[\(part(&self)), \(part(&self))]"
      case 9: return "{\(part(&self)): \(part(&self)), \(part(&self)): \(part(&self))}"
      case 10: return "(\(part(&self)))[\(part(&self))]"
      case 11:
        return pick(["has((\(part(&self))).a)", "(\(part(&self))).a", "(\(part(&self))).size()"])
      default: return macro(depth, names)
      }
    }

    private mutating func macro(_ depth: Int, _ names: [String]) -> String {
      let over = expression(depth - 1, names)
      let function = pick(["all", "exists", "exists_one", "map", "filter"])
      let variables = function == "filter" || draw(3) > 0 ? ["v"] : ["k", "w"]
      let body = expression(depth - 1, names + variables)
      return "(\(over)).\(function)(\(variables.joined(separator: ", ")), \(body))"
    }

    private mutating func leaf(_ names: [String]) -> String {
      if draw(3) == 0 { return pick(names) }
      return pick([
        "0", "1", "2", "-1", "9223372036854775807", "-9223372036854775808", "1.5", "2.0", "-0.0",
        "true", "false", "null", "'a'", "'b'", "''", "'é'", "15ms", "1s", "0s", "[]", "[1, 2]",
        "['a', 'b']", "[true, false]", "{}", "{'a': 1}", "{'a': true, 'b': false}", "{1: 'a'}",
        "[1, 2].size()", "[[1], []]",
      ])
    }
  }

  static let bound: [(name: String, value: Value)] = [
    ("x", .int(3)), ("y", .double(2)), ("s", .string("ab")), ("t", .bool(true)),
    ("xs", .list([.int(1), .double(2), .string("a")])), ("n", .null), ("d", .duration(15_000_000)),
  ]

  @Test(arguments: 0..<4)
  func `the evaluator and its twin agree`(seed: Int) throws {
    var environment = ExpressionEnvironment()
    for (slot, bound) in Self.bound.enumerated() {
      environment.declare(bound.name, .dyn, slot: slot)
    }
    let host = BoundValues(Self.bound.map(\.value))
    var author = Author(state: UInt64(seed) &* 7919 &+ 1)
    let names = Self.bound.map(\.name)
    var answers = 0
    for _ in 0..<600 {
      let text = author.expression(4, names)
      let checked = try Expression.check(text, in: environment, mode: .unchecked).get()
      let found = Self.outcome { () throws(EvaluationError) -> Value in
        var budget = EvaluationBudget()
        return try checked.compiled().evaluate(host, &budget)
      }
      let tree = try Parser.parse(text)
      let wanted = Self.twinOutcome(tree)
      #expect(found == wanted, "\(text)")
      if !wanted.hasPrefix("E") { answers += 1 }
    }
    #expect(answers > 50, "most of the expressions fail: nothing is compared")
  }

  /// Well typed expressions are checked the same and mean the same with types and without.
  @Test(arguments: 0..<4)
  func `what passes the check means the same without it`(seed: Int) throws {
    var author = Author(state: UInt64(seed) &* 104_729 &+ 5)
    var passed = 0
    for _ in 0..<1_200 {
      let text = author.expression(3, ["1", "2", "'a'", "true", "[1, 2]"])
      guard
        case .success(let checked) = Expression.check(
          text, in: ExpressionEnvironment(), mode: .evaluation)
      else { continue }
      passed += 1
      let found = Self.outcome { () throws(EvaluationError) -> Value in
        var budget = EvaluationBudget()
        return try checked.compiled().evaluate(BoundValues([]), &budget)
      }
      #expect(found == Self.twinOutcome(try Parser.parse(text), names: [:]), "\(text)")
      #expect(found == Trial.outcome(text, mode: .unchecked), "\(text)")
      if checked.type == .bool, !found.hasPrefix("E") {
        #expect(["true", "false"].contains(found))
      }
    }
    #expect(passed > 40)
  }

  private static func outcome(_ body: () throws(EvaluationError) -> Value) -> String {
    do {
      return try body().text
    } catch {
      return error.kind.code.id
    }
  }

  private static func twinOutcome(
    _ tree: Syntax, names: [String: Value] = Dictionary(uniqueKeysWithValues: bound)
  ) -> String {
    do {
      return try Twin(names: names).value(tree).text
    } catch let failure as Twin.Failure {
      return failure.kind.code.id
    } catch {
      return "\(error)"
    }
  }
}
