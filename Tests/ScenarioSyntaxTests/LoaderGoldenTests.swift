import Diagnostics
import TestSupport
import Testing

@testable import ScenarioSyntax

@Suite struct YAMLLoaderTests {
  @Test func plainFile() throws {
    var bag = DiagnosticBag()
    let file = SourceFile(name: "a.yaml", text: "a: &x {k: 1}\nb:\n  <<: *x\n  c: [x, 'y']\n")
    let root = try #require(YAMLLoader().load(file, into: &bag))
    #expect(root["b"]?["k"]?.scalar?.text == "1")
    #expect(bag.isEmpty)
  }
}
