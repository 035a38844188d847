public import SystemModel

extension Simulator {
  /// A message reaches a node that is down, which loses it, or paused, where it waits.
  @inlinable mutating func arriveInert(
    _ message: Machine.Message, _ payload: MessagePayload, from: NodeID, to: NodeID, id: Int64
  ) {
    if runtimes[to.index].isUp {
      let slot = parked.park(.init(from: from, to: to, id: id, phase: .overdue, payload: payload))
      overdue.append(.message(message, slot: slot), at: to)
    } else {
      drop(payload, from: from, to: to, id: id, .down, fault: keeper(of: to), beginsEvent: true)
    }
  }

  /// The fault that keeps a node down.
  @inlinable func keeper(of node: NodeID) -> Int32 {
    runtimes[node.index].downBy.first.map { Int32(trace.bindings[$0].fault) }
      ?? TraceRecord.noFault
  }

  /// A message with a slot: it arrives, or its handling is over.
  @inlinable mutating func deliverParked(_ event: ScheduledEvent<Machine.Message?>) {
    guard let message = event.payload else { return }
    let slot = parked.slots[event.slot]
    switch slot.phase {
    case .arrival, .overdue:
      _ = parked.take(event.slot)
      arrive(message, from: slot.from, to: slot.to) { slot.id }
    case .handling:
      if runtimes[slot.to.index].isPaused {
        overdue.append(.message(message, slot: event.slot), at: slot.to)
      } else {
        _ = parked.take(event.slot)
        finishHandling(message, slot)
      }
    case .void: preconditionFailure("the slot \(event.slot) of a lost message has an event")
    }
  }

  /// Schedules a message that has a slot.
  @inlinable mutating func scheduleParked(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, _ phase: ParkedMessages.Phase,
    at instant: Int64
  ) {
    let slot = parked.park(
      .init(from: from, to: to, id: id, phase: phase, payload: message.payload))
    let key = EventKey.pack(.delivery, order: nextOrder(), slot: slot, parked: true)
    queue.push(ScheduledEvent(at: instant, key: key, payload: message))
  }

  /// Begins to handle a message, or lets it wait for a free hand; false if it takes no time.
  @inlinable mutating func startHandling(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64
  ) -> Bool {
    let row = Int(plan.processing.rowOf[to.index])
    let bound = plan.processing.concurrency[row]
    if bound > 0, Int(runtimes[to.index].handling) >= bound {
      waiting[to.index].append(.init(message: message, from: from, id: id))
      return true
    }
    let time = plan.processing.rows[row][Int(message.kind)]
    guard time > 0 else { return false }
    handle(message, from: from, to: to, id: id, time: time)
    recordHandling(to)
    return true
  }

  @inlinable mutating func handle(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, time: Int64
  ) {
    runtimes[to.index].handling += 1
    let end = (Instant(nanoseconds: now) + runtimes[to.index].stretched(time)).nanoseconds
    scheduleParked(message, from: from, to: to, id: id, .handling, at: end)
  }

  /// The handling of a message is over: the machine sees it, and the next begins.
  @inlinable mutating func finishHandling(_ message: Machine.Message, _ slot: ParkedMessages.Slot) {
    let node = slot.to
    hash.combine(
      at: now,
      what: EventKey.what(.delivery, from: slot.from.index, to: node.index)
        | EventKey.parkedBit, slot.payload)
    if isDetailed { details.mix(UInt64(bitPattern: slot.id)) }
    record(
      TraceRecord(
        .handled, at: now, from: slot.from, to: node, id: slot.id, code: slot.payload.kind,
        flags: 1, first: slot.payload.first, second: slot.payload.second,
        third: slot.payload.third))
    runtimes[node.index].handling -= 1
    let row = Int(plan.processing.rowOf[node.index])
    let bound = plan.processing.concurrency[row]
    while bound > 0, Int(runtimes[node.index].handling) < bound,
      let next = waiting[node.index].popFirst()
    {
      let time = plan.processing.rows[row][Int(next.message.kind)]
      handle(next.message, from: next.from, to: node, id: next.id, time: time)
    }
    recordHandling(node)
    effects.removeAll()
    machines[node.index].receive(message, from: slot.from, &effects)
    apply(node)
  }

  @inlinable mutating func recordHandling(_ node: NodeID) {
    record(
      TraceRecord(
        .handling, at: now, from: node, to: node, first: Int64(runtimes[node.index].handling)))
  }

  /// Changes the life of a node, and keeps count of those that see nothing.
  @inlinable mutating func change(
    _ node: NodeID, _ change: (inout NodeRuntime) -> Bool
  ) -> Bool {
    let wasInert = runtimes[node.index].isInert
    let result = change(&runtimes[node.index])
    if runtimes[node.index].isInert != wasInert { inertCount += wasInert ? -1 : 1 }
    return result
  }

  /// A node crashes: timers and messages in handling are gone, open calls end with `info`. A node
  /// that is down already stays down until this fault, too, lets it up.
  @inlinable mutating func crash(_ node: NodeID, keepingDisk: Bool, _ binding: Int, fault: Int) {
    let wasUp = change(node, { $0.takeDown(binding) })
    if wasUp, change(node, { $0.letGo(nil) }) { recordNode(.resumed, node, fault: fault) }
    recordNode(.crashed, node, fault: fault, first: keepingDisk ? 1 : 0)
    if wasUp || !keepingDisk { forgetState(of: node, keepingDisk: keepingDisk) }
    guard wasUp else { return }
    for timer in 0..<timerCount {
      armed[node.index * timerCount + timer] = 0
      if isNoting { noteCeased(timer, of: node) }
    }
    loseMessages(at: node, fault: Int32(fault))
    for call in callers.openCalls(at: node) { complete(call, at: node, .info) }
  }

  /// Messages in handling, waiting for a hand, or waiting for a paused node to go on are lost.
  @inlinable mutating func loseMessages(at node: NodeID, fault: Int32) {
    for lost in parked.voidHandling(at: node) {
      drop(lost.payload, from: lost.from, to: node, id: lost.id, .crash, fault: fault)
    }
    if takesTime {
      for lost in waiting[node.index].takeAll() {
        drop(lost.message.payload, from: lost.from, to: node, id: lost.id, .crash, fault: fault)
      }
      if runtimes[node.index].handling > 0 {
        runtimes[node.index].handling = 0
        recordHandling(node)
      }
    }
    for entry in overdue.take(at: node) {
      switch entry {
      case .start, .timer: break
      case .call(let slot): _ = callers.take(slot)
      case .message(_, let place):
        let lost = parked.take(place)
        guard lost.phase == .overdue else { continue }
        drop(lost.payload, from: lost.from, to: node, id: lost.id, .crash, fault: fault)
      }
    }
  }

  @inlinable mutating func forgetState(of node: NodeID, keepingDisk: Bool) {
    machines[node.index].crash(keepingDisk: keepingDisk)
    if isRecording {
      fields.recordChanges(of: machines[node.index], at: node, now: now, &trace.records)
    }
  }

  /// A node that was down starts again.
  @inlinable mutating func restart(_ node: NodeID, fault: Int) {
    recordNode(.restarted, node, fault: fault)
    effects.removeAll()
    machines[node.index].restart(&effects)
    apply(node)
  }

  /// A node that is up stands still, until this fault, too, lets it go on.
  @inlinable mutating func pause(_ node: NodeID, _ binding: Int, fault: Int) {
    guard runtimes[node.index].isUp else { return }
    _ = change(node, { $0.pause(binding) })
    recordNode(.paused, node, fault: fault)
  }

  /// A paused node goes on: what is overdue happens now, before all else of its class: messages
  /// first, then timers, then calls, each in the order in which they were due.
  @inlinable mutating func resume(_ node: NodeID, fault: Int) {
    recordNode(.resumed, node, fault: fault)
    for entry in overdue.take(at: node) {
      switch entry {
      case .start: start(node)
      case .message(let message, let slot):
        let key = EventKey.pack(.delivery, order: nextEarlyOrder(), slot: slot, parked: true)
        queue.push(ScheduledEvent(at: now, key: key, payload: message))
      case .timer(let timer): arm(timer, of: node, at: now, order: nextEarlyOrder())
      case .call(let slot):
        let key = EventKey.pack(.call, order: nextEarlyOrder(), slot: slot, parked: true)
        queue.push(ScheduledEvent(at: now, key: key, payload: nil))
      }
    }
  }

  /// A node starts at T0; one that is down does not, and one that is paused waits.
  @inlinable mutating func start(_ node: NodeID) {
    if inertCount > 0, runtimes[node.index].isInert {
      if runtimes[node.index].isPaused { overdue.append(.start, at: node) }
      return
    }
    effects.removeAll()
    machines[node.index].start(&effects)
    if effects.count > 0 || isRecording { apply(node) }
  }

  /// Whether an item of the agenda is the end of a binding that has already ended.
  @inlinable func isEnded(agenda place: Int) -> Bool {
    if case .end(let binding) = board.agenda[place] { return !bindingIsOpen[binding] }
    return false
  }
}
