public import SystemModel

/// Agreement on one value in two phases.
///
/// Source: Lamport, "Paxos Made Simple" (ACM SIGACT News 32, 4, 2001), section 2.2 (choosing a
/// value), 2.3 (learning) and 2.4 (progress); a single decree. Every node is a proposer, an
/// acceptor and a learner.
///
/// A proposal has a *number*, term × nodes + place of the proposer, so that no two proposers share
/// one. A proposer makes the numbers of its term unique by promising each to itself, on disk.
///
/// **States** of a proposer: `idle`, `preparing`, `accepting`, `waiting`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: promises its own number and broadcasts `prepare` | `preparing` |
/// | `preparing` | promises of a quorum: accepts and broadcasts `accept` | `accepting` |
/// | `preparing` | it promises a higher number, or no quorum is left | `waiting` |
/// | `accepting` | acceptances of a quorum: decides and broadcasts `decided` | `idle` |
/// | `accepting` | no quorum is left | `waiting` |
/// | `waiting`, or a phase that takes too long | `retry`: a higher number | `preparing` |
/// | any but `idle` | it learns the decision, or `consensus_timeout` | `idle` |
///
/// Without the option `retry` a proposer gives up where it would wait.
///
/// **Messages**: phase 1 `prepare` → `promise`, phase 2 `accept` → `accepted`, then `decided` for
/// the learners. A lower number than promised is answered with `refuse` (the optimisation at the
/// end of section 2.2), any question by a node that knows the decision with `decided`.
///
/// **Assumptions**: messages may be lost, late, doubled and out of order, but are not forged.
///
/// **Guarantees**: agreement, validity and integrity under all of these, with any number of
/// proposers, partitions, and crashes that keep the disk. Progress needs a proposer that is not
/// overtaken for two round trips: two that retry in step may overtake each other for ever.
///
/// **Durable**: the promised number, the accepted number and value, the decision.
public struct Paxos: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Phase 1a: asks for a promise.
    case prepare(number: Int64)
    /// Phase 1b: promises, and tells the highest proposal accepted so far.
    case promise(number: Int64, acceptedNumber: Int64, acceptedValue: Int64)
    /// Refuses a number, as a higher one has been promised.
    case refuse(number: Int64, promised: Int64)
    /// Phase 2a: asks to accept a value.
    case accept(number: Int64, value: Int64)
    /// Phase 2b: has accepted.
    case accepted(number: Int64)
    /// The value that was chosen.
    case decided(value: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .prepare(let number): MessagePayload(0, number)
      case .promise(let number, let acceptedNumber, let acceptedValue):
        MessagePayload(1, number, acceptedNumber, acceptedValue)
      case .refuse(let number, let promised): MessagePayload(2, number, promised)
      case .accept(let number, let value): MessagePayload(3, number, value)
      case .accepted(let number): MessagePayload(4, number)
      case .decided(let value): MessagePayload(5, value)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// The end of the proposer's patience.
    case consensusTimeout
    /// Time to try a higher number.
    case retry
  }

  /// What a proposer is at, in the order of the declared words.
  enum Phase: Int64 {
    case idle
    case preparing
    case accepting
    case waiting
  }

  private enum Observed {
    static let proposed: UInt8 = 0
    static let promised: UInt8 = 1
    static let accepted: UInt8 = 2
    static let decided: UInt8 = 3
    static let learned: UInt8 = 4
    static let completed: UInt8 = 5
    static let gaveUp: UInt8 = 6
  }

  static let terms: ClosedRange<Int64> = 1...1_000_000_000_000

  let id: NodeID
  let nodeCount: Int
  let timeout: Duration
  let shortestRetry: Duration?
  let longestRetry: Duration
  /// How many other nodes must promise, and then accept.
  var needed: Int

  // Durable.
  var promised: Int64 = 0
  var acceptedNumber = WordType.absent
  var acceptedValue = WordType.absent
  var value = WordType.absent

  // Volatile; what the last round came to stays to be seen.
  var phase = Phase.idle
  var call: CallID?
  var wanted = WordType.absent
  var number: Int64 = 0
  var proposal = WordType.absent
  /// The highest number of a proposal accepted by somebody who promised.
  var highestAccepted = WordType.absent
  var promises = NodeSet()
  var acks = NodeSet()
  var refusals = NodeSet()
  /// Whether this call has asked anybody to accept anything.
  var hasAsked = false
  var isCompleted = false
  var highestSeen: Int64 = 0

  var isDecided: Bool { value != WordType.absent }

  /// A node that has promised nothing.
  public init(_ context: NodeContext) {
    id = context.id
    nodeCount = context.nodeCount
    needed = context.word("quorum") == 1 ? context.nodeCount / 2 : context.nodeCount - 1
    timeout = context.duration("timeout") ?? .zero
    let retry = context.durations("retry")
    shortestRetry = retry?.low
    longestRetry = retry?.high ?? .zero
  }

  /// Nothing happens until a client calls.
  public mutating func start(_ effects: inout Effects<Self>) {}

  /// `propose`: prepares a proposal, unless there is one or its number would be refused here. A
  /// node that knows the decision answers at once and tells the others again.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    let next = call.second == WordType.absent ? nextNumber() : number(ofTerm: call.second)
    if isDecided {
      effects.broadcast(.decided(value: value))
      effects.complete(call.id, .ok, value: value)
    } else if phase == .idle, let next, promised < next {
      self.call = call.id
      wanted = call.first
      hasAsked = false
      effects.observe(Observed.proposed, value: wanted)
      effects.setTimer(.consensusTimeout, after: timeout)
      prepare(next, &effects)
    } else {
      effects.complete(call.id, .fail)
    }
  }

  /// Acts as an acceptor on `prepare` and `accept`, as the proposer on the answers.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .prepare(let number):
      answerPrepare(number, from: sender, &effects)
    case .promise(let number, let acceptedNumber, let acceptedValue):
      guard phase == .preparing, number == self.number else { return }
      promises.insert(sender)
      takeOver(acceptedNumber, acceptedValue)
      acceptIfPromised(&effects)
    case .refuse(let number, let promised):
      highestSeen = max(highestSeen, promised)
      guard number == self.number else { return }
      countRefusal(of: sender, &effects)
    case .accept(let number, let value):
      answerAccept(number, value, from: sender, &effects)
    case .accepted(let number):
      guard phase == .accepting, number == self.number else { return }
      acks.insert(sender)
      decideIfAccepted(&effects)
    case .decided(let value):
      learn(value, &effects)
    }
  }

  /// The proposer's patience is over, or it is time for a higher number.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .consensusTimeout: giveUp(&effects)
    case .retry:
      if let next = nextNumber() { prepare(next, &effects) } else { giveUp(&effects) }
    }
  }

  /// Keeps what was promised, accepted and decided, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    phase = .idle
    call = nil
    wanted = WordType.absent
    number = 0
    proposal = WordType.absent
    highestAccepted = WordType.absent
    promises.removeAll()
    acks.removeAll()
    refusals.removeAll()
    hasAsked = false
    isCompleted = false
    highestSeen = 0
    guard !keepingDisk else { return }
    promised = 0
    acceptedNumber = WordType.absent
    acceptedValue = WordType.absent
    value = WordType.absent
  }

  /// Goes on as an acceptor; the proposal of before is given up.
  public mutating func restart(_ effects: inout Effects<Self>) {}

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: value
    case 1: isDecided ? 1 : 0
    case 2: isCompleted ? 1 : 0
    case 3: promised / Int64(nodeCount)
    case 4: promised
    case 5: acceptedNumber
    case 6: acceptedValue
    case 7: phase.rawValue
    case 8: proposal
    case 9: Int64(promises.count)
    case 10: Int64(acks.count)
    default: Int64(refusals.count)
    }
  }
}

/// Section 2.2: choosing a value.
extension Paxos {
  private func number(ofTerm term: Int64) -> Int64? {
    Self.terms.contains(term) ? term * Int64(nodeCount) + Int64(id.index) : nil
  }

  /// The number of the term above the highest seen.
  private func nextNumber() -> Int64? {
    number(ofTerm: max(promised, highestSeen) / Int64(nodeCount) + 1)
  }

  /// Phase 1a; the proposer is the first to promise.
  private mutating func prepare(_ next: Int64, _ effects: inout Effects<Self>) {
    phase = .preparing
    number = next
    promised = next
    proposal = wanted
    highestAccepted = WordType.absent
    takeOver(acceptedNumber, acceptedValue)
    promises.removeAll()
    acks.removeAll()
    refusals.removeAll()
    effects.broadcast(.prepare(number: next))
    if let shortestRetry {
      effects.setTimer(.retry, between: shortestRetry, and: longestRetry)
    }
    acceptIfPromised(&effects)
  }

  /// Phase 1b.
  private mutating func answerPrepare(
    _ asked: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    if isDecided {
      effects.send(.decided(value: value), to: sender)
    } else if asked < promised {
      effects.send(.refuse(number: asked, promised: promised), to: sender)
    } else {
      promised = asked
      effects.observe(Observed.promised, value: asked / Int64(nodeCount))
      effects.send(
        .promise(
          number: asked, acceptedNumber: acceptedNumber, acceptedValue: acceptedValue),
        to: sender)
      giveWayIfOvertaken(&effects)
    }
  }

  /// The value of the highest-numbered proposal among the answers is the one to propose.
  private mutating func takeOver(_ acceptedNumber: Int64, _ acceptedValue: Int64) {
    guard acceptedNumber > highestAccepted else { return }
    highestAccepted = acceptedNumber
    proposal = acceptedValue
  }

  /// Phase 2a; the proposer is the first to accept.
  private mutating func acceptIfPromised(_ effects: inout Effects<Self>) {
    guard promises.count >= needed else { return }
    phase = .accepting
    hasAsked = true
    refusals.removeAll()
    acceptedNumber = number
    acceptedValue = proposal
    effects.observe(Observed.accepted, value: proposal)
    effects.broadcast(.accept(number: number, value: proposal))
    decideIfAccepted(&effects)
  }

  /// Phase 2b.
  private mutating func answerAccept(
    _ asked: Int64, _ value: Int64, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    if isDecided {
      effects.send(.decided(value: self.value), to: sender)
    } else if asked < promised {
      effects.send(.refuse(number: asked, promised: promised), to: sender)
    } else {
      promised = asked
      acceptedNumber = asked
      acceptedValue = value
      effects.observe(Observed.accepted, value: value)
      effects.send(.accepted(number: asked), to: sender)
      giveWayIfOvertaken(&effects)
    }
  }

  private mutating func decideIfAccepted(_ effects: inout Effects<Self>) {
    guard acks.count >= needed else { return }
    value = proposal
    isCompleted = true
    effects.observe(Observed.decided, value: value)
    effects.observe(Observed.completed, value: value)
    effects.broadcast(.decided(value: value))
    end(.ok, value: value, &effects)
  }
}

/// Sections 2.3 and 2.4: learning a chosen value, and progress.
extension Paxos {
  private mutating func learn(_ told: Int64, _ effects: inout Effects<Self>) {
    guard !isDecided else { return }
    value = told
    effects.observe(Observed.learned, value: told)
    if phase != .idle { end(.ok, value: told, &effects) }
  }

  /// Before it asks anybody to accept, a proposer that promises a higher number abandons its own.
  private mutating func giveWayIfOvertaken(_ effects: inout Effects<Self>) {
    if phase == .preparing, number < promised { wait(&effects) }
  }

  private mutating func countRefusal(of sender: NodeID, _ effects: inout Effects<Self>) {
    guard phase == .preparing || phase == .accepting else { return }
    refusals.insert(sender)
    if nodeCount - 1 - refusals.count < needed { wait(&effects) }
  }

  private mutating func wait(_ effects: inout Effects<Self>) {
    if shortestRetry == nil {
      giveUp(&effects)
    } else {
      phase = .waiting
    }
  }

  /// If nobody was asked to accept, nothing was and will be; else somebody may take it over.
  private mutating func giveUp(_ effects: inout Effects<Self>) {
    effects.observe(Observed.gaveUp, value: number / Int64(nodeCount))
    end(hasAsked ? .info : .fail, value: WordType.absent, &effects)
  }

  private mutating func end(
    _ outcome: CallOutcome, value: Int64, _ effects: inout Effects<Self>
  ) {
    phase = .idle
    effects.cancelTimer(.consensusTimeout)
    if shortestRetry != nil { effects.cancelTimer(.retry) }
    if let call { effects.complete(call, outcome, value: value) }
    call = nil
  }
}

extension Paxos {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "paxos",
    summary: "Agrees on one value by prepare and accept; safe with any number of proposers.",
    source: "Lamport, Paxos Made Simple (2001), sections 2.2 to 2.4; a single decree.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Disks keep what was written: a wiped disk forgets promises and acceptances.",
    ],
    guarantees: [
      "Agreement, validity and integrity with any number of proposers, under loss, partitions and"
        + " crashes that keep the disk.",
      "A decision in two round trips if nobody interferes; no progress while proposers overtake"
        + " each other.",
    ],
    family: .consensus,
    messages: [
      MessageDeclaration(
        "prepare", [.init("number", .int)],
        "Asks for a promise to the proposal of this number: term × nodes + place of the proposer."
      ),
      MessageDeclaration(
        "promise",
        [
          .init("number", .int), .init("accepted_number", .int, nullable: true),
          .init("accepted_value", .symbol, nullable: true),
        ],
        "Promises to refuse lower numbers; tells the highest proposal accepted so far."),
      MessageDeclaration(
        "refuse", [.init("number", .int), .init("promised", .int)],
        "Refuses a number, as a higher one has been promised."),
      MessageDeclaration(
        "accept", [.init("number", .int), .init("value", .symbol)], "Asks to accept a value."),
      MessageDeclaration("accepted", [.init("number", .int)], "Has accepted the value."),
      MessageDeclaration("decided", [.init("value", .symbol)], "Tells the chosen value."),
    ],
    timers: [
      TimerDeclaration("consensus_timeout", "The proposer waits no longer; see `timeout`."),
      TimerDeclaration("retry", "The proposer tries a higher number; see `retry`."),
    ],
    fields: fields,
    parameters: [
      ParameterDeclaration(
        "quorum", .word(["all", "majority"]), default: .word(1), uniform: true,
        "Whose promises and acceptances a proposer waits for: all nodes, or a majority with itself."
      ),
      ParameterDeclaration(
        "timeout", .duration(minimum: Duration(nanoseconds: 1)),
        default: .duration(.milliseconds(5000)),
        "How long a proposer tries in all; then its call is `fail`, or `info` once it has asked"
          + " somebody to accept."),
      ParameterDeclaration(
        "retry", .durationRange(minimum: Duration(nanoseconds: 1)),
        "How long a proposer waits for a decision before it tries a higher number; never if left"
          + " out. Of a range, drawn each time anew."),
    ],
    calls: [
      CallDeclaration(
        "propose",
        [
          .init("value", .symbol, "The value to propose, unless an earlier one must be."),
          .init(
            "term", .int, default: WordType.absent, range: terms,
            "The term of the first number; one above the highest seen if left out."),
        ],
        result: .symbol,
        "Proposes a value; over when one is chosen, which it returns. `fail` at once on a node"
          + " that is proposing or has promised a number as high.")
    ],
    observations: [
      ObservationDeclaration("proposed", .init("value", .symbol), "A proposer takes up a call."),
      ObservationDeclaration("promised", .init("term", .int), "Another node promises."),
      ObservationDeclaration("accepted", .init("value", .symbol), "A node accepts a value."),
      ObservationDeclaration(
        "decided", .init("value", .symbol), "The proposer has the acceptances of a quorum."),
      ObservationDeclaration(
        "learned", .init("value", .symbol), "A node is told the chosen value."),
      ObservationDeclaration(
        "completed", .init("value", .symbol), "The proposer has the answers it waited for."),
      ObservationDeclaration(
        "gave_up", .init("term", .int), "A proposer ends its call without a decision."),
    ])

  private static let fields = [
    FieldDeclaration(
      "value", .symbol, nullable: true, durable: true,
      "The chosen value, if this node knows it."),
    FieldDeclaration("decided", .bool, durable: true, "Whether this node knows the chosen value."),
    FieldDeclaration(
      "completed", .bool, "Whether this node, as the proposer, has the acceptances of a quorum."),
    FieldDeclaration("term", .int, durable: true, "The term of the highest promised number."),
    FieldDeclaration("promised", .int, durable: true, "The highest promised number; 0 if none."),
    FieldDeclaration(
      "accepted_number", .int, nullable: true, durable: true,
      "The number of the last accepted proposal."),
    FieldDeclaration(
      "accepted_value", .symbol, nullable: true, durable: true,
      "The value of the last accepted proposal."),
    FieldDeclaration(
      "phase", .word(["idle", "preparing", "accepting", "waiting"]),
      "What this node is at as a proposer."),
    FieldDeclaration(
      "proposal", .symbol, nullable: true, "The value of this node's last number as a proposer."),
    FieldDeclaration("promises", .int, "How many other nodes promised that number."),
    FieldDeclaration("acks", .int, "How many other nodes accepted it."),
    FieldDeclaration("refusals", .int, "How many other nodes refused it in its last phase."),
  ]
}
