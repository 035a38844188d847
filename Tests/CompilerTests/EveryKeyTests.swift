import Compiler
import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// Nothing is accepted and ignored: every key of every fixture is misspelt, and every value spoilt.
struct EveryKeyTests {
  static let fixtures = ["consensus", "election", "mutex", "barrier", "every-key"]

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

  /// A letter more makes a key unknown; the mistake is reported at the key. Of keys at one path
  /// the first is taken.
  @Test(arguments: fixtures)
  func misspeltKey(_ name: String) throws {
    let text = try fixture("\(name).yaml")
    var seen: Set<String> = []
    for mapping in Walk(text).mappings where !mapping.isNamedByAuthor {
      for entry in mapping.entries where seen.insert(mapping.path + entry.key.text).inserted {
        let spoilt = text.replacing(entry.key.span, by: entry.key.text + "q")
        let compiled = try story(name, spoilt)
        let wanted = SourceSpan(start: entry.key.span.start, end: entry.key.span.end + 1)
        #expect(
          compiled.diagnostics.contains { $0.severity == .error && $0.span == wanted },
          "`\(entry.key.text)` at \(mapping.path) was misspelt\n\(compiled.text)")
      }
    }
  }

  /// A value of another kind is refused, with its place inside the value.
  @Test(arguments: fixtures)
  func spoiltValue(_ name: String) throws {
    let text = try fixture("\(name).yaml")
    var seen: Set<String> = []
    for mapping in Walk(text).mappings {
      for entry in mapping.entries where seen.insert(mapping.path + entry.key.text).inserted {
        for other in ["", "[[[]]]", "{q: {q: q}}", "-7furlong/%", "$" + "{qqq}"] {
          if Self.isFreeText(entry.key.text), !other.hasPrefix("["), !other.hasPrefix("{"),
            other != "", !other.hasPrefix("$")
          {
            continue
          }
          let spoilt = text.replacing(entry.value.span, by: other)
          let compiled = try story(name, spoilt)
          #expect(
            compiled.diagnostics.contains { $0.severity == .error },
            "`\(entry.key.text): \(other)` at \(mapping.path) was taken")
        }
      }
    }
  }

  /// Values that may be any text.
  private static func isFreeText(_ key: String) -> Bool {
    ["name", "description", "may_be_idle", "may_be_vacuous", "value", "task"].contains(key)
  }

  private func story(_ name: String, _ text: String? = nil) throws -> Compiled {
    compile(
      try text ?? fixture("\(name).yaml"), name: "\(name).yaml",
      others: ["base.yaml": try fixture("base.yaml")], onlyFirstCell: text != nil)
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

    /// Whether the keys are names that the author made up.
    var isNamedByAuthor: Bool {
      ["/topology/groups", "/parameters", "/matrix"].contains(path)
    }
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
