internal import Diagnostics

/// The keys of an entry of `faults` that say what it does.
enum FaultKeys {
  static let partition = Key(
    "partition", PartitionKeys.form, example: "[left, right]",
    """
    Nodes cannot reach each other: a list of sides (names of nodes and groups, or lists of them; \
    `others` is the rest), a shape, `{isolate: WHOM}` or `{block: {from: WHOM, to: WHOM}}`. Every \
    node is on a side.
    """)
  static let crash = Key(
    "crash", SelectorForm.form.marked, example: "leader",
    """
    Nodes go down: state that is not durable, timers and messages in handling are lost, messages \
    that arrive meanwhile too. They come up again when the fault ends.
    """)
  static let restart = Key(
    "restart", SelectorForm.form.marked, example: "node1", "Nodes that are down come up.")
  static let pause = Key(
    "pause", SelectorForm.form.marked, example: "node1",
    "Nodes stand still: nothing is lost, timers and messages wait; messages run first at the end.")
  static let resume = Key(
    "resume", SelectorForm.form.marked, example: "node1", "Paused nodes go on.")
  static let slow = Key(
    "slow", Form<Fraction>.factor.marked, example: "4x", needs: [],
    "Nodes take a multiple of their handling times; `processing` must give them some.")
  static let loss = Key(
    "loss", Form<Marked<Fraction>>.loss, example: "10%",
    "Messages are lost by chance; `100%` loses every one.")
  static let duplicate = Key(
    "duplicate", Form<Fraction>.percentage.marked, example: "10%",
    "Messages arrive twice by chance.")
  static let reorder = Key(
    "reorder", ReorderKeys.form, example: "10%",
    "Messages leave the order of their link by chance and take longer.")
  static let delay = Key(
    "delay", LawKeys.form.marked, example: "30ms", "Messages take longer by this.")
  static let heal = Key(
    "heal", Form<String>.label.marked, example: "split", "Another fault, by its name, ends.")

  static let linkKinds = ["loss", "duplicate", "reorder", "delay"]
  static let lastingKinds = ["partition", "crash", "pause", "slow"] + linkKinds
  static let kinds = lastingKinds + ["restart", "resume", "heal"]

  static let disk = Key(
    "disk", Form<DiskWord>.words, example: "wipe", absent: "`keep`", needs: [.anyOf(["crash"])],
    "What becomes of the disks of crashing nodes.")
  static let nodes = Key(
    "nodes", SelectorForm.form.marked, example: "node4", needs: [.anyOf(["slow"])],
    "Which nodes are slow.")
  static let links = Key(
    "links", FaultLinksKeys.form, example: "{from: node1, to: all}", absent: "`all`",
    needs: [.anyOf(linkKinds)], "Which links misbehave.")
  static let mode = Key(
    "mode", Form<ModeWord>.words, example: "hold", absent: "`drop`",
    needs: [.anyOf(["partition"])], "What becomes of messages across the partition.")
  static let factor = Key(
    "factor", Form<Fraction>.factor.marked, example: "10x",
    needs: [.anyOf(["partition"]), .value("mode", ["slow"], orAbsent: false)],
    "By what a slow partition multiplies latencies; `mode: slow` needs it.")
  static let oneWay = Key(
    "one_way", Form<Bool>.boolean.marked, example: "true", absent: "`false`",
    needs: [.anyOf(["partition"])],
    "Whether only the first side cannot reach the second, which still reaches the first.")
  static let inFlight = Key(
    "in_flight", Form<InFlightWord>.words, example: "deliver", absent: "`drop`",
    needs: [.anyOf(["partition"]), .value("mode", ["drop"], orAbsent: true)],
    "What becomes of messages that are on their way when the partition starts.")

  /// The keys above, in the order of the reference.
  static let declarations = [
    partition.declaration, mode.declaration, factor.declaration, oneWay.declaration,
    inFlight.declaration, crash.declaration, disk.declaration, restart.declaration,
    pause.declaration, resume.declaration, slow.declaration, nodes.declaration, loss.declaration,
    duplicate.declaration, reorder.declaration, delay.declaration, links.declaration,
    heal.declaration,
  ]

  /// Reads the kind of fault with the keys that belong to it.
  static func kind(_ fields: inout Fields, _ reading: inout Reading) -> FaultEntry.Kind? {
    let partition = partition(&fields, &reading)
    let links = fields.take(links, &reading) ?? LinksText(which: .all)
    let linkKind = linkKind(&fields, links, &reading)
    let nodeKind = nodeKind(&fields, &reading)
    return partition.map { .partition($0) } ?? linkKind ?? nodeKind
  }

  private static func partition(
    _ fields: inout Fields, _ reading: inout Reading
  ) -> PartitionText? {
    let shape = fields.take(partition, &reading)
    let mode = fields.take(mode, &reading)
    let factor = fields.take(factor, &reading)
    let isOneWay = fields.take(oneWay, &reading)
    let inFlight = fields.take(inFlight, &reading)
    guard let shape, let entry = fields.entry("partition") else { return nil }
    return PartitionText(
      shape: shape, span: entry.value.span, isOneWay: isOneWay, mode: mode ?? .drop,
      factor: factor, inFlight: inFlight ?? .drop)
  }

  private static func linkKind(
    _ fields: inout Fields, _ links: LinksText, _ reading: inout Reading
  ) -> FaultEntry.Kind? {
    let loss = fields.take(loss, &reading)
    let duplicate = fields.take(duplicate, &reading)
    let reorder = fields.take(reorder, &reading)
    let delay = fields.take(delay, &reading)
    if let loss { return .loss(loss, links) }
    if let duplicate { return .duplicate(duplicate, links) }
    if let reorder { return .reorder(reorder, links) }
    return delay.map { .delay($0, links) }
  }

  private static func nodeKind(
    _ fields: inout Fields, _ reading: inout Reading
  ) -> FaultEntry.Kind? {
    let crash = fields.take(crash, &reading)
    let disk = fields.take(disk, &reading)
    let restart = fields.take(restart, &reading)
    let pause = fields.take(pause, &reading)
    let resume = fields.take(resume, &reading)
    let slow = fields.take(slow, &reading)
    let nodes = fields.take(nodes, &reading)
    let heal = fields.take(heal, &reading)
    if let crash { return .crash(crash, disk: disk ?? .keep) }
    if let restart { return .restart(restart) }
    if let pause { return .pause(pause) }
    if let resume { return .resume(resume) }
    if let slow, let nodes { return .slow(nodes, factor: slow) }
    return heal.map { .heal($0) }
  }
}

/// The keys of an entry of `faults` that say when it acts and on what.
enum FaultTimeKeys {
  static let name = Key(
    "name", Form<String>.label.marked, example: "split", absent: "its kind and place",
    "A name: the fault is then also a window of time, `split.start` and `split.end` are its ends.")
  static let at = Key(
    "at", Form<[Marked<Int64>]>.oneOrMore(Form<Int64>.instant.marked), example: "100ms",
    "When it fires, one instant or a list; beside `every`: when it fires first.")
  static let every = Key(
    "every", Form<Int64>.positiveDuration.marked, example: "500ms",
    "It fires again and again, first after one such time or at `at`.")
  static let jitter = Key(
    "jitter", Form<Int64>.duration.marked, example: "50ms", absent: "`0ms`",
    needs: [.anyOf(["every"])], "Each firing is later by a drawn time from 0 to this.")
  static let condition = Key(
    "when", Form<ExpressionText>.expression, example: "node1.role == \"leader\"",
    "It fires right after the event in which this becomes true.")
  static let times = Key(
    "times", Form<Int64>.int(1...1_000_000).marked, example: "2", absent: "`1`",
    needs: [.anyOf(["when"])], "How often it fires at the most: at so many rising edges.")
  static let deadline = Key(
    "deadline", Form<Int64>.instant.marked, example: "1s", absent: "none",
    needs: [.anyOf(["when"])], "The last instant at which it fires.")
  static let on = Key(
    "on", MomentKeys.form, example: "{delivered: {kind: commit, to: node3}}",
    "It fires right after the event of a chosen message.")
  static let duration = Key(
    "for", Form<Int64>.positiveDuration.marked, example: "400ms", absent: "it lasts to the end",
    needs: [.anyOf(FaultKeys.lastingKinds)], "How long it lasts.")
  static let until = Key(
    "until", Form<Int64>.instant.marked, example: "500ms", absent: "it lasts to the end",
    needs: [.anyOf(FaultKeys.lastingKinds + ["every"])],
    "When it ends; beside `every`: the last instant at which it fires.")
  static let messages = Key(
    "messages", MessageKeys.form, example: "{kind: commit, from: node1, to: node3, nth: 2}",
    absent: "every message", needs: [.anyOf(["partition"] + FaultKeys.linkKinds)],
    "Which messages it is narrowed to.")
  static let mayBeIdle = Key(
    "may_be_idle", Form<String>.reason.marked, example: "the cut may come after the last message",
    absent: "a fault that touches nothing makes the run vacuous",
    "Why it is all right that the fault touches nothing.")

  static let triggers = ["at", "every", "when", "on"]

  static let table = KeyTable(
    "fault", "a fault", in: "an entry of `faults`",
    keys: [name.declaration] + FaultKeys.declarations + [
      at.declaration, every.declaration, jitter.declaration, condition.declaration,
      times.declaration, deadline.declaration, on.declaration, duration.declaration,
      until.declaration, messages.declaration, mayBeIdle.declaration,
    ],
    choices: [
      .init("what it does", FaultKeys.kinds, required: true),
      .init("when it fires", triggers, required: true, exclusive: false),
      .init("what it waits for", ["every", "when", "on"], required: false),
      .init("what it waits for", ["at", "when", "on"], required: false),
    ],
    companions: [.init(of: "slow", "nodes"), .init(of: "mode", words: ["slow"], "factor")],
    hints: [
      .later("clock"), .later("sync"), .later("corrupt"), .later("bandwidth"),
      .instead("isolate", "write `partition: {isolate: WHOM}`"),
      .instead("block", "write `partition: {block: {from: WHOM, to: WHOM}}`"),
      .instead("drop", "write `loss`, such as `loss: 10%`; `loss: 100%` loses every message"),
      .instead("lose", "write `loss`, such as `loss: 10%`"),
      .instead("kill", "write `crash`, such as `crash: leader`"),
      .instead("stop", "write `crash`, or `pause`, which loses nothing"),
      .instead("fail", "write `crash`, such as `crash: leader`"),
      .instead("recover", "write `restart`, such as `restart: node1`"),
      .instead("freeze", "write `pause`, such as `pause: node1`"),
      .instead("split", "write `partition`, such as `partition: [left, right]`"),
      .instead("latency", "write `delay`, such as `delay: 30ms`"),
      .instead("start", "write `at`"), .instead("duration", "write `for`"),
      .instead("end", "write `until`"), .instead("after", "write `at`"),
      .instead("node", "write the nodes behind the kind: `crash: node1`"),
      .instead("link", "write `links`"),
    ])

  static let form = Form<FaultEntry>.mapping(table) { fields, reading in
    let timing = (triggers + ["jitter", "times", "deadline"]).compactMap { fields.entry($0) }
    let keyword = fields.first(of: FaultKeys.kinds)
    let name = fields.take(name, &reading)
    let kind = FaultKeys.kind(&fields, &reading)
    let trigger = trigger(&fields, &reading)
    let duration = fields.take(duration, &reading)
    let until = fields.take(until, &reading)
    let messages = fields.take(messages, &reading)
    let mayBeIdle = fields.take(mayBeIdle, &reading)
    if let first = fields.entry("for"), let second = fields.entry("until"), !fields.has("every") {
      reading.report(.twoEnds(second.key, first.key))
    }
    guard let keyword, let kind, let trigger else { return nil }
    return FaultEntry(
      name: name, keyword: Marked(keyword.key.text, at: keyword.key.span), kind: kind,
      trigger: trigger, duration: duration, until: until, messages: messages,
      mayBeIdle: mayBeIdle, triggerText: TriggerText.key(of: timing),
      span: reading.headSpan(of: fields.node))
  }

  private static func trigger(
    _ fields: inout Fields, _ reading: inout Reading
  ) -> TriggerText? {
    let at = fields.take(at, &reading)
    let every = fields.take(every, &reading)
    let jitter = fields.take(jitter, &reading)
    let condition = fields.take(condition, &reading)
    let times = fields.take(times, &reading)
    let deadline = fields.take(deadline, &reading)
    let on = fields.take(on, &reading)
    if let every {
      if let at, at.count > 1 { reading.report(.severalStarts(at[1].span)) }
      return .every(every, first: at?.first, jitter: jitter)
    }
    if let condition { return .condition(condition, times: times, deadline: deadline) }
    if let on { return .message(on) }
    return at.map { .at($0) }
  }
}
