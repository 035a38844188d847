import SystemModel

/// A trace made by hand that has every kind of record, and the plan and words behind it.
enum SampleTrace {
  static let description = ProtocolDescription(
    name: "sample", summary: "Only tests run it.", source: "none", assumptions: [], guarantees: [],
    family: .consensus,
    messages: [
      MessageDeclaration("ping", [.init("term", .int), .init("value", .symbol)], "Asks."),
      MessageDeclaration("pong", [], "Answers."),
    ],
    timers: [TimerDeclaration("retry", "Asks again.")],
    fields: [
      FieldDeclaration("role", .word(["follower", "leader"]), "Its role."),
      FieldDeclaration("vote", .node, nullable: true, "Its vote."),
      FieldDeclaration("ready", .bool, "Whether it is ready."),
      FieldDeclaration("queue", .nodeList, "Who waits."),
      FieldDeclaration("since", .duration, "How long."),
    ],
    calls: [
      CallDeclaration(
        "propose", [.init("value", .symbol, "What."), .init("hold", .duration, "How long.")],
        result: .symbol, "Proposes."),
      CallDeclaration("acquire", [], "Acquires."),
      CallDeclaration("count", [], result: .int, "Counts."),
      CallDeclaration("ask", [], result: .bool, "Asks."),
    ],
    observations: [
      ObservationDeclaration("decided", .init("value", .symbol), "It has decided."),
      ObservationDeclaration("synced", nil, "It is in sync."),
    ])

  static let plan: SystemPlan = {
    var symbols = SymbolTable()
    _ = symbols.number(of: "scale_up")
    let names = ["node1", "node2", "node3"]
    func fault(_ name: String) -> Fault {
      Fault(name: name, key: 1, action: .heal(0), trigger: .at(.start))
    }
    return SystemPlan(
      topology: Topology(names: names),
      links: LinkPolicies(
        policies: [LinkPolicy(latency: [.constant(.milliseconds(10))])], nodeCount: 3),
      faults: [fault("split"), fault("heal-2")], parameterRows: [[]], parameterRow: [0, 0, 0],
      symbols: symbols, watchedFields: Array(repeating: true, count: 5))
  }()

  static func ms(_ count: Int64) -> Int64 { count * 1_000_000 }
  static let one = NodeID(0)
  static let two = NodeID(1)
  static let three = NodeID(2)

  static func record(
    _ kind: TraceRecord.Kind, _ at: Int64, _ from: NodeID, _ to: NodeID, id: Int64 = 0,
    code: UInt8 = 0, reason: DropReason = .none, head: Bool = false, logical: Bool = false,
    fault: Int32 = TraceRecord.noFault, _ words: Int64...
  ) -> TraceRecord {
    let padded = words + [0, 0, 0]
    return TraceRecord(
      kind, at: at, from: from, to: to, id: id, code: code, reason: reason.rawValue,
      flags: (head ? 1 : 0) | (logical ? 2 : 0), fault: fault, first: padded[0],
      second: padded[1], third: padded[2])
  }

  /// The start and a call that makes node1 ask the others.
  static let opening: [TraceRecord] = [
    record(.started, 0, one, one, head: true),
    record(.fieldChanged, 0, one, one, code: 0, 0),
    record(.fieldChanged, 0, one, one, code: 1, WordType.absent),
    record(.fieldChanged, 0, one, one, code: 2, 0),
    record(.fieldChanged, 0, two, two, code: 0, 0),
    record(.callInvoked, 0, one, one, id: 0, code: 0, head: true, 0, WordType.absent),
    record(.sent, 0, one, two, id: 1, logical: true, 1, 0),
    record(.sent, 0, one, three, id: 2, 1, 0),
    record(.duplicated, 0, one, three, id: 3, fault: 1, 2),
    record(.delayed, 0, one, three, id: 3, fault: 1, 1, 0),
    record(.dropped, 0, one, three, id: 2, reason: .loss, 1, 0),
  ]

  /// What comes of it, with faults.
  static let middle: [TraceRecord] = [
    record(.delivered, ms(10), one, two, id: 1, head: true, 1, 0),
    record(.handling, ms(10), two, two, 1),
    record(.faultStarted, ms(12), one, one, id: 0, head: true, fault: 0),
    record(.crashed, ms(12), three, three, fault: 0, 1),
    record(.paused, ms(12), one, one, fault: 0),
    record(.slowed, ms(12), two, two, fault: 0),
    record(.handled, 35_250_000, one, two, id: 1, head: true, 1, 0),
    record(.handling, 35_250_000, two, two, 0),
    record(.fieldChanged, 35_250_000, two, two, code: 0, 1),
    record(.fieldChanged, 35_250_000, two, two, code: 1, 0),
    record(.fieldChanged, 35_250_000, two, two, code: 4, 1500),
    record(.listChanged, 35_250_000, two, two, id: 5, code: 3, 0, 1, 2),
    record(.continued, 35_250_000, two, two, id: 5, code: 3, 0, 1),
    record(.observed, 35_250_000, two, two, code: 0, 0),
    record(.sent, 35_250_000, two, one, id: 4, code: 1, logical: true),
    record(.held, 35_250_000, two, one, id: 4, code: 1, fault: 0),
    record(.sent, 35_250_000, two, three, id: 5, code: 1, logical: true),
    record(.dropped, 35_250_000, two, three, id: 5, code: 1, reason: .cut, fault: 0),
    record(.faultStarted, ms(50), one, one, id: 1, head: true, fault: 1),
    record(.faultEnded, ms(50), one, one, id: 0, fault: 0, 1),
    record(.restarted, ms(50), three, three, fault: 0),
    record(.resumed, ms(50), one, one, fault: 0),
    record(.unslowed, ms(50), two, two, fault: 0),
    record(.released, ms(50), two, one, id: 4, code: 1, fault: 0),
    record(.faultEnded, ms(50), one, one, id: 1, fault: 1, -1),
  ]

  /// The rest.
  static let closing: [TraceRecord] = [
    record(.timerFired, ms(55), two, two, head: true),
    record(.listChanged, ms(55), two, two, id: 1, code: 3, 2),
    record(.listChanged, ms(55), two, two, id: 0, code: 3),
    record(.delivered, ms(60), two, one, id: 4, code: 1, head: true),
    record(.callCompleted, ms(60), one, one, id: 0, code: CallOutcome.ok.rawValue, 0),
    record(.observed, ms(60), one, one, code: 1, WordType.absent),
    record(.fieldChanged, ms(60), one, one, code: 1, 0),
    record(.fieldChanged, ms(60), one, one, code: 2, 1),
    record(.fieldChanged, ms(60), two, two, code: 4, 2_000_000),
    record(.delivered, ms(60), two, one, id: 99, code: 1, head: true),
    record(.callInvoked, ms(65), three, three, id: 1, code: 1, head: true),
    record(.timerFired, ms(70), three, three, head: true),
    record(.callReached, ms(70), three, three, id: 1, code: 1, head: true),
    record(
      .callCompleted, ms(70), three, three, id: 1, code: CallOutcome.fail.rawValue,
      WordType.absent),
    record(.callInvoked, ms(80), one, one, id: 2, code: 2, head: true),
    record(.callCompleted, ms(80), one, one, id: 2, code: CallOutcome.ok.rawValue, 42),
    record(.callInvoked, ms(80), one, one, id: 3, code: 3, head: true),
    record(.callCompleted, ms(80), one, one, id: 3, code: CallOutcome.ok.rawValue, 1),
    record(.dropped, ms(90), one, three, id: 3, reason: .down, head: true, 1, 0),
    record(.ended, ms(100), one, one, code: RunEnd.time.rawValue, head: true),
  ]

  static let bindings = [
    FaultBinding(fault: 0, nodes: [one, three]), FaultBinding(fault: 1, nodes: []),
  ]

  /// The trace in parts.
  static let parts: [Trace] = [opening, middle, closing].map { records in
    var trace = Trace()
    trace.records = ContiguousArray(records)
    trace.bindings = bindings
    return trace
  }

  /// The trace in one part.
  static let whole: Trace = {
    var trace = Trace()
    trace.records = ContiguousArray(opening + middle + closing)
    trace.bindings = bindings
    return trace
  }()
}
