public import SystemModel

/// A register that is the outcome of a replicated log, which a leader keeps.
///
/// Source: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm" (USENIX ATC
/// 2014), section 5, figure 2; for clients Ongaro, "Consensus: Bridging Theory and Practice"
/// (dissertation, Stanford 2014), chapter 6. Without membership changes and snapshots.
///
/// **States**: `follower`, `candidate`, `leader`.
///
/// | from | on | to |
/// |---|---|---|
/// | `follower`, `candidate` | election timeout: raises the term, asks for votes | `candidate` |
/// | `candidate` | votes of a majority: a no-op of its term enters its log | `leader` |
/// | `candidate` | an entry or a heartbeat of a leader of its term | `follower` |
/// | `candidate`, `leader` | a higher term | `follower` |
///
/// **Messages**: `vote_request` → `vote_grant` or `vote_deny`; `append` with one entry, or
/// `heartbeat` without any → `append_ack` or `append_reject`; between nodes for their clients
/// `forward` → `answer`. `append` and `heartbeat` are the AppendEntries of the paper. One entry is
/// on its way to a follower at a time; what got lost goes out again with the next heartbeats.
///
/// **Rules of the log**: a node votes only for a candidate whose log is at least as up to date as
/// its own (5.4.1). A follower takes an entry only behind one of the same index and term (5.3), and
/// cuts its log where an entry of another term stands. A leader counts an entry as committed when a
/// majority has it and it is of the leader's own term; those before it are then, too (5.4.2).
///
/// **Clients**: a node carries out the calls of its clients one at a time. A follower forwards a
/// call to the leader that it knows, and refuses it (`fail`) if it knows none or if the node it
/// has asked does not lead. Every call is an entry of the log, reads too (dissertation, 6.4); it is
/// over when the entry is committed and carried out. A call is forwarded once: requests have
/// numbers, so that a copy is not carried out again (6.3), and a node that hears of nothing for
/// `timeout` says `fail` to a read and `info` to what may still happen.
///
/// **Assumptions**: messages may be lost, late, doubled and out of order, but are not forged; disks
/// keep what was written. Progress needs a majority that is connected for several latencies.
///
/// **Guarantees**: linearizable calls, and figure 3 of the paper: election safety, log matching,
/// leader completeness, state machine safety; under all of these and under crashes that keep the
/// disk. With a wiped disk a node may vote twice and miss entries that others count on.
///
/// **Durable**: the term, the vote, the log, and which requests of others were taken.
///
/// **Limits**: terms and indexes up to ``limit``, beyond which nobody stands or takes a call.
public struct RaftRegister: StateMachine {
  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// Nothing heard from a leader for too long.
    case election
    /// Time for the next heartbeats.
    case heartbeat
    /// The end of its patience with a call.
    case timeout
  }

  /// What a node is, in the order of the declared words.
  enum Role: Int64 {
    case follower
    case candidate
    case leader
  }

  /// Whose call an entry of a leader's log is.
  struct Debt: Hashable {
    let index: Int64
    let term: Int64
    let client: NodeID
    let request: Int64
  }

  /// The highest number of a request that was taken from a node.
  struct Taken: Hashable {
    let from: NodeID
    var request: Int64
  }

  /// The highest term, and the most entries of a log.
  public static let limit: Int64 = 2_000_000
  static let terms: ClosedRange<Int64> = 1...limit

  let id: NodeID
  let nodeCount: Int
  let heartbeat: Duration
  let shortestTimeout: Duration
  let longestTimeout: Duration
  let patience: Duration
  /// How many votes elect and how many copies commit, the own one included.
  let majority: Int
  let mistake: Mistake?

  // Durable.
  var term: Int64
  var votedFor: NodeID?
  var log = ReplicatedLog()
  var taken: [Taken] = []

  // Auxiliary: these survive everything. The highest term this node has led, for the selectors; and
  // the number of its last request, which a new session of a client would draw anew.
  var ledTerm: Int64 = 0
  var request: Int64 = 0

  // Volatile.
  var role: Role
  var leader: NodeID?
  /// Whether this node leads, or its log has had what the leader that it follows had committed.
  var isSynced = false
  var votes = NodeSet()
  /// The index of the last entry that is committed, and carried out.
  var commit: Int64 = 0
  var registers = RegisterFile()
  var call: ClientCall?
  var waiting = CallQueue()

  // Volatile, of a leader: of each node the next entry to send and the last one it has; whose logs
  // were not compared yet; and whom it owes an answer.
  var next: [Int64] = []
  var match: [Int64] = []
  var unsure = NodeSet()
  var debts: [Debt] = []

  /// A follower of term 1 without a vote, unless `initial` says otherwise.
  public init(_ context: NodeContext) {
    id = context.id
    nodeCount = context.nodeCount
    mistake = context.mistake()
    majority =
      mistake == .quorumOfHalf ? max(1, context.nodeCount / 2) : context.nodeCount / 2 + 1
    heartbeat = context.duration("heartbeat") ?? .zero
    (shortestTimeout, longestTimeout) = context.durations("election_timeout") ?? (.zero, .zero)
    patience = context.duration("timeout") ?? .zero
    role = context.initialWord("role").flatMap(Role.init) ?? .follower
    term = context.initialWord("term") ?? Self.terms.lowerBound
    let vote = context.initialWord("voted_for") ?? WordType.absent
    if vote != WordType.absent {
      votedFor = NodeID(Int(vote))
    } else if role == .leader {
      votedFor = id
    }
  }

  /// Waits for a leader; an initial candidate stands at once, and an initial leader leads.
  public mutating func start(_ effects: inout Effects<Self>) {
    switch role {
    case .follower: waitForLeader(&effects)
    case .candidate: stand(&effects)
    case .leader: lead(&effects)
    }
  }

  /// `read`, `write` and `cas`: taken up at once, or after those before.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    waiting.append(call)
    serve(&effects)
  }

  /// Acts on a message; a higher term makes a follower of everybody.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .voteRequest(let term, let last, let lastTerm):
      answerVote(term: term, last: last, lastTerm: lastTerm, from: sender, &effects)
    case .voteGrant(let term): countVote(term: term, of: sender, &effects)
    case .voteDeny(let term, _): raise(to: term, &effects)
    case .append(let append), .heartbeat(let append): answer(append, from: sender, &effects)
    case .appendAck(let term, let last):
      countCopy(term: term, last: last, of: sender, &effects)
    case .appendReject(let term, let previous, let last):
      goBack(term: term, previous: previous, last: last, of: sender, &effects)
    case .forward(let request, let command):
      take(command, request: request, from: sender, &effects)
    case .answer(let request, let isOk, let value):
      if request == self.request { end(isOk ? .ok : .fail, value: value, &effects) }
    }
    serve(&effects)
  }

  /// A timer has run out.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .election:
      effects.observe(Observed.electionTimeout, value: term)
      stand(&effects)
    case .heartbeat: tick(&effects)
    case .timeout:
      // What is in a log, or on its way there, may still happen; a read leaves no trace.
      end(call?.kind == CallKind.read ? .fail : .info, &effects)
      serve(&effects)
    }
  }

  /// Keeps the term, the vote, the log and what was taken, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    role = .follower
    loseLeader()
    votes.removeAll()
    commit = 0
    registers = RegisterFile()
    call = nil
    waiting.removeAll()
    forgetFollowers()
    debts.removeAll()
    if mistake == .voteForgotten { votedFor = nil }
    if mistake == .logForgotten { log = ReplicatedLog() }
    guard !keepingDisk else { return }
    term = Self.terms.lowerBound
    votedFor = nil
    log = ReplicatedLog()
    taken.removeAll()
  }

  /// Comes back as a follower.
  public mutating func restart(_ effects: inout Effects<Self>) {
    effects.observe(Observed.loaded, value: log.count)
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
    case 6: log.count
    case 7: log.lastTerm
    case 8: commit
    case 9: registers.value(of: WordType.absent)
    case 10: Int64(registers.count)
    case 11: Int64(waiting.count)
    default: request
    }
  }

  /// `leader`, `followers`, `old-leader`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    view.nodes(ofElection: selector)
  }
}

extension RaftRegister: ElectingNode {
  var isLeader: Bool { role == .leader }
  var isFollower: Bool { role == .follower }
}

/// Elections: sections 5.1, 5.2 and 5.4.1.
extension RaftRegister {
  mutating func waitForLeader(_ effects: inout Effects<Self>) {
    effects.setTimer(.election, between: shortestTimeout, and: longestTimeout)
  }

  private mutating func stand(_ effects: inout Effects<Self>) {
    loseLeader()
    waitForLeader(&effects)
    // A leader needs a term and room for its no-op.
    guard term < Self.limit, log.count < Self.limit else { return }
    role = .candidate
    term += 1
    votedFor = id
    votes.removeAll()
    votes.insert(id)
    effects.observe(Observed.becameCandidate, value: term)
    effects.observe(Observed.electionStarted, value: term)
    effects.broadcast(.voteRequest(term: term, last: log.count, lastTerm: log.lastTerm))
    if votes.count >= majority { lead(&effects) }
  }

  private mutating func answerVote(
    term asked: Int64, last: Int64, lastTerm: Int64, from sender: NodeID,
    _ effects: inout Effects<Self>
  ) {
    raise(to: asked, &effects)
    let isBehind = (lastTerm, last) < (log.lastTerm, log.count)
    let denial: Denial? =
      if asked < term {
        .stale
      } else if role == .leader || votedFor != nil && votedFor != sender {
        .voted
      } else if isBehind && mistake != .voteUnchecked {
        .log
      } else {
        nil
      }
    if let denial {
      effects.send(.voteDeny(term: term, reason: denial), to: sender)
    } else {
      votedFor = sender
      waitForLeader(&effects)
      effects.send(.voteGrant(term: term), to: sender)
    }
  }

  private mutating func countVote(
    term granted: Int64, of sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: granted, &effects)
    guard role == .candidate, granted == term else { return }
    votes.insert(sender)
    if votes.count >= majority { lead(&effects) }
  }

  /// Takes note of a higher term: the term of before, its vote and its leader are over.
  mutating func raise(to higher: Int64, _ effects: inout Effects<Self>) {
    guard higher > term else { return }
    term = higher
    votedFor = nil
    if role == .follower { loseLeader() } else { stepDown(&effects) }
  }

  mutating func stepDown(_ effects: inout Effects<Self>) {
    if role == .leader {
      effects.cancelTimer(.heartbeat)
      waitForLeader(&effects)
    }
    role = .follower
    votes.removeAll()
    forgetFollowers()
    loseLeader()
    effects.observe(Observed.steppedDown, value: term)
  }

  mutating func loseLeader() {
    leader = nil
    isSynced = false
  }

  mutating func forgetFollowers() {
    next.removeAll()
    match.removeAll()
    unsure.removeAll()
  }
}
