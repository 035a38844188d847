import SystemModel

extension MetricCatalog {
  private static let waits: Needs = [.observation("requested"), .observation("entered")]
  private static let triggered = Need.observation("triggered")
  private static let arrived = Need.observation("arrived")
  private static let released = Need.observation("released")
  private static let leftBehind = Need.observation("left_behind")
  private static let barrierWaits = Needs.any([arrived, released], [arrived, leftBehind])

  static let consensus: [MetricDescription] = [
    .init(
      "consensus.decision_time", .duration, [.consensus], better: .less, on: .observed,
      needs: [.observation("decided")],
      "When the first value was decided, from T0."
    ) { world, _ in world.consensus.flatMap { instant($0.decidedAt) } },
    .init(
      "consensus.completion_time", .duration, [.consensus], better: .less, on: .observed,
      needs: [.observation("completed")],
      "When the first round was complete, from T0: its proposer had the acks that it waits for."
    ) { world, _ in world.consensus.flatMap { instant($0.completedAt) } },
    .init(
      "consensus.duration", .duration, [.consensus], better: .less, on: .observed,
      needs: [.observation("proposed"), .observation("completed")],
      "From the first proposal to the completion of the first round."
    ) { world, _ in
      guard let times = world.consensus, times.proposedAt >= 0, times.completedAt >= 0 else {
        return nil
      }
      return .duration(times.completedAt - times.proposedAt)
    },
  ]

  static let election: [MetricDescription] = [
    .init(
      "election.elections", .count, [.election], better: .less, on: .observed,
      needs: [.observation("election_started")],
      "How often a candidate raised the term and asked for votes; pre-votes do not count."
    ) { world, _ in world.election.map { .count($0.elections) } },
    .init(
      "election.terms", .count, [.election], better: .less, on: .event, needs: [.field("term")],
      "The highest term that a node has reached."
    ) { world, _ in world.election.map { .count($0.highestTerm) } },
    .init(
      "election.leaders", .count, [.election], on: .observed,
      needs: [.observation("became_leader")], "How often a node became leader."
    ) { world, _ in world.election.map { .count($0.leaders) } },
  ]

  static let unavailability: [MetricDescription] = [
    .init(
      "unavailability.total", .duration, [.election], better: .less, on: .now,
      needs: [.availability],
      "How long not all live nodes were available, from T0. A node is live while it is up and not "
        + "paused. It is available while it is live and leads, or has accepted and synced with, a "
        + "live leader that a majority of all nodes can reach both ways and that it can reach itself; "
        + "without a live node nobody is available. Nodes are separated by a partition that drops or "
        + "holds and by a loss of 100 %, unless they are narrowed to chosen messages; a loss of less "
        + "separates nobody."
    ) { world, _ in world.availability.map { .duration($0.unavailable(group: 0, at: world.now)) } },
    .init(
      "unavailability.GROUP", .duration, [.election], better: .less, on: .now,
      needs: [.availability],
      "How long not all live nodes of a group were available, from T0."
    ) { world, the in
      world.availability.map { .duration($0.unavailable(group: the.first, at: world.now)) }
    },
    .init(
      "unavailability.total.since.FAULT", .duration, [.election], better: .less, on: .now,
      needs: [.availability],
      "How long not all live nodes were available, since a fault first fired."
    ) { world, the in
      world.availability?.unavailable(group: 0, sinceFault: the.second, at: world.now)
        .map { .duration($0) }
    },
    .init(
      "unavailability.GROUP.since.FAULT", .duration, [.election], better: .less, on: .now,
      needs: [.availability],
      "How long not all live nodes of a group were available, since a fault first fired."
    ) { world, the in
      world.availability?.unavailable(group: the.first, sinceFault: the.second, at: world.now)
        .map { .duration($0) }
    },
  ]

  static let mutex: [MetricDescription] = [
    .init(
      "mutex.entries", .count, [.mutex], better: .more, on: .observed,
      needs: [.observation("entered")], "How often a node entered."
    ) {
      world, _ in world.mutex.map { .count($0.entries) }
    },
    .init(
      "mutex.wait.total", .duration, [.mutex], better: .less, on: .observed, needs: waits,
      "How long nodes waited between request and entry, summed up."
    ) { world, _ in world.mutex.map { .duration($0.waitTotal.nanoseconds) } },
    .init(
      "mutex.wait.max", .duration, [.mutex], better: .less, on: .observed, needs: waits,
      "The longest wait for an entry."
    ) {
      world, _ in world.mutex?.waitMax.map { .duration($0) }
    },
    .init(
      "mutex.wait.NODE", .duration, [.mutex], better: .less, on: .observed, needs: waits,
      "How long a node waited between request and entry, summed up."
    ) { world, the in world.mutex.map { .duration($0.waits[the.first]) } },
    .init(
      "mutex.serial", .duration, [.mutex], on: [.observed, .up],
      needs: [.observation("entered"), .observation("exited")],
      "How long nodes were in their critical sections, summed up."
    ) { world, _ in world.mutex.map { .duration($0.serial.nanoseconds) } },
    .init(
      "mutex.makespan", .duration, [.mutex], better: .less, on: [.observed, .up],
      needs: [.observation("requested"), .observation("entered"), .observation("exited")],
      "From the first request to the last exit."
    ) { world, _ in world.mutex?.makespan.map { .duration($0) } },
    .init(
      "mutex.overhead", .duration, [.mutex], better: .less, on: [.observed, .up],
      needs: [.observation("requested"), .observation("entered"), .observation("exited")],
      "The makespan without the serial work: what coordination costs."
    ) { world, _ in
      guard let times = world.mutex, let makespan = times.makespan else { return nil }
      return .duration(makespan - times.serial.nanoseconds)
    },
  ]

  static let barrier: [MetricDescription] = [
    .init(
      "barrier.releases", .count, [.barrier], better: .more, on: .observed, needs: [triggered],
      "How often the barrier opened."
    ) {
      world, _ in world.barrier.map { .count($0.releases) }
    },
    .init(
      "barrier.release_time", .duration, [.barrier], better: .less, on: .observed,
      needs: [triggered],
      "When the barrier first opened, from T0."
    ) { world, _ in world.barrier.flatMap { instant($0.firstRelease) } },
    .init(
      "barrier.last_release_time", .duration, [.barrier], better: .less, on: .observed,
      needs: [triggered],
      "When the barrier last opened, from T0."
    ) { world, _ in world.barrier.flatMap { instant($0.lastRelease) } },
    .init(
      "barrier.wait.total", .duration, [.barrier], better: .less, on: [.observed, .up],
      needs: barrierWaits,
      "How long nodes waited at the barrier, summed up."
    ) { world, _ in world.barrier.map { .duration($0.waitTotal.nanoseconds) } },
    .init(
      "barrier.wait.NODE", .duration, [.barrier], better: .less, on: [.observed, .up],
      needs: barrierWaits,
      "How long a node that works waited at the barrier, summed up."
    ) { world, the in world.barrier?.wait(of: the.first).map { .duration($0) } },
    .init(
      "barrier.utilisation", .ratio, [.barrier], better: .more, on: [.observed, .up],
      needs: .any(
        [.observation("work_started"), arrived, released],
        [.observation("work_started"), arrived, leftBehind]),
      "The share of work in the time that nodes spent working or waiting."
    ) { world, _ in world.barrier?.utilisation.map { .ratio($0) } },
    .init(
      "barrier.left_behind", .count, [.barrier], better: .less, on: .observed, needs: [leftBehind],
      "How often a node was told on its arrival that the others had gone on."
    ) { world, _ in world.barrier.map { .count($0.leftBehind) } },
  ]

  static let faults: [MetricDescription] = [
    ledger("fired", .count, [.faults], "How often a fault fired.") { .count(Int64($0.fired)) },
    ledger("dropped", .count, [.dropped], "Messages that a fault lost.") {
      .count(Int64($0.ledger.dropped))
    },
    ledger(
      "held", .count, [.held],
      "Messages that a partition with `mode: hold` kept back until its end. What waits at a paused "
        + "node is not among them; a pause counts in `node_time_lost`."
    ) {
      .count(Int64($0.ledger.held))
    },
    ledger("delayed", .count, [.delayed], "Messages that a fault made slower.") {
      .count(Int64($0.ledger.delayed))
    },
    ledger("duplicated", .count, [.duplicated], "Messages that a fault duplicated.") {
      .count(Int64($0.ledger.duplicated))
    },
    ledger(
      "node_time_lost", .duration, [.faults],
      "How long nodes were down, stood still or handled slowly by a fault, summed up."
    ) { .duration($0.ledger.nodeTimeLost) },
    ledger(
      "calls_touched", .count, [.faults, .calls],
      "Calls that a fault made fail or left without an answer."
    ) {
      .count(Int64($0.ledger.callsTouched))
    },
  ]

  private static func ledger(
    _ name: String, _ unit: MetricUnit, _ needs: Needs, _ summary: String,
    read: @escaping @Sendable (FaultBook.Entry) -> MetricValue
  ) -> MetricDescription {
    .init("fault.FAULT.\(name)", unit, on: .event, needs: needs, summary) { world, the in
      read(world.faults.entries[the.second])
    }
  }

  private static func instant(_ nanoseconds: Int64) -> MetricValue? {
    nanoseconds < 0 ? nil : .duration(nanoseconds)
  }
}
