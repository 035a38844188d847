import Analysis
import Diagnostics
import Interpreter
import Testing

/// What makes a leader unreachable, and so its followers unavailable.
@Suite struct SeparationTests {
  private func unavailable(_ fault: String) throws -> MetricValue? {
    let text = """
      version: 1
      name: a leader out of reach
      limits: {time: 900ms}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol:
        leader-election:
          election_timeout: 5s
          initial: {node1: {role: leader, term: 1}, node2: {term: 1}, node3: {term: 1}}
      faults: [{name: f, at: 200ms, for: 300ms, \(fault)}]
      assertions: [election-safety]
      """
    let compiled = Interpreter.compile(SourceFile(name: "separation.yaml", text: text))
    let cell = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)")
    return Interpreter.run(cell.plan).metric("unavailability.total.since.f")
  }

  @Test(
    arguments: [
      "partition: {isolate: node1}", "loss: 100%",
      "loss: 100%, links: {between: [node1, [node2, node3]]}",
      "loss: 100%, links: {from: node1, to: [node2, node3]}",
    ]) func separates(_ fault: String) throws
  {
    #expect(try unavailable(fault) == .duration(300_000_000))
  }

  @Test(
    arguments: [
      "loss: 99%", "loss: 100%, links: {between: [node2, node3]}",
      "loss: 100%, messages: {kind: heartbeat}",
      "partition: {isolate: node1}, mode: slow, factor: 2x",
    ]) func doesNotSeparate(_ fault: String) throws
  {
    #expect(try unavailable(fault) == .duration(0))
  }
}
