import Analysis
import Diagnostics
import Interpreter
import TestSupport
import Testing

/// Mistakes in expressions point at their place in the file, however YAML writes them.
@Suite struct ExpressionPlaceTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The sections that the story adds, with the place of the mistake marked.
    let sections: String

    init(_ name: String, _ sections: String) {
      testDescription = name
      self.sections = sections
    }
  }

  private static let head = """
    version: 1
    name: story
    limits: {time: 100ms}
    topology: {nodes: 3}
    latencies: {default: 10ms}
    protocol: {leader-election: {election_timeout: 30ms}}

    """

  static let unknownNames = [
    Row("plain", "assertions:\n- always: node1.up && «nod9».up # as it is"),
    Row("plain over lines", "assertions:\n- always: node1.up\n\n    && «nod9».up\n    || node2.up"),
    Row("plain in a flow", "assertions: [{always: node1.up\n    && «nod9».up, name: a}]"),
    Row(
      "single quotes",
      "assertions:\n- always: 'string(now) == ''a'' || «nod9».up || ''b'' == \"''\"'"),
    Row("single quotes over lines", "assertions:\n- always: 'node1.up &&\n\n    «nod9».up'"),
    Row(
      "double quotes",
      #"assertions:\#n- always: "string(now) != \"a\\n\\\\ \" || \"\t\x41\u00e9\U0001F600\" == 'x' || «nod9».up""#
    ),
    Row(
      "double quotes that are escapes", #"assertions:\#n- always: "\x6Eode1.up \x26& «nod9».up""#),
    Row(
      "double quotes with broken lines",
      "assertions:\n- always: \"node1.up \\\n    &\\\n    & «nod9».up\\\n    \""),
    Row("a name of escapes", #"assertions:\#n- always: "node1.up && «\x6eod\u0039».up""#),
    Row("letters of several bytes", "assertions:\n- always: string(now) != 'größe 😀' || «nod9».up"),
    Row(
      "literal",
      "assertions:\n- always: |\n    // it's \"a\" comment\n    node1.up &&\n      «nod9».up\n"),
    Row("literal that keeps", "assertions:\n- always: |2+\n      node1.up &&\n    «nod9».up\n\n"),
    Row(
      "literal with a text over lines",
      "assertions:\n- always: |-\n    string(now) != '''a\n      b''' && «nod9».up"),
    Row("folded", "assertions:\n- always: >\n    node1.up &&\n    node2.up\n\n    && «nod9».up\n"),
    Row(
      "folded with deeper lines",
      "assertions:\n- always: >-\n    node1.up\n      && node2.up\n      && «nod9».up"),
    Row(
      "line ends of two bytes", "assertions:\r\n- always: >\r\n    node1.up &&\r\n    «nod9».up\r\n"
    ),
    Row(
      "an alias",
      "assertions:\n- {name: a, always: &both 'node1.up && «nod9».up'}\n- {name: b, never: *both}"),
    Row(
      "a merge key",
      "assertions:\n- &base\n  name: a\n  always: >\n    node1.up\n    && «nod9».up\n- {<<: *base, name: b}"
    ),
    Row(
      "a parameter as text",
      "parameters: {most: 3}\nassertions:\n- always: «'node1.term < ${most}'»"),
    Row(
      "the condition of a fault",
      "faults:\n- when: >\n    node1.up &&\n    «nod9».up\n  crash: node1"),
    Row(
      "the condition of messages",
      "faults:\n- at: 0ms\n  loss: 100%\n  messages: {where: \"string(message.sent) == \\\"x\\\" && «nod9».up\"}"
    ),
    Row(
      "the condition of a point",
      "assertions:\n- always: node1.up\n  between: [1ms, {when: 'string(now) != '''' && «nod9».up'}]"
    ),
  ]

  @Test(arguments: unknownNames) func `A mistake that the check finds`(row: Row) throws {
    let marked = MarkedText(Self.head + row.sections)
    let compiled = Interpreter.compile(SourceFile(name: "story.yaml", text: marked.text))
    let first = try #require(compiled.diagnostics.sorted.first { $0.severity == .error })
    #expect(
      MarkedText.mark(row.text, first.span.map { [$0.moved(by: -Self.head.utf8.count)] } ?? [])
        == row.sections)
  }

  static let failures = [
    Row("plain", "assertions:\n- always: node1.up && «1 / node1.index» > 0"),
    Row("single quotes", "assertions:\n- always: 'string(now) == ''a'' || «1 / node1.index» > 0'"),
    Row(
      "double quotes over lines",
      "assertions:\n- always: \"string(now) == \\\"a\\\" || «1\n    / node1.index» > 0\""),
    Row("literal", "assertions:\n- always: |\n    node1.up &&\n    «1 /\n      node1.index» > 0\n"),
    Row("folded", "assertions:\n- always: >\n    node1.up\n\n    && «1 /\n    node1.index» > 0\n"),
    Row(
      "inside a macro",
      "assertions:\n- always: >-\n    nodes.filter(n, n.up)\n    .map(n, «1 / n.index»)[0] == 1"),
    Row(
      "an alias",
      "assertions:\n- {name: a, at_end: node1.up}\n- {name: b, always: &c '«1 / node1.index» > 0'}\n- {name: c, never: *c}"
    ),
    Row(
      "a parameter",
      "parameters: {zero: 0}\nassertions:\n- always: 'node1.up && «7 / zero» > node1.term'"),
    Row("what a key is", "assertions:\n- at_end: \"«{'a': 1}[node1.name]» == 1\""),
    Row(
      "a field of null",
      "assertions:\n- at_end: |\n    now > 0s &&\n    «node1.voted_for.size()» > 9"),
  ]

  @Test(arguments: failures) func `A mistake that the run finds`(row: Row) throws {
    let marked = MarkedText(Self.head + row.sections)
    let compiled = Interpreter.compile(SourceFile(name: "story.yaml", text: marked.text))
    let found = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    let plan = try #require(compiled.cells.first, "\(found)").plan
    let result = Interpreter.run(plan)
    let failed = try #require(result.assertions.first { $0.verdict == .error }, "\(result)")
    let span = try #require(failed.diagnostic?.span)
    #expect(MarkedText.mark(row.text, [span.moved(by: -Self.head.utf8.count)]) == row.sections)
  }
}

extension ExpressionPlaceTests.Row {
  /// The sections without marks.
  fileprivate var text: String { MarkedText(sections).text }
}

extension SourceSpan {
  fileprivate func moved(by offset: Int) -> SourceSpan {
    SourceSpan(file: file, start: start + offset, end: end + offset)
  }
}
