import Diagnostics
import Reports
import Testing

@Suite struct JSONFieldCatalogTests {
  /// Objects whose keys come from scenarios.
  static let openObjects: Set<String> = [
    "scenarios[].cell", "scenarios[].groups", "scenarios[].metrics",
    "scenarios[].calls[].arguments", "scenarios[].drawn.values",
  ]

  /// Every path of a value with the type that is found there; lists themselves are left out, for a
  /// list is described by its elements.
  static func paths(_ value: JSONValue, _ path: String) -> [(String, ReportField.ValueType)] {
    func member(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch value {
    case .null: return [(path, .null)]
    case .bool: return [(path, .boolean)]
    case .int, .unsigned: return [(path, .integer)]
    case .double(let number): return [(path, number.isFinite ? .number : .null)]
    case .string: return [(path, .string)]
    case .array(let values): return values.flatMap { paths($0, path + "[]") }
    case .object(let members):
      let isOpen = openObjects.contains(path)
      return [(path, .object)]
        + members.flatMap { paths($0.value, member(isOpen ? "*" : $0.key)) }
    }
  }

  static let found: [(path: String, type: ReportField.ValueType)] = {
    let runs = SampleRuns.all + [SampleRuns.hostile, SampleRuns.labelled]
    return [("schema", .integer), ("semantics", .integer)]
      + runs.flatMap { paths(JSONReport.value(of: $0), "scenarios[]") }
  }()

  @Test func everyFieldIsDescribed() {
    for (path, type) in Self.found {
      let field = JSONFieldCatalog.fields.first { $0.path == path }
      #expect(field?.types.contains(type) == true, "\(path): \(type)")
    }
  }

  @Test(arguments: JSONFieldCatalog.fields) func everyDescriptionIsTrue(field: ReportField) {
    for type in field.types {
      #expect(
        Self.found.contains { $0.path == field.path && $0.type == type },
        "\(field.path) is never \(type) in the samples")
    }
    #expect(!field.summary.isEmpty && !field.summary.hasSuffix("."))
  }

  @Test func eachOnce() {
    let paths = JSONFieldCatalog.fields.map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(ReportField.markdown(JSONFieldCatalog.fields).split(separator: "\n").count > 100)
  }

  @Test func everyFieldIsAlwaysThere() {
    func keys(_ run: ReportedRun) -> [String] {
      guard case .object(let members) = JSONReport.value(of: run) else { return [] }
      return members.map(\.key)
    }
    let wanted = keys(SampleRuns.pass)
    #expect(wanted.count > 20)
    for run in SampleRuns.all { #expect(keys(run) == wanted) }
  }
}
