import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct PromiseCommitTests {
  typealias Effect = Effects<PromiseCommit>.Effect
  static let scaleUp: Int64 = 7
  static let scaleDown: Int64 = 8

  // One machine.

  @Test func `A call asks everybody for a promise to the next term`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 4)
    #expect(
      node1.call(Self.scaleUp, WordType.absent) == [
        .observe(0, value: Self.scaleUp),
        .setTimer(.consensusTimeout, low: .milliseconds(5000), high: .milliseconds(5000)),
        .broadcast(.propose(term: 1, value: Self.scaleUp)),
      ])
    #expect(node1["term"] == 1)
    #expect(node1["phase"] == 1)
    #expect(node1["decided"] == 0)
  }

  @Test func `All promises decide, all acks complete`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 4)
    node1.call(Self.scaleUp, WordType.absent)
    #expect(node1.receive(.promise(term: 1), from: 1) == [])
    #expect(node1.receive(.promise(term: 1), from: 1) == [], "the same node again")
    #expect(node1.receive(.promise(term: 1), from: 3) == [])
    #expect(
      node1.receive(.promise(term: 1), from: 2) == [
        .observe(2, value: Self.scaleUp), .broadcast(.commit(term: 1, value: Self.scaleUp)),
      ])
    #expect(node1["value"] == Self.scaleUp)
    #expect(node1["completed"] == 0)
    #expect(node1.receive(.ack(term: 1), from: 1) == [])
    #expect(node1.receive(.ack(term: 1), from: 3) == [])
    #expect(
      node1.receive(.ack(term: 1), from: 2) == [
        .observe(4, value: Self.scaleUp), .cancelTimer(.consensusTimeout),
        .complete(CallID(0), .ok, value: Self.scaleUp),
      ])
    #expect(node1["completed"] == 1)
  }

  @Test(arguments: [(2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3)])
  func `A majority is counted with the proposer`(nodes: Int, needed: Int) {
    var node1 = MachineDriver(
      PromiseCommit.self, of: nodes, options: ["quorum": .word(1)])
    node1.call(Self.scaleUp, WordType.absent)
    for peer in 1..<(needed + 1) {
      #expect(node1["decided"] == 0)
      node1.receive(.promise(term: 1), from: peer)
    }
    #expect(node1["decided"] == 1)
  }

  @Test func `A node alone decides and completes at once`() {
    var node = MachineDriver(PromiseCommit.self, of: 1)
    #expect(node.call(Self.scaleUp, WordType.absent).last == .complete(CallID(0), .ok, value: 7))
  }

  @Test func `A lower ballot is refused, propose and commit alike`() {
    var node3 = MachineDriver(PromiseCommit.self, node: 2, of: 3)
    node3.receive(.propose(term: 2, value: Self.scaleUp), from: 0)
    #expect(node3["promised_to"] == 0)
    let refusal = Effect.send(
      .refuse(term: 1, promisedTerm: 2, promisedTo: NodeID(0)), to: NodeID(1), counted: true)
    #expect(node3.receive(.propose(term: 1, value: Self.scaleDown), from: 1) == [refusal])
    #expect(node3.receive(.commit(term: 1, value: Self.scaleDown), from: 1) == [refusal])
    #expect(node3["value"] == WordType.absent)
  }

  @Test func `Of two ballots of a term the one of the later node is higher`() {
    var node3 = MachineDriver(PromiseCommit.self, node: 2, of: 3)
    node3.receive(.propose(term: 1, value: Self.scaleDown), from: 1)
    #expect(
      node3.receive(.propose(term: 1, value: Self.scaleUp), from: 0) == [
        .send(
          .refuse(term: 1, promisedTerm: 1, promisedTo: NodeID(1)), to: NodeID(0), counted: true)
      ])
  }

  @Test func `A decision is told to later proposers and never changed`() {
    var node2 = MachineDriver(PromiseCommit.self, node: 1, of: 3)
    #expect(
      node2.receive(.commit(term: 1, value: Self.scaleUp), from: 0) == [
        .observe(3, value: Self.scaleUp), .send(.ack(term: 1), to: NodeID(0), counted: true),
      ])
    let told = Effect.send(
      .decided(term: 2, value: Self.scaleUp), to: NodeID(2), counted: true)
    #expect(node2.receive(.propose(term: 2, value: Self.scaleDown), from: 2) == [told])
    #expect(node2.receive(.commit(term: 2, value: Self.scaleDown), from: 2) == [told])
    #expect(
      node2.receive(.commit(term: 1, value: Self.scaleUp), from: 0) == [
        .send(.ack(term: 1), to: NodeID(0), counted: true)
      ], "a copy of the commit")
    #expect(node2["value"] == Self.scaleUp)
  }

  @Test func `A proposer adopts a decision and tells it to the others`() {
    var node3 = MachineDriver(PromiseCommit.self, node: 2, of: 3)
    node3.call(Self.scaleDown, 2)
    #expect(
      node3.receive(.decided(term: 2, value: Self.scaleUp), from: 0) == [
        .observe(3, value: Self.scaleUp), .broadcast(.commit(term: 2, value: Self.scaleUp)),
      ])
    node3.receive(.ack(term: 2), from: 0)
    #expect(
      node3.receive(.ack(term: 2), from: 1).last
        == .complete(
          CallID(0), .ok, value: Self.scaleUp))
  }

  @Test func `Patience ends in fail before the decision and in info after it`() {
    var early = MachineDriver(PromiseCommit.self, of: 2)
    early.call(Self.scaleUp, WordType.absent)
    var late = early
    #expect(
      early.fire(.consensusTimeout).last
        == .complete(
          CallID(0), .fail, value: WordType.absent))
    #expect(early["phase"] == 0)
    late.receive(.promise(term: 1), from: 1)
    #expect(
      late.fire(.consensusTimeout).last == .complete(CallID(0), .info, value: WordType.absent))
    #expect(late["decided"] == 1)
    #expect(late.receive(.ack(term: 1), from: 1) == [], "too late")
  }

  @Test func `A round without a possible quorum ends at once`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 4, options: ["quorum": .word(1)])
    node1.call(Self.scaleUp, WordType.absent)
    let refusal = PromiseCommit.Message.refuse(term: 1, promisedTerm: 5, promisedTo: NodeID(3))
    #expect(node1.receive(refusal, from: 1) == [])
    #expect(node1.receive(refusal, from: 1) == [], "the same node again")
    #expect(
      node1.receive(refusal, from: 3) == [
        .observe(5, value: 1), .cancelTimer(.consensusTimeout),
        .complete(CallID(0), .fail, value: WordType.absent),
      ])
    #expect(
      node1.call(Self.scaleUp, WordType.absent).contains(
        .broadcast(.propose(term: 6, value: Self.scaleUp))), "one above the highest seen")
  }

  @Test func `A proposer that promises a higher ballot has lost its own`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 3)
    node1.call(Self.scaleUp, 1)
    #expect(
      node1.receive(.propose(term: 2, value: Self.scaleDown), from: 2) == [
        .observe(5, value: 1), .cancelTimer(.consensusTimeout),
        .complete(CallID(0), .fail, value: WordType.absent), .observe(1, value: 2),
        .send(.promise(term: 2), to: NodeID(2), counted: true),
      ])
    #expect(node1.receive(.promise(term: 1), from: 1) == [])
  }

  @Test(arguments: [
    (term: Int64(1), "it is proposing"), (term: 0, "not a term"), (term: -3, "not a term"),
    (term: 1_000_000_000_001, "not a term"),
  ])
  func `A call that cannot be served fails at once`(term: Int64, why: String) {
    var node1 = MachineDriver(PromiseCommit.self, of: 3)
    if term == 1 { node1.call(Self.scaleUp, term) }
    #expect(node1.call(Self.scaleUp, term).first?.isFailure == true, "\(why)")
  }

  @Test func `A term that was promised away is not proposed`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 3)
    node1.receive(.propose(term: 3, value: Self.scaleDown), from: 1)
    #expect(node1.call(Self.scaleUp, 3).first?.isFailure == true)
    #expect(node1.call(Self.scaleUp, 4).first?.isFailure == false)
  }

  @Test func `A call after completion returns the decision`() {
    var node = MachineDriver(PromiseCommit.self, of: 1)
    node.call(Self.scaleUp, WordType.absent)
    #expect(
      node.call(Self.scaleDown, WordType.absent) == [
        .complete(CallID(1), .ok, value: Self.scaleUp)
      ])
  }

  @Test func `A call after an incomplete round commits the decision again`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 2)
    node1.call(Self.scaleUp, WordType.absent)
    node1.receive(.promise(term: 1), from: 1)
    node1.fire(.consensusTimeout)
    #expect(
      node1.call(Self.scaleDown, WordType.absent).last
        == .broadcast(.commit(term: 2, value: Self.scaleUp)))
    #expect(
      node1.receive(.ack(term: 2), from: 1).last
        == .complete(
          CallID(1), .ok, value: Self.scaleUp))
  }

  @Test func `A disk keeps the promise and the decision`() {
    var node2 = MachineDriver(PromiseCommit.self, node: 1, of: 3)
    node2.receive(.propose(term: 4, value: Self.scaleUp), from: 0)
    node2.receive(.commit(term: 4, value: Self.scaleUp), from: 0)
    #expect(node2.crashAndRestart() == [])
    #expect(node2["term"] == 4)
    #expect(node2["value"] == Self.scaleUp)
    node2.crashAndRestart(keepingDisk: false)
    #expect(node2["term"] == 0)
    #expect(node2["promised_to"] == WordType.absent)
    #expect(node2["value"] == WordType.absent)
  }

  @Test func `A crash ends a round without a trace of it`() {
    var node1 = MachineDriver(PromiseCommit.self, of: 3)
    node1.call(Self.scaleUp, WordType.absent)
    node1.receive(.promise(term: 1), from: 1)
    node1.crashAndRestart()
    #expect(node1["promises"] == 0)
    #expect(node1.receive(.promise(term: 1), from: 2) == [])
    #expect(node1["decided"] == 0)
  }

  // The documented round.

  static func documented(_ quorum: Int = 0) -> TestNetwork<PromiseCommit> {
    var network = TestNetwork<PromiseCommit>(4, options: ["quorum": .word(quorum)])
    let out: [Int64] = [0, 10, 23, 20]
    let back: [Int64] = [0, 15, 32, 28]
    network.latency = { from, to in
      let span = from == 0 ? out[to] : back[from]
      return span...span
    }
    network.handling = { _, kind in kind == "propose" ? 25 : kind == "commit" ? 10 : 0 }
    network.call(0, at: 0, scaleUp, WordType.absent)
    return network
  }

  @Test func `The documented round takes 145 ms and 12 messages`() {
    var network = Self.documented()
    network.run(to: 6000)
    #expect(network.arrived("propose") == ["1>2@10", "1>4@20", "1>3@23"])
    #expect(network.seen("propose") == ["1>2@35", "1>4@45", "1>3@48"])
    #expect(network.seen("promise") == ["2>1@50", "4>1@73", "3>1@80"])
    #expect(network.notes(of: "decided") == ["node1@80"])
    #expect(network.arrived("commit") == ["1>2@90", "1>4@100", "1>3@103"])
    #expect(network.notes(of: "learned") == ["node2@100", "node4@110", "node3@113"])
    #expect(network.seen("ack") == ["2>1@115", "4>1@138", "3>1@145"])
    #expect(network.notes(of: "completed") == ["node1@145"])
    #expect(network.wire == 12)
    #expect(network.logical == 8)
    #expect(network.ended.map(\.outcome) == [.ok])
    #expect(network.now == 145, "the timer is cancelled")
  }

  @Test func `A majority does without node3`() {
    var network = Self.documented(1)
    network.cut([2], from: 0)
    network.run(to: 6000)
    #expect(network.times(of: "decided") == [73])
    #expect(network.times(of: "completed") == [131])
    #expect(network.wire == 10)
  }

  @Test(arguments: Array(stride(from: Int64(0), through: 150, by: 5)))
  func `The failure window ends at 80 ms and at 145 ms`(cut: Int64) {
    var network = Self.documented()
    network.cut([2], from: cut)
    network.run(to: 6000)
    let outcome: CallOutcome = cut <= 80 ? .fail : cut <= 145 ? .info : .ok
    #expect(network.ended.map(\.outcome) == [outcome])
    #expect(network.ended.map(\.at) == [cut <= 145 ? 5000 : 145])
    #expect(network.machines[0].isDecided == (cut > 80))
    #expect(network.machines[2].isDecided == (cut > 103))
  }

  // The flaw.

  /// Two proposers, by hand: node1 decides on the promise of node2 and is cut off; node3 gets a
  /// promise of node2, which cannot tell it of a decision, and decides something else.
  @Test func `Two proposers and a partition decide two values`() {
    let options: [String: ParameterValue] = ["quorum": .word(1)]
    var node1 = MachineDriver(PromiseCommit.self, node: 0, of: 3, options: options)
    var node2 = MachineDriver(PromiseCommit.self, node: 1, of: 3, options: options)
    var node3 = MachineDriver(PromiseCommit.self, node: 2, of: 3, options: options)
    node1.call(Self.scaleUp, 1)
    node2.receive(.propose(term: 1, value: Self.scaleUp), from: 0)
    node1.receive(.promise(term: 1), from: 1)
    #expect(node1["value"] == Self.scaleUp)
    node3.call(Self.scaleDown, 2)
    let answer = node2.receive(.propose(term: 2, value: Self.scaleDown), from: 2)
    #expect(answer.last == .send(.promise(term: 2), to: NodeID(2), counted: true))
    node3.receive(.promise(term: 2), from: 1)
    #expect(node3["value"] == Self.scaleDown)
    node2.receive(.commit(term: 2, value: Self.scaleDown), from: 2)
    #expect(node2["value"] == Self.scaleDown)
  }

  @Test func `The same on a network: a partition after the decision`() {
    var network = Consensus.duel(PromiseCommit.self)
    network.run(to: 6000)
    #expect(Set(Consensus.decisions(network)).count == 2)
  }

  // Storms.

  static func agrees<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, proposers: [Int], mistake: String? = nil
  ) -> Bool {
    var network = Consensus.storm(
      type, seed: UInt64(seed), proposers: proposers, mistake: mistake)
    network.run(to: 3000)
    return Consensus.agrees(network)
  }

  @Test func `One proposer never breaks agreement`() {
    #expect(
      (1...300).filter { !Self.agrees(PromiseCommit.self, seed: $0, proposers: [0]) } == [],
      "seeds")
  }

  @Test func `Two proposers break agreement in some storms`() {
    #expect((1...300).contains { !Self.agrees(PromiseCommit.self, seed: $0, proposers: [0, 2]) })
  }

  // A known mistake, which shows with one proposer already.

  @Test func `A decision forgotten over a restart is found out`() {
    #expect(
      (1...300).contains {
        !Self.agrees(
          PromiseCommit.self, seed: $0, proposers: [0], mistake: "decision-forgotten")
      })
  }
}

extension Effects.Effect {
  /// Whether a call ends in vain.
  var isFailure: Bool {
    if case .complete(_, .fail, _) = self { return true }
    return false
  }
}
