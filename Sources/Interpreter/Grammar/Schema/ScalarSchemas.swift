import Diagnostics
import ScenarioSyntax

// Values that are no mappings.
extension SchemaWriter {
  /// A text of a documented kind.
  mutating func scalar(_ kind: ScalarKind) -> Members {
    if let members = vocabulary(kind) { return members }
    let members = reference(kind.name) { _ in Self.definition(kind) }
    guard let range = kind.range else { return members }
    return members + Self.bounds(range)
  }

  /// One of some words, or a parameter that stands for one.
  mutating func choice(_ words: [(text: String, summary: String)]) -> Members {
    var alternatives: [Members] = words.map { word in
      let summary: Members =
        word.summary.isEmpty ? [] : [.init("description", .string(word.summary))]
      return Self.constant(word.text) + summary
    }
    alternatives.append(parameter())
    return Self.any(of: alternatives)
  }

  /// `${name}` in a value.
  mutating func parameter() -> Members {
    reference("parameter") { _ in
      [
        .init("title", "a parameter"),
        .init("description", "`${name}` is replaced by the value of the parameter `name`."),
        .init("type", "string"), .init("pattern", "\\$\\{"),
      ]
    }
  }

  /// A word; one of digits may be a number to a standard YAML reader.
  private static func constant(_ word: String) -> Members {
    if let number = Int64(word) { return [.init("enum", [.int(number), .string(word)])] }
    return [.init("const", .string(word))]
  }

  /// An example as a standard YAML reader types it.
  static func typed(_ word: String) -> JSONValue { Int64(word).map { .int($0) } ?? .string(word) }

  /// The numbers that a range takes, where the value is a number.
  static func bounds(_ range: ClosedRange<Int64>) -> Members {
    var members: Members = [.init("minimum", .int(range.lowerBound))]
    if range.upperBound < .max { members.append(.init("maximum", .int(range.upperBound))) }
    return members
  }

  private static func definition(_ kind: ScalarKind) -> Members {
    var members: Members = [
      .init("title", .string(kind.summary)), .init("description", .string(kind.explanation)),
      .init("type", type(kind.reading)),
    ]
    if kind.name == ScalarKind.seed.name { members.append(.init("minimum", 0)) }
    if let pattern = pattern(kind) { members.append(.init("pattern", .string(pattern))) }
    members.append(.init("examples", .array(kind.examples.map(typed))))
    return members
  }

  private static func type(_ reading: ScalarKind.Reading) -> JSONValue {
    switch reading {
    case .string: "string"
    case .integer: ["integer", "string"]
    case .number: ["number", "string"]
    case .boolean: ["boolean", "string"]
    case .word: ["string", "boolean", "null"]
    case .any: ["string", "number", "boolean", "null"]
    }
  }

  /// The form of a text; where `${name}` stands in it, the form shows only after the name is
  /// replaced.
  private static func pattern(_ kind: ScalarKind) -> String? {
    switch (kind.pattern.isEmpty, kind.takesParameters) {
    case (true, true): nil
    case (true, false): "^(?!(.|\\n)*\\$\\{)"
    case (false, true): "^(\(kind.pattern)|.*\\$\\{.*)$"
    case (false, false): "^(\(kind.pattern))$"
    }
  }
}
