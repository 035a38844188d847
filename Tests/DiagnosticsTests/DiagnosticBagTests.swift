import Diagnostics
import Testing

@Suite struct DiagnosticBagTests {
  static func diagnostic(_ start: Int, file: Int = 0, _ message: String = "x") -> Diagnostic {
    Diagnostic(.sampleError, message, at: SourceSpan(file: file, start: start, end: start + 1))
  }

  @Test func sortsByPlace() {
    var bag = DiagnosticBag()
    let last = Self.diagnostic(0, file: 1)
    let warning = Diagnostic(.sampleWarning, "w", at: SourceSpan(start: 3, end: 4))
    let (third, fourth) = (Self.diagnostic(3, "b"), Self.diagnostic(3, "a"))
    let first = Diagnostic(.sampleError, "no place", at: nil)
    bag.report(contentsOf: [last, warning, third, fourth, first, Self.diagnostic(1)])
    #expect(bag.sorted == [first, Self.diagnostic(1), third, fourth, warning, last])
  }

  @Test func takesEachOnce() {
    var bag = DiagnosticBag()
    bag.report(Self.diagnostic(1))
    bag.report(Self.diagnostic(1))
    bag.report(Self.diagnostic(1, "y"))
    #expect(bag.sorted.count == 2)
    #expect(bag.overflow == 0)
  }

  @Test func tellsErrorsFromWarnings() {
    var bag = DiagnosticBag()
    #expect(bag.isEmpty && !bag.hasErrors)
    bag.report(Diagnostic(.sampleWarning, "w", at: nil))
    #expect(!bag.isEmpty && !bag.hasErrors)
    bag.report(Self.diagnostic(1))
    #expect(bag.hasErrors)
  }

  @Test func keepsNoMoreThanItsCapacity() {
    var bag = DiagnosticBag()
    for index in 0..<(DiagnosticBag.capacity + 7) { bag.report(Self.diagnostic(index)) }
    bag.report(Self.diagnostic(0))
    #expect(bag.sorted.count == DiagnosticBag.capacity)
    #expect(bag.overflow == 7)
    let sources = SourceMap([SourceFile(name: "a", text: "x")])
    let text = DiagnosticRenderer(sources).text(bag)
    #expect(text.hasSuffix("\n… and 107 more\n"))
    #expect(text.split(separator: "error[").count == 100)
  }

  @Test func countsErrorsBeyondItsCapacity() {
    var bag = DiagnosticBag()
    for index in 0..<DiagnosticBag.capacity {
      let span = SourceSpan(start: index, end: index)
      bag.report(Diagnostic(.sampleWarning, "w", at: span))
    }
    bag.report(Self.diagnostic(1))
    #expect(bag.hasErrors)
  }
}
