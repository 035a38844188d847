import Analysis
import Reports
import SystemModel
import TestSupport
import Testing

/// What is said of the parts of a failing scenario.
struct BlameReportTests {
  private static func instant(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: milliseconds * 1_000_000)
  }

  private static let parts: [BlameSummary.Counterfactual] = [
    .init(
      "fault split", answer: .noFailure, verdict: .pass, outcome: .pass,
      difference: .init(at: instant(25), before: "fault split begins", after: nil)),
    .init(
      "call propose at node5, 40ms", answer: .otherFailure, verdict: .vacuous, outcome: .fail,
      difference: .init(
        at: instant(40), before: "a client calls propose(value: \"scale_down\") at node5",
        after: "node1 receives ack(term: 1) from node2")),
    .init(
      "link between [node1, node2]", answer: .sameFailure, verdict: .fail, outcome: .fail,
      difference: .init(at: instant(7), before: nil, after: "node2 crashes")),
    .init("delivery kind commit nth 9", answer: .sameTrace, verdict: .fail, outcome: .fail),
    .init("fault hostile\u{1B}[31m"),
  ]

  private static func blame(
    _ reseedings: [BlameSummary.Reseeding] = [], noReturn: Instant? = nil,
    parts: [BlameSummary.Counterfactual] = parts, ending: ReportedBlame.Ending = .complete
  ) throws -> ReportedBlame {
    let result = try #require(SampleRuns.fail.result)
    let failure = try #require(FailureRecord(result, SampleTrace.description, tool: "0.1.0"))
    let fingerprint = try #require(Fingerprint(result, SampleTrace.description))
    return ReportedBlame(
      file: "duel.yaml",
      summary: BlameSummary(
        failure: failure, fingerprint: fingerprint, instant: instant(60), counterfactuals: parts,
        reseedings: reseedings, noReturn: noReturn), ending: ending)
  }

  private static func all() throws -> [ReportedBlame] {
    let rows: [BlameSummary.Reseeding] = [
      .init(after: nil, runs: 20, same: 1, other: 0),
      .init(after: .start, runs: 20, same: 11, other: 2),
      .init(after: instant(40), runs: 20, same: 20, other: 0),
    ]
    return [
      try blame(rows, noReturn: instant(40)), try blame(Array(rows.prefix(2)), parts: []),
      try blame(), try blame(parts: [], ending: .interruption), try blame(parts: [], ending: .time),
    ]
  }

  @Test func everyAnswer() throws {
    let all = try Self.all()
    expectGolden(all.map { BlameReport($0).text }.joined(separator: "\n"), "blame.txt")
    expectGolden(all.prefix(1).map(BlameJSON.text).joined(), "blame.json")
  }

  @Test func colourChangesNothingElse() throws {
    for blame in try Self.all() {
      let coloured = BlameReport(blame, TerminalReport.Options(colour: true)).text
      #expect(coloured.contains("\u{1B}["))
      #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == BlameReport(blame).text)
    }
  }
}
