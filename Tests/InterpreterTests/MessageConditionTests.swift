import Analysis
import Diagnostics
import Interpreter
import Testing

/// Faults narrowed to messages by an expression, from the text to the result.
@Suite struct MessageConditionTests {
  private func run(where condition: String) throws -> (result: RunResult, sources: SourceMap) {
    let text = """
      version: 1
      name: chosen messages
      limits: {time: 2s}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol:
        leader-election: {election_timeout: {default: 600ms, node1: 150ms}}
      faults:
        - name: lost
          at: 0ms
          loss: 100%
          messages:
            kind: vote_request
            where: '\(condition)'
      assertions:
        - election-safety
      """
    let compiled = Interpreter.compile(SourceFile(name: "chosen.yaml", text: text))
    let cell = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)")
    return (Interpreter.run(cell.plan), compiled.sources)
  }

  @Test func theConditionChoosesMessages() throws {
    let one = try run(where: "message.to == \"node2\" && message.term == 2").result
    #expect(one.faults[0].ledger.dropped == 1)
    #expect(one.verdict == .pass)
    let none = try run(where: "message.term == 77").result
    #expect(none.faults[0].ledger.dropped == 0)
    #expect(none.verdict == .vacuous)
  }

  @Test func aConditionWithoutAValueIsTheVerdictError() throws {
    let (result, sources) = try run(where: "10 / (message.term - 2) > 3")
    #expect(result.verdict == .error)
    let diagnostic = try #require(result.faults[0].diagnostic)
    #expect(diagnostic.code.id == "E0506")
    let span = try #require(diagnostic.span)
    #expect(sources[span].position(of: span.start).line == 14)
  }
}
