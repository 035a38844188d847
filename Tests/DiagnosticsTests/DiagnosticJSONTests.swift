import Diagnostics
import TestSupport
import Testing

@Suite struct DiagnosticJSONTests {
  @Test func allThatIsPrintedIsThere() {
    let marked = MarkedText("größe: «seed»\nb: «x\ny»")
    let sources = SourceMap([SourceFile(name: "a.yaml", text: marked.text)])
    var bag = DiagnosticBag()
    bag.report(
      Diagnostic(
        .sampleError, "a \"message\"", at: marked.spans()[1], label: "here",
        labels: [.init(marked.spans()[0], "there")], notes: ["one", "two"], help: "three"))
    bag.report(Diagnostic(.sampleWarning, "no place", at: nil))
    let json = DiagnosticRenderer.json(bag, sources)
    expectGolden(json.text(indented: true) + "\n", "diagnostics.json")
  }
}
