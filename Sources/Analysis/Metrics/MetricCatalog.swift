public import SystemModel

/// Every metric, in the order of the reference.
public enum MetricCatalog {
  /// The descriptions.
  public static let all: [MetricDescription] =
    messages + links + calls + consensus + election + unavailability + mutex + barrier + faults
    + run

  /// The metrics that a scenario has, in the order of the catalog.
  ///
  /// Links are there up to 64 nodes; metrics of faults for the first 64 faults.
  public static func metrics(
    of description: ProtocolDescription, _ topology: Topology, faults: [String]
  ) -> [Metric] {
    let names = MetricNames(description, topology, faults: faults)
    var found: [Metric] = []
    for (place, entry) in all.enumerated() where names.hasFamily(of: entry) {
      names.expand(entry, at: place, into: &found)
    }
    return found
  }

  static let messages: [MetricDescription] = [
    .init(
      "messages.logical", .count, better: .less, on: .sent, needs: [.sent],
      "Messages sent, a broadcast or a message to several nodes counted once."
    ) { world, _ in .count(world.counts.logical) },
    .init(
      "messages.wire", .count, better: .less, on: .sent, needs: [.sent],
      "Copies given to the network, those that are lost included, copies made by faults not."
    ) { world, _ in .count(world.counts.wire) },
    .init(
      "messages.delivered", .count, on: .delivered, needs: [.delivered], "Messages that arrived."
    ) { world, _ in
      .count(world.counts.delivered)
    },
    .init("messages.dropped", .count, on: .dropped, needs: [.dropped], "Messages that were lost.") {
      world, _ in
      .count(world.counts.dropped)
    },
    .init(
      "messages.held", .count, on: .disturbed, needs: [.held],
      "Messages that waited for the end of a fault."
    ) { world, _ in .count(world.counts.held) },
    .init(
      "messages.delayed", .count, on: .disturbed, needs: [.delayed],
      "Messages that a fault made slower."
    ) { world, _ in .count(world.counts.delayed) },
    .init(
      "messages.duplicated", .count, on: .disturbed, needs: [.duplicated],
      "Copies of messages that the network made of itself or by a fault."
    ) { world, _ in .count(world.counts.duplicated) },
    .init(
      "messages.kind.KIND.logical", .count, better: .less, on: .sent, needs: [.sent],
      "Messages of a kind that were sent, a broadcast counted once."
    ) { world, the in .count(world.counts.kinds[2 * the.first]) },
    .init(
      "messages.kind.KIND.wire", .count, better: .less, on: .sent, needs: [.sent],
      "Messages of a kind that were given to the network."
    ) { world, the in .count(world.counts.kinds[2 * the.first + 1]) },
  ]

  static let links: [MetricDescription] = [
    .init(
      "messages.link.FROM.TO.wire", .count, omitsZero: true, better: .less, on: .sent,
      needs: [.sent],
      "Messages given to the network from one node to another; in topologies of up to 64 nodes."
    ) { world, the in .count(world.counts.links[link(world, the)]) },
    .init(
      "messages.link.FROM.TO.dropped", .count, omitsZero: true, on: .dropped, needs: [.dropped],
      "Messages lost on their way from one node to another; in topologies of up to 64 nodes."
    ) { world, the in .count(world.counts.links[link(world, the) + 1]) },
  ]

  private static func link(_ world: borrowing World, _ the: MetricArguments) -> Int {
    world.counts.place(NodeID(the.first), NodeID(the.second))
  }

  static let calls: [MetricDescription] = [
    .init("calls.count", .count, on: .calls, needs: [.calls], "Calls that clients made.") {
      world, _ in
      .count(Int64(world.calls.calls.count))
    },
    .init("calls.ok", .count, better: .more, on: .calls, needs: [.calls], "Calls that happened.") {
      world, _ in
      .count(world.calls.ended.ok)
    },
    .init(
      "calls.fail", .count, better: .less, on: .calls, needs: [.calls], "Calls that did not happen."
    ) {
      world, _ in
      .count(world.calls.ended.fail)
    },
    .init(
      "calls.info", .count, better: .less, on: .calls, needs: [.calls],
      "Calls of which nobody knows whether they happened; at the end also those still open."
    ) { world, _ in .count(world.calls.ended.info) },
    .init(
      "call.CALL.latency.count", .count, better: .more, on: .calls, needs: [.calls],
      "How many calls of a kind happened; the other latencies are over these."
    ) { world, the in .count(world.calls.latencies[the.first].count) },
    .init(
      "call.CALL.latency.mean", .duration, better: .less, on: .calls, needs: [.calls],
      "The mean time from the invocation to the end of calls that happened, rounded down."
    ) { world, the in world.calls.latencies[the.first].mean.map { .duration($0) } },
    percentile(50), percentile(90), percentile(99),
    .init(
      "call.CALL.latency.max", .duration, better: .less, on: .calls, needs: [.calls],
      "The longest time from the invocation to the end of a call that happened."
    ) { world, the in world.calls.latencies[the.first].maximum.map { .duration($0) } },
  ]

  private static func percentile(_ percent: Int) -> MetricDescription {
    .init(
      "call.CALL.latency.p\(percent)", .duration, isFinal: true, better: .less, on: .calls,
      needs: [.calls],
      "The least time within which \(percent) % of the calls that happened ended (nearest rank)."
    ) { world, the in world.calls.latencies[the.first].percentile(percent).map { .duration($0) } }
  }

  static let run: [MetricDescription] = [
    .init(
      "run.duration", .duration, on: .now, needs: [], "The virtual time that the run has taken."
    ) {
      world, _ in .duration(max(world.now, 0))
    },
    .init(
      "run.events", .count, on: .event, needs: [],
      "How many events the run has had, its start among them."
    ) { world, _ in
      .count(Int64(world.events))
    },
  ]
}
