import Diagnostics
import Testing

@testable import Expressions

struct ExpressionTests {
  static let trials = Trial.table(
    #"""
    nodes.size() => 5
    nodes.exists(n, n.role == "leader") => true
    nodes.count(n, n.role == "leader") => 1
    nodes.all(n, n.role != "leader" || n.term >= 2) => true
    nodes.filter(n, n.group == "right").map(n, n.name) => ["node4", "node5"]
    nodes.map(n, n.term).max() => 2
    nodes.sortBy(n, -n.term).first().name => "node2"
    node1.role == "follower" && node2.role == "leader" => true
    leader == node2 => true
    leader != null && leader.term == 2 => true
    leader in nodes => true
    node2 in nodes.filter(n, n.up) => true
    old.leader => null
    old.leader == null => true
    old.node2.role => "follower"
    old.node2 == node2 => true
    old.nodes.all(n, n.role == "follower") => true
    old.nodes == nodes => true
    nodes.exists(n, n.term > old.node1.term) => true
    old.leader.term => E0502
    node1.heard == null => true
    node1.heard.name => E0502
    node2.heard.name => "node1"
    has(node1.heard) => false
    has(node2.heard) => true
    has(node2.heard.heard) => false
    has(leader.term) => true
    now => 145ms
    now > 100ms => true
    now / 1ms => 145.0
    messages.all(m, m.kind == "vote" && m.from == node1 && m.to.name == "node2") => true
    messages.exists(m, now - m.sent > 40ms) => true
    calls.exists(c, c.outcome == "pending" && c.completed == null) => true
    calls.all(c, c.completed == null || c.completed < 5ms) => true
    calls.all(c, c.completed < 5ms) => E0501
    calls.map(c, c.value) => [null]
    calls[0].value.x => E0502
    faults["split"].active => true
    faults.split.fired == 1 => true
    old.faults["split"].active => true
    old.faults.split.active => true
    node1 in faults["split"].targets => true
    has(faults.split.active) => true
    metrics["messages.wire"] => 12
    metrics.messages.wire < 200 => true
    has(metrics.messages.wire) => true
    metrics["call.read.latency.p99"] < 10ms => E0513
    metrics["messages.wire"] > 5 || metrics["call.read.latency.p99"] < 10ms => true
    double(limit) / 2.0 > ratio => true
    limit / 2 == 1 => true
    type(node1) == type(node2) => true
    type(node1) => node
    type(messages[0]) => message
    .nodes.size() => 5
    nodes.all(nodes, nodes.up) => true
    nodes.all(n, .nodes.exists(nodes, n == nodes)) => true
    node1.name.matches(r'^node\d$') => true
    nodes.map(n, n.role).distinct().size() => 2
    nodes.exists(n, n.role in ["leader", "candidate"]) => true
    [node1, node2].all(n, n.up) => true
    (limit > 2 ? node1 : node2).name => "node1"
    [dyn(node1), dyn(1)][0].name => "node1"
    [dyn(node1)][0].nome => E0503
    has(dyn(node1).heard) => false
    has(dyn(node1).nome) => E0503
    cel.bind(l, leader, l != null && l.term == 2) => true
    '%s'.format([node1]) => E0501
    [node1].sort() => E0409
    node1 < node2 => E0411
    """#)

  @Test(arguments: trials) func `what a world answers`(trial: Trial) {
    let world = World.five(leader: 1)
    let outcome = Trial.outcome(
      trial.text, mode: .scenario, in: World.environment, host: world)
    #expect(outcome == trial.wanted)
  }

  @Test func `holds wants a bool`() throws {
    var budget = EvaluationBudget()
    let world = World.five()
    let truth = Expression.check("nodes.all(n, n.up)", in: World.environment, expecting: .bool)
    #expect(try truth.get().compiled().holds(world, &budget))
    let open = Expression.check("calls[0].value", in: World.environment, expecting: .bool)
    #expect(throws: EvaluationError.self) { try open.get().compiled().holds(world, &budget) }
    #expect(throws: ExpressionMistakes.self) {
      try Expression.check("node1.term", in: World.environment, expecting: .bool).get()
    }
  }

  @Test func `all mistakes are told, by place`() {
    let result = Expression.check(
      "node1.rolle == \"leader\" && nod2.up && now < 5", in: World.environment, expecting: .bool)
    guard case .failure(let mistakes) = result else {
      Issue.record("no mistake found")
      return
    }
    #expect(mistakes.all.map(\.code.id) == ["E0407", "E0406", "E0410"])
    #expect(mistakes.all.map(\.range) == [6..<11, 27..<31, 38..<45])
  }

  @Test func `readings tell what the value hangs on`() throws {
    var budget = EvaluationBudget()
    let compiled = try Expression.check(
      "leader == null || nodes.all(n, n.term <= leader.term) && old.leader == null && now > 1ms",
      in: World.environment
    ).get().compiled()
    let (result, readings) = compiled.trace(World.five(leader: 1), &budget)
    #expect(result == .success(.bool(true)))
    #expect(
      readings.map { "\($0.name) = \($0.value)" } == [
        "leader = node2", "node1.term = 1", "node2.term = 2", "node3.term = 1", "node4.term = 1",
        "node5.term = 1", "old.leader = null", "now = 145ms",
      ])
    let failed = try Expression.check("leader.term > 1", in: World.environment).get().compiled()
    let (error, seen) = failed.trace(World.five(), &budget)
    #expect(seen == [Reading(name: "leader", value: "null")])
    #expect(throws: EvaluationError.self) { try error.get() }
  }
}
