/// A kind of text with a form of its own: what the reference says of it, and how others check it.
public struct ScalarKind: Sendable {
  /// What a standard YAML reader, which types values by itself, may make of such a text.
  public enum Reading: Sendable {
    /// Always a text.
    case string
    /// A text or a whole number.
    case integer
    /// A text or a number.
    case number
    /// A text or a boolean.
    case boolean
    /// A text, or what words such as `yes` and `null` stand for elsewhere.
    case word
    /// Whatever a scalar can be.
    case any
  }

  /// The name in the grammar: `duration`.
  public let name: String
  /// What it is, with its article: `a length of time`.
  public let summary: String
  /// What it means and how it is written, in sentences.
  public let explanation: String
  /// The whole form as a regular expression of JSON Schema, without `${name}`; empty: any text.
  public let pattern: String
  /// The form in the notation of the grammar, with ``parts`` for its pieces.
  public let production: String
  /// What a standard YAML reader may make of it.
  public let reading: Reading
  /// Examples.
  public let examples: [String]
  /// Whether `${name}` may stand in it.
  public private(set) var takesParameters = true
  /// The whole numbers that are taken.
  public private(set) var range: ClosedRange<Int64>?
}

extension ScalarKind {
  /// All kinds, in the order of the reference.
  public static let all: [ScalarKind] = [
    .text, .name, .label, .integer, .seed, .boolean, .duration, .positiveDuration, .instant,
    .durationRange, .percentage, .rate, .factor, .selector, .nodeCount, .axisRange,
    .variedRange, .parameterValue, .expression, .comparison, .point, .reason, .path, .protocolName,
    .optionName, .optionValue, .fieldName, .callName, .argumentName, .messageKind, .timerName,
    .invariantName, .metricName, .toolVersion, .hash,
  ]

  /// The pieces that productions have in common.
  public static let parts: [(name: String, production: String)] = [
    ("number", "[ \"+\" | \"-\" ] digits [ \".\" digits ]"),
    ("digits", "digit { [ \"_\" ] digit }"),
    ("unit", DurationValue.units.map { "\"\($0.name)\"" }.joined(separator: " | ")),
    ("letter", "\"A\" | … | \"Z\" | \"a\" | … | \"z\""),
    ("digit", "\"0\" | … | \"9\""),
  ]

  private static let number = "[+-]?[0-9][0-9_]*(\\.[0-9][0-9_]*)?"
  private static let amount = "\\+?([0-9][0-9_]*(\\.[0-9][0-9_]*)?(ns|us|µs|μs|ms|s|m|h))+"
  private static let identifier = "[A-Za-z_][A-Za-z0-9_]*"
  private static let hyphenated = "[A-Za-z_][A-Za-z0-9_-]*"

  /// Any text.
  public static let text = ScalarKind(
    name: "text", summary: "a text",
    explanation: "Any text in one or more lines, and not blank.",
    pattern: "[\\s\\S]*\\S[\\s\\S]*", production: "? any text that is not blank ?", reading: .any,
    examples: ["a minority elects nobody"])
  /// A name that expressions can use.
  public static let name = ScalarKind(
    name: "name", summary: "a name",
    explanation: """
      Letters, digits and `_`, not starting with a digit; at most 100. Expressions use it as it \
      stands.
      """,
    pattern: identifier, production: "( letter | \"_\" ) { letter | digit | \"_\" }",
    reading: .boolean, examples: ["node1", "left"])
  /// A name that may have hyphens.
  public static let label = ScalarKind(
    name: "label", summary: "a name",
    explanation: "Letters, digits, `_` and `-`, not starting with a digit or `-`; at most 100.",
    pattern: hyphenated,
    production: "( letter | \"_\" ) { letter | digit | \"_\" | \"-\" }", reading: .word,
    examples: ["split", "second-cut"])
  /// A whole number.
  public static let integer = ScalarKind(
    name: "integer", summary: "a whole number",
    explanation: "Decimal digits, which may be grouped by `_`.",
    pattern: "[+-]?[0-9][0-9_]*", production: "[ \"+\" | \"-\" ] digits", reading: .integer,
    examples: ["3", "1_000_000"])
  /// Where chance comes from.
  public static let seed = ScalarKind(
    name: "seed", summary: "a whole number from 0 to 2^64 - 1",
    explanation: "Decimal digits, which may be grouped by `_`; 0 to 2^64 - 1.",
    pattern: "\\+?[0-9][0-9_]*", production: "[ \"+\" ] digits", reading: .integer,
    examples: ["7"])
  /// A switch.
  public static let boolean = ScalarKind(
    name: "boolean", summary: "`true` or `false`",
    explanation: "Only these two words; `yes`, `no`, `on` and `off` are refused.",
    pattern: "true|false", production: "\"true\" | \"false\"", reading: .boolean,
    examples: ["true"])
  /// A length of time.
  public static let duration = ScalarKind(
    name: "duration", summary: "a length of time",
    explanation: """
      A number with a unit: \(DurationValue.unitList); several may follow each other, as `1m30s`. \
      A whole number of nanoseconds, at most 365 days. The unit is never left out.
      """,
    pattern: amount, production: "number unit { number unit }", reading: .string,
    examples: ["145ms", "1.5s", "1m30s"])
  static let positiveDuration = ScalarKind(
    name: "positive_duration", summary: "a length of time above 0",
    explanation: "A length of time, and not none.", pattern: amount, production: "duration",
    reading: .string, examples: ["400ms"])
  static let instant = ScalarKind(
    name: "instant", summary: "an instant",
    explanation: "The virtual time since the start of the run, written as a length of time.",
    pattern: amount, production: "duration", reading: .string, examples: ["0ms", "100ms"])
  /// A range of lengths of time.
  public static let durationRange = ScalarKind(
    name: "duration_range", summary: "a range of times",
    explanation: "Two lengths of time; both ends are included.",
    pattern: "\(amount) *\\.\\. *\(amount)", production: "duration \"..\" duration",
    reading: .string, examples: ["20ms..40ms"])
  static let percentage = ScalarKind(
    name: "percentage", summary: "a percentage",
    explanation: """
      A number from 0 to 100 with at most 12 decimals and the unit `%`, which is never left out.
      """,
    pattern: "\(number)%", production: "number \"%\"", reading: .string,
    examples: ["1%", "0.5%"])
  static let rate = ScalarKind(
    name: "rate", summary: "a rate",
    explanation: "A number above 0 in a unit of time, at most one in a nanosecond.",
    pattern: "\(number) */(ns|us|µs|μs|ms|s|m|h)", production: "number \"/\" unit",
    reading: .string, examples: ["200/s", "30/m"])
  static let factor = ScalarKind(
    name: "factor", summary: "a factor",
    explanation: """
      A number from 1 to 1_000_000 with at most 9 decimals and the unit `x`, which is never left \
      out.
      """,
    pattern: "\(number)x", production: "number \"x\"", reading: .string,
    examples: ["4x", "1.5x"])
  /// Whom a fault or a workload means.
  public static let selector = ScalarKind(
    name: "selector", summary: "whom it means",
    explanation: """
      The name of a node or a group, `all`, `random(k)` for k different nodes, `minority`, \
      `majority`, or a role of the protocol such as `leader`. What is not a name is bound at the \
      moment it is needed.
      """,
    pattern: "\(hyphenated)|random\\( *[0-9_]+ *\\)",
    production: "label | \"random(\" integer \")\"", reading: .boolean,
    examples: ["node1", "leader", "random(2)"])
  static let nodeCount = ScalarKind(
    name: "node_count", summary: "the number of nodes",
    explanation: "A whole number from 1 to 16_384; the nodes are then `node1`, `node2` and so on.",
    pattern: integer.pattern, production: "integer", reading: .integer, examples: ["5"],
    range: 1...16_384)
  static let axisRange = ScalarKind(
    name: "axis_range", summary: "a range with a step",
    explanation: """
      From the first value to the last, both included, by the step; of whole numbers the step may \
      be left out and is 1. The three are numbers, percentages or lengths of time.
      """,
    pattern: ".*\\.\\..*", production: "value \"..\" value [ \" step \" value ]",
    reading: .string, examples: ["0ms..150ms step 5ms", "1..5"], takesParameters: false)
  static let variedRange = ScalarKind(
    name: "varied_range", summary: "a range",
    explanation: """
      From the first value to the last, both included, by the step. Without a step, of lengths of \
      time every nanosecond and of whole numbers every number; other numbers and percentages need one.
      """,
    pattern: axisRange.pattern, production: axisRange.production,
    reading: .string, examples: ["0ms..150ms", "0%..20% step 5%"], takesParameters: false)
  static let parameterValue = ScalarKind(
    name: "value", summary: "a value",
    explanation: """
      The form decides the type that expressions see: `true` and `false`, whole numbers, decimal \
      numbers, percentages, lengths of time; anything else is a text.
      """,
    pattern: "", production: "boolean | number | percentage | duration | text", reading: .any,
    examples: ["80ms", "3", "majority"], takesParameters: false)
  /// An expression.
  public static let expression = ScalarKind(
    name: "expression", summary: "an expression",
    explanation: """
      A condition over the state of the nodes, in the language of `expression.ebnf`. Quote it if \
      it starts with `!`, `&`, `[`, `{` or a quote, or has `: ` or ` #` in it. Parameters are \
      names in it; `${name}` is refused.
      """,
    pattern: "", production: "? see expression.ebnf ?", reading: .boolean,
    examples: ["node1.role == \"leader\""], takesParameters: false)
  static let comparison = ScalarKind(
    name: "comparison", summary: "a comparison with a value",
    explanation: """
      `<`, `<=`, `>`, `>=`, `==` or `!=` and a value in the unit of the metric; a value alone \
      means `==`. Always quoted, since `>` and others mean something in YAML.
      """,
    pattern: "(<=|>=|==|!=|<|>)? *[+-]?[0-9].*",
    production: """
      [ "<" | "<=" | ">" | ">=" | "==" | "!=" ] ( number | percentage | duration )
      """, reading: .number, examples: ["< 200", "<= 300ms"])
  static let point = ScalarKind(
    name: "point_in_time", summary: "a point in time",
    explanation: "An instant, or the start or end of a named fault or workload.",
    pattern: "\(hyphenated)\\.(start|end)|\(amount)",
    production: "instant | label \".start\" | label \".end\"", reading: .string,
    examples: ["100ms", "split.start", "split.end"])
  static let reason = ScalarKind(
    name: "reason", summary: "a reason in words",
    explanation: "A text for the reader of the scenario; a bare `true` is refused.",
    pattern: "", production: "text", reading: .number,
    examples: ["the cut may come after the last message"])
  static let path = ScalarKind(
    name: "path", summary: "a path",
    explanation: "The path of a file from the folder of this file; it may not leave that folder.",
    pattern: "", production: "text", reading: .any, examples: ["base/five-nodes.yaml"],
    takesParameters: false)
}

// What a capsule records.
extension ScalarKind {
  static let toolVersion = ScalarKind(
    name: "tool_version", summary: "the version of a tool",
    explanation: "Three whole numbers with dots between them.",
    pattern: "[0-9]+\\.[0-9]+\\.[0-9]+", production: "digits \".\" digits \".\" digits",
    reading: .string, examples: ["0.1.0"])
  static let hash = ScalarKind(
    name: "hash", summary: "a hash",
    explanation: "Sixteen hexadecimal digits, `0` to `9` and `a` to `f`.",
    pattern: "[0-9a-f]{16}", production: "? sixteen of the digits 0 to 9 and a to f ?",
    reading: .number, examples: ["06a7fa15c3e2d490"])
}

// Words that a protocol, its family or a catalog declares.
extension ScalarKind {
  /// The name of a protocol.
  public static let protocolName = vocabulary(
    "protocol_name", "the name of a protocol", "See the chapter on protocols.", "leader-election")
  /// An option of the protocol.
  public static let optionName = vocabulary(
    "option_name", "an option of the protocol", "See the protocol.", "election_timeout")
  static let optionValue = ScalarKind(
    name: "option_value", summary: "a value",
    explanation: """
      What the protocol says; an option may differ from node to node and is then a mapping by \
      nodes and groups, with `default` for the others.
      """,
    pattern: "", production: "value | \"{\" { name \":\" value } \"}\"", reading: .any,
    examples: ["50ms"])
  /// A field of the protocol that a scenario may set.
  public static let fieldName = vocabulary(
    "field_name", "a field of the protocol", "One that the protocol lets a scenario set.", "role")
  /// A call of the protocol.
  public static let callName = vocabulary(
    "call_name", "a call of the protocol", "See the protocol.", "acquire")
  /// An argument of a call.
  public static let argumentName = vocabulary(
    "argument_name", "an argument of the call", "See the protocol.", "hold")
  /// A kind of message of the protocol.
  public static let messageKind = vocabulary(
    "message_kind", "a kind of message of the protocol", "See the protocol.", "vote_request")
  /// A timer of the protocol.
  public static let timerName = vocabulary(
    "timer_name", "a timer of the protocol", "See the protocol.", "election_timeout")
  /// A named invariant.
  public static let invariantName = vocabulary(
    "invariant_name", "a named invariant",
    "One of the protocol's family: see the chapter on invariants.", "election-safety")
  /// A metric.
  public static let metricName = ScalarKind(
    name: "metric_name", summary: "a metric", explanation: "See the chapter on metrics.",
    pattern: "\(hyphenated)(\\.\(hyphenated))+", production: "label \".\" label { \".\" label }",
    reading: .string, examples: ["messages.wire"])

  /// A whole number in a range.
  static func integer(_ range: ClosedRange<Int64>) -> ScalarKind {
    var kind = integer
    kind.range = range
    return kind
  }

  private static func vocabulary(
    _ name: String, _ summary: String, _ explanation: String, _ example: String
  ) -> ScalarKind {
    ScalarKind(
      name: name, summary: summary, explanation: explanation, pattern: hyphenated,
      production: "label", reading: .word, examples: [example])
  }
}
