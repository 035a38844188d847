import Foundation
import TestSupport
import Testing

/// What the tool says of what seeds draw.
@Suite struct DrawnTests {
  private static let scenario = """
    version: 1
    name: a drawn cut
    seed: 4
    limits: {time: 2s}
    vary:
      cut_at: 0ms..60ms step 5ms
      alone: [node2, node3]
      faults: swarm
      order: {delay-bounded: {delays: 1, window: 30ms, messages: 8}}
    topology: {nodes: 3}
    latencies: {default: 10ms}
    protocol: {promise-commit: {timeout: 1s}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    faults:
      - {at: "${cut_at}", partition: [["${alone}"], others], may_be_idle: it may come too late}
      - {at: 1900ms, for: 1ms, crash: node3}
    assertions:
      - agreement
      - {name: answered, at_end: "calls.all(c, c.outcome == 'ok')"}

    """

  private func run(_ arguments: String...) throws -> Tool.Outcome {
    try Tool.run(arguments, input: Self.scenario)
  }

  @Test func runs() throws {
    expectGolden(try run("run", "-", "--seed", "2").output, "drawn-run.txt")
  }

  @Test func sweeps() throws {
    let outcome = try run("sweep", "-", "--seeds", "1..60", "--failures", "all")
    expectGolden(outcome.output, "drawn-sweep.txt")
  }

  /// So do the forms for spreadsheets and servers.
  @Test func sweepsForSpreadsheetsAndServers() throws {
    for (form, name) in [("--csv", "drawn-sweep.csv"), ("--junit", "drawn-sweep-junit.xml")] {
      let outcome = try run("sweep", "-", "--seeds", "1..60", "--failures", "all", form, "-")
      expectGolden(outcome.output, name)
    }
  }

  /// A program finds it in the report on a run that passes, too, and in that on a sweep.
  @Test func programsAreTold() throws {
    func drawn(_ text: String, _ list: [String]) throws -> [[String: Any]] {
      var value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      for key in list { value = ((value as? [String: Any])?[key]) ?? [] }
      return (value as? [[String: Any]] ?? []).compactMap { $0["drawn"] as? [String: Any] }
    }
    let order = "delay-bounded {delays: 1, window: 30ms, messages: 8}"
    let alone = try drawn(try run("run", "-", "--json", "-").output, ["scenarios"])
    #expect(alone.count == 1)
    #expect(alone.first?["order"] as? String == order)
    let swept = try run("sweep", "-", "--seeds", "1..60", "--failures", "all", "--json", "-").output
    let failures = try drawn(swept, ["sweep", "failures"])
    #expect(!failures.isEmpty)
    for found in failures {
      let values = try #require(found["values"] as? [String: String])
      #expect(values.keys.sorted() == ["alone", "cut_at"])
      #expect(found["leftOut"] is [String])
    }
  }

  /// A seed that draws a mistake: what it is, with which seed, and the status of a mistake.
  @Test func refuses() throws {
    let text = Self.scenario
      .replacing("cut_at: 0ms", with: "a: 0..9\n  b: 0..9\n  c: 0..9\n  cut_at: 0ms")
      .replacing(
        "crash: node3}",
        with: "name: \"f5${c}\", crash: node3}\n"
          + "  - {at: 1800ms, for: 1ms, name: \"f${a}${b}\", crash: node3}")
    let sweep = try Tool.run(
      ["sweep", "-", "--seeds", "1..2000", "--failures", "all"], input: text)
    #expect(sweep.status == 65)
    #expect(sweep.errors.contains("error[E0301]"))
    let seed = try #require(sweep.errors.split(separator: "error: with seed ").last)
      .prefix { $0.isNumber }
    #expect(sweep.output.contains("the next draws a mistake"))
    let run = try Tool.run(["run", "-", "--seed", String(seed)], input: text)
    #expect(run.status == 65)
    #expect(run.output.contains("in the run"))
  }
}
