import Foundation
import Testing

@Suite struct SweepTests {
  /// Three proposers on a lossy network; what is appended decides which runs fail.
  private func scenario(_ rest: String) -> String {
    """
    version: 1
    name: lossy
    limits: {time: "${limit}"}
    parameters: {limit: 400ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: 15%}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    assertions: [\(rest)]

    """
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let rest: String
    var options: [String] = []
    let status: Int32
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "pass", rest: "agreement", status: 0),
    Row(name: "fail", rest: "{metric: messages.dropped, is: '< 3'}", status: 1),
    Row(
      name: "inconclusive", rest: "{eventually: node1.term > 9999}",
      options: ["--set", "limit=3ms"], status: 2),
    Row(name: "vacuous", rest: "{when: node1.term > 9999, then: node1.up}", status: 3),
    Row(name: "error", rest: "{always: 1 / node1.term < 2}", status: 65),
    Row(name: "a `sometimes` of one seed", rest: "{sometimes: 'now > 100ms'}", status: 0),
    Row(name: "a `sometimes` of no seed", rest: "{sometimes: 'now > 1h'}", status: 1),
    Row(name: "refused", rest: "nonsense", status: 65),
    Row(
      name: "unknown metric", rest: "agreement", options: ["--metric", "messages.wires"],
      status: 64),
    Row(name: "seeds the wrong way round", rest: "", options: ["--seeds", "9..1"], status: 64),
    Row(name: "no time", rest: "", options: ["--for", "0s"], status: 64),
    Row(name: "no failures", rest: "", options: ["--failures", "0"], status: 64),
    Row(
      name: "two reports to standard output", rest: "", options: ["--json", "-", "--csv", "-"],
      status: 64),
  ]) func statusOfSweep(_ row: Row) throws {
    let seeds = row.options.contains("--seeds") ? [] : ["--seeds", "1..60"]
    let outcome = try Tool.run(
      ["sweep", "-"] + seeds + row.options, input: scenario(row.rest))
    #expect(outcome.status == row.status, "\(outcome.output)\(outcome.errors)")
  }

  @Test func sizeMustBeSaid() throws {
    #expect(try Tool.run(["sweep", "-"], input: scenario("agreement")).status == 64)
  }

  @Test func whatDecidesNothingIsExplained() throws {
    let input = scenario("{name: rare, when: node1.term > 9999, then: node1.up}")
    let outcome = try Tool.run(["sweep", "-", "--seeds", "3..9"], input: input)
    for words in [
      "vacuous  rare", "its `when` was never true", "7 of 7 runs", "first seed", "--seed 3",
    ] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    let json = try Tool.run(["sweep", "-", "--seeds", "3..9", "--json", "-"], input: input).output
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let sweep = try #require(report["sweep"] as? [String: Any])
    let undecided = try #require(sweep["undecided"] as? [[String: Any]])
    #expect(undecided.count == 1)
    #expect(undecided[0]["subject"] as? String == "assertion")
    #expect(undecided[0]["seed"] as? Int == 3)
    #expect(undecided[0]["runs"] as? Int == 7)
    #expect((undecided[0]["command"] as? String)?.hasSuffix("--seed 3") == true)
    let junit = try Tool.run(["sweep", "-", "--seeds", "3..9", "--junit", "-"], input: input).output
    #expect(junit.contains("vacuous: assertion rare"))
  }

  @Test func placesThatCannotBeWrittenAreToldFirst() throws {
    try Tool.inNewFolder { folder in
      try Data(scenario("agreement").utf8).write(to: folder.appending(path: "s.yaml"))
      for options in [["--json", "nowhere/s.json"], ["--capsules", "s.yaml"]] {
        let outcome = try Tool.run(["sweep", "s.yaml", "--seeds", "1..9"] + options, in: folder)
        #expect(outcome.status == 66)
        #expect(outcome.output.isEmpty, "nothing has run: \(outcome.output)")
      }
    }
  }

  @Test func missingFileIs66() throws {
    #expect(try Tool.run(["sweep", "no-such.yaml", "--seeds", "1..2"]).status == 66)
  }

  @Test func reportsDoNotDependOnJobs() throws {
    try Tool.inNewFolder { folder in
      let text = scenario("agreement, {metric: messages.dropped, is: '< 5'}")
      try Data(text.utf8).write(to: folder.appending(path: "s.yaml"))
      var first: [String]?
      for jobs in ["1", "2", "7"] {
        let outcome = try Tool.run(
          [
            "sweep", "s.yaml", "--seeds", "1..400", "--failures", "all", "--jobs", jobs,
            "--json", "s.json", "--csv", "s.csv", "--junit", "s.xml",
          ], in: folder)
        #expect(outcome.status == 1)
        let written =
          try [outcome.output]
          + ["s.json", "s.csv", "s.xml"].map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
          }
        if let first { #expect(written == first) } else { first = written }
      }
      let json = try JSONSerialization.jsonObject(with: Data((first?[1] ?? "").utf8))
      let sweep = try #require((json as? [String: Any])?["sweep"] as? [String: Any])
      #expect(sweep["runs"] as? Int == 400)
      let failure = try #require((sweep["failures"] as? [[String: Any]])?.first)
      let seeds = try #require(failure["seeds"] as? [Int])
      // The command that is printed repeats the failure.
      let command = try #require(failure["command"] as? String)
      #expect(command == "conclave run s.yaml --seed \(seeds[0])")
      let repeated = try Tool.run(
        command.split(separator: " ").dropFirst().map(String.init), in: folder)
      #expect(repeated.status == 1)
    }
  }

  @Test func anInterruptedSweepReportsWhatItKnows() throws {
    try Tool.inNewFolder { folder in
      try Data(scenario("agreement").utf8).write(to: folder.appending(path: "s.yaml"))
      let found = try Tool.interrupted(
        ["sweep", "s.yaml", "--for", "120s"], after: 1.5, in: folder)
      #expect(found.isExit)
      #expect(found.status == 2)
      #expect(found.output.contains("then interrupted"))
      #expect(found.output.contains("pass rate"))
    }
  }

  @Test func timeEndsASweep() throws {
    let outcome = try Tool.run(
      ["sweep", "-", "--for", "300ms"], input: scenario("agreement"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("until the time was over"))
  }
}
