import SystemModel
import Testing

@testable import Analysis

@Suite("Evidence")
struct EvidenceTests {
  /// c's message reaches b, b's then reaches a, which breaks the assertion. c's other message to b
  /// comes after b has sent, and a's message to c leads nowhere.
  static func judge(_ scope: AssertionScope = .run) -> RunResult {
    var bench = Bench(TestProtocols.plain, faults: [Bench.split(), Bench.split("other")])
    bench.add(.never(bench.condition("a.x && b.n < 9")), scope)
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.startFault(1, 0)
    writer.event(2, node: 2) {
      $0.send(1, "ping", 2, 1, [7])
      $0.send(2, "pong", 2, 1)
    }
    writer.event(3) { $0.send(3, "pong", 0, 2) }
    writer.deliver(4, 1) { $0.send(4, "pong", 1, 0) }
    writer.deliver(5, 2)
    writer.deliver(6, 3)
    writer.deliver(8, 4) { $0.set(0, "x", 1) }
    writer.event(9)
    return bench.judge(writer, at: 9)
  }

  @Test("has the event, the values read, the faults that act, and what happened before")
  func parts() throws {
    let result = Self.judge()
    #expect(result.assertions[0].reason == "`a.x && b.n < 9` is true")
    let evidence = try #require(result.assertions[0].evidence)
    #expect(evidence.at == Instant(milliseconds: 8))
    #expect(evidence.record?.kind == .delivered)
    #expect(evidence.event == "a receives pong from b")
    #expect(evidence.windowOpened == nil)
    #expect(
      evidence.readings == [.init(name: "a.x", value: "true"), .init(name: "b.n", value: "0")])
    #expect(evidence.activeFaults == ["split"])
    #expect(evidence.nodes == [NodeID(0), NodeID(1)])
    #expect(evidence.messages.map(\.text) == ["ping(term: 7, target: a)", "pong", "pong"])
    #expect(evidence.messages.map(\.id) == [1, 2, 4])
    #expect(evidence.messages[0].sent == Instant(milliseconds: 2))
    #expect(evidence.messages[2].seen == Instant(milliseconds: 8))
  }

  /// What a event sends and loses comes of it, and so does what it loses of what was on its way.
  @Test("leaves out what the failing event itself sent and lost")
  func effects() throws {
    var bench = Bench(TestProtocols.plain)
    bench.add(.never(bench.condition("a.x")))
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(1, node: 1) {
      $0.send(1, "pong", 1, 0)
      $0.send(2, "pong", 1, 0)
    }
    writer.deliver(2, 1) {
      $0.set(0, "x", 1)
      $0.send(3, "pong", 0, 1)
      $0.touch(.dropped, 3)
      $0.touch(.dropped, 2)
    }
    let evidence = try #require(bench.judge(writer, at: 9).assertions[0].evidence)
    #expect(evidence.messages.map(\.id) == [1])
  }

  @Test("says when the window opened")
  func window() {
    let result = Self.judge(.during(fault: 0))
    #expect(result.assertions[0].evidence?.windowOpened == Instant(milliseconds: 1))
  }

  /// Without b among the nodes involved, only what b had seen when it sent counts.
  @Test("follows happened-before, not mere order")
  func causes() {
    var recent = RecentMessages()
    func add(_ kind: TraceRecord.Kind, _ id: Int64, _ from: Int, _ to: Int, at: Int64) {
      recent.add(TraceRecord(kind, at: at, from: NodeID(from), to: NodeID(to), id: id))
    }
    add(.sent, 1, 2, 1, at: 2)
    add(.sent, 2, 2, 1, at: 2)
    add(.sent, 3, 0, 2, at: 3)
    add(.delivered, 1, 2, 1, at: 4)
    add(.sent, 4, 1, 0, at: 4)
    add(.delivered, 2, 2, 1, at: 5)
    add(.delivered, 3, 0, 2, at: 6)
    add(.delivered, 4, 1, 0, at: 8)
    let past = recent.past(of: [NodeID(0)]) { _ in "" }
    #expect(past.map(\.id) == [1, 4])
    #expect(recent.past(of: [NodeID(2)]) { _ in "" }.map(\.id) == [3])
  }

  @Test("says of an original and its copies when both were sent, and which is a copy")
  func copies() {
    var recent = RecentMessages()
    func add(_ kind: TraceRecord.Kind, _ id: Int64, of original: Int64 = 0, at instant: Int64) {
      recent.add(
        TraceRecord(
          kind, at: instant, from: NodeID(1), to: NodeID(0), id: id, first: original))
    }
    add(.sent, 1, at: 2)
    add(.duplicated, 2, of: 1, at: 2)
    add(.duplicated, 3, of: 2, at: 3)
    add(.delivered, 1, at: 5)
    add(.delivered, 3, at: 6)
    add(.dropped, 2, at: 7)
    let past = recent.past(of: [NodeID(0)]) { _ in "x" }
    #expect(past.map(\.id) == [1, 3, 2])
    #expect(past.map(\.isCopy) == [false, true, true])
    #expect(past.map(\.sent) == Array(repeating: Instant(nanoseconds: 2), count: 3))
    #expect(past.map(\.isLost) == [false, false, true])
  }

  @Test("has what was on its way, from and to those who wait")
  func underway() {
    var recent = RecentMessages()
    func add(_ kind: TraceRecord.Kind, _ id: Int64, _ from: Int, _ to: Int, at: Int64) {
      recent.add(TraceRecord(kind, at: at, from: NodeID(from), to: NodeID(to), id: id))
    }
    add(.sent, 1, 0, 1, at: 1)
    add(.sent, 2, 0, 2, at: 2)
    add(.sent, 3, 1, 2, at: 3)
    add(.sent, 4, 2, 0, at: 4)
    add(.delivered, 1, 0, 1, at: 5)
    add(.sent, 5, 1, 0, at: 5)
    add(.dropped, 4, 2, 0, at: 8)
    add(.delivered, 5, 1, 0, at: 9)
    func past(until instant: Int64, underway: Bool) -> [MessageEvidence] {
      recent.past(of: [NodeID(0)], until: instant, underway: underway) { _ in "" }
    }
    #expect(past(until: 6, underway: false).map(\.id) == [])
    #expect(past(until: 6, underway: true).map(\.id) == [2, 4, 5])
    #expect(past(until: 6, underway: true).map(\.seen) == [nil, nil, nil])
    let later = past(until: 9, underway: true)
    #expect(later.map(\.id) == [1, 4, 5, 2])
    #expect(later.map(\.seen?.nanoseconds) == [5, 8, 9, nil])
    let choice = MessageChoice(about: [], fields: [])
    #expect(choice.chosen(of: later).map(\.id) == [1, 4, 5, 2])
  }

  @Test("says what is on its way if something was awaited in vain, and only then")
  func awaited() throws {
    func messages(_ form: (Bench) -> AssertionForm) throws -> [MessageEvidence] {
      var bench = Bench(TestProtocols.plain)
      bench.add(form(bench))
      var writer = TraceWriter(TestProtocols.plain)
      writer.start(3)
      writer.event(2, node: 2) { $0.send(1, "ping", 2, 0, [7]) }
      writer.event(9)
      let result = bench.judge(writer, .time, at: 9)
      return try #require(result.assertions[0].evidence).messages
    }
    let within = Duration(nanoseconds: 5_000_000)
    #expect(try messages { .eventually($0.condition("a.x"), within: within) }.map(\.id) == [1])
    #expect(try messages { .always($0.condition("a.n == 1")) }.isEmpty)
  }

  @Test("keeps the last records")
  func bounds() {
    var recent = RecentMessages()
    for id in 0..<3000 as Range<Int64> {
      recent.add(TraceRecord(.sent, at: id, from: NodeID(1), to: NodeID(0), id: id))
      recent.add(TraceRecord(.delivered, at: id, from: NodeID(1), to: NodeID(0), id: id))
    }
    let past = recent.past(of: [NodeID(0)]) { _ in "" }
    #expect(past.map(\.id) == Array(952..<3000))
  }
}
