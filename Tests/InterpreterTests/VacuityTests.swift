import Analysis
import Diagnostics
import Interpreter
import Testing

/// What had no chance to fail is vacuous, never green; each with the way to accept it, and with what
/// is close to it and none.
@Suite struct VacuityTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let protocolName: String
    let faults: String
    let assertion: String

    init(
      _ name: String, protocol protocolName: String = "lamport-mutex", faults: String = "",
      _ assertion: String
    ) {
      testDescription = name
      self.protocolName = protocolName
      self.faults = faults
      self.assertion = assertion
    }
  }

  /// Nobody calls, so that nothing happens but what faults do.
  private static func run(_ row: Row, _ assertions: [String]) throws -> RunResult {
    let text = """
      version: 1
      name: story
      limits: {time: 100ms}
      topology: {nodes: 3}
      latencies: {default: 1ms}
      protocol: \(row.protocolName)
      faults: [\(row.faults)]
      assertions: [\(assertions.joined(separator: ", "))]

      """.replacing("faults: []\n", with: "").replacing("assertions: []\n", with: "")
    let compiled = Interpreter.compile(SourceFile(name: "story.yaml", text: text))
    let found = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    return Interpreter.run(try #require(compiled.cells.first, "\(found)").plan)
  }

  static let vacuous = [
    Row("a window that never opens", faults: late, "always: node1.up, during: split"),
    Row("a point that never comes", faults: late, "never: '!node1.up', after: split.start"),
    Row("a condition that never comes", "always: node1.up, after: {when: '!node1.up'}"),
    Row(
      "a pair of points that never comes", faults: late,
      "eventually: node1.up, between: [split.start, 90ms]"),
    Row("a sometimes without a window", faults: late, "sometimes: '!node1.up', after: split.start"),
    Row("a `when` that is never true", "when: '!node1.up', then: node2.up"),
    Row("an `until` from the start", "hold: node2.up, until: node1.up"),
    Row("a metric without samples", "metric: mutex.wait.max, is: '< 1s'"),
    Row(
      "a ratio without samples", protocol: "{barrier: {coordinator: node3}}",
      "metric: barrier.utilisation, is: '> 0'"),
    Row("a percentile without samples", "metric: call.acquire.latency.p99, is: '< 1s'"),
    Row("what reads a metric without samples", "always: 'metrics[\"mutex.wait.max\"] < 1s'"),
    Row("what reads it at the end", "at_end: 'metrics[\"mutex.wait.max\"] < 1s'"),
    Row("nobody enters", "invariant: mutual-exclusion"),
    Row("nobody asks", "invariant: no-starvation"),
    Row("nobody decides", protocol: "paxos", "invariant: agreement"),
    Row("nobody is told", protocol: "promise-commit", "invariant: integrity"),
    Row("nobody leads", protocol: slow, "invariant: election-safety"),
    Row("nobody votes", protocol: slow, "invariant: one-vote-per-term"),
    Row("no release", protocol: "{barrier: {coordinator: node3}}", "invariant: no-early-release"),
    Row("no call", protocol: "abd-register", "invariant: linearizable"),
    Row("no call of any client", protocol: "abd-register", "invariant: sequentially-consistent"),
  ]

  private static let late =
    "{name: split, when: '!node1.up', deadline: 50ms, partition: halves, may_be_idle: it is late}"
  private static let slow = "{leader-election: {election_timeout: 10s}}"

  @Test(arguments: vacuous) func `An assertion without a chance`(row: Row) throws {
    let plain = try Self.run(row, ["{\(row.assertion)}"])
    #expect(plain.assertions[0].verdict == .vacuous, "\(plain.assertions[0].reason)")
    #expect(!plain.assertions[0].reason.isEmpty)
    #expect(plain.outcome == .vacuous)
    #expect(plain.verdict == .vacuous)

    let excused = try Self.run(row, ["{\(row.assertion), may_be_vacuous: as is shown}"])
    #expect(excused.assertions[0].verdict == .vacuous)
    #expect(excused.outcome == .pass)
    // One excuse is not another's.
    let both = try Self.run(
      row,
      ["{name: a, \(row.assertion), may_be_vacuous: as is shown}", "{name: b, \(row.assertion)}"])
    #expect(both.outcome == .vacuous)
    // An excuse changes nothing of what had its chance.
    let failing = try Self.run(
      row, ["{name: a, \(row.assertion), may_be_vacuous: as is shown}", "{never: node1.up}"])
    #expect(failing.outcome == .fail)
  }

  static let chances = [
    Row("a count of 0", "metric: mutex.entries, is: '== 0'"),
    Row(
      "a length of 0", faults: "{at: 1ms, for: 1ms, pause: node1}",
      "metric: mutex.serial, is: '== 0ms'"),
    Row("no message", "metric: messages.wire, is: '== 0'"),
    Row("no call", "metric: calls.count, is: '== 0'"),
    Row("no call in an expression", "at_end: calls.size() == 0"),
    Row("nothing that could be", "always: 'messages.all(m, m.kind == \"ack\")'"),
    Row("a window of one state", "always: node1.up, after: 100ms"),
    Row("a `when` that is true at once", "when: node1.up, then: node2.up"),
    Row("a never that is never true", "never: '!node1.up'"),
  ]

  @Test(arguments: chances) func `What counts as a value, and passes`(row: Row) throws {
    let result = try Self.run(row, ["{\(row.assertion)}"])
    #expect(result.assertions[0].verdict == .pass, "\(result.assertions[0].reason)")
  }

  @Test(arguments: [
    Row("a sometimes that is not reached", "sometimes: '!node1.up'"),
    Row(
      "an eventually that does not come, when nothing happens any more", "eventually: '!node1.up'"),
  ])
  func `What had its chance fails`(row: Row) throws {
    #expect(try Self.run(row, ["{\(row.assertion)}"]).outcome == .fail)
  }

  static let idle = [
    Row("never fires", faults: "{when: '!node1.up', deadline: 50ms, crash: node1", ""),
    Row(
      "waits for a message that is not sent", faults: "{on: {sent: {kind: ack}}, crash: node1", ""),
    Row("cuts off nobody who speaks", faults: "{at: 5ms, for: 5ms, partition: halves", ""),
    Row("loses nothing", faults: "{at: 5ms, for: 5ms, loss: 100%", ""),
    Row("doubles nothing", faults: "{at: 5ms, for: 5ms, duplicate: 100%", ""),
    Row("makes nothing slower", faults: "{at: 5ms, for: 5ms, delay: 5ms", ""),
    Row(
      "chooses messages that are not sent", faults: "{at: 5ms, loss: 100%, messages: {kind: ack}",
      ""),
    Row("restarts what is up", faults: "{every: 5ms, restart: node1", ""),
    Row("begins after the end", faults: "{at: 1s, crash: node1", ""),
  ]

  @Test(arguments: idle) func `A fault that touches nothing`(row: Row) throws {
    func run(_ excuse: String) throws -> RunResult {
      let fault = row.faults + excuse + "}"
      return try Self.run(
        Row(row.testDescription, faults: fault, ""), ["{metric: calls.count, is: '== 0'}"])
    }
    let plain = try run("")
    #expect(plain.faults[0].verdict == .vacuous)
    #expect(plain.outcome == .vacuous)
    let excused = try run(", may_be_idle: as is shown")
    #expect(excused.faults[0].ledger.isIdle)
    #expect(excused.outcome == .pass)
  }

  @Test func `A scenario that asserts nothing`() throws {
    #expect(try Self.run(Row("", ""), []).outcome == .vacuous)
  }

  @Test(arguments: ["true", "yes", "''"]) func `An excuse is a reason`(word: String) {
    for excused in [
      "faults: [{at: 5ms, crash: node1, may_be_idle: \(word)}]\nassertions: [{always: node2.up}]",
      "assertions: [{always: node2.up, may_be_vacuous: \(word)}]",
    ] {
      let text =
        "version: 1\nname: s\ntopology: {nodes: 3}\nlatencies: {default: 1ms}\n"
        + "protocol: lamport-mutex\n" + excused
      let compiled = Interpreter.compile(SourceFile(name: "s.yaml", text: text))
      #expect(compiled.cells.isEmpty, "\(excused)")
    }
  }
}
