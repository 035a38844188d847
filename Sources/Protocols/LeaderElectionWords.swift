public import SystemModel

/// What election nodes say to each other, and the words in which scenarios speak of them.
extension LeaderElection {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Somebody is there; `leading` tells a leader's from a probe.
    case heartbeat(term: Int64, leading: Bool)
    /// Answers a heartbeat.
    case heartbeatAck(term: Int64, synced: Bool)
    /// Would you vote for me in this term? It is not raised yet.
    case preVoteRequest(term: Int64, attempt: Int64)
    /// Would vote.
    case preVoteGrant(term: Int64, attempt: Int64)
    /// Would not vote; the term is the own one.
    case preVoteDeny(term: Int64, reason: Denial)
    /// Vote for me in this term.
    case voteRequest(term: Int64)
    /// Votes.
    case voteGrant(term: Int64)
    /// Does not vote; the term is the own one.
    case voteDeny(term: Int64, reason: Denial)
    /// Leads this term.
    case leaderAnnounce(term: Int64)
    /// Follows the leader of this term.
    case leaderAccept(term: Int64, synced: Bool)
    /// Knows of a higher term, or leads this one itself.
    case leaderRefuse(term: Int64)
    /// The state of the leader.
    case stateSync(term: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .heartbeat(let term, let leading): MessagePayload(0, term, leading ? 1 : 0)
      case .heartbeatAck(let term, let synced): MessagePayload(1, term, synced ? 1 : 0)
      case .preVoteRequest(let term, let attempt): MessagePayload(2, term, attempt)
      case .preVoteGrant(let term, let attempt): MessagePayload(3, term, attempt)
      case .preVoteDeny(let term, let reason): MessagePayload(4, term, Int64(reason.rawValue))
      case .voteRequest(let term): MessagePayload(5, term)
      case .voteGrant(let term): MessagePayload(6, term)
      case .voteDeny(let term, let reason): MessagePayload(7, term, Int64(reason.rawValue))
      case .leaderAnnounce(let term): MessagePayload(8, term)
      case .leaderAccept(let term, let synced): MessagePayload(9, term, synced ? 1 : 0)
      case .leaderRefuse(let term): MessagePayload(10, term)
      case .stateSync(let term): MessagePayload(11, term)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// Why a vote is denied, in the order of the declared words.
  public enum Denial: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
    /// The asking node is behind: its term is too low.
    case stale
    /// The asked node leads, or has heard from a leader.
    case leader
    /// The asked node stands itself.
    case tie
    /// The asked node has voted for somebody else.
    case voted
  }

  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "leader-election",
    summary: "Elects one leader per term by votes, with pre-votes, heartbeats and state sync.",
    source: "Ongaro, Consensus: Bridging Theory and Practice (2014), sections 3.4 and 9.6.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Disks keep the term and the vote: with a wiped disk a node may vote twice in a term.",
      "A leader is found while a majority is connected and timeouts exceed several latencies.",
    ],
    guarantees: [
      "At most one leader in a term, under loss, partitions and crashes that keep the disk.",
      "A side without a majority elects nobody; with `pre_vote` it does not raise its term either.",
      "A follower counts as in sync only when it has missed nothing or applied a state sync.",
    ],
    family: .election,
    messages: messages,
    timers: ElectionWords.timers + [
      TimerDeclaration(
        "contact", "No leader was heard of for the shortest time that `election_timeout` may be.")
    ],
    fields: fields,
    parameters: [
      ParameterDeclaration(
        "pre_vote", .bool, default: .bool(true), uniform: true,
        "Whether a candidate asks whether it would be elected before it raises the term."),
      ParameterDeclaration(
        "heartbeat", .duration(minimum: Duration(nanoseconds: 1)),
        default: .duration(.milliseconds(50)),
        "How long after its last heartbeats a leader, or an initial candidate, sends the next."),
      ElectionWords.timeout,
    ],
    observations: observations,
    selectors: ElectionWords.selectors, mistakes: mistakes)

  private static let messages = [
    MessageDeclaration(
      "heartbeat", [.init("term", .int), .init("leading", .bool)],
      "Somebody is there: a leader, or an initial candidate that probes."),
    MessageDeclaration(
      "heartbeat_ack", [.init("term", .int), .init("synced", .bool)],
      "Answers a heartbeat with the own term and whether the own state is the leader's."),
    MessageDeclaration(
      "pre_vote_request", [.init("term", .int), .init("attempt", .int)],
      "Asks whether the receiver would vote for the sender in this term."),
    MessageDeclaration(
      "pre_vote_grant", [.init("term", .int), .init("attempt", .int)],
      "Would vote for the receiver in this term."),
    MessageDeclaration(
      "pre_vote_deny", [.init("term", .int), .init("reason", denials)],
      "Would not vote for the receiver; tells the own term."),
    MessageDeclaration(
      "vote_request", [.init("term", .int)], "Asks for the receiver's vote in this term."),
    MessageDeclaration("vote_grant", [.init("term", .int)], "Votes for the receiver."),
    MessageDeclaration(
      "vote_deny", [.init("term", .int), .init("reason", denials)],
      "Does not vote for the receiver; tells the own term."),
    MessageDeclaration(
      "leader_announce", [.init("term", .int)],
      "The sender leads this term; sent until the receiver accepts it."),
    MessageDeclaration(
      "leader_accept", [.init("term", .int), .init("synced", .bool)],
      "Follows the receiver; tells whether the own state is the leader's."),
    MessageDeclaration(
      "leader_refuse", [.init("term", .int)],
      "Does not follow the receiver; tells the own term."),
    MessageDeclaration(
      "state_sync", [.init("term", .int)],
      "The state of the leader, for a follower that has missed something."),
  ]

  private static let candidacy = [
    ElectionWords.timedOut,
    ObservationDeclaration(
      "became_candidate", .init("term", .int),
      "A node is a candidate of this term; of its old term while it asks for pre-votes."),
  ]

  private static let observations =
    candidacy + ElectionWords.turns + [
      ObservationDeclaration(
        "acknowledged", .init("term", .int),
        "The leader knows that a majority, itself included, follows it."),
      ObservationDeclaration(
        "synced", .init("term", .int),
        "A follower holds the state of its leader: it has recovered."),
    ]

  private static let denials = WordType.word(["stale", "leader", "tie", "voted"])

  private static let fields = [
    FieldDeclaration(
      "role", .word(["follower", "candidate", "leader"]), settable: true,
      "What the node is; a candidate from its timeout on, even if it asks for pre-votes only."),
    FieldDeclaration(
      "term", .int, durable: true, settable: true, range: terms,
      "The highest term the node knows of; 1 at the start."),
    FieldDeclaration(
      "voted_for", .node, nullable: true, durable: true, settable: true,
      "Whom the node has voted for in its term."),
    FieldDeclaration(
      "leader_id", .node, nullable: true, "The leader that the node follows, or is itself."),
    FieldDeclaration(
      "synced", .bool, "Whether the node leads, or follows a leader and holds its state."),
    FieldDeclaration(
      "votes", .int, "The votes for this node in its term, its own included; 0 if it never stood."
    ),
    FieldDeclaration(
      "pre_votes", .int, "The pre-votes of the present attempt, the node's own included."),
    FieldDeclaration(
      "attempt", .int, "How often the node has asked for pre-votes since it heard of a leader."),
    FieldDeclaration(
      "acceptances", .int, "How many other nodes have accepted this node as the leader."),
  ]
}
