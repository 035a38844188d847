import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct RegisterABDTests {
  typealias Effect = Effects<RegisterABD>.Effect

  private static let absent = WordType.absent
  private static let read: UInt8 = 0
  private static let write: UInt8 = 1
  private static let patience = Effect.setTimer(
    .timeout, low: .milliseconds(5000), high: .milliseconds(5000))

  // One machine.

  @Test func `A write asks for the highest timestamp and stores its value with the next`() {
    var node2 = MachineDriver(RegisterABD.self, node: 1, of: 3)
    #expect(
      node2.call(7, Self.absent, kind: Self.write) == [
        .broadcast(.query(request: 1, key: Self.absent)), Self.patience,
      ])
    #expect(
      node2.receive(.answer(request: 1, tag: 5, value: 3), from: 2) == [
        .observe(0, value: 7), .broadcast(.update(key: Self.absent, tag: 7, value: 7)),
      ], "timestamp 2, the place of the writer 1")
    #expect(node2["value"] == 7)
    #expect(node2["timestamp"] == 2)
    #expect(node2["writer"] == 1)
    #expect(
      node2.receive(.ack(key: Self.absent, tag: 7), from: 0) == [
        .observe(2, value: 7), .cancelTimer(.timeout),
        .complete(CallID(0), .ok, value: Self.absent),
      ])
    #expect(node2["phase"] == 0)
  }

  @Test func `A read writes the newest copy back before it returns it`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.call(Self.absent)
    #expect(
      node1.receive(.answer(request: 1, tag: 4, value: 9), from: 1) == [
        .observe(0, value: 9), .broadcast(.update(key: Self.absent, tag: 4, value: 9)),
      ])
    #expect(
      node1.receive(.ack(key: Self.absent, tag: 4), from: 1) == [
        .observe(1, value: 9), .cancelTimer(.timeout), .complete(CallID(0), .ok, value: 9),
      ])
  }

  @Test func `Without the write-back a read returns at once`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3, options: ["mistake": .word(2)])
    node1.call(Self.absent)
    #expect(
      node1.receive(.answer(request: 1, tag: 4, value: 9), from: 1) == [
        .observe(1, value: 9), .cancelTimer(.timeout), .complete(CallID(0), .ok, value: 9),
      ])
    #expect(node1["value"] == Self.absent, "and stores nothing")
  }

  @Test func `A read of what was never written returns nothing, in one round trip`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.call(Self.absent)
    #expect(
      node1.receive(.answer(request: 1, tag: 0, value: Self.absent), from: 1).last
        == .complete(CallID(0), .ok, value: Self.absent))
  }

  @Test func `A copy is replaced by a higher tag only, and acknowledged in any case`() {
    var node = MachineDriver(RegisterABD.self, of: 3)
    #expect(
      node.receive(.update(key: 1, tag: 4, value: 8), from: 2) == [
        .observe(0, value: 8), .send(.ack(key: 1, tag: 4), to: NodeID(2), counted: true),
      ])
    #expect(
      node.receive(.update(key: 1, tag: 3, value: 5), from: 1) == [
        .send(.ack(key: 1, tag: 3), to: NodeID(1), counted: true)
      ])
    #expect(
      node.receive(.query(request: 9, key: 1), from: 1) == [
        .send(.answer(request: 9, tag: 4, value: 8), to: NodeID(1), counted: true)
      ])
    #expect(
      node.receive(.query(request: 9, key: 2), from: 1) == [
        .send(.answer(request: 9, tag: 0, value: Self.absent), to: NodeID(1), counted: true)
      ], "another register")
    #expect(node["registers"] == 1)
    #expect(node["value"] == Self.absent, "the one without a key")
  }

  @Test func `Answers to an earlier query and acknowledgements of another tag do not count`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.call(1, Self.absent, kind: Self.write)
    node1.fire(.timeout)
    node1.call(2, Self.absent, kind: Self.write)
    #expect(node1.receive(.answer(request: 1, tag: 0, value: Self.absent), from: 1) == [])
    node1.receive(.answer(request: 2, tag: 0, value: Self.absent), from: 1)
    #expect(node1["phase"] == 2)
    #expect(node1.receive(.ack(key: 0, tag: 3), from: 1) == [], "another register")
    #expect(node1.receive(.ack(key: Self.absent, tag: 6), from: 1) == [])
  }

  @Test func `The same node counts once`() {
    var node1 = MachineDriver(RegisterABD.self, of: 5)
    node1.call(Self.absent)
    let answer = RegisterABD.Message.answer(request: 1, tag: 4, value: 9)
    #expect(node1.receive(answer, from: 1) == [])
    #expect(node1.receive(answer, from: 1) == [])
    #expect(node1["answers"] == 2)
    #expect(node1.receive(answer, from: 2).count == 2)
  }

  @Test(arguments: [
    (quorum: 0, mistake: 0, nodes: 4, answers: 3), (quorum: 1, mistake: 0, nodes: 4, answers: 2),
    (quorum: 1, mistake: 0, nodes: 5, answers: 2), (quorum: 1, mistake: 1, nodes: 4, answers: 1),
    (quorum: 1, mistake: 1, nodes: 5, answers: 1), (quorum: 1, mistake: 1, nodes: 2, answers: 0),
    (quorum: 1, mistake: 0, nodes: 1, answers: 0),
  ])
  func `The quorum says how many others must answer`(
    quorum: Int, mistake: Int, nodes: Int, answers: Int
  ) {
    var node1 = MachineDriver(
      RegisterABD.self, of: nodes, options: ["quorum": .word(quorum), "mistake": .word(mistake)])
    var effects = node1.call(Self.absent)
    for sender in 1..<max(answers + 1, 1) {
      #expect(node1["phase"] == 1)
      effects = node1.receive(
        .answer(request: 1, tag: 0, value: Self.absent), from: sender)
    }
    #expect(effects.contains(.complete(CallID(0), .ok, value: Self.absent)))
  }

  @Test func `A call without a quorum is info only if a value was given to others`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.call(1, Self.absent, kind: Self.write)
    #expect(node1.fire(.timeout).last == .complete(CallID(0), .fail, value: Self.absent))
    node1.call(1, Self.absent, kind: Self.write)
    node1.receive(.answer(request: 2, tag: 0, value: Self.absent), from: 1)
    #expect(node1.fire(.timeout).last == .complete(CallID(1), .info, value: Self.absent))
    node1.call(Self.absent)
    node1.receive(.answer(request: 3, tag: 0, value: Self.absent), from: 1)
    #expect(node1["phase"] == 2, "what it stored itself is written back")
    #expect(node1.fire(.timeout).last == .complete(CallID(2), .fail, value: Self.absent))
  }

  @Test func `Calls at a busy node wait for their turn`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.call(Self.absent)
    #expect(node1.call(1, Self.absent, kind: Self.write) == [])
    #expect(node1["pending"] == 1)
    let effects = node1.receive(.answer(request: 1, tag: 0, value: Self.absent), from: 1)
    #expect(effects.contains(.complete(CallID(0), .ok, value: Self.absent)))
    #expect(effects.suffix(2) == [.broadcast(.query(request: 2, key: Self.absent)), Self.patience])
  }

  @Test func `Who has not answered is asked again`() {
    var node1 = MachineDriver(
      RegisterABD.self, of: 3, options: ["quorum": .word(0), "retry": .duration(.milliseconds(9))])
    node1.call(Self.absent)
    node1.receive(.answer(request: 1, tag: 0, value: Self.absent), from: 1)
    #expect(
      node1.fire(.retry) == [
        .send(.query(request: 1, key: Self.absent), to: NodeID(2), counted: true),
        .setTimer(.retry, low: .milliseconds(9), high: .milliseconds(9)),
      ])
  }

  @Test func `A crash keeps the copies and the number of the query`() {
    var node1 = MachineDriver(RegisterABD.self, of: 3)
    node1.receive(.update(key: Self.absent, tag: 4, value: 8), from: 1)
    node1.call(Self.absent)
    #expect(node1.crashAndRestart() == [])
    #expect(node1["value"] == 8)
    #expect(node1["phase"] == 0)
    node1.call(Self.absent)
    #expect(node1["request"] == 2, "an answer to the first query is not one to the second")
    node1.crashAndRestart(keepingDisk: false)
    #expect(node1["value"] == Self.absent)
    #expect(node1["registers"] == 0)
  }

  @Test func `Selectors find who reads, who writes and who is behind`() {
    var nodes = (0..<4).map { MachineDriver(RegisterABD.self, node: $0, of: 4) }
    nodes[0].call(Self.absent)
    nodes[1].call(1, Self.absent, kind: Self.write)
    nodes[2].receive(.update(key: Self.absent, tag: 9, value: 8), from: 1)
    let view = NodeView(
      machines: ContiguousArray(nodes.map(\.machine)), isUp: [true, true, true, false])
    #expect(RegisterABD.nodes(selectedBy: 0, among: view) == [NodeID(0)])
    #expect(RegisterABD.nodes(selectedBy: 1, among: view) == [NodeID(1)])
    #expect(RegisterABD.nodes(selectedBy: 2, among: view) == [NodeID(0), NodeID(1)])
  }

  // On a network.

  @Test func `A write takes two round trips and a read as well`() {
    var network = TestNetwork<RegisterABD>(3)
    network.latency = { _, _ in 10...10 }
    network.call(0, at: 0, 5, Self.absent, kind: Self.write)
    network.call(1, at: 100, Self.absent)
    network.run(to: 1000)
    #expect(network.ended.map(\.at) == [40, 140])
    #expect(network.ended.map(\.value) == [Self.absent, 5])
    #expect(network.wire == 16)
    #expect(network.logical == 12)
  }

  @Test func `Who cannot reach a majority gives up, the others go on`() {
    var network = TestNetwork<RegisterABD>(5)
    network.latency = { _, _ in 10...10 }
    network.cut([0, 1], from: 0)
    network.call(0, at: 10, 5, Self.absent, kind: Self.write)
    network.call(2, at: 10, 6, Self.absent, kind: Self.write)
    network.run(to: 10_000)
    #expect(network.ended.map(\.outcome) == [.ok, .fail])
    #expect(network.ended.map(\.at) == [50, 5010])
  }

  @Test(arguments: [false, true])
  func `In storms no read goes back in time`(reorders: Bool) {
    let chances = TestNetwork<RegisterABD>.Chances(
      loss: Ratio(1, 20), duplication: Ratio(1, 10), reorders: reorders)
    #expect(
      (1...150).filter { seed in
        Storm.goesBack(RegisterABD.self, seed: seed, chances: chances, crashes: 3)
      } == [], "seeds")
  }

  @Test func `Calls of live nodes end in storms without loss`() {
    #expect(
      (1...50).filter { seed in
        var network = Storm.network(RegisterABD.self, seed: seed)
        network.run(to: 100_000)
        return !network.ended.allSatisfy { $0.outcome == .ok } || network.ended.count != 24
      } == [], "seeds")
  }

  // Known mistakes.

  @Test func `Storms find out who does not write back`() {
    #expect(Storm.isFoundOut("no-write-back"))
  }

  @Test func `Storms find out whose quorums do not meet`() {
    #expect(Storm.isFoundOut("quorum-of-half"))
  }
}

/// Twenty-four calls at five nodes, all drawn; every write has a value of its own.
private enum Storm {
  static func network<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, chances: TestNetwork<Machine>.Chances = .init(),
    crashes: Int = 0, mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var random = RandomSource(state: UInt64(seed))
    var network = TestNetwork<Machine>(5, mistake: mistake, seed: UInt64(seed))
    // A node is slow to tell others, so that its values are long under way.
    network.latency = { from, _ in from == 0 ? 1...400 : 1...15 }
    network.chances = chances
    for call in 0..<24 {
      let isWrite = random.below(3) == 0
      let node = Int(random.below(5))
      let at = random.between(0, 800)
      if isWrite {
        network.call(node, at: at, Int64(call), WordType.absent, kind: 1)
      } else {
        network.call(node, at: at, WordType.absent)
      }
    }
    for _ in 0..<crashes {
      let at = random.between(0, 800)
      network.crash(Int(random.below(5)), at: at, restartAt: at + random.between(1, 50))
    }
    return network
  }

  /// Whether the tags that `stored` announced, in the order of values, are gone back by a read: a
  /// read that began after another was over returned an older value, or one that began after a
  /// write was over missed it. What is newer the highest tag of a value says.
  static func goesBack<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, chances: TestNetwork<Machine>.Chances = .init(),
    crashes: Int = 0, mistake: String? = nil
  ) -> Bool {
    var network = network(type, seed: seed, chances: chances, crashes: crashes, mistake: mistake)
    network.run(to: 100_000)
    let tags = tags(network)
    var newest: [(at: Int64, tag: Int64)] = []
    for note in network.notes where note.what == "returned" || note.what == "written" {
      let tag = tags[note.value] ?? 0
      let began = began(network, note)
      if newest.contains(where: { $0.at < began && $0.tag > tag }) { return true }
      newest.append((note.at, tag))
    }
    return false
  }

  /// The tag of each value, as the updates say.
  private static func tags<Machine: StateMachine>(
    _ network: TestNetwork<Machine>
  ) -> [Int64: Int64] {
    var tags: [Int64: Int64] = [:]
    for flight in network.sent where network.name(of: flight.message) == "update" {
      tags[flight.message.payload.third] = flight.message.payload.second
    }
    return tags
  }

  /// When the node took up the call that a note ends: when it last sent a query before.
  private static func began<Machine: StateMachine>(
    _ network: TestNetwork<Machine>, _ note: TestNetwork<Machine>.Note
  ) -> Int64 {
    network.sent.last {
      $0.from == note.node && $0.sentAt < note.at && network.name(of: $0.message) == "query"
    }?.sentAt ?? 0
  }

  static func isFoundOut(_ mistake: String) -> Bool {
    (1...500).contains { goesBack(RegisterABD.self, seed: $0, mistake: mistake) }
  }
}
