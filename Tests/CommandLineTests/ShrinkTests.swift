import Foundation
import Testing

@Suite struct ShrinkTests {
  /// Four nodes on a lossy network, a run of which fails if some messages are lost.
  private static let lossy = """
    # What is lost is counted.

    version: 1
    name: lossy
    limits: {time: 900ms}
    topology: {nodes: 4}
    latencies: {default: {latency: 5ms..20ms, loss: 25%}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads:
      - {at: [0ms, 33ms, 71ms], node: node1, call: {propose: {value: a}}}
      - {at: 12ms, node: node3, call: {propose: {value: b}}}
    assertions: [{name: few are lost, metric: messages.dropped, is: "< 3"}]

    """

  private func inNewFolder(_ body: (URL) throws -> Void) throws {
    try Tool.inNewFolder { folder in
      try Data(Self.lossy.utf8).write(to: folder.appending(path: "lossy.yaml"))
      try body(folder)
    }
  }

  private func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func writesACapsule() throws {
    try inNewFolder { folder in
      let shrink = try Tool.run(["shrink", "lossy.yaml", "--json", "r.json"], in: folder)
      #expect(shrink.status == 0, "\(shrink.output)\(shrink.errors)")
      let name = try #require(names(folder).first { $0.hasSuffix(".shrunk.capsule.yaml") })
      #expect(shrink.output.contains("kept \(name)"))
      #expect(shrink.output.contains("nothing single can be left out any more"))
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(text.contains("made smaller by conclave"))
      #expect(text.contains("# What is lost is counted."))
      #expect(try Tool.run(["replay", name], in: folder).status == 0)
      #expect(try Tool.run(["check", "--strict", name], in: folder).status == 0)
      #expect(try Tool.run(["run", name], in: folder).status == 1)
      let data = try Data(contentsOf: folder.appending(path: "r.json"))
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(json["ending"] as? String == "minimal")
      #expect(json["proven"] as? Bool == true)
      #expect(json["output"] as? String == name)
      // What is there is not replaced, and is seen before anything is searched for.
      let again = try Tool.run(["shrink", "lossy.yaml", "-o", name], in: folder)
      #expect(again.status == 66)
      #expect(again.errors.contains("it exists already"))
      #expect(
        try Tool.run(["shrink", "lossy.yaml", "-o", name, "--force"], in: folder).status == 0)
      #expect(try Tool.run(["shrink", "lossy.yaml"], in: folder).status == 66)
      // A capsule is shrunk like any scenario.
      let once = try Tool.run(["shrink", name, "-o", "-"], in: folder)
      #expect(once.status == 0)
      #expect(once.output.hasPrefix("# A failing run of \(name), made smaller"))
    }
  }

  /// The same bytes for any number of jobs, and with a bound on runs.
  @Test func doesNotDependOnTheJobs() throws {
    for runs in ["25", "10000"] {
      let texts = try ["1", "3"].map { jobs in
        let shrink = try Tool.run(
          ["shrink", "-", "-o", "-", "--runs", runs, "--jobs", jobs], input: Self.lossy)
        #expect(shrink.status == 0, "\(shrink.errors)")
        return shrink.output
      }
      #expect(texts[0] == texts[1])
    }
  }

  @Test func whatPassesIsNotShrunk() throws {
    let passing = Self.lossy.replacing("< 3", with: "< 300")
    let shrink = try Tool.run(["shrink", "-", "-o", "-", "--seed", "9"], input: passing)
    #expect(shrink.status == 6)
    #expect(shrink.output.isEmpty)
    #expect(
      shrink.errors
        == "error: <stdin>: with seed 9 it does not fail; `conclave sweep` finds seeds that do\n")
  }

  @Test func mistakesOfUse() throws {
    #expect(try Tool.run(["shrink", "none.yaml"]).status == 66)
    #expect(try Tool.run(["shrink", "-"], input: "version: 1\n").status == 65)
    for wrong in [["--runs", "0"], ["--jobs", "0"], ["--for", "soon"], ["-o", ""]] {
      #expect(try Tool.run(["shrink", "x.yaml"] + wrong).status == 64, "\(wrong)")
    }
    #expect(try Tool.run(["shrink", "x.yaml", "-o", "x.yaml", "--force"]).status == 64)
    try inNewFolder { folder in
      let shrink = try Tool.run(["shrink", "lossy.yaml", "-o", "none/x.yaml"], in: folder)
      #expect(shrink.status == 66)
      #expect(shrink.errors.contains("its folder does not exist"))
      #expect(names(folder) == ["lossy.yaml"])
    }
  }

  /// The mistake that fails is no part that may go, however it is written.
  @Test func keepsTheMistake() throws {
    try Tool.inNewFolder { folder in
      let scenario = """
        version: 1
        name: a lock that counts to a majority
        limits: {time: 2s}
        topology: {nodes: 4}
        latencies: {default: 2ms..30ms}
        protocol: {lamport-mutex: {mistake: majority-of-acks}}
        workloads: [{clients: 3, think: 20ms, until: 1s, call: {acquire: {hold: 20ms}}}]
        assertions: [mutual-exclusion]

        """
      let frozen = try Tool.run(["freeze", "-", "--seed", "6"], input: scenario).output
      try Data(frozen.utf8).write(to: folder.appending(path: "frozen.yaml"))
      let shrink = try Tool.run(
        ["shrink", "frozen.yaml", "-o", "small.yaml", "--runs", "400"], in: folder)
      #expect(shrink.status == 0, "\(shrink.output)\(shrink.errors)")
      let small = try String(contentsOf: folder.appending(path: "small.yaml"), encoding: .utf8)
      #expect(small.contains("mistake: majority-of-acks"), "\(small)")
    }
  }

  @Test func timeEndsASearch() throws {
    let shrink = try Tool.run(
      ["shrink", "scenarios/zoo/paxos/answers-counted.yaml", "--for", "1ns", "-o", "-"])
    #expect(shrink.status == 0, "\(shrink.errors)")
    #expect(shrink.output.contains("\nexpect: {fail: agreement}\n"))
  }

  @Test func anInterruptedSearchWritesTheBestSoFar() throws {
    let duel = Tool.root.appending(
      path: "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml")
    try Tool.inNewFolder { folder in
      let found = try Tool.interrupted(
        ["shrink", duel.path, "--seed", "5", "-o", "best.yaml", "--json", "-", "--jobs", "1"],
        after: 0.7, in: folder)
      #expect(found.isExit)
      #expect(found.status == 0)
      #expect(found.output.contains("\"ending\": \"interruption\""))
      #expect(try Tool.run(["replay", "best.yaml"], in: folder).status == 0)
    }
  }
}
