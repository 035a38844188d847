import Expressions
import Testing

/// The comparisons by which an expression may become false, or true.
struct MarginsTests {
  private static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment()
    environment.declare("a", .int, slot: 0)
    environment.declare("b", .double, slot: 1)
    environment.declare("t", .duration, slot: 2)
    environment.declare("list", .list(.int), slot: 3)
    environment.declare("p", .bool, slot: 4)
    return environment
  }()

  private let host = BoundValues([
    .int(7), .double(1.5), .duration(30_000_000), .list([.int(1), .int(8), .int(4)]), .bool(true),
  ])

  private func margins(_ text: String, wanted: Bool = true) throws -> [String] {
    let expression = try Expression.check(text, in: Self.environment).get().compiled()
    var budget = EvaluationBudget()
    return expression.margins(wanted: wanted).compactMap { margin in
      margin.measure(host, &budget).map {
        "\(margin.text): \($0.left) and \($0.right), \($0.text)"
      }
    }
  }

  @Test(arguments: [
    ("a <= 9", ["a <= 9: 7 and 9, 2"]), ("a > 9", ["a > 9: 7 and 9, -2"]),
    ("9 > a && b < 2.0", ["9 > a: 9 and 7, 2", "b < 2.0: 1.5 and 2.0, 0.5"]),
    ("t < 50ms", ["t < 50ms: 30ms and 50ms, 20ms"]), ("a != 3", ["a != 3: 7 and 3, 4"]),
    ("list.all(x, x < 10)", ["x < 10: 8 and 10, 2"]), ("!(a > 9)", ["(a > 9): 7 and 9, 2"]),
    ("list.size() <= 3", ["list.size() <= 3: 3 and 3, 0"]), ("a == 7", []), ("a < 9 || p", []),
    ("list.exists(x, x > 7)", []), ("p", []), ("p ? a < 9 : a < 8", []),
  ])
  func ofWhatMustHold(_ text: String, _ wanted: [String]) throws {
    #expect(try margins(text) == wanted)
  }

  @Test(arguments: [
    ("a > 9", ["a > 9: 7 and 9, 2"]),
    ("a > 9 || t > 50ms", ["a > 9: 7 and 9, 2", "t > 50ms: 30ms and 50ms, 20ms"]),
    ("list.exists(x, x > 9)", ["x > 9: 8 and 9, 1"]), ("a == 9", ["a == 9: 7 and 9, 2"]),
    ("a > 9 && p", []),
  ])
  func ofWhatMustNotHold(_ text: String, _ wanted: [String]) throws {
    #expect(try margins(text, wanted: false) == wanted)
  }
}
