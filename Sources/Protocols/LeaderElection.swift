public import SystemModel

/// Election of a leader by terms and votes, with pre-votes, heartbeats and state sync.
///
/// Source: Ongaro, "Consensus: Bridging Theory and Practice" (dissertation, Stanford 2014):
/// section 3.4 (leader election) and section 9.6 (PreVote), without the log of chapter 3. The
/// leader's announcement and the state sync are of the documented election diagram.
///
/// **States**: `follower`, `candidate`, `leader`.
///
/// | from | on | to |
/// |---|---|---|
/// | `follower`, `candidate` | election timeout; with PreVote it asks for pre-votes | `candidate` |
/// | `candidate` | pre-votes of a majority: raises the term, asks for votes | `candidate` |
/// | `candidate` | votes of a majority | `leader` |
/// | `candidate` | a leader of its term or a higher one | `follower` |
/// | `candidate`, `leader` | a higher term | `follower` |
///
/// **Messages**: a leader sends at every tick `leader_announce` to peers that have not accepted
/// it and `heartbeat` to the others. Of one that `leader_accept` or `heartbeat_ack` shows to be
/// out of sync it brings the state up to date by `state_sync`.
///
/// **Our rule on top of section 9.6**: a pre-candidate has pre-voted for itself and denies others
/// (`tie`). Its pre-vote lasts for one attempt; attempts are counted from the first timeout since
/// a leader was heard of, and a request of a later attempt than one's own is granted. So two nodes
/// that always time out together deny each other for ever, and two that do not soon agree.
///
/// **In sync**: a follower that voted for its leader and whose timeout has not run out since has
/// missed nothing and is in sync when it accepts; so is one that has been there since T0, if the
/// leader is of the initial term. Everybody else has missed something and needs a `state_sync`.
///
/// **A probe**: a node that `initial` makes a candidate stands unelected. It sends heartbeats that
/// are acknowledged and, as they come from no leader, reset no timer, until its own timeout.
///
/// **Assumptions**: messages may be lost, late, doubled and out of order. A leader is found only
/// while a majority is up and connected for several latencies, and timeouts are well above them.
///
/// **Guarantees**: at most one leader in a term, under all of these and under crashes that keep
/// the disk. With a wiped disk a voter may vote twice in a term, and two leaders are possible.
///
/// **Durable**: the term and the vote.
public struct LeaderElection: StateMachine {
  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// Nothing heard from a leader for too long.
    case election
    /// Time for the next heartbeats.
    case heartbeat
    /// Nothing heard from a leader for the shortest election timeout.
    case contact
  }

  /// What a node is, in the order of the declared words.
  enum Role: Int64 {
    case follower
    case candidate
    case leader
  }

  private enum Observed {
    static let electionTimeout: UInt8 = 0
    static let becameCandidate: UInt8 = 1
    static let electionStarted: UInt8 = 2
    static let becameLeader: UInt8 = 3
    static let steppedDown: UInt8 = 4
    static let acceptedLeader: UInt8 = 5
    static let acknowledged: UInt8 = 6
    static let synced: UInt8 = 7
  }

  static let terms: ClosedRange<Int64> = 1...1_000_000_000_000

  let id: NodeID
  let nodeCount: Int
  let preVote: Bool
  let heartbeat: Duration
  let shortestTimeout: Duration
  let longestTimeout: Duration
  /// How many votes elect, the own one included.
  let majority: Int
  let mistake: Mistake?

  // Durable.
  var term: Int64
  var votedFor: NodeID?

  // Auxiliary, for the selectors alone: the highest term this node has led; survives everything.
  var ledTerm: Int64 = 0

  // Volatile.
  var role: Role
  var leader: NodeID?
  var isSynced = false
  /// Whether this node has been there since the current term began: see "In sync".
  var missedNothing = true
  /// Whether a leader was heard within the shortest election timeout.
  var isInContact = false
  var isProbing: Bool
  var attempt: Int64 = 0
  var preVotes = NodeSet()
  var votes = NodeSet()
  /// Votes that came twice, which count only by mistake.
  var voteCopies = 0
  var accepted = NodeSet()
  var acceptances = 0
  var unaccepted = NodeSet()

  /// A follower of term 1 without a vote, unless `initial` says otherwise.
  public init(_ context: NodeContext) {
    id = context.id
    nodeCount = context.nodeCount
    mistake = context.mistake()
    majority =
      mistake == .quorumOfHalf ? max(1, context.nodeCount / 2) : context.nodeCount / 2 + 1
    preVote = context.bool("pre_vote")
    heartbeat = context.duration("heartbeat") ?? .zero
    (shortestTimeout, longestTimeout) = context.durations("election_timeout") ?? (.zero, .zero)
    role = context.initialWord("role").flatMap(Role.init) ?? .follower
    term = context.initialWord("term") ?? Self.terms.lowerBound
    isProbing = role == .candidate
    let vote = context.initialWord("voted_for") ?? WordType.absent
    if vote != WordType.absent {
      votedFor = NodeID(Int(vote))
    } else if role != .follower {
      votedFor = id
    }
  }

  /// Waits for a leader; an initial candidate probes and an initial leader announces itself.
  public mutating func start(_ effects: inout Effects<Self>) {
    switch role {
    case .follower:
      waitForLeader(&effects)
    case .candidate:
      effects.observe(Observed.becameCandidate, value: term)
      waitForLeader(&effects)
      tick(&effects)
    case .leader:
      lead(&effects)
    }
  }

  /// There is nothing to call for.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    effects.complete(call.id, .fail)
  }

  /// Acts on a message; any but a question for a pre-vote and its grant carries its sender's term, and
  /// a higher one makes a follower of everybody.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .heartbeat(let term, let leading):
      answerHeartbeat(term: term, leading: leading, from: sender, &effects)
    case .heartbeatAck(let term, let synced):
      raise(to: term, &effects)
      if !synced { bringUpToDate(sender, term: term, &effects) }
    case .preVoteRequest(let term, let attempt):
      answerPreVote(term: term, attempt: attempt, from: sender, &effects)
    case .preVoteGrant(let term, let attempt):
      countPreVote(term: term, attempt: attempt, of: sender, &effects)
    case .voteRequest(let term):
      answerVote(term: term, from: sender, &effects)
    case .voteGrant(let term):
      countVote(term: term, of: sender, &effects)
    case .preVoteDeny(let term, _), .voteDeny(let term, _), .leaderRefuse(let term):
      raise(to: term, &effects)
    case .leaderAnnounce(let term):
      answerAnnouncement(term: term, from: sender, &effects)
    case .leaderAccept(let term, let synced):
      countAcceptance(term: term, synced: synced, of: sender, &effects)
    case .stateSync(let term):
      applyState(term: term, from: sender, &effects)
    }
  }

  /// A timer has run out.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .election: electionTimeout(&effects)
    case .heartbeat: tick(&effects)
    case .contact: isInContact = false
    }
  }

  /// Keeps the term and the vote, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    role = .follower
    isProbing = false
    missedNothing = false
    attempt = 0
    preVotes.removeAll()
    votes.removeAll()
    forgetFollowers()
    loseLeader()
    if mistake == .voteForgotten { votedFor = nil }
    guard !keepingDisk || mistake == .termForgotten else { return }
    term = Self.terms.lowerBound
    votedFor = nil
  }

  /// Comes back as a follower.
  public mutating func restart(_ effects: inout Effects<Self>) {
    waitForLeader(&effects)
  }

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: role.rawValue
    case 1: term
    case 2: votedFor.map { Int64($0.index) } ?? WordType.absent
    case 3: leader.map { Int64($0.index) } ?? WordType.absent
    case 4: isSynced ? 1 : 0
    case 5: Int64(votes.count)
    case 6: Int64(preVotes.count)
    case 7: attempt
    default: Int64(acceptances)
    }
  }

  /// `leader`, `followers`, `old-leader`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    view.nodes(ofElection: selector)
  }
}

extension LeaderElection: ElectingNode {
  var isLeader: Bool { role == .leader }
  var isFollower: Bool { role == .follower }
}

/// Elections: sections 3.4 and 9.6.
extension LeaderElection {
  private mutating func waitForLeader(_ effects: inout Effects<Self>) {
    effects.setTimer(.election, between: shortestTimeout, and: longestTimeout)
  }

  private mutating func electionTimeout(_ effects: inout Effects<Self>) {
    effects.observe(Observed.electionTimeout, value: term)
    stopProbing(&effects)
    loseLeader()
    missedNothing = false
    waitForLeader(&effects)
    if preVote {
      askForPreVotes(&effects)
    } else {
      startElection(&effects)
    }
  }

  private mutating func askForPreVotes(_ effects: inout Effects<Self>) {
    if role != .candidate {
      role = .candidate
      effects.observe(Observed.becameCandidate, value: term)
    }
    attempt += 1
    votes.removeAll()
    preVotes.removeAll()
    preVotes.insert(id)
    effects.broadcast(.preVoteRequest(term: term + 1, attempt: attempt))
    if preVotes.count >= majority { startElection(&effects) }
  }

  private func answerPreVote(
    term asked: Int64, attempt: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    let denial: Denial? =
      if asked <= term {
        .stale
      } else if role == .leader || isInContact && mistake != .contactIgnored {
        .leader
      } else if self.attempt >= attempt {
        .tie
      } else {
        nil
      }
    if let denial {
      effects.send(.preVoteDeny(term: term, reason: denial), to: sender)
    } else {
      effects.send(.preVoteGrant(term: asked, attempt: attempt), to: sender)
    }
  }

  private mutating func countPreVote(
    term granted: Int64, attempt: Int64, of sender: NodeID, _ effects: inout Effects<Self>
  ) {
    guard role == .candidate, granted == term + 1, attempt == self.attempt else { return }
    preVotes.insert(sender)
    if preVotes.count >= majority { startElection(&effects) }
  }

  private mutating func startElection(_ effects: inout Effects<Self>) {
    role = .candidate
    term += 1
    votedFor = id
    preVotes.removeAll()
    votes.removeAll()
    voteCopies = 0
    votes.insert(id)
    effects.observe(Observed.becameCandidate, value: term)
    effects.observe(Observed.electionStarted, value: term)
    waitForLeader(&effects)
    effects.broadcast(.voteRequest(term: term))
    if votes.count >= majority { lead(&effects) }
  }

  private mutating func answerVote(
    term asked: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: asked, &effects)
    if asked < term {
      effects.send(.voteDeny(term: term, reason: .stale), to: sender)
    } else if role == .leader {
      effects.send(.voteDeny(term: term, reason: .leader), to: sender)
    } else if let votedFor, votedFor != sender, mistake != .votesAgain || role != .follower {
      effects.send(.voteDeny(term: term, reason: votedFor == id ? .tie : .voted), to: sender)
    } else {
      votedFor = sender
      missedNothing = true
      waitForLeader(&effects)
      effects.send(.voteGrant(term: term), to: sender)
    }
  }

  private mutating func countVote(
    term granted: Int64, of sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: granted, &effects)
    let isForThisTerm = granted == term || mistake == .oldVotesCounted
    guard role == .candidate, isForThisTerm, votes.contains(id) else { return }
    if !votes.insert(sender), mistake == .votesCounted { voteCopies += 1 }
    if votes.count + voteCopies >= majority { lead(&effects) }
  }

  /// Takes note of a higher term: the term of before, its vote and its leader are over.
  private mutating func raise(to higher: Int64, _ effects: inout Effects<Self>) {
    guard higher > term else { return }
    term = higher
    votedFor = nil
    missedNothing = false
    if role == .follower {
      loseLeader()
    } else if role == .candidate || mistake != .noStepDown {
      stepDown(&effects)
    }
  }

  private mutating func stepDown(_ effects: inout Effects<Self>) {
    stopProbing(&effects)
    if role == .leader {
      effects.cancelTimer(.heartbeat)
      waitForLeader(&effects)
    }
    role = .follower
    attempt = 0
    preVotes.removeAll()
    votes.removeAll()
    forgetFollowers()
    loseLeader()
    effects.observe(Observed.steppedDown, value: term)
  }

  private mutating func loseLeader() {
    leader = nil
    isSynced = false
    isInContact = false
  }

  private mutating func forgetFollowers() {
    accepted.removeAll()
    unaccepted.removeAll()
    acceptances = 0
  }
}

/// Leadership: heartbeats, announcements, state sync.
extension LeaderElection {
  private mutating func lead(_ effects: inout Effects<Self>) {
    stopProbing(&effects)
    role = .leader
    leader = id
    isSynced = true
    ledTerm = term
    attempt = 0
    preVotes.removeAll()
    forgetFollowers()
    for index in 0..<nodeCount where index != id.index { unaccepted.insert(NodeID(index)) }
    effects.cancelTimer(.election)
    effects.observe(Observed.becameLeader, value: term)
    tick(&effects)
  }

  private mutating func tick(_ effects: inout Effects<Self>) {
    if role != .leader {
      effects.broadcast(.heartbeat(term: term, leading: false))
    } else if acceptances == nodeCount - 1 {
      effects.broadcast(.heartbeat(term: term, leading: true))
    } else {
      effects.send(.leaderAnnounce(term: term), to: unaccepted)
      effects.send(.heartbeat(term: term, leading: true), to: accepted)
    }
    effects.setTimer(.heartbeat, after: heartbeat)
  }

  private mutating func stopProbing(_ effects: inout Effects<Self>) {
    guard isProbing else { return }
    isProbing = false
    effects.cancelTimer(.heartbeat)
  }

  private mutating func answerHeartbeat(
    term told: Int64, leading: Bool, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    if leading, told == term, role != .leader { accept(sender, &effects) }
    effects.send(.heartbeatAck(term: term, synced: isSynced), to: sender)
  }

  private mutating func answerAnnouncement(
    term told: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    if told < term || role == .leader {
      effects.send(.leaderRefuse(term: term), to: sender)
    } else {
      accept(sender, &effects)
      effects.send(.leaderAccept(term: term, synced: isSynced), to: sender)
    }
  }

  /// Follows the leader of the current term and waits for its next sign of life.
  private mutating func accept(_ sender: NodeID, _ effects: inout Effects<Self>) {
    if role == .candidate { stepDown(&effects) }
    if leader != sender {
      leader = sender
      attempt = 0
      effects.observe(Observed.acceptedLeader, value: term)
      isSynced = missedNothing && (votedFor == sender || votedFor == nil)
      if isSynced { effects.observe(Observed.synced, value: term) }
    }
    isInContact = true
    if shortestTimeout < longestTimeout {
      effects.setTimer(.contact, after: shortestTimeout)
    }
    waitForLeader(&effects)
  }

  private mutating func countAcceptance(
    term told: Int64, synced: Bool, of sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    guard role == .leader, told == term else { return }
    if accepted.insert(sender) {
      unaccepted.remove(sender)
      acceptances += 1
      if acceptances == majority - 1 { effects.observe(Observed.acknowledged, value: term) }
    }
    if !synced { bringUpToDate(sender, term: told, &effects) }
  }

  private func bringUpToDate(
    _ follower: NodeID, term told: Int64, _ effects: inout Effects<Self>
  ) {
    guard role == .leader, told == term else { return }
    effects.send(.stateSync(term: term), to: follower)
  }

  private mutating func applyState(
    term told: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    guard told == term, role != .leader else { return }
    accept(sender, &effects)
    guard !isSynced else { return }
    isSynced = true
    effects.observe(Observed.synced, value: term)
  }
}
