import Diagnostics
import TestSupport
import Testing

@Suite struct ExplanationCatalogTests {
  static let catalog = ExplanationCatalog(
    [.sampleWarning, .sampleError]
      + [101, 102, 250].map {
        DiagnosticCode("E0\($0)", "number \($0)", explanation: "", wrong: "", right: "")
      })

  @Test func pages() {
    let pages = [DiagnosticCode.sampleError, .sampleWarning].map { Self.catalog.page($0) }
    expectGolden(pages.joined(separator: "\n---\n\n"), "pages.txt")
  }

  @Test func findsInEitherCase() {
    #expect(Self.catalog.code("e0999") == .sampleError)
    #expect(Self.catalog.code("E0998") == nil)
  }

  @Test(arguments: [
    ("E0998", "E0999"), ("E0520", "E0250"), ("E250", "E0250"), ("E00102", "E0102"),
    ("W799", "W0799"), ("e0520", "E0250"), ("E0109", "E0101"),
  ])
  func nearest(id: String, wanted: String) {
    #expect(Self.catalog.nearest(to: id)?.id == wanted)
  }

  @Test(arguments: [
    ("E0104", "the codes E01xx go from E0101 to E0102"),
    ("e0104", "the codes E01xx go from E0101 to E0102"),
    ("E0500", "the codes are E01xx, E02xx, E09xx, W07xx"), ("E104", nil), ("duplicate", nil),
  ])
  func range(id: String, wanted: String?) {
    #expect(Self.catalog.range(around: id) == wanted)
  }

  @Test(arguments: ["duplicate", "", "E", "E1", "103", "E0249", "E0300", "e9999999999999999999999"])
  func nothingIsNear(id: String) {
    #expect(Self.catalog.nearest(to: id) == nil)
  }

  @Test func list() {
    #expect(Self.catalog.list.hasPrefix("E0101  number 101\nE0102  number 102\n"))
  }
}
