import Analysis
import Testing

/// A `sometimes` fails a sweep only if no seed reaches it.
@Suite struct SometimesTests {
  private func swept(_ assertions: String) async throws -> SweepResult {
    try await Sweeping.sweep(Sweeping.lossy + "\nassertions:\n" + assertions, 1...80)
  }

  @Test func oneSeedThatReachesItIsEnough() async throws {
    let found = try await swept(
      "  - {name: rare, sometimes: 'metrics[\"messages.dropped\"] > 3'}\n")
    let rare = try #require(found.cells[0].sometimes.first)
    #expect(rare.reached > 0 && rare.reached < 80)
    #expect(found.verdict == .pass)
    #expect(found.passRate.count == 80)
    #expect(found.failures.isEmpty)
  }

  @Test func noSeedReachesIt() async throws {
    let found = try await swept("  - {name: never, sometimes: 'node1.term > 1000000'}\n")
    #expect(found.cells[0].sometimes.first?.reached == 0)
    #expect(found.cells[0].sometimes.first?.verdict == .fail)
    #expect(found.verdict == .fail)
    #expect(found.passRate.count == 80)
  }

  @Test func othersFailAsEver() async throws {
    let found = try await swept(
      """
        - {name: rare, sometimes: 'metrics["messages.dropped"] > 3'}
        - {name: few, metric: messages.dropped, is: "< 2"}
      """)
    #expect(found.verdict == .fail)
    #expect(found.failures.map(\.fingerprint.assertion) == ["few"])
  }
}
