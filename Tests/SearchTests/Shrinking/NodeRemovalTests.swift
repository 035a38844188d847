import Interpreter
import ScenarioSyntax
import TestSupport
import Testing

@testable import Search

/// What goes with a node.
struct NodeRemovalTests {
  private static let rows: [(name: String, gone: [String], sections: String)] = [
    ("a list of targets", ["c"], "faults: [{at: 5ms, crash: [b, c]}]"),
    ("the only target", ["c"], "faults: [{name: one, at: 5ms, crash: c}, {at: 9ms, crash: a}]"),
    ("a side of a partition", ["c"], "faults: [{at: 5ms, for: 1ms, partition: [[a, b], [c]]}]"),
    ("a side that is left", ["c"], "faults: [{at: 5ms, for: 1ms, partition: [[a], [b, c]]}]"),
    (
      "what ends its fault", ["c"],
      "faults: [{name: cut, at: 5ms, partition: {isolate: c}}, {at: 9ms, heal: cut}]"
    ),
    (
      "a group without members", ["b", "c"],
      """
      topology: {nodes: [a, b, c, d], groups: {east: [b, c], west: [a, d]}}
      faults: [{at: 5ms, for: 1ms, partition: [east, west]}, {at: 9ms, crash: west}]
      """
    ),
    (
      "links", ["c"],
      "latencies: {default: 10ms, links: [{between: [a, c], latency: 5ms}, {from: a, to: b, latency: 6ms}]}"
    ),
    (
      "calls", ["c"],
      """
      workloads:
        - {at: 0ms, node: [a, c], call: {propose: {value: a}}}
        - {at: 1ms, node: c, call: {propose: {value: c}}}
      """
    ),
    (
      "messages and timers", ["c"],
      """
      deliveries:
        - {kind: promise, from: c, to: a, nth: 1, takes: 5ms}
        - {kind: promise, from: b, to: a, nth: 1, takes: 5ms}
      timers: [{node: c, timer: retry, nth: 1, takes: 5ms}]
      """
    ),
    (
      "an option node by node", ["c"],
      "protocol: {paxos: {retry: {a: 50ms, c: 60ms, default: 70ms}, mistake: {c: quorum-of-half}}}"
    ),
    (
      "words that only look like it", ["c"],
      "workloads: [{at: 0ms, node: a, call: {propose: {value: c}}}]"
    ),
  ]

  private static func draft(_ sections: String) throws -> ScenarioDraft {
    let defaults = [
      "topology": "topology: {nodes: [a, b, c]}", "latencies": "latencies: {default: 10ms}",
      "protocol": "protocol: paxos",
      "workloads": "workloads: [{at: 0ms, node: a, call: {propose: {value: a}}}]",
    ]
    let names = ["topology", "latencies", "protocol", "workloads"]
    let missing = names.filter { !sections.contains("\($0):") }.compactMap { defaults[$0] }
    let text =
      (["version: 1", "name: small", "limits: {time: 100ms}"] + missing + [sections]
      + ["assertions: [agreement]", ""]).joined(separator: "\n")
    return try Sweeping.compile(text).draft(cell: 0)
  }

  @Test func everythingThatNamesIt() throws {
    var transcript = ""
    for row in Self.rows {
      let draft = try Self.draft(row.sections)
      let left = NodeRemoval.applied(to: draft, removing: row.gone, of: draft.nodeNames)
      #expect(!left.nodeNames.contains { row.gone.contains($0) })
      let shown = row.sections.split(separator: "\n").map { "| \($0)\n" }.joined()
      let sections = row.sections.split(separator: "\n").compactMap { line -> Substring? in
        line.first?.isLetter == true ? line.prefix { $0 != ":" } : nil
      }
      transcript += "== \(row.name), without \(row.gone.joined(separator: " and "))\n\(shown)\n"
      for section in ["topology"] + sections.map(String.init)
      where section != "topology" || !sections.contains("topology") {
        transcript += Self.text(of: section, in: left)
      }
      if sections.contains("topology") { transcript += Self.text(of: "topology", in: left) }
      transcript += "\n"
    }
    expectGolden(transcript, "node-removal.txt")
  }

  private static func text(of section: String, in draft: ScenarioDraft) -> String {
    let lines = draft.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("\(section):") }) else {
      return "\(section) is gone\n"
    }
    let rest = lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
    return ([lines[start]] + rest).map { "\($0)\n" }.joined()
  }

  /// Counted nodes are numbered without gaps, in comments and expressions, too.
  @Test func countedNodesAreNumberedAnew() throws {
    let text = """
      # node3 is late, and node31 is a word of its own.

      version: 1
      name: node3 stays in names
      limits: {time: 100ms}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol: paxos
      workloads: [{at: 0ms, node: node3, call: {propose: {value: a}}}]   # by node3
      assertions: [{always: node3.up}]

      """
    let draft = try Sweeping.compile(text).draft(cell: 0)
    let smaller = NodeRemoval.applied(
      to: draft, removing: ["node1", "node2"], of: ["node1", "node2", "node3"]
    ).renaming(["node3"], to: ["node1"])
    #expect(smaller.header == ["node1 is late, and node31 is a word of its own."])
    #expect(smaller[["name"]]?.text == "node3 stays in names")
    #expect(smaller[["topology", "nodes"]]?.text == "1")
    #expect(smaller[["workloads", .item(0), "node"]]?.text == "node1")
    #expect(smaller.text.contains("# by node1"))
    #expect(smaller[["assertions", .item(0), "always"]]?.text == "node1.up")
  }
}
