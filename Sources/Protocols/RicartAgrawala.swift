public import SystemModel

/// Mutual exclusion by asking every other node, which replies unless it goes first.
///
/// Source: Ricart and Agrawala, "An Optimal Algorithm for Mutual Exclusion in Computer Networks"
/// (CACM 24, 1, 1981), section 2.
///
/// **States**: `idle`, `waiting`, `inside`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: `request` to every other node, one above the highest sequence number | `waiting` |
/// | `waiting` | replies of all other nodes | `inside` |
/// | `inside` | the time to hold is over: `reply` to all that were deferred | `idle` |
///
/// **Messages**: `request` and `reply`. A node that waits or is inside defers its reply to
/// requests that come after its own, by sequence number and then by node. 2(N−1) messages an
/// entry. Our replies name the request that they answer, so that a copy of an old one counts for
/// nothing; the paper's channels make no copies.
///
/// **Assumptions**: no message is lost; the order on a channel does not matter.
///
/// **Guarantees**: mutual exclusion, entries in the order of sequence numbers, no starvation. The
/// paper's algorithm knows no crashes; it speaks of them apart. We keep the highest sequence number and the deferred
/// requests on disk, and a node that restarts answers them; so exclusion survives crashes that
/// keep the disk, and loss. But whoever asks a node that is down waits for ever, as nobody asks
/// twice; and with a wiped disk a node may go ahead of another that is inside.
///
/// **Durable**: the highest sequence number and the deferred requests.
public struct RicartAgrawala: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Asks to enter; the sequence number orders the requests.
    case request(timestamp: Int64)
    /// Lets the request of this sequence number go first.
    case reply(timestamp: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .request(let timestamp): MessagePayload(0, timestamp)
      case .reply(let timestamp): MessagePayload(1, timestamp)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// The end of the critical section.
    case hold
  }

  /// Where a node is, in the order of the declared words.
  enum State: Int64 {
    case idle
    case waiting
    case inside
  }

  private enum Observed {
    static let requested: UInt8 = 0
    static let entered: UInt8 = 1
    static let exited: UInt8 = 2
  }

  let id: NodeID
  /// How many replies are needed.
  let needed: Int
  let mistake: Mistake?

  // Durable.
  var highestSequenceNumber: Int64 = 0
  var deferred = RequestQueue()

  // Volatile.
  var state = State.idle
  var current: ClientCall?
  var ourSequenceNumber = WordType.absent
  var replies = NodeSet()
  /// Replies that came twice, which count only by mistake.
  var copies = 0
  var pending = CallQueue()

  /// A node that wants nothing.
  public init(_ context: NodeContext) {
    id = context.id
    mistake = context.mistake()
    needed = mistake == .majorityOfReplies ? context.nodeCount / 2 : context.nodeCount - 1
  }

  /// Nothing happens until a client calls.
  public mutating func start(_ effects: inout Effects<Self>) {}

  /// `acquire`: asks all others, after the calls before this one.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    if state == .idle {
      ask(for: call, &effects)
    } else {
      pending.append(call)
    }
  }

  /// Replies to a request or defers it; counts replies.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .request(let timestamp):
      answer(TimestampedRequest(timestamp: timestamp, node: sender), &effects)
    case .reply(let timestamp):
      let isForOurs = timestamp == ourSequenceNumber || mistake == .oldRepliesCounted
      guard state == .waiting, isForOurs else { return }
      if !replies.insert(sender), mistake == .repliesCounted { copies += 1 }
      enterIfAllReplied(&effects)
    }
  }

  /// The critical section is over.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    effects.observe(Observed.exited, value: ourSequenceNumber)
    state = .idle
    ourSequenceNumber = WordType.absent
    replies.removeAll()
    replyToDeferred(&effects)
    if let current { effects.complete(current.id, .ok) }
    current = nil
    if let next = pending.popFirst() { ask(for: next, &effects) }
  }

  /// The process that invokes mutual exclusion.
  private mutating func ask(for call: ClientCall, _ effects: inout Effects<Self>) {
    state = .waiting
    current = call
    highestSequenceNumber += 1
    ourSequenceNumber = highestSequenceNumber
    replies.removeAll()
    copies = 0
    effects.observe(Observed.requested, value: ourSequenceNumber)
    effects.broadcast(.request(timestamp: ourSequenceNumber))
    enterIfAllReplied(&effects)
  }

  /// The process that receives request messages: ours goes first if it is earlier.
  private mutating func answer(
    _ request: TimestampedRequest, _ effects: inout Effects<Self>
  ) {
    if mistake != .numbersNotFollowed {
      highestSequenceNumber = max(highestSequenceNumber, request.timestamp)
    }
    if mustWait(request) {
      deferred.remove(of: request.node)
      deferred.insert(request)
    } else {
      effects.send(.reply(timestamp: request.timestamp), to: request.node)
    }
  }

  /// Whether a request comes after ours.
  private func mustWait(_ request: TimestampedRequest) -> Bool {
    let ours = TimestampedRequest(timestamp: ourSequenceNumber, node: id)
    switch (state, mistake) {
    case (.idle, _), (.inside, .repliesInside): return false
    case (_, .noTieBreak): return ours.timestamp < request.timestamp
    default: return ours < request
    }
  }

  private mutating func enterIfAllReplied(_ effects: inout Effects<Self>) {
    guard replies.count + copies >= needed, let current else { return }
    state = .inside
    effects.observe(Observed.entered, value: ourSequenceNumber)
    effects.setTimer(.hold, after: Duration(nanoseconds: current.first))
  }

  private mutating func replyToDeferred(_ effects: inout Effects<Self>) {
    for request in deferred.requests {
      effects.send(.reply(timestamp: request.timestamp), to: request.node)
    }
    deferred.removeAll()
  }

  /// Keeps the highest sequence number and the deferred requests, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    state = .idle
    current = nil
    ourSequenceNumber = WordType.absent
    replies.removeAll()
    copies = 0
    pending.removeAll()
    if mistake == .deferredForgotten { deferred.removeAll() }
    guard !keepingDisk else { return }
    highestSequenceNumber = 0
    deferred.removeAll()
  }

  /// Wants nothing any more, so whoever was deferred goes first.
  public mutating func restart(_ effects: inout Effects<Self>) {
    replyToDeferred(&effects)
  }

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: state.rawValue
    case 1: highestSequenceNumber
    case 2: ourSequenceNumber
    case 4: Int64(replies.count)
    default: Int64(pending.count)
    }
  }

  /// The deferred requests, in their order.
  public func list(ofField index: Int) -> [Int64] { deferred.words }

  /// `lock-holder`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    view.live { $0.state == .inside }
  }
}

extension RicartAgrawala {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "ricart-agrawala",
    summary: "Lets one node at a time in, by asking every other node; no releases to send.",
    source: "Ricart and Agrawala, An Optimal Algorithm for Mutual Exclusion (1981), section 2.",
    assumptions: [
      "No message is lost; channels need not be fifo and may copy.",
      "Disks keep what was written; whoever asks a node that is down waits for ever.",
    ],
    guarantees: [
      "Mutual exclusion, also under loss and crashes that keep the disk.",
      "Entries in the order of sequence numbers, and no starvation, while all nodes are up.",
    ],
    family: .mutex,
    messages: [
      MessageDeclaration(
        "request", [.init("timestamp", .int)], "Asks to enter with this sequence number."),
      MessageDeclaration(
        "reply", [.init("timestamp", .int)], "Lets the request of this sequence number go first."),
    ],
    timers: MutexWords.timers,
    fields: [
      MutexWords.state,
      FieldDeclaration(
        "timestamp", .int, durable: true, "The highest sequence number the node knows of."),
      FieldDeclaration(
        "request", .int, nullable: true, "The sequence number of the node's own request."),
      FieldDeclaration(
        "queue", .nodeList, durable: true,
        "Whose requests are deferred, in the order of sequence numbers."),
      FieldDeclaration("acks", .int, "How many other nodes have replied to the own request."),
      MutexWords.pending,
    ],
    calls: MutexWords.calls, observations: MutexWords.observations("number"),
    selectors: MutexWords.selectors, mistakes: mistakes)
}
