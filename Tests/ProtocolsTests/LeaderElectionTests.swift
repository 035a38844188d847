import SystemModel
import TestSupport
import Testing

@testable import Protocols

/// One election machine by itself.
struct LeaderElectionTests {
  typealias Effect = Effects<LeaderElection>.Effect

  static func node(
    _ place: Int = 0, of count: Int = 5, preVote: Bool = true, initial: [String: Int64] = [:]
  ) -> MachineDriver<LeaderElection> {
    MachineDriver(
      LeaderElection.self, node: place, of: count, options: ["pre_vote": .bool(preVote)],
      initial: initial)
  }

  static func waits() -> Effect {
    .setTimer(.election, low: .milliseconds(150), high: .milliseconds(300))
  }

  static func ticks() -> Effect {
    .setTimer(.heartbeat, low: .milliseconds(50), high: .milliseconds(50))
  }

  static func send(_ message: LeaderElection.Message, to place: Int) -> Effect {
    .send(message, to: NodeID(place), counted: true)
  }

  /// Node 1 of five, elected in term 2 by nodes 2 and 3.
  static func leader() -> MachineDriver<LeaderElection> {
    var node1 = node()
    node1.fire(.election)
    for peer in [1, 2] { node1.receive(.preVoteGrant(term: 2, attempt: 1), from: peer) }
    for peer in [1, 2] { node1.receive(.voteGrant(term: 2), from: peer) }
    return node1
  }

  // One machine: elections.

  @Test func `A follower waits for a leader`() {
    var node1 = Self.node()
    #expect(node1.start() == [Self.waits()])
    #expect(node1["role"] == 0)
    #expect(node1["term"] == 1)
  }

  @Test func `A timeout asks for pre-votes and raises no term`() {
    var node1 = Self.node()
    #expect(
      node1.fire(.election) == [
        .observe(0, value: 1), Self.waits(), .observe(1, value: 1),
        .broadcast(.preVoteRequest(term: 2, attempt: 1)),
      ])
    #expect(node1["role"] == 1)
    #expect(node1["term"] == 1)
    #expect(
      node1.fire(.election) == [
        .observe(0, value: 1), Self.waits(), .broadcast(.preVoteRequest(term: 2, attempt: 2)),
      ])
  }

  @Test func `Pre-votes of a majority start the election`() {
    var node1 = Self.node()
    node1.fire(.election)
    #expect(node1.receive(.preVoteGrant(term: 2, attempt: 1), from: 1) == [])
    #expect(node1.receive(.preVoteGrant(term: 2, attempt: 1), from: 1) == [], "the same node")
    #expect(node1.receive(.preVoteGrant(term: 2, attempt: 0), from: 3) == [], "an old attempt")
    #expect(
      node1.receive(.preVoteGrant(term: 2, attempt: 1), from: 2) == [
        .observe(1, value: 2), .observe(2, value: 2), Self.waits(),
        .broadcast(.voteRequest(term: 2)),
      ])
    #expect(node1["voted_for"] == 0)
    #expect(node1["votes"] == 1)
  }

  @Test func `Without pre-votes a timeout starts the election`() {
    var node1 = Self.node(preVote: false)
    #expect(
      node1.fire(.election) == [
        .observe(0, value: 1), Self.waits(), .observe(1, value: 2), .observe(2, value: 2),
        Self.waits(), .broadcast(.voteRequest(term: 2)),
      ])
  }

  @Test func `Votes of a majority elect`() {
    var node1 = Self.node(preVote: false)
    node1.fire(.election)
    #expect(node1.receive(.voteGrant(term: 2), from: 1) == [])
    #expect(node1.receive(.voteGrant(term: 2), from: 1) == [], "the same node again")
    #expect(
      node1.receive(.voteGrant(term: 2), from: 4) == [
        .cancelTimer(.election), .observe(3, value: 2),
        .send(.leaderAnnounce(term: 2), to: NodeID(1), counted: true),
        .send(.leaderAnnounce(term: 2), to: NodeID(2), counted: false),
        .send(.leaderAnnounce(term: 2), to: NodeID(3), counted: false),
        .send(.leaderAnnounce(term: 2), to: NodeID(4), counted: false), Self.ticks(),
      ])
    #expect(node1["leader_id"] == 0)
    #expect(node1["synced"] == 1)
  }

  @Test func `A node alone elects itself`() {
    var node = Self.node(of: 1)
    #expect(node.fire(.election).contains(.observe(3, value: 2)))
  }

  @Test(arguments: [
    (term: Int64(1), attempt: Int64(1), "stale"), (term: 2, attempt: 1, "tie"),
    (term: 2, attempt: 2, "grant"), (term: 9, attempt: 1, "tie"),
  ])
  func `A pre-candidate pre-votes for later attempts than its own alone`(
    term: Int64, attempt: Int64, answer: String
  ) {
    var node1 = Self.node()
    node1.fire(.election)
    let expected: LeaderElection.Message =
      switch answer {
      case "stale": .preVoteDeny(term: 1, reason: .stale)
      case "tie": .preVoteDeny(term: 1, reason: .tie)
      default: .preVoteGrant(term: term, attempt: attempt)
      }
    #expect(
      node1.receive(.preVoteRequest(term: term, attempt: attempt), from: 3)
        == [Self.send(expected, to: 3)])
    #expect(node1["term"] == 1)
  }

  @Test func `Who has heard a leader lately denies a pre-vote`() {
    var node2 = Self.node(1)
    node2.receive(.leaderAnnounce(term: 2), from: 0)
    let denial = Self.send(.preVoteDeny(term: 2, reason: .leader), to: 3)
    #expect(node2.receive(.preVoteRequest(term: 3, attempt: 1), from: 3) == [denial])
    #expect(node2.fire(.contact) == [])
    #expect(
      node2.receive(.preVoteRequest(term: 3, attempt: 1), from: 3) == [
        Self.send(.preVoteGrant(term: 3, attempt: 1), to: 3)
      ])
    var node1 = Self.leader()
    #expect(node1.receive(.preVoteRequest(term: 3, attempt: 1), from: 3) == [denial])
  }

  @Test func `A node votes once in a term`() {
    var node3 = Self.node(2)
    #expect(
      node3.receive(.voteRequest(term: 2), from: 0) == [
        Self.waits(), Self.send(.voteGrant(term: 2), to: 0),
      ])
    #expect(
      node3.receive(.voteRequest(term: 2), from: 1) == [
        Self.send(.voteDeny(term: 2, reason: .voted), to: 1)
      ])
    #expect(
      node3.receive(.voteRequest(term: 2), from: 0) == [
        Self.waits(), Self.send(.voteGrant(term: 2), to: 0),
      ], "a copy")
    #expect(
      node3.receive(.voteRequest(term: 1), from: 1) == [
        Self.send(.voteDeny(term: 2, reason: .stale), to: 1)
      ])
    #expect(
      node3.receive(.voteRequest(term: 3), from: 1).contains(
        Self.send(.voteGrant(term: 3), to: 1)))
  }

  @Test func `A candidate and a leader have voted for themselves`() {
    var node1 = Self.node(preVote: false)
    node1.fire(.election)
    #expect(
      node1.receive(.voteRequest(term: 2), from: 3) == [
        Self.send(.voteDeny(term: 2, reason: .tie), to: 3)
      ])
    var leading = Self.leader()
    #expect(
      leading.receive(.voteRequest(term: 2), from: 3) == [
        Self.send(.voteDeny(term: 2, reason: .leader), to: 3)
      ])
  }

  @Test(arguments: [
    LeaderElection.Message.heartbeatAck(term: 5, synced: false), .leaderRefuse(term: 5),
    .preVoteDeny(term: 5, reason: .stale), .voteDeny(term: 5, reason: .stale),
    .leaderAccept(term: 5, synced: false), .voteGrant(term: 5),
  ])
  func `A higher term in any answer deposes a leader`(message: LeaderElection.Message) {
    var node1 = Self.leader()
    #expect(
      node1.receive(message, from: 3) == [
        .cancelTimer(.heartbeat), Self.waits(), .observe(4, value: 5),
      ])
    #expect(node1["role"] == 0)
    #expect(node1["term"] == 5)
    #expect(node1["voted_for"] == WordType.absent)
    #expect(node1["leader_id"] == WordType.absent)
    #expect(node1["votes"] == 0)
  }

  // One machine: leadership.

  @Test func `A leader announces itself to whom has not accepted it, and heartbeats`() {
    var node1 = Self.leader()
    #expect(node1.receive(.leaderAccept(term: 2, synced: true), from: 1) == [])
    #expect(
      node1.receive(.leaderAccept(term: 2, synced: true), from: 2) == [.observe(6, value: 2)])
    #expect(
      node1.fire(.heartbeat) == [
        .send(.leaderAnnounce(term: 2), to: NodeID(3), counted: true),
        .send(.leaderAnnounce(term: 2), to: NodeID(4), counted: false),
        .send(.heartbeat(term: 2, leading: true), to: NodeID(1), counted: true),
        .send(.heartbeat(term: 2, leading: true), to: NodeID(2), counted: false), Self.ticks(),
      ])
    #expect(
      node1.receive(.leaderAccept(term: 2, synced: false), from: 3)
        == [Self.send(.stateSync(term: 2), to: 3)])
    node1.receive(.leaderAccept(term: 2, synced: true), from: 4)
    #expect(
      node1.fire(.heartbeat) == [
        .broadcast(.heartbeat(term: 2, leading: true)), Self.ticks(),
      ])
    #expect(
      node1.receive(.heartbeatAck(term: 2, synced: false), from: 3)
        == [Self.send(.stateSync(term: 2), to: 3)])
    #expect(node1.receive(.heartbeatAck(term: 2, synced: true), from: 3) == [])
  }

  @Test func `A voter is in sync when it accepts`() {
    var node2 = Self.node(1)
    node2.receive(.voteRequest(term: 2), from: 0)
    #expect(
      node2.receive(.leaderAnnounce(term: 2), from: 0) == [
        .observe(5, value: 2), .observe(7, value: 2),
        .setTimer(.contact, low: .milliseconds(150), high: .milliseconds(150)), Self.waits(),
        Self.send(.leaderAccept(term: 2, synced: true), to: 0),
      ])
    #expect(node2["synced"] == 1)
  }

  @Test func `Who missed the election is in sync when the state is applied`() {
    var node4 = Self.node(3)
    node4.fire(.election)
    #expect(
      node4.receive(.leaderAnnounce(term: 2), from: 0) == [
        .observe(4, value: 2), .observe(5, value: 2),
        .setTimer(.contact, low: .milliseconds(150), high: .milliseconds(150)), Self.waits(),
        Self.send(.leaderAccept(term: 2, synced: false), to: 0),
      ])
    #expect(node4["leader_id"] == 0)
    #expect(node4["synced"] == 0)
    #expect(node4.receive(.stateSync(term: 1), from: 4) == [], "of an older leader")
    #expect(node4.receive(.stateSync(term: 2), from: 0).last == .observe(7, value: 2))
    #expect(node4["synced"] == 1)
    #expect(!node4.receive(.stateSync(term: 2), from: 0).contains(.observe(7, value: 2)), "a copy")
  }

  @Test func `Who lost its leader for a while must be synced again`() {
    var node2 = Self.node(1)
    node2.receive(.voteRequest(term: 2), from: 0)
    node2.receive(.leaderAnnounce(term: 2), from: 0)
    node2.fire(.election)
    #expect(node2["synced"] == 0)
    #expect(
      node2.receive(.heartbeat(term: 2, leading: true), from: 0).last
        == Self.send(.heartbeatAck(term: 2, synced: false), to: 0))
    #expect(node2["role"] == 0)
    #expect(node2["leader_id"] == 0)
  }

  @Test func `A probe is acknowledged and resets no timer`() {
    var node2 = Self.node(1)
    #expect(
      node2.receive(.heartbeat(term: 1, leading: false), from: 0) == [
        Self.send(.heartbeatAck(term: 1, synced: false), to: 0)
      ])
    #expect(node2["leader_id"] == WordType.absent)
  }

  @Test func `A leader of an older term is told of the new one`() {
    var node2 = Self.node(1)
    node2.receive(.leaderAnnounce(term: 3), from: 2)
    #expect(
      node2.receive(.heartbeat(term: 2, leading: true), from: 0) == [
        Self.send(.heartbeatAck(term: 3, synced: false), to: 0)
      ])
    #expect(
      node2.receive(.leaderAnnounce(term: 2), from: 0) == [
        Self.send(.leaderRefuse(term: 3), to: 0)
      ])
    #expect(node2["leader_id"] == 2)
  }

  @Test func `An initial candidate probes until its timeout`() {
    var node1 = Self.node(initial: ["role": 1, "term": 3])
    #expect(
      node1.start() == [
        .observe(1, value: 3), Self.waits(), .broadcast(.heartbeat(term: 3, leading: false)),
        Self.ticks(),
      ])
    #expect(node1["voted_for"] == 0)
    #expect(node1.fire(.election).contains(.cancelTimer(.heartbeat)))
  }

  @Test func `An initial leader is followed at once and in sync`() {
    var node1 = Self.node(of: 2, initial: ["role": 2])
    #expect(
      node1.start() == [
        .cancelTimer(.election), .observe(3, value: 1), Self.send(.leaderAnnounce(term: 1), to: 1),
        Self.ticks(),
      ])
    var node2 = Self.node(1, of: 2)
    #expect(
      node2.receive(.leaderAnnounce(term: 1), from: 0).last
        == Self.send(.leaderAccept(term: 1, synced: true), to: 0))
  }

  @Test func `A disk keeps the term and the vote`() {
    var node3 = Self.node(2)
    node3.receive(.voteRequest(term: 4), from: 0)
    #expect(node3.crashAndRestart() == [Self.waits()])
    #expect(node3["term"] == 4)
    #expect(node3["voted_for"] == 0)
    #expect(
      node3.receive(.leaderAnnounce(term: 4), from: 0).last
        == Self.send(.leaderAccept(term: 4, synced: false), to: 0), "it may have missed something")
    node3.crashAndRestart(keepingDisk: false)
    #expect(node3["term"] == 1)
    #expect(node3["voted_for"] == WordType.absent)
  }

  @Test func `Selectors know the leader, the followers and who led before`() {
    let first = Self.leader().machine
    var second = Self.node(1)
    second.receive(.leaderAnnounce(term: 3), from: 4)
    second.fire(.election)
    for peer in [2, 3] { second.receive(.preVoteGrant(term: 4, attempt: 1), from: peer) }
    for peer in [2, 3] { second.receive(.voteGrant(term: 4), from: peer) }
    let third = Self.node(2).machine
    func chosen(_ selector: Int, up: [Bool]) -> [Int] {
      LeaderElection.nodes(
        selectedBy: selector,
        among: NodeView(machines: [first, second.machine, third], isUp: up)
      ).map(\.index)
    }
    #expect(chosen(0, up: [true, true, true]) == [1], "the highest term")
    #expect(chosen(1, up: [true, true, true]) == [2])
    #expect(chosen(2, up: [true, true, true]) == [0])
    #expect(chosen(0, up: [true, false, true]) == [0])
    #expect(chosen(0, up: [false, false, true]) == [])
    #expect(chosen(2, up: [false, false, true]) == [1], "the last one, as none leads")
    second.machine.crash(keepingDisk: false)
    #expect(chosen(2, up: [false, false, true]) == [1], "crashes do not touch the record")
  }
}
