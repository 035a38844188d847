import Analysis
import Diagnostics
import Interpreter
import Testing

/// A fault that fires again before it has ended keeps its nodes until its last end.
@Suite struct RepeatedFaultTests {
  @Test(arguments: ["crash: node3", "pause: node3"])
  func itsTimesAreJoined(_ kind: String) throws {
    let text = """
      version: 1
      name: three firings that overlap
      limits: {time: 1s}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol: {leader-election: {initial: {node1: {role: leader, term: 1}}}}
      faults:
        - name: f
          when: now == 50ms || now == 100ms || now == 150ms
          times: 3
          for: 200ms
          \(kind)
      assertions: [election-safety]
      """
    let compiled = Interpreter.compile(SourceFile(name: "overlap.yaml", text: text))
    let cell = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)")
    let result = Interpreter.run(cell.plan)
    #expect(result.faults[0].windows.count == 3)
    #expect(result.faults[0].ledger.nodeTimeLost == 300_000_000)
  }
}
