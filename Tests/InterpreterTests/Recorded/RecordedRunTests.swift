import Analysis
import Diagnostics
import SystemModel
import TestSupport
import Testing

@testable import Interpreter
@testable import Reports

/// Histories and the scenarios that judge them.
struct RecordedRunTests {
  /// A history judged by a scenario, or what is wrong with it.
  struct Judged {
    let result: RunResult?
    let text: String
  }

  static func judge(
    _ scenario: String, _ history: String, _ format: HistoryFormat? = nil
  ) throws -> Judged {
    let compiled = Interpreter.compile(SourceFile(name: "s.yaml", text: scenario))
    let found = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    let cell = try #require(compiled.cells.first, "\(found)")
    var sources = compiled.sources
    let log = SourceFile(name: "h.jsonl", text: history)
    let file = sources.add(log)
    let run = RecordedRun(log, file: file, format: format, for: cell.plan)
    return Judged(
      result: run.judged(), text: DiagnosticRenderer(sources).text(run.diagnostics))
  }

  static func scenario(
    _ assertions: String, protocol name: String = "abd-register", rest: String = ""
  ) -> String {
    """
    version: 1
    name: story
    topology: {nodes: 3}
    latencies: {default: 1ms}
    protocol: \(name)
    assertions: [\(assertions)]
    \(rest)
    """
  }

  @Test func `A budget that is too small is inconclusive`() throws {
    let scenario = Self.scenario("{invariant: linearizable, budget: 2}")
    let judged = try Self.judge(
      scenario, KnownHistoryTests.lines(KnownHistoryTests.rows[0].operations))
    let assertion = try #require(judged.result?.assertions.first)
    #expect(assertion.verdict == .inconclusive)
    #expect(assertion.reason.contains("budget of 2"))
    #expect(assertion.help?.contains("`{invariant: linearizable, budget: 20}`") == true)
  }

  @Test func `A register may hold something at first`() throws {
    let operations = KnownHistoryTests.lines("0 invoke read, 0 ok read 0")
    for (options, verdict) in [("", Verdict.fail), (", initial: 0", .pass)] {
      let scenario = Self.scenario("{invariant: linearizable\(options)}")
      #expect(try Self.judge(scenario, operations).result?.verdict == verdict)
    }
  }

  @Test func `A violation names the calls that cannot be placed`() throws {
    let judged = try Self.judge(
      Self.scenario("linearizable"),
      KnownHistoryTests.lines(
        "4 invoke write 7, 4 ok write 7, 0 invoke write 1, 0 ok write 1, "
          + "5 invoke read, 5 ok read 7"))
    let evidence = try #require(judged.result?.assertions.first?.evidence)
    #expect(evidence.at == Instant(nanoseconds: 6_000_000))
    #expect(
      evidence.readings.map { "\($0.name): \($0.value)" } == [
        #"calls[0] of client 4: 1ms..2ms node2 write(value: "7"), lines 1 and 2"#,
        #"calls[1] of client 0: 3ms..4ms node1 write(value: "1"), lines 3 and 4"#,
        #"calls[2] of client 5: 5ms..6ms node3 read() = "7", lines 5 and 6"#,
      ])
    #expect(
      judged.result?.assertions.first?.reason
        == #"read() = "7" at node3 (5ms..6ms) found what was no longer there: write(value: "1") at "#
        + #"node1 (3ms..4ms) came before it, and until then "7" was written only by "#
        + #"write(value: "7") at node2 (1ms..2ms), earlier still"#)
    #expect(evidence.nodes == [NodeID(0), NodeID(1), NodeID(2)])
    #expect(evidence.event == "call 2 at node3 ends: ok, line 6")
  }

  /// Expressions read the number of a process; clients of other names are told by these.
  @Test func `Clients have the names that the history gives them`() throws {
    let numbers = try Self.judge(
      Self.scenario("{at_end: 'calls.all(c, c.client == 7)'}"),
      KnownHistoryTests.lines("7 invoke write 7, 7 ok write 7"))
    #expect(numbers.result?.verdict == .pass)
    let names = try Self.judge(
      Self.scenario("linearizable", rest: "workloads: [{at: 1ms, node: node1, call: read}]"),
      """
      {"time": 1, "event": "invoke", "node": "node1", "client": "ann", "call": "write", "arguments": {"value": "x"}}

      {"time": 2, "event": "ok", "node": "node1", "client": "ann"}
      {"time": 3, "event": "invoke", "node": "node1", "client": "bob", "call": "read"}
      {"time": 4, "event": "ok", "node": "node1", "client": "bob", "value": null}
      """)
    let result = try #require(names.result, "\(names.text)")
    let readings = try #require(result.assertions.first?.evidence?.readings)
    #expect(readings.map(\.name) == ["calls[0] of client ann", "calls[1] of client bob"])
    #expect(readings[0].value.hasSuffix(", lines 1 and 3"))
    #expect(result.remarks.isEmpty)
  }

  @Test func `Evidence has the line of the event, and help speaks of the history`() throws {
    let judged = try Self.judge(
      Self.scenario("mutual-exclusion, {eventually: now > 1s}", protocol: "lamport-mutex"),
      """
      {"time": "1ms", "node": "node1", "event": "entered"}
      {"time": "2ms", "node": "node2", "event": "entered"}
      {"time": "2ms", "node": "node1", "event": "exited"}
      """)
    let result = try #require(judged.result, "\(judged.text)")
    let evidence = try #require(result.assertions[0].evidence)
    #expect(evidence.event == "node2: entered, line 2")
    #expect(
      evidence.readings == [
        .init(name: "node1 and node2 inside", value: "at 2ms, between two events of this instant")
      ])
    #expect(Advice.text(result.assertions[1], in: result).contains("judge a longer one"))
  }

  /// One history for each kind of argument, with the sentence that says it.
  @Test(arguments: [
    ("0 invoke read, 0 ok read 9", "found what no call has written and what was not there"),
    (
      "0 invoke write 9, 0 fail write 9, 1 invoke read, 1 ok read 9",
      "found what no call has written: write(value: \"9\") at node1 (1ms..2ms), which would have, ended `fail`"
    ),
    (
      "0 invoke read, 0 ok read 9, 1 invoke write 9, 1 ok write 9",
      "found what was written later only, first by write(value: \"9\")"
    ),
    (
      "0 invoke write 1, 0 ok write 1, 1 invoke read, 1 ok read null",
      "and until then null was there at the start only"
    ),
    (
      "0 invoke write 1, 0 ok write 1, 0 invoke cas [1,2], 1 invoke cas [1,3], 0 ok cas [1,2], 1 ok cas [1,3]",
      "replaced \"1\", which was there once only"
    ),
    (
      "0 invoke write 1, 0 info write 1, 1 invoke read, 1 ok read 1, 1 invoke write 2, "
        + "1 ok write 2, 1 invoke read, 1 ok read 1",
      "so that \"1\" was there before \"2\"; but"
    ),
  ])
  func `A violation says why`(operations: String, sentence: String) throws {
    for assertion in ["linearizable", "sequentially-consistent"] {
      let judged = try Self.judge(
        Self.scenario(assertion), KnownHistoryTests.lines(operations))
      let result = try #require(judged.result, "\(judged.text)").assertions[0]
      if result.verdict == .pass { continue }
      #expect(result.verdict == .fail)
      #expect(result.reason.contains(sentence), "\(result.reason)")
      if assertion == "linearizable" { return }
    }
    Issue.record("linearizable passes")
  }

  @Test func `Keywords and operations of the nemesis are taken as Jepsen has them`() throws {
    let judged = try Self.judge(
      Self.scenario("linearizable"),
      """
      {"process": "nemesis", "type": "info", "f": "start", "value": null, "time": 5, "index": 0}
      {"process": 0, "type": ":invoke", "f": ":write", "value": 3, "time": 10, "index": 1}
      {"process": 0, "type": ":ok", "f": ":write", "value": 3, "time": 20, "index": 2}
      {"process": 1, "type": ":invoke", "f": ":read", "value": null, "time": 25}
      {"process": 1, "type": ":info", "f": ":read", "value": "timed-out", "time": 30, "error": ["x"]}
      """)
    let result = try #require(judged.result, "\(judged.text)")
    #expect(result.verdict == .pass)
    #expect(
      result.remarks == [
        "operations of the nemesis that were passed over: 1", "what ended operations: x (1)",
      ])
    #expect(result.calls.map(\.outcome) == [.ok, .info])
  }

  @Test func `A history may have more clients than the scenario`() throws {
    let judged = try Self.judge(
      Self.scenario("linearizable", rest: "workloads: [{at: 0ms, node: node1, call: read}]"),
      KnownHistoryTests.lines("0 invoke write 1, 0 ok write 1, 7 invoke read, 7 ok read 1"))
    #expect(judged.result?.verdict == .pass)
  }

  // Events.

  @Test func `The documented chart is rejected for its overlap`() throws {
    let compiled = try ShippedScenario(path: "mutex/documented-gantt.yaml").compiled()
    let text = try ShippedScenario(path: "mutex/documented-gantt.history.jsonl").text()
    let cell = try #require(compiled.cells.first)
    let run = RecordedRun(SourceFile(name: "h", text: text), file: 1, for: cell.plan)
    let result = try #require(run.judged())
    #expect(result.verdict == .fail)
    #expect(result.assertions.map(\.verdict) == [.fail, .pass, .pass, .pass])
    let evidence = try #require(result.assertions[0].evidence)
    #expect(evidence.at == Instant(nanoseconds: 157_000_000))
    #expect(
      evidence.readings == [.init(name: "node1 and node2 inside", value: "[157ms, 160ms)")])
  }

  /// A transcript of a run is judged as the run was, but for what it does not have.
  @Test(arguments: [
    "mutex/contention.yaml", "mutex/holder-crash.yaml", "mutex/reordering-channels.yaml",
    "consensus/message-flow.yaml", "consensus/held-messages.yaml", "consensus/lost-commit.yaml",
    "barrier/stragglers.yaml", "election/voter-restart.yaml", "register/linearizable.yaml",
    "zoo/abd-register/no-write-back.yaml", "zoo/leader-election/storm.yaml",
    "zoo/raft-register/old-term-committed.yaml", "consensus/lossy-network.yaml",
  ])
  func `A transcript is judged as its run`(path: String) throws {
    let file = ShippedScenario(path: path)
    for cell in try file.compiled().cells {
      var reader = Reader(
        transcript: JSONTranscript(cell.plan.system, cell.plan.description))
      let original = Interpreter.run(cell.plan, reading: &reader)
      let log = SourceFile(name: "h", text: reader.text)
      let run = RecordedRun(log, file: 1, for: cell.plan)
      let result = try #require(
        run.judged(),
        "\(DiagnosticRenderer(SourceMap([log, log])).text(run.diagnostics))")
      for (wanted, found) in zip(original.assertions, result.assertions)
      where !found.reason.contains("reach") && !found.reason.contains("available") {
        #expect(found.verdict == wanted.verdict, "\(wanted.name): \(found.reason)")
        #expect(found.reason == wanted.reason)
        #expect(found.evidence?.at == wanted.evidence?.at)
      }
      #expect(result.calls == original.calls)
      #expect(result.end == original.end)
    }
  }

  private struct Reader: TraceReader {
    var transcript: JSONTranscript
    var text = ""

    mutating func read(_ part: Trace) { transcript.write(part, to: &text) }
  }

  struct Silence: CustomTestStringConvertible, Sendable {
    let assertion: String
    let verdict: Verdict
    var reason = ""
    var testDescription: String { assertion }
  }

  @Test(arguments: [
    Silence(
      assertion: "{metric: messages.wire, is: '< 5'}", verdict: .vacuous,
      reason: "messages `sent`"),
    Silence(
      assertion: "{metric: messages.dropped, is: '== 0'}", verdict: .vacuous, reason: "`dropped`"),
    Silence(
      assertion: "{always: 'node1.state != \"inside\"'}", verdict: .vacuous, reason: "`state`"),
    Silence(
      assertion: "{always: '!messages.exists(m, m.kind == \"ack\")'}", verdict: .vacuous,
      reason: "messages `sent`"),
    Silence(assertion: "{metric: calls.count, is: '== 0'}", verdict: .vacuous, reason: "calls"),
    Silence(
      assertion: "fifo-by-timestamp", verdict: .vacuous, reason: "`entered(timestamp)`"),
    Silence(assertion: "mutual-exclusion", verdict: .pass),
    Silence(assertion: "{always: node1.up}", verdict: .pass),
    Silence(assertion: "{metric: mutex.entries, is: '== 2'}", verdict: .pass),
    Silence(assertion: "no-starvation", verdict: .inconclusive, reason: "node3 still waits"),
    Silence(assertion: "{eventually: now > 1s}", verdict: .inconclusive),
  ])
  func `What a history does not say is never taken for granted`(row: Silence) throws {
    let judged = try Self.judge(
      Self.scenario(row.assertion, protocol: "lamport-mutex"),
      """
      {"time": "1ms", "node": "node1", "event": "requested"}
      {"time": "2ms", "node": "node1", "event": "entered"}
      {"time": "3ms", "node": "node1", "event": "exited"}
      {"time": "3ms", "node": "node2", "event": "entered"}
      {"time": "4ms", "node": "node3", "event": "requested"}
      """)
    let assertion = try #require(judged.result?.assertions.first, "\(judged.text)")
    #expect(assertion.verdict == row.verdict)
    #expect(assertion.reason.contains(row.reason), "\(assertion.reason)")
  }

  @Test func `A history of calls, fields, messages, crashes and faults is judged`() throws {
    let scenario = Self.scenario(
      """
      linearizable, {always: node2.up, during: power},
        {at_end: 'node1.value == "x" && node3.phase == "idle"'},
        {metric: messages.wire, is: '== 1'}, {at_end: calls.size() == 2}
      """, rest: "faults: [{name: power, at: 1s, for: 1s, crash: node3}]")
    let judged = try Self.judge(
      scenario,
      """
      {"time": 0, "event": "invoke", "node": "node1", "client": "c1", "call": "write", "arguments": {"value": "x"}}

      {"time": 5, "event": "sent", "node": "node1", "message": 9, "kind": "update", "to": "node2", "fields": {"tag": 3, "value": "x"}}
      {"time": 5, "event": "value", "node": "node1", "value": "x"}
      {"time": 6, "event": "phase", "node": "node3", "value": "idle", "first": false}
      {"time": "7us", "event": "fault_started", "fault": "power", "targets": ["node3"]}
      {"time": "7us", "event": "crashed", "node": "node3", "fault": "power", "first": false}
      {"time": "8us", "event": "delivered", "node": "node2", "message": 9, "kind": "update", "from": "node1"}
      {"time": "9us", "event": "ok", "node": "node1", "client": "c1"}
      {"time": "9us", "event": "invoke", "node": "node2", "call": "read"}
      {"time": "10us", "event": "fault_ended", "fault": "power"}
      {"time": "12us", "event": "ok", "node": "node2", "value": "x"}
      """)
    let result = try #require(judged.result, "\(judged.text)")
    #expect(result.assertions.map(\.verdict) == [.pass, .pass, .pass, .pass, .pass])
    #expect(result.faults.first?.fired == 1)
    #expect(result.verdict == .pass)
  }

  // Mistakes.

  static let begun =
    #"{"time": 5, "event": "invoke", "node": "node1", "call": "write", "arguments": {"value": "x"}}"#

  @Test(arguments: [
    ("lines", ["[1]", "{time: 5}", #"{"time": 5"#, #"{"a": 1, "a": 2}"#, "\"\u{1}\"", "7 7"]),
    (
      "events",
      [
        #"{"time": 5, "node": "node1"}"#, #"{"time": 5, "event": 7}"#,
        #"{"time": 5, "event": "invok", "node": "node1"}"#,
        #"{"time": 5, "event": "crashed"}"#, #"{"event": "crashed", "node": "node1"}"#,
        #"{"time": 5, "event": "crashed", "node": "noed1"}"#,
        #"{"time": 5, "event": "crashed", "node": 1}"#,
        #"{"time": 5, "event": "crashed", "node": "node1", "why": "power"}"#,
        #"{"time": 5.5, "event": "crashed", "node": "node1"}"#,
        #"{"time": -5, "event": "crashed", "node": "node1"}"#,
        #"{"time": "5", "event": "crashed", "node": "node1"}"#,
        #"{"time": 5, "at_ns": 6, "event": "crashed", "node": "node1"}"#,
        #"{"time": 99999999999999999999, "event": "crashed", "node": "node1"}"#,
        #"{"time": "8760h1ns", "event": "crashed", "node": "node1"}"#,
        #"{"at_ns": 9223372036854775807, "event": "crashed", "node": "node1"}"#,
        #"{"time": 1767225600000000000, "event": "crashed", "node": "node1"}"#,
        #"{"time": 5, "event": "crashed", "node": "node1", "fault": "power"}"#,
        #"{"time": 5, "event": "fault_ended", "fault": "split"}"#,
        #"{"time": 5, "event": "phase", "node": "node1", "value": "sleeping"}"#,
        #"{"time": 5, "event": "field", "field": "phases", "node": "node1", "value": "idle"}"#,
        #"{"time": 5, "event": "field", "field": "timestamp", "node": "node1", "value": null}"#,
        #"{"time": 5, "event": "timer", "node": "node1", "timer": "alarm"}"#,
        #"{"time": 5, "event": "observed", "node": "node1", "observation": "storde"}"#,
        #"{"time": 5, "event": "stored", "node": "node1", "term": 5}"#,
        #"{"time": 5, "event": "ended", "reason": "boredom"}"#,
        #"{"time": 5, "event": "field", "field": "phase", "node": "node1", "value": "querying", "was": "updating"}"#,
        #"{"time": 5, "event": "value", "node": "node1", "value": "x"}"# + "\n"
          + #"{"time": 6, "event": "field", "field": "value", "node": "node1", "value": "y", "was": null}"#,
        #"{"time": 5, "event": "restarted", "node": "node1"}"#,
        #"{"time": 5, "event": "resumed", "node": "node1"}"#,
        #"{"time": 5, "event": "fault_started", "fault": "split", "targets": ["node1"]}"# + "\n"
          + #"{"time": 6, "event": "fault_ended", "fault": "split", "targets": ["node2"]}"#,
      ]
    ),
    (
      "calls",
      [
        #"{"time": 5, "event": "ok", "node": "node1"}"#,
        #"{"time": 5, "event": "invoke", "node": "node1", "call": "reed"}"#,
        #"{"time": 5, "event": "invoke", "node": "node1", "call": "write"}"#,
        #"{"time": 5, "event": "invoke", "node": "node1", "call": "read", "arguments": {"kye": "a"}}"#,
        #"{"time": 5, "event": "invoke", "node": "node1", "call": "read", "arguments": []}"#,
        #"{"time": 5, "event": "invoke", "node": "node1", "client": [], "call": "read"}"#,
        begun + "\n" + begun,
        begun + "\n" + #"{"time": 4, "event": "ok", "node": "node1"}"#,
        begun + "\n" + #"{"time": 6, "event": "ok", "node": "node1", "value": 5}"#,
        begun + "\n" + #"{"time": 6, "event": "ok", "node": "node2", "client": "node1"}"#,
        begun + "\n" + #"{"time": 6, "event": "fail", "node": "node1", "value": 5}"#,
        #"{"time": 5, "event": "call_invoked", "node": "node1", "call": 3, "name": "read"}"#,
        #"{"time": 5, "event": "call_completed", "node": "node1", "call": 3, "outcome": "ok"}"#,
        numbered + "\n"
          + #"{"time": 5, "event": "call_reached", "node": "node1", "call": 0, "name": "read"}"#,
        numbered + "\n"
          + #"{"time": 5, "event": "call_reached", "node": "node1", "call": 0, "arguments": {"value": "y"}}"#,
        numbered + "\n"
          + #"{"time": 5, "event": "call_completed", "node": "node1", "call": 0, "outcome": "fail", "value": "x"}"#,
        #"{"time": 5, "event": "ended", "reason": "time"}"# + "\n"
          + #"{"time": 5, "event": "crashed", "node": "node1"}"#,
      ]
    ),
    (
      "messages",
      [
        #"{"time": 5, "event": "delivered", "node": "node1", "message": 1, "kind": "ack"}"#,
        #"{"time": 5, "event": "sent", "node": "node1", "message": 1, "kind": "akc", "to": "node2"}"#,
        #"{"time": 5, "event": "sent", "node": "node1", "message": 1, "kind": "ack", "to": "node2"}"#,
        sent + "\n" + sent,
        sent + "\n" + #"{"time": 6, "event": "delivered", "node": "node3", "message": 1}"#,
        sent + "\n" + #"{"time": 6, "event": "delivered", "message": 1, "kind": "query"}"#,
        sent + "\n" + #"{"time": 6, "event": "dropped", "message": 1, "reason": "rain"}"#,
        sent + "\n" + #"{"time": 6, "event": "dropped", "message": 1, "fields": {"tag": 4}}"#,
        sent + "\n" + #"{"time": 6, "event": "handled", "message": 1}"#,
        sent + "\n" + delivered + "\n" + delivered,
        sent + "\n" + #"{"time": 6, "event": "delivered", "message": 1, "sent_ns": 4}"#,
      ]
    ),
    (
      "operations",
      [
        #"{"process": 0, "type": "invoke"}"#,
        #"{"process": -1, "type": "invoke", "f": "read"}"#,
        #"{"process": 0, "type": "begin", "f": "read"}"#,
        #"{"process": 0, "type": "invoke", "f": "append", "value": 1}"#,
        #"{"process": 0, "type": "invoke", "f": "write"}"#,
        #"{"process": 0, "type": "invoke", "f": "write", "value": {"a": 1}}"#,
        #"{"process": 0, "type": "invoke", "f": "cas", "value": 1}"#,
        #"{"process": 0, "type": "invoke", "f": "read", "value": 1}"#,
        #"{"process": 0, "type": "invoke", "f": "read", "values": null}"#,
        #"{"process": 0, "type": "ok", "f": "read", "value": 1}"#,
        operation + "\n" + operation,
        operation + "\n" + #"{"process": 0, "type": "ok", "f": "read", "value": 1}"#,
        operation + "\n" + #"{"process": 0, "type": "ok", "f": "write", "value": 2}"#,
        #"{"process": 0, "type": "invoke", "f": "read"}"# + "\n"
          + #"{"process": 0, "type": "ok", "f": "read"}"#,
        keyed + "\n" + #"{"process": 0, "type": "ok", "f": "write", "value": ["b", 1]}"#,
        operation + "\n" + #"{"process": 0, "type": "ok", "f": "write", "value": 1, "time": 5}"#,
        #"{"process": 0, "type": "invoke", "f": "write", "value": [1, 2, 3]}"#,
        #"{"process": 0, "type": "invoke", "f": "read", "error": "x"}"#,
        operation + "\n" + #"{"process": 0, "type": "ok", "f": "write", "error": "x"}"#,
        operation + "\n" + #"{"process": 0, "type": "ok", "f": "write", "node": "node2"}"#,
        #"{"process": 0, "type": "invoke", "f": "read", "index": 3}"# + "\n"
          + #"{"process": 1, "type": "invoke", "f": "read", "index": 3}"#,
        #"{"process": "nemesis", "type": "kill", "f": "start"}"#,
        #"{"process": 0, "type": "fail", "f": "write", "value": 1}"#,
      ]
    ),
    ("nothing", ["", "\n \n", "\u{FEFF}"]),
  ])
  func `Every mistake is told with its place`(theme: String, histories: [String]) throws {
    let scenario = Self.scenario(
      "linearizable", rest: "faults: [{name: split, at: 1s, partition: halves}]")
    var text = ""
    for history in histories {
      let judged = try Self.judge(scenario, history)
      #expect(judged.result == nil, "\(history)")
      text += history + "\n\n" + judged.text + "\n----\n\n"
    }
    expectGolden(text, "history-\(theme).txt")
  }

  static let sent =
    #"{"time": 5, "event": "sent", "node": "node1", "message": 1, "kind": "ack", "to": "node2", "fields": {"tag": 3}}"#
  static let delivered = #"{"time": 6, "event": "delivered", "message": 1}"#
  static let keyed = #"{"process": 0, "type": "invoke", "f": "write", "value": ["a", 1]}"#
  static let numbered =
    #"{"time": 5, "event": "call_invoked", "node": "node1", "call": 0, "name": "write", "arguments": {"value": "x"}}"#
  static let operation = #"{"process": 0, "type": "invoke", "f": "write", "value": 1}"#

  /// What does not fit since a line before could not be read is no mistake of its own.
  @Test func `A mistake is told once, and not again by what follows from it`() throws {
    let good = #"{"process": 0, "type": "invoke", "f": "read"}"#
    let goodEnd = #"{"process": 0, "type": "ok", "f": "read", "value": 1}"#
    let rows: [(lines: [String], codes: [String])] = [
      ([#"{"process": 0, "type": "invoke"}"#, goodEnd], ["E0604"]),
      ([#"{"type": "invoke", "f": "read"}"#, goodEnd], ["E0604"]),
      (["[]", goodEnd], ["E0601"]),
      ([good, #"{"process": 0, "type": "ok", "f": "read"}"#, good, goodEnd], ["E0604"]),
      ([good, good, goodEnd, goodEnd], ["E0608"]),
      (
        [#"{"process": 1, "type": "invoke"}"#, goodEnd, #"{"process": 2, "type": "invoke"}"#],
        ["E0604", "E0608", "E0604"]
      ),
      (
        [
          #"{"time": 5, "event": "sent", "node": "node1", "message": 1, "kind": "akc", "to": "node2"}"#,
          Self.delivered,
        ], ["E0606"]
      ),
      (
        [
          #"{"time": 5, "event": "invoke", "node": "node1", "call": "reed"}"#,
          #"{"time": 6, "event": "ok", "node": "node1", "value": "x"}"#,
        ], ["E0606"]
      ),
    ]
    for row in rows {
      let text = try Self.judge(
        Self.scenario("linearizable"), row.lines.joined(separator: "\n"),
        row.lines.contains { $0.contains("time") } ? .events : .jepsen
      ).text
      let codes = text.split(separator: "\n").filter { $0.hasPrefix("error[") }
        .map { String($0.dropFirst(6).prefix(5)) }
      #expect(codes == row.codes, "\(row.lines)\n\(text)")
    }
  }
}
