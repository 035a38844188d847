import Analysis
import Reports
import SystemModel
import TestSupport
import Testing

/// What is said of capsules that were replayed.
struct ReplayReportTests {
  /// The replay of a failure that was kept of a sample run, after a change.
  private static func replay(
    of kept: ReportedRun = SampleRuns.fail, as found: ReportedRun = SampleRuns.fail,
    _ change: (inout FailureRecord) -> Void = { _ in }
  ) -> ReportedReplay? {
    guard let before = kept.result, let now = found.result,
      var record = FailureRecord(before, SampleTrace.description, tool: "0.1.0")
    else { return nil }
    change(&record)
    return ReportedReplay(
      file: "failures/\(kept.name).capsule.yaml", name: kept.name, sources: found.sources,
      replay: ReplayResult(record, now, SampleTrace.description, tool: "0.1.0"))
  }

  /// One of each answer, the last from another tool.
  static let all: [ReportedReplay] = [
    replay(), replay { $0.traceHash = 1 }, replay { $0.fingerprint = 2 },
    replay(of: SampleRuns.fail, as: SampleRuns.pass),
    replay {
      $0.tool = "0.0.9"
      $0.semantics = 0
      $0.violated.append("another one")
      $0.outcome = .error
    },
  ].compactMap { $0 }

  @Test func everyAnswer() {
    #expect(Set(Self.all.map(\.replay.answer)) == Set(ReplayAnswer.allCases))
    expectGolden(ReplayReport().text(Self.all), "replay.txt")
    expectGolden(ReplayJSON.text(Self.all), "replay.json")
  }

  /// A fault whose condition failed is named as `shrink` names it.
  @Test func theConditionOfAFault() throws {
    var result = RunResult(
      name: "no leader yet", seed: 1, end: .time, endedAt: .start,
      topology: Topology(names: ["node1"]),
      traceHash: 7)
    result.faults = [
      FaultResult(name: "k", verdict: .error, fired: 0, windows: [], ledger: .init())
    ]
    result.outcome = .error
    let record = try #require(FailureRecord(result, SampleTrace.description, tool: "0.1.0"))
    var other = record
    other.fingerprint = 1
    let texts = [record, other].map { kept in
      ReplayReport().text([
        ReportedReplay(
          file: "k.capsule.yaml", name: "k", sources: SampleRuns.fail.sources,
          replay: ReplayResult(kept, result, SampleTrace.description, tool: "0.1.0"))
      ])
    }
    #expect(texts[0].contains("violated     fault k\n"))
    #expect(texts[1].contains("violated     the condition of a fault → fault k\n"))
  }

  @Test func colourChangesNothingElse() {
    let options = TerminalReport.Options(colour: true)
    let coloured = ReplayReport(options).text(Self.all)
    #expect(coloured.contains("\u{1B}["))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == ReplayReport().text(Self.all))
  }
}
