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
      "abd-register.write_back", register("protocol: {abd-register: {write_back: true}}"),
      register("protocol: {abd-register: {write_back: false}}")),
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

  private static let nothingWritten = "workloads: [{at: 0ms, node: node2, call: read}]\n"

  private static let cut = "\nfaults: [{at: 0ms, for: 500ms, partition: [[node3], others]}]"

  private static func writing(_ value: String) -> String {
    "workloads: [{at: 0ms, node: node1, call: {write: {value: \(value)}}}]\n"
      + "assertions: [{name: x, at_end: 'node1.value == \"one\"'}]"
  }
}
