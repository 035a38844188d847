import Compiler
import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// Every mistake of an author, with what the author is told. The sections of each row stand in a
/// scenario that is right otherwise.
struct MistakeTests {
  static func golden(_ name: String, _ rows: [String]) {
    let reports = rows.map { sections -> String in
      let compiled = compile(story(with: sections))
      let shown = sections.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "| \($0)\n" }.joined()
      return shown + "\n" + compiled.text
    }
    expectGolden(reports.joined(separator: "\n"), name)
    for sections in rows {
      #expect(!compile(story(with: sections)).diagnostics.isEmpty, "\(sections)")
    }
  }

  /// What is wrong with the section of a capsule, or with what stands beside it.
  @Test func capsules() {
    func capsule(_ lines: [String: String] = [:], beside: String = "seed: 7") -> String {
      let own = [
        ("tool", "0.1.0"), ("semantics", "1"), ("seed", "7"), ("outcome", "fail"),
        ("violated", "[election-safety]"), ("fingerprint", "06a7fa15c3e2d490"),
        ("trace_hash", "b18f0e0a3fb06517"),
      ]
      let kept = own.map { ($0.0, lines[$0.0] ?? $0.1) }.filter { !$0.1.isEmpty }
      return beside + "\nassertions: [election-safety]\ncapsule:\n"
        + kept.map { "  \($0.0): \($0.1)" }.joined(separator: "\n")
    }
    Self.golden(
      "capsules.txt",
      [
        capsule(beside: "seed: 8"), capsule(beside: ""), capsule(["semantics": "9999"]),
        capsule(["violated": "[election]"]), capsule(["violated": ""]),
        capsule(["violated": "[election-safety, election-safety]"]), capsule(["outcome": "pass"]),
        capsule(["tool": "0.1"]), capsule(["fingerprint": "06a7fa15c3e2d49"]),
        capsule(["trace_hash": "B18F0E0A3FB06517"]), capsule(["trace_hash": ""]),
        capsule(beside: "seed: 7\nmatrix: {late: [1ms, 2ms]}\nlimits: {time: '${late}'}"),
        capsule(["seed": ""]) + "\n  verdict: fail", "capsule: {}", "capsule: yes",
      ])
  }

  /// A scenario that extends a capsule is another one, and none itself.
  @Test func capsulesAreNotInherited() throws {
    let compiled = compile(
      "version: 1\nextends: capsule.yaml\nname: other\nseed: 12\n",
      others: ["capsule.yaml": try fixture("capsule.yaml")])
    #expect(compiled.diagnostics.isEmpty, "\(compiled.text)")
    #expect(compiled.plans?.first?.capsule == nil)
    #expect(try plan(try fixture("capsule.yaml")).capsule != nil)
  }

  @Test func keys() {
    Self.golden(
      "keys.txt",
      [
        "sedd: 7", "limit: {time: 1s}", "heartbeat: 50ms", "latency: 5ms", "nodes: 5",
        "limits: {tiem: 1s, time: 2s}", "limits: {duration: 1s}", "limits: {for: 1s}",
        "topology: {node: 3}", "topology: {nodes: 3, zones: {a: [node1]}}",
        "latencies: {default: 20ms, link: []}",
        "latencies: {default: {normal: {mean: 5ms, stddev: 1ms}}}",
        "latencies: {default: {normal: {mean: 5ms}, uniform: 1ms..2ms}}",
        "latencies: {default: {lognormal: {mean: 5ms}}}",
        "latencies: {default: {latency: 5ms, bandwidth: 1Mbit/s}}",
        "faults: [{at: 5ms, loss: {gilbert-elliott: {bad: 5%}}}]",
        "latencies: {default: {bandwidth: 1Mbit/s}}",
        "latencies: {default: 5ms, links: [{latency: 5ms}]}",
        "latencies: {default: 5ms, links: [{between: [node1, node2]}]}",
        "latencies: {default: 5ms, links: [{from: node1, latency: 5ms}]}",
        "latencies: {default: 5ms, links: [{between: [node1, node2], to: node3, latency: 1ms}]}",
        "faults: [{at: 5ms}]", "faults: [{partition: halves}]",
        "faults: [{crash: node1, at: 5ms, on: {sent: heartbeat}}]",
        "faults: [{at: 5ms, crash: node1, pause: node2}]", "faults: [{at: 5ms, isolate: node1}]",
        "faults: [{at: 5ms, partitoin: halves}]", "faults: [{at: 5ms, crash: node1, factor: 2x}]",
        "faults: [{at: 5ms, partition: halves, mode: hold, in_flight: deliver}]",
        "faults: [{at: 5ms, partition: halves, mode: slow}]", "faults: [{at: 5ms, slow: 2x}]",
        "faults: [{at: 5ms, crash: node1, links: all}]",
        "faults: [{at: 5ms, restart: node1, for: 5ms}]",
        "faults: [{at: 5ms, crash: node1, messages: {kind: heartbeat}}]",
        "faults: [{at: 5ms, clock: {skew: 5ms}}]",
        "faults: [{at: 5ms, crash: node1, disk: lose-unsynced}]",
        "faults: [{at: 5ms, partition: halves, for: 5ms, until: 20ms}]",
        "faults: [{at: 5ms, jitter: 5ms, crash: node1}]",
        "assertions: [{always: node1.up, never: node2.up}]", "assertions: [{name: nothing}]",
        "assertions: [{when: node1.up}]", "assertions: [{then: node1.up}]",
        "assertions: [{metric: messages.wire}]", "assertions: [{always: node1.up, within: 5ms}]",
        "assertions: [{at_end: node1.up, after: 5ms}]",
        "assertions: [{always: node1.up, after: 5ms, before: 9ms}]",
        "assertions: [{always: nodes.all(n, n.up)}]", "assertions: [{linearizable: calls}]",
        "version: 2", "version: 1.0", "name:", "topology:", "topology: {}", "faults: []",
        "expect: fail", "assertions: [election-safety]\nexpect: fail", "expect: {pass: x}",
      ])
  }

  @Test func values() {
    Self.golden(
      "values.txt",
      [
        "limits: {time: 60}", "limits: {time: 60 s}", "limits: {time: 60sec}",
        "limits: {time: 2MS}",
        "limits: {time: 5d}", "limits: {time: 3 fortnights}", "limits: {time: .5s}",
        "limits: {time: 0s}", "limits: {time: -5s}", "limits: {time: 1.5ns}",
        "limits: {time: 400000h}",
        "limits: {time: 12:30}", "limits: {time: 1e3}", "limits: {time: [1s]}", "limits: {time: ~}",
        "limits: {time: 5ms..9ms}", "limits: {time: 99999999999999999999s}",
        "limits: {events: 1e6}", "limits: {events: 0x10}", "limits: {events: 5ms}",
        "limits: {events: 0}",
        "limits: {events: 1.5}", "limits: {events: lots}", "limits: [time]", "limits: 5s",
        "seed: -1", "seed: 99999999999999999999", "seed: abc", "tags: documented", "tags: [a b]",
        "tags: [[a]]", "name: [a]", "topology: {nodes: 0}", "topology: {nodes: 20000}",
        "topology: {nodes: many}", "topology: {nodes: [node-1]}", "topology: {nodes: [1st]}",
        "topology: {nodes: 3, shape: circle}", "topology: {nodes: 3, shape: Ring}",
        "topology: {nodes: 3, groups: [left]}", "topology: {nodes: 3, groups: {left: node1}}",
        "latencies: {default: 20}", "latencies: {default: 20..40ms}",
        "latencies: {default: 40ms..20ms}",
        "latencies: {default: {uniform: 5ms}}",
        "latencies: {default: {exponential: {mean: 5ms, min: 9ms}}}",
        "latencies: {default: {lognormal: {median: 9ms, p99: 9ms}}}",
        "latencies: {default: {lognormal: {median: 0ms, p99: 9ms}}}",
        "latencies: {default: {pareto: {mean: 5ms, min: 5ms}}}",
        "latencies: {default: {pareto: {mean: 5ms, alpha: 2}}}",
        "latencies: {default: {latency: 5ms, loss: 0.01}}",
        "latencies: {default: {latency: 5ms, loss: 1}}",
        "latencies: {default: {latency: 5ms, loss: 101%}}",
        "latencies: {default: {latency: 5ms, loss: 1 %}}",
        "latencies: {default: {latency: 5ms, loss: 1ms}}",
        "latencies: {default: {latency: 5ms, fifo: no}}",
        "latencies: {default: {latency: 5ms, fifo: True}}",
        "latencies: {default: {latency: 5ms, reorder: often}}",
        "latencies: {default: 5ms, links: {between: [node1, node2], latency: 5ms}}",
        "latencies: {default: 5ms, links: [{between: [node1], latency: 5ms}]}",
        "latencies: {default: 5ms, links: [{between: node1, latency: 5ms}]}",
        "processing: 5", "processing: {default: 5}",
        "processing: {default: 2ms, concurrency: many}",
        "processing: {nodez: {node1: 2ms}}",
        "faults: [{at: 5ms, slow: 4, nodes: node1}]",
        "faults: [{at: 5ms, slow: 0.5x, nodes: node1}]",
        "faults: [{at: 5ms, crash: random}]", "faults: [{at: 5ms, crash: random(0)}]",
        "faults: [{at: 5ms, crash: some(2)}]", "faults: [{at: 5ms, partition: [node1]}]",
        "faults: [{at: 5ms, partition: thirds}]",
        "faults: [{at: 5ms, partition: halves, mode: hodl}]",
        "faults: [{at: 5ms, partition: halves, may_be_idle: true}]",
        "faults: [{name: the cut, at: 5ms, partition: halves}]",
        "faults: [{on: delivered, crash: node1}]",
        "faults: [{on: {recieved: heartbeat}, crash: node1}]",
        "faults: [{at: 5ms, loss: 5%, links: some}]", "faults: {at: 5ms, crash: node1}",
        "assertions: [{metric: messages.wire, is: \"=5\"}]",
        "assertions: [{metric: messages.wire, is: \"<\"}]",
        "assertions: [{always: node1.up, after: split.begin}]",
        "assertions: [{always: node1.up, between: [5ms]}]", "assertions: [[a, b]]",
      ])
  }

  @Test func parameters() {
    Self.golden(
      "parameters.txt",
      [
        "parameters: {cut: 80ms}", "limits: {time: \"${cut}\"}",
        "parameters: {cut_at: 80ms}\nlimits: {time: \"${cut_att}\"}",
        "parameters: {cut: 80}\nlimits: {time: \"${cut}\"}",
        "parameters: {cut: 80ms}\nlimits: {time: \"${cut\"}", "limits: {time: \"${}\"}",
        "parameters: {cut: }\nlimits: {time: \"${cut}\"}",
        "parameters: {cut: {a: 1}}\nlimits: {time: \"${cut}\"}",
        "parameters: {cut: [1ms, 2]}\nlimits: {time: \"${cut}\"}",
        "parameters: {cut: [1ms, 2ms]}\nlimits: {time: \"${cut}\"}",
        "parameters: {some: [a, b]}\nname: of ${some}",
        "parameters: {node1: 5ms}\nlimits: {time: \"${node1}\"}",
        "parameters: {max: 5ms}\nlimits: {time: \"${max}\"}",
        "parameters: {a: 1ms, b: \"${a}\"}\nlimits: {time: \"${b}\"}",
        "parameters: {up: true}\nassertions: [{always: \"node1.up == ${up}\"}]",
        "parameters: {up: 5ms}\nassertions: [{always: node1.up == up}]",
        "topology: {nodes: [a, b], groups: {\"${x}\": [a]}}",
        "matrix: {cut: 0ms..150ms}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: 0ms..150ms step 0ms}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: 0ms..150 step 5ms}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: 150ms..0ms step 5ms}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: 1ms..1s step 1us}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: 80ms}\nlimits: {time: \"${cut}\"}", "matrix: {cut: []}", "matrix: {}",
        "matrix: {cut: [1ms, 1ms]}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: [1ms, 2]}\nlimits: {time: \"${cut}\"}",
        "parameters: {cut: 5}\nmatrix: {cut: [1ms]}\nlimits: {time: \"${cut}\"}",
        "matrix: {exclude: [{a: 1}]}",
        "matrix: {cut: [1ms], exclude: [{cutt: 1ms}]}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: [1ms, 2ms], exclude: [{cut: 3ms}]}\nlimits: {time: \"${cut}\"}",
        "matrix: {cut: [1ms], exclude: [{cut: 1ms}]}\nlimits: {time: \"${cut}\"}",
        "matrix: {a: 1..101, b: 1..100}\nlimits: {events: \"${a}${b}\"}",
        "matrix: {time: [1ms, 0ms]}\nlimits: {time: \"${time}\"}",
      ])
  }

  @Test func drawn() {
    let cut = "\nfaults: [{at: \"${cut}\", for: 9ms, crash: node1}]"
    let split = "\nfaults: [{name: split, at: 1ms, for: 9ms, partition: halves}]"
    Self.golden(
      "drawn.txt",
      [
        "vary: {}", "vary: swarm", "vary: {cut: 5ms}\(cut)", "vary: {cut: []}\(cut)",
        "vary: {cut: 9ms..5ms}\(cut)", "vary: {cut: 5ms..9}\(cut)",
        "vary: {cut: 5ms..9ms step 3ms}\(cut)", "vary: {cut: 5ms..9ms}",
        "vary: {cut: 0.5..1.5}\nlimits: {time: \"${cut}s\"}",
        "vary: {cut: 5%..9%}\nfaults: [{at: 5ms, loss: \"${cut}\"}]",
        "vary: {cut: [5ms, 5ms]}\(cut)", "vary: {cut: [5ms, 5]}\(cut)",
        "parameters: {cut: 5}\nvary: {cut: 5ms..9ms}\(cut)",
        "matrix: {cut: [5ms, 6ms]}\nvary: {cut: 5ms..9ms}\(cut)",
        "vary: {\"${x}\": 5ms..9ms}", "vary: {cut: [\"${x}\"]}\(cut)",
        "vary: {exclude: [{cut: 5ms}]}", "vary: {term: 1..9}\nseed: ${term}",
        // Values that are wrong in some runs alone: at an end, in a list, and two together.
        "vary: {many: 1..9}\nfaults: [{at: 5ms, crash: \"random(${many})\"}]",
        "vary: {who: [node1, node2, nod3]}\nfaults: [{at: 5ms, crash: \"${who}\"}]",
        "vary: {from: 1ms..9ms, to: 2ms..12ms}\n"
          + "faults: [{at: \"${from}\", until: \"${to}\", crash: node1}]",
        "vary: {faults: kinds}\(split)", "vary: {faults: swarm}",
        "vary: {faults: swarm}\(split)\nassertions: [{always: node1.up, during: split}]",
        "vary: {fault: swarm}\(split)", "vary: {order: pct}", "vary: {order: {}}",
        "vary: {order: {depth: 3}}", "vary: {order: {fifo: {window: 5ms}}}",
        "vary: {order: {random: {}}}", "vary: {order: {random: {window: 0ms}}}",
        "vary: {order: {random: {window: 5ms}, pct: {depth: 1, window: 5ms, messages: 9}}}",
        "vary: {order: {pct: {depth: 0, window: 5ms, messages: 9}}}",
        "vary: {order: {pct: {depth: 3, window: 5ms}}}",
        "vary: {order: {delay-bounded: {delays: 101, window: 5ms, messages: 0}}}",
        "vary: {order: {delay-bounded: {depth: 1, window: 5ms, messages: 9}}}",
      ])
  }

  @Test func names() {
    Self.golden(
      "names.txt",
      [
        "topology: {nodes: [a, a]}", "topology: {nodes: [a, b], groups: {a: [b]}}",
        "topology: {nodes: [a, nodes]}", "topology: {nodes: [a, all]}",
        "topology: {nodes: [a, while]}",
        "topology: {nodes: 3, groups: {left: [node1, node4]}}",
        "topology: {nodes: 3, groups: {left: [node1, node1]}}",
        "topology: {nodes: 3, groups: {left: [node1], both: [left]}}",
        "latencies: {default: 5ms, links: [{between: [node1, nod2], latency: 5ms}]}",
        "latencies: {default: 5ms, links: [{between: [node1, node1], latency: 5ms}]}",
        """
        latencies:
          default: 5ms
          links:
            - {between: [node1, node2], latency: 1ms}
            - {from: node2, to: node1, latency: 2ms}
        """,
        """
        topology: {nodes: 4, groups: {a: [node1, node2], b: [node2, node3], c: [node4]}}
        latencies:
          default: 5ms
          links:
            - {from: a, to: c, latency: 1ms}
            - {from: b, to: c, latency: 2ms}
            - {from: node3, to: c, latency: 2ms}
        """,
        "latencies: {links: [{between: [node1, node2], latency: 5ms}]}",
        "topology: {nodes: 3, shape: ring}\nlatencies: {links: [{between: [node1, node2], latency: 5ms}]}",
        """
        topology: {nodes: 3, shape: line, groups: {a: [node1], b: [node2, node3]}}
        latencies: {default: 5ms, links: [{between: [a, b], loss: 1%}]}
        """,
        "processing: {heartbeet: 1ms}", "processing: {concurrency: 2}",
        "processing: {nodes: {node9: 1ms}}",
        "topology: {nodes: 3, groups: {a: [node1], b: [node1]}}\nprocessing: {nodes: {a: 1ms, b: 2ms}}",
      ])
  }

  @Test func protocols() {
    Self.golden(
      "protocols.txt",
      [
        "protocol: raft", "protocol: leader-elections", "protocol: [leader-election]",
        "protocol: {leader-election: {}}", "protocol: {leader-election: , barrier: }",
        "protocol: {leader-election: {hartbeat: 50ms}}",
        "protocol: {leader-election: {heartbeat: 50}}",
        "protocol: {leader-election: {heartbeat: 0ms}}",
        "protocol: {leader-election: {heartbeat: 1ms..2ms}}",
        "protocol: {leader-election: {pre_vote: yes}}",
        "protocol: {leader-election: {pre_vote: {node1: true}}}",
        "protocol: {leader-election: {election_timeout: {node1: 1ms, nod2: 2ms}}}",
        "topology: {nodes: 2, groups: {a: [node1], b: [node1]}}\nprotocol: {leader-election: {heartbeat: {a: 1ms, b: 2ms}}}",
        "protocol: {leader-election: {initial: {node1: {rolle: leader}}}}",
        "protocol: {leader-election: {initial: {node1: {role: boss}}}}",
        "protocol: {leader-election: {initial: {node1: {term: -1}}}}",
        "protocol: {leader-election: {initial: {node1: {votes: 1}}}}",
        "protocol: {leader-election: {initial: {nod1: {term: 1}}}}",
        "protocol: {leader-election: {initial: {node1: {voted_for: nod2}}}}",
        "protocol: {promise-commit: {quorum: most}}", "protocol: barrier",
        "protocol: {barrier: {coordinator: left}}\ntopology: {nodes: 3, groups: {left: [node1]}}",
        "workloads: [{at: 0ms, call: propose}]",
        "protocol: promise-commit\nworkloads: [{at: 0ms, call: prpose}]",
        "protocol: promise-commit\nworkloads: [{at: 0ms, call: propose}]",
        "protocol: promise-commit\nworkloads: [{at: 0ms, call: {propose: {valeu: x}}}]",
        "protocol: promise-commit\nworkloads: [{at: 0ms, call: {propose: {value: x, term: one}}}]",
        "protocol: promise-commit\nworkloads: [{at: 0ms, call: {propose: {value: x}, other: {}}}]",
        "protocol: lamport-mutex\nworkloads: [{call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{at: 0ms}]",
        "protocol: lamport-mutex\nworkloads: [{rate: 20, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{rate: 20/fortnight, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{rate: 20/s, clients: 2, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{rate: 20/s, think: 2ms, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{at: 5ms, count: 2, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{every: 50ms, until: 20ms, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{every: 50ms, at: [1ms, 2ms], call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{at: 0ms, node: leader, call: acquire}]",
        "protocol: lamport-mutex\nworkloads: [{at: 0ms, call: acquire, mix: [{call: acquire}]}]",
        "protocol: lamport-mutex\nworkloads: [{name: a, at: 0ms, call: acquire}, {name: a, at: 0ms, call: acquire}]",
      ])
  }

  @Test func faults() {
    Self.golden(
      "faults.txt",
      [
        "faults: [{at: 5ms, crash: node7}]", "faults: [{at: 5ms, crash: lock-holder}]",
        "faults: [{at: 5ms, crash: random(4)}]", "faults: [{at: 5ms, crash: [node1, node1]}]",
        "faults: [{at: 5ms, partition: [node1, node2]}]",
        "faults: [{at: 5ms, partition: [[node1, node2], [node2, node3]]}]",
        "faults: [{at: 5ms, partition: [[node1, node2, node3], others]}]",
        "faults: [{at: 5ms, partition: [node1, others, others]}]",
        "faults: [{at: 5ms, partition: [node1, node2, node3], one_way: true}]",
        "faults: [{at: 5ms, partition: majorities-ring, one_way: true}]",
        "faults: [{at: 5ms, partition: {block: {from: node1, to: node2}}, one_way: true}]",
        "faults: [{at: 5ms, partition: minority-third}]",
        "faults: [{at: 5ms, partition: {isolate: all}}]",
        "faults: [{at: 5ms, heal: split}]",
        "faults: [{name: a, at: 5ms, crash: node1}, {at: 9ms, heal: b}]",
        "faults: [{name: a, at: 5ms, restart: node1}, {at: 9ms, heal: a}]",
        "faults: [{name: a, at: 5ms, crash: node1}, {name: a, at: 9ms, crash: node2}]",
        "faults: [{at: 5ms, slow: 2x, nodes: node1}]",
        "faults: [{every: 50ms, for: 60ms, partition: halves}]",
        "faults: [{every: 50ms, jitter: 60ms, for: 5ms, partition: halves}]",
        "faults: [{every: 50ms, loss: 5%}]", "faults: [{every: 50ms, crash: node1}]",
        "faults: [{when: node1.up, times: 3, pause: node1}]",
        "faults: [{every: 50ms, until: 20ms, partition: halves}]",
        "faults: [{at: 50ms, until: 50ms, partition: halves}]",
        "faults: [{at: 5ms, loss: 100%, messages: {kind: heartbaet}}]",
        "faults: [{at: 5ms, loss: 100%, messages: {from: leader}}]",
        "faults: [{at: 5ms, loss: 100%, messages: {nth: [1, 1]}}]",
        "faults: [{at: 5ms, loss: 100%, messages: {kind: [heartbeat, heartbeat]}}]",
        "faults: [{at: 5ms, loss: 100%, messages: {where: node1.up}}]",
        "faults: [{at: 5ms, loss: 100%, messages: {where: message.kind == \"heartbet\"}}]",
        "faults: [{when: node1.role == \"laeder\", crash: node1}]",
        "faults: [{when: node1.term, crash: node1}]",
      ])
  }

  /// What is wrong with entries of `deliveries` and `timers`.
  @Test func explicit() {
    func delivery(_ keys: String) -> String { "deliveries: [{\(keys)}]" }
    func timer(_ keys: String) -> String { "timers: [{\(keys)}]" }
    let vote = "kind: vote_request, from: node1, to: node2, nth: 1"
    Self.golden(
      "explicit.txt",
      [
        delivery("kind: vote_reqest, from: node1, to: node2, nth: 1, takes: 5ms"),
        delivery("kind: vote_request, from: node7, to: node2, nth: 1, takes: 5ms"),
        delivery("kind: vote_request, from: node1, to: node1, nth: 1, takes: 5ms"),
        delivery("kind: vote_request, from: leader, to: node1, nth: 1, takes: 5ms"),
        delivery("kind: vote_request, from: node1, to: node2, takes: 5ms"),
        delivery("kind: vote_request, from: node1, to: node2, nth: 0, takes: 5ms"),
        delivery("\(vote), takes: 5ms, fate: lost"), delivery(vote),
        delivery("\(vote), fate: dropped"), delivery("\(vote), takes: 5"),
        delivery("\(vote), takes: 5ms..9ms"), delivery("\(vote), takes: lost"),
        delivery("\(vote), delay: 5ms"), delivery("\(vote), takes: 5ms, copy: []"),
        delivery("\(vote), takes: 5ms, copy: twice"),
        delivery("\(vote), takes: 5ms, may_be_idle: true"),
        "deliveries: {\(vote), takes: 5ms}", "deliveries: []",
        "deliveries:\n  - {\(vote), takes: 5ms}\n  - {\(vote), fate: lost}",
        "topology: {nodes: 3, groups: {left: [node1]}}\n"
          + delivery("kind: vote_request, from: left, to: node2, nth: 1, takes: 5ms"),
        timer("node: node1, timer: election_timeouts, nth: 1, takes: 5ms"),
        timer("node: nod1, timer: election_timeout, nth: 1, takes: 5ms"),
        timer("node: node1, timer: election_timeout, nth: 1"),
        timer("node: node1, timer: election_timeout, nth: 1, takes: 5ms, fate: lost"),
        timer("node: node1, name: election_timeout, nth: 1, takes: 5ms"),
        "timers:\n  - {node: node1, timer: election_timeout, nth: 1, takes: 5ms}\n"
          + "  - {node: node1, timer: election_timeout, nth: 1, takes: 6ms}",
        "faults: [{at: [5ms, 5ms], for: 1ms, crash: node1}]",
        "faults: [{at: [5ms, 9ms], crash: node1}]",
        "faults: [{at: [5ms, 9ms], until: 7ms, crash: node1}]",
        "faults: [{at: [5ms, 9ms], every: 20ms, for: 1ms, crash: node1}]",
      ])
  }

  @Test func assertions() {
    Self.golden(
      "assertions.txt",
      [
        "assertions: [election-saftey]", "assertions: [mutual-exclusion]",
        "assertions: [{always: nod1.up}]", "assertions: [{always: node1.term}]",
        "assertions: [{always: node1.clock == 0}]",
        "assertions: [{always: node1.role == \"boss\"}]",
        "assertions:\n  - always: node1.up && # really",
        "assertions:\n  - always: >-\n      node1.up\n      && node2.upp",
        "assertions:\n  - always: 'node1.role == \"it''s\" && node1.upp'",
        "protocol: lamport-mutex\nassertions: [{never: leader == null}]",
        "topology: {nodes: 2, groups: {a: [node1], b: [node1]}}\nassertions: [{always: node1.group == \"a\"}]",
        "assertions: [{metric: messages.wired, is: 5}]",
        "assertions: [{metric: mutex.entries, is: 5}]",
        "assertions: [{metric: messages.wire, is: 5ms}]",
        "assertions: [{metric: run.duration, is: \"< 300\"}]",
        "assertions: [{metric: run.duration, is: \"< fast\"}]",
        "assertions: [election-safety, election-safety]",
        "assertions: [{name: a, always: node1.up}, {name: a, always: node2.up}]",
        "assertions: [election-safety]\nexpect: {fail: election}",
        "assertions: [election-safety]\nexpect: {fail: [election-safety, election-safety]}",
        "faults: [{name: split, at: 5ms, partition: halves}]\nassertions: [{always: node1.up, after: split}]",
        "assertions: [{always: node1.up, after: split}]",
        "assertions: [{always: node1.up, during: split}]",
        "assertions: [{always: node1.up, after: split.start}]",
        "assertions: [{always: node1.up, between: [9ms, 5ms]}]",
        "assertions: [{always: node1.up, after: {delivered: hartbeat}}]",
        "assertions: [{always: node1.up, after: {delivered: {kind: heartbeat, from: leader}}}]",
        "assertions: [{always: 1 + 1 == 2}, {never: 'false'}, {eventually: '[1, 2].all(x, x > 0)'}]",
        "assertions: [{when: node1.up, then: 'true'}, {at_end: '!false'}, {hold: 2 > 1}]",
        "protocol: lamport-mutex\nworkloads: [{name: load, rate: 5/s, until: 2s, call: acquire}]\nassertions: [{eventually: node1.pending == 9, after: load.end}]",
        "protocol: lamport-mutex\nworkloads: [{name: load, at: 1s, node: lock-holder, call: acquire}]\nassertions: [{eventually: node1.pending == 9, during: load}]",
        "protocol: lamport-mutex\nworkloads: [{name: load, at: 1s, call: acquire}]\nassertions: [{eventually: node1.pending == 9, after: load}]",
        "protocol: lamport-mutex\nworkloads: [{name: load, at: 1s, call: acquire}]\nassertions: [{eventually: node1.pending == 9, after: lode.start}]",
        "protocol: lamport-mutex\nworkloads: [{name: a, at: 1s, call: acquire}]\nfaults: [{name: a, at: 1s, crash: node1}]\nassertions: [{eventually: node1.pending == 9, after: a.start}]",
        // All mistakes in one run, whichever stage finds them.
        "seed: x\nprotocol: {leader-election: {hartbeat: 5ms}}\nassertions: [{always: nod1.up}]\nexpect: {fial: x}",
      ])
  }
}
