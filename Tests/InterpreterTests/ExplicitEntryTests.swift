import Analysis
import Diagnostics
import Interpreter
import Testing

/// What explicit deliveries and timers make of the verdict of a run.
struct ExplicitEntryTests {
  private func run(_ sections: String) throws -> RunResult {
    let compiled = Interpreter.compile(
      SourceFile(name: "story.yaml", text: Acting.lock(sections)))
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(compiled.cells.count == 1, "\(words)")
    return Interpreter.run(compiled.cells[0].plan)
  }

  @Test func anEntryThatNeverOccursMakesTheRunVacuous() throws {
    let result = try run(
      """
      deliveries:
        - {kind: request, from: node1, to: node2, nth: 1, takes: 3ms}
        - {kind: request, from: node1, to: node2, nth: 90, takes: 3ms}
      timers: [{node: node3, timer: hold, nth: 91, takes: 3ms}]
      """)
    #expect(result.verdict == .vacuous)
    #expect(
      result.idleEntries.map(\.name) == [
        "the 90th request from node1 to node2", "the 91st timer hold of node3",
      ])
    #expect(result.idleEntries.allSatisfy { $0.span != nil && $0.verdict == .vacuous })
    #expect(result.remarks.contains("the 90th request from node1 to node2 never occurred"))
  }

  @Test func unlessThatIsAccepted() throws {
    let result = try run(
      "timers: [{node: node3, timer: hold, nth: 91, takes: 3ms, may_be_idle: there are few}]")
    #expect(result.verdict == .pass)
    #expect(result.idleEntries.map(\.excuse) == ["there are few"])
    #expect(result.remarks.isEmpty)
  }

  @Test func orTheRunWasCutOff() throws {
    let result = try run(
      """
      limits: {events: 9}
      deliveries: [{kind: release, from: node1, to: node2, nth: 1, takes: 3ms}]
      """)
    #expect(result.verdict == .inconclusive)
    #expect(result.idleEntries.map(\.verdict) == [.inconclusive])
  }

  @Test func oneThatOccursSaysNothing() throws {
    let result = try run(
      "deliveries: [{kind: release, from: node1, to: node2, nth: 1, takes: 3ms}]")
    #expect(result.verdict == .pass)
    #expect(result.idleEntries.isEmpty)
  }
}
