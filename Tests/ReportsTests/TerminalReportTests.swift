import Analysis
import Diagnostics
import Foundation
import Reports
import SystemModel
import TestSupport
import Testing

@Suite struct TerminalReportTests {
  @Test func everyEnding() {
    expectGolden(TerminalReport().text(SampleRuns.all), "terminal-all.txt")
  }

  @Test func verbosePass() {
    let report = TerminalReport(.init(width: 90, isVerbose: true))
    expectGolden(report.text([SampleRuns.pass]), "terminal-pass-verbose.txt")
  }

  @Test func verboseFail() {
    let report = TerminalReport(.init(isVerbose: true))
    let runs = [SampleRuns.fail, SampleRuns.expectedFailure]
    expectGolden(report.text(runs), "terminal-fail-verbose.txt")
  }

  @Test func hostileNames() {
    let text = TerminalReport(.init(width: 80, isVerbose: true)).text([SampleRuns.hostile])
    expectGolden(text, "terminal-hostile.txt")
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) })
  }

  @Test(arguments: [80, 100, 140]) func linesFit(width: Int) {
    let runs = SampleRuns.all.filter { $0.status != .invalid }
    let text = TerminalReport(.init(width: width, isVerbose: true)).text(runs)
    for line in text.split(separator: "\n")
    where !line.contains("conclave run") && !line.contains("runs:") {
      #expect(VisibleText.width(String(line)) <= width, "\(line)")
    }
  }

  @Test func colourChangesNothingElse() {
    let plain = TerminalReport(.init(isVerbose: true)).text(SampleRuns.all)
    let coloured = TerminalReport(.init(colour: true, isVerbose: true)).text(SampleRuns.all)
    #expect(coloured.contains("\u{1B}[1;31m✗ fail\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func nothingAtAll() {
    #expect(TerminalReport().text([]) == "\n0 scenarios\n")
  }

  // MARK: Matrices

  /// Cells of two keys, given by whether they pass.
  static func matrix(_ outcomes: [(mode: String, cut: String, passes: Bool)]) -> [ReportedRun] {
    outcomes.map { mode, cut, passes in
      let cell = SampleRuns.cell(["mode": mode, "cut_at": cut])
      return SampleRuns.run("a.yaml", name: "matrix", marked: "", cell: cell) { result, _ in
        result.verdict = passes ? .pass : .fail
        result.outcome = result.verdict
      }
    }
  }

  /// The texts and numbers of the rows.
  static func rows(_ runs: [ReportedRun]) -> [String] {
    TerminalReport().text(runs).split(separator: "\n").dropFirst()
      .prefix { $0.hasPrefix("  ") }
      .map { $0.split(separator: /\s\s+/).dropFirst().joined(separator: "; ") }
  }

  @Test func equalBlocksAreJoined() {
    let all = ["drop", "hold", "slow"].flatMap { mode in
      (0..<4).map { (mode: mode, cut: "\($0)ms", passes: $0 < 2) }
    }
    #expect(
      Self.rows(Self.matrix(all)) == [
        "mode drop, hold, slow · cut_at 0ms … 1ms; 0s; 6 cells, no assertions",
        "mode drop, hold, slow · cut_at 2ms … 3ms; 0s; 6 cells, no assertions",
      ])
  }

  @Test func unequalBlocksAreNot() {
    let all = ["drop", "hold", "slow"].flatMap { mode in
      (0..<4).map { (mode: mode, cut: "\($0)ms", passes: mode == "hold" || $0 < 2) }
    }
    #expect(
      Self.rows(Self.matrix(all)) == [
        "mode drop · cut_at 0ms … 1ms; 0s; 2 cells, no assertions",
        "mode drop · cut_at 2ms … 3ms; 0s; 2 cells, no assertions",
        "mode hold · cut_at 0ms … 3ms; 0s; 4 cells, no assertions",
        "mode slow · cut_at 0ms … 1ms; 0s; 2 cells, no assertions",
        "mode slow · cut_at 2ms … 3ms; 0s; 2 cells, no assertions",
      ])
  }

  @Test func excludedCellsLeaveAGap() {
    let all: [(mode: String, cut: String, passes: Bool)] = [
      ("drop", "0ms", true), ("drop", "1ms", true), ("hold", "0ms", true),
    ]
    #expect(
      Self.rows(Self.matrix(all)) == [
        "mode drop · cut_at 0ms … 1ms; 0s; 2 cells, no assertions",
        "mode hold · cut_at 0ms; 0s; no assertions",
      ])
  }

  @Test func oneFileTwiceStaysApart() {
    let sweep = Self.matrix([("drop", "0ms", true), ("drop", "1ms", false)])
    let text = TerminalReport().text(sweep + sweep)
    #expect(text.hasSuffix("\n2 scenarios, 4 runs: 2 fail, 2 pass\n"))
  }

  @Test func aLargeMatrixIsQuick() {
    let all = (0..<100).flatMap { mode in
      (0..<100).map { (mode: "\(mode)", cut: "\($0)", passes: true) }
    }
    let runs = Self.matrix(all)
    let start = clock()
    #expect(Self.rows(runs) == ["mode 0 … 99 · cut_at 0 … 99; 0s; 10000 cells, no assertions"])
    #expect(JUnitReport.text(runs).utf8.count > 1_000_000)
    #expect(clock() - start < 10 * CLOCKS_PER_SEC)
  }

  // MARK: Extremes

  @Test(arguments: [0, 1, 2, 7, 99, 1_000_001, 3_600_000_000_000, .max] as [Int64])
  func anyLength(end: Int64) {
    let run = SampleRuns.run("a.yaml", name: "a", marked: "") { result, _ in
      result.endedAt = Instant(nanoseconds: end)
      result.events = .max
      result.metrics = [
        .init(name: "messages.kind.a.logical", value: .count(1)),
        .init(name: "messages.kind.a.wire", value: .count(.max)),
        .init(name: "messages.logical", value: .count(0)),
        .init(name: "messages.wire", value: .count(.max)),
        .init(name: "run.duration", value: .duration(.min)),
        .init(name: "x", value: .ratio(-1e300)), .init(name: "y", value: .ratio(-0.5)),
      ]
      result.series = [
        StepSeries(name: "s", limit: .max, steps: [.init(at: .start, value: .max)]),
        StepSeries(name: "t", limit: nil, steps: [.init(at: .never, value: -1)]),
      ]
      result.timeline = [
        NodeTimeline(
          node: NodeID(0),
          bars: [
            .init(activity: .down, start: .start, end: .never),
            .init(activity: .waiting, start: .never, end: .never),
          ])
      ]
      result.faults = [
        FaultResult(
          name: "f", verdict: .pass, fired: .max,
          windows: [.init(start: .never, end: nil, targets: [])], ledger: .init())
      ]
    }
    let text = TerminalReport(.init(isVerbose: true)).text([run])
    #expect(text.contains(" -0.5  ratio\n"))
    #expect(!text.contains(" \n"))
    if end > 0 { #expect(text.contains("node1  ×××")) }
    #expect(JUnitStructure(JUnitReport.text([run, run])).mistakes == [])
  }
}
