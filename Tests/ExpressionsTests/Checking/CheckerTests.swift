import Diagnostics
import TestSupport
import Testing

@testable import Expressions

struct CheckerTests {
  /// Wrong expressions by theme; every code of the check is among them.
  static let themes: [(name: String, texts: [String])] = [
    (
      "syntax",
      [
        "node1.role = \"leader\"", "node1.up & node2.up", "node1.up | node2.up",
        "node1.up and node2.up", "node1.up or node2.up", "not node1.up", "node1.up not node2.up",
        "(node1.up", "node1.up)", "nodes.all(n, n.up", "[1, 2", "{'a' 1}", "1 +", "", "node1.",
        "node1.term ++ 1", "node1.term <> 2", "node1.up ? 1", "node1 up", "1 ; 2", "größe > 1",
        "'a' 'b'", "limit is 3", "\u{1B}[31m",
      ]
    ),
    (
      "literals",
      [
        "'abc", "'''abc", "node1.name.matches('node\\d')", "'\\ud800'", "9223372036854775808",
        "1e999", "0x10000000000000000", "now < 15msec", "now < 15min", "now < 15x", "now < 1_000ms",
        "now < 30s1m", "now < 1e3ms", "now < 9999999999h", "node1.term < ${limit}", "$limit",
      ]
    ),
    (
      "left-out",
      [
        "node1.term < 5u", "b'abc' == b'abc'", "timestamp('2020-01-01T00:00:00Z') == now",
        "node1.?term", "[?1]", "nodes[?0]", "Node{name: 'a'}", "uint(1)",
        "bytes('a')", "type(1) == uint", "optional.of(1)", "now.getFullYear()", "leader.hasValue()",
        "leader.orValue(node1)", "cel.block([1], 1)", "base64.encode('a')",
        "type(now) == google.protobuf.Timestamp", "function > 1", "if node1.up",
        "nodes.all(for, true)",
      ]
    ),
    (
      "names",
      [
        "nod1.up", "leadr == null", "node1.rolle == \"leader\"", "node1.role == leader2",
        "node1.role == candidate", "messages.exists(m, m.form == node1)", "faults['splitt'].active",
        "faults.splitt.active", "metrics['messages.wrie'] < 3", "metrics.messages.wrie < 3",
        "metrics < 3", "metrics[node1.name] < 3", "old == 3", "old.nod1.up", "old.metrics == 3",
        "nodes.name == 'a'", "node1.term.value > 1", "node1.name.size > 1", "size > 1",
        "nodes.all(n, m.up)", "x + y > z", "node1.role()", "node1.stopped()",
      ]
    ),
    (
      "functions",
      [
        "nodes.every(n, n.up)", "nodes.any(n, n.up)", "node1.name.includes('a')",
        "node1.name.startswith('a')", "abs(-1) > 0", "math.power(2, 3) > 1", "maths.abs(1) > 1",
        "node1.name.startsWith(1)", "node1.name.startsWith()", "startsWith(node1.name, 'a')",
        "now.contains('a')", "nodes.max().term > 1", "nodes.math.abs(1) > 1", "size(1, 2) > 1",
        "nodes.map(n, n.term).percentile() > 1", "[1, 2].join() == ''", "nodes.sort() == nodes",
        "'%d'.format(1) == ''", "'%d %s'.format([1]) == ''",
        "'100 %'.format([]) == ''", "'a'.format([1]) == ''", "int(now) > 1", "int(node1.up) > 1",
      ]
    ),
    (
      "types",
      [
        "now < 150", "150 > now", "now == 150", "node1.term == '2'", "node1.term == null",
        "node1.up == 'true'", "node1 == 'node1'", "nodes == node1", "node1 == messages[0]",
        "node1.term < '2'", "node1 < node2", "nodes[0] in 'abc'", "3 in nodes", "node1.term in 3",
        "1 in {'a': 1}", "node1.term * 0.5 < 3.0", "now * now > 1s", "now + 5 > 1s",
        "node1.name + 1 == ''", "-node1.name == ''", "!node1.term", "node1.term && node1.up",
        "node1.up || now", "node1.up ? 1 : 'a'", "node1.term ? true : false", "nodes['a'].up",
        "node1[0]", "node1.name[0] == 'n'", "{1.5: 1}.size() > 0", "{'a': 1, 'a': 2}.size() > 0",
        "node1.term / limit >= 0.5", "ratio < node1.term / 2", "node1.term % 2.0 == 0.0",
      ]
    ),
    (
      "words",
      [
        "node1.role == \"leeder\"", "\"leeder\" != node1.role",
        "node1.role in ['leader', 'folower']",
        "node1.role == node1.group", "'leeder' in nodes.map(n, n.role)",
        "messages.exists(m, m.kind == 'append')", "old.node1.role == 'boss'",
      ]
    ),
    (
      "macros",
      [
        "nodes.all(n.up)", "nodes.all(1, true)", "nodes.all(n, n, true)", "nodes.all(n, n.term)",
        "nodes.all()", "all(nodes, n, n.up)", "now.all(n, true)", "has(node1)", "has(nodes[0])",
        "node1.has(up)", "nodes.sortBy(n, n).size() > 0", "nodes.sortBy(n.term)", "cel.bind(x, 1)",
        "nodes.transformMapEntry(i, n, i)", "nodes.filter(n, n.name).size() > 0",
        "node1.name.matches('(a')", "node1.name.matches('a**')", "node1.name.matches('(?=a)')",
        "node1.name.matches('[z-a]')", "node1.name.matches(r'(a)\\1')",
        "node1.name.matches(r'\\p{Greek}')",
      ]
    ),
    (
      "results",
      [
        "node1.term", "node1.role", "nodes", "leader", "now", "null", "nodes.map(n, n.up)",
        "node1.up ? node1.term : 1", "{'a': true}",
      ]
    ),
    (
      "size",
      [
        String(repeating: "(", count: 120) + "1" + String(repeating: ")", count: 120),
        "1" + String(repeating: " + 1", count: 120) + " > 0",
      ]
    ),
  ]

  @Test(arguments: themes.map(\.name)) func `mistakes are told as the golden has them`(
    theme: String
  ) {
    let texts = Self.themes.first { $0.name == theme }?.texts ?? []
    expectGolden(texts.map(Self.report).joined(separator: "\n"), "\(theme).txt")
  }

  @Test func `every code of the check is in a golden`() {
    var codes: [String] = []
    for text in Self.themes.flatMap(\.texts) {
      codes += Self.mistakes(text).map(\.code.id)
    }
    for code in CheckCodes.all { #expect(codes.contains(code.id), "\(code.id)") }
  }

  @Test(arguments: CheckCodes.all.map(\.id)) func `the page of a code shows what it says`(
    id: String
  ) throws {
    let code = try #require(CheckCodes.all.first { $0.id == id })
    guard id != "E0404" else { return }
    #expect(Self.mistakes(Self.expression(of: code.wrong)).contains { $0.code.id == id })
    let fields = ["node1.acks", "node1.asked"]
    guard !fields.contains(where: { code.right.contains($0) }) else { return }
    #expect(Self.mistakes(Self.expression(of: code.right)).isEmpty, "\(code.right)")
  }

  @Test(.timeLimit(.minutes(10))) func `thousands of mistakes are not all told`() {
    var environment = ExpressionEnvironment()
    for index in 0..<1_000 { environment.declare("server\(index)x", .bool, slot: index) }
    let text = (0..<4_000).map { "servr\($0)y" }.joined(separator: " && ")
    guard case .failure(let mistakes) = Expression.check(text, in: environment) else {
      Issue.record("no mistake found")
      return
    }
    #expect(mistakes.all.count == Checker.maximumMistakes)
  }

  private static func expression(of page: String) -> String {
    let text = String(page[(page.firstIndex(of: ":") ?? page.startIndex)...].dropFirst(2))
    return ["acks", "asked"].reduce(text) { text, field in
      text.split(separator: field, omittingEmptySubsequences: false).joined(separator: "term")
    }
  }

  private static func mistakes(_ text: String) -> [ExpressionMistake] {
    let result = Expression.check(text, in: World.environment, expecting: .bool)
    guard case .failure(let mistakes) = result else { return [] }
    return mistakes.all
  }

  private static func report(_ text: String) -> String {
    let file = SourceFile(name: "expression", text: text)
    let renderer = DiagnosticRenderer(SourceMap([file]))
    let mistakes = mistakes(text)
    guard !mistakes.isEmpty else { return "no mistake in \(text)\n" }
    return mistakes.map { mistake in
      renderer.text(
        mistake.diagnostic { SourceSpan(start: $0.lowerBound, end: $0.upperBound) })
    }.joined(separator: "\n") + "\n"
  }
}
