import Diagnostics
import SystemModel
import Testing

@testable import Analysis

@Suite("Conditions that faults wait for")
struct TriggerTests {
  /// The instants, in milliseconds, at which a fault fires whose condition is `a.x`, which is true
  /// in [10, 20), [30, 40) and [50, …).
  static func instants(times: Int, deadline: Int64, condition: String = "a.x") -> [Int64] {
    var bench = bench(times: times, deadline: deadline, condition: condition)
    bench.add(.always(bench.condition("true")))
    var judge = Judge(bench.plan)
    var fired: [Int64] = []
    for part in parts() {
      judge.consume(part)
      if judge.takeFiredTriggers() == [0] { fired.append(part.records[0].at / 1_000_000) }
    }
    return fired
  }

  static func bench(times: Int, deadline: Int64, condition: String) -> Bench {
    let fault = Fault(
      name: "late", key: 0, action: .crash(.all, keepingDisk: true),
      trigger: .condition(times: times, deadline: Instant(milliseconds: deadline)))
    var bench = Bench(TestProtocols.plain, faults: [fault])
    bench.faults[0].condition = bench.condition(condition)
    return bench
  }

  /// An event in each part, as an engine gives them that waits for conditions.
  static func parts() -> [Trace] {
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    for (at, word) in [(10, 1), (15, 1), (20, 0), (30, 1), (40, 0), (50, 1)] as [(Int64, Int64)] {
      writer.event(at) { $0.set(0, "x", word) }
    }
    var parts: [Trace] = []
    for record in writer.trace.records {
      if record.beginsEvent { parts.append(Trace()) }
      parts[parts.count - 1].records.append(record)
    }
    return parts
  }

  @Test("fire at each rising edge, so many times, up to the deadline")
  func edges() {
    #expect(Self.instants(times: 9, deadline: 1000) == [10, 30, 50])
    #expect(Self.instants(times: 1, deadline: 1000) == [10])
    #expect(Self.instants(times: 2, deadline: 1000) == [10, 30])
    #expect(Self.instants(times: 9, deadline: 30) == [10, 30])
    #expect(Self.instants(times: 9, deadline: 9) == [])
  }

  @Test("fire at the start if they are true then")
  func start() {
    #expect(Self.instants(times: 9, deadline: 1000, condition: "!a.x") == [0, 20, 40])
  }

  @Test("make the run an error if they cannot be evaluated")
  func error() {
    var bench = Self.bench(times: 1, deadline: 1000, condition: "1 / a.n > 0")
    bench.add(.always(bench.condition("true")))
    var judge = Judge(bench.plan)
    for part in Self.parts() { judge.consume(part) }
    let result = judge.finish(end: .quiescence, at: Instant(milliseconds: 50), traceHash: 0)
    #expect(result.outcome == .error)
    #expect(result.faults[0].verdict == .error)
    #expect(result.faults[0].diagnostic != nil)
  }

  @Test("over messages make the run an error if they cannot be evaluated")
  func messageError() throws {
    var bench = Bench(TestProtocols.plain)
    let predicate = bench.predicate("6 / message.term > 1")
    let filter = MessageFilter(kinds: [0], predicate: predicate)
    bench = Bench(TestProtocols.plain, faults: [Bench.fault("odd", .heal(0), messages: filter)])
    _ = bench.predicate("6 / message.term > 1")
    bench.add(.always(bench.condition("true")))
    bench.add(
      .always(bench.condition("true")), .after(.message(MessageEvent(.sent, filter))), name: "after"
    )
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(1) { $0.send(1, "ping", 0, 1, [9]) }
    writer.event(2) { $0.send(2, "ping", 0, 1, [0]) }
    var judge = Judge(bench.plan)
    judge.consume(writer.trace)
    guard let last = writer.trace.records.last else { return }
    judge.reject(fault: 0, message: last)
    let result = judge.finish(end: .events, at: Instant(milliseconds: 2), traceHash: 0)
    #expect(result.outcome == .error)
    #expect(result.faults[0].verdict == .error)
    #expect(result.faults[0].diagnostic?.message.contains("6 / 0") == true)
    #expect(result.assertions.map(\.verdict) == [.inconclusive, .error])
    #expect(result.assertions[1].diagnostic == result.faults[0].diagnostic)
    #expect(result.assertions[0].reason.contains("`where` of a fault failed"))
  }

  /// The first `ping` of a term above 3 opens the window.
  @Test("over messages choose among them")
  func messageCondition() {
    var bench = Bench(TestProtocols.plain)
    let predicate = bench.predicate(
      "message.term > 3 && message.from == 'a' && message.sent >= 2ms")
    let event = MessageEvent(.sent, MessageFilter(predicate: predicate))
    bench.add(.always(bench.condition("now >= 3ms")), .after(.message(event)))
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(1) { $0.send(1, "ping", 0, 1, [9]) }
    writer.event(2) { $0.send(2, "ping", 0, 1, [3]) }
    writer.event(3) { $0.send(3, "ping", 0, 1, [4]) }
    let result = bench.judge(writer, at: 3)
    #expect(result.outcome == .pass)
    #expect(result.assertions[0].opportunities == 1)
  }
}
