public import Diagnostics

/// What is probably not meant, though a run could be made of it.
public enum LintCodes {
  /// All of them, in the order of their numbers.
  public static let all: [DiagnosticCode] = [
    .lateFault, .lateWorkload, .absentPoint, .lateDeadline, .lastingPartition, .noQuorum,
    .cannotFail, .cannotHold, .trueAtStart, .unusedGroup, .overriddenDefault, .idleEntry,
    .idleMinimum, .touchesNothing, .lateArrival, .lateOrder,
  ]
}

// Times.
extension DiagnosticCode {
  static let lateFault = DiagnosticCode(
    "W0701", "a fault after the end",
    explanation: """
      The run ends at `limits.time`, 60 s if the scenario does not say. A fault that first fires later \
      never fires.
      """,
    wrong: """
      limits: {time: 1s}
      faults: [{at: 2s, for: 100ms, partition: halves}]
      """,
    right: """
      limits: {time: 3s}
      faults: [{at: 2s, for: 100ms, partition: halves}]
      """)
  static let lateWorkload = DiagnosticCode(
    "W0702", "a workload after the end",
    explanation: "Its first call would be made after `limits.time`, so that it makes none.",
    wrong: """
      protocol: lamport-mutex
      limits: {time: 1s}
      workloads: [{at: 2s, node: node1, call: acquire}]
      """,
    right: """
      protocol: lamport-mutex
      limits: {time: 1s}
      workloads: [{at: 200ms, node: node1, call: acquire}]
      """)
  static let absentPoint = DiagnosticCode(
    "W0703", "a point in time that never comes",
    explanation: """
      A window that never opens leaves its assertion vacuous, and one that never closes is not the \
      window that was meant. A point does not come if it lies behind `limits.time`, if it is the end \
      of a fault that lasts for ever, or, as the second of `between`, if it lies before the first. \
      Nothing is before T0.
      """,
    wrong: """
      faults: [{name: split, at: 100ms, partition: halves}]
      assertions: [{always: "nodes.all(n, n.role != 'leader')", after: split.end}]
      """,
    right: """
      faults: [{name: split, at: 100ms, for: 300ms, partition: halves}]
      assertions: [{always: "nodes.all(n, n.role != 'leader')", after: split.end}]
      """)
  static let lateDeadline = DiagnosticCode(
    "W0704", "a deadline behind the end of its window",
    explanation: """
      `within` counts from the opening of the window, or from `when`. If the window closes first, that \
      is the deadline and `within` says nothing; if the run ends first, what has not come to hold is \
      inconclusive and never a fail. The time of `for` has to fit in behind that.
      """,
    wrong: """
      limits: {time: 1s}
      assertions: [{eventually: leader != null, within: 2s}]
      """,
    right: """
      limits: {time: 3s}
      assertions: [{eventually: leader != null, within: 2s}]
      """)
}

// What cannot come about.
extension DiagnosticCode {
  static let lastingPartition = DiagnosticCode(
    "W0705", "something is awaited of nodes that a partition separates for good",
    explanation: """
      The assertion needs every node, or nodes of several sides after the cut, and nothing ends the \
      partition before the run is over. End it with `for`, `until` or an entry `heal`; or, if the scenario tells just \
      that, name the assertion in `expect: {fail: …}`.
      """,
    wrong: """
      faults: [{name: split, at: 100ms, partition: halves}]
      assertions: [{eventually: "nodes.all(n, n.synced)"}]
      """,
    right: """
      faults: [{name: split, at: 100ms, for: 500ms, partition: halves}]
      assertions: [{eventually: "nodes.all(n, n.synced)"}]
      """)
  static let noQuorum = DiagnosticCode(
    "W0706", "a quorum that is impossible",
    explanation: """
      So many nodes are down or cut off for good that no side has the nodes that the protocol needs, \
      and an assertion waits for what it needs them for. If the scenario shows just that, say so with \
      `never`, or name the assertion in `expect: {fail: …}`.
      """,
    wrong: """
      faults: [{at: 0ms, crash: [node1, node2]}]
      assertions: [{eventually: leader != null}]
      """,
    right: """
      faults: [{at: 0ms, crash: node1}]
      assertions: [{eventually: leader != null}]
      """)
  static let cannotFail = DiagnosticCode(
    "W0707", "an assertion that no state could break",
    explanation: """
      Whatever happens, it holds: a count is never below 0, a field has one of its words, everything \
      equals itself, and what is over at once has not to hold. A check that cannot fail checks nothing.
      """,
    wrong: "assertions: [{always: nodes.size() >= 0}, {metric: messages.wire, is: \">= 0\"}]",
    right: "assertions: [{always: node1.term < 5}, {metric: messages.wire, is: \">= 1\"}]")
  static let cannotHold = DiagnosticCode(
    "W0708", "a condition that no state could satisfy",
    explanation: """
      Whatever happens, it is false: a count below 0, or two conditions that exclude each other. Under \
      `never` it is true in every state, which says the same.
      """,
    wrong: "assertions: [{eventually: node1.votes < 0}]",
    right: "assertions: [{eventually: node1.votes > 0}]")
  static let trueAtStart = DiagnosticCode(
    "W0709", "something is awaited that holds from the start",
    explanation: """
      The first state has it already, so that an `eventually`, a `sometimes` or the `until` of a `hold` is \
      decided before anything has happened. `after` says from when on it counts, and `always` that it stays so; a statement about the first \
      state is written with `within: 0ms`.
      """,
    wrong: """
      faults: [{name: split, at: 100ms, for: 100ms, partition: halves}]
      assertions: [{eventually: "nodes.all(n, n.role != 'leader')"}]
      """,
    right: """
      faults: [{name: split, at: 100ms, for: 100ms, partition: halves}]
      assertions: [{eventually: "nodes.all(n, n.role != 'leader')", after: split.start}]
      """)
}

// What does nothing.
extension DiagnosticCode {
  static let unusedGroup = DiagnosticCode(
    "W0710", "a group that is never used",
    explanation: """
      Nothing names the group, and no expression asks for a node's `group` or `groups`: without it the \
      scenario would say the same.
      """,
    wrong: "topology: {nodes: 3, groups: {left: [node1, node2]}}",
    right: """
      topology: {nodes: 3, groups: {left: [node1, node2]}}
      faults: [{at: 100ms, for: 200ms, partition: [left, others]}]
      """)
  static let overriddenDefault = DiagnosticCode(
    "W0711", "a default that nothing falls back on",
    explanation: """
      Every pair of nodes, or every node, has a value of its own, so that the default is never used.
      """,
    wrong: """
      topology: {nodes: 2}
      latencies: {default: 20ms, links: [{between: [node1, node2], latency: 5ms}]}
      """,
    right: """
      topology: {nodes: 3}
      latencies: {default: 20ms, links: [{between: [node1, node2], latency: 5ms}]}
      """)
  static let idleEntry = DiagnosticCode(
    "W0712", "an entry that changes nothing",
    explanation: """
      It says what holds without it, or entries of a higher rank take the place of all that it says: \
      what is given for nodes wins over what is given for groups, and both over what is given for all.
      """,
    wrong: "latencies: {default: 20ms, links: [{between: [node1, node2], latency: 20ms}]}",
    right: "latencies: {default: 20ms, links: [{between: [node1, node2], latency: 5ms}]}")
  static let idleMinimum = DiagnosticCode(
    "W0713", "a least value below what the law gives anyway",
    explanation: "No law gives a time below 0, so that a least time of 0 changes nothing.",
    wrong: "latencies: {default: {exponential: {mean: 20ms, min: 0ms}}}",
    right: "latencies: {default: {exponential: {mean: 20ms, min: 5ms}}}")
  static let touchesNothing = DiagnosticCode(
    "W0714", "a fault that touches nothing",
    explanation: """
      The text alone says so: no message goes from a node to itself, and what has not begun or is over \
      cannot be put right. The run would be vacuous. If it is meant, say why with `may_be_idle`.
      """,
    wrong: "faults: [{at: 100ms, for: 1s, loss: 50%, links: {from: node1, to: node1}}]",
    right: "faults: [{at: 100ms, for: 1s, loss: 50%, links: {from: node1, to: node2}}]")
  static let lateArrival = DiagnosticCode(
    "W0715", "a message that arrives after the end",
    explanation: """
      The message is longer on its way than the run lasts, so that it never arrives, whenever it is \
      sent. A message that is lost has `fate: lost`; one that is still on its way when the run ends is \
      counted as that.
      """,
    wrong: """
      limits: {time: 1s}
      deliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 2s}]
      """,
    right: """
      limits: {time: 1s}
      deliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 20ms}]
      """)
  static let lateOrder = DiagnosticCode(
    "W0716", "an order that makes messages later than the run lasts",
    explanation: """
      The strategy makes messages late by up to `window`. If that is longer than the run, many or all \
      of them never arrive, and what is tried is a network that is cut off rather than one that delivers \
      in another order.
      """,
    wrong: """
      limits: {time: 1s}
      vary: {order: {random: {window: 2s}}}
      """,
    right: """
      limits: {time: 1s}
      vary: {order: {random: {window: 50ms}}}
      """)
}
