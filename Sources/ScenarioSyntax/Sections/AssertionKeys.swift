internal import Diagnostics

/// The keys of an entry of `assertions`.
enum AssertionKeys {
  private static let expression = Form<ExpressionText>.expression

  static let name = Key(
    "name", Form<String>.text.marked, example: "nobody leads alone", absent: "what must hold",
    "A name for reports and for `expect`; no two assertions have the same.")
  static let invariant = Key(
    "invariant", Form<String>.word(.invariantName).marked, example: "election-safety",
    "A named invariant of the protocol or its family holds in every state.")
  static let budget = Key(
    "budget", Form<Int64>.int(1...1_000_000_000).marked, example: "1_000_000",
    absent: "`5_000_000`", needs: [.anyOf(["invariant"])],
    """
    How many placements of calls `linearizable` and `sequentially-consistent` try before they are \
    inconclusive. Each word beyond three that they remember of a state counts as one more: a word for \
    each register that is looked at together with others.
    """)
  static let initial = Key(
    "initial", Form<String>.text.marked, example: "zero",
    absent: "nothing, which is read as `null`", needs: [.anyOf(["invariant"])],
    """
    What `linearizable` and `sequentially-consistent` take registers to hold before the first \
    write.
    """)
  static let always = Key(
    "always", expression, example: "nodes.exists(n, n.up)", "The condition holds in every state.")
  static let never = Key(
    "never", expression, example: "node1.role == \"leader\" && node2.role == \"leader\"",
    "The condition holds in no state.")
  static let eventually = Key(
    "eventually", expression, example: "leader != null",
    "The condition holds in some state; with `within` soon enough.")
  static let sometimes = Key(
    "sometimes", expression, example: "node4.role == \"candidate\"",
    "The condition is reached; in a sweep it is enough that one seed reaches it.")
  static let antecedent = Key(
    "when", expression, example: "node1.role == \"candidate\"",
    "Each time that this becomes true, `then` must hold in the same state or later.")
  static let consequent = Key(
    "then", expression, example: "leader != null", needs: [.anyOf(["when"])],
    "What must follow; one answers all that is open.")
  static let atEnd = Key(
    "at_end", expression, example: "nodes.all(n, n.term == 2)",
    "The condition holds in the last state.")
  static let hold = Key(
    "hold", expression, example: "node3.value == null",
    "The condition holds in every state before `until` does; without `until` to the end.")
  static let until = Key(
    "until", expression, example: "node1.decided", needs: [.anyOf(["hold"])],
    "The condition that ends what `hold` demands.")
  static let metric = Key(
    "metric", Form<String>.word(.metricName).marked, example: "messages.wire",
    "A metric, compared with `is` at the end of the run.")
  static let comparison = Key(
    "is", comparisonForm, example: "\"< 200\"", needs: [.anyOf(["metric"])],
    "What the metric must be: a comparison with a value in its unit, or a list that holds as a whole."
  )

  static let kinds = [
    "invariant", "always", "never", "eventually", "sometimes", "when", "at_end", "hold", "metric",
  ]

  static let declarations = [
    name.declaration, invariant.declaration, budget.declaration, initial.declaration,
    always.declaration, never.declaration,
    eventually.declaration, sometimes.declaration, antecedent.declaration, consequent.declaration,
    atEnd.declaration, hold.declaration, until.declaration, metric.declaration,
    comparison.declaration,
  ]

  /// Reads what must hold.
  static func form(_ fields: inout Fields, _ reading: inout Reading) -> AssertionEntry.Form? {
    let invariant = fields.take(invariant, &reading)
    let always = fields.take(always, &reading)
    let never = fields.take(never, &reading)
    let eventually = fields.take(eventually, &reading)
    let sometimes = fields.take(sometimes, &reading)
    let atEnd = fields.take(atEnd, &reading)
    let pair = pair(&fields, &reading)
    if let invariant { return .invariant(invariant) }
    if let always { return .always(always) }
    if let never { return .never(never) }
    if let eventually { return .eventually(eventually) }
    if let sometimes { return .sometimes(sometimes) }
    if let atEnd { return .atEnd(atEnd) }
    return pair
  }

  private static func pair(
    _ fields: inout Fields, _ reading: inout Reading
  ) -> AssertionEntry.Form? {
    let antecedent = fields.take(antecedent, &reading)
    let consequent = fields.take(consequent, &reading)
    let hold = fields.take(hold, &reading)
    let until = fields.take(until, &reading)
    let metric = fields.take(metric, &reading)
    let comparison = fields.take(comparison, &reading)
    if let antecedent, let consequent { return .leadsTo(antecedent, consequent) }
    if let hold { return .hold(hold, until: until) }
    guard let metric, let comparison else { return nil }
    return .metric(metric, comparison)
  }

  private static var comparisonForm: Form<[Marked<ComparisonText>]> {
    let one = Form<ComparisonText>.scalar(.comparison, comparison)
    return Form<[Marked<ComparisonText>]>.oneOrMore(one.marked)
  }

  /// Other ways to write a relation.
  private static let slips: [(slip: String, relation: String)] = [
    ("=<", "<="), ("=>", ">="), ("===", "=="), ("!==", "!="), ("<>", "!="), ("=", "=="),
    ("~", "=="), ("!", "!="), ("≤", "<="), ("≥", ">="), ("≠", "!="),
    ("less than or equal to ", "<="), ("greater than or equal to ", ">="), ("less than ", "<"),
    ("more than ", ">"), ("greater than ", ">"), ("fewer than ", "<"), ("below ", "<"),
    ("above ", ">"), ("at most ", "<="), ("at least ", ">="), ("equal to ", "=="),
    ("not ", "!="), ("under ", "<"), ("over ", ">"),
  ]

  private static func comparison(_ text: String) throws(ValueMistake) -> ComparisonText {
    let isStrict = text.hasPrefix("===") || text.hasPrefix("!==") || text.hasPrefix("<>")
    let relation =
      isStrict ? nil : ComparisonText.Relation.allCases.first { text.hasPrefix($0.rawValue) }
    if relation == nil, let slip = slips.first(where: { text.hasPrefix($0.slip) }) {
      let value = DurationValue.trimmed(text.dropFirst(slip.slip.count))
      throw ValueMistake(
        .malformedComparison, "`\(text)` is not a comparison",
        help: ValueMistake.didYouMean("\(slip.relation) \(value)"))
    }
    let rest = DurationValue.trimmed(text.dropFirst(relation?.rawValue.count ?? 0))
    guard !rest.isEmpty else {
      throw ValueMistake(.malformedComparison, "`\(text)` compares with nothing")
    }
    return ComparisonText(relation: relation ?? .equal, value: rest)
  }
}

/// The keys of an entry of `assertions` that say in which part of the run and how soon.
enum AssertionScopeKeys {
  private static let scopeNeeds: [KeyDeclaration.Need] = [.noneOf(["at_end", "metric"])]

  static let during = Key(
    "during", Form<String>.label.marked, example: "split", absent: "the whole run",
    needs: scopeNeeds,
    """
    The windows of a named fault, or of a named workload: from its first call to the end of its last. \
    Each window is judged.
    """)
  static let after = Key(
    "after", PointKeys.form, example: "split.start", absent: "the whole run", needs: scopeNeeds,
    "From a point on.")
  static let before = Key(
    "before", PointKeys.form, example: "split.start", absent: "the whole run", needs: scopeNeeds,
    "Up to a point.")
  static let between = Key(
    "between", PointKeys.form.list(minimum: 2, maximum: 2), example: "[split.start, split.end]",
    absent: "the whole run", needs: scopeNeeds,
    "A window from each first point to the next second one, or to the end.")
  static let within = Key(
    "within", Form<Int64>.duration.marked, example: "300ms", absent: "no bound",
    needs: [.anyOf(["eventually", "when"])],
    """
    How soon, counted from the opening of the window, or from `when`; inclusive. A window that \
    closes first is the deadline.
    """)
  static let duration = Key(
    "for", Form<Int64>.positiveDuration.marked, example: "100ms", absent: "one state is enough",
    needs: [.anyOf(["eventually", "when"])],
    "How long it must then hold without a break; this must begin within `within`.")
  static let mayBeVacuous = Key(
    "may_be_vacuous", Form<String>.reason.marked, example: "with some seeds nobody is elected",
    absent: "an assertion without a chance to fail makes the run vacuous",
    "Why it is all right that the assertion has no chance to fail.")

  static let table = KeyTable(
    "assertion", "an assertion", in: "an entry of `assertions`",
    keys: AssertionKeys.declarations + [
      during.declaration, after.declaration, before.declaration, between.declaration,
      within.declaration, duration.declaration, mayBeVacuous.declaration,
    ],
    choices: [
      .init("what must hold", AssertionKeys.kinds, required: true),
      .init(
        "which part of the run is meant", ["during", "after", "before", "between"], required: false),
    ],
    companions: [.init(of: "when", "then"), .init(of: "metric", "is")],
    hints: [
      .instead("assert", "write `always`"), .instead("expect", "`expect` is a section of its own"),
      .instead("end", "write `at_end`"), .instead("leads_to", "write `when` and `then`"),
      .instead("in", "write `within`"), .instead("deadline", "write `within`"),
      .instead("duration", "write `for`"), .instead("if", "write `when` and `then`"),
      .instead("linearizable", "write `- linearizable`, or `invariant: linearizable`"),
      .instead(
        "sequentially-consistent",
        "write `- sequentially-consistent`, or `invariant: sequentially-consistent`"),
    ])

  /// A named invariant, or a mapping.
  static let form: Form<AssertionEntry> = .either(
    scalar: Form<String>.word(.invariantName).marked.map { name in
      AssertionEntry(
        name: nil, form: .invariant(name), scope: .run, within: nil, duration: nil,
        mayBeVacuous: nil, span: name.span)
    },
    mapping: .mapping(table) { fields, reading in
      let keyword = fields.first(of: AssertionKeys.kinds)
      let budget = fields.take(AssertionKeys.budget, &reading)
      let initial = fields.take(AssertionKeys.initial, &reading)
      let name = fields.take(AssertionKeys.name, &reading)
      let form = AssertionKeys.form(&fields, &reading)
      let scope = scope(&fields, &reading)
      let within = fields.take(within, &reading)
      let duration = fields.take(duration, &reading)
      let mayBeVacuous = fields.take(mayBeVacuous, &reading)
      guard let keyword, let form else { return nil }
      var entry = AssertionEntry(
        name: name, form: form, scope: scope, within: within, duration: duration,
        mayBeVacuous: mayBeVacuous, span: keyword.value.span)
      entry.budget = budget
      entry.initial = initial
      return entry
    })

  private static func scope(_ fields: inout Fields, _ reading: inout Reading) -> ScopeText {
    let during = fields.take(during, &reading)
    let after = fields.take(after, &reading)
    let before = fields.take(before, &reading)
    let between = fields.take(between, &reading)
    if let during { return .during(during) }
    if let after { return .after(after) }
    if let before { return .before(before) }
    return between.map { .between($0[0], $0[1]) } ?? .run
  }
}
