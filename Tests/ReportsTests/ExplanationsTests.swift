import Analysis
import Reports
import TestSupport
import Testing

@Suite struct ExplanationsTests {
  @Test func everythingThatIsKnown() {
    expectGolden(Explanations(SampleRuns.pass).text, "why.txt")
  }

  @Test func nothingUnlessAsked() {
    for run in SampleRuns.all where run.result?.assertions.allSatisfy({ $0.why == nil }) ?? true {
      #expect(Explanations(run).text.isEmpty)
    }
    #expect(!Explanations(SampleRuns.pass).text.isEmpty)
  }
}
