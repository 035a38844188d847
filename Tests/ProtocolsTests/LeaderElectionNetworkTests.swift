import SystemModel
import TestSupport
import Testing

@testable import Protocols

/// Election machines among themselves.
struct LeaderElectionNetworkTests {
  // The documented election.

  static func documented(preVote: Bool = true) -> TestNetwork<LeaderElection> {
    let timeouts: [Int64] = [170, 600, 600, 150, 150]
    var optionsOf: [Int: [String: ParameterValue]] = [:]
    for (node, timeout) in timeouts.enumerated() {
      optionsOf[node] = ["election_timeout": .duration(.milliseconds(timeout))]
    }
    var network = TestNetwork<LeaderElection>(
      5, options: ["pre_vote": .bool(preVote)], optionsOf: optionsOf,
      initial: [0: ["role": 1, "term": 1]])
    network.latency = { _, _ in 20...20 }
    network.cut([3, 4], from: 100, to: 500)
    return network
  }

  @Test func `The documented election has its timetable`() {
    var network = Self.documented()
    network.run(to: 700)
    #expect(
      network.notes(of: "election_timeout") == [
        "node4@150", "node5@150", "node1@170", "node4@300", "node5@300", "node4@450",
        "node5@450",
      ])
    #expect(
      network.seen("pre_vote_deny").sorted() == [
        "4>5@190", "4>5@340", "4>5@490", "5>4@190", "5>4@340", "5>4@490",
      ])
    #expect(
      network.seen("pre_vote_request").filter { $0.hasPrefix("1") } == ["1>2@190", "1>3@190"])
    #expect(network.seen("pre_vote_grant") == ["2>1@210", "3>1@210"])
    #expect(network.seen("vote_request") == ["1>2@230", "1>3@230"])
    #expect(network.seen("vote_grant") == ["2>1@250", "3>1@250"])
    #expect(network.notes(of: "became_leader") == ["node1@250"])
    #expect(network.notes(of: "acknowledged") == ["node1@290"])
    #expect(
      network.notes(of: "accepted_leader") == ["node2@270", "node3@270", "node4@520", "node5@520"])
    #expect(network.notes(of: "stepped_down") == ["node4@520", "node5@520"])
    #expect(network.seen("leader_accept") == ["2>1@290", "3>1@290", "4>1@540", "5>1@540"])
    #expect(network.seen("state_sync") == ["1>4@560", "1>5@560"])
    #expect(network.notes(of: "synced") == ["node2@270", "node3@270", "node4@560", "node5@560"])
    #expect(network.machines.map(\.term) == [2, 2, 2, 2, 2])
  }

  @Test func `Until the cut heals the minority neither leads nor raises its term`() {
    var network = Self.documented()
    network.run(to: 519)
    for node in [3, 4] {
      #expect(network.machines[node].word(of: "role") == 1)
      #expect(network.machines[node].term == 1)
      #expect(network.machines[node].leader == nil)
    }
  }

  @Test func `Without pre-votes the minority comes back and deposes the leader`() {
    var network = Self.documented(preVote: false)
    network.run(to: 599)
    #expect(network.notes(of: "became_leader") == ["node1@210"])
    #expect(network.seen("leader_refuse") == ["4>1@550", "5>1@550"])
    #expect(network.notes(of: "stepped_down") == ["node1@550"])
    #expect(network.machines.map(\.term) == [4, 2, 2, 4, 4])
    network = Self.documented(preVote: false)
    network.run(to: 700)
    #expect(network.notes(of: "became_leader") == ["node1@210", "node4@640"])
  }

  // Storms.

  /// Loss, copies, disorder, two partitions and twenty short crashes, all drawn.
  static func storm<Machine: StateMachine>(
    _ type: Machine.Type, seed: UInt64, preVote: Bool, keepingDisk: Bool, mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var random = RandomSource(state: seed)
    var network = TestNetwork<Machine>(
      5, options: ["pre_vote": .bool(preVote)], mistake: mistake, seed: seed)
    network.latency = { _, _ in 1...60 }
    network.chances = .init(loss: Ratio(1, 20), duplication: Ratio(1, 10), reorders: true)
    for _ in 0..<2 {
      let start = random.between(0, 1500)
      network.cut(
        [Int(random.below(5)), Int(random.below(5))], from: start,
        to: start + random.between(100, 800))
    }
    for _ in 0..<20 {
      let at = random.between(0, 2000)
      network.crash(
        Int(random.below(5)), at: at, restartAt: at + random.between(1, 40),
        keepingDisk: keepingDisk)
    }
    return network
  }

  /// Whether a term has two leaders in a storm.
  static func fails<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, preVote: Bool = false, keepingDisk: Bool = true,
    mistake: String? = nil
  ) -> Bool {
    var network = storm(
      type, seed: UInt64(seed), preVote: preVote, keepingDisk: keepingDisk, mistake: mistake)
    network.run(to: 2500)
    let leaders = network.notes.filter { $0.what == "became_leader" }
    return Set(leaders.map(\.value)).count < Set(leaders.map { [$0.value, Int64($0.node)] }).count
  }

  static func isFoundOut<Machine: StateMachine>(
    _ type: Machine.Type, keepingDisk: Bool = true, mistake: String? = nil
  ) -> Bool {
    (1...500).contains { fails(type, seed: $0, keepingDisk: keepingDisk, mistake: mistake) }
  }

  @Test(arguments: [true, false])
  func `A term has one leader at most`(preVote: Bool) {
    #expect(
      (1...80).filter { Self.fails(LeaderElection.self, seed: $0, preVote: preVote) } == [],
      "seeds")
  }

  @Test func `After a storm there is one leader and everybody is in sync with it`() {
    for seed in 1...40 {
      var network = Self.storm(
        LeaderElection.self, seed: UInt64(seed), preVote: true, keepingDisk: true)
      network.run(to: 4000)
      let leaders = network.machines.filter { $0.role == .leader }
      #expect(leaders.count == 1, "seed \(seed)")
      #expect(
        network.machines.allSatisfy { $0.leader == leaders.first?.id && $0.isSynced },
        "seed \(seed)")
    }
  }

  // Known mistakes.

  @Test func `A quorum of half is found out`() {
    #expect(Self.isFoundOut(LeaderElection.self, mistake: "quorum-of-half"))
  }

  @Test func `A vote forgotten over a restart is found out`() {
    #expect(Self.isFoundOut(LeaderElection.self, mistake: "vote-forgotten"))
  }

  @Test func `Two votes in a term are found out`() {
    #expect(Self.isFoundOut(LeaderElection.self, mistake: "votes-again"))
  }

  @Test func `Counting votes instead of voters is found out`() {
    #expect(Self.isFoundOut(LeaderElection.self, mistake: "votes-counted"))
  }

  @Test func `With wiped disks a term may have two leaders`() {
    #expect(Self.isFoundOut(LeaderElection.self, keepingDisk: false))
  }
}
