import Expressions
import Testing

/// What an expression is before any run, by the ranges of what it reads.
struct ForeseerTests {
  /// `a` from 0 on, `b` from 1 to 3, `w` one of two words, `r` from 0.0 on, `things` three objects
  /// with a number from 5 on, `some` a list of any length, `maybe` perhaps null.
  private static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment(hasOld: true)
    let thing = environment.declare(
      ObjectType("thing", doc: "A thing.", fields: [.init("n", .int, doc: "A number.")]))
    environment.declare("a", .int, slot: 0)
    environment.declare("b", .int, slot: 1)
    environment.declare("w", .word(["in", "out"]), slot: 2)
    environment.declare("r", .double, slot: 3)
    environment.declare("things", .list(.object(thing)), slot: 4)
    environment.declare("some", .list(.int), slot: 5)
    environment.declare("maybe", .nullable(.object(thing)), slot: 6)
    environment.declare("p", .bool, slot: 7)
    return environment
  }()

  private static let facts = StaticFacts(
    root: { slot in
      switch slot {
      case 0: .whole(0...Int64.max)
      case 1: .whole(1...3)
      case 2: .oneOf(["in", "out"])
      case 3: .real(0...Double.greatestFiniteMagnitude)
      case 4: .list(count: 3...3, of: .object(type: 0, index: nil))
      case 5: .list(count: 0...Int64.max, of: .whole(0...Int64.max))
      default: .anything
      }
    }, field: { _, _, _ in .whole(5...Int64.max) })

  private func foreseen(_ text: String) throws -> Bool? {
    try Expression.check(text, in: Self.environment, expecting: .bool).get().foreseen(Self.facts)
  }

  @Test(arguments: [
    "a >= 0", "0 <= a", "a + 1 > 0", "a + b >= 1", "b * b <= 9", "-b < 0", "a - b >= -3",
    "b < 4 && a >= 0", "b > 5 || a > -1", "a == a", "!(a != a)", "w == w", "w in ['in', 'out']",
    "r >= 0.0", "a > -0.5", "things.size() == 3", "things.all(t, t.n > 4)",
    "things.exists(t, t.n >= 5)", "things.count(t, t.n > 9) <= 3",
    "things.filter(t, t.n > 9).size() <= 3", "some.all(x, x >= 0)", "some.size() >= 0",
    "things.map(t, t.n).all(n, n >= 5)", "p || !p", "p ? a >= 0 : b < 4", "!(p && !p)",
    "a < b || a >= b", "cel.bind(x, b + 1, x > 1)", "[1, 2].size() == 2", "math.abs(a) >= 0",
    "things.map(t, t.n).distinct().size() >= 1",
  ])
  func alwaysTrue(_ text: String) throws { #expect(try foreseen(text) == true) }

  @Test(arguments: [
    "a < 0", "b == 4", "a != a", "w == 'in' && b > 3", "things.exists(t, t.n < 5)",
    "things.all(t, t.n < 5)", "p && !p", "a < b && a >= b", "b > 3", "things.size() < 3",
    "some.exists(x, x < 0)", "things[0].n < 2",
  ])
  func alwaysFalse(_ text: String) throws { #expect(try foreseen(text) == false) }

  @Test(arguments: [
    "a > 0", "b == 2", "w == 'in'", "old.a == a", "r > 1.0", "r == r", "a / b >= 0", "p",
    "maybe == null", "maybe.n >= 5", "things.all(t, t.n > 5)", "some.all(x, x > 0)",
    "some.exists(x, x >= 0)", "some.size() > 0", "a == b", "w in ['in']", "a - b >= 0",
    "things.all(t, t.n == a)", "p || a > 3",
  ])
  func decidedByTheRun(_ text: String) throws { #expect(try foreseen(text) == nil) }

  @Test func whatIsNeeded() throws {
    func demands(_ text: String) throws -> [Demand] {
      try Expression.check(text, in: Self.environment, expecting: .bool).get().demands
    }
    #expect(try demands("things.all(t, t.n > 7)") == [.every(slot: 4)])
    #expect(try demands("things.all(t, t.n > 7 || p) && maybe.n > 2") == [.name(slot: 6)])
    #expect(try demands("maybe.n > 2 || p") == [])
    #expect(try demands("things.exists(t, t.n > 7)") == [])
    #expect(try demands("old.maybe.n > 2") == [])
  }
}
