public import SystemModel

/// A barrier that nobody passes before everybody has arrived, again and again.
///
/// Source: the documented barrier diagram; the counter with generations is the centralised
/// (sense-reversing) barrier of Mellor-Crummey and Scott, "Algorithms for Scalable
/// Synchronization on Shared-Memory Multiprocessors" (ACM TOCS 9, 1, 1991), section 3.1, with a
/// coordinator in the place of the shared counter and numbers in the place of the sense.
///
/// **States** of a party: `idle`, `working`, `waiting`.
///
/// | from | on | to |
/// |---|---|---|
/// | `idle` | a call: begins its work | `working` |
/// | `working` | the work is done: `arrive` at the coordinator | `waiting` |
/// | `waiting` | `release`, or `left_behind`: goes on in the next generation | `idle` |
///
/// The coordinator takes no part itself. It counts arrivals of the present generation; the last
/// one, or the timeout counted from the first, ends the generation: `release` to all who wait.
///
/// **Messages**: at the start, and after a crash, a party sends `register`, which is answered only
/// if the barrier has gone on since. Who registers or arrives in a generation that is over is
/// told so: by `release`, again, if its arrival was counted in the generation before the present
/// one; else by `left_behind` and the present one, in which the party goes on.
///
/// **Assumptions**: no message is lost. Copies and disorder do no harm, as all carry generations.
///
/// **Guarantees**: without a timeout nobody is released before all parties have arrived in that
/// generation; with one, whoever is late is left behind and told so. An arrival counts even if its
/// node crashes afterwards. A party or coordinator that is down holds everybody up.
///
/// **Durable**: the generation; at the coordinator also who has registered and arrived.
public struct Barrier: StateMachine {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// A party takes part, from this generation on.
    case register(generation: Int64)
    /// A party has done its work.
    case arrive(generation: Int64)
    /// A generation is over for those who arrived in it.
    case release(generation: Int64)
    /// The barrier is in this generation already.
    case leftBehind(generation: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .register(let generation): MessagePayload(0, generation)
      case .arrive(let generation): MessagePayload(1, generation)
      case .release(let generation): MessagePayload(2, generation)
      case .leftBehind(let generation): MessagePayload(3, generation)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 { payload.kind }
  }

  /// What a node waits for.
  public enum Timer: UInt8, MachineTimer {
    /// The end of its work.
    case work
    /// The end of the coordinator's patience.
    case timeout
  }

  /// Where a party is, in the order of the declared words.
  enum State: Int64 {
    case idle
    case working
    case waiting
  }

  private enum Observed {
    static let registered: UInt8 = 0
    static let workStarted: UInt8 = 1
    static let arrived: UInt8 = 2
    static let triggered: UInt8 = 3
    static let released: UInt8 = 4
    static let leftBehind: UInt8 = 5
    static let counted: UInt8 = 6
  }

  let id: NodeID
  let coordinator: NodeID
  let timeout: Duration?
  /// How many arrivals end a generation.
  let expected: Int
  let mistake: Mistake?

  // Durable.
  var generation: Int64 = 1

  // Durable, at the coordinator.
  var registered = NodeSet()
  var arrived = NodeSet()
  /// Those who arrived, in the order in which they did.
  var waiting: [NodeID] = []
  /// Those who arrived in the generation before.
  var arrivedBefore = NodeSet()

  // Volatile.
  var state = State.idle
  var current: ClientCall?
  var pending = CallQueue()

  var isCoordinator: Bool { id == coordinator }

  /// A node in the first generation.
  public init(_ context: NodeContext) {
    guard let coordinator = context.node("coordinator") else {
      preconditionFailure("the option coordinator is required")
    }
    id = context.id
    self.coordinator = coordinator
    timeout = context.duration("timeout")
    mistake = context.mistake()
    expected = context.nodeCount - (mistake == .oneShort ? 2 : 1)
  }

  /// Registers with the coordinator.
  public mutating func start(_ effects: inout Effects<Self>) {
    guard !isCoordinator else { return }
    effects.observe(Observed.registered)
    effects.send(.register(generation: generation), to: coordinator)
  }

  /// `work`: begins it, after the calls before this one.
  public mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    if isCoordinator {
      effects.complete(call.id, .fail)
    } else if state == .idle {
      work(on: call, &effects)
    } else {
      pending.append(call)
    }
  }

  /// Counts, as the coordinator; goes on, as a party.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    switch message {
    case .register(let generation):
      registered.insert(sender)
      if generation < self.generation { tellItIsOver(sender, &effects) }
    case .arrive(let generation):
      count(sender, arrivedIn: meant(generation), &effects)
    case .release(let generation):
      let ended = meant(generation)
      pass(to: ended + 1, released: ended == self.generation, &effects)
    case .leftBehind(let generation):
      pass(to: generation, released: false, &effects)
    }
  }

  /// The generation that a message is about, which is not always the present one.
  private func meant(_ generation: Int64) -> Int64 {
    mistake == .noGenerations ? self.generation : generation
  }

  /// The work is done, or the coordinator's patience is over.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .work:
      state = .waiting
      effects.observe(Observed.arrived, value: generation)
      effects.send(.arrive(generation: generation), to: coordinator)
    case .timeout:
      release(&effects)
    }
  }

  /// Keeps the generation and, at the coordinator, who has registered and arrived, unless the
  /// disk is wiped.
  public mutating func crash(keepingDisk: Bool) {
    state = .idle
    current = nil
    pending.removeAll()
    if mistake == .arrivalsForgotten { begin(generation) }
    guard !keepingDisk else { return }
    registered.removeAll()
    arrivedBefore.removeAll()
    begin(1)
  }

  /// A party registers again; the coordinator is patient from now on if somebody waits.
  public mutating func restart(_ effects: inout Effects<Self>) {
    start(&effects)
    if !waiting.isEmpty, let timeout { effects.setTimer(.timeout, after: timeout) }
  }

  /// The word of a declared field.
  public func word(ofField index: Int) -> Int64 {
    switch index {
    case 0: state.rawValue
    case 1: generation
    case 2: Int64(waiting.count)
    case 4: Int64(registered.count)
    case 5: isCoordinator ? Int64(expected) : 0
    case 6: current?.second ?? WordType.absent
    default: Int64(pending.count)
    }
  }

  /// Who waits, in the order of arrival.
  public func list(ofField index: Int) -> [Int64] { waiting.map { Int64($0.index) } }

  /// `last-to-arrive`.
  public static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    view.machines.first { $0.isCoordinator }?.waiting.last.map { [$0] } ?? []
  }
}

/// A party.
extension Barrier {
  private mutating func work(on call: ClientCall, _ effects: inout Effects<Self>) {
    state = .working
    current = call
    effects.observe(Observed.workStarted, value: call.first)
    effects.setTimer(.work, after: Duration(nanoseconds: call.first))
  }

  /// Goes on in a later generation; nothing to do if it is there already.
  private mutating func pass(
    to next: Int64, released: Bool, _ effects: inout Effects<Self>
  ) {
    guard next > generation else { return }
    let passed = generation
    generation = next
    if !released {
      effects.observe(Observed.leftBehind, value: passed)
    } else if state == .waiting {
      effects.observe(Observed.released, value: passed)
    }
    guard state == .waiting else { return }
    state = .idle
    if let current { effects.complete(current.id, .ok, value: passed) }
    current = nil
    if let next = pending.popFirst() { work(on: next, &effects) }
  }
}

/// The coordinator.
extension Barrier {
  private mutating func count(
    _ party: NodeID, arrivedIn generation: Int64, _ effects: inout Effects<Self>
  ) {
    registered.insert(party)
    if generation < self.generation {
      tellItIsOver(party, &effects)
      return
    }
    // Only after the loss of its disk the coordinator is behind a party.
    if generation > self.generation { begin(generation) }
    guard arrived.insert(party) || mistake == .arrivalsCounted else { return }
    waiting.append(party)
    // The last arrival ends the generation at once, so that no state shows it counted.
    effects.observe(Observed.counted, value: Int64(waiting.count))
    if waiting.count == 1, let timeout { effects.setTimer(.timeout, after: timeout) }
    if waiting.count >= expected { release(&effects) }
  }

  private mutating func release(_ effects: inout Effects<Self>) {
    effects.observe(Observed.triggered, value: generation)
    if timeout != nil { effects.cancelTimer(.timeout) }
    effects.send(.release(generation: generation), to: arrived)
    swap(&arrived, &arrivedBefore)
    begin(generation + 1)
  }

  private mutating func begin(_ next: Int64) {
    generation = next
    arrived.removeAll()
    if mistake != .countKept { waiting.removeAll(keepingCapacity: true) }
  }

  private func tellItIsOver(_ party: NodeID, _ effects: inout Effects<Self>) {
    if mistake == .lateNotTold { return }
    if arrivedBefore.contains(party) {
      effects.send(.release(generation: generation - 1), to: party)
    } else {
      effects.send(.leftBehind(generation: generation), to: party)
    }
  }
}

extension Barrier {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "barrier",
    summary: "Lets nobody go on before everybody has arrived, in one generation after another.",
    source: "The documented barrier diagram; Mellor-Crummey and Scott (1991), section 3.1.",
    assumptions: [
      "No message is lost; copies and disorder do no harm.",
      "Nodes that are down come back with their disks; until then everybody waits.",
    ],
    guarantees: [
      "Without a timeout nobody is released before all parties have arrived in the generation.",
      "With a timeout whoever is late is left behind, is told so on arrival and goes on.",
    ],
    family: .barrier,
    messages: [
      MessageDeclaration(
        "register", [.init("generation", .int)], "A party takes part from this generation on."),
      MessageDeclaration(
        "arrive", [.init("generation", .int)], "A party has done its work of this generation."),
      MessageDeclaration(
        "release", [.init("generation", .int)], "The generation is over for those who arrived."),
      MessageDeclaration(
        "left_behind", [.init("generation", .int)],
        "The receiver has missed the end of its generation; the barrier is in this one."),
    ],
    timers: [
      TimerDeclaration("work", "The work of a party is done; see `work`."),
      TimerDeclaration("barrier_timeout", "The coordinator waits no longer; see `timeout`."),
    ],
    fields: [
      FieldDeclaration(
        "state", .word(["idle", "working", "waiting"]), "Where a party is; the coordinator: idle."),
      FieldDeclaration(
        "generation", .int, durable: true, "The generation the node is in, counted from 1."),
      FieldDeclaration(
        "arrived", .int, durable: true,
        "At the coordinator: how many have arrived in this generation."),
      FieldDeclaration(
        "waiting", .nodeList, durable: true,
        "At the coordinator: who has arrived in this generation, in the order of arrival."),
      FieldDeclaration(
        "registered", .int, durable: true, "At the coordinator: how many parties it knows."),
      FieldDeclaration(
        "expected", .int, durable: true,
        "At the coordinator: how many arrivals end a generation."),
      FieldDeclaration(
        "task", .symbol, nullable: true, "What the party works on, or waits after."),
      FieldDeclaration("pending", .int, "How many calls wait for the node's present one."),
    ],
    parameters: [
      ParameterDeclaration(
        "coordinator", .node, required: true, uniform: true,
        "The node that counts; all the others are parties."),
      ParameterDeclaration(
        "timeout", .duration(minimum: .zero), uniform: true,
        "How long after the first arrival of a generation it ends at the latest; never if left"
          + " out."),
    ],
    calls: [
      CallDeclaration(
        "work",
        [
          .init("duration", .duration, "How long the party works before it arrives."),
          .init("task", .symbol, default: WordType.absent, "What it works on, for readers."),
        ],
        result: .int,
        "Works, arrives and waits; over when the party is released or told that it was left"
          + " behind, with the generation. Calls at a busy party are served one after another;"
          + " `fail` at the coordinator.")
    ],
    observations: [
      ObservationDeclaration("registered", nil, "A party makes itself known to the coordinator."),
      ObservationDeclaration(
        "work_started", .init("duration", .duration), "A party begins work of this length."),
      ObservationDeclaration(
        "arrived", .init("generation", .int), "A party has done its work and waits."),
      ObservationDeclaration(
        "triggered", .init("generation", .int), "The coordinator ends this generation."),
      ObservationDeclaration(
        "released", .init("generation", .int), "A party that waited goes on."),
      ObservationDeclaration(
        "left_behind", .init("generation", .int),
        "A party is told that this generation is over, other than by a release."),
      ObservationDeclaration(
        "counted", .init("count", .int),
        "The coordinator counts an arrival: so many are there in this generation."),
    ],
    selectors: [
      SelectorDeclaration("last-to-arrive", "The latest to arrive in the present generation.")
    ], mistakes: mistakes)
}
