/// Pairs about replicated registers and the check of their calls; see ``EveryOptionActsTests``.
extension Acting {
  /// A register of three nodes that has some sections instead of its own.
  private static func register(_ sections: String) -> String {
    let own = [
      "topology": "{nodes: 3}", "latencies": "{default: 10ms..20ms}", "protocol": "abd-register",
      "limits": "{time: 3s}", "assertions": "[linearizable]",
      "workloads": "[{at: 0ms, node: node1, call: {write: {value: one}}}, "
        + "{at: 200ms, node: node2, call: read}]",
    ]
    let kept = own.keys.sorted().filter { key in
      !sections.split(separator: "\n").contains { $0.hasPrefix("\(key):") }
    }
    return (["version: 1", "name: story"] + kept.map { "\($0): \(own[$0] ?? "")" } + [sections])
      .joined(separator: "\n") + "\n"
  }

  static let registers: [Pair] = [
    Pair(
      "assertion.budget", register("assertions: [{invariant: linearizable, budget: 1}]"),
      register("assertions: [{invariant: linearizable, budget: 1000}]")),
    Pair(
      "assertion.initial",
      register(nothingWritten + "assertions: [{invariant: linearizable, initial: zero}]"),
      register(nothingWritten + "assertions: [{invariant: linearizable}]")),
    Pair(
      "abd-register.quorum", register("protocol: {abd-register: {quorum: all}}\(cut)"),
      register("protocol: {abd-register: {quorum: majority}}\(cut)")),
    Pair(
      "abd-register.timeout",
      register("protocol: {abd-register: {quorum: all, timeout: 1s}}\(cut)"),
      register("protocol: {abd-register: {quorum: all, timeout: 2s}}\(cut)")),
    Pair(
      "abd-register.retry", register("protocol: {abd-register: {quorum: all, retry: 90ms}}\(cut)"),
      register("protocol: {abd-register: {quorum: all, retry: 80ms}}\(cut)")),
    // A value is compared by an expression, since a trace knows it by its number alone.
    Pair("abd-register.write.value", register(writing("one")), register(writing("two"))),
    Pair(
      "abd-register.write.key", register(writing("one")), register(writing("one, key: other"))),
    Pair(
      "abd-register.read.key", register("workloads: [{at: 0ms, node: node2, call: read}]"),
      register("workloads: [{at: 0ms, node: node2, call: {read: {key: other}}}]")),
  ]

  static let logs: [Pair] = [
    Pair("raft-register.heartbeat", raft("heartbeat: 50ms"), raft("heartbeat: 60ms")),
    Pair(
      "raft-register.election_timeout", raft("election_timeout: 150ms", leading: false),
      raft("election_timeout: 160ms", leading: false)),
    Pair(
      "raft-register.timeout", raft("timeout: 500ms", alone), raft("timeout: 400ms", alone)),
    Pair(
      "raft-register.initial.role", raft("initial: {node1: {role: follower}}", leading: false),
      raft("initial: {node1: {role: candidate}}", leading: false)),
    Pair(
      "raft-register.initial.term", raft("initial: {node1: {term: 1}}", leading: false),
      raft("initial: {node1: {term: 5}}", leading: false)),
    Pair(
      "raft-register.initial.voted_for",
      raft("initial: {node2: {voted_for: null}, node1: {role: candidate}}", leading: false),
      raft(
        "initial: {node2: {term: 2, voted_for: node3}, node1: {role: candidate}}", leading: false)),
    Pair(
      "raft-register.write.value", raft("timeout: 500ms", writing("one")),
      raft("timeout: 500ms", writing("two"))),
    Pair(
      "raft-register.write.key", raft("timeout: 500ms", writing("one")),
      raft("timeout: 500ms", writing("one, key: other"))),
    Pair(
      "raft-register.read.key", raft("timeout: 500ms", calling("read")),
      raft("timeout: 500ms", calling("{read: {key: other}}"))),
    Pair(
      "raft-register.cas.from", raft("timeout: 500ms", calling("{cas: {to: two}}")),
      raft("timeout: 500ms", calling("{cas: {from: one, to: two}}"))),
    Pair(
      "raft-register.cas.to", raft("timeout: 500ms", swapping("{from: one, to: one}")),
      raft("timeout: 500ms", swapping("{from: one, to: two}"))),
    Pair(
      "raft-register.cas.key", raft("timeout: 500ms", swapping("{from: one, to: two}")),
      raft("timeout: 500ms", swapping("{from: one, to: two, key: other}"))),
  ]

  /// A replicated log with some options; unless it has to find one, node1 leads it.
  private static func raft(
    _ options: String, _ sections: String = "", leading: Bool = true
  ) -> String {
    let leader = leading ? ", initial: {node1: {role: leader}}" : ""
    return register("protocol: {raft-register: {\(options)\(leader)}}\n" + sections)
  }

  private static func calling(_ call: String) -> String {
    "workloads: [{at: 0ms, node: node1, call: {write: {value: one}}}, "
      + "{at: 200ms, node: node2, call: \(call)}]"
  }

  private static func swapping(_ arguments: String) -> String {
    calling("{cas: \(arguments)}") + "\nassertions: [{name: x, at_end: 'node1.value == \"one\"'}]"
  }

  private static let nothingWritten = "workloads: [{at: 0ms, node: node2, call: read}]\n"

  private static let alone = "\nfaults: [{at: 0ms, partition: {isolate: node1}}]"

  private static let cut = "\nfaults: [{at: 0ms, for: 500ms, partition: [[node3], others]}]"

  private static func writing(_ value: String) -> String {
    "workloads: [{at: 0ms, node: node1, call: {write: {value: \(value)}}}]\n"
      + "assertions: [{name: x, at_end: 'node1.value == \"one\"'}]"
  }
}
