public import SystemModel

/// Who calls when: the workloads of a plan, and every call of the run.
///
/// A workload at instants, repeated or at a rate has one caller; one of clients has one caller a
/// client.
@usableFromInline struct Callers: Sendable {
  @usableFromInline struct Caller: Sendable {
    @usableFromInline let workload: Int
    /// The place of a client among its workload's clients.
    @usableFromInline let client: Int
    /// How many occurrences this caller has had; of a workload at instants, the next instant.
    @usableFromInline var occurrences = 0
  }

  @usableFromInline struct Call: Sendable {
    @usableFromInline let node: NodeID
    @usableFromInline let caller: Int32
    @usableFromInline fileprivate(set) var isOpen = true
    /// The open calls of the same node before and after this one, while it is open; −1: none.
    fileprivate var previous: Int32
    fileprivate var next: Int32 = -1

    fileprivate init(node: NodeID, caller: Int32, previous: Int32) {
      self.node = node
      self.caller = caller
      self.previous = previous
    }
  }

  /// A call whose event is not that of its caller.
  @usableFromInline enum Waiting: Sendable {
    /// It has not been made: one workload calls several nodes at one instant.
    case unmade(Workload.Choice, at: NodeID, caller: Int)
    /// It has been made and not been seen: its node was paused.
    case unseen(ClientCall)
  }

  @usableFromInline let workloads: [Workload]
  /// The callers, by the slot of their events.
  @usableFromInline var all: ContiguousArray<Caller> = []
  @usableFromInline var draws: [RandomSource]
  /// How many calls each workload has made.
  @usableFromInline var made: [Int]
  /// Every call, by its id.
  @usableFromInline private(set) var calls: ContiguousArray<Call> = []
  /// The last open call of each node; −1: none.
  private var lastOpen: ContiguousArray<Int32>
  /// Calls that wait, by slot; slots are used again.
  private var waiting: ContiguousArray<Waiting?> = []
  private var free: ContiguousArray<Int32> = []

  @usableFromInline init(_ plan: SystemPlan) {
    workloads = plan.workloads
    draws = workloads.map { RandomSource(seed: plan.seed, purpose: .workload, index: $0.key) }
    made = Array(repeating: 0, count: workloads.count)
    lastOpen = ContiguousArray(repeating: -1, count: plan.topology.count)
    for (place, workload) in workloads.enumerated() {
      var clients = 1
      if case .clients(let count, _, _) = workload.arrival { clients = count }
      for client in 0..<clients { all.append(Caller(workload: place, client: client)) }
    }
  }

  /// Goes back to the start of a run with another seed.
  @usableFromInline mutating func reset(seed: UInt64) {
    guard !workloads.isEmpty else { return }
    for place in all.indices { all[place].occurrences = 0 }
    for (place, workload) in workloads.enumerated() {
      draws[place] = RandomSource(seed: seed, purpose: .workload, index: workload.key)
      made[place] = 0
    }
    calls.removeAll(keepingCapacity: true)
    for node in lastOpen.indices { lastOpen[node] = -1 }
    waiting.removeAll(keepingCapacity: true)
    free.removeAll(keepingCapacity: true)
  }

  /// Draws everything from now on as a run with another seed would; what is due stays.
  mutating func reseed(_ seed: UInt64) {
    for (place, workload) in workloads.enumerated() {
      draws[place] = RandomSource(seed: seed, purpose: .workload, index: workload.key)
    }
  }

  /// Lets a call wait; returns its slot.
  @usableFromInline mutating func wait(_ call: Waiting) -> Int {
    guard let slot = free.popLast() else {
      waiting.append(call)
      return waiting.count - 1
    }
    waiting[Int(slot)] = call
    return Int(slot)
  }

  /// Takes a waiting call out.
  @usableFromInline mutating func take(_ slot: Int) -> Waiting? {
    free.append(Int32(slot))
    defer { waiting[slot] = nil }
    return waiting[slot]
  }

  /// The instant of a caller's first call; nil if it makes none.
  @usableFromInline mutating func firstCall(_ caller: Int) -> Instant? {
    let place = all[caller].workload
    switch workloads[place].arrival {
    case .at(let instants): return bounded(instants.first, place)
    case .every(let first, _): return bounded(first, place)
    case .rate(_, _, let poisson, let start):
      return bounded(poisson ? start + gap(place) : start, place)
    case .clients(_, _, let start): return bounded(start, place)
    }
  }

  /// The instant of the next call of a caller that has just called; nil if there is none, or if
  /// it waits for its call to end first.
  @usableFromInline mutating func nextCall(_ caller: Int, after now: Instant) -> Instant? {
    all[caller].occurrences += 1
    let occurrence = all[caller].occurrences
    let place = all[caller].workload
    switch workloads[place].arrival {
    case .at(let instants):
      return bounded(occurrence < instants.count ? instants[occurrence] : nil, place)
    case .every(let first, let period):
      return bounded(first + Ratio(Int64(occurrence)).of(period), place)
    case .rate(let calls, let period, let poisson, let start):
      if poisson { return bounded(now + gap(place), place) }
      return bounded(start + Ratio(Int64(occurrence), calls).of(period), place)
    case .clients: return nil
    }
  }

  /// The instant of the next call of a client whose call has just ended; nil if there is none.
  @usableFromInline mutating func nextCall(of caller: Int, thinkingFrom now: Instant) -> Instant? {
    let place = all[caller].workload
    guard case .clients(_, let think, _) = workloads[place].arrival else { return nil }
    return bounded(now + Duration(nanoseconds: think.draw(&draws[place])), place)
  }

  /// A call is invoked; returns its number.
  @usableFromInline mutating func open(at node: NodeID, caller: Int) -> CallID {
    let id = Int32(calls.count)
    let previous = lastOpen[node.index]
    calls.append(Call(node: node, caller: Int32(caller), previous: previous))
    if previous >= 0 { calls[Int(previous)].next = id }
    lastOpen[node.index] = id
    return CallID(Int(id))
  }

  /// A call ends; false if it has already.
  @usableFromInline mutating func close(_ id: CallID) -> Bool {
    let call = calls[Int(id.index)]
    guard call.isOpen else { return false }
    calls[Int(id.index)].isOpen = false
    if call.previous >= 0 { calls[Int(call.previous)].next = call.next }
    if call.next >= 0 {
      calls[Int(call.next)].previous = call.previous
    } else {
      lastOpen[call.node.index] = call.previous
    }
    return true
  }

  /// What is known of a call of the run.
  @usableFromInline func call(_ id: CallID) -> (node: NodeID, caller: Int32, isOpen: Bool) {
    let call = calls[Int(id.index)]
    return (call.node, call.caller, call.isOpen)
  }

  /// The calls of a node that are open, in the order of invocation.
  @usableFromInline func openCalls(at node: NodeID) -> [CallID] {
    var open: [CallID] = []
    var place = lastOpen[node.index]
    while place >= 0 {
      open.append(CallID(Int(place)))
      place = calls[Int(place)].previous
    }
    return open.reversed()
  }

  /// The time to the next call of a Poisson process.
  private mutating func gap(_ place: Int) -> Duration {
    guard case .rate(let calls, let period, _, _) = workloads[place].arrival else { return .zero }
    let law = Law.exponential(mean: Ratio(1, calls).of(period), minimum: .zero)
    return Duration(nanoseconds: law.draw(&draws[place]))
  }

  private func bounded(_ instant: Instant?, _ place: Int) -> Instant? {
    guard let instant, instant <= workloads[place].until, instant < .never,
      made[place] < workloads[place].count ?? .max
    else { return nil }
    return instant
  }

  /// Which of a workload's calls is made now; a single one takes no draw.
  @usableFromInline mutating func choice(_ place: Int) -> Workload.Choice {
    let choices = workloads[place].choices
    guard choices.count > 1 else { return choices[0] }
    let total = choices.reduce(0) { $0 + $1.weight }
    var draw = Int64(draws[place].below(UInt64(total)))
    for choice in choices {
      draw -= choice.weight
      if draw < 0 { return choice }
    }
    return choices[choices.count - 1]
  }
}
