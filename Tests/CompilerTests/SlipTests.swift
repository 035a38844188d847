import Testing

/// What people write who expect another word or another form, with what they are told: once, and
/// with what to write instead.
struct SlipTests {
  @Test func keys() {
    MistakeTests.golden(
      "slips-keys.txt",
      [
        // One mistake is told once.
        "faults: [{at: 5ms, for: 5ms, kill: leader}]", "faults: [{at: 5ms, for: 5ms, klil: node1}]",
        "faults: [{at: 5ms, drop: 1%}]", "faults: [{at: 5ms, for: 5ms, stop: node1}]",
        "faults: []\nassertions: [{eventually: node1.up, during: cut}]",
        "latencies: {default: {latency: 5ms, drop: 1%}}",
        "assertions: [{eventually: node1.up, in: 5ms}]", "topology: {nodes: {count: 3}}",
        "topology: {nodes: {one: a, two: b}}",
        // A space is missing.
        "topology:\n  nodes:3", "latencies: {default:10ms}", "protocol:barrier",
        "faults:\n  - crash:node1", "faults: [{at:5ms, crash: node1}]", "nodes:3",
        "assertions:\n  -agreement", "protocol: {name: paxos, timeout: 2s}",
        "assertions: [{at_end: \"node1.value == \"x\"\"}]",
        // An argument beside its call.
        "protocol: lamport-mutex\nworkloads: [{at: 0ms, call: acquire, hold: 5ms}]",
        "protocol: lamport-mutex\nworkloads: [{at: 0ms, call: {acquire: {hold: 5ms}}, id: 3}]",
        "protocol: lamport-mutex\nworkloads: [{at: 0ms, mix: [{call: acquire, hold: 5ms}]}]",
      ])
  }

  @Test func values() {
    MistakeTests.golden(
      "slips-values.txt",
      [
        "topology: {nodes: 3.0}", "limits: {events: -5.0}", "seed: 7.0", "name: ''",
        "description: \" \\t \"", "assertions: [{name: '', always: node1.up}]",
        "faults: [{name: '', at: 5ms, crash: node1}]",
        "faults: [{at: 5ms, crash: node1, may_be_idle: ' '}]",
        "protocol: lamport-mutex\nworkloads: [{name: '', at: 0ms, call: acquire}]",
      ])
  }

  @Test func faults() {
    MistakeTests.golden(
      "slips-faults.txt",
      [
        "faults: [{at: 5ms, loss: 100%, messages: {where: now > 5ms}}]",
        "topology: {nodes: 3, groups: {left: [node1, node9]}}",
        "topology: {nodes: [a1, a3]}\nfaults: [{at: 5ms, crash: a2}]",
      ])
  }

  @Test func conditions() {
    MistakeTests.golden(
      "slips-conditions.txt",
      [
        "assertions: [{always: node6.up}]", "assertions: [{always: \"nodes.all(n => n.up)\"}]",
        "topology: {nodes: 3, groups: {left: [node1]}}\nassertions: [{always: \"left.all(n, n.up)\"}]",
        "topology: {nodes: 3, groups: {left: [node1]}}\nassertions: [{always: node1.group == left}]",
        "topology: {nodes: 2, groups: {a: [node1], b: [node1]}}\nassertions: [{always: a.size() > 0}]",
        "faults: [{name: f-1, at: 5ms, crash: node1}]\nassertions: [{always: faults.f-1.fired < 2}]",
        "parameters: {x: 3}\nassertions: [{always: \"${x} > 3\"}]", "assertions: [always node1.up]",
        "faults: [{name: f, at: 5ms, crash: node1}]\nassertions: [{always: node1.up, during: f.start}]",
        "assertions:\n  - always: >\n      node1.up  // it runs\n      && node1.index < 7",
        "assertions:\n  - always: node1.up  // it runs\n      && node1.index < 7",
        "assertions:\n  - always: \"node1.up  // it runs\n      && node1.index < 7\"",
        "assertions: [{always: now < 1.5ns}]", "assertions: [{always: now < 1m0.0000001ms}]",
      ])
  }

  private static let expressions = [
    #"node1.term =< 5"#,
    #"node1.term => 1"#,
    #"node1.up & node2.up"#,
    #"node1.up | node2.up"#,
    #"node1.up and node2.up"#,
    #"node1.up or node2.up"#,
    #"not node1.up"#,
    #"not(node1.up)"#,
    #"node1.up && not node2.up"#,
    #"node1.term = 5"#,
    #"node1.term < 1_000"#,
    #"leader == "node1""#,
    #"node1.role == leader"#,
    #"node1.role == 'leadr'"#,
    #"nodes.all(n => n.up)"#,
    #"nodes.all(n -> n.up)"#,
    #"nodes.all(n: n.up)"#,
    #"forall n in nodes: n.up"#,
    #"nodes.every(n, n.up)"#,
    #"split.active"#,
    #"faults['split']"#,
    #"node1.term <> 3"#,
    #"node1.term === 3"#,
    #"node1.term !== 3"#,
    #"node1.term ≤ 3"#,
    #"role == 'leader'"#,
    #"node1.is_leader"#,
    #"1 <= node1.term <= 3"#,
    #"node1.term in 1..3"#,
    #"node1.term in (1, 2, 3)"#,
    #"node1.term in {1, 2, 3}"#,
    #"len(nodes) == 3"#,
    #"nodes.length == 3"#,
    #"now < 5"#,
    #"now < 5 ms"#,
    #"node1.term == '3'"#,
    #"leader.name == node1"#,
    #"node1.up == 'true'"#,
    #"if node1.up then true else false"#,
    #"node1.up implies node2.up"#,
    #"node1.up => node2.up"#,
    #"node1.up -> node2.up"#,
    #"node1.up ==> node2.up"#,
    #"node1.up xor node2.up"#,
    #"True && node1.up"#,
    #"node1.leader == nil"#,
    #"leader == None"#,
    #"node1.term++ > 1"#,
    #"node1->up"#,
    #"nodes[1].up()"#,
    #"node1.term < 1e3ms"#,
    #""node1".up"#,
    #"message.kind == 'x'"#,
    #"node1.term > 2^3"#,
    #"node1.term ** 2 > 1"#,
    #"node1.up; node2.up"#,
    #"node1.up, node2.up"#,
    #"[n for n in nodes if n.up].size() > 0"#,
    #"count(nodes, n.up) > 1"#,
    #"nodes.count(n.up) > 1"#,
    #"nodes.all(n.up)"#,
    #"all(nodes, n, n.up)"#,
    #"any(n.up for n in nodes)"#,
    #"leader == 'leader'"#,
    #"node1 == 'node1'"#,
    #"'node1' in nodes"#,
    #"leader in ['node1', 'node2']"#,
    #"leader"#,
    #"leader != null && node1.term"#,
    #"node1.role == Follower"#,
    #"node1.up ? 1 : 'a' == node1"#,
    #"node1.name contains 'a'"#,
    #"node1.term == node1 . term .. 3"#,
    #"node1 == 'node7'"#,
    #"“node1” == node1.name"#,
    #"node1.up ∧ node2.up"#,
    #"Node1.up"#,
    #"now < '500ms'"#,
    #"now < node1.name"#,
    #"leader != null within 300ms"#,
    #"double(node1.term / 2) > 0.5"#,
    #"node1.term / 2 + 1 > 1.5"#,
    #"cel.bind(half, node1.term / 2, half > 0.5)"#,
    #"(node1.term / 2) in [0.5, 1.0]"#,
    #"(node1.up ? node1.term / 2 : 0) > 0.5"#,
    #"node1.term / 2 >= 1 / 2"#,
  ]

  /// Expressions as other languages have them.
  @Test func expressionsOfOtherLanguages() {
    let split = "faults: [{name: split, at: 5ms, for: 5ms, partition: halves}]\n"
    MistakeTests.golden(
      "slips-expressions.txt",
      Self.expressions.map { split + "assertions:\n  - always: >-\n      " + $0 })
  }
}
