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
  let needed: Int
  let mistake: Mistake?

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
  /// Answers of the present phase that came twice, which count only by mistake.
  var copies = 0
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
    mistake = context.mistake()
    needed =
      if mistake == .quorumOfHalf {
        max(0, context.nodeCount / 2 - 1)
      } else {
        context.word("quorum") == 1 ? context.nodeCount / 2 : context.nodeCount - 1
      }
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
      guard phase == .preparing, isAnswer(to: number) else { return }
      if !promises.insert(sender) { countCopy() }
      if mistake != .toldValueIgnored { takeOver(acceptedNumber, acceptedValue) }
      acceptIfPromised(&effects)
    case .refuse(let number, let promised):
      highestSeen = max(highestSeen, promised)
      guard number == self.number else { return }
      countRefusal(of: sender, &effects)
    case .accept(let number, let value):
      answerAccept(number, value, from: sender, &effects)
    case .accepted(let number):
      guard phase == .accepting, isAnswer(to: number) else { return }
      if !acks.insert(sender) { countCopy() }
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
    copies = 0
    refusals.removeAll()
    hasAsked = false
    isCompleted = false
    highestSeen = 0
    if mistake == .promiseForgotten { promised = 0 }
    if mistake == .acceptanceForgotten { forgetAcceptance() }
    guard !keepingDisk else { return }
    promised = 0
    forgetAcceptance()
    value = WordType.absent
  }

  private mutating func forgetAcceptance() {
    acceptedNumber = WordType.absent
    acceptedValue = WordType.absent
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
    let place = mistake == .sharedNumbers ? 0 : Int64(id.index)
    return Self.terms.contains(term) ? term * Int64(nodeCount) + place : nil
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
    copies = 0
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

  /// An answer to a number of before is none to the present one.
  private func isAnswer(to number: Int64) -> Bool {
    number == self.number || mistake == .oldAnswersCounted
  }

  /// A quorum is of nodes: a second answer of one counts for nothing.
  private mutating func countCopy() {
    if mistake == .answersCounted { copies += 1 }
  }

  /// The value of the highest-numbered proposal among the answers is the one to propose.
  private mutating func takeOver(_ acceptedNumber: Int64, _ acceptedValue: Int64) {
    let isHighest = acceptedNumber > highestAccepted || mistake == .anyToldValue
    guard acceptedNumber != WordType.absent, isHighest else { return }
    highestAccepted = acceptedNumber
    proposal = acceptedValue
  }

  /// Phase 2a; the proposer is the first to accept.
  private mutating func acceptIfPromised(_ effects: inout Effects<Self>) {
    guard promises.count + copies >= needed else { return }
    phase = .accepting
    hasAsked = true
    copies = 0
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
    } else if asked < promised, mistake != .acceptUnchecked {
      effects.send(.refuse(number: asked, promised: promised), to: sender)
    } else {
      promised = max(promised, asked)
      acceptedNumber = asked
      acceptedValue = value
      effects.observe(Observed.accepted, value: value)
      effects.send(.accepted(number: asked), to: sender)
      giveWayIfOvertaken(&effects)
      if mistake == .learnedEarly { learn(value, &effects) }
    }
  }

  private mutating func decideIfAccepted(_ effects: inout Effects<Self>) {
    guard acks.count + copies >= needed else { return }
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
