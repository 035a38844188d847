internal import Diagnostics

/// The keys of a scenario.
enum ScenarioKeys {
  static let version = Key(
    "version", versionForm, example: "1", required: true,
    "The version of the scenario language; `1` is the only one.")
  static let name = Key(
    "name", Form<String>.text.marked, example: "leader election during a partition",
    required: true, "The name of the story, for reports.")
  static let description = Key(
    "description", Form<String>.text.marked, example: "Only the side with a majority may elect.",
    "What the story is about, for its reader and for reports.")
  static let tags = Key(
    "tags", Form<String>.label.marked.list(), example: "[documented, election]",
    "Words by which `conclave run --tag` chooses scenarios: one of those that it names is enough.")
  static let seed = Key(
    "seed", Form<UInt64>.seed.marked, example: "7", absent: "`1`",
    "Where all chance comes from: the same text and seed give the same run.")
  static let limits = Key(
    "limits", LimitsKeys.form, example: "{time: 700ms, events: 1_000_000}",
    absent: "`{time: 60s, events: 10_000_000}`", "When the run ends at the latest.")
  static let extends = Key(
    "extends", Form<String>.scalar(.path) { text in text }.marked, example: "base/five-nodes.yaml",
    """
    Another scenario whose sections hold where this one has none: mappings are merged key by key, \
    lists and single values replaced, and so is `protocol` if its name differs; of the same \
    protocol the options of both hold. The file is in the \
    folder of this one or below; chains are at most 4 deep.
    """)
  static let parameters = Key(
    "parameters", ParameterKeys.form, example: "{cut_at: 80ms}",
    """
    Names with default values. `${name}` in a value is replaced by the parameter's value; \
    expressions use the name itself; `--set name=value` gives another value of the same form.
    """)
  static let matrix = Key(
    "matrix", ParameterKeys.matrixForm, example: "{cut_at: 0ms..150ms step 5ms}",
    """
    Parameters with several values: the scenario runs once for each combination, the first key \
    slowest, at most 10_000 times.
    """)
  static let vary = Key(
    "vary", VaryKeys.form, example: "{cut_at: 0ms..150ms, victim: [node1, node2]}",
    absent: "a seed changes chance alone",
    """
    What each seed draws before its run: values of parameters, which of the faults there are, and a \
    strategy by which messages are late.
    """)
  static let topology = Key(
    "topology", TopologyKeys.form, example: "{nodes: 5}", required: true, "Who takes part.")
  static let latencies = Key(
    "latencies", LatenciesKeys.form, example: "{default: 20ms}", required: true,
    "How messages travel.")
  static let processing = Key(
    "processing", ProcessingKeys.form, example: "{default: 2ms, concurrency: 1}",
    absent: "handling takes no time",
    "How long nodes take to handle messages; a node sees a message when its time is over.")
  static let protocolSection = Key(
    "protocol", ProtocolKeys.form, example: "{leader-election: {heartbeat: 50ms}}", required: true,
    "What the nodes run: the name of a protocol, alone or with its options.")
  static let workloads = Key(
    "workloads", WorkloadKeys.form.entries, example: "[{at: 0ms, node: node1, call: acquire}]",
    absent: "nobody calls", "What clients ask for.")
  static let faults = Key(
    "faults", FaultTimeKeys.form.entries, example: "[{at: 100ms, for: 400ms, partition: halves}]",
    absent: "nothing goes wrong", "What goes wrong, and when.")
  static let deliveries = Key(
    "deliveries", DeliveryKeys.form.entries,
    example: "[{kind: commit, from: node1, to: node3, nth: 2, fate: lost}]",
    absent: "links and faults decide",
    "What becomes of chosen messages, whatever chance would make of them.")
  static let timers = Key(
    "timers", TimerKeys.form.entries,
    example: "[{node: node1, timer: election_timeout, nth: 1, takes: 173ms}]",
    absent: "the protocol decides", "How long chosen timers run, whatever their nodes ask for.")
  static let assertions = Key(
    "assertions", AssertionScopeKeys.form.entries, example: "[election-safety]",
    absent: "the run is vacuous", "What must hold.")
  static let expect = Key(
    "expect", ExpectKeys.form, example: "{fail: agreement}", absent: "`pass`",
    "What is expected of the run: `pass`, or the assertions that must fail, and no others.")

  static let capsule = Key(
    "capsule", CapsuleKeys.form,
    example: "{tool: 0.1.0, semantics: 1, seed: 7, outcome: fail, …}",
    absent: "an ordinary scenario", needs: [.noneOf(["extends", "matrix"])],
    """
    The failure that the scenario was kept for. `conclave replay` runs it and says whether the same \
    failure comes of it; all other commands check the section and take the rest for an ordinary \
    scenario. A scenario that extends this one does not get it.
    """)

  static let table = KeyTable(
    "scenario", "a scenario", in: "the top level",
    keys: [
      version.declaration, name.declaration, description.declaration, tags.declaration,
      seed.declaration, limits.declaration, extends.declaration, parameters.declaration,
      matrix.declaration, vary.declaration, topology.declaration, latencies.declaration,
      processing.declaration,
      protocolSection.declaration, workloads.declaration, faults.declaration,
      deliveries.declaration, timers.declaration, assertions.declaration, expect.declaration,
      capsule.declaration,
    ],
    hints: [
      .instead("nodes", "nodes are listed in `topology`"),
      .instead("links", "links are listed in `latencies`"),
      .instead("network", "write `latencies`"), .instead("partitions", "write `faults`"),
    ])

  /// Reads everything but what stands above the cells: `version`, `extends`, `parameters`,
  /// `matrix` and `vary` but for its `order` were read before. After a mistake the rest is there, if enough is left to go on.
  static func scenario(
    _ root: MarkedNode, cell: [CellValue], _ reading: inout Reading
  ) -> Scenario? {
    guard var fields = reading.fields(of: root, table) else { return nil }
    for key in ["version", "extends", "parameters", "matrix", "vary"] { fields.skip(key) }
    let order = order(root["vary"]?["order"], &reading)
    let name = fields.take(name, &reading)
    let description = fields.take(description, &reading)
    let tags = fields.take(tags, &reading)
    let seed = fields.take(seed, &reading)
    let limits = fields.take(limits, &reading)
    let topology = fields.take(topology, &reading)
    let latencies = fields.take(latencies, &reading)
    let processing = fields.take(processing, &reading)
    let protocolSection = fields.take(protocolSection, &reading)
    let workloads = fields.take(workloads, &reading)
    let faults = fields.take(faults, &reading)
    let deliveries = fields.take(deliveries, &reading)
    let timers = fields.take(timers, &reading)
    let assertions = fields.take(assertions, &reading)
    let expect = expectation(&fields, assertions ?? [], &reading)
    let capsule = fields.take(capsule, &reading)
    fields.close()
    var broken = fields.broken
    // What stands in for a section that cannot be read serves to find further mistakes only.
    if topology == nil { broken.insert("topology") }
    if protocolSection == nil { broken.insert("protocol") }
    return Scenario(
      name: name ?? Marked("", at: root.span), description: description, tags: tags ?? [],
      seed: seed,
      limits: limits ?? Limits(time: nil, events: nil),
      topology: topology ?? .standIn(at: root.span),
      latencies: latencies,
      processing: processing, protocolSection: protocolSection ?? .standIn(at: root.span),
      workloads: workloads ?? [],
      faults: faults ?? [], deliveries: deliveries ?? [], timers: timers ?? [],
      assertions: assertions ?? [], expectation: expect ?? .pass,
      capsule: capsule, order: order,
      parameters: reading.parameters.all, usedParameters: reading.usedParameters, cell: cell,
      isWhole: reading.diagnostics.isEmpty && reading.parameters.broken.isEmpty,
      brokenSections: broken,
      brokenNames: reading.brokenNames, span: root.span)
  }

  private static func order(_ node: MarkedNode?, _ reading: inout Reading) -> Marked<OrderText>? {
    node.flatMap { reading.read(VaryKeys.order.form, $0, of: VaryKeys.order.declaration) }
  }

  /// Reads `expect`; a bare `fail` is refused with the names that there are.
  private static func expectation(
    _ fields: inout Fields, _ assertions: [AssertionEntry], _ reading: inout Reading
  ) -> ExpectationText? {
    if let entry = fields.entry("expect"), entry.value.scalar?.text == "fail" {
      fields.skip("expect")
      let names = assertions.map { $0.name?.value ?? $0.defaultName }
      reading.report(.bareFail(at: entry.value.span, names: names))
      return nil
    }
    return fields.take(expect, &reading)
  }

  private static var versionForm: Form<Int64> {
    let words = [ValueGrammar.Word("1", "this version")]
    return Form<Int64>(.words(words), takesParameters: false) { node, reading in
      guard let text = reading.text(of: node, wanted: .scalar(.integer)) else { return nil }
      guard text == "1" else {
        reading.report(.unknownVersion(text, at: node.span))
        return nil
      }
      return 1
    }
  }
}

/// The keys of `limits`.
enum LimitsKeys {
  static let time = Key(
    "time", Form<Int64>.positiveDuration.marked, example: "700ms", absent: "`60s`",
    """
    The planned end in virtual time; its own instant is included. What is still open then is \
    inconclusive.
    """)
  static let events = Key(
    "events", Form<Int64>.int(1...1_000_000_000_000).marked, example: "1_000_000",
    absent: "`10_000_000`",
    "The emergency end: after so many events whatever has not failed is inconclusive.")

  static let table = KeyTable(
    "limits", "the section `limits`", in: "`limits`", keys: [time.declaration, events.declaration],
    hints: [.instead("duration", "write `time`"), .instead("steps", "write `events`")])

  static let form = Form<Limits>.mapping(table) { fields, reading in
    Limits(time: fields.take(time, &reading), events: fields.take(events, &reading))
  }
}

/// The keys of `expect`.
enum ExpectKeys {
  static let fail = Key(
    "fail", Form<[Marked<String>]>.oneOrMore(Form<String>.text.marked), example: "agreement",
    required: true, "The name of an assertion that must fail, or a list of names.")

  static let table = KeyTable(
    "expect", "the section `expect`", in: "`expect`", keys: [fail.declaration],
    hints: [.instead("pass", "write `expect: pass`")])

  static let form: Form<ExpectationText> = .either(
    scalar: wordForm,
    mapping: .mapping(table) { fields, reading in
      fields.take(fail, &reading).map { .fail($0) }
    })

  private static var wordForm: Form<ExpectationText> {
    let words = [ValueGrammar.Word("pass", "every assertion holds")]
    return Form<ExpectationText>(.words(words)) { node, reading in
      guard let text = reading.text(of: node, wanted: .words(words)) else { return nil }
      guard text == "pass" else {
        reading.report(.unknownWord(text, at: node.span, words: ["pass"], reading.key))
        return nil
      }
      return .pass
    }
  }
}
