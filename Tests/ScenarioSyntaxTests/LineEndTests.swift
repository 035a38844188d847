import Diagnostics
import Testing

@testable import ScenarioSyntax

/// Lines end with LF or CRLF, and with nothing else.
@Suite struct LineEndTests {
  private func codes(_ text: String) -> [String] {
    var bag = DiagnosticBag()
    _ = YAMLLoader().load(SourceFile(name: "a.yaml", text: text), into: &bag)
    return bag.sorted.map(\.code.id)
  }

  @Test(arguments: ["a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\n", "a: é\r\nb: 2"])
  func taken(text: String) {
    #expect(codes(text).isEmpty)
  }

  @Test(arguments: ["a: 1\rb: 2\r", "a: 1\r\r\nb: 2\n", "a: 1\n\rb: 2", "a: é\r", "a: \"x\ry\"\n"])
  func refused(text: String) {
    #expect(codes(text) == ["E0104"])
  }
}
