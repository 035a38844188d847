/// A kind of text with a form of its own: what the reference says of it, and how others check it.
public struct ScalarKind: Sendable {
  /// What a standard YAML reader, which types values by itself, may make of such a text.
  public enum Reading: Sendable {
    /// Always a text.
    case string
    /// A text or a whole number.
    case integer
    /// A text or a boolean.
    case boolean
    /// Whatever a scalar can be.
    case any
  }

  /// The name in the grammar: `duration`.
  public let name: String
  /// What it is, with its article: `a length of time`.
  public let summary: String
  /// What it means and how it is written, in sentences.
  public let explanation: String
  /// The form as a regular expression of JSON Schema; empty: any text.
  public let pattern: String
  /// The form in the notation of the grammar.
  public let production: String
  /// What a standard YAML reader may make of it.
  public let reading: Reading
  /// Examples.
  public let examples: [String]
}

extension ScalarKind {
  /// All kinds, in the order of the reference.
  public static let all: [ScalarKind] = [
    .text, .name, .label, .word, .integer, .seed, .boolean, .duration, .instant, .durationRange,
    .percentage, .rate, .factor, .selector, .nodeCount, .axisRange, .parameterValue, .expression,
    .comparison, .point, .reason, .path,
  ]

  private static let number = "[+-]?[0-9][0-9_]*(\\.[0-9][0-9_]*)?"
  private static let amount = "\\+?([0-9][0-9_]*(\\.[0-9][0-9_]*)?(ns|us|µs|μs|ms|s|m|h))+"
  /// Where `${name}` stands, the form shows only after the name is replaced.
  private static let orParameter = "|.*\\$\\{.*"

  /// The kind `text`: a text.
  public static let text = ScalarKind(
    name: "text", summary: "a text", explanation: "Any text in one or more lines.",
    pattern: "", production: "? any text ?", reading: .any, examples: ["a minority elects nobody"])
  /// The kind `name`: a name.
  public static let name = ScalarKind(
    name: "name", summary: "a name",
    explanation: """
      Letters, digits and `_`, not starting with a digit; at most 100. Expressions use it as it \
      stands.
      """,
    pattern: "^([A-Za-z_][A-Za-z0-9_]*\(orParameter))$",
    production: "( letter | \"_\" ) { letter | digit | \"_\" }", reading: .any,
    examples: ["node1", "left"])
  /// The kind `label`: a name.
  public static let label = ScalarKind(
    name: "label", summary: "a name",
    explanation: "Letters, digits, `_` and `-`, not starting with a digit or `-`; at most 100.",
    pattern: "^([A-Za-z_][A-Za-z0-9_-]*\(orParameter))$",
    production: "( letter | \"_\" ) { letter | digit | \"_\" | \"-\" }", reading: .any,
    examples: ["split", "second-cut"])
  /// The kind `word`: a word of the protocol.
  public static let word = ScalarKind(
    name: "word", summary: "a word of the protocol",
    explanation: """
      A word that the protocol declares: the name of a protocol, a message kind, a call, an \
      option, a field or an invariant.
      """,
    pattern: "", production: "label", reading: .any, examples: ["leader-election", "vote_request"])
  /// The kind `integer`: a whole number.
  public static let integer = ScalarKind(
    name: "integer", summary: "a whole number",
    explanation: "Decimal digits, which may be grouped by `_`.",
    pattern: "^([+-]?[0-9][0-9_]*\(orParameter))$",
    production: "[ \"-\" ] digit { [ \"_\" ] digit }", reading: .integer,
    examples: ["3", "1_000_000"])
  /// The kind `seed`: a whole number from 0 to 2^64 - 1.
  public static let seed = ScalarKind(
    name: "seed", summary: "a whole number from 0 to 2^64 - 1",
    explanation: "Decimal digits, which may be grouped by `_`.",
    pattern: "^(\\+?[0-9][0-9_]*\(orParameter))$", production: "digit { [ \"_\" ] digit }",
    reading: .integer, examples: ["7"])
  /// The kind `boolean`: `true` or `false`.
  public static let boolean = ScalarKind(
    name: "boolean", summary: "`true` or `false`",
    explanation: "Only these two words; `yes`, `no`, `on` and `off` are refused.",
    pattern: "^(true|false\(orParameter))$", production: "\"true\" | \"false\"",
    reading: .boolean, examples: ["true"])
  /// The kind `duration`: a length of time.
  public static let duration = ScalarKind(
    name: "duration", summary: "a length of time",
    explanation: """
      A number with a unit: `ns`, `us`, `ms`, `s`, `m` or `h`; several may follow each other, as \
      `1m30s`. A whole number of nanoseconds, at most 365 days. The unit is never left out.
      """,
    pattern: "^(\(amount)\(orParameter))$",
    production:
      "number unit { number unit }",
    reading: .string, examples: ["145ms", "1.5s", "2m"])
  /// The kind `instant`: an instant.
  public static let instant = ScalarKind(
    name: "instant", summary: "an instant",
    explanation: "The virtual time since the start of the run, written as a length of time.",
    pattern: "^(\(amount)\(orParameter))$", production: "duration", reading: .string,
    examples: ["0ms", "100ms"])
  /// The kind `duration_range`: a range of times.
  public static let durationRange = ScalarKind(
    name: "duration_range", summary: "a range of times",
    explanation: "Two lengths of time; both ends are included.",
    pattern: "^(\(amount) *\\.\\. *\(amount)\(orParameter))$",
    production: "duration \"..\" duration", reading: .string, examples: ["20ms..40ms"])
  /// The kind `percentage`: a percentage.
  public static let percentage = ScalarKind(
    name: "percentage", summary: "a percentage",
    explanation: "A number from 0 to 100 with the unit `%`, which is never left out.",
    pattern: "^(\(number)%\(orParameter))$", production: "number \"%\"", reading: .string,
    examples: ["1%", "0.5%"])
  /// The kind `rate`: a rate.
  public static let rate = ScalarKind(
    name: "rate", summary: "a rate", explanation: "A number in a unit of time, above 0.",
    pattern: "^(\(number)/(ns|us|µs|μs|ms|s|m|h)\(orParameter))$",
    production: "number \"/\" unit", reading: .string, examples: ["200/s", "30/m"])
  /// The kind `factor`: a factor.
  public static let factor = ScalarKind(
    name: "factor", summary: "a factor",
    explanation: "A number from 1 to 1_000_000 with the unit `x`, which is never left out.",
    pattern: "^(\(number)x\(orParameter))$", production: "number \"x\"", reading: .string,
    examples: ["4x", "1.5x"])
  /// The kind `selector`: whom it means.
  public static let selector = ScalarKind(
    name: "selector", summary: "whom it means",
    explanation: """
      The name of a node or a group, `all`, `random(k)` for k different nodes, `minority`, \
      `majority`, or a role of the protocol such as `leader`. What is not a name is bound at the \
      moment it is needed.
      """,
    pattern: "^([A-Za-z_][A-Za-z0-9_-]*|random\\( *[0-9_]+ *\\)\(orParameter))$",
    production: "label | \"random(\" integer \")\"", reading: .any,
    examples: ["node1", "leader", "random(2)"])
  /// The kind `node_count`: the number of nodes.
  public static let nodeCount = ScalarKind(
    name: "node_count", summary: "the number of nodes",
    explanation: "A whole number from 1 to 16_384; the nodes are then `node1`, `node2` and so on.",
    pattern: integer.pattern, production: "integer", reading: .integer, examples: ["5"])
  /// The kind `axis_range`: a range with a step.
  public static let axisRange = ScalarKind(
    name: "axis_range", summary: "a range with a step",
    explanation: "From the first value to the last, both included, by the step.",
    pattern: "^(.*\\.\\..*)$", production: "value \"..\" value [ \"step\" value ]",
    reading: .string, examples: ["0ms..150ms step 5ms", "1..5"])
  /// The kind `parameter_value`: a value.
  public static let parameterValue = ScalarKind(
    name: "parameter_value", summary: "a value",
    explanation: """
      The form decides the type that expressions see: `true` and `false`, whole numbers, decimal \
      numbers, percentages, lengths of time; anything else is a text.
      """,
    pattern: "", production: "? any text ?", reading: .any, examples: ["80ms", "3", "majority"])
  /// The kind `expression`: an expression.
  public static let expression = ScalarKind(
    name: "expression", summary: "an expression",
    explanation: """
      A condition over the state of the nodes, in the language of `expression.ebnf`. Quote it if \
      it starts with `!`, `&`, `[`, `{` or a quote, or has `: ` or ` #` in it. Parameters are \
      names in it; `${name}` is refused.
      """,
    pattern: "", production: "? see expression.ebnf ?", reading: .any,
    examples: ["node1.role == \"leader\""])
  /// The kind `comparison`: a comparison with a value.
  public static let comparison = ScalarKind(
    name: "comparison", summary: "a comparison with a value",
    explanation: """
      `<`, `<=`, `>`, `>=`, `==` or `!=` and a value in the unit of the metric; a value alone \
      means `==`. Always quoted, since `>` and others mean something in YAML.
      """,
    pattern: "", production: "[ \"<\" | \"<=\" | \">\" | \">=\" | \"==\" | \"!=\" ] value",
    reading: .any, examples: ["\"< 200\"", "\"<= 300ms\""])
  /// The kind `point`: a point in time.
  public static let point = ScalarKind(
    name: "point", summary: "a point in time",
    explanation: "An instant, or the start or end of a named fault.",
    pattern: "^([A-Za-z_][A-Za-z0-9_-]*\\.(start|end)|\(amount)\(orParameter))$",
    production: "instant | label \".start\" | label \".end\"", reading: .string,
    examples: ["100ms", "split.start", "split.end"])
  /// The kind `reason`: a reason in words.
  public static let reason = ScalarKind(
    name: "reason", summary: "a reason in words",
    explanation: "A text for the reader of the scenario; a bare `true` is refused.",
    pattern: "", production: "text", reading: .string,
    examples: ["the cut may come after the last message"])
  /// The kind `path`: a path.
  public static let path = ScalarKind(
    name: "path", summary: "a path",
    explanation: "The path of a file from the folder of this file; it may not leave that folder.",
    pattern: "", production: "text", reading: .any, examples: ["base/five-nodes.yaml"])
}
