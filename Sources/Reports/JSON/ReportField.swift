/// A field of a report for programs, as the reference describes it.
public struct ReportField: Sendable, Hashable {
  /// The types of JSON values; `integer` is a number without a fraction.
  public enum ValueType: String, Sendable, Hashable, CaseIterable {
    case object
    case array
    case string
    case integer
    case number
    case boolean
    case null
  }

  /// Where it stands: keys with dots between them; `[]` is each element of a list, and `*` each key
  /// of an object whose keys come from the scenario.
  public let path: String
  /// What its value may be.
  public let types: [ValueType]
  /// What it says, with its unit.
  public let summary: String

  /// Describes a field.
  init(_ path: String, _ types: ValueType..., says summary: String) {
    self.init(path: path, types: types, summary: summary)
  }

  /// Describes a field.
  init(path: String, types: [ValueType], summary: String) {
    self.path = path
    self.types = types
    self.summary = summary
  }

  /// Fields as a table in Markdown.
  public static func markdown(_ fields: [ReportField]) -> String {
    var text = "| field | value | meaning |\n|---|---|---|\n"
    for field in fields {
      let types = field.types.map(\.rawValue).joined(separator: " or ")
      text += "| `\(field.path)` | \(types) | \(field.summary) |\n"
    }
    return text
  }
}
