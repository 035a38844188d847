public import Diagnostics

/// Whom a fault or a workload means; words are looked up later.
public enum SelectorText: Sendable {
  /// A node, a group, or a word such as `all` or `leader`.
  case word(String)
  /// So many different nodes, drawn.
  case random(Int64)
  /// Nodes and groups together.
  case list([Marked<String>])
}

/// Calls that clients make.
public struct WorkloadEntry: Sendable {
  /// One of the calls to choose from.
  public struct Choice: Sendable {
    /// The call.
    public let call: Marked<String>
    /// The arguments in the order of the text.
    public let arguments: [(key: Marked<String>, value: RawValue)]
    /// How often, in proportion to the others.
    public let weight: Int64
  }

  /// When calls are made.
  public enum Arrival: Sendable {
    /// At these instants.
    case at([Marked<Int64>])
    /// Again and again.
    case every(Marked<Int64>)
    /// At a rate, evenly or as a Poisson process.
    case rate(Marked<Rate>, poisson: Bool)
    /// By clients that think between their calls.
    case clients(Marked<Int64>, think: LawText)
  }

  /// The label.
  public let name: Marked<String>?
  /// When calls are made.
  public let arrival: Arrival
  /// When repeated calls begin.
  public let start: Marked<Int64>?
  /// Who is called; nil: every node.
  public let node: Marked<SelectorText>?
  /// What is called.
  public let choices: [Choice]
  /// How many calls at the most.
  public let count: Marked<Int64>?
  /// The last instant of a call.
  public let until: Marked<Int64>?
  /// When, as it is written, for the stable key of the draws.
  public let arrivalText: String
  /// The place of the entry.
  public let span: SourceSpan
}

/// How the calls of a rate arrive.
enum ArrivalWord: String, CaseIterable, WordValue {
  case constant, poisson

  var summary: String {
    switch self {
    case .constant: "evenly"
    case .poisson: "independently of each other, as a Poisson process"
    }
  }
}

/// The keys of an entry of `workloads`.
enum WorkloadKeys {
  static let name = Key(
    "name", Form<String>.label.marked, example: "writers", absent: "its call and place",
    "A label, for reports, for the stable key of its draws, and for assertions during its calls.")
  static let at = Key(
    "at", Form<[Marked<Int64>]>.oneOrMore(Form<Int64>.instant.marked), example: "0ms",
    """
    When calls are made, one instant or a list; one call at each of the chosen nodes. Beside \
    `every`, `rate` or `clients`: when these begin.
    """)
  static let every = Key(
    "every", Form<Int64>.positiveDuration.marked, example: "50ms",
    "Calls again and again, one at each of the chosen nodes, first after one such time or at `at`.")
  static let rate = Key(
    "rate", Form<Rate>.rate.marked, example: "200/s",
    "Calls at a rate, whether or not earlier ones have ended; each at one of the nodes, drawn.")
  static let arrivals = Key(
    "arrivals", Form<ArrivalWord>.words, example: "poisson", absent: "`constant`",
    needs: [.anyOf(["rate"])], "How the calls of a rate arrive.")
  static let clients = Key(
    "clients", Form<Int64>.int(1...1_000_000).marked, example: "3",
    """
    So many clients, each of which makes its next call a think time after its last has ended; \
    client i calls the node i mod n of the chosen ones.
    """)
  static let think = Key(
    "think", LawKeys.form, example: "10ms..30ms", absent: "`0ms`", needs: [.anyOf(["clients"])],
    "How long a client waits after a call.")
  static let node = Key(
    "node", SelectorForm.form.marked, example: "node1", absent: "`all`",
    "Who is called; bound at each call.")
  static let call = Key(
    "call", CallForm.form, example: "{acquire: {hold: 100ms}}",
    "What is called: a call of the protocol, alone or with its arguments.")
  static let mix = Key(
    "mix", MixKeys.form.list(), example: "[{call: acquire, weight: 3}]",
    "Several calls to choose from, by weight.")
  static let count = Key(
    "count", Form<Int64>.int(1...1_000_000_000).marked, example: "100",
    absent: "no bound", needs: [.anyOf(["every", "rate", "clients"])],
    "How many calls are made at the most.")
  static let until = Key(
    "until", Form<Int64>.instant.marked, example: "500ms", absent: "the end of the run",
    needs: [.anyOf(["every", "rate", "clients"])], "The last instant at which a call is made.")

  static let table = KeyTable(
    "workload", "a workload", in: "an entry of `workloads`",
    keys: [
      name.declaration, at.declaration, every.declaration, rate.declaration, arrivals.declaration,
      clients.declaration, think.declaration, node.declaration, call.declaration, mix.declaration,
      count.declaration, until.declaration,
    ],
    choices: [
      .init(
        "when calls are made", ["at", "every", "rate", "clients"], required: true, exclusive: false),
      .init("how calls are repeated", ["every", "rate", "clients"], required: false),
      .init("what is called", ["call", "mix"], required: true),
    ],
    hints: [
      .instead("nodes", "write `node`, which takes a list too"),
      .instead("start", "write `at`"), .instead("weight", "weights belong into `mix`"),
      .instead("poisson", "write `arrivals: poisson` beside `rate`"),
    ])

  static let form = Form<WorkloadEntry>.mapping(table) { fields, reading in
    let timing = ["at", "every", "rate", "clients"].compactMap { fields.entry($0) }
    let name = fields.take(name, &reading)
    let at = fields.take(at, &reading)
    let choices = fields.take(call, &reading).map { [$0] } ?? fields.take(mix, &reading)
    fields.skip("mix")
    let arrival = arrival(&fields, at: at, &reading)
    let node = fields.take(node, &reading)
    let count = fields.take(count, &reading)
    let until = fields.take(until, &reading)
    guard let arrival, let choices else { return nil }
    var start: Marked<Int64>?
    if case .at = arrival {
    } else if let at {
      start = at[0]
      if at.count > 1 { reading.report(.severalStarts(at[1].span)) }
    }
    return WorkloadEntry(
      name: name, arrival: arrival, start: start, node: node, choices: choices, count: count,
      until: until, arrivalText: TriggerText.key(of: timing),
      span: reading.headSpan(of: fields.node)
    )
  }

  private static func arrival(
    _ fields: inout Fields, at: [Marked<Int64>]?, _ reading: inout Reading
  ) -> WorkloadEntry.Arrival? {
    let every = fields.take(every, &reading)
    let rate = fields.take(rate, &reading)
    let arrivals = fields.take(arrivals, &reading)
    let clients = fields.take(clients, &reading)
    let think = fields.take(think, &reading)
    if let every { return .every(every) }
    if let rate { return .rate(rate, poisson: arrivals == .poisson) }
    if let clients { return .clients(clients, think: think ?? .constant(0)) }
    if fields.first(of: ["every", "rate", "clients"]) != nil { return nil }
    return at.map { .at($0) }
  }
}

/// Forms of calls.
enum CallForm {
  /// A call alone, or a mapping with it as its only key and its arguments as the value.
  static let form = Form<WorkloadEntry.Choice>(
    .either([
      .scalar(.callName),
      .dictionary(.init("the name of a call", key: .callName, value: argumentsForm.grammar)),
    ])
  ) { node, reading in
    guard let (call, options) = reading.wordWithOptions(node, .callName, what: "the call") else {
      return nil
    }
    guard let options else { return .init(call: call, arguments: [], weight: 1) }
    if options.scalar?.isEmptyPlain == false {
      // A value without a name: only the protocol knows which argument may be meant.
      return reading.read(.raw, options).map {
        .init(call: call, arguments: [(Marked("", at: options.span), $0)], weight: 1)
      }
    }
    return reading.read(argumentsForm, options)
      .map { .init(call: call, arguments: $0, weight: 1) }
  }

  private static var argumentsForm: Form<[(key: Marked<String>, value: RawValue)]> {
    .dictionary("an argument of the call", key: .word(.argumentName), value: .raw)
  }
}

/// The keys of an entry of `mix`.
enum MixKeys {
  static let call = Key(
    "call", CallForm.form, example: "acquire", required: true, "A call, alone or with arguments.")
  static let weight = Key(
    "weight", Form<Int64>.int(1...1_000_000), example: "3", absent: "`1`",
    "How often it is chosen, in proportion to the other weights.")

  static let table = KeyTable(
    "mix", "a choice of `mix`", in: "an entry of `mix`",
    keys: [call.declaration, weight.declaration])

  static let form = Form<WorkloadEntry.Choice>.mapping(table) { fields, reading in
    let call = fields.take(call, &reading)
    let weight = fields.take(weight, &reading)
    return call.map { .init(call: $0.call, arguments: $0.arguments, weight: weight ?? 1) }
  }
}

/// Forms of selectors.
enum SelectorForm {
  /// One word, or a list of names.
  static let form = Form<SelectorText>(
    .either([.scalar(.selector), .list(.scalar(.name), minimum: 1, maximum: nil)])
  ) { node, reading in
    if node.sequence != nil {
      return Form<String>.nameOrRole.marked.list().read(node, &reading).map { .list($0) }
    }
    return reading.value(of: node, wanted: .scalar(.selector)) { text throws(ValueMistake) in
      try parse(text)
    }
  }

  private static func parse(_ text: String) throws(ValueMistake) -> SelectorText {
    guard text.has(UInt8(ascii: "(")), let open = text.firstIndex(of: "("), text.last == ")" else {
      if text == "random" {
        throw ValueMistake(
          .malformedSelector, "`random` says not how many nodes",
          help: ValueMistake.didYouMean("random(1)"))
      }
      return .word(try NameValue.label(text))
    }
    let inner = DurationValue.trimmed(text[text.index(after: open)...].dropLast())
    guard text[..<open] == "random" else {
      throw ValueMistake(
        .malformedSelector, "`\(text[..<open])` takes nothing in parentheses",
        help: ValueMistake.didYouMean("random(\(inner))"))
    }
    return .random(try NumberValue.int(inner, in: 1...16_384))
  }
}
