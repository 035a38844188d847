import SystemModel

/// A node that may lead, as faults and workloads select it.
protocol ElectingNode: StateMachine {
  var id: NodeID { get }
  /// The present term.
  var term: Int64 { get }
  /// The last term that the node led; 0 if none.
  var ledTerm: Int64 { get }
  var isLeader: Bool { get }
  var isFollower: Bool { get }
}

extension NodeView where Machine: ElectingNode {
  /// The nodes of one of ``ElectionWords/selectors``, by its place.
  func nodes(ofElection selector: Int) -> [NodeID] {
    let leader = live { $0.isLeader }.max { machines[$0.index].term < machines[$1.index].term }
    switch selector {
    case 0: return leader.map { [$0] } ?? []
    case 1: return live { $0.isFollower }
    default:
      var old: Machine?
      for machine in machines where machine.ledTerm > old?.ledTerm ?? 0 {
        if machine.id != leader { old = machine }
      }
      return old.map { [$0.id] } ?? []
    }
  }
}

/// What scenarios call the same in all protocols that elect a leader.
enum ElectionWords {
  static let timers = [
    TimerDeclaration("election_timeout", "No leader was heard of; see `election_timeout`."),
    TimerDeclaration("heartbeat", "Time for the next heartbeats; see `heartbeat`."),
  ]

  static let timeout = ParameterDeclaration(
    "election_timeout", .durationRange(minimum: Duration(nanoseconds: 1)),
    default: .duration(.milliseconds(150), to: .milliseconds(300)),
    "How long a node waits to hear from a leader; of a range, drawn each time anew.")

  static let timedOut = ObservationDeclaration(
    "election_timeout", .init("term", .int), "A node has waited for a leader in vain.")

  /// What comes of a candidate, and of those who hear of it.
  static let turns = [
    ObservationDeclaration(
      "election_started", .init("term", .int),
      "A candidate has raised the term to this one and asks for votes."),
    ObservationDeclaration("became_leader", .init("term", .int), "A node leads this term."),
    ObservationDeclaration(
      "stepped_down", .init("term", .int),
      "A candidate or leader is a follower of this term now."),
    ObservationDeclaration(
      "accepted_leader", .init("term", .int), "A follower follows the leader of this term."),
  ]

  static let selectors = [
    SelectorDeclaration(
      "leader", "The live leader of the highest term; the first of them in the topology."),
    SelectorDeclaration("followers", "The live followers."),
    SelectorDeclaration(
      "old-leader", "The node that led before the present leader; the last one if none leads."),
  ]
}
