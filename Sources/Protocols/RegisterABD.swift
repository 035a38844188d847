public import SystemModel

/// A register that every node has a copy of, read and written through quorums.
///
/// Source: Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in Message-Passing Systems" (JACM
/// 42, 1, 1995), section 3; for several writers with tags of (timestamp, writer) as in Lynch and
/// Shvartsman, "Robust Emulation of Shared Memory Using Dynamic Quorum-Acknowledged Broadcasts"
/// (FTCS 1997). Every node has a copy of each register and carries out the calls of its
/// clients, one at a time. Registers with different keys have nothing to do with each other.
///
/// A copy has a *tag*, timestamp × nodes + place of the writer, so that no two writes share one;
/// a node replaces its copy only by one with a higher tag.
///
/// **States** of a node that carries out a call: `idle`, `querying`, `updating`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: `query` to every other node | `querying` |
/// | `querying` | answers of a quorum; a write: the highest timestamp and one, its value | `updating` |
/// | `querying` | answers of a quorum; a read: writes the highest tag and its value back | `updating` |
/// | `querying` | the same, if nothing was ever written | `idle` |
/// | `updating` | acknowledgements of a quorum | `idle` |
/// | any but `idle` | `timeout` | `idle` |
///
/// **Messages**: `query` → `answer`, then `update` → `ack`. A query has a number, so that an answer
/// to an earlier one is not taken for one to this; an acknowledgement names the tag that was
/// stored, which stays true. With `retry`, who has not answered is asked again.
///
/// **Assumptions**: messages may be lost, late, doubled and out of order, but are not forged; disks
/// keep what was written.
///
/// **Guarantees**: linearizable reads and writes under all of these; each call of a live node ends
/// while a majority can be reached and nothing is lost, or is repeated.
///
/// **Durable**: the copies and the number of the last query.
public struct RegisterABD: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Asks for the copy of a register.
    case query(request: Int64, key: Int64)
    /// Tells the copy; tag 0 if nothing was ever written.
    case answer(request: Int64, tag: Int64, value: Int64)
    /// Asks to store a copy, unless there is a newer one.
    case update(key: Int64, tag: Int64, value: Int64)
    /// Has a copy with this tag or a higher one.
    case ack(key: Int64, tag: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .query(let request, let key): MessagePayload(0, request, key)
      case .answer(let request, let tag, let value): MessagePayload(1, request, tag, value)
      case .update(let key, let tag, let value): MessagePayload(2, key, tag, value)
      case .ack(let key, let tag): MessagePayload(3, key, tag)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// The end of its patience with a call.
    case timeout
    /// Time to ask again.
    case retry
  }

  /// What a node is at, in the order of the declared words.
  enum Phase: Int64 {
    case idle
    case querying
    case updating
  }

  /// The kinds of calls, in the order of the declarations.
  private enum Kind {
    static let read: UInt8 = 0
    static let write: UInt8 = 1
  }

  private enum Observed {
    static let stored: UInt8 = 0
    static let returned: UInt8 = 1
    static let written: UInt8 = 2
    static let gaveUp: UInt8 = 3
  }

  /// A node's copy of a register.
  struct Copy: Hashable {
    let key: Int64
    var tag: Int64 = 0
    var value = WordType.absent
  }

  let id: NodeID
  let nodeCount: Int
  let timeout: Duration
  let shortestRetry: Duration?
  let longestRetry: Duration
  /// How many other nodes must answer.
  let needed: Int
  let mistake: Mistake?

  // Durable.
  /// The registers that were ever written, by key.
  private(set) var copies: [Copy] = []
  private(set) var request: Int64 = 0

  // Volatile.
  private(set) var phase = Phase.idle
  private var call: ClientCall?
  /// The highest copy that was answered, then the one that is being stored.
  private var best = Copy(key: WordType.absent)
  private var answered = NodeSet()
  /// Answers that came twice, which count only by mistake.
  private var answerCopies = 0
  private var waiting = CallQueue()

  /// A node with nothing stored.
  public init(_ context: NodeContext) {
    id = context.id
    nodeCount = context.nodeCount
    timeout = context.duration("timeout") ?? .zero
    let retry = context.durations("retry")
    shortestRetry = retry?.low
    longestRetry = retry?.high ?? .zero
    mistake = context.mistake()
    needed =
      if mistake == .quorumOfHalf {
        max(context.nodeCount / 2 - 1, 0)
      } else if context.word("quorum") == 0 {
        context.nodeCount - 1
      } else {
        context.nodeCount / 2
      }
  }

  /// Nothing happens until a client calls.
  public mutating func start(_ effects: inout Effects<Self>) {}

  /// `read` and `write`: taken up at once, or after those before.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    if phase == .idle {
      begin(call, &effects)
    } else {
      waiting.append(call)
    }
  }

  /// Answers for its own copies, and counts the answers to its own questions.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .query(let request, let key):
      let own = copy(of: key)
      effects.send(.answer(request: request, tag: own.tag, value: own.value), to: sender)
    case .answer(let request, let tag, let value):
      guard phase == .querying, request == self.request || mistake == .oldAnswersCounted else {
        return
      }
      count(sender)
      if tag > best.tag {
        best.tag = tag
        best.value = value
      }
      endQuery(&effects)
    case .update(let key, let tag, let value):
      store(Copy(key: key, tag: tag, value: value), &effects)
      effects.send(.ack(key: key, tag: tag), to: sender)
    case .ack(let key, let tag):
      guard phase == .updating, key == best.key, tag == best.tag else { return }
      count(sender)
      endUpdate(&effects)
    }
  }

  /// The node's patience is over, or it asks again.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .timeout:
      // What was given to others to store may stay; a read leaves no trace that matters.
      let mayHaveHappened = phase == .updating && call?.kind == Kind.write
      effects.observe(Observed.gaveUp)
      end(mayHaveHappened ? .info : .fail, value: WordType.absent, &effects)
    case .retry:
      var missing = NodeSet()
      for node in 0..<nodeCount where node != id.index && !answered.contains(NodeID(node)) {
        missing.insert(NodeID(node))
      }
      effects.send(question, to: missing)
      setRetry(&effects)
    }
  }

  /// Keeps the copies and the number of the last query, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    phase = .idle
    call = nil
    best = Copy(key: WordType.absent)
    answered.removeAll()
    waiting.removeAll()
    if mistake == .copyForgotten { copies.removeAll() }
    guard !keepingDisk else { return }
    copies.removeAll()
    request = 0
  }

  /// Goes on answering; the calls of before are given up.
  public mutating func restart(_ effects: inout Effects<Self>) {}

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    let own = copy(of: WordType.absent)
    switch index {
    case 0: return own.value
    case 1: return own.tag / Int64(nodeCount)
    case 2: return own.tag == 0 ? WordType.absent : own.tag % Int64(nodeCount)
    case 3: return Int64(copies.count)
    case 4: return phase.rawValue
    case 5: return phase == .idle ? 0 : Int64(answered.count)
    case 6: return Int64(waiting.count)
    default: return request
    }
  }

  /// `readers`, `writers` and `stale`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    switch selector {
    case 0: return view.live { $0.call?.kind == Kind.read }
    case 1: return view.live { $0.call?.kind == Kind.write }
    default:
      let newest = view.machines.map { $0.copy(of: WordType.absent).tag }.max() ?? 0
      return view.live { $0.copy(of: WordType.absent).tag < newest }
    }
  }
}

/// What a node does for its clients.
extension RegisterABD {
  private mutating func begin(_ call: ClientCall, _ effects: inout Effects<Self>) {
    self.call = call
    phase = .querying
    request += 1
    best = copy(of: call.kind == Kind.read ? call.first : call.second)
    countAnew()
    effects.broadcast(question)
    effects.setTimer(.timeout, after: timeout)
    setRetry(&effects)
    endQuery(&effects)
  }

  /// What is asked in the present phase.
  private var question: Message {
    phase == .querying
      ? .query(request: request, key: best.key)
      : .update(key: best.key, tag: best.tag, value: best.value)
  }

  private mutating func endQuery(_ effects: inout Effects<Self>) {
    guard let call, hasQuorum else { return }
    if call.kind == Kind.write {
      let writer = mistake == .sharedTags ? 0 : Int64(id.index)
      best.tag = (best.tag / Int64(nodeCount) + 1) * Int64(nodeCount) + writer
      best.value = call.first
    } else if best.tag == 0 || mistake == .noWriteBack {
      effects.observe(Observed.returned, value: best.value)
      end(.ok, value: best.value, &effects)
      return
    }
    phase = .updating
    store(best, &effects)
    countAnew()
    effects.broadcast(question)
    setRetry(&effects)
    endUpdate(&effects)
  }

  private mutating func endUpdate(_ effects: inout Effects<Self>) {
    guard let call, hasQuorum else { return }
    let isRead = call.kind == Kind.read
    effects.observe(isRead ? Observed.returned : Observed.written, value: best.value)
    end(.ok, value: isRead ? best.value : WordType.absent, &effects)
  }

  private var hasQuorum: Bool { answered.count + answerCopies > needed }

  private mutating func count(_ sender: NodeID) {
    if !answered.insert(sender), mistake == .answersCounted { answerCopies += 1 }
  }

  /// A phase begins: the node itself is the first that answers.
  private mutating func countAnew() {
    answered.removeAll()
    answerCopies = 0
    answered.insert(id)
  }

  /// The call is over; the next one is taken up.
  private mutating func end(
    _ outcome: CallOutcome, value: Int64, _ effects: inout Effects<Self>
  ) {
    phase = .idle
    effects.cancelTimer(.timeout)
    if shortestRetry != nil { effects.cancelTimer(.retry) }
    if let call { effects.complete(call.id, outcome, value: value) }
    call = nil
    if let next = waiting.popFirst() { begin(next, &effects) }
  }

  private func setRetry(_ effects: inout Effects<Self>) {
    guard let shortestRetry else { return }
    effects.setTimer(.retry, between: shortestRetry, and: longestRetry)
  }
}

/// What a node has stored.
extension RegisterABD {
  /// The copy of a register; tag 0 if nothing was ever written.
  func copy(of key: Int64) -> Copy { copies.first { $0.key == key } ?? Copy(key: key) }

  private mutating func store(_ copy: Copy, _ effects: inout Effects<Self>) {
    guard copy.tag > self.copy(of: copy.key).tag || mistake == .olderStored else { return }
    copies.removeAll { $0.key == copy.key }
    copies.insert(copy, at: copies.firstIndex { $0.key > copy.key } ?? copies.count)
    effects.observe(Observed.stored, value: copy.value)
  }
}

extension RegisterABD {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "abd-register",
    summary: "Reads and writes a replicated register through majorities.",
    source: "Attiya, Bar-Noy and Dolev, Sharing Memory Robustly in Message-Passing Systems (1995),"
      + " section 3, with tags of several writers.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Disks keep what was written: a wiped disk forgets copies that others count on.",
    ],
    guarantees: [
      "Linearizable reads and writes under loss, partitions and crashes that keep the disk.",
      "A call ends after two round trips while a majority can be reached; with `retry` also if"
        + " messages are lost.",
    ],
    family: .register,
    messages: [
      MessageDeclaration(
        "query", [.init("request", .int), .init("key", .symbol, nullable: true)],
        "Asks for the copy of a register."),
      MessageDeclaration(
        "answer",
        [.init("request", .int), .init("tag", .int), .init("value", .symbol, nullable: true)],
        "Tells the copy: its tag is timestamp × nodes + place of the writer, 0 if never written."),
      MessageDeclaration(
        "update",
        [.init("key", .symbol, nullable: true), .init("tag", .int), .init("value", .symbol)],
        "Asks to store a copy, unless there is a newer one."),
      MessageDeclaration(
        "ack", [.init("key", .symbol, nullable: true), .init("tag", .int)],
        "Has a copy with this tag or a higher one."),
    ],
    timers: [
      TimerDeclaration("timeout", "The node waits no longer for a quorum; see `timeout`."),
      TimerDeclaration("retry", "The node asks again who has not answered; see `retry`."),
    ],
    fields: fields,
    parameters: parameters,
    calls: [
      CallDeclaration(
        "read", [.init("key", .symbol, default: WordType.absent, keySummary)], result: .symbol,
        "Reads a register; returns its value, or null if nothing was ever written. `fail` if no"
          + " quorum answers in time."),
      CallDeclaration(
        "write",
        [
          .init("value", .symbol, "The value to write."),
          .init("key", .symbol, default: WordType.absent, keySummary),
        ],
        "Writes a register. If no quorum answers in time `fail`, or `info` once the value was given"
          + " to others."),
    ],
    observations: [
      ObservationDeclaration("stored", .init("value", .symbol), "A node stores a newer copy."),
      ObservationDeclaration(
        "returned", .init("value", .symbol, nullable: true), "A read is over, with this value."),
      ObservationDeclaration(
        "written", .init("value", .symbol), "A write is over: a quorum has the value."),
      ObservationDeclaration("gave_up", nil, "A node ends a call, as no quorum has answered."),
    ],
    selectors: [
      SelectorDeclaration("readers", "The nodes that are carrying out a read."),
      SelectorDeclaration("writers", "The nodes that are carrying out a write."),
      SelectorDeclaration(
        "stale", "The live nodes without the newest copy of the register without a key."),
    ], mistakes: mistakes)

  private static let keySummary =
    "Which register, of any number; one more, without a name, if left out."

  private static let fields = [
    FieldDeclaration(
      "value", .symbol, nullable: true, durable: true,
      "This node's copy of the register without a key."),
    FieldDeclaration(
      "timestamp", .int, durable: true, "The timestamp of that copy; 0 if never written."),
    FieldDeclaration(
      "writer", .node, nullable: true, durable: true, "Who wrote that copy."),
    FieldDeclaration(
      "registers", .int, durable: true, "How many registers this node has copies of."),
    FieldDeclaration(
      "phase", .word(["idle", "querying", "updating"]), "What this node is at for a client."),
    FieldDeclaration(
      "answers", .int, "How many nodes, itself included, have answered in this phase."),
    FieldDeclaration("pending", .int, "How many calls wait at this node until it is idle."),
    FieldDeclaration("request", .int, durable: true, "The number of this node's last query."),
  ]

  private static let parameters = [
    ParameterDeclaration(
      "quorum", .word(["all", "majority"]), default: .word(1), uniform: true,
      "How many nodes, itself included, a node waits for: all, or a majority."),
    ParameterDeclaration(
      "timeout", .duration(minimum: Duration(nanoseconds: 1)),
      default: .duration(.milliseconds(5000)),
      "How long a node tries to carry out a call; then it is `fail`, or `info` if it is a write"
        + " whose value was given to others."),
    ParameterDeclaration(
      "retry", .durationRange(minimum: Duration(nanoseconds: 1)),
      "How long a node waits for answers before it asks again; never if left out. Of a range,"
        + " drawn each time anew."),
  ]
}
