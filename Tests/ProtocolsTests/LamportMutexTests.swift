import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct LamportMutexTests {
  typealias Effect = Effects<LamportMutex>.Effect

  // One machine.

  @Test func `A call requests the resource of everybody`() {
    var node1 = MachineDriver(LamportMutex.self, of: 3)
    #expect(node1.call(100) == [.observe(0, value: 1), .broadcast(.request(timestamp: 1))])
    #expect(node1["state"] == 1)
    #expect(node1["request"] == 1)
    #expect(node1.machine.list(of: "queue") == [0])
  }

  @Test func `A request is acknowledged at once and later`() {
    var node2 = MachineDriver(LamportMutex.self, node: 1, of: 3)
    #expect(
      node2.receive(.request(timestamp: 5), from: 0) == [
        .send(.ack(timestamp: 7), to: NodeID(0), counted: true)
      ])
    #expect(node2["timestamp"] == 7)
    #expect(node2.call().last == .broadcast(.request(timestamp: 8)))
    #expect(node2.machine.list(of: "queue") == [0, 1])
  }

  @Test func `Entry needs a later message from every other node`() {
    var node1 = MachineDriver(LamportMutex.self, of: 3)
    node1.call(100)
    #expect(node1.receive(.ack(timestamp: 3), from: 1) == [])
    #expect(node1.receive(.ack(timestamp: 4), from: 1) == [], "the same node again")
    #expect(node1.receive(.ack(timestamp: 1), from: 2) == [], "not later")
    #expect(
      node1.receive(.ack(timestamp: 2), from: 2) == [
        .observe(1, value: 1),
        .setTimer(.hold, low: Duration(nanoseconds: 100), high: Duration(nanoseconds: 100)),
      ])
    #expect(node1["state"] == 2)
  }

  @Test func `Any later message will do, such as a request`() {
    var node1 = MachineDriver(LamportMutex.self, of: 2)
    node1.call(100)
    #expect(
      node1.receive(.request(timestamp: 2), from: 1) == [
        .send(.ack(timestamp: 4), to: NodeID(1), counted: true), .observe(1, value: 1),
        .setTimer(.hold, low: Duration(nanoseconds: 100), high: Duration(nanoseconds: 100)),
      ])
  }

  @Test func `Who comes first in the queue enters first, of equal timestamps the first node`() {
    var node1 = MachineDriver(LamportMutex.self, node: 0, of: 2)
    var node2 = MachineDriver(LamportMutex.self, node: 1, of: 2)
    node1.call()
    node2.call()
    node1.receive(.request(timestamp: 1), from: 1)
    node2.receive(.request(timestamp: 1), from: 0)
    node1.receive(.ack(timestamp: 3), from: 1)
    node2.receive(.ack(timestamp: 3), from: 0)
    #expect(node1["state"] == 2)
    #expect(node2["state"] == 1)
    #expect(node2.machine.list(of: "queue") == [0, 1])
  }

  @Test func `A release lets the next one in`() {
    var node1 = MachineDriver(LamportMutex.self, node: 0, of: 2)
    var node2 = MachineDriver(LamportMutex.self, node: 1, of: 2)
    node1.call()
    node2.receive(.request(timestamp: 1), from: 0)
    node2.call(20)
    node1.receive(.ack(timestamp: 3), from: 1)
    node1.receive(.request(timestamp: 4), from: 1)
    node2.receive(.ack(timestamp: 6), from: 0)
    #expect(node2["state"] == 1)
    #expect(
      node1.fire(.hold) == [
        .observe(2, value: 1), .broadcast(.release(timestamp: 7)),
        .complete(CallID(0), .ok, value: WordType.absent),
      ])
    #expect(node2.receive(.release(timestamp: 7), from: 0).first == .observe(1, value: 4))
  }

  @Test func `Calls at a busy node are served in order`() {
    var node = MachineDriver(LamportMutex.self, of: 1)
    #expect(node.call(10).contains(.observe(1, value: 1)))
    #expect(node.call(20) == [])
    #expect(node.call(30) == [])
    #expect(node["pending"] == 2)
    let second = node.fire(.hold)
    #expect(second.contains(.complete(CallID(0), .ok, value: WordType.absent)))
    #expect(
      second.last
        == .setTimer(
          .hold, low: Duration(nanoseconds: 20), high: Duration(nanoseconds: 20)))
    #expect(node.fire(.hold).contains(.complete(CallID(1), .ok, value: WordType.absent)))
    #expect(node.fire(.hold).contains(.complete(CallID(2), .ok, value: WordType.absent)))
    #expect(node["state"] == 0)
  }

  @Test func `A node that restarts withdraws its request`() {
    var node1 = MachineDriver(LamportMutex.self, of: 2)
    node1.call(100)
    node1.receive(.ack(timestamp: 3), from: 1)
    #expect(node1["state"] == 2)
    #expect(node1.crashAndRestart() == [.broadcast(.release(timestamp: 5))])
    #expect(node1["state"] == 0)
    #expect(node1.machine.list(of: "queue") == [])
    #expect(node1.crashAndRestart() == [], "nothing to withdraw")
    node1.call(100)
    #expect(node1.crashAndRestart(keepingDisk: false) == [])
    #expect(node1["timestamp"] == 0)
  }

  // On a network.

  @Test func `The documented contention has its timetable`() {
    var network = Mutex.documented(LamportMutex.self)
    network.run(to: 1000)
    let answers = network.seen("ack")
    #expect(answers.filter { $0.hasPrefix("2>1") } == ["2>1@18"])
    #expect(
      answers.filter { $0.contains(">1@") }.sorted() == ["2>1@18", "3>1@22", "4>1@60", "5>1@51"])
    #expect(
      answers.filter { $0.contains(">2@") }.sorted() == ["1>2@28", "3>2@30", "4>2@47", "5>2@51"])
    #expect(
      answers.filter { $0.contains(">3@") }.sorted() == ["1>3@47", "2>3@45", "4>3@57", "5>3@56"])
    #expect(network.notes(of: "entered") == ["node1@60", "node2@170", "node3@258"])
    #expect(network.notes(of: "exited") == ["node1@160", "node2@250", "node3@318"])
    #expect(network.wire == 36)
    #expect(network.logical == 18)
    #expect(network.ended.map(\.outcome) == [.ok, .ok, .ok])
  }

  @Test func `In storms on fifo channels everybody enters alone and in order`() {
    #expect(
      (1...150).filter { seed in
        Mutex.fails(LamportMutex.self, seed: seed) { network in
          Mutex.excludes(network) && Mutex.isOrdered(network) && network.ended.count == 20
        }
      } == [], "seeds")
  }

  @Test func `While the lock holder is down everybody waits`() {
    var network = Mutex.documented(LamportMutex.self)
    network.crash(0, at: 100)
    network.run(to: 5000)
    #expect(network.notes(of: "entered") == ["node1@60"])
  }

  @Test func `When the lock holder is back the next one enters`() {
    var network = Mutex.documented(LamportMutex.self)
    network.crash(0, at: 100, restartAt: 200)
    network.run(to: 5000)
    #expect(network.notes(of: "entered") == ["node1@60", "node2@210", "node3@298"])
  }

  /// By hand: the ack of node1 overtakes its earlier request.
  @Test func `On channels that reorder two nodes enter`() {
    var node1 = MachineDriver(LamportMutex.self, node: 0, of: 2)
    var node2 = MachineDriver(LamportMutex.self, node: 1, of: 2)
    node1.call()
    node2.receive(.release(timestamp: 4), from: 0)
    node2.call()
    #expect(node2["request"] == 6)
    node1.receive(.request(timestamp: 6), from: 1)
    #expect(node1["state"] == 2)
    node2.receive(.ack(timestamp: 8), from: 0)
    #expect(node2["state"] == 2, "the request of node1, timestamp 1, is still on its way")
  }

  @Test func `Storms on channels that reorder break exclusion`() {
    #expect(Mutex.isFoundOut(LamportMutex.self, chances: .init(reorders: true)))
  }

  // Known mistakes.

  @Test func `No order among equal timestamps is found out`() {
    #expect(Mutex.isFoundOut(LamportMutex.self, mistake: "no-tie-break"))
  }

  @Test func `Waiting for a majority of acks is found out`() {
    #expect(Mutex.isFoundOut(LamportMutex.self, mistake: "majority-of-acks"))
  }

  @Test func `Counting messages instead of senders is found out`() {
    #expect(Mutex.isFoundOut(LamportMutex.self, mistake: "acks-counted"))
  }
}
