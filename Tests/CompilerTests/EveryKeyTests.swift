import Compiler
import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// The fixtures together use every key of the language, and are right.
struct EveryKeyTests {
  static let fixtures = [
    "consensus", "election", "mutex", "barrier", "register", "every-key", "capsule",
  ]

  @Test func everyKeyOccurs() throws {
    var unseen = Set(KeyCatalog.tables.flatMap { table in table.keys.map(\.name) })
    for name in Self.fixtures {
      for mapping in try Walk(fixture("\(name).yaml")).mappings
        + Walk(fixture("base.yaml")).mappings
      {
        for entry in mapping.entries { unseen.remove(entry.key.text) }
      }
    }
    #expect(unseen.isEmpty, "no fixture has \(unseen.sorted())")
  }

  @Test(arguments: fixtures)
  func fixtureIsRight(_ name: String) throws {
    let compiled = try story(name)
    #expect(compiled.errors.isEmpty, "\(compiled.text)")
  }

  private func story(_ name: String) throws -> Compiled {
    compile(
      try fixture("\(name).yaml"), name: "\(name).yaml",
      others: ["base.yaml": try fixture("base.yaml")])
  }
}

extension String {
  /// The text with a part of it replaced.
  func replacing(_ span: SourceSpan, by other: String) -> String {
    var bytes = Array(utf8)
    bytes.replaceSubrange(span.start..<span.end, with: Array(other.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// All mappings of a text, in order.
struct Walk {
  struct Mapping {
    let path: String
    let entries: [MarkedNode.Entry]
  }

  private(set) var mappings: [Mapping] = []

  init(_ text: String) {
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(SourceFile(name: "story.yaml", text: text), into: &bag)
    if let root { walk(root, path: "") }
  }

  private mutating func walk(_ node: MarkedNode, path: String) {
    for item in node.sequence ?? [] { walk(item, path: path + "/-") }
    guard let entries = node.mapping else { return }
    mappings.append(Mapping(path: path, entries: entries))
    for entry in entries { walk(entry.value, path: "\(path)/\(entry.key.text)") }
  }
}
