import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct PaxosTests {
  typealias Effect = Effects<Paxos>.Effect
  static let absent = WordType.absent

  // One machine of three; numbers are term × 3 + place.

  static func node(_ place: Int, retry: Int64? = nil) -> MachineDriver<Paxos> {
    var options: [String: ParameterValue] = ["quorum": .word(1)]
    if let retry { options["retry"] = .duration(.milliseconds(retry)) }
    return MachineDriver(Paxos.self, node: place, of: 3, options: options)
  }

  @Test func `Both phases need a majority with the proposer`() {
    var node1 = Self.node(0)
    #expect(
      node1.call(7, Self.absent) == [
        .observe(0, value: 7),
        .setTimer(.consensusTimeout, low: .milliseconds(5000), high: .milliseconds(5000)),
        .broadcast(.prepare(number: 3)),
      ])
    #expect(
      node1.receive(
        .promise(number: 3, acceptedNumber: Self.absent, acceptedValue: Self.absent), from: 1)
        == [.observe(2, value: 7), .broadcast(.accept(number: 3, value: 7))])
    #expect(node1["decided"] == 0)
    #expect(node1["accepted_value"] == 7, "the proposer accepts first")
    #expect(
      node1.receive(.accepted(number: 3), from: 1) == [
        .observe(3, value: 7), .observe(5, value: 7), .broadcast(.decided(value: 7)),
        .cancelTimer(.consensusTimeout), .complete(CallID(0), .ok, value: 7),
      ])
    #expect(node1["completed"] == 1)
  }

  @Test func `A promise tells the highest proposal accepted so far`() {
    var node2 = Self.node(1)
    #expect(
      node2.receive(.prepare(number: 3), from: 0) == [
        .observe(1, value: 1),
        .send(
          .promise(number: 3, acceptedNumber: Self.absent, acceptedValue: Self.absent),
          to: NodeID(0), counted: true),
      ])
    #expect(
      node2.receive(.accept(number: 3, value: 7), from: 0) == [
        .observe(2, value: 7), .send(.accepted(number: 3), to: NodeID(0), counted: true),
      ])
    #expect(
      node2.receive(.prepare(number: 8), from: 2) == [
        .observe(1, value: 2),
        .send(
          .promise(number: 8, acceptedNumber: 3, acceptedValue: 7), to: NodeID(2), counted: true),
      ])
    #expect(node2["term"] == 2)
  }

  @Test func `A lower number than promised is refused, prepare and accept alike`() {
    var node2 = Self.node(1)
    node2.receive(.prepare(number: 8), from: 2)
    let refusal = Effect.send(
      .refuse(number: 3, promised: 8), to: NodeID(0), counted: true)
    #expect(node2.receive(.prepare(number: 3), from: 0) == [refusal])
    #expect(node2.receive(.accept(number: 3, value: 7), from: 0) == [refusal])
    #expect(node2["accepted_value"] == Self.absent)
  }

  @Test func `A proposer proposes the value of the highest number it is told`() {
    var node3 = MachineDriver(Paxos.self, node: 2, of: 5, options: ["quorum": .word(1)])
    node3.call(9, 3)
    node3.receive(.promise(number: 17, acceptedNumber: 5, acceptedValue: 7), from: 0)
    #expect(
      node3.receive(.promise(number: 17, acceptedNumber: 11, acceptedValue: 8), from: 1).last
        == .broadcast(.accept(number: 17, value: 8)))
  }

  @Test func `What the proposer has accepted itself counts like a promise`() {
    var node3 = Self.node(2)
    node3.receive(.accept(number: 3, value: 7), from: 0)
    node3.call(9, Self.absent)
    #expect(
      node3.receive(
        .promise(number: 8, acceptedNumber: Self.absent, acceptedValue: Self.absent), from: 1
      ).last == .broadcast(.accept(number: 8, value: 7)))
  }

  @Test func `Promises and acceptances are counted by sender and by number`() {
    var node1 = MachineDriver(Paxos.self, of: 3, options: ["quorum": .word(0)])
    node1.call(7, 2)
    let promise = Paxos.Message.promise(
      number: 6, acceptedNumber: Self.absent, acceptedValue: Self.absent)
    node1.receive(promise, from: 1)
    node1.receive(promise, from: 1)
    node1.receive(
      .promise(number: 3, acceptedNumber: Self.absent, acceptedValue: Self.absent), from: 2)
    #expect(node1["promises"] == 1)
    node1.receive(promise, from: 2)
    node1.receive(.accepted(number: 6), from: 1)
    node1.receive(.accepted(number: 6), from: 1)
    node1.receive(.accepted(number: 3), from: 2)
    #expect(node1["acks"] == 1)
    #expect(node1["decided"] == 0)
  }

  @Test func `Who knows the decision tells it`() {
    var node2 = Self.node(1)
    #expect(node2.receive(.decided(value: 7), from: 0) == [.observe(4, value: 7)])
    #expect(node2.receive(.decided(value: 7), from: 0) == [])
    let told = Effect.send(.decided(value: 7), to: NodeID(2), counted: true)
    #expect(node2.receive(.prepare(number: 8), from: 2) == [told])
    #expect(node2.receive(.accept(number: 8, value: 9), from: 2) == [told])
    #expect(
      node2.call(9, Self.absent) == [
        .broadcast(.decided(value: 7)), .complete(CallID(0), .ok, value: 7),
      ])
  }

  @Test func `Patience ends in fail before anybody was asked to accept and in info after it`() {
    var early = Self.node(0)
    early.call(7, Self.absent)
    var late = early
    #expect(
      early.fire(.consensusTimeout).last
        == .complete(
          CallID(0), .fail, value: Self.absent))
    late.receive(
      .promise(number: 3, acceptedNumber: Self.absent, acceptedValue: Self.absent), from: 1)
    #expect(
      late.fire(.consensusTimeout).last == .complete(CallID(0), .info, value: Self.absent))
  }

  @Test func `Without retry a refused proposer gives up, with it it tries a higher number`() {
    var patient = Self.node(0, retry: 30)
    #expect(
      patient.call(7, Self.absent).last
        == .setTimer(.retry, low: .milliseconds(30), high: .milliseconds(30)))
    for peer in [1, 2] {
      #expect(patient.receive(.refuse(number: 3, promised: 8), from: peer) == [])
    }
    #expect(patient["phase"] == 3)
    #expect(patient.fire(.retry).first == .broadcast(.prepare(number: 9)))

    var hasty = Self.node(0)
    hasty.call(7, Self.absent)
    hasty.receive(.refuse(number: 3, promised: 8), from: 1)
    #expect(
      hasty.receive(.refuse(number: 3, promised: 8), from: 2).last
        == .complete(
          CallID(0), .fail, value: Self.absent))
  }

  @Test func `A proposer that promises a higher number abandons its own before phase 2 only`() {
    var node1 = Self.node(0)
    node1.call(7, Self.absent)
    var later = node1
    #expect(
      node1.receive(.prepare(number: 8), from: 2).last
        == .complete(
          CallID(0), .fail, value: Self.absent))
    later.receive(
      .promise(number: 3, acceptedNumber: Self.absent, acceptedValue: Self.absent), from: 1)
    later.receive(.prepare(number: 8), from: 2)
    #expect(later["phase"] == 2)
    #expect(later.receive(.accepted(number: 3), from: 1).contains(.observe(3, value: 7)))
  }

  @Test(arguments: [Int64(0), -1, 1_000_000_000_001])
  func `A number that is none fails at once`(term: Int64) {
    var node1 = Self.node(0)
    #expect(node1.call(7, term).first?.isFailure == true)
  }

  @Test func `A disk keeps promise, acceptance and decision`() {
    var node2 = Self.node(1)
    node2.receive(.accept(number: 6, value: 7), from: 0)
    node2.receive(.decided(value: 7), from: 0)
    node2.crashAndRestart()
    for (field, word) in [
      ("promised", 6), ("accepted_number", 6), ("accepted_value", 7), ("value", Int64(7)),
    ] { #expect(node2[field] == word, "\(field)") }
    node2.crashAndRestart(keepingDisk: false)
    #expect(node2["promised"] == 0)
    for field in ["accepted_number", "accepted_value", "value"] {
      #expect(node2[field] == Self.absent, "\(field)")
    }
  }

  // On a network.

  @Test func `The documented inputs take two round trips and 15 messages`() {
    var network = TestNetwork<Paxos>(4, options: ["quorum": .word(0)])
    let out: [Int64] = [0, 10, 23, 20]
    let back: [Int64] = [0, 15, 32, 28]
    network.latency = { from, to in
      let span = from == 0 ? out[to] : back[from]
      return span...span
    }
    network.call(0, at: 0, 7, Self.absent)
    network.run(to: 6000)
    #expect(network.notes(of: "decided") == ["node1@110"])
    #expect(network.notes(of: "learned") == ["node2@120", "node4@130", "node3@133"])
    #expect(network.wire == 15)
    #expect(network.logical == 9)
  }

  @Test func `Two proposers and a partition agree on one value`() {
    var network = Consensus.duel(Paxos.self)
    network.run(to: 6000)
    #expect(Set(Consensus.decisions(network)).count == 1)
    #expect(network.ended.map(\.call) == [1, 0])
    #expect(network.ended.map(\.outcome) == [.ok, .info])
  }

  @Test func `Two that retry in step overtake each other for ever`() {
    var network = TestNetwork<Paxos>(
      3, options: ["quorum": .word(1), "retry": .duration(.milliseconds(30))])
    network.latency = { _, _ in 10...10 }
    network.call(0, at: 0, 7, Self.absent)
    network.call(1, at: 15, 8, Self.absent)
    network.run(to: 6000)
    #expect(Consensus.decisions(network) == [])
    #expect(Set(network.ended.map(\.at)) == [5000, 5015])
  }

  static func storm<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, keepingDisk: Bool = true, retry: Bool = true,
    mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var options: [String: ParameterValue] = [
      "quorum": .word(1), "timeout": .duration(.milliseconds(900)),
    ]
    if retry { options["retry"] = .duration(.milliseconds(80), to: .milliseconds(200)) }
    var network = Consensus.storm(
      type, seed: UInt64(seed), proposers: [0, 1, 2], keepingDisk: keepingDisk, options: options,
      mistake: mistake)
    network.run(to: 3000)
    return network
  }

  static func isFoundOut<Machine: StateMachine>(
    _ type: Machine.Type, keepingDisk: Bool = true, mistake: String? = nil
  ) -> Bool {
    (1...1000).contains {
      !Consensus.agrees(storm(type, seed: $0, keepingDisk: keepingDisk, mistake: mistake))
    }
  }

  @Test(arguments: [true, false])
  func `Agreement holds in storms`(retry: Bool) {
    #expect(
      (1...300).filter { !Consensus.agrees(Self.storm(Paxos.self, seed: $0, retry: retry)) }
        == [], "seeds")
  }

  @Test func `Storms end in a decision of a proposed value`() {
    let decisions = (1...100).map { Set(Consensus.decisions(Self.storm(Paxos.self, seed: $0))) }
    #expect(decisions.allSatisfy { $0.isSubset(of: Set(100..<108)) })
    #expect(decisions.count { !$0.isEmpty } > 90)
  }

  // Known mistakes.

  @Test func `A quorum of half is found out`() {
    #expect(Self.isFoundOut(Paxos.self, mistake: "quorum-of-half"))
  }

  @Test func `A proposer that ignores the value it is told is found out`() {
    #expect(Self.isFoundOut(Paxos.self, mistake: "told-value-ignored"))
  }

  @Test func `Accepting without a look at the promise is found out`() {
    #expect(Self.isFoundOut(Paxos.self, mistake: "accept-unchecked"))
  }

  @Test func `An acceptance forgotten over a restart is found out`() {
    #expect(Self.isFoundOut(Paxos.self, mistake: "acceptance-forgotten"))
  }

  @Test func `A wiped disk breaks agreement`() {
    #expect(Self.isFoundOut(Paxos.self, keepingDisk: false))
  }
}
