#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Simulation
import SystemModel

/// Workload W2: Lamport's mutual exclusion of 1978; every node thinks, waits, enters and leaves.
struct LamportQueue: StateMachine {
  enum Message: MachineMessage {
    case request(Int64)
    case ack(Int64)
    case release(Int64)

    var kind: UInt8 {
      switch self {
      case .request: 0
      case .ack: 1
      case .release: 2
      }
    }

    var payload: MessagePayload {
      switch self {
      case .request(let timestamp): MessagePayload(0, timestamp)
      case .ack(let timestamp): MessagePayload(1, timestamp)
      case .release(let timestamp): MessagePayload(2, timestamp)
      }
    }
  }

  enum Timer: UInt8, MachineTimer {
    case think
    case leave
  }

  static let description = ProtocolDescription(
    name: "lamport-queue", summary: "A lock.", source: "workload W2", assumptions: [],
    guarantees: [], family: .mutex,
    messages: ["request", "ack", "release"].map {
      MessageDeclaration($0, [.init("timestamp", .int)], "A timestamp.")
    },
    timers: [
      TimerDeclaration("think", "The next request is due."),
      TimerDeclaration("leave", "The critical section is over."),
    ], fields: [])

  private let id: Int
  private var clock: Int64 = 0
  private var own: Int64 = 0
  private var acks = 0
  private var isWaiting = false
  /// The timestamp of each node's request; the highest number: none.
  private var requests: ContiguousArray<Int64>

  init(_ context: NodeContext) {
    id = context.id.index
    requests = ContiguousArray(repeating: .max, count: context.nodeCount)
  }

  mutating func start(_ effects: inout Effects<Self>) { think(&effects) }

  mutating func receive(_ message: Message, from sender: NodeID, _ effects: inout Effects<Self>) {
    switch message {
    case .request(let timestamp):
      clock = max(clock, timestamp) + 1
      requests[sender.index] = timestamp
      effects.send(.ack(clock), to: sender)
    case .ack(let timestamp):
      clock = max(clock, timestamp) + 1
      acks += 1
      tryToEnter(&effects)
    case .release(let timestamp):
      clock = max(clock, timestamp) + 1
      requests[sender.index] = .max
      tryToEnter(&effects)
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    clock += 1
    switch timer {
    case .think:
      own = clock
      requests[id] = own
      acks = 0
      isWaiting = true
      effects.broadcast(.request(own))
    case .leave:
      requests[id] = .max
      effects.broadcast(.release(clock))
      think(&effects)
    }
  }

  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {}
  mutating func crash(keepingDisk: Bool) {}
  mutating func restart(_ effects: inout Effects<Self>) {}
  func word(ofField index: Int) -> Int64 { 0 }

  private mutating func tryToEnter(_ effects: inout Effects<Self>) {
    guard isWaiting, acks == requests.count - 1 else { return }
    for (node, timestamp) in requests.enumerated()
    where timestamp < own || (timestamp == own && node < id) { return }
    isWaiting = false
    effects.setTimer(
      .leave, between: LamportChance.insideSpan.low, and: LamportChance.insideSpan.high)
  }

  private func think(_ effects: inout Effects<Self>) {
    effects.setTimer(
      .think, between: LamportChance.thinkSpan.low, and: LamportChance.thinkSpan.high)
  }
}

/// The chance of workload W2: one generator for everything, drawn from in the order of the
/// reference; links in order, one nanosecond apart. The spans of the two timers are told apart by
/// their ranges, so entries are counted here, and checked to exclude each other.
struct LamportChance: DrawSource {
  static let thinkSpan = (low: Duration.zero, high: Duration(nanoseconds: 5_000_000))
  static let insideSpan = (
    low: Duration(nanoseconds: 1_000_000), high: Duration(nanoseconds: 1_000_001)
  )

  private let nodeCount: Int
  private var random: RandomSource
  private var lastArrivals: ContiguousArray<Int64>
  private var inside: NodeID?
  private(set) var entries = 0

  init(nodeCount: Int, seed: UInt64) {
    self.nodeCount = nodeCount
    random = RandomSource(state: seed)
    lastArrivals = ContiguousArray(repeating: 0, count: nodeCount * nodeCount)
  }

  private mutating func exponential(_ mean: Double) -> Int64 {
    Int64(-mean * log(1 - random.unit()))
  }

  mutating func carry(from: NodeID, to: NodeID) -> Carriage {
    Carriage(latency: 100_000 + exponential(500_000))
  }

  mutating func ordered(arrival: Int64, from: NodeID, to: NodeID) -> Int64 {
    let place = from.index &* nodeCount &+ to.index
    let instant = max(arrival, lastArrivals[place] &+ 1)
    lastArrivals[place] = instant
    return instant
  }

  mutating func timerSpan(of node: NodeID, low: Int64, high: Int64) -> Int64 {
    guard low == 0 else {
      precondition(inside == nil, "two nodes are inside")
      inside = node
      entries += 1
      return low
    }
    if inside == node { inside = nil }
    return exponential(5e6)
  }

  mutating func settle(lastArrival: Int64, from: NodeID, to: NodeID) {}
  mutating func carryCopy(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Carriage {
    carry(from: from, to: to)
  }
  mutating func drawLatency(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Int64 {
    carry(from: from, to: to).latency
  }
  mutating func reset(seed: UInt64) { self = LamportChance(nodeCount: nodeCount, seed: seed) }
}

extension Workload {
  /// Runs W2 up to a number of entries.
  func measureMutex(
    _ nodeCount: Int, _ entries: Int, seed: UInt64, recording: Bool
  ) -> Measurement {
    let plan = SystemPlan.bare(nodeCount)
    let chance = LamportChance(nodeCount: nodeCount, seed: seed)
    let start = Usage.current.seconds
    var simulator = Simulator<LamportQueue, LamportChance>(
      plan, draws: chance, recording: recording)
    let checksum = simulator.enter(entries)
    let seconds = Usage.current.seconds - start
    return Measurement(
      workload: words.joined(separator: " "), messages: simulator.messageCounts.delivered,
      seconds: seconds, checksum: checksum,
      counts: [
        ("sent", Int64(simulator.messageCounts.wire)),
        ("end", simulator.instant.nanoseconds),
      ])
  }
}

extension Simulator where Draws == LamportChance {
  /// Carries out events up to a number of entries; the sum of the instants of all deliveries.
  mutating func enter(_ entries: Int) -> UInt64 {
    var sum: UInt64 = 0
    var delivered = 0
    while drawSource.entries < entries, advance() == nil {
      let count = messageCounts.delivered
      if count != delivered { sum &+= UInt64(bitPattern: instant.nanoseconds) }
      delivered = count
      if trace.records.count > 1024 { trace.records.removeAll(keepingCapacity: true) }
    }
    return sum
  }
}
