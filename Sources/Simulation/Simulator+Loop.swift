public import SystemModel

extension Simulator {
  /// Carries out events until the part of the trace is full, the plan wants to be looked at, or
  /// the run is over; then says which.
  @inlinable public mutating func run() -> Pause {
    while true {
      if let end = advance() { return .ended(end) }
      if pausesAtEachEvent { return .event }
      if trace.records.count >= partLength { return .partIsFull }
    }
  }

  /// Carries out the run to its end without a pause; nil if it was told to stop, which it asks now
  /// and then. Without a trace, and without faults that wait for conditions.
  @inlinable public mutating func runToEnd(unless isStopped: () -> Bool) -> RunEnd? {
    var left = 4096
    while true {
      if let end = advance() { return end }
      left &-= 1
      if left == 0 {
        if isStopped() { return nil }
        left = 4096
      }
    }
  }

  /// Carries out one event; nil, or why there is none any more.
  @inlinable @inline(__always) public mutating func advance() -> RunEnd? {
    guard phase == .under, !board.isUrgent else { return advanceUnusually() }
    while let event = queue.pop() {
      if event.isPlainDelivery, let message = event.payload {
        guard begin(event) else { return finish(event) }
        arrive(message, from: event.from, to: event.to) { event.order }
        return nil
      }
      if isStale(event) { continue }
      guard begin(event) else { return finish(event) }
      step(event)
      return nil
    }
    return finish(.quiescence)
  }

  /// Begins an event, unless a limit has been reached.
  @inlinable mutating func begin(_ event: ScheduledEvent<Machine.Message?>) -> Bool {
    guard event.at <= deadline, eventsLeft > 0, order < EventKey.lastOrder else { return false }
    eventsLeft &-= 1
    now = event.at
    return true
  }

  /// Ends the run at a limit that keeps an event from happening.
  @inlinable mutating func finish(_ event: ScheduledEvent<Machine.Message?>) -> RunEnd {
    finish(event.at > deadline ? .time : .events)
  }

  /// The start, the end, and faults that fire between two events of the queue.
  @inlinable mutating func advanceUnusually() -> RunEnd? {
    switch phase {
    case .over(let end): return end
    case .before:
      start()
      return nil
    case .under:
      guard board.failedFilter == nil, eventsLeft > 0 else { return finish(.events) }
      fireNext()
      return nil
    }
  }

  /// Whether an event will not happen: a timer that was cancelled or set anew, the end of a fault
  /// that has already ended, or a parked message that was lost.
  @inlinable mutating func isStale(_ event: ScheduledEvent<Machine.Message?>) -> Bool {
    switch event.eventClass {
    case .timer: armed[event.to.index &* timerCount &+ event.from.index] != event.order
    case .delivery: isVoid(event)
    case .fault: isEnded(agenda: event.slot)
    case .call: isSpent(event)
    }
  }

  /// Whether a caller would call whose workload has made all its calls meanwhile.
  @inlinable func isSpent(_ event: ScheduledEvent<Machine.Message?>) -> Bool {
    guard !event.isParked else { return false }
    let place = callers.all[event.slot].workload
    return callers.made[place] >= callers.workloads[place].count ?? .max
  }

  /// Whether a parked message was lost meanwhile; gives its slot back then.
  @inlinable mutating func isVoid(_ event: ScheduledEvent<Machine.Message?>) -> Bool {
    guard parked.slots[event.slot].phase == .void else { return false }
    _ = parked.take(event.slot)
    return true
  }

  /// Carries out an event that is no plain delivery.
  @inlinable mutating func step(_ event: ScheduledEvent<Machine.Message?>) {
    switch event.eventClass {
    case .delivery: deliverParked(event)
    case .timer: runOut(event)
    case .fault: carryOut(board.agenda[event.slot], beginsEvent: true)
    case .call: invoke(event)
    }
  }

  /// T0: the agenda and the workloads are scheduled, faults that are due act, and every node
  /// starts, in order.
  @inlinable mutating func start() {
    phase = .under
    eventsLeft &-= 1
    for caller in callers.all.indices {
      if let instant = callers.firstCall(caller) { scheduleCall(caller, at: instant) }
    }
    hash.combine(at: 0, what: UInt64.max, MessagePayload(0))
    record(.init(.started, at: 0, flags: 1))
    if isRecording {
      for node in 0..<nodeCount {
        fields.recordAll(of: machines[node], at: NodeID(node), now: 0, &trace.records)
      }
    }
    if !board.faults.isEmpty { beginAgenda() }
    for node in 0..<nodeCount { start(NodeID(node)) }
  }

  @inlinable mutating func finish(_ end: RunEnd) -> RunEnd {
    phase = .over(end)
    if end == .time { now = deadline }
    record(.init(.ended, at: now, code: end.rawValue, flags: 1))
    return end
  }

  @inlinable mutating func record(_ record: TraceRecord) {
    if isRecording { trace.records.append(record) }
  }

  /// The next order of scheduling.
  @inlinable mutating func nextOrder() -> Int64 {
    order &+= 1
    return order
  }

  /// An order that goes before all that is scheduled for this instant and class, but after those
  /// given out before; beyond 2^20 in an instant an ordinary one.
  @inlinable mutating func nextEarlyOrder() -> Int64 {
    if earlyOrder.at != now { earlyOrder = (-EventKey.bias, now) }
    guard earlyOrder.next < 0 else { return nextOrder() }
    defer { earlyOrder.next += 1 }
    return earlyOrder.next
  }
}
