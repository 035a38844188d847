public import SystemModel

extension Simulator {
  @inlinable mutating func scheduleCall(_ caller: Int, at instant: Instant) {
    let key = EventKey.pack(.call, order: nextOrder(), slot: caller, parked: false)
    queue.push(ScheduledEvent(at: max(now, instant.nanoseconds), key: key, payload: nil))
  }

  /// A caller calls, or a call that waited is made or seen.
  @inlinable mutating func invoke(_ event: ScheduledEvent<Machine.Message?>) {
    guard event.isParked else {
      call(event.slot)
      return
    }
    switch callers.take(event.slot) {
    case .unmade(let choice, let node, let caller): invoke(choice, at: node, caller: caller)
    case .unseen(let call): reach(call)
    case nil: preconditionFailure("no call waits in slot \(event.slot)")
    }
  }

  /// A caller calls the selected nodes: the first now, the others each in an event of its own that
  /// goes before all other calls of this instant. Then its next call is scheduled.
  @inlinable mutating func call(_ caller: Int) {
    let place = callers.all[caller].workload
    let workload = callers.workloads[place]
    let selected = calledNodes(workload, place, client: callers.all[caller].client)
    let left = (workload.count ?? .max) - callers.made[place]
    let called = selected.prefix(max(0, left))
    callers.made[place] += called.count
    let choices = called.map { _ in callers.choice(place) }
    for (node, choice) in zip(called, choices).dropFirst() {
      let slot = callers.wait(.unmade(choice, at: node, caller: caller))
      let key = EventKey.pack(.call, order: nextEarlyOrder(), slot: slot, parked: true)
      queue.push(ScheduledEvent(at: now, key: key, payload: nil))
    }
    if let next = callers.nextCall(caller, after: Instant(nanoseconds: now)) {
      scheduleCall(caller, at: next)
    }
    if let node = called.first {
      invoke(choices[0], at: node, caller: caller)
    } else {
      hash.combine(at: now, what: EventKey.what(.call, from: caller, to: 0), MessagePayload(0))
      // A client whose selector chose nobody tries again after its think time.
      scheduleThoughtful(caller)
    }
  }

  /// Schedules the next call of a client that thinks first; no other caller has any.
  @inlinable mutating func scheduleThoughtful(_ caller: Int) {
    if let next = callers.nextCall(of: caller, thinkingFrom: Instant(nanoseconds: now)) {
      scheduleCall(caller, at: next)
    }
  }

  /// The nodes that a workload calls now: all that are selected, or one of them where calls come
  /// at a rate (drawn) or from clients (the same for each client).
  @inlinable mutating func calledNodes(
    _ workload: Workload, _ place: Int, client: Int
  ) -> [NodeID] {
    var random = callers.draws[place]
    var selected = nodes(workload.nodes) { random.choose($0, of: $1) }
    switch workload.arrival {
    case .at, .every: break
    case .rate:
      if selected.count > 1 { selected = random.choose(1, of: selected) }
    case .clients:
      if selected.count > 1 { selected = [selected[client % selected.count]] }
    }
    callers.draws[place] = random
    return selected
  }

  @inlinable mutating func invoke(_ choice: Workload.Choice, at node: NodeID, caller: Int) {
    let id = callers.open(at: node, caller: caller)
    let call = ClientCall(
      id: id, kind: choice.call, choice.arguments[0], choice.arguments[1], choice.arguments[2])
    let what = EventKey.what(.call, from: Int(choice.call), to: node.index)
    hash.combine(at: now, what: what, MessagePayload(0, call.first, call.second, call.third))
    if isDetailed { details.mix(UInt64(caller)) }
    recordCall(.callInvoked, call, at: node, caller: Int32(caller))
    if !runtimes[node.index].isUp {
      complete(id, at: node, .fail)
    } else if runtimes[node.index].isPaused {
      overdue.append(.call(callers.wait(.unseen(call))), at: node)
    } else {
      effects.removeAll()
      machines[node.index].invoke(call, &effects)
      apply(node)
    }
  }

  /// A node that was paused sees a call that was made meanwhile, unless it is over; once more
  /// paused, it sees the call later.
  @inlinable mutating func reach(_ call: ClientCall) {
    let (node, caller, isOpen) = callers.call(call.id)
    guard isOpen else { return }
    if runtimes[node.index].isPaused {
      overdue.append(.call(callers.wait(.unseen(call))), at: node)
      return
    }
    recordCall(.callReached, call, at: node, caller: caller)
    effects.removeAll()
    machines[node.index].invoke(call, &effects)
    apply(node)
  }

  @inlinable mutating func recordCall(
    _ kind: TraceRecord.Kind, _ call: ClientCall, at node: NodeID, caller: Int32
  ) {
    record(
      TraceRecord(
        kind, at: now, from: node, to: node, id: Int64(call.id.index), code: call.kind, flags: 1,
        fault: caller, first: call.first, second: call.second, third: call.third))
  }

  /// A call ends, once; a client then thinks about its next.
  @inlinable mutating func complete(
    _ id: CallID, at node: NodeID, _ outcome: CallOutcome, value: Int64 = WordType.absent
  ) {
    let place = Int(id.index)
    precondition(
      callers.calls.indices.contains(place) && callers.calls[place].node == node,
      "\(Machine.description.name) ends call \(id.index), which is not a call of node \(node.index)"
    )
    guard callers.close(id) else { return }
    record(
      TraceRecord(
        .callCompleted, at: now, from: node, to: node, id: Int64(id.index),
        code: outcome.rawValue, first: value))
    scheduleThoughtful(Int(callers.calls[place].caller))
  }
}
