import Foundation
import Interpreter
import TestSupport
import Testing

/// The folder `grammar` is what the catalogs say; `UPDATE_GOLDENS=1` writes it anew.
struct GrammarSourcesTests {
  static let names = GrammarSources.files.map(\.name)

  @Test(arguments: names)
  func isFresh(_ name: String) throws {
    let file = try #require(GrammarSources.files.first { $0.name == name })
    let url = Self.folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
    let written = try String(contentsOf: url, encoding: .utf8)
    let difference = firstDifference(between: file.text, and: written)
    #expect(difference == nil, "grammar/\(name) is stale; UPDATE_GOLDENS=1 writes it anew")
  }

  @Test func holdsNothingElse() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(found.sorted() == Self.names.sorted())
  }

  private static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("grammar")
  }
}
