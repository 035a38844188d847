import Foundation
import Testing

@Suite struct ExitStatusTests {
  /// A small election; what is appended decides its verdict.
  private func scenario(_ rest: String) -> String {
    """
    version: 1
    name: three nodes
    limits: {time: 2s}
    topology: {nodes: 3}
    latencies: {default: 10ms}
    protocol:
      leader-election: {election_timeout: {default: 300ms, node1: 150ms}}
    \(rest)

    """
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let rest: String
    let status: Int32
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "pass", rest: "assertions: [election-safety]", status: 0),
    Row(name: "fail", rest: "assertions: [{never: leader != null}]", status: 1),
    Row(
      name: "inconclusive",
      rest: "assertions: [{eventually: node1.term > 1000, after: 1s}]", status: 2),
    Row(
      name: "vacuous", rest: "assertions: [{when: node1.term > 1000, then: node1.up}]", status: 3),
    Row(name: "vacuous without any assertion", rest: "", status: 3),
    Row(name: "a misspelt key", rest: "asertions: [election-safety]", status: 65),
    Row(
      name: "an evaluation that fails", rest: "assertions: [{always: 1 / (node1.term - 1) < 2}]",
      status: 65),
    Row(
      name: "an expected failure",
      rest: "assertions: [{name: x, never: leader != null}]\nexpect: {fail: x}", status: 0),
  ]) func statusOfVerdict(_ row: Row) throws {
    let outcome = try Tool.run(["run", "-"], input: scenario(row.rest))
    #expect(outcome.status == row.status, "\(outcome.output)\(outcome.errors)")
  }

  @Test func missingFileIs66() throws {
    let outcome = try Tool.run(["run", "no-such-file.yaml"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("no-such-file.yaml"))
  }

  @Test func wrongUsageIs64() throws {
    #expect(try Tool.run(["run", "--nonsense", "x.yaml"]).status == 64)
    #expect(try Tool.run(["run", "-", "--set", "novalue"], input: "").status == 64)
    #expect(try Tool.run(["explain", "E9999"]).status == 64)
    #expect(try Tool.run(["protocols", "raftt"]).status == 64)
  }

  @Test func settingsThatDoNotFitAre64() throws {
    let text = scenario(
      "parameters: {bound: 300ms}\nassertions: [{eventually: leader != null, within: '${bound}'}]")
    #expect(try Tool.run(["run", "-", "--set", "bound=400ms"], input: text).status == 0)
    #expect(try Tool.run(["run", "-", "--set", "bound=four"], input: text).status == 64)
    #expect(try Tool.run(["check", "-", "--set", "other=1"], input: text).status == 64)
  }

  @Test func rangesThatEndBeforeTheyStartAre64() throws {
    let trace = try Tool.run(
      ["trace", "-", "--from", "5s", "--to", "1s"], input: scenario("assertions: [election-safety]")
    )
    #expect(trace.status == 64)
    #expect(trace.errors.contains("--from is later than --to"), "\(trace.errors)")
    let sweep = try Tool.run(
      ["sweep", "-", "--seeds", "50..1"], input: scenario("assertions: [election-safety]"))
    #expect(sweep.status == 64)
    #expect(sweep.errors.contains("write 1..50"), "\(sweep.errors)")
  }

  @Test func aParameterIsSetOnce() throws {
    for command in ["run", "check", "trace"] {
      let outcome = try Tool.run(
        [command, "-", "--set", "p=50%", "--set", "p=0%"],
        input: scenario("assertions: [election-safety]"))
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("'--set p=…' is given twice"), "\(outcome.errors)")
    }
  }

  @Test func anUnknownCodeHearsWhichThereAre() throws {
    let explained = try Tool.run(["explain", "W0799"])
    #expect(explained.status == 64)
    #expect(explained.errors.contains("the codes W07xx go from W0701 to "), "\(explained.errors)")
  }

  @Test func theWorstOfSeveralCounts() throws {
    try Tool.inNewFolder { folder in
      let texts = [
        "pass": "assertions: [election-safety]", "fail": "assertions: [{never: leader != null}]",
        "vacuous": "",
      ]
      for (name, rest) in texts {
        try Data(scenario(rest).utf8).write(to: folder.appending(path: "\(name).yaml"))
      }
      #expect(try Tool.run(["run", "pass.yaml", "vacuous.yaml"], in: folder).status == 3)
      #expect(try Tool.run(["run", "."], in: folder).status == 1)
      #expect(try Tool.run(["run", ".", "missing.yaml"], in: folder).status == 66)
    }
  }
}
