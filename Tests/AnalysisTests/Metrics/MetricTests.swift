import SystemModel
import Testing

@testable import Analysis

@Suite("Metrics")
struct MetricTests {
  static let ms: Int64 = 1_000_000

  @Test("count messages by kind, link and fate")
  func messages() {
    var bench = Bench(TestProtocols.plain, faults: [Bench.split()])
    bench.add(.always(bench.condition("true")))
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.event(1) {
      $0.send(1, "ping", 0, 1, [1])
      $0.send(2, "ping", 0, 2, [1], logical: false)
      $0.send(3, "pong", 1, 0)
    }
    writer.event(2) {
      $0.duplicate(1, as: 4)
      $0.touch(.dropped, 2, fault: 0, reason: .cut)
      $0.touch(.held, 3, fault: 0)
    }
    writer.deliver(3, 1)
    writer.deliver(4, 4)
    let result = bench.judge(writer, at: 5)
    let wanted: [(String, Int64)] = [
      ("messages.logical", 2), ("messages.wire", 3), ("messages.delivered", 2),
      ("messages.dropped", 1), ("messages.held", 1), ("messages.duplicated", 1),
      ("messages.delayed", 0), ("messages.kind.ping.logical", 1), ("messages.kind.ping.wire", 2),
      ("messages.kind.pong.wire", 1), ("messages.link.a.b.wire", 1),
      ("messages.link.a.c.dropped", 1), ("fault.split.dropped", 1), ("fault.split.held", 1),
      ("run.events", 5),
    ]
    for (name, count) in wanted { #expect(result.metric(name) == .count(count), "\(name)") }
    #expect(result.metric("messages.link.c.b.wire") == nil)
    #expect(result.metric("run.duration") == .duration(5 * Self.ms))
    let names = result.metrics.map(\.name)
    #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("measure the latency of calls by nearest rank")
  func calls() {
    var bench = Bench(TestProtocols.plain, symbols: ["k"])
    bench.add(.always(bench.condition("true")))
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    for call in 0..<12 { writer.call(0, 0, "put", [0, Int64(call)]) }
    for call in 0..<10 { writer.event(Int64(call + 1) * 10) { $0.complete(call, .ok, 1) } }
    writer.event(200) { $0.complete(10, .fail) }
    let result = bench.judge(writer, at: 200)
    let wanted: [(String, Int64)] = [
      ("calls.count", 12), ("calls.ok", 10), ("calls.fail", 1), ("calls.info", 1),
      ("call.put.latency.count", 10),
    ]
    for (name, count) in wanted { #expect(result.metric(name) == .count(count), "\(name)") }
    let spans: [(String, Int64)] = [
      ("mean", 55), ("p50", 50), ("p90", 90), ("p99", 100), ("max", 100),
    ]
    for (name, span) in spans {
      #expect(result.metric("call.put.latency.\(name)") == .duration(span * Self.ms), "\(name)")
    }
    #expect(result.calls[11].outcome == .info)
    #expect(result.calls[11].completed == nil)
  }

  @Test("have no value without samples")
  func samples() {
    var bench = Bench(TestProtocols.plain)
    bench.add(.always(bench.condition("true")))
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    let result = bench.judge(writer, at: 0)
    #expect(result.metric("call.put.latency.p99") == nil)
    #expect(result.metric("call.put.latency.count") == .count(0))
    #expect(result.metric("mutex.makespan") == nil)
    #expect(result.metric("barrier.releases") == nil)
  }

  @Test("of consensus: decided at 80 ms, complete at 145 ms")
  func consensus() {
    var bench = Bench(TestProtocols.consensus, symbols: ["scale_up"])
    bench.add(.invariant("agreement"))
    var writer = TraceWriter(TestProtocols.consensus)
    writer.start(3)
    writer.event(5) { $0.observe(0, "proposed", 0) }
    writer.event(80) { $0.observe(0, "decided", 0) }
    writer.event(100) { $0.observe(1, "learned", 0) }
    writer.event(145) { $0.observe(0, "completed", 0) }
    let result = bench.judge(writer, at: 145)
    #expect(result.metric("consensus.decision_time") == .duration(80 * Self.ms))
    #expect(result.metric("consensus.completion_time") == .duration(145 * Self.ms))
    #expect(result.metric("consensus.duration") == .duration(140 * Self.ms))
  }

  /// The documented timetable: cut at 100 ms, node1 leads at 250, accepted at 270; healed at 500,
  /// accepted at 520 and 540, recovered at 560.
  @Test("of availability: 170 ms on the left, 460 ms on the right from the cut on")
  func availability() {
    let left = ["node1", "node2", "node3"]
    var bench = Bench(
      TestProtocols.election, nodes: left + ["node4", "node5"],
      groups: [("left", [0, 1, 2]), ("right", [3, 4])], faults: [Bench.split()])
    bench.add(.invariant("election-safety"))
    bench.add(
      .eventually(
        bench.condition("nodes.filter(n, n.group == 'right').all(n, n.available)"),
        within: .milliseconds(460)), .after(.faultStart(0)), name: "right")
    bench.add(
      .eventually(
        bench.condition("nodes.filter(n, n.group == 'left').all(n, n.available)"),
        within: .milliseconds(169)), .after(.faultStart(0)), name: "left too soon")
    let cut = CutPattern(
      [0, 1, 2].map { NodeID($0) }, from: [3, 4].map { NodeID($0) }, oneWay: false)
    var writer = TraceWriter(TestProtocols.election)
    writer.start(5, ["role": [1, 0, 0, 0, 0], "term": [1, 1, 1, 1, 1]])
    func accept(_ at: Int64, _ node: Int, synced: Bool) {
      writer.event(at, node: node) {
        $0.set(node, "leader_id", 0)
        if synced { $0.set(node, "synced", 1) }
      }
    }
    writer.startFault(100, 0, cut: cut)
    writer.event(250) {
      $0.set(0, "term", 2)
      $0.set(0, "role", 2)
      $0.set(0, "leader_id", 0)
      $0.observe(0, "became_leader", 2)
    }
    accept(270, 1, synced: true)
    accept(270, 2, synced: true)
    writer.endFault(500, binding: 0)
    accept(520, 3, synced: false)
    accept(520, 4, synced: false)
    writer.event(560) { $0.set(3, "synced", 1) }
    writer.event(560) { $0.set(4, "synced", 1) }
    let result = bench.judge(writer, .time, at: 700)
    let wanted: [(String, Int64)] = [
      ("unavailability.left", 270), ("unavailability.right", 560), ("unavailability.total", 560),
      ("unavailability.left.since.split", 170), ("unavailability.right.since.split", 460),
      ("unavailability.total.since.split", 460),
    ]
    for (name, span) in wanted {
      #expect(result.metric(name) == .duration(span * Self.ms), "\(name)")
    }
    #expect(result.metric("election.leaders") == .count(1))
    #expect(result.metric("election.terms") == .count(2))
    #expect(result.assertion("right")?.verdict == .pass)
    #expect(result.assertion("left too soon")?.verdict == .fail)
    #expect(
      result.timeline.first?.bars.map(\.activity) == [.candidate, .leading])
  }

  /// A leader that a minority alone can reach makes nobody available; nor does one that is paused.
  @Test("of availability ask for a leader that a majority can reach")
  func minority() {
    var bench = Bench(TestProtocols.election, faults: [Bench.split()])
    bench.add(.sometimes(bench.condition("a.available")))
    bench.add(
      .always(bench.condition("!a.available && !b.available")), .during(fault: 0), name: "cut off")
    bench.add(
      .never(bench.condition("nodes.exists(n, n.paused && nodes.exists(m, m.available))")),
      name: "paused")
    var writer = TraceWriter(TestProtocols.election)
    writer.start(3, ["role": [2, 0, 0], "leader_id": [0, 0, 0], "synced": [1, 1, 1]])
    writer.event(10)
    let cut = CutPattern([NodeID(0)], from: [NodeID(1), NodeID(2)], oneWay: true)
    writer.startFault(20, 0, cut: cut)
    writer.endFault(50, binding: 0)
    writer.event(60) { $0.strike(.paused, 0, fault: -1) }
    writer.event(70) { $0.strike(.resumed, 0, fault: -1) }
    let result = bench.judge(writer, .time, at: 100)
    #expect(result.outcome == .pass, "\(result.assertions)")
    #expect(result.metric("unavailability.total") == .duration(40 * Self.ms))
  }

  /// The documented entries 60, 170 and 258 ms.
  @Test("of locks: waits of 453 ms, 240 ms of work in 318 ms")
  func locks() {
    var bench = Bench(TestProtocols.mutex)
    bench.add(.invariant("mutual-exclusion"))
    var writer = TraceWriter(TestProtocols.mutex)
    writer.start(3)
    for (node, at) in [(0, 0), (1, 10), (2, 25)] as [(Int, Int64)] {
      writer.event(at) { $0.observe(node, "requested", Int64(node + 1)) }
    }
    for (node, at, hold) in [(0, 60, 100), (1, 170, 80), (2, 258, 60)] as [(Int, Int64, Int64)] {
      writer.event(at) { $0.observe(node, "entered", Int64(node + 1)) }
      writer.event(at + hold) { $0.observe(node, "exited", Int64(node + 1)) }
    }
    let result = bench.judge(writer, at: 318)
    let wanted: [(String, Int64)] = [
      ("mutex.wait.a", 60), ("mutex.wait.b", 160), ("mutex.wait.c", 233),
      ("mutex.wait.total", 453), ("mutex.wait.max", 233), ("mutex.serial", 240),
      ("mutex.makespan", 318), ("mutex.overhead", 78),
    ]
    for (name, span) in wanted {
      #expect(result.metric(name) == .duration(span * Self.ms), "\(name)")
    }
    #expect(result.metric("mutex.entries") == .count(3))
    #expect(
      result.timeline[1].bars == [
        .init(activity: .waiting, start: .init(milliseconds: 10), end: .init(milliseconds: 170)),
        .init(activity: .inside, start: .init(milliseconds: 170), end: .init(milliseconds: 250)),
      ])
  }

  /// The documented barrier: 50, 75, 180, 60 and 200 ms of work.
  @Test("of barriers: released at 200 ms, 435 ms of waiting, 56.5 % of work")
  func barrier() {
    let nodes = ["node1", "node2", "node3", "node4", "node5", "coordinator"]
    var bench = Bench(TestProtocols.barrier, nodes: nodes)
    bench.add(.invariant("no-early-release"))
    var writer = TraceWriter(TestProtocols.barrier)
    writer.start(6)
    let work: [(Int, Int64)] = [(0, 50), (3, 60), (1, 75), (2, 180), (4, 200)]
    writer.event(0) { writer in
      for (node, span) in work {
        writer.observe(node, "registered")
        writer.observe(node, "work_started", span * Self.ms)
      }
    }
    for (count, (node, at)) in work.enumerated() {
      writer.event(at, node: node) {
        $0.observe(node, "arrived", 1)
        $0.set(5, "arrived", Int64(count + 1))
      }
    }
    writer.event(200) { writer in
      writer.observe(5, "triggered", 1)
      writer.set(5, "arrived", 0)
      for node in 0..<5 { writer.observe(node, "released", 1) }
    }
    let result = bench.judge(writer, at: 200)
    let waits: [Int64] = [150, 125, 20, 140, 0]
    for (node, wait) in waits.enumerated() {
      #expect(result.metric("barrier.wait.\(nodes[node])") == .duration(wait * Self.ms))
    }
    #expect(result.metric("barrier.wait.total") == .duration(435 * Self.ms))
    #expect(result.metric("barrier.utilisation") == .ratio(0.565))
    #expect(result.metric("barrier.release_time") == .duration(200 * Self.ms))
    #expect(result.metric("barrier.releases") == .count(1))
    #expect(result.metric("barrier.left_behind") == .count(0))
    #expect(result.series.first?.limit == 5)
    #expect(result.series.first?.steps.map(\.value) == [1, 2, 3, 4, 5, 0])
  }

  @Test("who waits when the run ends has waited until then")
  func openWaits() {
    var bench = Bench(TestProtocols.mutex)
    bench.add(.invariant("no-starvation"))
    var writer = TraceWriter(TestProtocols.mutex)
    writer.start(3)
    writer.event(10) { $0.observe(0, "requested", 1) }
    let result = bench.judge(writer, .time, at: 50)
    #expect(result.metric("mutex.wait.a") == .duration(40 * Self.ms))
    #expect(result.timeline.first?.bars.first?.isOpen == true)
  }

  @Test("have names that differ, for every family", arguments: ProtocolFamily.allCases)
  func names(_ family: ProtocolFamily) {
    let description = InvariantTests.description(family)
    let topology = Topology(
      names: ["a", "b"], groups: [.init(name: "all", nodes: NodeSet([NodeID(0)]))])
    let metrics = MetricCatalog.metrics(of: description, topology, faults: ["split"])
    #expect(Set(metrics.map(\.name)).count == metrics.count)
    #expect(!metrics.contains { $0.name.contains("NODE") || $0.name.contains("GROUP") })
  }

  @Test("of links are left out beyond 64 nodes")
  func manyNodes() {
    let many = Topology(names: (0..<65).map { "n\($0)" })
    let metrics = MetricCatalog.metrics(of: TestProtocols.plain, many, faults: [])
    #expect(!metrics.contains { $0.name.hasPrefix("messages.link") })
    #expect(metrics.contains { $0.name == "mutex.wait.n64" })
  }
}
