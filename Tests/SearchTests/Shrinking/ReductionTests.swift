import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import TestSupport
import Testing

@testable import Search

/// The steps of each way to make a scenario smaller, as lines that go and lines that come.
struct ReductionTests {
  /// A small scenario, and the way that is tried on it.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let reduction: any Reduction
    let text: String

    init(_ name: String, _ reduction: any Reduction, _ text: String) {
      self.name = name
      self.reduction = reduction
      self.text = text
    }

    var testDescription: String { name }
  }

  private static let rows: [Row] = [
    Row(
      "the end, with time to spare", TimeReduction(isTight: false),
      scenario(workloads: "[{at: 0ms, node: node1, call: {propose: {value: a}}}]")),
    Row(
      "the end, right behind the failure", TimeReduction(isTight: true),
      scenario(workloads: "[{at: 30ms, node: node1, call: {propose: {value: a}}}]")),
    Row(
      "entries", EntryReduction(),
      scenario(
        faults: "[{name: one, at: 5ms, crash: node3}, {name: two, at: 6ms, restart: node3}]",
        assertions: "[agreement, {never: \"node1.decided\"}]")),
    Row(
      "entries without effect", EntryReduction(),
      scenario(
        faults: "[{name: late, at: 2s, crash: node3}]",
        deliveries: "[{kind: promise, from: node2, to: node1, nth: 9, fate: lost}]",
        timers: "[{node: node2, timer: retry, nth: 7, takes: 5ms}]")),
    Row("nodes", NodeReduction(), scenario(nodes: "[a, b, c]", node: "b")),
    Row("nodes that are counted", NodeReduction(), scenario(node: "node2")),
    Row(
      "calls at even times", CallReduction(),
      scenario(
        workloads: "[{every: 10ms, count: 3, node: node1, call: {propose: {value: a}}}]")),
    Row(
      "calls of clients", CallReduction(),
      scenario(
        workloads: "[{clients: 3, think: 10ms, until: 40ms, call: {propose: {value: a}}}]")),
    Row(
      "firings of a fault", FiringReduction(),
      scenario(
        faults:
          "[{name: one, at: 1ms, every: 20ms, until: 50ms, jitter: 4ms, for: 1ms, crash: node3}]"
      )),
    Row(
      "laws", LawReduction(),
      scenario(latencies: "{default: {latency: 3ms..20ms, loss: 2%}}")),
    Row(
      "laws with a mean", LawReduction(),
      scenario(latencies: "{default: {exponential: {mean: 17ms, min: 2ms}}}")),
    Row(
      "drawn nodes", LawReduction(),
      scenario(faults: "[{name: one, at: 5ms, for: 1ms, crash: random(1)}]")),
    Row(
      "parts", PartReduction(),
      scenario(
        faults: "[{name: one, at: [5ms, 9ms], for: 1ms, partition: {isolate: node3}}]")),
    Row("numbers", NumberReduction(), scenario(latencies: "{default: 17ms}", timeout: "437ms")),
    Row(
      "short forms of one", ShortFormReduction(),
      scenario(workloads: "[{at: [3ms], node: [node1], call: {propose: {value: a}}}]")),
    Row(
      "an option node by node", ShortFormReduction(),
      scenario(mistake: "{node1: quorum-of-half, node2: quorum-of-half}")),
    Row(
      "groups", ShortFormReduction(),
      scenario(
        groups: "{east: [node1], west: [node2, node3]}", mistake: "{east: quorum-of-half}",
        faults: "[{name: cut, at: 1ms, for: 5ms, partition: [east, west]}]")),
    Row(
      "late messages", ShortFormReduction(),
      scenario(deliveries: "[{kind: promise, from: node2, to: node1, nth: 1, takes: 25ms}]")),
    Row(
      "a mix of calls", PartReduction(),
      scenario(
        workloads:
          "[{at: [0ms, 1ms], node: node1, mix: [{call: {propose: {value: a}}}, {call: {propose: {value: b}}}]}]"
      )),
    Row(
      "a mix of one call", ShortFormReduction(),
      scenario(
        workloads:
          "[{at: [0ms, 1ms], node: node1, mix: [{call: {propose: {value: a}}, weight: 2}]}]")),
    Row(
      "a network of which only a share is said", LawReduction(),
      scenario(
        nodes: "1", latencies: "{default: {loss: 100%}}")),
    Row(
      "a scope", PartReduction(),
      scenario(assertions: "[{never: \"node1.decided\", after: 5ms}]")),
    Row(
      "an end that cuts off calls and faults", TimeReduction(isTight: true),
      scenario(
        workloads: "[{at: [0ms, 500ms], node: node1, call: {propose: {value: a}}}, "
          + "{every: 300ms, node: node2, call: {propose: {value: b}}}]",
        faults: "[{name: late, at: 400ms, crash: node3}, {at: 450ms, heal: late}]")),
    Row(
      "assertions that hold", AssertionReduction(),
      scenario(assertions: "[agreement, {never: \"node1.decided\"}, validity]")),
    Row("named nodes", ShortFormReduction(), scenario(nodes: "[node1, node2, node3]")),
    Row("seeds", SeedReduction(), scenario(seed: 412)),
  ]

  /// A scenario of Paxos that decides, and is asserted not to.
  private static func scenario(
    nodes: String = "3", groups: String? = nil, latencies: String = "{default: 10ms}",
    timeout: String = "500ms", mistake: String? = nil, node: String = "node1",
    workloads: String? = nil, faults: String? = nil, deliveries: String? = nil,
    timers: String? = nil, assertions: String = "[{never: \"nodes.exists(n, n.decided)\"}]",
    seed: Int = 1
  ) -> String {
    let calls = workloads ?? "[{at: 0ms, node: \(node), call: {propose: {value: a}}}]"
    let lines: [String?] = [
      "version: 1", "name: small", "seed: \(seed)", "limits: {time: 900ms}",
      "topology: {nodes: \(nodes)\(groups.map { ", groups: \($0)" } ?? "")}",
      "latencies: \(latencies)",
      "protocol: {paxos: {timeout: \(timeout), retry: 70ms"
        + "\(mistake.map { ", mistake: \($0)" } ?? "")}}",
      "workloads: \(calls)", faults.map { "faults: \($0)" },
      deliveries.map { "deliveries: \($0)" }, timers.map { "timers: \($0)" },
      "assertions: \(assertions)",
    ]
    return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
  }

  @Test func everyStep() throws {
    var transcript = ""
    for row in Self.rows {
      let trial = try Self.trial(row)
      let before = Self.lines(trial.draft)
      transcript += "== \(row.name)\n"
      for line in before where !["version: 1", "name: small"].contains(line) {
        transcript += "   \(line)\n"
      }
      let steps = row.reduction.steps(from: trial)
      #expect(!steps.isEmpty, "\(row.name)")
      for step in steps {
        let after = Self.lines(step.draft)
        #expect(before != after, "\(row.name): a step that changes nothing")
        let difference = after.difference(from: before)
        let gone = difference.removals.map { Self.line("-", $0) }
        let come = difference.insertions.map { Self.line("+", $0) }
        transcript += "-- \(step.kind)\n" + (gone + come).joined()
      }
      transcript += "\n"
    }
    expectGolden(transcript, "reductions.txt")
  }

  private static func line(
    _ sign: String, _ change: CollectionDifference<String>.Change
  ) -> String {
    switch change {
    case .insert(_, let line, _), .remove(_, let line, _): "   \(sign) \(line)\n"
    }
  }

  private static func lines(_ draft: ScenarioDraft) -> [String] {
    draft.text.split(separator: "\n").map(String.init)
  }

  private static func trial(_ row: Row) throws -> Trial {
    let compiled = try Sweeping.compile(row.text)
    let cell = try #require(compiled.cells.first)
    let result = Interpreter.run(cell.plan)
    #expect(result.verdict == .fail, "\(row.name)")
    return Trial(draft: compiled.draft(cell: 0), result: result)
  }

  /// Halves, quarters and so on, and in the end each by itself.
  @Test func chunksGoFromAllToOne() {
    #expect(ReductionStep.chunks(of: 0).isEmpty)
    #expect(ReductionStep.chunks(of: 1) == [0..<1])
    #expect(
      ReductionStep.chunks(of: 5) == [0..<5, 0..<3, 3..<5, 0..<2, 2..<4, 4..<5]
        + (0..<5).map { $0..<($0 + 1) })
  }

  @Test(
    arguments: [
      (0, 1, []), (7, 1, [7]), (10, 1, [10]), (17, 1, [20, 10]), (14, 1, [10, 20]),
      (149, 2, [150, 140]), (5, 2, [5]), (999, 1, [1000, 900]),
    ] as [(Int64, Int, [Int64])])
  func roundNumbersAreNear(_ number: Int64, _ digits: Int, _ wanted: [Int64]) {
    #expect(RoundNumber.near(number, digits: digits) == (number == 0 ? [0] : wanted))
  }
}
