import Simulation
import SystemModel

/// Workload W3: a small run of two rounds, propose and commit, with three answers each.
struct TwoRounds: StateMachine {
  enum Message: MachineMessage {
    case propose(UInt32)
    case promise(UInt32)
    case commit(UInt32)
    case done(UInt32)

    var kind: UInt8 {
      switch self {
      case .propose: 0
      case .promise: 1
      case .commit: 2
      case .done: 3
      }
    }

    var payload: MessagePayload {
      switch self {
      case .propose(let word): MessagePayload(0, Int64(word))
      case .promise(let word): MessagePayload(1, Int64(word))
      case .commit(let word): MessagePayload(2, Int64(word))
      case .done(let word): MessagePayload(3, Int64(word))
      }
    }
  }

  enum Timer: UInt8, MachineTimer {
    case none
  }

  static let description = ProtocolDescription(
    name: "two-rounds", summary: "Two rounds.", source: "workload W3", assumptions: [],
    guarantees: [], family: .consensus,
    messages: ["propose", "promise", "commit", "done"].map {
      MessageDeclaration($0, [.init("word", .int)], "A word.")
    }, fields: [])

  private let isFirst: Bool
  private var promised: UInt32 = 0
  private var value: UInt32 = 0
  private var promises: UInt32 = 0
  private(set) var dones: UInt32 = 0

  init(_ context: NodeContext) { isFirst = context.id.index == 0 }

  mutating func start(_ effects: inout Effects<Self>) {
    if isFirst { effects.broadcast(.propose(1)) }
  }

  mutating func receive(_ message: Message, from sender: NodeID, _ effects: inout Effects<Self>) {
    switch message {
    case .propose(let ballot):
      promised = ballot
      effects.send(.promise(ballot), to: sender)
    case .promise:
      promises += 1
      if promises == 3 { effects.broadcast(.commit(42)) }
    case .commit(let word):
      value = word
      effects.send(.done(word), to: sender)
    case .done: dones += 1
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {}
  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {}
  mutating func crash(keepingDisk: Bool) {}
  mutating func restart(_ effects: inout Effects<Self>) {}
  func word(ofField index: Int) -> Int64 { 0 }
}

/// The chance of workload W3: one generator, 1 to 2 ms a message.
struct RoundsChance: DrawSource {
  private var random = RandomSource(state: 0)

  mutating func carry(from: NodeID, to: NodeID) -> Carriage {
    Carriage(latency: 1_000_000 + Int64(random.next() % 1_000_000), isUnordered: true)
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
  mutating func reset(seed: UInt64) { random = RandomSource(state: seed) }
}

extension Workload {
  /// Runs W3: one engine, reset for each seed.
  func measureRounds(_ runs: Int, recording: Bool) -> Measurement {
    let start = Usage.current.seconds
    var simulator = Simulator<TwoRounds, RoundsChance>(
      .bare(4), draws: RoundsChance(), recording: recording)
    let (messages, checksum) = simulator.carryOut(0..<UInt64(runs))
    return Measurement(
      workload: words.joined(separator: " "), messages: messages,
      seconds: Usage.current.seconds - start, checksum: checksum, counts: [])
  }
}

extension Simulator where Machine == TwoRounds, Draws == RoundsChance {
  /// Carries out a run with each seed: the messages of all, and the sum of the final instants.
  mutating func carryOut(_ seeds: Range<UInt64>) -> (messages: Int, checksum: UInt64) {
    var checksum: UInt64 = 0
    var messages = 0
    for seed in seeds {
      reset(seed: seed)
      while advance() == nil {}
      precondition(machine(of: NodeID(0)).dones == 3, "a run without an end")
      messages += messageCounts.delivered
      checksum &+= UInt64(bitPattern: instant.nanoseconds)
    }
    return (messages, checksum)
  }
}
