/// Scenarios in pairs that differ in one thing; see ``EveryOptionActsTests``.
enum Acting {
  typealias Pair = EveryOptionActsTests.Pair
  typealias Words = EveryOptionActsTests.Words

  /// What other files hold.
  static let bases = [
    "quick.yaml": "version: 1\nprocessing: {default: 1ms}\n",
    "slow.yaml": "version: 1\nprocessing: {default: 7ms}\n",
  ]

  /// A lock of three nodes that has some sections instead of its own.
  static func lock(_ sections: String = "") -> String {
    merged(
      [
        "version: 1", "name: story",
        "topology: {nodes: 3, groups: {left: [node1], right: [node2, node3]}}",
        "latencies: {default: 10ms..20ms}", "protocol: lamport-mutex", "limits: {time: 1s}",
        "workloads: [{at: [0ms, 5ms], call: acquire}]", "assertions: [mutual-exclusion]",
      ], sections)
  }

  /// An election of seven nodes that has some sections instead of its own.
  static func election(_ sections: String = "") -> String {
    merged(
      [
        "version: 1", "name: story", "topology: {nodes: 7}", "latencies: {default: 10ms..20ms}",
        "protocol: leader-election", "limits: {time: 1s}", "assertions: [election-safety]",
      ], sections)
  }

  /// A consensus of three nodes that has some sections instead of its own.
  static func consensus(_ name: String, _ sections: String) -> String {
    merged(
      [
        "version: 1", "name: story", "topology: {nodes: 3}", "latencies: {default: 10ms..20ms}",
        "protocol: \(name)", "limits: {time: 20s}", "assertions: [agreement]",
        "workloads: [{at: 0ms, node: node1, call: {propose: {value: one}}}]",
      ], sections)
  }

  /// A barrier of three parties that has some sections instead of its own.
  static func barrier(_ sections: String) -> String {
    merged(
      [
        "version: 1", "name: story", "topology: {nodes: 4}", "latencies: {default: 10ms}",
        "protocol: {barrier: {coordinator: node4}}", "limits: {time: 1s}",
        "assertions: [no-early-release]",
        "workloads: [{at: 0ms, node: node1, call: {work: {duration: 90ms}}}, "
          + "{at: 0ms, node: [node2, node3], call: {work: {duration: 10ms}}}]",
      ], sections)
  }

  private static func merged(_ own: [String], _ sections: String) -> String {
    let keys = sections.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    let kept = own.filter { !keys.contains($0.prefix { $0 != ":" }) }
    return (kept + [sections]).joined(separator: "\n") + "\n"
  }

  /// The top level and what is no list below it.
  static let sections = [
    Pair("scenario.name", lock("name: one"), lock("name: two"), in: .words),
    Pair("scenario.description", lock("description: one"), lock("description: two"), in: .words),
    Pair("scenario.tags", lock("tags: [one]"), lock("tags: [two]"), in: .words),
    Pair("scenario.seed", lock("seed: 1"), lock("seed: 2")),
    Pair("scenario.limits", lock("limits: {time: 1s}"), lock("limits: {time: 20ms}")),
    Pair("scenario.extends", lock("extends: quick.yaml"), lock("extends: slow.yaml")),
    Pair(
      "scenario.parameters", lock("parameters: {t: 1ms}\nworkloads: [{at: '${t}', call: acquire}]"),
      lock("parameters: {t: 9ms}\nworkloads: [{at: '${t}', call: acquire}]")),
    Pair(
      "scenario.matrix", lock("matrix: {t: [1ms, 2ms]}\nworkloads: [{at: '${t}', call: acquire}]"),
      lock("matrix: {t: [1ms, 9ms]}\nworkloads: [{at: '${t}', call: acquire}]")),
    Pair(
      "matrix.exclude",
      lock(
        "matrix: {t: [1ms, 2ms, 3ms], exclude: [{t: 1ms}]}\n"
          + "workloads: [{at: '${t}', call: acquire}]"),
      lock(
        "matrix: {t: [1ms, 2ms, 3ms], exclude: [{t: 3ms}]}\n"
          + "workloads: [{at: '${t}', call: acquire}]")),
    Pair("scenario.topology", lock("topology: {nodes: 3}"), lock("topology: {nodes: 4}")),
    Pair("scenario.latencies", lock("latencies: {default: 9ms}"), lock()),
    Pair("scenario.processing", lock("processing: {default: 1ms}"), lock()),
    Pair("scenario.protocol", lock(), lock("protocol: ricart-agrawala")),
    Pair("scenario.workloads", lock(), lock("workloads: [{at: 1ms, call: acquire}]")),
    Pair("scenario.faults", lock(), lock("faults: [{at: 5ms, crash: node1}]")),
    Pair("scenario.assertions", lock(), lock("assertions: [{never: node1.up}]")),
    Pair(
      "scenario.expect", lock("assertions: [{name: x, never: node1.up}]"),
      lock("assertions: [{name: x, never: node1.up}]\nexpect: {fail: x}")),
    Pair(
      "expect.fail",
      lock("assertions: [mutual-exclusion, {name: x, never: node1.up}]\nexpect: {fail: x}"),
      lock(
        "assertions: [mutual-exclusion, {name: x, never: node1.up}]\n"
          + "expect: {fail: [x, mutual-exclusion]}")),
    Pair("limits.time", lock("limits: {time: 20ms}"), lock("limits: {time: 30ms}")),
    Pair("limits.events", lock("limits: {events: 5}"), lock("limits: {events: 6}")),
    Pair("topology.nodes", lock("topology: {nodes: 3}"), lock("topology: {nodes: 4}")),
    Pair(
      "topology.groups",
      lock("topology: {nodes: 3, groups: {g: [node1]}}\nfaults: [{at: 5ms, crash: g}]"),
      lock("topology: {nodes: 3, groups: {g: [node2]}}\nfaults: [{at: 5ms, crash: g}]")),
    Pair(
      "processing.default", lock("processing: {default: 1ms}"), lock("processing: {default: 2ms}")),
    Pair(
      "processing.concurrency", lock("processing: {default: 20ms, concurrency: 1}"),
      lock("processing: {default: 20ms, concurrency: 2}")),
    Pair(
      "processing.nodes", lock("processing: {nodes: {node1: 5ms}}"),
      lock("processing: {nodes: {node2: 5ms}}")),
    Pair(
      "node_processing.default", lock("processing: {nodes: {node1: {default: 5ms}}}"),
      lock("processing: {nodes: {node1: {default: 6ms}}}")),
    Pair(
      "node_processing.concurrency",
      lock("processing: {nodes: {node1: {default: 20ms, concurrency: 1}}}"),
      lock("processing: {nodes: {node1: {default: 20ms, concurrency: 2}}}")),
  ]

  static let words = [
    Words("topology.shape", election("topology: {nodes: 7, shape: WORD}")),
    Words(
      "workload.arrivals",
      lock("workloads: [{rate: 20/s, arrivals: WORD, until: 1s, call: acquire}]")),
    // In odd numbers of nodes half of them, rounded up, is a majority.
    Words(
      "fault.partition",
      election("topology: {nodes: 6}\nfaults: [{at: 200ms, for: 300ms, partition: WORD}]")),
    Words(
      "fault.in_flight",
      lock("faults: [{at: 5ms, for: 20ms, partition: [left, right], in_flight: WORD}]")),
    Words(
      "fault.disk",
      consensus(
        "paxos",
        "faults: [{at: 25ms, for: 10ms, crash: node1, disk: WORD}]\nassertions: "
          + "[{name: x, at_end: node1.term == 0 || node1.value != null}]")),
  ]

  /// How messages travel.
  static let links =
    behaviour("link") { options in
      lock("latencies: {default: 10ms, links: [{between: [node1, node2], \(options)}]}")
    }
    + behaviour("default_link") { options in
      lock(
        "latencies: {default: {\(options.contains("latency") ? "" : "latency: 10ms, ")\(options)}}")
    }
    + laws + [
      Pair(
        "latencies.default", lock("latencies: {default: 9ms}"), lock("latencies: {default: 8ms}")),
      Pair(
        "latencies.links", lock("latencies: {default: 10ms}"),
        lock("latencies: {default: 10ms, links: [{between: [left, right], latency: 40ms}]}")),
      Pair("link.between", link("between: [node1, node2]"), link("between: [node1, node3]")),
      Pair("link.from", link("from: node1, to: node2"), link("from: node3, to: node2")),
      Pair("link.to", link("from: node1, to: node2"), link("from: node1, to: node3")),
    ]

  private static func link(_ ends: String) -> String {
    lock("latencies: {default: 10ms, links: [{\(ends), latency: 40ms}]}")
  }

  private static func behaviour(_ table: String, _ text: (String) -> String) -> [Pair] {
    [
      Pair("\(table).latency", text("latency: 20ms"), text("latency: 30ms")),
      Pair("\(table).loss", text("loss: 10%"), text("loss: 90%")),
      Pair("\(table).duplicate", text("duplicate: 10%"), text("duplicate: 90%")),
      Pair("\(table).reorder", text("reorder: 10%"), text("reorder: 90%")),
      Pair(
        "\(table).fifo", text("latency: 1ms..90ms, fifo: true"),
        text("latency: 1ms..90ms, fifo: false")),
    ]
  }

  private static let laws = [
    Pair("reorder.probability", reorder("probability: 10%"), reorder("probability: 90%")),
    Pair(
      "reorder.extra", reorder("probability: 90%, extra: 1ms"),
      reorder("probability: 90%, extra: 30ms")),
    Pair("law.uniform", law("uniform: 1ms..9ms"), law("uniform: 1ms..8ms")),
    Pair(
      "law.normal", law("normal: {mean: 20ms, deviation: 4ms}"),
      law("normal: {mean: 10ms, deviation: 4ms}")),
    Pair(
      "law.exponential", law("exponential: {mean: 20ms}"), law("exponential: {mean: 10ms}")),
    Pair(
      "law.lognormal", law("lognormal: {median: 20ms, p99: 90ms}"),
      law("lognormal: {median: 10ms, p99: 90ms}")),
    Pair("law.pareto", law("pareto: {mean: 20ms, min: 5ms}"), law("pareto: {mean: 9ms, min: 5ms}")),
    Pair(
      "lognormal.median", law("lognormal: {median: 20ms, p99: 90ms}"),
      law("lognormal: {median: 21ms, p99: 90ms}")),
    Pair(
      "lognormal.p99", law("lognormal: {median: 20ms, p99: 90ms}"),
      law("lognormal: {median: 20ms, p99: 99ms}")),
    Pair(
      "pareto.mean", law("pareto: {mean: 20ms, min: 5ms}"),
      law("pareto: {mean: 21ms, min: 5ms}")),
    Pair(
      "pareto.min", law("pareto: {mean: 20ms, min: 5ms}"),
      law("pareto: {mean: 20ms, min: 6ms}")),
    Pair(
      "normal.mean", law("normal: {mean: 20ms, deviation: 4ms}"),
      law("normal: {mean: 21ms, deviation: 4ms}")),
    Pair(
      "normal.deviation", law("normal: {mean: 20ms, deviation: 4ms}"),
      law("normal: {mean: 20ms, deviation: 5ms}")),
    Pair(
      "exponential.mean", law("exponential: {mean: 20ms, min: 5ms}"),
      law("exponential: {mean: 21ms, min: 5ms}")),
    Pair(
      "exponential.min", law("exponential: {mean: 20ms, min: 5ms}"),
      law("exponential: {mean: 20ms, min: 6ms}")),
  ]

  private static func law(_ law: String) -> String { lock("latencies: {default: {\(law)}}") }

  private static func reorder(_ options: String) -> String {
    lock("latencies: {default: {latency: 10ms, reorder: {\(options)}}}")
  }

  /// What clients do.
  static let workloads = [
    Pair(
      "workload.name", calls("name: one, rate: 20/s, arrivals: poisson, until: 1s, call: acquire"),
      calls("name: two, rate: 20/s, arrivals: poisson, until: 1s, call: acquire")),
    Pair("workload.at", calls("at: 1ms, call: acquire"), calls("at: 2ms, call: acquire")),
    Pair(
      "workload.every", calls("every: 90ms, call: acquire"), calls("every: 91ms, call: acquire")),
    Pair("workload.rate", calls("rate: 10/s, call: acquire"), calls("rate: 11/s, call: acquire")),
    Pair(
      "workload.clients", calls("clients: 1, call: acquire"), calls("clients: 2, call: acquire")),
    Pair(
      "workload.think", calls("clients: 1, think: 10ms, call: acquire"),
      calls("clients: 1, think: 11ms, call: acquire")),
    Pair(
      "workload.node", calls("at: 1ms, node: node1, call: acquire"),
      calls("at: 1ms, node: node2, call: acquire")),
    Pair(
      "workload.call", calls("at: 1ms, call: acquire"),
      calls("at: 1ms, call: {acquire: {hold: 11ms}}")),
    Pair(
      "workload.mix", calls("at: 1ms, mix: [{call: acquire}]"),
      calls("at: 1ms, mix: [{call: {acquire: {hold: 11ms}}}]")),
    Pair(
      "workload.count", calls("every: 50ms, count: 1, call: acquire"),
      calls("every: 50ms, count: 2, call: acquire")),
    Pair(
      "workload.until", calls("every: 50ms, until: 50ms, call: acquire"),
      calls("every: 50ms, until: 100ms, call: acquire")),
    Pair(
      "mix.call", calls("at: 1ms, mix: [{call: acquire}]"),
      calls("at: 1ms, mix: [{call: {acquire: {hold: 11ms}}}]")),
    Pair(
      "mix.weight",
      calls("clients: 3, mix: [{call: acquire, weight: 1}, {call: {acquire: {hold: 11ms}}}]"),
      calls("clients: 3, mix: [{call: acquire, weight: 9}, {call: {acquire: {hold: 11ms}}}]")),
  ]

  private static func calls(_ entry: String) -> String { lock("workloads: [{\(entry)}]") }

  /// Options, fields and arguments of the protocols.
  static let protocols =
    [
      Pair(
        "protocol_options.initial", election(),
        election("protocol: {leader-election: {initial: {node3: {role: candidate}}}}")),
      Pair(
        "leader-election.pre_vote", election("protocol: {leader-election: {pre_vote: true}}"),
        election("protocol: {leader-election: {pre_vote: false}}")),
      Pair(
        "leader-election.heartbeat", election("protocol: {leader-election: {heartbeat: 50ms}}"),
        election("protocol: {leader-election: {heartbeat: 40ms}}")),
      Pair(
        "leader-election.election_timeout",
        election("protocol: {leader-election: {election_timeout: {default: 300ms, node1: 150ms}}}"),
        election("protocol: {leader-election: {election_timeout: {default: 300ms, node2: 150ms}}}")),
      Pair(
        "leader-election.initial.role",
        election("protocol: {leader-election: {initial: {node3: {role: candidate}}}}"),
        election("protocol: {leader-election: {initial: {node3: {role: leader}}}}")),
      Pair(
        "leader-election.initial.term",
        election("protocol: {leader-election: {initial: {node3: {term: 5}}}}"),
        election("protocol: {leader-election: {initial: {node3: {term: 6}}}}")),
      Pair(
        "leader-election.initial.voted_for",
        election(votes(for: "null")), election(votes(for: "node3"))),
      Pair(
        "barrier.coordinator", barrier("protocol: {barrier: {coordinator: node4}}"),
        barrier("protocol: {barrier: {coordinator: node3}}")),
      Pair(
        "barrier.timeout", barrier("protocol: {barrier: {coordinator: node4, timeout: 20ms}}"),
        barrier("protocol: {barrier: {coordinator: node4, timeout: 30ms}}")),
      Pair(
        "barrier.work.duration",
        barrier("workloads: [{at: 0ms, node: node1, call: {work: {duration: 10ms}}}]"),
        barrier("workloads: [{at: 0ms, node: node1, call: {work: {duration: 11ms}}}]")),
      Pair(
        "barrier.work.task",
        barrier("workloads: [{at: 0ms, node: node1, call: {work: {duration: 10ms, task: read}}}]"),
        barrier("workloads: [{at: 0ms, node: node1, call: {work: {duration: 10ms}}}]")),
      Pair(
        "lamport-mutex.acquire.hold",
        lock("workloads: [{at: 0ms, call: {acquire: {hold: 10ms}}}]"),
        lock("workloads: [{at: 0ms, call: {acquire: {hold: 11ms}}}]")),
      Pair(
        "ricart-agrawala.acquire.hold",
        lock("protocol: ricart-agrawala\nworkloads: [{at: 0ms, call: {acquire: {hold: 10ms}}}]"),
        lock("protocol: ricart-agrawala\nworkloads: [{at: 0ms, call: {acquire: {hold: 11ms}}}]")),
      Pair(
        "paxos.retry", consensus("paxos", "protocol: {paxos: {retry: 15ms}}"),
        consensus("paxos", "protocol: {paxos: {retry: 300ms}}")),
    ] + ["promise-commit", "paxos"].flatMap(agreements)

  /// A voter of term 2 that has voted, or has not, and a candidate of that term without PreVote.
  private static func votes(for node: String) -> String {
    "protocol: {leader-election: {pre_vote: false, election_timeout: {default: 400ms, node1: 50ms}, "
      + "initial: {node1: {term: 1}, node2: {term: 2, voted_for: \(node)}}}}"
  }

  private static func agreements(_ name: String) -> [Pair] {
    let cut = "\nfaults: [{at: 0ms, partition: [[node3], others]}]"
    return [
      Pair(
        "\(name).quorum", consensus(name, "protocol: {\(name): {quorum: all}}\(cut)"),
        consensus(name, "protocol: {\(name): {quorum: majority}}\(cut)")),
      Pair(
        "\(name).timeout",
        consensus(name, "protocol: {\(name): {quorum: all, timeout: 1s}}\(cut)"),
        consensus(name, "protocol: {\(name): {quorum: all, timeout: 2s}}\(cut)")),
      Pair(
        "\(name).propose.value", consensus(name, proposal(of: "one")),
        consensus(name, proposal(of: "two"))),
      Pair(
        "\(name).propose.term", consensus(name, proposal(of: "one, term: 3")),
        consensus(name, proposal(of: "one, term: 4"))),
    ]
  }

  /// A value is compared by an expression, since a trace knows it by its number alone.
  private static func proposal(of value: String) -> String {
    "workloads: [{at: 0ms, node: node1, call: {propose: {value: \(value)}}}]\n"
      + "assertions: [{name: x, at_end: 'node1.value == \"one\"'}]"
  }
}
