public import SystemModel

extension Simulator {
  @usableFromInline mutating func scheduleCall(_ caller: Int, at instant: Instant) {
    let key = EventKey.pack(.call, order: nextOrder(), slot: caller, parked: false)
    queue.push(ScheduledEvent(at: max(now, instant.nanoseconds), key: key, payload: nil))
  }

  /// A caller calls, or a call that waited at a paused node is seen.
  @usableFromInline mutating func invoke(
    caller: Int, _ event: ScheduledEvent<Machine.Message?>
  ) {
    if event.isParked {
      reach(callers.late[event.slot])
      return
    }
    let place = callers.all[caller].workload
    let workload = callers.workloads[place]
    var begins = true
    for node in calledNodes(workload, place, client: callers.all[caller].client) {
      guard callers.made[place] < workload.count ?? .max else { break }
      callers.made[place] += 1
      invoke(callers.choice(place), at: node, caller: caller, beginsEvent: begins)
      begins = false
    }
    if begins { hash.combine(at: now, what: event.key & EventKey.withoutOrder, MessagePayload(0)) }
    if let next = callers.nextCall(caller, after: Instant(nanoseconds: now)) {
      scheduleCall(caller, at: next)
    } else if begins, case .clients = workload.arrival {
      retry(caller)
    }
  }

  /// A client whose selector chose nobody tries again after its think time.
  private mutating func retry(_ caller: Int) {
    if let next = callers.nextCall(of: caller, thinkingFrom: Instant(nanoseconds: now)) {
      scheduleCall(caller, at: next)
    }
  }

  /// The nodes that a workload calls now: all that are selected, or one of them where calls come
  /// at a rate (drawn) or from clients (the same for each client).
  private mutating func calledNodes(
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

  private mutating func invoke(
    _ choice: Workload.Choice, at node: NodeID, caller: Int, beginsEvent: Bool
  ) {
    let id = CallID(callers.calls.count)
    callers.calls.append(Callers.Call(node: node, caller: Int32(caller), isOpen: true))
    let call = ClientCall(
      id: id, kind: choice.call, choice.arguments[0], choice.arguments[1], choice.arguments[2])
    let what = EventKey.pack(.call, order: 0, from: Int(choice.call), to: node.index)
    hash.combine(at: now, what: what, MessagePayload(0, call.first, call.second, call.third))
    recordCall(.callInvoked, call, at: node, flags: beginsEvent ? 1 : 0)
    if !runtimes[node.index].isUp {
      complete(id, at: node, .fail)
    } else if runtimes[node.index].isPaused {
      callers.late.append(call)
      overdue.append(.call(callers.late.count - 1), at: node)
    } else {
      effects.removeAll()
      machines[node.index].invoke(call, &effects)
      apply(node)
    }
  }

  /// A node that was paused sees a call that was made meanwhile.
  private mutating func reach(_ call: ClientCall) {
    let node = callers.calls[Int(call.id.index)].node
    guard callers.calls[Int(call.id.index)].isOpen else { return }
    recordCall(.callReached, call, at: node, flags: 1)
    effects.removeAll()
    machines[node.index].invoke(call, &effects)
    apply(node)
  }

  private mutating func recordCall(
    _ kind: TraceRecord.Kind, _ call: ClientCall, at node: NodeID, flags: UInt8
  ) {
    record(
      TraceRecord(
        kind, at: now, from: node, to: node, id: Int64(call.id.index), code: call.kind,
        flags: flags, first: call.first, second: call.second, third: call.third))
  }

  /// A call ends, once; a client then thinks about its next.
  @usableFromInline mutating func complete(
    _ id: CallID, at node: NodeID, _ outcome: CallOutcome, value: Int64 = WordType.absent
  ) {
    let place = Int(id.index)
    precondition(
      callers.calls.indices.contains(place) && callers.calls[place].node == node,
      "\(Machine.description.name) ends call \(id.index), which is not a call of node \(node.index)"
    )
    guard callers.calls[place].isOpen else { return }
    callers.calls[place].isOpen = false
    record(
      TraceRecord(
        .callCompleted, at: now, from: node, to: node, id: Int64(id.index),
        code: outcome.rawValue, first: value))
    let caller = Int(callers.calls[place].caller)
    if let next = callers.nextCall(of: caller, thinkingFrom: Instant(nanoseconds: now)) {
      scheduleCall(caller, at: next)
    }
  }
}
