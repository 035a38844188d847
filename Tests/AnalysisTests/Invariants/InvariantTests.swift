import SystemModel
import Testing

@testable import Analysis

/// A trace and what an invariant says of it.
struct InvariantRow: CustomTestStringConvertible, Sendable {
  let name: String
  let invariant: String
  let verdict: Verdict
  /// A part of the reason that must be there.
  var reason = ""
  var end = RunEnd.quiescence
  let write: @Sendable (inout TraceWriter) -> Void

  var testDescription: String { "\(invariant): \(name)" }
}

@Suite("Invariants")
struct InvariantTests {
  static let consensus: [InvariantRow] = [
    .init(name: "nobody decides", invariant: "agreement", verdict: .vacuous) { _ in },
    .init(name: "all learn the same", invariant: "agreement", verdict: .pass) {
      $0.event(1) { $0.observe(0, "decided", 0) }
      $0.event(2) { $0.observe(1, "learned", 0) }
    },
    .init(
      name: "two learn different values", invariant: "agreement", verdict: .fail,
      reason: "b learns \"green\", and a has \"red\""
    ) {
      $0.event(1) { $0.observe(0, "decided", 0) }
      $0.event(2) { $0.observe(1, "learned", 1) }
    },
    .init(name: "nobody decides", invariant: "validity", verdict: .vacuous) {
      $0.call(1, 0, "propose", [0])
    },
    .init(name: "what was proposed is decided", invariant: "validity", verdict: .pass) {
      $0.call(1, 0, "propose", [1])
      $0.event(2) { $0.observe(1, "decided", 1) }
    },
    .init(
      name: "nobody proposed it", invariant: "validity", verdict: .fail,
      reason: "b has \"red\", which nobody has proposed"
    ) {
      $0.call(1, 0, "propose", [1])
      $0.event(2) { $0.observe(1, "decided", 0) }
    },
    .init(name: "the same again", invariant: "integrity", verdict: .pass) {
      $0.event(1) { $0.observe(0, "decided", 0) }
      $0.event(2) { $0.observe(0, "learned", 0) }
    },
    .init(name: "nobody decides", invariant: "integrity", verdict: .vacuous) { _ in },
    .init(
      name: "one node decides twice", invariant: "agreement", verdict: .fail,
      reason: "a learns \"green\", and it had \"red\""
    ) {
      $0.event(1) { $0.observe(0, "decided", 0) }
      $0.event(2) { $0.observe(0, "learned", 1) }
    },
    .init(
      name: "a node changes its mind", invariant: "integrity", verdict: .fail,
      reason: "a had \"red\" and now has \"green\""
    ) {
      $0.event(1) { $0.observe(0, "decided", 0) }
      $0.event(2) { $0.observe(0, "learned", 1) }
    },
  ]

  static let election: [InvariantRow] = [
    .init(name: "nobody leads", invariant: "election-safety", verdict: .vacuous) { _ in },
    .init(name: "two leaders of two terms", invariant: "election-safety", verdict: .pass) {
      $0.event(1) { lead(&$0, 0, term: 1) }
      $0.event(2) { lead(&$0, 1, term: 2) }
    },
    .init(
      name: "two leaders of one term, one after the other", invariant: "election-safety",
      verdict: .fail, reason: "b leads in term 1, in which a has led"
    ) {
      $0.event(1) { lead(&$0, 0, term: 1) }
      $0.event(2) { $0.set(0, "role", 0) }
      $0.event(3) { lead(&$0, 1, term: 1) }
    },
    .init(
      name: "two that say so, whatever their fields hold", invariant: "election-safety",
      verdict: .fail, reason: "b leads in term 1, in which a has led"
    ) {
      $0.event(1) { $0.observe(0, "became_leader", 1) }
      $0.event(2) { $0.observe(1, "became_leader", 1) }
    },
    .init(name: "nobody votes", invariant: "one-vote-per-term", verdict: .vacuous) { _ in },
    .init(name: "a vote in each term", invariant: "one-vote-per-term", verdict: .pass) {
      $0.event(1) { vote(&$0, 2, for: 0, term: 1) }
      $0.event(2) { vote(&$0, 2, for: 1, term: 2) }
    },
    .init(
      name: "a vote forgotten and given again", invariant: "one-vote-per-term", verdict: .fail,
      reason: "c votes for b in term 1, in which it has voted for a"
    ) {
      $0.event(1) { vote(&$0, 2, for: 0, term: 1) }
      $0.event(2) {
        $0.strike(.crashed, 2, fault: -1)
        $0.set(2, "voted_for", WordType.absent)
      }
      $0.event(3) {
        $0.strike(.restarted, 2, fault: -1)
        vote(&$0, 2, for: 1, term: 1)
      }
    },
    .init(name: "terms stay", invariant: "monotonic-terms", verdict: .vacuous) { _ in },
    .init(name: "terms rise", invariant: "monotonic-terms", verdict: .pass) {
      $0.event(1) { $0.set(0, "term", 3) }
    },
    .init(
      name: "a term falls", invariant: "monotonic-terms", verdict: .fail,
      reason: "the term of a falls from 3 to 1"
    ) {
      $0.event(1) { $0.set(0, "term", 3) }
      $0.event(2) { $0.set(0, "term", 1) }
    },
  ]

  static let mutex: [InvariantRow] = [
    .init(name: "nobody enters", invariant: "mutual-exclusion", verdict: .vacuous) {
      $0.event(1) { $0.observe(0, "requested", 1) }
    },
    .init(name: "one after the other", invariant: "mutual-exclusion", verdict: .pass) {
      $0.event(1) { $0.observe(0, "entered", 1) }
      $0.event(2) { $0.observe(0, "exited", 1) }
      $0.event(2) { $0.observe(1, "entered", 2) }
    },
    .init(name: "one that crashes is not inside", invariant: "mutual-exclusion", verdict: .pass) {
      $0.event(1) { $0.observe(0, "entered", 1) }
      $0.event(2) { $0.strike(.crashed, 0, fault: -1) }
      $0.event(3) { $0.observe(1, "entered", 2) }
    },
    .init(
      name: "two at once", invariant: "mutual-exclusion", verdict: .fail,
      reason: "a and b are in their critical sections at once"
    ) {
      $0.event(1) { $0.observe(0, "entered", 1) }
      $0.event(2) { $0.observe(1, "entered", 2) }
    },
    .init(
      name: "one that enters twice", invariant: "mutual-exclusion", verdict: .fail,
      reason: "a enters its critical section and has not left it before"
    ) {
      $0.event(1) { $0.observe(0, "entered", 1) }
      $0.event(2) { $0.observe(0, "entered", 2) }
    },
    .init(name: "nobody enters", invariant: "fifo-by-timestamp", verdict: .vacuous) {
      $0.event(1) { $0.observe(0, "requested", 1) }
    },
    .init(
      name: "in the order of timestamps, then of nodes", invariant: "fifo-by-timestamp",
      verdict: .pass
    ) {
      enter(&$0, [2, 0, 1], timestamps: [3, 4, 4])
    },
    .init(
      name: "the later request first", invariant: "fifo-by-timestamp", verdict: .fail,
      reason: "a with timestamp 1 enters after b with timestamp 2"
    ) {
      enter(&$0, [1, 0], timestamps: [2, 1])
    },
    .init(
      name: "equal timestamps, the later node first", invariant: "fifo-by-timestamp",
      verdict: .fail, reason: "a with timestamp 4 enters after b with timestamp 4"
    ) {
      enter(&$0, [1, 0], timestamps: [4, 4])
    },
    .init(name: "nobody asks", invariant: "no-starvation", verdict: .vacuous) { _ in },
    .init(name: "all enter or crash", invariant: "no-starvation", verdict: .pass) {
      request(&$0, [(0, 1), (1, 2)])
      enter(&$0, [0])
      $0.event(50) { $0.strike(.crashed, 1, fault: -1) }
    },
    .init(
      name: "one waits for ever", invariant: "no-starvation", verdict: .fail,
      reason: "b waits and will never enter"
    ) {
      request(&$0, [(0, 1), (1, 2)])
      enter(&$0, [0])
    },
    .init(
      name: "one waits at the planned end", invariant: "no-starvation", verdict: .inconclusive,
      reason: "b still waits to enter", end: .time
    ) {
      request(&$0, [(0, 1), (1, 2)])
      enter(&$0, [0])
    },
  ]

  static let barrier: [InvariantRow] = [
    .init(name: "never released", invariant: "no-early-release", verdict: .vacuous) {
      arrive(&$0, [0, 1])
    },
    .init(name: "released when all are there", invariant: "no-early-release", verdict: .pass) {
      arrive(&$0, [0, 1])
      release(&$0, [0, 1])
    },
    .init(
      name: "one has not arrived", invariant: "no-early-release", verdict: .fail,
      reason: "the barrier opens in generation 1, at which b has not arrived"
    ) {
      arrive(&$0, [0])
      release(&$0, [0])
    },
    .init(
      name: "one is let off, and the others are not told", invariant: "no-early-release",
      verdict: .fail, reason: "a is released in generation 1, at which b has not arrived"
    ) {
      arrive(&$0, [0])
      $0.event(50) { $0.observe(0, "released", 1) }
    },
    .init(name: "never released", invariant: "no-straggler-left", verdict: .vacuous) {
      arrive(&$0, [0, 1])
    },
    .init(name: "all go on together", invariant: "no-straggler-left", verdict: .pass) {
      arrive(&$0, [0, 1])
      release(&$0, [0, 1])
    },
    .init(
      name: "one comes too late", invariant: "no-straggler-left", verdict: .fail,
      reason: "b is left behind in generation 1"
    ) {
      arrive(&$0, [0])
      release(&$0, [0])
      $0.event(90) { $0.observe(1, "left_behind", 1) }
    },
    .init(
      name: "one comes too late and is not told", invariant: "no-straggler-left", verdict: .fail,
      reason: "b arrives at generation 1, which a left before"
    ) {
      arrive(&$0, [0])
      $0.event(50) { $0.observe(0, "released", 1) }
      arrive(&$0, [1])
    },
    .init(
      name: "one comes when the barrier has opened", invariant: "no-straggler-left",
      verdict: .fail, reason: "b arrives at generation 1, which is over"
    ) {
      arrive(&$0, [0])
      $0.event(50) { $0.observe(2, "triggered", 1) }
      arrive(&$0, [1])
      $0.event(60) { $0.observe(0, "released", 1) }
    },
    .init(
      name: "one arrives again after a crash", invariant: "no-straggler-left", verdict: .pass
    ) {
      arrive(&$0, [0, 1])
      release(&$0, [0])
      arrive(&$0, [1])
    },
    .init(name: "never released", invariant: "one-release-per-generation", verdict: .vacuous) {
      arrive(&$0, [0])
    },
    .init(name: "once in each", invariant: "one-release-per-generation", verdict: .pass) {
      $0.event(1) { $0.observe(0, "released", 1) }
      $0.event(2) { $0.observe(0, "released", 2) }
    },
    .init(
      name: "twice in one", invariant: "one-release-per-generation", verdict: .fail,
      reason: "a is released from generation 1 after generation 1"
    ) {
      $0.event(1) { $0.observe(0, "released", 1) }
      $0.event(2) { $0.observe(0, "released", 1) }
    },
  ]

  static let register: [InvariantRow] = ["linearizable", "sequentially-consistent"].flatMap {
    name in
    [
      InvariantRow(name: "nobody calls", invariant: name, verdict: .vacuous) { _ in },
      InvariantRow(name: "no call is ok", invariant: name, verdict: .vacuous) {
        $0.call(1, 0, "write", [1, WordType.absent])
        $0.event(2) { $0.complete(0, .info) }
        $0.call(3, 1, "read", [WordType.absent])
      },
      InvariantRow(name: "what was written is read", invariant: name, verdict: .pass) {
        $0.call(1, 0, "write", [1, WordType.absent])
        $0.event(2) { $0.complete(0) }
        $0.call(3, 1, "read", [WordType.absent])
        $0.event(4) { $0.complete(1, .ok, 1) }
      },
      InvariantRow(
        name: "nobody wrote it", invariant: name, verdict: .fail,
        reason: "read() = \"green\" at b"
      ) {
        $0.call(1, 0, "write", [0, WordType.absent])
        $0.event(2) { $0.complete(0) }
        $0.call(3, 1, "read", [WordType.absent])
        $0.event(4) { $0.complete(1, .ok, 1) }
      },
    ]
  }

  static let all = consensus + election + mutex + barrier + register + logs

  @Test("say of each trace what the table says", arguments: all)
  func row(_ row: InvariantRow) throws {
    let description = try #require(InvariantCatalog.invariant(row.invariant))
    let result = Self.judge(row, description, .run)
    #expect(result.verdict == row.verdict)
    #expect(result.reason.contains(row.reason))
  }

  @Test("have a row for each verdict", arguments: InvariantCatalog.all.map(\.name))
  func complete(_ name: String) {
    let rows = Self.all.filter { $0.invariant == name }
    #expect(rows.contains { $0.verdict == .fail })
    #expect(rows.contains { $0.verdict == .pass })
    #expect(rows.contains { $0.verdict == .vacuous })
  }

  @Test("have names of their own and fields of their family")
  func catalog() {
    let names = InvariantCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    for invariant in InvariantCatalog.all {
      let fields = Self.description(invariant.family).fields.map(\.name)
      for field in invariant.fields { #expect(fields.contains(field)) }
      #expect(!invariant.summary.isEmpty && !invariant.source.isEmpty)
      let own = InvariantCatalog.invariants(of: Self.description(invariant.family))
      #expect(own.contains { $0.name == invariant.name })
    }
  }

  /// Two inside from 10 to 20 ms: broken in a window that opens meanwhile, not in one after it.
  @Test(
    "that stand broken are broken in a window that opens later", arguments: [15, 25] as [Int64])
  func standing(_ opens: Int64) throws {
    let row = InvariantRow(name: "", invariant: "mutual-exclusion", verdict: .fail) {
      $0.event(5) { $0.observe(0, "entered", 1) }
      $0.event(10) { $0.observe(1, "entered", 2) }
      $0.event(20) { $0.observe(0, "exited", 1) }
      $0.event(30) { $0.observe(1, "exited", 2) }
      $0.event(40) { $0.observe(1, "entered", 3) }
    }
    let description = try #require(InvariantCatalog.invariant(row.invariant))
    let result = Self.judge(row, description, .after(.instant(Instant(milliseconds: opens))))
    #expect(result.verdict == (opens == 15 ? .fail : .pass))
    if opens == 15 { #expect(result.evidence?.windowOpened == Instant(milliseconds: 15)) }
  }

  static func judge(
    _ row: InvariantRow, _ invariant: InvariantDescription, _ scope: AssertionScope
  ) -> AssertionResult {
    let description = description(invariant.family)
    var bench = Bench(description, symbols: ["red", "green"])
    bench.add(.invariant(invariant.name), scope)
    var writer = TraceWriter(description)
    writer.start(3)
    row.write(&writer)
    return bench.judge(writer, row.end, at: 100).assertions[0]
  }

  static func description(_ family: ProtocolFamily) -> ProtocolDescription {
    switch family {
    case .consensus: TestProtocols.consensus
    case .election: TestProtocols.election
    case .mutex: TestProtocols.mutex
    case .barrier: TestProtocols.barrier
    case .register: TestProtocols.register
    case .log: TestProtocols.log
    }
  }

  static func lead(_ writer: inout TraceWriter, _ node: Int, term: Int64) {
    writer.set(node, "role", 2)
    writer.set(node, "term", term)
  }

  static func vote(_ writer: inout TraceWriter, _ node: Int, for other: Int64, term: Int64) {
    writer.set(node, "voted_for", other)
    writer.set(node, "term", term)
  }

  static func request(_ writer: inout TraceWriter, _ requests: [(Int, Int64)]) {
    for (node, timestamp) in requests {
      writer.event(1) { $0.observe(node, "requested", timestamp) }
    }
  }

  static func enter(
    _ writer: inout TraceWriter, _ nodes: [Int], timestamps: [Int64] = [0, 0, 0]
  ) {
    for (place, node) in nodes.enumerated() {
      let at = Int64(10 + 10 * place)
      writer.event(at) { $0.observe(node, "entered", timestamps[place]) }
      writer.event(at + 5) { $0.observe(node, "exited", timestamps[place]) }
    }
  }

  static func arrive(_ writer: inout TraceWriter, _ nodes: [Int]) {
    for node in nodes {
      writer.event(5) { $0.observe(node, "work_started", 0) }
      writer.event(10 + Int64(node)) { $0.observe(node, "arrived", 1) }
    }
  }

  static func release(_ writer: inout TraceWriter, _ nodes: [Int]) {
    writer.event(50) { writer in
      writer.observe(2, "triggered", 1)
      for node in nodes { writer.observe(node, "released", 1) }
    }
  }
}
