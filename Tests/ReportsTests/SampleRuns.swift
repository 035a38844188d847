import Analysis
import Diagnostics
import Reports
import SystemModel
import TestSupport

/// Runs made by hand, one for each way a run can end.
enum SampleRuns {
  /// A message that carries what is told of, a copy.
  private static func told(_ message: MessageEvidence, leftOut: Int) -> MessageEvidence {
    var message = message
    message.isCopy = true
    message.telling = ["value: \"scale_down\""]
    message.leftOutBefore = leftOut
    return message
  }

  static func at(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: milliseconds * 1_000_000)
  }

  static let code = DiagnosticCode(
    "E0999", "a sample", explanation: "Only tests report it.", wrong: "a", right: "b")

  /// A run of a text with marks, whose spans are handed to the caller.
  static func run(
    _ file: String, name: String, marked: String, cell: [ReportedRun.Setting] = [],
    seed: UInt64 = 7, _ result: (inout RunResult, [SourceSpan]) -> Void
  ) -> ReportedRun {
    let text = MarkedText(marked)
    var found = RunResult(
      name: name, seed: seed, end: .quiescence, endedAt: .start,
      topology: Topology(names: ["node1", "node2", "node3"]), traceHash: 0x0123_4567_89AB_CDEF)
    result(&found, text.spans())
    return ReportedRun(
      file: file, name: name, tags: ["sample"], cell: cell, seed: seed,
      command: RepeatCommand(file: file, seed: seed, settings: cell),
      sources: SourceMap([SourceFile(name: file, text: text.text)]), ending: .judged(found))
  }

  /// An explanation that has everything.
  static let explained: Why = {
    var why = Why()
    why.states = 12
    why.trueStates = 11
    why.windowsOpened = 2
    why.windowsClosed = 1
    why.firstOpened = at(0)
    why.lastOpened = at(90)
    why.asked = 3
    why.answered = 3
    why.firstAnswer = .init(since: at(10), came: at(30))
    why.tightest = .init(
      since: at(40), came: at(90), slack: Duration(nanoseconds: 10_000_000))
    why.closest = [
      .init(comparison: "n.term <= 3", left: "3", right: "3", distance: "0", at: at(60))
    ]
    var reading = Why.Reading(name: "node1.term", value: "1")
    reading.last = "3"
    reading.changes = 2
    reading.firstChange = at(20)
    reading.lastChange = at(60)
    reading.values = ["1", "2", "3"]
    why.readings = [reading, Why.Reading(name: "node2.term", value: "1")]
    why.subjects = 5
    why.subject = "a release"
    why.facts = [
      .init("it mattered", "5 releases"),
      .init(
        "closest",
        "5ms: the last arrival at generation 1 was at 10ms, the first release at 15ms"),
    ]
    return why
  }()

  // MARK: Pass

  /// The barrier of the fourth documented diagram.
  static let pass = run(
    "scenarios/barrier/stragglers.yaml", name: "barrier with stragglers",
    marked: "version: 1\nassertions:\n  - «no-early-release»\n  - {metric: x, is: < 3}\n"
  ) { result, spans in
    let works: [Int64] = [50, 75, 180, 60, 200]
    let names = (1...5).map { "node\($0)" } + ["coordinator"]
    result.topology = Topology(
      names: names, groups: [.init(name: "fast", nodes: NodeSet([NodeID(0), NodeID(1)]))])
    result.endedAt = at(200)
    result.events = 31
    result.assertions = [
      AssertionResult(
        name: "no-early-release", form: "invariant", verdict: .pass, span: spans[0],
        evaluations: 31, opportunities: 5),
      AssertionResult(
        name: "few messages", form: "metric", verdict: .pass, evaluations: 1, opportunities: 1),
    ]
    result.assertions[0].why = explained
    var other = Why()
    other.firstAnswer = .init(since: at(10), came: at(30), slack: .zero)
    other.tightest = .init(since: at(10), came: at(30))
    result.assertions[1].why = other
    result.metrics = [
      .init(name: "barrier.release_time", value: .duration(200_000_000)),
      .init(name: "barrier.utilisation", value: .ratio(0.565)),
      .init(name: "messages.kind.arrive.logical", value: .count(5)),
      .init(name: "messages.kind.arrive.wire", value: .count(5)),
      .init(name: "messages.kind.release.logical", value: .count(1)),
      .init(name: "messages.kind.release.wire", value: .count(5)),
      .init(name: "messages.link.coordinator.node1.wire", value: .count(1)),
      .init(name: "messages.link.node1.coordinator.dropped", value: .count(0)),
      .init(name: "messages.link.node1.coordinator.wire", value: .count(2)),
      .init(name: "messages.logical", value: .count(11)),
      .init(name: "messages.wire", value: .count(15)),
    ]
    result.timeline = works.enumerated().map { place, work in
      var bars = [NodeTimeline.Bar(activity: .working, start: .start, end: at(work))]
      if work < 200 { bars.append(.init(activity: .waiting, start: at(work), end: at(200))) }
      return NodeTimeline(node: NodeID(place), bars: bars)
    }
    let arrivals: [Int64] = [50, 60, 75, 180, 200]
    result.series = [
      StepSeries(
        name: "arrived at coordinator", limit: 5,
        steps: arrivals.enumerated().map { .init(at: at($1), value: Int64($0 + 1)) }
          + [.init(at: at(200), value: 0)])
    ]
    result.calls = works.enumerated().map { place, work in
      CallResult(
        id: place, call: "work",
        node: NodeID(place), arguments: [.init(name: "duration", value: "\(work)ms")],
        invoked: .start, completed: at(200), outcome: .ok, value: nil)
    }
  }

  // MARK: Fail

  static let failText = """
    version: 1
    faults:
      - «name: split»
        at: 100ms
    assertions:
      - «agreement»
      - name: a leader in time
        «eventually: node1.role == "leader" &&
          node1.term == 2»
      - {«always»: node2.term > 0}

    """

  /// Two messages lost.
  private static var droppedTwo: FaultResult.Ledger {
    var ledger = FaultResult.Ledger()
    ledger.dropped = 2
    return ledger
  }

  /// Two proposers that commit different values.
  static let fail = run(
    "scenarios/consensus/duel.yaml", name: "duelling proposers", marked: failText
  ) { result, spans in
    result.drawn = DrawnConfiguration(
      values: [.init(name: "cut_at", text: "73ms"), .init(name: "victim", text: "node2")],
      leftOut: ["split", "crash in line 14"],
      order: "pct {depth: 3, window: 50ms, messages: 100}")
    result.verdict = .fail
    result.outcome = .fail
    result.endedAt = at(1500)
    result.end = .time
    result.events = 48
    result.assertions = [
      AssertionResult(
        name: "agreement", form: "invariant", verdict: .fail, span: spans[1],
        reason: "node1 has decided \"scale_up\" and node3 \"scale_down\"",
        evidence: Evidence(
          at: at(131), record: nil, event: "node3 handles commit(term: 1) from node2",
          readings: [
            .init(name: "node1.value", value: "\"scale_up\""),
            .init(name: "node3.value", value: "\"scale_down\""),
          ], activeFaults: ["split"],
          faultsSoFar: [FaultSoFar(name: "split", ledger: droppedTwo)],
          nodes: [NodeID(0), NodeID(2)],
          messages: [
            MessageEvidence(
              id: 4, text: "promise(term: 1)", from: NodeID(1), to: NodeID(0), sent: nil,
              seen: at(50)),
            told(
              MessageEvidence(
                id: 12, text: "commit(term: 1, value: \"scale_down\")", from: NodeID(1),
                to: NodeID(2), sent: at(101), seen: at(131)), leftOut: 3),
            told(
              MessageEvidence(
                id: 13,
                text: "commit(term: 1, of: node1, to: \"all of them, and more\", for: 5000ms, "
                  + "since: 100ms, value: \"scale_down\", last: 5)",
                from: NodeID(1), to: NodeID(2), sent: at(101), seen: at(131)), leftOut: 0),
            MessageEvidence(
              id: 14, text: "ack(term: 1)", from: NodeID(2), to: NodeID(0), sent: at(131),
              seen: nil),
          ]), evaluations: 30, opportunities: 1),
      AssertionResult(
        name: "a leader in time", form: "eventually", verdict: .fail, span: spans[2],
        reason: "it did not become true within 300ms",
        evidence: Evidence(
          at: at(400), record: nil, event: "the deadline passed", windowOpened: at(100),
          readings: [.init(name: "node1.role", value: "\"candidate\"")], nodes: [NodeID(0)]),
        evaluations: 20, opportunities: 1),
      AssertionResult(
        name: "node2.term > 0", form: "always", verdict: .pass, span: spans[3], evaluations: 48,
        opportunities: 1),
    ]
    result.metrics = [.init(name: "messages.wire", value: .count(24))]
    var ledger = FaultResult.Ledger()
    ledger.dropped = 12
    ledger.held = 1
    ledger.delayed = 2
    ledger.duplicated = 3
    ledger.nodeTimeLost = 400_000_000
    ledger.callsTouched = 1
    ledger.repaired = 1
    result.faults = [
      FaultResult(
        name: "split", verdict: .pass, span: spans[0], fired: 1,
        windows: [.init(start: at(100), end: at(500), targets: [NodeID(0), NodeID(1)])],
        ledger: ledger),
      FaultResult(
        name: "crash-1", verdict: .pass, fired: 2,
        windows: [
          .init(start: at(600), end: at(600), targets: []),
          .init(start: at(1400), end: nil, targets: [NodeID(2)]),
        ], ledger: ledger),
    ]
    result.timeline = [
      NodeTimeline(
        node: NodeID(0),
        bars: [
          .init(activity: .candidate, start: .start, end: at(250)),
          .init(activity: .handling, start: at(190), end: at(210)),
          .init(activity: .leading, start: at(250), end: at(1500), isOpen: true),
        ]),
      NodeTimeline(
        node: NodeID(1), bars: [.init(activity: .handling, start: at(50), end: at(51))]),
      NodeTimeline(
        node: NodeID(2),
        bars: [
          .init(activity: .inside, start: at(300), end: at(1450)),
          .init(activity: .paused, start: at(700), end: at(800)),
          .init(activity: .down, start: at(1400), end: at(1500), isOpen: true),
        ]),
    ]
    result.calls = [
      CallResult(
        id: 0, call: "propose", node: NodeID(0),
        arguments: [.init(name: "value", value: "\"scale_up\"")], invoked: .start,
        completed: at(130), outcome: .ok, value: "\"scale_up\""),
      CallResult(
        id: 1, call: "propose", node: NodeID(2),
        arguments: [.init(name: "value", value: "\"scale_down\"")], invoked: at(1),
        completed: at(1400), outcome: .info, value: nil),
      CallResult(
        id: 2, call: "propose", node: NodeID(2), arguments: [], invoked: at(1450), completed: nil,
        outcome: .pending, value: nil),
    ]
    result.callsLeftOut = 2
  }

  /// The same, as the scenario expects.
  static let expectedFailure: ReportedRun = {
    var run = fail
    guard case .judged(var result) = run.ending else { return run }
    result.assertions = [result.assertions[0], result.assertions[2]]
    result.assertions[0].isExpectedToFail = true
    result.verdict = .pass
    run.ending = .judged(result)
    return run
  }()

  /// A scenario whose assertion should fail and does not.
  static let unexpectedPass = run(
    "scenarios/consensus/paxos.yaml", name: "duelling proposers under paxos",
    marked: "assertions:\n  - «agreement»\nexpect: {fail: agreement}\n"
  ) { result, spans in
    result.verdict = .fail
    result.endedAt = at(145)
    result.metrics = [.init(name: "messages.wire", value: .count(1))]
    result.assertions = [
      AssertionResult(
        name: "agreement", form: "invariant", verdict: .pass, span: spans[0],
        isExpectedToFail: true, evaluations: 9, opportunities: 2)
    ]
  }

  // MARK: Neither

  static let vacuous = run(
    "scenarios/election/idle.yaml", name: "a fault that touches nothing",
    marked: "faults:\n  - «name: late»\n  - «partition»: halves\nassertions:\n  - «{always: x}»\n"
      + "timers:\n  - «{node: node1, timer: hold, nth: 9, takes: 1ms}»\n"
  ) { result, spans in
    result.verdict = .vacuous
    result.outcome = .vacuous
    result.endedAt = Instant(nanoseconds: 700_000_001)
    result.assertions = [
      AssertionResult(
        name: "x", form: "always", verdict: .vacuous, span: spans[2],
        reason: "no window opened: fault late never fired"),
      AssertionResult(
        name: "election-safety", form: "invariant", verdict: .vacuous,
        reason: "nobody became leader", excuse: "node1 is alone"),
    ]
    result.metrics = [.init(name: "messages.wire", value: .count(0))]
    result.faults = [
      FaultResult(
        name: "late", verdict: .vacuous, span: spans[0], fired: 0, windows: [], ledger: .init()),
      FaultResult(
        name: "partition-2", verdict: .vacuous, span: spans[1], fired: 1,
        windows: [.init(start: at(650), end: at(660), targets: [])], ledger: .init()),
      FaultResult(
        name: "meant", verdict: .pass, fired: 1,
        windows: [.init(start: at(1), end: at(2), targets: [])],
        ledger: .init(), excuse: "shows that nothing is sent before T1"),
    ]
    result.idleEntries = [
      IdleEntry(
        place: 0, name: "the 9th timer hold of node1", verdict: .vacuous, span: spans[3]),
      IdleEntry(
        place: 1, name: "the 2nd commit from node1 to node3", verdict: .pass,
        excuse: "it may be over"),
    ]
    result.remarks = [
      "the fault late never fired", "the fault partition-2 touched nothing",
      "the 9th timer hold of node1 never occurred",
    ]
  }

  static let inconclusive = run(
    "scenarios/election/short.yaml", name: "too short a run",
    marked: "assertions:\n  - {«eventually: leader != null», within: 1s}\n"
  ) { result, spans in
    result.drawn = DrawnConfiguration(leftOut: [])
    result.verdict = .inconclusive
    result.outcome = .inconclusive
    result.end = .time
    result.endedAt = at(100)
    result.assertions = [
      AssertionResult(
        name: "leader != null", form: "eventually", verdict: .inconclusive, span: spans[0],
        reason: "its window was open when the run ended",
        evidence: Evidence(
          at: at(100), record: nil, event: "the run ended", windowOpened: .start,
          readings: [.init(name: "leader", value: "null")]), evaluations: 12, opportunities: 1)
    ]
    result.metrics = [.init(name: "messages.wire", value: .count(3))]
  }

  /// The emergency end.
  static let endless: ReportedRun = {
    var run = inconclusive
    guard case .judged(var result) = run.ending else { return run }
    run.name = "a run without an end"
    result.end = .events
    result.events = 1_000
    result.assertions[0].span = nil
    result.faults = [
      FaultResult(
        name: "late", verdict: .inconclusive, fired: 0, windows: [], ledger: .init())
    ]
    result.remarks = ["the run was cut off before the fault late touched anything"]
    run.ending = .judged(result)
    return run
  }()

  static let error = run(
    "scenarios/election/null.yaml", name: "a field of null",
    marked: "faults:\n  - when: «leader.up»\nassertions:\n  - always: «leader».term > 0\n"
  ) { result, spans in
    result.verdict = .error
    result.outcome = .error
    result.endedAt = at(40)
    result.assertions = [
      AssertionResult(
        name: "leader.term > 0", form: "always", verdict: .error, span: spans[1],
        reason: "its expression could not be evaluated",
        evidence: Evidence(at: .start, record: nil, event: "the run starts"), evaluations: 1,
        opportunities: 1,
        diagnostic: Diagnostic(
          code, "`leader` is null, which has no fields", at: spans[1], label: "null at 0s",
          help: "ask first: `leader != null && leader.term > 0`"))
    ]
    result.faults = [
      FaultResult(
        name: "crash-1", verdict: .error, span: spans[0], fired: 0, windows: [], ledger: .init(),
        diagnostic: Diagnostic(code, "`leader` is null", at: spans[0], label: "null at 0s"))
    ]
  }

  /// Diagnostics with everything that one can have, and with as little as possible.
  static let labelled: ReportedRun = {
    var run = error
    guard case .judged(var result) = run.ending else { return run }
    let place = SourceSpan(start: 0, end: 6)
    let full = Diagnostic(
      code, "twice", at: place, label: "again", labels: [.init(place, "first")], notes: ["a fact"],
      help: "do this")
    let bare = Diagnostic(code, "nowhere", at: nil)
    result.assertions[0].diagnostic = full
    result.assertions.append(result.assertions[0])
    result.assertions[1].diagnostic = bare
    result.assertions[1].why = Why()
    result.faults[0].diagnostic = full
    result.faults.append(result.faults[0])
    result.faults[1].diagnostic = bare
    result.series = [
      StepSeries(name: "in the queue", limit: nil, steps: [.init(at: at(1), value: 3)])
    ]
    run.description = "All of it."
    run.capsule = "failures/split.seed-1.capsule.yaml"
    run.diagnostics.report(contentsOf: [full, bare])
    run.ending = .judged(result)
    return run
  }()

  // MARK: Not run

  static let invalid: ReportedRun = {
    let text = MarkedText("version: 1\n«topolgy»:\n  nodes: «3 nodes»\n")
    let sources = SourceMap([SourceFile(name: "scenarios/wrong.yaml", text: text.text)])
    var bag = DiagnosticBag()
    bag.report(
      Diagnostic(
        code, "unknown key `topolgy`", at: text.spans()[0], label: "not a key of a scenario",
        help: "the nearest key is `topology`"))
    bag.report(Diagnostic(code, "`3 nodes` is no number", at: text.spans()[1]))
    return ReportedRun(
      file: "scenarios/wrong.yaml", name: "scenarios/wrong.yaml", seed: nil,
      command: RepeatCommand(file: "scenarios/wrong.yaml", seed: nil), sources: sources,
      diagnostics: bag, ending: .refused)
  }()

  static let skipped = ReportedRun(
    file: "scenarios/late.yaml", name: "after the first failure", seed: 1,
    command: RepeatCommand(file: "scenarios/late.yaml", seed: 1), sources: SourceMap(),
    ending: .skipped("an earlier scenario failed (--fail-fast)"))

  /// Names that try to get at the terminal, the shell and the XML reader.
  static let hostile: ReportedRun = {
    let escape = "\u{1B}[31m\u{202E}\r\n<&\"']]>\u{0}\u{FFFE}`$(reboot)`"
    let long = String(repeating: "long ", count: 100)
    return run(
      "-a'b \(escape).yaml", name: escape + long, marked: "assertions:\n  - «always»: \(escape)\n",
      cell: [.init(name: "key", value: escape)], seed: .max
    ) { result, spans in
      result.verdict = .fail
      result.outcome = .fail
      result.assertions = [
        AssertionResult(
          name: escape, form: "always", verdict: .fail, span: spans[0],
          reason: escape + long + long,
          evidence: Evidence(
            at: .start, record: nil, event: escape,
            readings: [.init(name: escape, value: escape + long)], activeFaults: [escape],
            nodes: [NodeID(0)],
            messages: [
              MessageEvidence(
                id: 0, text: escape, from: NodeID(0), to: NodeID(1), sent: .start, seen: .start)
            ]))
      ]
      result.faults = [
        FaultResult(
          name: escape, verdict: .pass, fired: 0, windows: [], ledger: .init(), excuse: escape)
      ]
      result.remarks = [escape]
      result.metrics = [.init(name: escape, value: .ratio(.nan))]
    }
  }()

  /// One of each.
  static let all: [ReportedRun] =
    [pass, expectedFailure, fail, unexpectedPass, vacuous, inconclusive, endless, error, invalid]
    + [skipped] + sweep
}
