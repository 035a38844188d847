public import SystemModel

/// The engine: carries out what will happen, in a total order of (instant, class, order of
/// scheduling), and writes what happened to the trace.
///
/// It is generic over the state machine and the source of latencies, and every hot function is
/// inlinable, so that the caller's module gets a loop specialised for the machine. It knows no
/// protocol by name, evaluates no expression and judges nothing: whoever drives it reads ``trace``
/// whenever ``run()`` pauses, and tells it with ``fire(_:)`` when a condition of a fault has come
/// true.
public struct Simulator<Machine: StateMachine, Draws: DrawSource>: ~Copyable {
  /// Why ``run()`` came back.
  public enum Pause: Hashable, Sendable {
    /// The part of the trace is full; nothing else has happened.
    case partIsFull
    /// One event has been carried out, and the plan wants to be looked at after each.
    case event
    /// Nothing more will happen.
    case ended(RunEnd)
  }

  // What does not change during a run.
  @usableFromInline let plan: SystemPlan
  @usableFromInline let nodeCount: Int
  @usableFromInline let timerCount: Int
  @usableFromInline let takesTime: Bool
  @usableFromInline let pausesAtEachEvent: Bool
  /// Whether what happens is written to ``trace``; counts and the hash are kept in any case.
  @usableFromInline let isRecording: Bool
  /// Whether ``detailHash`` is kept.
  @usableFromInline let isDetailed: Bool
  /// Whether ``notes`` are kept.
  @usableFromInline let isNoting: Bool
  /// Whether someone wants to know of timers that are set.
  @usableFromInline let heedsTimers: Bool
  @usableFromInline let partLength: Int
  /// The last instant that is carried out: such that a latency later is representable.
  @usableFromInline let deadline: Int64

  // The instant, the order of scheduling and what is to come.
  @usableFromInline var now: Int64 = 0
  @usableFromInline var order: Int64 = 0
  /// The next of the orders below 0, and the instant for which they are counted.
  @usableFromInline var earlyOrder: (next: Int64, at: Int64) = (-EventKey.bias, 0)
  @usableFromInline var eventsLeft: Int
  @usableFromInline var queue: EventQueue<Machine.Message?>
  @usableFromInline var draws: Draws

  // The nodes.
  @usableFromInline var machines: Table<Machine>
  /// The machines before the start.
  @usableFromInline let beginnings: ContiguousArray<Machine>
  @usableFromInline var runtimes: ContiguousArray<NodeRuntime>
  /// The order of the event of each running timer, by `node * timerCount + timer`; 0: none.
  @usableFromInline var armed: ContiguousArray<Int64>
  @usableFromInline var effects = Effects<Machine>()
  @usableFromInline var fields: FieldRecorder

  // Faults, handling and calls.
  @usableFromInline var board: FaultBoard
  @usableFromInline var timerBook: TimerBook
  @usableFromInline var parked: ParkedMessages = ParkedMessages()
  @usableFromInline var held: [HeldMessage<Machine.Message>] = []
  @usableFromInline var detours = Detours()
  /// What waits for a free hand at each node; empty if handling takes no time.
  @usableFromInline var waiting: ContiguousArray<HandlingQueue<Machine.Message>>
  @usableFromInline var callers: Callers
  @usableFromInline var overdue: OverdueEvents<Machine.Message> = OverdueEvents()
  /// Whether each binding of the run still acts, by its place in the trace's bindings.
  @usableFromInline var bindingIsOpen: [Bool] = []
  /// The bindings of each fault that still act, ascending.
  @usableFromInline var openBindings: [[Int]]
  @usableFromInline var phase = RunPhase.before
  /// How many nodes are down or paused.
  @usableFromInline var inertCount = 0

  /// What happened since the part was last emptied.
  public var trace = Trace()
  /// The running hash of all that was carried out and all that was lost.
  @inlinable public var traceHash: TraceHash { hash }
  /// Messages by kind and fate, kept even if nothing is recorded.
  @inlinable public var messageCounts: MessageCounts { counts }
  /// The running hash of what records say and ``traceHash`` does not tell apart: numbers of
  /// messages, reasons of losses, what faults did to messages and were bound to, and callers.
  @inlinable public var detailHash: TraceHash { details }
  /// What is kept of the run besides its trace, if that was asked for.
  public var notes = DrawNotes()
  /// The message of which a copy is made now, for ``notes``; 0: none.
  @usableFromInline var copied: Int64 = 0
  @usableFromInline var hash = TraceHash()
  @usableFromInline var details = TraceHash()
  @usableFromInline var counts = MessageCounts()

  /// The engine for a plan; `recording` says whether to write a trace, `detailed` whether to keep
  /// ``detailHash``, `noting` whether to keep ``notes``.
  @inlinable public init(
    _ plan: SystemPlan, draws: Draws, recording: Bool = true, detailed: Bool = false,
    noting: Bool = false, partLength: Int = 1024,
    machine: (NodeContext) -> Machine = { Machine($0) }
  ) {
    let description = Machine.description
    self.plan = plan
    self.draws = draws
    nodeCount = plan.topology.count
    timerCount = Machine.Timer.allCases.count
    takesTime = !plan.processing.rows.isEmpty
    pausesAtEachEvent = plan.faults.contains { $0.waitsForCondition }
    isRecording = recording
    isDetailed = detailed
    isNoting = noting
    heedsTimers = noting || !plan.timers.isEmpty
    self.partLength = partLength
    deadline = min(plan.timeLimit.nanoseconds, Int64.max - 2 * Law.longest.nanoseconds)
    eventsLeft = plan.eventLimit
    queue = EventQueue(minimumCapacity: 16 * nodeCount)
    beginnings = ContiguousArray(
      plan.topology.nodes.map { machine(plan.context(of: $0, description)) })
    machines = Table(beginnings)
    runtimes = ContiguousArray(repeating: NodeRuntime(), count: nodeCount)
    armed = ContiguousArray(repeating: 0, count: nodeCount * timerCount)
    fields = FieldRecorder(description, watched: plan.watchedFields, nodeCount: nodeCount)
    board = FaultBoard(plan, noting: noting)
    timerBook = TimerBook(plan.timers, nodeCount: nodeCount, timerCount: timerCount)
    waiting = ContiguousArray(repeating: HandlingQueue(), count: takesTime ? nodeCount : 0)
    callers = Callers(plan)
    openBindings = Array(repeating: [], count: plan.faults.count)
  }

  /// Goes back to before the start, for a run with another seed; keeps all storage, so that many
  /// runs of one plan allocate nothing.
  @inlinable public mutating func reset(seed: UInt64) {
    now = 0
    order = 0
    earlyOrder = (-EventKey.bias, 0)
    eventsLeft = plan.eventLimit
    phase = .before
    inertCount = 0
    queue.removeAll()
    draws.reset(seed: seed)
    machines.replaceAll(with: beginnings)
    for place in armed.indices { armed[place] = 0 }
    counts = MessageCounts()
    hash = TraceHash()
    details = TraceHash()
    if !plan.workloads.isEmpty { callers.reset(seed: seed) }
    if isRecording {
      trace.records.removeAll(keepingCapacity: true)
      fields.reset()
    }
    if isNoting { notes = DrawNotes() }
    if heedsTimers { timerBook.reset() }
    if takesTime || !plan.faults.isEmpty || !plan.deliveries.isEmpty {
      resetDisturbances(seed: seed)
    }
  }

  /// Puts right what only handling times and faults change.
  @inlinable mutating func resetDisturbances(seed: UInt64) {
    for node in 0..<nodeCount { runtimes[node].reset() }
    for node in waiting.indices { waiting[node].removeAll() }
    board.reset(seed: seed)
    parked.removeAll()
    overdue.removeAll()
    held.removeAll(keepingCapacity: true)
    detours.removeAll()
    bindingIsOpen.removeAll(keepingCapacity: true)
    for fault in openBindings.indices { openBindings[fault].removeAll(keepingCapacity: true) }
    trace.bindings.removeAll(keepingCapacity: true)
  }

  /// The source of latencies, as the run so far has left it.
  @inlinable public var drawSource: Draws { draws }

  /// The explicit entries of the plan that have not occurred: the places of deliveries, then those
  /// of timers, counted on.
  public var entriesLeft: [Int] {
    board.explicit.left + timerBook.left.map { plan.deliveries.count + $0 }
  }

  /// The instant of the last event carried out.
  @inlinable public var instant: Instant { Instant(nanoseconds: now) }

  /// How many events have been carried out.
  @inlinable public var eventCount: Int { plan.eventLimit - eventsLeft }

  /// The state of a node's machine.
  @inlinable public func machine(of node: NodeID) -> Machine { machines[node.index] }

  /// How many events are waiting, timers that were cancelled among them.
  @inlinable public var pendingCount: Int { queue.count }

  /// How many bytes of memory are held for events that are waiting.
  @inlinable public var queueBytes: Int { queue.storageBytes }
}

extension Simulator where Draws == Fabric {
  /// Derives all streams of draws anew from another seed: the run goes on from here as by another
  /// chance. What was drawn before stays: messages in flight, timers and calls that are due.
  public mutating func reseed(_ seed: UInt64) {
    draws.reseed(seed)
    board.reseed(seed)
    callers.reseed(seed)
  }
}

/// Where a run stands.
@usableFromInline enum RunPhase: Equatable, Sendable {
  /// Nothing has happened.
  case before
  /// Events are carried out.
  case under
  /// Nothing more will happen.
  case over(RunEnd)
}
