// Explicit deliveries and timers in pairs that differ in one thing.

extension Acting {
  /// What is said of single messages and timers.
  static let explicit = [
    Pair(
      "scenario.deliveries", lock(),
      delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms")),
    Pair(
      "delivery.kind", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: release, from: node1, to: node2, nth: 1, takes: 1ms")),
    Pair(
      "delivery.from", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node3, to: node2, nth: 1, takes: 1ms")),
    Pair(
      "delivery.to", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node1, to: node3, nth: 1, takes: 1ms")),
    Pair(
      "delivery.nth", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node1, to: node2, nth: 2, takes: 1ms")),
    Pair(
      "delivery.takes", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node1, to: node2, nth: 1, takes: 2ms")),
    Pair(
      "delivery.fate", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node1, to: node2, nth: 1, fate: lost")),
    Pair(
      "delivery.copy", delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms"),
      delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms, copy: 2ms")),
    Pair(
      "delivery.copy",
      delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms, copy: 2ms"),
      delivery("kind: request, from: node1, to: node2, nth: 1, takes: 1ms, copy: [2ms, lost]")),
    Pair(
      "delivery.may_be_idle",
      delivery("kind: request, from: node1, to: node2, nth: 99, takes: 1ms"),
      delivery(
        "kind: request, from: node1, to: node2, nth: 99, takes: 1ms, may_be_idle: so few")),
    Pair(
      "scenario.timers", lock(), timer("node: node1, timer: hold, nth: 1, takes: 77ms")),
    Pair(
      "timer.node", timer("node: node1, timer: hold, nth: 1, takes: 77ms"),
      timer("node: node2, timer: hold, nth: 1, takes: 77ms")),
    Pair(
      "timer.timer", contest("timer: consensus_timeout, nth: 1, takes: 40ms"),
      contest("timer: retry, nth: 1, takes: 40ms, may_be_idle: it may win")),
    Pair(
      "timer.nth", timer("node: node1, timer: hold, nth: 1, takes: 77ms"),
      timer("node: node1, timer: hold, nth: 2, takes: 77ms")),
    Pair(
      "timer.takes", timer("node: node1, timer: hold, nth: 1, takes: 77ms"),
      timer("node: node1, timer: hold, nth: 1, takes: 78ms")),
    Pair(
      "timer.may_be_idle", timer("node: node1, timer: hold, nth: 99, takes: 77ms"),
      timer("node: node1, timer: hold, nth: 99, takes: 77ms, may_be_idle: so few")),
    Pair(
      "fault.at", lock("faults: [{at: 5ms, for: 3ms, pause: node1}]"),
      lock("faults: [{at: [5ms, 40ms], for: 3ms, pause: node1}]")),
  ]

  private static func delivery(_ entry: String) -> String { lock("deliveries: [{\(entry)}]") }

  private static func timer(_ entry: String) -> String { lock("timers: [{\(entry)}]") }

  private static func contest(_ entry: String) -> String {
    consensus("paxos", "timers: [{node: node1, \(entry)}]")
  }
}
