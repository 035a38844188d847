import Analysis
import Diagnostics
import Foundation
import Interpreter
import Search
import Testing

/// A bug of order that fixed latencies never show, and in how many seeds each strategy finds it: the
/// figures in the header of the scenario.
struct LateMessagesTests {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios/consensus/late-messages.yaml")

  private static let written = "vary:\n  order: {pct: {depth: 3, window: 40ms, messages: 28}}\n"

  /// How many of the seeds 1 to 1000 fail, and the first of them.
  private func failing(_ vary: String) async throws -> (count: Int, first: UInt64?) {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    try #require(text.contains(Self.written))
    let found = try await Sweeping.sweep(text.replacing(Self.written, with: vary), 1...1000)
    #expect(found.failures.allSatisfy { $0.fingerprint.assertion == "agreement" })
    return (found.failures.reduce(0) { $0 + $1.count }, found.failures.flatMap(\.seeds).min())
  }

  @Test(
    arguments: [
      ("pct: {depth: 3, window: 40ms, messages: 28}", 69, 9),
      ("pct: {depth: 2, window: 40ms, messages: 28}", 54, 3),
      ("pct: {depth: 1, window: 40ms, messages: 28}", 22, 41),
      ("random: {window: 40ms}", 28, 74),
      ("delay-bounded: {delays: 4, window: 40ms, messages: 28}", 15, 32),
      ("delay-bounded: {delays: 2, window: 40ms, messages: 28}", 0, nil),
    ] as [(String, Int, UInt64?)])
  func isFound(by order: String, in count: Int, first: UInt64?) async throws {
    let found = try await failing("vary:\n  order: {\(order)}\n")
    #expect(found.count == count)
    #expect(found.first == first)
  }

  /// Without a strategy all seeds have one run, which passes.
  @Test func isNeverFoundWithout() async throws {
    #expect(try await failing("").count == 0)
  }

  /// The text expects the failure, and says so for its own seed.
  @Test func isExpected() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let cell = try #require(try Sweeping.compile(text).cells.first)
    #expect(cell.seed == 9)
    #expect(Interpreter.run(cell.plan).verdict == .pass)
  }
}
