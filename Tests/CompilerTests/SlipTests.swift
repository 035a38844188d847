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
        "assertions: [{always: now < 1.5ns}]", "assertions: [{always: now < 1m0.0000001ms}]",
      ])
  }
}
