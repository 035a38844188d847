import Expressions
import SystemModel
import TestSupport
import Testing

@testable import Analysis

/// What expressions see of a world: each row is an expression that must hold in the last state.
@Suite("The world as expressions see it")
struct WorldHostTests {
  static let expressions: [String] = [
    // Nodes
    "nodes.size() == 3 && nodes[1].name == 'b' && nodes.map(n, n.index) == [0, 1, 2]",
    "a.group == 'left' && c.group == 'right' && b.groups == ['left']",
    "a.up && !b.up && !a.paused && c.paused && c.handling == 2",
    "a.x && !b.x && a.n == 7 && a.word == 'green' && a.text == 'hello' && b.text == null",
    "a.peer == 'c' && b.peer == null && a.queue == ['c', 'a', 'b', 'a'] && b.queue == []",
    // The state before the last event, in which `a.n` became 7.
    "old.a.n == 5 && old.now == 50ms && now == 60ms && old.nodes[0].n == 5",
    // Calls
    "calls.size() == 3 && calls[0].id == 0 && calls[0].call == 'put' && calls[0].node == 'a'",
    "calls[0].args == {'key': 'hello', 'amount': 3} && calls[0].invoked == 10ms",
    "calls[0].outcome == 'ok' && calls[0].completed == 20ms && calls[0].value == 42",
    "calls[1].outcome == 'fail' && calls[1].value == null && calls[0].client == 0",
    "calls[2].outcome == 'info' && calls[2].completed == null",
    // Messages in flight: 1 has arrived, 2 is lost, 3 is held, 4 is a copy of it.
    "messages.map(m, m.kind) == ['ping', 'ping', 'pong']",
    "messages[0].from == 'a' && messages[0].to == 'b' && messages[0].sent == 30ms",
    "messages[0].term == 9 && messages[1].term == 9 && messages[0].target == 'c'",
    "messages[2].term == null",
    // Faults
    "faults['split'].active && faults['split'].fired == 2 && faults['split'].targets == ['c']",
    "!faults['late'].active && faults['late'].fired == 0 && faults['late'].targets == []",
    // Metrics and parameters
    "metrics['messages.wire'] == 5 && metrics.messages.dropped == 2 && calls.size() == 3",
    "metrics['call.put.latency.p99'] == 10ms && limit == 60ms && limit == now",
  ]

  static func bench() -> Bench {
    Bench(
      TestProtocols.plain, groups: [("left", [0, 1]), ("right", [2])],
      faults: [Bench.split(), Bench.fault("late", .crash(.all, keepingDisk: true))],
      symbols: ["hello"],
      parameters: [.init(name: "limit", type: .duration, value: .duration(60_000_000))])
  }

  static func writer() -> TraceWriter {
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3, ["x": [1, 0, 0], "n": [5, 0, 0], "word": [1, 0, 0]])
    writer.call(10, 0, "put", [0, 3])
    writer.call(15, 1, "put", [0, 4]) { $0.strike(.crashed, 1, fault: 1) }
    writer.event(20) {
      $0.complete(0, .ok, 42)
      $0.complete(1, .fail)
      $0.set(0, "text", 0)
      $0.set(0, "peer", 2)
      $0.setList(0, "queue", [2, 0, 1, 0])
    }
    writer.event(30) {
      $0.send(1, "ping", 0, 1, [1])
      $0.send(2, "ping", 0, 1, [1])
      $0.send(3, "ping", 0, 1, [9, 2])
      $0.send(5, "pong", 2, 1)
      $0.touch(.held, 3, fault: 0)
      $0.duplicate(3, as: 4)
    }
    writer.startFault(35, 0, nodes: [0])
    writer.deliver(40, 1) { $0.touch(.dropped, 2, reason: .loss) }
    writer.endFault(45, binding: 0)
    writer.startFault(50, 0, nodes: [2]) {
      $0.strike(.paused, 2, fault: 0)
      $0.handling(2, 2)
      $0.send(6, "pong", 2, 1)
      $0.touch(.dropped, 6, reason: .loss)
    }
    writer.call(50, 0, "put", [0, 5])
    writer.event(60) { $0.set(0, "n", 7) }
    return writer
  }

  @Test("has what the trace told", arguments: expressions)
  func expression(_ text: String) {
    var bench = Self.bench()
    bench.add(.atEnd(bench.condition(text, atEnd: true)))
    let result = bench.judge(Self.writer(), at: 60)
    #expect(
      result.assertions[0].verdict == .pass,
      "\(result.assertions[0].reason) \(String(describing: result.assertions[0].evidence?.readings))"
    )
  }

  /// A writer of as many calls as is wanted, each of which ends.
  private static func calls(_ count: Int) -> TraceWriter {
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    for call in 0..<count {
      writer.call(Int64(2 * call), 0, "put", [0, 3])
      writer.event(Int64(2 * call + 1)) { $0.complete(call, .ok, 42) }
    }
    return writer
  }

  @Test("has the calls of each run, now and before, with one judge for several")
  func callsOfRuns() {
    var bench = Self.bench()
    for text in [
      "calls.size() == metrics['calls.count'] && calls.all(c, c.id < calls.size())",
      "old.calls.size() <= calls.size() && old.calls.size() + 1 >= calls.size()",
      "cel.bind(all, calls, all.size() == metrics['calls.count'])",
    ] {
      bench.add(.always(bench.condition(text)), name: text)
    }
    var judge = Judge(bench.plan)
    for (seed, count) in [3, 9, 2, 5].enumerated() {
      if seed > 0 { judge.reset(seed: UInt64(seed)) }
      judge.consume(Self.calls(count).trace)
      let result = judge.finish(end: .quiescence, at: Instant(milliseconds: 20), traceHash: 0)
      #expect(result.outcome == .pass, "\(result.assertions.map(\.reason))")
    }
  }

  @Test(
    "asks no more for the calls when there are more of them",
    arguments: [
      "calls.size() < 10000000", "cel.bind(all, calls, all.size() < 10000000)",
      "old.calls.size() < 10000000",
    ])
  func growth(_ text: String) {
    var bench = Self.bench()
    bench.add(.always(bench.condition(text)))
    let growth = TestSupport.growth(from: 1500, by: 4) { count in
      #expect(bench.judge(Self.calls(count), at: Int64(2 * count)).outcome == .pass)
    }
    #expect(growth < 8)
  }

  @Test("counts what it takes to gather the messages in flight, for each evaluation")
  func costOfMessages() {
    let bench = Self.bench()
    let condition = bench.condition("messages.size() >= 0").expression
    func steps(_ count: Int) throws -> Int {
      var writer = TraceWriter(TestProtocols.plain)
      writer.start(3)
      writer.event(1) { for id in 0..<count { $0.send(Int64(id), "ping", 0, 1, [1]) } }
      var judge = Judge(bench.with(.always(bench.condition("messages.size() >= 0"))).plan)
      judge.consume(writer.trace)
      var budget = EvaluationBudget(runSteps: 1_000_000)
      #expect(try condition.holds(judge.host, &budget))
      return 1_000_000 - budget.stepsLeft
    }
    #expect(throws: Never.self) {
      let few = try steps(0)
      #expect(try steps(15) == few)
      #expect(try steps(1600) == few + 100)
    }
  }

  @Test("shows the leader: live, of the highest term, the first on a tie, or null")
  func leader() {
    var bench = Bench(TestProtocols.election)
    let wanted: [(Int64, String)] = [
      (5, "leader == null"), (15, "leader.name == 'b'"), (25, "leader == c && leader.term == 2"),
      (35, "leader == a"), (45, "leader == b && old.leader == leader"),
    ]
    for (at, text) in wanted {
      bench.add(
        .always(bench.condition(text)),
        .between(.instant(.init(milliseconds: at)), .instant(.init(milliseconds: at + 1))),
        name: text)
    }
    var writer = TraceWriter(TestProtocols.election)
    writer.start(3, ["term": [1, 1, 1]])
    writer.event(10) { $0.set(1, "role", 2) }
    writer.event(20) {
      $0.set(2, "role", 2)
      $0.set(2, "term", 2)
    }
    writer.event(30) {
      $0.set(0, "role", 2)
      $0.set(0, "term", 2)
    }
    writer.event(40) {
      $0.strike(.crashed, 0, fault: -1)
      $0.strike(.crashed, 2, fault: -1)
    }
    writer.event(43)
    let result = bench.judge(writer, .time, at: 60)
    #expect(result.outcome == .pass, "\(result.assertions.map(\.reason))")
  }

  @Test("has a leader for elections only, and a group only where groups do not overlap")
  func names() {
    let plain = Bench(TestProtocols.plain, groups: [("left", [0, 1]), ("right", [1, 2])])
    #expect(plain.environment.states.name("leader") == nil)
    #expect(!plain.environment.states.objectTypes[0].fields.contains { $0.name == "group" })
    #expect(plain.environment.states.objectTypes[0].fields.contains { $0.name == "groups" })
    let election = Bench(TestProtocols.election)
    #expect(election.environment.states.name("leader") != nil)
  }

  @Test("has percentiles at the end only")
  func percentiles() {
    let bench = Self.bench()
    #expect(bench.environment.states.name("metrics.call.put.latency.p99") == nil)
    #expect(bench.environment.states.name("metrics.call.put.latency.max") != nil)
    #expect(bench.environment.end.name("metrics.call.put.latency.p99") != nil)
  }

  @Test("gives each field, name and metric a line for the reference")
  func docs() {
    for family in ProtocolFamily.allCases {
      let environment = Bench(InvariantTests.description(family)).environment
      for name in environment.end.names { #expect(!name.doc.isEmpty, "\(name.name)") }
      for type in environment.end.objectTypes { #expect(!type.doc.isEmpty) }
    }
  }
}
