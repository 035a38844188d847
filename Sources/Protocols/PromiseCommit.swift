public import SystemModel

/// Agreement on one value by promises and commits, as the documented message flow has it.
///
/// Source: "Consensus message flow", diagram 1 of the documented coordination flows. It is the
/// first phase of Lamport, "Paxos Made Simple" (2001), section 2.2, followed at once by the
/// commit: the paper's second phase, in which a majority accepts a value before it is chosen, is
/// missing, and a promise tells nothing of values accepted before.
///
/// A *ballot* is a term and its proposer; ballots are ordered by term, then by proposer.
///
/// **States** of a proposer: `idle`, `proposing`, `committing`. A node that only answers is `idle`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: promises its own ballot and broadcasts `propose` | `proposing` |
/// | `idle` | a call, but it knows the decision: broadcasts `commit` | `committing` |
/// | `proposing` | promises of a quorum: decides and broadcasts `commit` | `committing` |
/// | `proposing` | `decided`: adopts that value and broadcasts `commit` | `committing` |
/// | `proposing` | it promises or commits to a higher ballot, or no quorum is left | `idle` |
/// | `committing` | acks of a quorum: the round is complete | `idle` |
/// | `committing` | no quorum is left | `idle` |
/// | any but `idle` | `consensus_timeout` | `idle` |
///
/// **Messages**: a node answers `propose` and `commit` with `decided` if it holds a decision (and
/// a commit of that very value with `ack`), with `refuse` if it has promised a higher ballot, and
/// else with `promise` or `ack`.
///
/// **Assumptions**: messages may be lost, late, doubled and out of order, but are not forged.
///
/// **Guarantees**: with one proposer, agreement under crashes, partitions and loss. With two
/// proposers **not even agreement**: a proposer decides when a majority has promised, none of
/// which holds the value yet; cut off at that instant it leaves a majority free to promise another
/// proposer, which cannot know and decides something else. This is the flaw to be found.
///
/// **Durable**: the promised ballot and the decided value.
public struct PromiseCommit: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Asks for a promise to a ballot of the sender.
    case propose(term: Int64, value: Int64)
    /// Promises to refuse lower ballots.
    case promise(term: Int64)
    /// Refuses a ballot, as a higher one has been promised.
    case refuse(term: Int64, promisedTerm: Int64, promisedTo: NodeID)
    /// Tells the decision.
    case commit(term: Int64, value: Int64)
    /// Holds the decision now.
    case ack(term: Int64)
    /// Holds a decision already.
    case decided(term: Int64, value: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .propose(let term, let value): MessagePayload(0, term, value)
      case .promise(let term): MessagePayload(1, term)
      case .refuse(let term, let promisedTerm, let promisedTo):
        MessagePayload(2, term, promisedTerm, Int64(promisedTo.index))
      case .commit(let term, let value): MessagePayload(3, term, value)
      case .ack(let term): MessagePayload(4, term)
      case .decided(let term, let value): MessagePayload(5, term, value)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// The end of the proposer's patience.
    case consensusTimeout
  }

  /// A term and its proposer; ordered by term, then by proposer.
  struct Ballot: Hashable, Comparable {
    /// Below every ballot.
    static let none = Ballot(term: 0, proposer: NodeID(0))

    var term: Int64
    var proposer: NodeID

    static func < (left: Ballot, right: Ballot) -> Bool {
      (left.term, left.proposer) < (right.term, right.proposer)
    }
  }

  /// What a proposer is at, in the order of the declared words.
  enum Phase: Int64 {
    case idle
    case proposing
    case committing
  }

  private enum Observed {
    static let proposed: UInt8 = 0
    static let promised: UInt8 = 1
    static let decided: UInt8 = 2
    static let learned: UInt8 = 3
    static let completed: UInt8 = 4
    static let gaveUp: UInt8 = 5
  }

  static let terms: ClosedRange<Int64> = 1...1_000_000_000_000

  let id: NodeID
  let peers: Int
  let timeout: Duration
  /// How many other nodes must promise, and then acknowledge.
  let needed: Int
  let mistake: Mistake?

  // Durable.
  var promised = Ballot.none
  var value = WordType.absent

  // Volatile; what the last round came to stays to be seen.
  var phase = Phase.idle
  var call: CallID?
  var ballot = Ballot.none
  var proposal = WordType.absent
  var promises = NodeSet()
  var acks = NodeSet()
  /// Answers of the present phase that came twice, which count only by mistake.
  var copies = 0
  var refusals = NodeSet()
  var isCompleted = false
  var highestTermSeen: Int64 = 0

  var isDecided: Bool { value != WordType.absent }

  /// A node that has promised nothing.
  public init(_ context: NodeContext) {
    id = context.id
    peers = context.nodeCount - 1
    mistake = context.mistake()
    needed =
      if mistake == .quorumOfHalf {
        max(0, context.nodeCount / 2 - 1)
      } else {
        context.word("quorum") == 1 ? context.nodeCount / 2 : peers
      }
    timeout = context.duration("timeout") ?? .zero
  }

  /// Nothing happens until a client calls.
  public mutating func start(_ effects: inout Effects<Self>) {}

  /// `propose`: starts a round, unless there is one or its ballot would be refused here.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    let term =
      call.second == WordType.absent ? max(promised.term, highestTermSeen) + 1 : call.second
    let next = Ballot(term: term, proposer: id)
    if isCompleted {
      effects.complete(call.id, .ok, value: value)
    } else if phase == .idle, Self.terms.contains(term), promised < next {
      propose(call.first, next, for: call.id, &effects)
    } else {
      effects.complete(call.id, .fail)
    }
  }

  /// Acts as an acceptor on `propose` and `commit`, as the proposer on the answers.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .propose(let term, _):
      evaluate(Ballot(term: term, proposer: sender), &effects)
    case .commit(let term, let value):
      apply(value, Ballot(term: term, proposer: sender), &effects)
    case .promise(let term):
      guard phase == .proposing, term == ballot.term else { return }
      if !promises.insert(sender) { countCopy() }
      decideIfPromised(&effects)
    case .ack(let term):
      guard phase == .committing, term == ballot.term else { return }
      if !acks.insert(sender) { countCopy() }
      completeIfAcknowledged(&effects)
    case .refuse(let term, let promisedTerm, _):
      highestTermSeen = max(highestTermSeen, promisedTerm)
      guard phase != .idle, term == ballot.term else { return }
      countRefusal(of: sender, &effects)
    case .decided(let term, let value):
      adopt(value, term: term, toldBy: sender, &effects)
    }
  }

  /// The proposer's patience is over.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    giveUp(&effects)
  }

  /// Phase 1, propose: the proposer promises its own ballot and asks for promises.
  private mutating func propose(
    _ value: Int64, _ next: Ballot, for call: CallID, _ effects: inout Effects<Self>
  ) {
    self.call = call
    ballot = next
    promised = next
    proposal = isDecided ? self.value : value
    promises.removeAll()
    acks.removeAll()
    copies = 0
    effects.observe(Observed.proposed, value: proposal)
    effects.setTimer(.consensusTimeout, after: timeout)
    if isDecided {
      commit(&effects)
    } else {
      phase = .proposing
      refusals.removeAll()
      effects.broadcast(.propose(term: next.term, value: value))
      decideIfPromised(&effects)
    }
  }

  /// Phase 2, promise: a peer checks whether it has seen a higher ballot.
  private mutating func evaluate(_ asked: Ballot, _ effects: inout Effects<Self>) {
    if isDecided {
      effects.send(.decided(term: asked.term, value: value), to: asked.proposer)
    } else if asked < promised, mistake != .promiseBroken {
      refuse(asked, &effects)
    } else {
      giveUpIfOvertaken(by: asked, &effects)
      promised = max(promised, asked)
      effects.observe(Observed.promised, value: asked.term)
      effects.send(.promise(term: asked.term), to: asked.proposer)
    }
  }

  /// Decision: a quorum has promised.
  private mutating func decideIfPromised(_ effects: inout Effects<Self>) {
    guard promises.count + copies >= needed else { return }
    value = proposal
    effects.observe(Observed.decided, value: value)
    commit(&effects)
  }

  /// Phase 3, commit: the proposer tells the decision.
  private mutating func commit(_ effects: inout Effects<Self>) {
    phase = .committing
    copies = 0
    refusals.removeAll()
    effects.broadcast(.commit(term: ballot.term, value: value))
    completeIfAcknowledged(&effects)
  }

  /// Phase 3, a peer applies the decision, unless it has promised a higher ballot or holds
  /// another decision, which it never changes.
  private mutating func apply(
    _ told: Int64, _ asked: Ballot, _ effects: inout Effects<Self>
  ) {
    if isDecided, value != told {
      effects.send(.decided(term: asked.term, value: value), to: asked.proposer)
    } else if !isDecided, asked < promised {
      refuse(asked, &effects)
    } else {
      promised = max(promised, asked)
      learn(told, &effects)
      effects.send(.ack(term: asked.term), to: asked.proposer)
      if phase == .proposing { end(.ok, value: told, &effects) }
    }
  }

  /// A peer holds a decision: a proposer adopts it, whatever it wanted itself.
  private mutating func adopt(
    _ told: Int64, term: Int64, toldBy sender: NodeID, _ effects: inout Effects<Self>
  ) {
    learn(told, &effects)
    guard phase != .idle, term == ballot.term else { return }
    if phase == .proposing {
      proposal = told
      commit(&effects)
    } else if told != value {
      countRefusal(of: sender, &effects)
    }
  }

  private mutating func learn(_ told: Int64, _ effects: inout Effects<Self>) {
    guard !isDecided else { return }
    value = told
    effects.observe(Observed.learned, value: told)
  }

  private mutating func completeIfAcknowledged(_ effects: inout Effects<Self>) {
    guard acks.count + copies >= needed else { return }
    isCompleted = true
    effects.observe(Observed.completed, value: value)
    end(.ok, value: value, &effects)
  }

  /// A quorum is of nodes: a second answer of one counts for nothing.
  private mutating func countCopy() {
    if mistake == .answersCounted { copies += 1 }
  }

  private func refuse(_ asked: Ballot, _ effects: inout Effects<Self>) {
    effects.send(
      .refuse(term: asked.term, promisedTerm: promised.term, promisedTo: promised.proposer),
      to: asked.proposer)
  }

  private mutating func countRefusal(of sender: NodeID, _ effects: inout Effects<Self>) {
    refusals.insert(sender)
    if peers - refusals.count < needed { giveUp(&effects) }
  }

  /// A proposer that promises a higher ballot has refused its own.
  private mutating func giveUpIfOvertaken(by asked: Ballot, _ effects: inout Effects<Self>) {
    if phase == .proposing, ballot < asked { giveUp(&effects) }
  }

  /// Without a decision nobody holds the value: it did not happen. With one somebody may.
  private mutating func giveUp(_ effects: inout Effects<Self>) {
    effects.observe(Observed.gaveUp, value: ballot.term)
    end(phase == .committing ? .info : .fail, value: WordType.absent, &effects)
  }

  private mutating func end(
    _ outcome: CallOutcome, value: Int64, _ effects: inout Effects<Self>
  ) {
    phase = .idle
    effects.cancelTimer(.consensusTimeout)
    if let call { effects.complete(call, outcome, value: value) }
    call = nil
  }

  /// Keeps the promised ballot and the decision, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    phase = .idle
    call = nil
    ballot = .none
    proposal = WordType.absent
    promises.removeAll()
    acks.removeAll()
    copies = 0
    refusals.removeAll()
    isCompleted = false
    highestTermSeen = 0
    if mistake == .decisionForgotten { value = WordType.absent }
    guard !keepingDisk else { return }
    promised = .none
    value = WordType.absent
  }

  /// Goes on as an acceptor; the round of before is over.
  public mutating func restart(_ effects: inout Effects<Self>) {}

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: value
    case 1: isDecided ? 1 : 0
    case 2: isCompleted ? 1 : 0
    case 3: promised.term
    case 4: promised == .none ? WordType.absent : Int64(promised.proposer.index)
    case 5: phase.rawValue
    case 6: proposal
    case 7: Int64(promises.count)
    case 8: Int64(acks.count)
    default: Int64(refusals.count)
    }
  }
}

extension PromiseCommit {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "promise-commit",
    summary: "Agrees on one value: propose, promise, commit, ack; unsafe with two proposers.",
    source: "The documented consensus message flow; phase 1 of Lamport, Paxos Made Simple (2001),"
      + " section 2.2, without its phase 2.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Only one node proposes; with two, agreement is not guaranteed.",
      "Disks keep what was written: a wiped disk forgets promises and the decision.",
    ],
    guarantees: [
      "Agreement, validity and integrity with one proposer, under loss, partitions and crashes.",
      "Completion in two round trips and two handling times, if the quorum is reachable.",
      "No agreement with two proposers: a promise does not tell what was decided before.",
    ],
    family: .consensus,
    messages: [
      MessageDeclaration(
        "propose", [.init("term", .int), .init("value", .symbol)],
        "Asks for a promise to the sender's ballot of this term."),
      MessageDeclaration(
        "promise", [.init("term", .int)], "Promises to refuse every lower ballot."),
      MessageDeclaration(
        "refuse",
        [.init("term", .int), .init("promised_term", .int), .init("promised_to", .node)],
        "Refuses a proposal or commit, as a higher ballot has been promised."),
      MessageDeclaration(
        "commit", [.init("term", .int), .init("value", .symbol)], "Tells the decision."),
      MessageDeclaration("ack", [.init("term", .int)], "Has applied the decision."),
      MessageDeclaration(
        "decided", [.init("term", .int), .init("value", .symbol)],
        "Answers a proposal, or a commit of another value: this is already decided."),
    ],
    timers: [
      TimerDeclaration("consensus_timeout", "The proposer waits no longer; see `timeout`.")
    ],
    fields: [
      FieldDeclaration(
        "value", .symbol, nullable: true, durable: true, "The decision, if this node knows it."),
      FieldDeclaration(
        "decided", .bool, durable: true,
        "Whether this node knows the decision; of a proposer, from the decision on."),
      FieldDeclaration(
        "completed", .bool, "Whether this node, as the proposer, has the acks it waits for."),
      FieldDeclaration("term", .int, durable: true, "The term of the highest promised ballot."),
      FieldDeclaration(
        "promised_to", .node, nullable: true, durable: true,
        "The proposer of the highest promised ballot."),
      FieldDeclaration(
        "phase", .word(["idle", "proposing", "committing"]), "What this node is at as a proposer."
      ),
      FieldDeclaration(
        "proposal", .symbol, nullable: true, "The value of this node's last round as a proposer."),
      FieldDeclaration("promises", .int, "How many other nodes promised in that round."),
      FieldDeclaration("acks", .int, "How many other nodes acknowledged in that round."),
      FieldDeclaration("refusals", .int, "How many other nodes refused in its last phase."),
    ],
    parameters: [
      ParameterDeclaration(
        "quorum", .word(["all", "majority"]), default: .word(0), uniform: true,
        "Whose promises and acks a proposer waits for: all nodes, or a majority with itself."),
      ParameterDeclaration(
        "timeout", .duration(minimum: Duration(nanoseconds: 1)),
        default: .duration(.milliseconds(5000)),
        "How long a proposer waits in all; then its call is `fail`, or `info` once decided."),
    ],
    calls: [
      CallDeclaration(
        "propose",
        [
          .init("value", .symbol, "The value to agree on."),
          .init(
            "term", .int, default: WordType.absent, range: terms,
            "The term of the ballot; one above the highest seen if left out."),
        ],
        result: .symbol,
        "Proposes a value; over when the quorum has acknowledged the decision, which it returns."
          + " `fail` at once on a node that is proposing or has promised a ballot as high.")
    ],
    observations: [
      ObservationDeclaration("proposed", .init("value", .symbol), "A proposer starts a round."),
      ObservationDeclaration("promised", .init("term", .int), "A node promises."),
      ObservationDeclaration(
        "decided", .init("value", .symbol), "The proposer has the promises of a quorum."),
      ObservationDeclaration(
        "learned", .init("value", .symbol), "A node is told the decision and applies it."),
      ObservationDeclaration(
        "completed", .init("value", .symbol), "The proposer has the acks of a quorum."),
      ObservationDeclaration(
        "gave_up", .init("term", .int), "A proposer's round ends before it is complete."),
    ], mistakes: mistakes)
}
