import Diagnostics
import TestSupport
import Testing

@testable import Expressions

struct EvaluationErrorTests {
  static let texts = [
    "leader.term > 0", "old.leader.term > 0", "nodes[0].heard.term > 0", "nodes[5].up",
    "nodes[-1].up", "{'a': 1}['b'] == 1", "{'a': 1}.b == 1", "{}['b'] == 1",
    "{node1.name: 1, 'node1': 2}.size() == 2", "9223372036854775807 + node1.term > 0",
    "node1.term * 9223372036854775807 * 2 > 0", "-(-9223372036854775808 * node1.term) > 0",
    "now * 9223372036854775807 > 0s", "10 / (node1.term - 1) > 1", "10 % (node1.term - 1) > 1",
    "now / (node1.term - 1) > 1s", "now / (now - now) > 1.0", "int(node1.name) == 3",
    "double(node1.name) == 3.0", "bool(node1.name)", "duration(node1.name) > 1s", "int(1e300) == 3",
    "nodes.filter(n, n.term > 9).map(n, n.term).max() == 0", "nodes.filter(n, false).first().up",
    "[1].percentile(node1.term + 200) == 1", "node1.name.substring(3, 1) == ''",
    "node1.name.charAt(99) == ''", "'%d %d'.format([node1.term]) == ''", "'%z'.format([1]) == ''",
    "node1.name.matches(node1.name + '(')", "lists.range(100001).size() > 0",
    "calls.all(c, c.value > 3)", "calls[0].value.size() > 1", "calls[0].value",
    "calls.all(c, c.completed < 5ms)", "dyn(1) + dyn('a') == 2", "dyn(1)", "[dyn(1)].all(x, x)",
    "metrics['call.read.latency.p99'] < 10ms",
    "lists.range(9999).all(a, lists.range(9999).all(b, true))",
    "nodes.all(n, leader.term > n.term)", "[1, dyn('a')].sort() == []",
    "math.abs(-9223372036854775808 * node1.term) > 0", "dyn(node1).nome == 1",
    "lists.range(50000) + lists.range(50001) == []",
  ]

  @Test func `errors are told as the golden has them`() {
    expectGolden(Self.texts.map(Self.report).joined(separator: "\n"), "errors.txt")
  }

  @Test func `every code of the evaluation is in the golden but those of an unchecked one`() {
    let codes = Self.texts.compactMap { Self.error($0)?.kind.code.id }
    for code in EvaluationCodes.all where code.id != "E0511" {
      #expect(codes.contains(code.id), "\(code.id)")
    }
  }

  @Test(arguments: EvaluationError.Kind.allCases)
  func `the page of a code shows what it says`(kind: EvaluationError.Kind) {
    guard kind != .unbound else { return }
    let (wrong, right) = (kind.code.wrong, kind.code.right)
    #expect(Self.error(Self.expression(of: wrong))?.kind == kind, "\(wrong)")
    if kind != .unavailable {
      #expect(Self.error(Self.expression(of: right)) == nil, "\(right)")
    }
  }

  @Test func `codes are numbered in order and once`() {
    let ids = ExpressionCodes.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }

  private static func expression(of page: String) -> String {
    let text = String(page[(page.firstIndex(of: ":") ?? page.startIndex)...].dropFirst(2))
    // In the world of the tests node1's term is 1, where the page means a 0.
    return text.split(separator: "node1.term", omittingEmptySubsequences: false)
      .joined(separator: "(node1.term - 1)")
  }

  private static func error(_ text: String) -> EvaluationError? {
    var budget = EvaluationBudget()
    do {
      let checked = try Expression.check(text, in: World.environment, mode: .evaluation).get()
      do {
        _ = try checked.compiled().holds(World.five(), &budget)
        return nil
      } catch {
        return error
      }
    } catch {
      Issue.record("\(text): \(error)")
      return nil
    }
  }

  private static func report(_ text: String) -> String {
    guard let error = error(text) else { return "no error in \(text)\n" }
    let renderer = DiagnosticRenderer(SourceMap([SourceFile(name: "expression", text: text)]))
    return renderer.text(
      error.diagnostic { SourceSpan(start: $0.lowerBound, end: $0.upperBound) }) + "\n"
  }
}
