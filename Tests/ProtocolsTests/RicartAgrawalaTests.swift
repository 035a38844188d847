import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct RicartAgrawalaTests {
  typealias Effect = Effects<RicartAgrawala>.Effect

  // One machine.

  @Test func `A call asks everybody with the next sequence number`() {
    var node1 = MachineDriver(RicartAgrawala.self, of: 3)
    node1.receive(.request(timestamp: 6), from: 2)
    #expect(node1.call(100) == [.observe(0, value: 7), .broadcast(.request(timestamp: 7))])
    #expect(node1["state"] == 1)
    #expect(node1["request"] == 7)
  }

  @Test func `An idle node replies at once`() {
    var node2 = MachineDriver(RicartAgrawala.self, node: 1, of: 3)
    #expect(
      node2.receive(.request(timestamp: 5), from: 0) == [
        .send(.reply(timestamp: 5), to: NodeID(0), counted: true)
      ])
  }

  @Test(arguments: [
    (timestamp: Int64(1), sender: 0, deferred: false), (timestamp: 1, sender: 2, deferred: true),
    (timestamp: 2, sender: 0, deferred: true), (timestamp: 2, sender: 2, deferred: true),
  ])
  func `A waiting node defers those who come after it`(
    timestamp: Int64, sender: Int, deferred: Bool
  ) {
    var node2 = MachineDriver(RicartAgrawala.self, node: 1, of: 3)
    node2.call()
    let answer = node2.receive(.request(timestamp: timestamp), from: sender)
    #expect(answer.isEmpty == deferred)
    #expect(node2.machine.list(of: "queue") == (deferred ? [Int64(sender)] : []))
  }

  @Test func `Entry needs the replies of all, each to this request`() {
    var node1 = MachineDriver(RicartAgrawala.self, of: 3)
    node1.receive(.request(timestamp: 1), from: 1)
    node1.call(100)
    #expect(node1.receive(.reply(timestamp: 2), from: 1) == [])
    #expect(node1.receive(.reply(timestamp: 2), from: 1) == [], "the same node again")
    #expect(node1.receive(.reply(timestamp: 1), from: 2) == [], "to an older request")
    #expect(
      node1.receive(.reply(timestamp: 2), from: 2) == [
        .observe(1, value: 2),
        .setTimer(.hold, low: Duration(nanoseconds: 100), high: Duration(nanoseconds: 100)),
      ])
  }

  @Test func `Who leaves replies to the deferred, in the order of their requests`() {
    var node1 = MachineDriver(RicartAgrawala.self, of: 3)
    node1.call(100)
    node1.receive(.reply(timestamp: 1), from: 1)
    node1.receive(.reply(timestamp: 1), from: 2)
    node1.receive(.request(timestamp: 3), from: 2)
    node1.receive(.request(timestamp: 2), from: 1)
    #expect(node1.machine.list(of: "queue") == [1, 2])
    #expect(
      node1.fire(.hold) == [
        .observe(2, value: 1), .send(.reply(timestamp: 2), to: NodeID(1), counted: true),
        .send(.reply(timestamp: 3), to: NodeID(2), counted: true),
        .complete(CallID(0), .ok, value: WordType.absent),
      ])
    #expect(node1.machine.list(of: "queue") == [])
  }

  @Test func `Calls at a busy node are served in order`() {
    var node = MachineDriver(RicartAgrawala.self, of: 1)
    node.call(10)
    #expect(node.call(20) == [])
    #expect(node["pending"] == 1)
    #expect(
      node.fire(.hold).last
        == .setTimer(
          .hold, low: Duration(nanoseconds: 20), high: Duration(nanoseconds: 20)))
  }

  @Test func `A node that restarts answers whom it deferred`() {
    var node1 = MachineDriver(RicartAgrawala.self, of: 2)
    node1.call(100)
    node1.receive(.request(timestamp: 4), from: 1)
    #expect(
      node1.crashAndRestart() == [.send(.reply(timestamp: 4), to: NodeID(1), counted: true)])
    #expect(node1["timestamp"] == 4)
    node1.call(100)
    node1.receive(.request(timestamp: 9), from: 1)
    #expect(node1.crashAndRestart(keepingDisk: false) == [])
    #expect(node1["timestamp"] == 0)
  }

  // On a network.

  @Test func `The documented contention has the same entries and fewer messages`() {
    var network = Mutex.documented(RicartAgrawala.self)
    network.run(to: 1000)
    #expect(network.notes(of: "entered") == ["node1@60", "node2@170", "node3@258"])
    #expect(network.notes(of: "exited") == ["node1@160", "node2@250", "node3@318"])
    #expect(network.wire == 24)
    #expect(network.logical == 15)
  }

  @Test(arguments: [false, true])
  func `In storms everybody enters alone and in order`(reorders: Bool) {
    let chances = TestNetwork<RicartAgrawala>.Chances(
      duplication: Ratio(1, 5), reorders: reorders)
    #expect(
      (1...100).filter { seed in
        Mutex.fails(RicartAgrawala.self, seed: seed, chances: chances) { network in
          Mutex.excludes(network) && Mutex.isOrdered(network) && network.ended.count == 20
        }
      } == [], "seeds")
  }

  @Test func `Loss and crashes that keep the disk do not break exclusion`() {
    let chances = TestNetwork<RicartAgrawala>.Chances(loss: Ratio(1, 50), reorders: true)
    #expect(
      (1...200).filter {
        Mutex.fails(RicartAgrawala.self, seed: $0, chances: chances, crashes: 6)
      } == [], "seeds")
  }

  // Known mistakes.

  @Test func `No order among equal numbers is found out`() {
    #expect(Mutex.isFoundOut(RicartAgrawala.self, mistake: "no-tie-break"))
  }

  @Test func `Waiting for a majority of replies is found out`() {
    #expect(Mutex.isFoundOut(RicartAgrawala.self, mistake: "majority-of-replies"))
  }

  @Test func `Counting replies instead of senders is found out where messages are copied`() {
    #expect(
      Mutex.isFoundOut(
        RicartAgrawala.self, chances: .init(duplication: Ratio(1, 5)), mistake: "replies-counted"))
  }
}
