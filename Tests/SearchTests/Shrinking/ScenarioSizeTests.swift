import Interpreter
import ScenarioSyntax
import SystemModel
import Testing

@testable import Search

/// The measure by which a search for a smaller scenario goes.
struct ScenarioSizeTests {
  private static func size(
    _ latency: String = "10ms", nodes: Int = 3, faults: Int = 1, calls: Int = 2,
    deliveries: Int = 0, at instant: Int64 = 30, limit: String = "60ms", seed: UInt64 = 7
  ) throws -> ScenarioSize {
    let lines = (0..<deliveries).map {
      "{kind: promise, from: a, to: b, nth: \($0 + 1), fate: lost}"
    }
    let text = """
      version: 1
      name: sizes
      limits: {time: \(limit)}
      topology: {nodes: [a, b, c]}
      latencies: {default: \(latency)}
      protocol: paxos
      workloads: [{at: 0ms, node: a, call: {propose: {value: a}}}]
      \(deliveries == 0 ? "" : "deliveries: [\(lines.joined(separator: ", "))]")
      assertions: [agreement]

      """
    return ScenarioSize(
      try Sweeping.compile(text).draft(cell: 0), nodes: nodes, faults: faults, calls: calls,
      instant: Instant(nanoseconds: instant), seed: seed)
  }

  /// Each is smaller than the next, although all that weighs less is greater in it.
  @Test func whatWeighsMost() throws {
    let worse = "12.5ms..17.25ms"
    let sizes = [
      try Self.size(worse, nodes: 2, faults: 9, calls: 9, deliveries: 9, at: 90),
      try Self.size(worse, faults: 0, calls: 9, deliveries: 9, at: 90),
      try Self.size(worse, calls: 9, at: 90),
      try Self.size(worse, calls: 1, deliveries: 1, at: 90),
      try Self.size("12.5ms", deliveries: 1, at: 90),
      try Self.size(worse, deliveries: 1, at: 30),
    ]
    for (one, other) in zip(sizes, sizes.dropFirst()) { #expect(one < other) }
  }

  /// Among scenarios that say the same in as many digits, the one that fails first is the smallest.
  @Test func timesCountAmongEquals() throws {
    #expect(try Self.size("20ms", at: 30) < Self.size("10ms", at: 31))
    #expect(try Self.size("10ms", at: 31) < Self.size("11ms", at: 30))
    #expect(try Self.size("10ms") < Self.size("20ms"))
    #expect(try Self.size(limit: "40ms") < Self.size(limit: "50ms"))
    #expect(try Self.size(limit: "40ms", seed: 9) < Self.size(limit: "50ms", seed: 1))
    #expect(try Self.size(seed: 1) < Self.size(seed: 2))
    // An end is rounder before it is earlier.
    #expect(try Self.size(limit: "12ms") < Self.size(limit: "11.908471ms"))
    #expect(try Self.size(limit: "11.9ms") < Self.size(limit: "11.908471ms"))
    #expect(try Self.size(limit: "120ms") < Self.size(limit: "113.7ms"))
    #expect(try Self.size(limit: "110ms") < Self.size(limit: "113.7ms"))
    #expect(try Self.size(limit: "250ms") < Self.size(limit: "5s"))
  }
}
