import Analysis
import Diagnostics
import Expressions
import Foundation
import Interpreter
import Protocols
import Reports
import ScenarioSyntax
import SystemModel
import TestSupport
import Testing

/// The files of `grammar/` are those that the tool writes now, and they are whole.
@Suite struct GrammarTests {
  static let grammar = Grammar(
    reportFields: ReportField.markdown(JSONFieldCatalog.fields),
    transcriptFields: TranscriptFieldCatalog.markdown)

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "grammar")

  static func text(_ name: String) -> String { grammar.text(of: name) ?? "" }

  static let reference = text("REFERENCE.md")
  static var schema: [String: Any] { parsed(text("scenario.schema.json")) }

  static func parsed(_ text: String) -> [String: Any] {
    let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    return value as? [String: Any] ?? [:]
  }

  // MARK: Freshness

  @Test(arguments: Grammar.names) func fileIsFresh(name: String) throws {
    let text = Self.text(name)
    let place = Self.folder.appending(path: name)
    let stored = try? String(contentsOf: place, encoding: .utf8)
    if isUpdatingGoldens, stored != text {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
      return
    }
    let difference = firstDifference(between: stored ?? "", and: text)
    #expect(
      difference == nil,
      """
      grammar/\(name) is not what `conclave schema \(name)` writes; UPDATE_GOLDENS=1 rewrites it
      \(difference ?? "")
      """)
  }

  @Test func nothingElseIsInTheFolder() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(found.sorted() == Grammar.names.sorted())
  }

  @Test func unknownFile() {
    #expect(Self.grammar.text(of: "scenario.xsd") == nil)
    #expect(Self.grammar.files.map(\.name) == Grammar.names)
  }

  // MARK: Schema

  static var definitions: [String: Any] { schema["$defs"] as? [String: Any] ?? [:] }

  /// The schema of a table: a definition, or the root.
  static func object(_ table: KeyTable) -> [String: Any]? {
    table.name == KeyCatalog.root.name ? schema : definitions[table.name] as? [String: Any]
  }

  /// Tables whose keys stand among keys of another kind, so that they have no definition.
  static let openTables: Set<String> = [
    "matrix", "vary", "processing", "node_processing", "protocol_options",
  ]

  @Test(arguments: KeyCatalog.tables.map(\.name).filter { !openTables.contains($0) })
  func everyKeyOfATable(name: String) throws {
    let table = try #require(KeyCatalog.tables.first { $0.name == name })
    let partName = "\(table.name)_part"
    let found = Self.object(table) ?? Self.definitions[partName] as? [String: Any]
    let object = try #require(found, "no definition of \(table.name)")
    let properties = try #require(object["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == table.keys.map(\.name).sorted())
    #expect(object["additionalProperties"] as? Bool == false)
    for key in table.keys {
      let property = try #require(properties[key.name] as? [String: Any])
      let description = property["description"] as? String ?? ""
      #expect(description.hasPrefix(key.summary), "\(table.name).\(key.name)")
      #expect(description.contains("`\(key.name): \(key.example)`"))
    }
  }

  @Test(arguments: openTables.sorted()) func everyKeyBesideFreeKeys(name: String) throws {
    let table = try #require(KeyCatalog.tables.first { $0.name == name })
    let text = Self.text("scenario.schema.json")
    #expect(table.keys.map(\.name).filter { !text.contains("\"\($0)\": {") } == [])
  }

  @Test func everyReferenceIsDefined() {
    var used: Set<String> = []
    collect(Self.schema, into: &used)
    #expect(used == Set(Self.definitions.keys))
    #expect(used.count > 40)
  }

  private func collect(_ value: Any, into used: inout Set<String>) {
    if let object = value as? [String: Any] {
      if let target = object["$ref"] as? String {
        #expect(target.hasPrefix("#/$defs/"))
        used.insert(String(target.dropFirst("#/$defs/".count)))
      }
      for member in object.values { collect(member, into: &used) }
    } else if let items = value as? [Any] {
      for item in items { collect(item, into: &used) }
    }
  }

  @Test(arguments: ProtocolCatalog.all.map(\.name)) func everyOption(name: String) throws {
    let description = try #require(ProtocolCatalog.named(name))
    let object = try #require(Self.definitions["protocol_\(name)"] as? [String: Any])
    let properties = try #require(object["properties"] as? [String: Any])
    let wanted =
      description.parameters.map(\.name)
      + (description.fields.contains(where: \.settable) ? ["initial"] : [])
    #expect(properties.keys.sorted() == wanted.sorted())
    for call in description.calls { #expect(Self.definitions["call_\(call.name)"] != nil) }
  }

  @Test func patternsMatchTheirExamples() throws {
    for kind in ScalarKind.all where !kind.pattern.isEmpty {
      let pattern = try Regex("^(\(kind.pattern))$")
      for example in kind.examples {
        #expect(example.contains(pattern), "\(kind.name): \(example)")
      }
    }
  }

  // MARK: EBNF

  /// The rules of a grammar by name, in order, with what stands behind `=`.
  static func rules(_ text: String) -> [(name: String, body: String)] {
    var rest = text[...]
    while let start = rest.firstRange(of: "(*"), let end = rest.firstRange(of: "*)") {
      rest.removeSubrange(start.lowerBound..<end.upperBound)
    }
    return rest.split(separator: " ;").compactMap { rule in
      let parts = rule.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return (parts[0].trimmingCharacters(in: .whitespacesAndNewlines), String(parts[1]))
    }
  }

  @Test(arguments: ["scenario.ebnf", "expression.ebnf"]) func everyRuleIsDefinedOnce(
    name: String
  ) throws {
    let rules = Self.rules(Self.text(name))
    let names = rules.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count > 20)
    let quoted = /"[^"]*"|'[^']*'|\?[^?]*\?/
    let known = Set(names + ["hex", "digit", "letter", "octal", "char", "newline"])
    for rule in rules where rule.name != "string" && rule.name != "escape" {
      for word in rule.body.replacing(quoted, with: " ").matches(of: /[A-Za-z_]+/) {
        #expect(known.contains(String(word.output)), "\(rule.name): \(word.output)")
      }
    }
  }

  @Test func everyTableIsARule() {
    let names = Set(Self.rules(Self.text("scenario.ebnf")).map(\.name))
    for table in KeyCatalog.tables { #expect(names.contains(table.name)) }
    for kind in ScalarKind.all { #expect(names.contains(kind.name)) }
  }

  // MARK: Reference

  @Test func everyKeyIsInTheReference() {
    let rows = KeyCatalog.tables.flatMap(\.keys).map { "| `\($0.name)`" }
    #expect(rows.filter { !Self.reference.contains($0) } == [])
  }

  @Test func everyWordOfACatalogIsInTheReference() {
    let rows =
      DiagnosticCodes.all.map { "| \($0.id) | \($0.title.replacing("|", with: "\\|")) |" }
      + InvariantCatalog.all.map { "| `\($0.name)` | " }
      + MetricCatalog.all.map { "| `\($0.pattern)` | \($0.unit.rawValue) | " }
      + ProtocolCatalog.all.map { "## Protocol: `\($0.name)`" }
      + FunctionCatalog.all.map { "`\($0.name.replacing("|", with: "\\|"))`" }
      + JSONFieldCatalog.fields.map { "| `\($0.path)` | " }
      + TranscriptFieldCatalog.entries.map { "| `\($0.field.path)` | " }
    #expect(rows.count > 250)
    #expect(rows.filter { !Self.reference.contains($0) } == [])
  }

  @Test func laterWordsAreListedOnceAndNowhereElse() throws {
    let parts = Self.reference.split(separator: "\n## Not supported yet\n")
    try #require(parts.count == 2)
    let words = KeyCatalog.laterWords.map(\.word)
    #expect(words.filter { !parts[1].contains("`\($0)`") } == [])
    #expect(words.filter { parts[0].contains("| `\($0)`") } == [])
    #expect(KeyCatalog.laterWords.contains { $0.word == "lose-unsynced" })
  }

  @Test func everyLinkHasItsHeading() throws {
    var anchors: Set<String> = []
    for line in Self.reference.split(separator: "\n") where line.hasPrefix("#") {
      let title = line.drop { $0 == "#" }.dropFirst().lowercased()
      let kept = title.unicodeScalars.compactMap { scalar -> Character? in
        if scalar == " " { return "-" }
        let isKept = CharacterSet.alphanumerics.contains(scalar) || scalar == "-" || scalar == "_"
        return isKept ? Character(scalar) : nil
      }
      anchors.insert(String(kept))
    }
    for link in Self.reference.matches(of: /\]\(#([^)]*)\)/) {
      #expect(anchors.contains(String(link.output.1)), "\(link.output.1)")
    }
  }

  @Test func tablesAreRectangular() {
    var columns: Int?
    for line in Self.reference.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let bars = line.replacing("\\|", with: "").filter { $0 == "|" }.count
      #expect(bars == columns ?? bars, "\(line.prefix(80))")
      columns = bars
    }
  }
}
