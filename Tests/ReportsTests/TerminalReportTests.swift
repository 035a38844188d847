import Diagnostics
import Reports
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
}
