import Analysis
import Reports
import SystemModel
import TestSupport
import Testing

/// What is said of a scenario that was made smaller.
struct ShrinkReportTests {
  /// A search that began from a sample run.
  private static func shrink(
    _ ending: ShrinkSummary.Ending = .minimal, to seed: UInt64 = 7, isProven: Bool = true,
    _ changes: [ShrinkSummary.Change]
  ) throws -> ReportedShrink {
    let result = try #require(SampleRuns.fail.result)
    let before = try #require(FailureRecord(result, SampleTrace.description, tool: "0.1.0"))
    let fingerprint = try #require(Fingerprint(result, SampleTrace.description))
    var after = before
    after.seed = seed
    after.traceHash = 1
    return ReportedShrink(
      file: "duel.yaml", output: "duel.seed-7.shrunk.capsule.yaml",
      summary: ShrinkSummary(
        before: before, after: after, fingerprint: fingerprint, changes: changes, runs: 385,
        ending: ending, isWithoutChance: seed == 1, isProven: isProven))
  }

  private static let changes: [ShrinkSummary.Change] = [
    .init("nodes", 7, 3), .init("faults", 6, 1), .init("assertions", 1, 1),
    .init("time of the failure", 84_152_928, 30_000_000, isTime: true),
  ]

  /// One of each ending, one without success and one that would be a bug.
  private static func all() throws -> [ReportedShrink] {
    try ShrinkSummary.Ending.allCases.map { try shrink($0, changes) } + [
      shrink(.minimal, to: 1, changes), shrink(.minimal, [.init("nodes", 2, 2)]),
      shrink(.minimal, isProven: false, changes),
    ]
  }

  @Test func everyEnding() throws {
    let all = try Self.all()
    expectGolden(all.map { ShrinkReport($0).text }.joined(separator: "\n"), "shrink.txt")
    expectGolden(all.prefix(1).map(ShrinkJSON.text).joined(), "shrink.json")
  }

  @Test func colourChangesNothingElse() throws {
    for shrink in try Self.all() {
      let coloured = ShrinkReport(shrink, TerminalReport.Options(colour: true)).text
      #expect(coloured.contains("\u{1B}["))
      #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == ShrinkReport(shrink).text)
    }
  }
}
