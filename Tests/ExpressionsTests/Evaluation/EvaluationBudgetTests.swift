import Testing

@testable import Expressions

struct EvaluationBudgetTests {
  /// An expression about a text `t` of a million bytes.
  private static func bound(_ expression: String) -> String {
    "cel.bind(t, lists.range(50000).map(x, 'abcdefghijklmnopqrst').join(), \(expression))"
  }

  static let hostile = [
    ("lists.range(9999).all(a, lists.range(9999).all(b, a + b >= 0))", "E0509"),
    ("lists.range(100000).map(x, lists.range(1000)).size()", "E0509"),
    ("lists.range(1000).map(x, lists.range(1000)).size()", "E0509"),
    (
      "['aaaaaaaaaaaaaaaa'].map(x, x+x+x+x+x+x+x+x+x+x).map(x, x+x+x+x+x+x+x+x+x+x)"
        + ".map(x, x+x+x+x+x+x+x+x+x+x).map(x, x+x+x+x+x+x+x+x+x+x).map(x, x+x+x+x+x+x+x+x+x+x)",
      "E0510"
    ),
    ("[1]" + String(repeating: ".map(x, [x])", count: 40), "E0510"),
    (
      "cel.bind(a, [1, 1], cel.bind(b, [a, a], cel.bind(c, [b, b, b, b, b, b, b, b, b, b], "
        + "cel.bind(d, [c, c, c, c, c, c, c, c, c, c], cel.bind(e, [d, d, d, d, d, d, d, d, d, d], "
        + "cel.bind(f, [e, e, e, e, e, e, e, e, e, e], cel.bind(g, [f, f, f, f, f, f, f, f, f, f], "
        + "[g, g, g, g, g, g, g, g, g, g] == [g, g, g, g, g, g, g, g, g, g])))))))", "E0510"
    ),
    ("lists.range(30000).distinct().size()", "E0509"),
    ("sets.equivalent(lists.range(20000), lists.range(20000).reverse())", "E0509"),
    ("lists.range(2000).map(x, string(x)).join(',').matches('(a*)*(b*)*(c*)*$')", "true"),
    ("lists.range(99999).map(x, 'aaaaaaaaaa').join().matches('(a?){200}a{200}b')", "E0509"),
    (
      "lists.range(99999).map(x, 'aaaaaaaaa').join().contains('aaaaaaaaaaaaaaaaaaaaaaaaaaab')",
      "false"
    ),
    (
      "lists.range(99999).map(x, 'aaaaaaaaaa').join().replace('a', 'aaaaaaaaaaaaaaa').size()",
      "E0510"
    ),
    (
      "lists.range(1000).map(x, 'a').join().replace('', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').size()",
      "34033"
    ),
    ("'%s'.format([lists.range(99999)]).size() > 100000", "true"),
    ("lists.range(99).map(x, lists.range(500)).flatten().size()", "49500"),
    ("lists.range(100).all(x, '%.1000f'.format([0.1]).size() == 1002)", "true"),
    (
      "lists.range(90000).map(x, 'X').join().matches('[' "
        + "+ lists.range(9000).map(x, 'abcdefghij').join() + ']')", "false"
    ),
    (
      "lists.range(90000).map(x, 'X').join().matches('[' "
        + "+ lists.range(9000).map(x, '\\\\pZ[:^upper:]').join() + ']')", "false"
    ),
    ("'a'.matches('[' + lists.range(90000).map(x, '[:').join() + 'a]')", "true"),
    (
      "lists.range(30000).map(x, '%e').join().format(lists.range(30000).map(x, 1e-300)).size()",
      "E0509"
    ),
    (
      "lists.range(9000).map(x, '%e').join().format(lists.range(9000).map(x, 1e-300)).size()",
      "117000"
    ),
    (
      "lists.range(30000).transformMapEntry(i, x, {string(x % 29999): x}).size() == 1 || true",
      "true"
    ),
    // What fails has its price, though something absorbs the failure.
    (
      "cel.bind(f, lists.range(20000).map(x, '%d').join(), cel.bind(v, lists.range(19999), "
        + "lists.range(100).all(i, f.format(v) == '' || true)))", "E0509"
    ),
    (bound("lists.range(1000).all(i, int(t) > 0 || true)"), "E0509"),
    (bound("lists.range(1000).all(i, {'a': 1}[t] == 1 || true)"), "E0509"),
    (bound("lists.range(1000).all(i, {t: 1}['a'] == 1 || true)"), "E0509"),
    (bound("lists.range(1000).all(i, t in {t: 1} || true)"), "E0509"),
    (bound("lists.range(1000).all(i, t <= t)"), "E0509"),
    (bound("lists.range(1000).all(i, t.matches('^a'))"), "E0509"),
    ("'a'.matches('((a{100}){100}){100}')", "E0416"),
    ("'a'.matches('((((){1000}){1000}){1000}){1000}')", "E0416"),
  ]

  @Test(.timeLimit(.minutes(10)), arguments: hostile)
  func `hostile expressions end soon`(text: String, wanted: String) {
    #expect(Trial.outcome(text) == wanted)
  }

  @Test func `limits are the caller's`() {
    let limits = EvaluationLimits(steps: 30, listSize: 4, stringSize: 8, nesting: 2)
    func outcome(_ text: String) -> String { Trial.outcome(text, limits: limits) }
    #expect(outcome("[1, 2, 3].map(x, x)") == "[1, 2, 3]")
    #expect(outcome("[1, 2, 3] + [dyn(1), 2]") == "E0510")
    #expect(outcome("'abcd' + 'efgh'") == "\"abcdefgh\"")
    #expect(outcome("'abcd' + 'efghi'") == "E0510")
    #expect(outcome("[[dyn(1)]]") == "[[1]]")
    #expect(outcome("[[[dyn(1)]]]") == "E0510")
    #expect(outcome("[1, 2, 3].all(x, [1, 2, 3].all(y, x + y > 0))") == "E0509")
    #expect(outcome("true || [1, 2, 3].all(x, [1, 2, 3].all(y, x + y > 0))") == "true")
    #expect(outcome("[1, 2, 3].all(x, [1, 2, 3].all(y, x + y > 0)) || true") == "E0509")
    #expect(outcome("[1, 2, 3].exists(x, [1, 2, 3].all(y, x + y > 0 && x + y > 0))") == "E0509")
  }

  @Test func `a run has a limit too, and spends the same each time`() throws {
    var budget = EvaluationBudget(runSteps: 100)
    let compiled = try Expression.check(
      "nodes.all(n, n.up)", in: World.environment
    ).get().compiled()
    let world = World.five()
    var left: [Int] = []
    while budget.stepsLeft > 0 {
      #expect(try compiled.holds(world, &budget))
      left.append(budget.stepsLeft)
    }
    let step = 100 - left[0]
    #expect(left == (1...left.count).map { 100 - step * $0 })
    #expect(throws: EvaluationError.self) { try compiled.holds(world, &budget) }
  }

  @Test func `the memory for variables is used again`() throws {
    var budget = EvaluationBudget()
    let world = World.five()
    for text in ["nodes.all(n, nodes.all(m, n.up && m.up))", "nodes.all(n, n.up)", "now > 1ms"] {
      let compiled = try Expression.check(text, in: World.environment).get().compiled()
      for _ in 0..<3 { #expect(try compiled.holds(world, &budget)) }
      #expect(budget.locals.count == 2)
    }
  }
}
