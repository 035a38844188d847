import Simulation
import SystemModel

/// Workload W1: every node sends heartbeats to all others, which acknowledge them.
struct RingHeartbeat: StateMachine {
  enum Message: MachineMessage {
    case heartbeat(UInt32)
    case ack(UInt32)

    var kind: UInt8 {
      switch self {
      case .heartbeat: 0
      case .ack: 1
      }
    }

    var payload: MessagePayload {
      switch self {
      case .heartbeat(let number): MessagePayload(0, Int64(number))
      case .ack(let number): MessagePayload(1, Int64(number))
      }
    }
  }

  enum Timer: UInt8, MachineTimer {
    case tick
  }

  static let description = ProtocolDescription(
    name: "ring-heartbeat", summary: "Heartbeats, acknowledged.", source: "workload W1",
    assumptions: [], guarantees: [], family: .election,
    messages: [
      MessageDeclaration("heartbeat", [.init("number", .int)], "The sender is up."),
      MessageDeclaration("ack", [.init("number", .int)], "The heartbeat has arrived."),
    ],
    timers: [TimerDeclaration("tick", "The next heartbeat is due.")], fields: [])

  private(set) var heartbeats = 0
  private(set) var acks = 0
  private var sequence: UInt32 = 0
  private var highest: UInt32 = 0
  private let offset: Duration

  init(_ context: NodeContext) {
    offset = Duration(nanoseconds: Int64(context.id.index) * 10_000_000 / Int64(context.nodeCount))
  }

  mutating func start(_ effects: inout Effects<Self>) {
    effects.setTimer(.tick, after: offset)
  }

  mutating func receive(_ message: Message, from sender: NodeID, _ effects: inout Effects<Self>) {
    switch message {
    case .heartbeat(let number):
      heartbeats += 1
      highest = max(highest, number)
      effects.send(.ack(number), to: sender)
    case .ack: acks += 1
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    sequence += 1
    effects.broadcast(.heartbeat(sequence))
    effects.setTimer(.tick, after: .milliseconds(10))
  }

  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {}
  mutating func crash(keepingDisk: Bool) {}
  mutating func restart(_ effects: inout Effects<Self>) {}
  func word(ofField index: Int) -> Int64 { 0 }
}

/// The latencies of workload W1: fixed for each ordered pair, 1 to 5 ms.
struct RingLatencies: DrawSource {
  private let nodeCount: Int
  private let table: ContiguousArray<Int32>

  init(nodeCount: Int) {
    self.nodeCount = nodeCount
    var table: ContiguousArray<Int32> = []
    table.reserveCapacity(nodeCount * nodeCount)
    for from in 0..<nodeCount {
      for to in 0..<nodeCount {
        let product = UInt64(from * 7919 + to * 104729) &* 2_654_435_761
        table.append(Int32(1_000_000 + (product & 0xFFFF_FFFF) % 4_000_000))
      }
    }
    self.table = table
  }

  mutating func carry(from: NodeID, to: NodeID) -> Carriage {
    Carriage(latency: Int64(table[from.index &* nodeCount &+ to.index]), isUnordered: true)
  }

  mutating func ordered(arrival: Int64, from: NodeID, to: NodeID) -> Int64 { arrival }

  mutating func settle(lastArrival: Int64, from: NodeID, to: NodeID) {}

  mutating func carryCopy(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Carriage {
    carry(from: from, to: to)
  }

  mutating func drawLatency(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Int64 {
    carry(from: from, to: to).latency
  }

  mutating func timerSpan(of node: NodeID, low: Int64, high: Int64) -> Int64 { low }

  mutating func reset(seed: UInt64) {}
}

extension Workload {
  /// Runs W1 up to a number of delivered messages.
  func measureRing(_ nodeCount: Int, _ messages: Int, recording: Bool) -> Measurement {
    let plan = SystemPlan.bare(nodeCount)
    let latencies = RingLatencies(nodeCount: nodeCount)
    let start = Usage.current.seconds
    var simulator = Simulator<RingHeartbeat, RingLatencies>(
      plan, draws: latencies, recording: recording)
    let checksum = simulator.deliver(messages)
    let seconds = Usage.current.seconds - start
    let machines = (0..<nodeCount).map { simulator.machine(of: NodeID($0)) }
    return Measurement(
      workload: words.joined(separator: " "), messages: simulator.messageCounts.delivered,
      seconds: seconds, checksum: checksum,
      counts: [
        ("hb", Int64(machines.reduce(0) { $0 + $1.heartbeats })),
        ("ack", Int64(machines.reduce(0) { $0 + $1.acks })),
        ("end", simulator.instant.nanoseconds),
      ])
  }
}

extension Simulator {
  /// Carries out events up to a number of delivered messages; the sum of the instants of their
  /// delivery.
  mutating func deliver(_ messages: Int) -> UInt64 {
    var sum: UInt64 = 0
    var delivered = 0
    while delivered < messages, advance() == nil {
      let count = messageCounts.delivered
      if count != delivered { sum &+= UInt64(bitPattern: instant.nanoseconds) }
      delivered = count
      if trace.records.count > 1024 { trace.records.removeAll(keepingCapacity: true) }
    }
    return sum
  }
}
