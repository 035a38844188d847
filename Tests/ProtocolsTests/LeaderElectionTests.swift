import SystemModel
import TestSupport
import Testing

@testable import Protocols

struct LeaderElectionTests {
  typealias Effect = Effects<LeaderElection>.Effect

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
}
