import Foundation
import TestSupport
import Testing

/// Each form of a sweep's report, whole, for a sweep that has everything: cells, failures of several
/// kinds, a `sometimes`, and runs that decided nothing.
@Suite struct SweepReportTests {
  private static let scenario = """
    version: 1
    name: a sweep with everything
    description: Losses decide what becomes of a proposal.
    limits: {time: 300ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: "${loss}"}}
    protocol: {paxos: {retry: 60ms..90ms}}
    matrix: {loss: [2%, 30%]}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    faults:
      - {name: late cut, on: {sent: {kind: prepare, nth: 9}}, for: 50ms, partition: halves}
    assertions:
      - agreement
      - {name: decided soon, eventually: node1.decided, within: 200ms}
      - {name: few lost, metric: messages.dropped, is: "< 8"}
      - {name: a late round, sometimes: node1.term > 4}
      - {name: answer, when: node1.term > 2, then: node1.decided}

    """.replacing("late cut", with: "late-cut")

  private func report(_ options: [String]) throws -> String {
    let outcome = try Tool.run(
      ["sweep", "-", "--seeds", "1..150", "--failures", "all"] + options, input: Self.scenario)
    #expect(outcome.status == 1, "\(outcome.errors)")
    return outcome.output
  }

  @Test func text() throws { expectGolden(try report([]), "sweep.txt") }

  @Test func json() throws { expectGolden(try report(["--json", "-"]), "sweep.json") }

  @Test func csv() throws { expectGolden(try report(["--csv", "-"]), "sweep.csv") }

  @Test func annotations() throws {
    let text = try report(["--format", "github"])
    let start = try #require(text.firstRange(of: "\n::error"))
    expectGolden(String(text[start.lowerBound...].dropFirst()), "sweep-annotations.txt")
  }

  /// A sweep that a failure has stopped has the share that its end gives it.
  @Test func stoppedByAFailure() throws {
    let input = Self.scenario.replacing("[2%, 30%]", with: "[2%]")
      .replacing("\"< 8\"", with: "\"< 1\"")
    let words = "stopped at a failure, so no interval: --failures all"
    for (form, shown) in [
      ([], "%, \(words)\n"), (["--json", "-"], "\"noInterval\": \"\(words)\""),
      (["--csv", "-"], ",\"\(words)\"\r\n"), (["--junit", "-"], ">\(words)</failure>"),
    ] {
      let outcome = try Tool.run(["sweep", "-", "--seeds", "1..150"] + form, input: input)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains(shown), "\(outcome.output)")
      #expect(!outcome.output.contains("95 % interval 0"))
      #expect(!outcome.output.contains("\"low95\": 0"))
      let all = try Tool.run(
        ["sweep", "-", "--seeds", "1..150", "--failures", "all"] + form, input: input)
      #expect(!all.output.contains(words), "\(all.output)")
    }
  }

  @Test func junit() throws { expectGolden(try report(["--junit", "-"]), "sweep-junit.xml") }
}
