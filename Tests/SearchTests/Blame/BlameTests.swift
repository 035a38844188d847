import Analysis
import Interpreter
import Search
import SystemModel
import Testing

/// What of a failing scenario matters.
struct BlameTests {
  private func blame(_ text: String, reseedings: Int = 10) async throws -> BlameSummary {
    try await #require(Blame(Sweeping.compile(text), reseedings: reseedings)).run(jobs: 2)
  }

  /// Without either call or the split nobody disagrees; nothing is drawn.
  @Test func theDuelNeedsAllOfItsParts() async throws {
    let scenario = try Shrinking.shipped("consensus/duelling-proposers.yaml")
    let summary = try await #require(Blame(scenario)).run()
    #expect(
      summary.counterfactuals.map(\.what) == [
        "call propose at node1, 0ms", "call propose at node5, 40ms", "fault split",
      ])
    #expect(summary.counterfactuals.allSatisfy { $0.verdict == .pass || $0.verdict == .vacuous })
    #expect(summary.counterfactuals.compactMap(\.answer).allSatisfy { $0 != .sameFailure })
    let differences = summary.counterfactuals.compactMap(\.difference)
    #expect(differences.map(\.at) == [.start, .ms(40), .ms(25)])
    #expect(differences[2].before == "fault split begins")
    #expect(summary.instant == .ms(60))
    #expect(summary.reseedings.isEmpty)
    #expect(summary.noReturn == nil)
  }

  /// A message that is lost by chance decides: its fate is drawn when it is sent, and from then on
  /// nothing can be done.
  private static let lossy = """
    version: 1
    name: lossy
    limits: {time: 500ms}
    topology: {nodes: 3}
    latencies:
      default: {latency: 10ms, loss: 30%}
      links:
        - {between: [node2, node3], latency: 10ms, loss: 1%}
    protocol: {promise-commit: {timeout: 400ms}}
    workloads:
      - {at: [100ms, 450ms], node: node1, call: {propose: {value: a}}}
    faults:
      - {name: rest, at: 200ms, for: 10ms, pause: node3}
    assertions:
      - {name: node2 learns, eventually: node2.decided, within: 200ms}
    """

  @Test func chanceMattersUntilItIsDrawn() async throws {
    let scenario = try Sweeping.compile(Self.lossy)
    let failing = (1...50 as ClosedRange<UInt64>).first { seed in
      var plan = scenario.cells[0].plan
      plan.system.seed = seed
      return Interpreter.run(plan).outcome == .fail
    }
    let seed = try #require(failing)
    let summary = try await blame(Self.lossy + "\nseed: \(seed)\n", reseedings: 30)
    let first = try #require(summary.reseedings.first)
    #expect(first.after == nil)
    #expect(first.same < 30)
    let rates = summary.reseedings.dropFirst().map { ($0.after ?? .start, $0.same) }
    #expect(rates.map(\.0) == rates.map(\.0).sorted())
    let last = try #require(rates.last)
    #expect(last.0 <= summary.instant)
    #expect(last.1 == 30, "nothing is drawn behind the failure")
    let noReturn = try #require(summary.noReturn)
    #expect(noReturn >= .ms(100))
    for (instant, same) in rates where instant >= noReturn { #expect(same == 30) }
    #expect(rates.last { $0.0 < noReturn }.map { $0.1 < 30 } ?? true)
    // What comes behind the failure is the same failure, on another trace.
    let parts = summary.counterfactuals
    #expect(
      parts.map(\.what) == [
        "link between [node2, node3]", "call propose at node1, 100ms",
        "call propose at node1, 450ms", "fault rest",
      ])
    #expect(parts[2].answer == .sameFailure)
    #expect(parts[2].difference?.at == .ms(450))
  }

  /// To go on by the same seed from the start on is to do the same.
  @Test func isTheSameTwice() async throws {
    let duel = try Shrinking.fixture("seven-node-duel.yaml", seed: 5)
    let first = try await #require(Blame(duel, reseedings: 3)).run()
    let second = try await #require(Blame(duel, reseedings: 3)).run(jobs: 7)
    #expect(first.counterfactuals == second.counterfactuals)
    #expect(first.reseedings == second.reseedings)
    #expect(first.noReturn == second.noReturn)
    #expect(first.counterfactuals.count == 17)
    #expect(first.counterfactuals.contains { $0.answer == .noFailure })
  }

  @Test func stopsWhenItIsTold() async throws {
    let scenario = try Shrinking.shipped("consensus/duelling-proposers.yaml")
    let summary = try await #require(Blame(scenario)).run(isStopped: { true })
    #expect(summary.counterfactuals.isEmpty)
    #expect(Blame(try Shrinking.shipped("consensus/lost-commit.yaml")) == nil)
  }
}

extension Instant {
  fileprivate static func ms(_ number: Int64) -> Instant {
    Instant(nanoseconds: number * 1_000_000)
  }
}
