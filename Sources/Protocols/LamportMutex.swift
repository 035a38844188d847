public import SystemModel

/// Mutual exclusion by a queue of requests that every node keeps, in the order of timestamps.
///
/// Source: Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (CACM 21,
/// 7, 1978), "Ordering the Events Totally", rules 1 to 5.
///
/// **States**: `idle`, `waiting`, `inside`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: rule 1, `request` to every other node | `waiting` |
/// | `waiting` | rule 5: first in its queue, and a later message from every other node | `inside` |
/// | `inside` | the time to hold is over: rule 3, `release` to every other node | `idle` |
///
/// **Messages**: `request` is answered by `ack` at once (rule 2); `release` takes the request out
/// of every queue (rule 4). Each carries the clock of its sender. 3(N−1) messages an entry.
///
/// **Assumptions**: messages between two nodes arrive in the order in which they were sent, each
/// of them once and none lost; the paper says so. On channels that reorder, an `ack` may overtake
/// an earlier `request`, and two nodes enter; a `release` that overtakes its `request` leaves the
/// request in the queue for ever.
///
/// **Guarantees**: mutual exclusion, entries in the order of timestamps, no starvation. The paper
/// knows no crashes. While a node is down nobody gets its acknowledgement, and if it held the
/// resource everybody waits for ever. We keep clock and queue on disk, and a node that restarts
/// withdraws the request it finds there by a `release`, so that the others go on. But a request
/// that arrives while a node is down is lost, and with it every guarantee.
///
/// **Durable**: the clock and the queue.
public struct LamportMutex: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Requests the resource; the timestamp orders the requests.
    case request(timestamp: Int64)
    /// Has put a request into the queue.
    case ack(timestamp: Int64)
    /// Has left, or has given up waiting.
    case release(timestamp: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .request(let timestamp): MessagePayload(0, timestamp)
      case .ack(let timestamp): MessagePayload(1, timestamp)
      case .release(let timestamp): MessagePayload(2, timestamp)
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
  /// From how many other nodes a later message is needed.
  let needed: Int
  let mistake: Mistake?

  // Durable.
  var clock: Int64 = 0
  var queue = RequestQueue()

  // Volatile.
  var state = State.idle
  var current: ClientCall?
  var request = WordType.absent
  /// The nodes from which a message later than the own request has come.
  var heardLater = NodeSet()
  /// Further messages of those nodes, which count only by mistake.
  var copies = 0
  var pending = CallQueue()

  /// A node that wants nothing.
  public init(_ context: NodeContext) {
    id = context.id
    mistake = context.mistake()
    needed = mistake == .majorityOfAcks ? context.nodeCount / 2 : context.nodeCount - 1
  }

  /// Nothing happens until a client calls.
  public mutating func start(_ effects: inout Effects<Self>) {}

  /// `acquire`: requests the resource, after the calls before this one.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    if state == .idle {
      requestResource(for: call, &effects)
    } else {
      pending.append(call)
    }
  }

  /// Acts on a message; its timestamp sets the clock, and may be the later one that is needed.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .request(let timestamp):
      hear(timestamp, from: sender)
      queue.insert(TimestampedRequest(timestamp: timestamp, node: sender))
      clock += 1
      effects.send(.ack(timestamp: clock), to: sender)
    case .ack(let timestamp):
      hear(timestamp, from: sender)
    case .release(let timestamp):
      hear(timestamp, from: sender)
      queue.remove(of: sender)
    }
    enterIfGranted(&effects)
  }

  /// The critical section is over.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    effects.observe(Observed.exited, value: request)
    releaseResource(&effects)
    if let current { effects.complete(current.id, .ok) }
    state = .idle
    current = nil
    request = WordType.absent
    forgetAnswers()
    if let next = pending.popFirst() { requestResource(for: next, &effects) }
  }

  /// Rule 1.
  private mutating func requestResource(
    for call: ClientCall, _ effects: inout Effects<Self>
  ) {
    clock += 1
    state = .waiting
    current = call
    request = clock
    forgetAnswers()
    queue.insert(TimestampedRequest(timestamp: clock, node: id))
    effects.observe(Observed.requested, value: clock)
    effects.broadcast(.request(timestamp: clock))
    enterIfGranted(&effects)
  }

  /// The clock passes the timestamp of every message (rule IR2).
  private mutating func hear(_ timestamp: Int64, from sender: NodeID) {
    clock = (mistake == .clockNotAdvanced ? clock : max(clock, timestamp)) + 1
    let isLater = timestamp > request || mistake == .earlierMessagesCount
    guard state == .waiting, isLater else { return }
    if !heardLater.insert(sender), mistake == .acksCounted { copies += 1 }
  }

  private mutating func forgetAnswers() {
    heardLater.removeAll()
    copies = 0
  }

  /// Rule 5.
  private mutating func enterIfGranted(_ effects: inout Effects<Self>) {
    guard state == .waiting, heardLater.count + copies >= needed, isFirst, let current
    else { return }
    state = .inside
    effects.observe(Observed.entered, value: request)
    effects.setTimer(.hold, after: Duration(nanoseconds: current.first))
  }

  private var isFirst: Bool {
    switch mistake {
    case .queueIgnored: true
    case .noTieBreak: queue.first?.timestamp == request
    default: queue.first?.node == id
    }
  }

  /// Rule 3.
  private mutating func releaseResource(_ effects: inout Effects<Self>) {
    queue.remove(of: id)
    clock += 1
    effects.broadcast(.release(timestamp: clock))
  }

  /// Keeps the clock and the queue, unless the disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    state = .idle
    current = nil
    request = WordType.absent
    forgetAnswers()
    pending.removeAll()
    if mistake == .queueForgotten { queue.removeAll() }
    guard !keepingDisk else { return }
    clock = 0
    queue.removeAll()
  }

  /// Withdraws the request of before the crash, if the disk has one.
  public mutating func restart(_ effects: inout Effects<Self>) {
    if queue.requests.contains(where: { $0.node == id }) { releaseResource(&effects) }
  }

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: state.rawValue
    case 1: clock
    case 2: request
    case 4: Int64(heardLater.count)
    default: Int64(pending.count)
    }
  }

  /// The queue, in the order of the requests.
  public func list(ofField index: Int) -> [Int64] { queue.words }

  /// `lock-holder`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    view.live { $0.state == .inside }
  }
}

extension LamportMutex {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "lamport-mutex",
    summary: "Lets one node at a time in, by request queues in the order of Lamport timestamps.",
    source: "Lamport, Time, Clocks, and the Ordering of Events in a Distributed System (1978).",
    assumptions: [
      "Channels are fifo, lose nothing and copy nothing.",
      "No node crashes; one that held the resource frees it when it restarts with its disk, but a"
        + " request that arrives while it is down is lost.",
    ],
    guarantees: [
      "Mutual exclusion, and entries in the order of timestamps.",
      "No starvation: every request is granted.",
    ],
    family: .mutex,
    messages: [
      MessageDeclaration(
        "request", [.init("timestamp", .int)], "Requests the resource, as of this timestamp."),
      MessageDeclaration(
        "ack", [.init("timestamp", .int)], "Has put the request into the queue."),
      MessageDeclaration(
        "release", [.init("timestamp", .int)], "Does not hold or want the resource any more."),
    ],
    timers: MutexWords.timers,
    fields: [
      MutexWords.state,
      FieldDeclaration("timestamp", .int, durable: true, "The node's Lamport clock."),
      FieldDeclaration(
        "request", .int, nullable: true, "The timestamp of the node's own request."),
      FieldDeclaration(
        "queue", .nodeList, durable: true, "Who has requested, in the order of timestamps."),
      FieldDeclaration(
        "acks", .int, "From how many other nodes a message later than the own request has come."),
      MutexWords.pending,
    ],
    calls: MutexWords.calls, observations: MutexWords.observations("timestamp"),
    selectors: MutexWords.selectors, mistakes: mistakes)
}
