import Foundation
import Testing

@Suite struct BlameTests {
  @Test func saysWhatMatters() throws {
    let blame = try Tool.run(["blame", "scenarios/consensus/duelling-proposers.yaml"])
    #expect(blame.status == 0, "\(blame.errors)")
    #expect(blame.output.contains("fault split"))
    #expect(blame.output.contains("is gone"))
    #expect(blame.output.contains("nothing is drawn"))
  }

  @Test func saysItToPrograms() throws {
    let duel = "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml"
    let blame = try Tool.run(
      ["blame", duel, "--seed", "5", "--reseedings", "3", "--json", "-"])
    #expect(blame.status == 0, "\(blame.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(blame.output.utf8))
    let report = try #require(json as? [String: Any])
    #expect((report["parts"] as? [Any])?.count == 17)
    #expect(((report["reseedings"] as? [[String: Any]])?.first?["runs"] as? Int) == 3)
    #expect(report["interrupted"] as? Bool == false)
  }

  @Test func statuses() throws {
    #expect(try Tool.run(["blame", "scenarios/consensus/lost-commit.yaml"]).status == 6)
    #expect(try Tool.run(["blame", "none.yaml"]).status == 66)
    #expect(try Tool.run(["blame", "x.yaml", "--reseedings", "0"]).status == 64)
    #expect(try Tool.run(["blame", "-"], input: "version: 1\n").status == 65)
  }

  /// Each part has a name that tells it from others, an order that is drawn is one, and of a matrix
  /// it is said which combination is looked into.
  @Test func namesItsParts() throws {
    let scenario = """
      version: 1
      name: an explicit story
      limits: {time: 1s}
      topology: {nodes: 3}
      latencies: {default: "${latency}"}
      matrix: {latency: [5ms, 10ms]}
      protocol: {promise-commit: {quorum: majority, timeout: 300ms}}
      vary: {order: {random: {window: 5ms}}}
      workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
      deliveries:
        - {kind: promise, from: node2, to: node1, nth: 1, takes: 30ms}
        - {kind: promise, from: node3, to: node1, nth: 1, fate: lost}
      assertions: [{name: soon, eventually: node1.decided, within: "8ms"}]

      """
    let outcome = try Tool.run(["blame", "-"], input: scenario)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for name in ["promise node2→node1 #1", "promise node3→node1 #1", "order random"] {
      #expect(outcome.output.contains("  \(name)  "), "\(outcome.output)")
    }
    #expect(outcome.errors.contains("note: of 2 combinations the first that fails is latency=5ms"))
  }

  /// Half a table is shown, and the status says that it is half.
  @Test func anInterruptedTableIsNoWhole() throws {
    let duel = Tool.root.appending(
      path: "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml")
    let found = try Tool.interrupted(
      ["blame", duel.path, "--seed", "5", "--reseedings", "1000"], after: 0.7)
    #expect(found.isExit)
    #expect(found.status == 2)
    #expect(found.output.contains("interrupted; some runs are missing"))
  }

  /// So is what the time that was given has left out; and no number of jobs tells anything else.
  @Test func endsWithItsTime() throws {
    let duel = [
      "blame", "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml", "--seed", "5",
      "--reseedings",
    ]
    let cut = try Tool.run(duel + ["1000", "--for", "300ms"])
    #expect(cut.status == 2)
    #expect(cut.output.contains("the time was over; some runs are missing"), "\(cut.output)")
    let told = try ["1", "5"].map { try Tool.run(duel + ["2", "--jobs", $0]) }
    #expect(told[0].status == 0 && told[0].output == told[1].output)
  }
}
