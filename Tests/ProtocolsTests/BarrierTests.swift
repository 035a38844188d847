import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct BarrierTests {
  typealias Effect = Effects<Barrier>.Effect
  static let coordinator: [String: ParameterValue] = ["coordinator": .node(NodeID(2))]

  // One machine; the last of three nodes is the coordinator.

  static func node(
    _ place: Int, timeout: Int64? = nil
  ) -> MachineDriver<Barrier> {
    var options = coordinator
    if let timeout { options["timeout"] = .duration(.milliseconds(timeout)) }
    return MachineDriver(Barrier.self, node: place, of: 3, options: options)
  }

  @Test func `Parties register, the coordinator does not`() {
    var party = Self.node(0)
    #expect(
      party.start() == [
        .observe(0, value: WordType.absent),
        .send(.register(generation: 1), to: NodeID(2), counted: true),
      ])
    var counting = Self.node(2)
    #expect(counting.start() == [])
    #expect(counting.receive(.register(generation: 1), from: 0) == [])
    #expect(counting["registered"] == 1)
    #expect(counting["expected"] == 2)
  }

  @Test func `A party works, arrives, waits and goes on when released`() {
    var party = Self.node(0)
    #expect(
      party.call(50, 9) == [
        .observe(1, value: 50),
        .setTimer(.work, low: Duration(nanoseconds: 50), high: Duration(nanoseconds: 50)),
      ])
    #expect(party["task"] == 9)
    #expect(
      party.fire(.work) == [
        .observe(2, value: 1), .send(.arrive(generation: 1), to: NodeID(2), counted: true),
      ])
    #expect(party["state"] == 2)
    #expect(
      party.receive(.release(generation: 1), from: 2) == [
        .observe(4, value: 1), .complete(CallID(0), .ok, value: 1),
      ])
    #expect(party["generation"] == 2)
    #expect(party.receive(.release(generation: 1), from: 2) == [], "a copy")
    #expect(party["task"] == WordType.absent)
  }

  @Test func `Calls at a busy party are phases`() {
    var party = Self.node(0)
    party.call(50)
    #expect(party.call(60) == [])
    party.fire(.work)
    #expect(
      party.receive(.release(generation: 1), from: 2).last
        == .setTimer(
          .work, low: Duration(nanoseconds: 60), high: Duration(nanoseconds: 60)))
  }

  @Test func `The last arrival of a generation releases all as one logical message`() {
    var counting = Self.node(2)
    #expect(counting.receive(.arrive(generation: 1), from: 1) == [.observe(6, value: 1)])
    #expect(counting.receive(.arrive(generation: 1), from: 1) == [], "a copy")
    #expect(counting["arrived"] == 1)
    #expect(counting.machine.list(of: "waiting") == [1])
    #expect(
      counting.receive(.arrive(generation: 1), from: 0) == [
        .observe(6, value: 2), .observe(3, value: 1),
        .send(.release(generation: 1), to: NodeID(0), counted: true),
        .send(.release(generation: 1), to: NodeID(1), counted: false),
      ])
    #expect(counting["arrived"] == 0)
    #expect(counting["generation"] == 2)
  }

  @Test func `The timeout counts from the first arrival and leaves the others behind`() {
    var counting = Self.node(2, timeout: 100)
    #expect(
      counting.receive(.arrive(generation: 1), from: 1) == [
        .observe(6, value: 1),
        .setTimer(.timeout, low: .milliseconds(100), high: .milliseconds(100)),
      ])
    #expect(
      counting.fire(.timeout) == [
        .observe(3, value: 1), .cancelTimer(.timeout),
        .send(.release(generation: 1), to: NodeID(1), counted: true),
      ])
    #expect(
      counting.receive(.arrive(generation: 1), from: 0) == [
        .send(.leftBehind(generation: 2), to: NodeID(0), counted: true)
      ])
    #expect(counting["arrived"] == 0)

    var party = Self.node(0)
    party.call(50)
    party.fire(.work)
    #expect(
      party.receive(.leftBehind(generation: 2), from: 2) == [
        .observe(5, value: 1), .complete(CallID(0), .ok, value: 1),
      ])
    #expect(party["generation"] == 2)
    #expect(party.receive(.leftBehind(generation: 2), from: 2) == [], "a copy")
  }

  @Test func `The coordinator does no work`() {
    var counting = Self.node(2)
    #expect(counting.call(50).first?.isFailure == true)
  }

  @Test func `A coordinator that restarts still knows who has arrived`() {
    var counting = Self.node(2, timeout: 100)
    counting.receive(.arrive(generation: 1), from: 1)
    #expect(
      counting.crashAndRestart() == [
        .setTimer(.timeout, low: .milliseconds(100), high: .milliseconds(100))
      ])
    #expect(counting.machine.list(of: "waiting") == [1])
    #expect(counting.crashAndRestart(keepingDisk: false) == [])
    #expect(counting["arrived"] == 0)
    counting.receive(.arrive(generation: 4), from: 1)
    #expect(counting["generation"] == 4, "it takes the generation of the parties")
  }

  @Test func `A party that restarts learns that the barrier has gone on`() {
    var counting = Self.node(2, timeout: 100)
    counting.receive(.arrive(generation: 1), from: 0)
    counting.fire(.timeout)
    #expect(
      counting.receive(.register(generation: 1), from: 0) == [
        .send(.release(generation: 1), to: NodeID(0), counted: true)
      ], "its arrival was counted")
    #expect(
      counting.receive(.register(generation: 1), from: 1) == [
        .send(.leftBehind(generation: 2), to: NodeID(1), counted: true)
      ], "it never arrived")

    var party = Self.node(0)
    party.call(50)
    party.fire(.work)
    #expect(
      party.crashAndRestart().last
        == .send(
          .register(generation: 1), to: NodeID(2), counted: true))
    #expect(party.receive(.release(generation: 1), from: 2) == [], "its call is gone")
    #expect(party["generation"] == 2)
    #expect(party["state"] == 0)
  }

  @Test func `A party that lost its disk learns in which generation the others are`() {
    var party = Self.node(0)
    #expect(party.receive(.release(generation: 3), from: 2) == [.observe(5, value: 1)])
    #expect(party["generation"] == 4)
  }

  @Test func `A release during new work counts for the arrival before the crash`() {
    var party = Self.node(0)
    party.call(50)
    party.fire(.work)
    party.crashAndRestart()
    party.call(60)
    #expect(party.receive(.release(generation: 1), from: 2) == [])
    #expect(
      party.fire(.work).last == .send(.arrive(generation: 2), to: NodeID(2), counted: true))
  }

  @Test func `The last to arrive is the latest of the present generation`() {
    var counting = Self.node(2)
    func lastToArrive() -> [NodeID] {
      Barrier.nodes(
        selectedBy: 0,
        among: NodeView(
          machines: [Self.node(0).machine, Self.node(1).machine, counting.machine],
          isUp: [true, true, true]))
    }
    #expect(lastToArrive() == [])
    counting.receive(.arrive(generation: 1), from: 1)
    #expect(lastToArrive() == [NodeID(1)])
    counting.receive(.arrive(generation: 1), from: 0)
    #expect(lastToArrive() == [], "nobody has arrived in the second generation")
  }

  // On a network: five parties and a coordinator, as documented.

  static func documented(phases: Int = 1, timeout: Int64? = nil) -> TestNetwork<Barrier> {
    var options: [String: ParameterValue] = ["coordinator": .node(NodeID(5))]
    if let timeout { options["timeout"] = .duration(.milliseconds(timeout)) }
    var network = TestNetwork<Barrier>(6, options: options)
    for _ in 0..<phases {
      for (node, work) in [Int64(50), 75, 180, 60, 200].enumerated() {
        network.call(node, at: 0, work * 1_000_000, WordType.absent)
      }
    }
    return network
  }

  static func waits(_ network: TestNetwork<Barrier>) -> [Int64] {
    (0..<5).map { node in
      let own = network.notes.filter { $0.node == node }
      return zip(
        own.filter { $0.what == "arrived" },
        own.filter { $0.what == "released" || $0.what == "left_behind" }
      ).reduce(0) { $0 + $1.1.at - $1.0.at }
    }
  }

  @Test func `The documented barrier releases at 200 ms with 15 messages`() {
    var network = Self.documented()
    network.run(to: 1000)
    #expect(network.seen("arrive") == ["1>6@50", "4>6@60", "2>6@75", "3>6@180", "5>6@200"])
    #expect(network.notes(of: "triggered") == ["node6@200"])
    #expect(network.times(of: "released") == [200, 200, 200, 200, 200])
    #expect(Self.waits(network) == [150, 125, 20, 140, 0])
    #expect(network.wire == 15)
    #expect(network.logical == 11)
  }

  @Test func `A second phase starts only after the slowest of the first`() {
    var network = Self.documented(phases: 2)
    network.run(to: 1000)
    #expect(network.times(of: "triggered") == [200, 400])
    #expect(Self.waits(network).reduce(0, +) == 870)
    #expect(network.ended.map(\.value) == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
  }

  @Test func `A timeout of 100 ms leaves node3 and node5 behind`() {
    var network = Self.documented(timeout: 100)
    network.run(to: 1000)
    #expect(network.times(of: "triggered").first == 150)
    #expect(network.notes(of: "released") == ["node1@150", "node2@150", "node4@150"])
    #expect(network.notes(of: "left_behind") == ["node3@180", "node5@200"])
    #expect(Self.waits(network) == [100, 75, 0, 90, 0])
    #expect(network.ended.map(\.outcome) == Array(repeating: .ok, count: 5))
  }

  // Storms.

  /// Three parties, five phases each, copies and disorder.
  static func storm<Machine: StateMachine>(
    _ type: Machine.Type, seed: UInt64, crashes: Int = 0, mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var random = RandomSource(state: seed)
    var network = TestNetwork<Machine>(
      4, options: ["coordinator": .node(NodeID(3))], mistake: mistake, seed: seed)
    network.latency = { _, _ in 1...60 }
    network.chances = .init(duplication: Ratio(1, 4), reorders: true)
    for _ in 0..<5 {
      for node in 0..<3 {
        network.call(node, at: 0, random.between(0, 80) * 1_000_000, WordType.absent)
      }
    }
    for _ in 0..<crashes {
      let at = random.between(0, 500)
      network.crash(Int(random.below(4)), at: at, restartAt: at + random.between(1, 30))
    }
    return network
  }

  /// Whether nobody was released before all parties had arrived in that generation.
  static func holds<Machine: StateMachine>(_ network: TestNetwork<Machine>) -> Bool {
    var arrived: [Int64: Set<Int>] = [:]
    for note in network.notes {
      if note.what == "arrived" { arrived[note.value, default: []].insert(note.node) }
      if note.what == "released", arrived[note.value]?.count != 3 { return false }
    }
    return true
  }

  static func fails<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, crashes: Int = 0, mistake: String? = nil
  ) -> Bool {
    var network = storm(type, seed: UInt64(seed), crashes: crashes, mistake: mistake)
    network.run(to: 10_000)
    return !holds(network) || (crashes == 0 && network.times(of: "released").count != 15)
  }

  static func isFoundOut(_ mistake: String) -> Bool {
    (1...200).contains { fails(Barrier.self, seed: $0, mistake: mistake) }
  }

  @Test(arguments: [0, 6])
  func `In storms nobody is released early`(crashes: Int) {
    #expect(
      (1...200).filter { Self.fails(Barrier.self, seed: $0, crashes: crashes) } == [], "seeds")
  }

  // Known mistakes.

  @Test func `A barrier without generations is found out`() {
    #expect(Self.isFoundOut("no-generations"))
  }

  @Test func `Counting arrivals instead of parties is found out`() {
    #expect(Self.isFoundOut("arrivals-counted"))
  }

  @Test func `Not waiting for the last one is found out`() {
    #expect(Self.isFoundOut("one-short"))
  }
}
