public import SystemModel

extension Simulator {
  /// A condition of a fault has come true: it acts now, right after the last event.
  public mutating func fire(_ fault: Int) {
    board.firing.append(fault)
  }

  /// The fault whose condition over a message could not be evaluated, if there is one; the run is
  /// void then.
  public var failedPredicate: Int? { board.failedPredicate }

  /// Fires the first of the faults that wait for the end of the last event.
  @usableFromInline mutating func fireNext() {
    eventsLeft &-= 1
    strike(board.firing.removeFirst())
  }

  @usableFromInline mutating func scheduleAgenda(_ item: FaultBoard.AgendaItem, at instant: Instant)
  {
    board.agenda.append(item)
    let key = EventKey.pack(
      .fault, order: nextOrder(), slot: board.agenda.count - 1, parked: false)
    queue.push(ScheduledEvent(at: max(now, instant.nanoseconds), key: key, payload: nil))
  }

  /// Carries out an item of the agenda. The end of a binding that has already ended is no event.
  @usableFromInline mutating func carryOut(agenda place: Int) {
    switch board.agenda[place] {
    case .fire(let fault, let occurrence):
      strike(fault)
      if let next = board.nextOccurrence(occurrence + 1, of: fault) {
        scheduleAgenda(.fire(fault: fault, occurrence: occurrence + 1), at: next)
      }
    case .end(let binding): if bindingIsOpen[binding] { endBinding(binding, by: nil) }
    }
  }

  /// A fault fires: its words are bound, it acts, and its end is scheduled.
  mutating func strike(_ place: Int) {
    let fault = board.faults[place]
    let nodes = targets(of: fault.action, fault: place)
    let binding = trace.bindings.count
    let cut = cutPattern(of: fault.action, fault: place, bound: nodes)
    trace.bindings.append(FaultBinding(fault: place, nodes: nodes, cut: cut))
    bindingIsOpen.append(true)
    hash.combine(at: now, what: UInt64(place), MessagePayload(1, Int64(binding)))
    record(TraceRecord(.faultStarted, at: now, id: Int64(binding), flags: 1, fault: Int32(place)))
    act(fault, place, binding, nodes, cut)
    switch fault.ending {
    case .never: if fault.action.isMomentary { endBinding(binding, by: nil) }
    case .after(let span):
      scheduleAgenda(.end(binding: binding), at: Instant(nanoseconds: now) + span)
    case .at(let instant): scheduleAgenda(.end(binding: binding), at: instant)
    }
  }

  private mutating func act(
    _ fault: Fault, _ place: Int, _ binding: Int, _ nodes: [NodeID], _ cut: CutPattern?
  ) {
    switch fault.action {
    case .cut(_, _, let mode):
      guard let cut else { return }
      board.activate(.cut(cut, mode), binding: binding, fault: place)
      takeInFlight(cut, mode, fault: place)
    case .link(let selector, let linkFault):
      let (from, to, bothWays) = ends(of: selector, fault: place)
      board.activate(
        .link(from: from, to: to, bothWays: bothWays, linkFault), binding: binding, fault: place)
    case .crash(_, let keepingDisk):
      for node in nodes { crash(node, keepingDisk: keepingDisk, binding, fault: place) }
    case .restart:
      for node in nodes where runtimes[node.index].letUp(nil) { restart(node, fault: place) }
    case .pause: for node in nodes { pause(node, binding, fault: place) }
    case .resume:
      for node in nodes where runtimes[node.index].letGo(nil) { resume(node, fault: place) }
    case .slow(_, let factor):
      for node in nodes {
        runtimes[node.index].factors.append((binding, factor))
        recordNode(.slowed, node, fault: place)
      }
    case .heal(let healed):
      for open in bindingIsOpen.indices
      where bindingIsOpen[open] && trace.bindings[open].fault == healed {
        endBinding(open, by: place)
      }
    }
  }

  /// A binding ceases to act: what it held travels on, and the nodes that only it kept down or
  /// paused go on.
  mutating func endBinding(_ binding: Int, by healer: Int?) {
    bindingIsOpen[binding] = false
    let place = trace.bindings[binding].fault
    let action = board.faults[place].action
    let isOwnEvent = healer == nil && !action.isMomentary
    if isOwnEvent { hash.combine(at: now, what: UInt64(place), MessagePayload(2, Int64(binding))) }
    record(
      TraceRecord(
        .faultEnded, at: now, id: Int64(binding), flags: isOwnEvent ? 1 : 0, fault: Int32(place),
        first: Int64(healer ?? -1)))
    board.deactivate(binding: binding)
    let nodes = trace.bindings[binding].nodes
    switch action {
    case .cut(_, _, .hold): releaseHeld(by: Int32(place))
    case .crash:
      for node in nodes where runtimes[node.index].letUp(binding) { restart(node, fault: place) }
    case .pause:
      for node in nodes where runtimes[node.index].letGo(binding) { resume(node, fault: place) }
    case .slow:
      for node in nodes {
        runtimes[node.index].factors.removeAll { $0.binding == binding }
        recordNode(.unslowed, node, fault: place)
      }
    case .cut, .link, .restart, .resume, .heal: break
    }
  }

  /// A cut begins: messages in flight across it are lost or held.
  private mutating func takeInFlight(_ cut: CutPattern, _ mode: CutMode, fault: Int) {
    if case .slow = mode { return }
    if case .drop(sparingInFlight: true) = mode { return }
    for (event, flight) in extractInFlight(cut, fault: fault) {
      guard let message = event.payload else { continue }
      if case .hold = mode {
        hold(
          message, from: flight.from, to: flight.to, id: flight.id, remaining: event.at - now,
          by: Int32(fault))
      } else {
        drop(
          message.payload, from: flight.from, to: flight.to, id: flight.id, .cut,
          fault: Int32(fault))
      }
    }
  }

  /// Takes the messages in flight across a cut out of the queue, in the order of their arrival.
  private mutating func extractInFlight(
    _ cut: CutPattern, fault: Int
  ) -> [(ScheduledEvent<Machine.Message?>, (from: NodeID, to: NodeID, id: Int64))] {
    var judge = board
    let slots = parked.slots
    let instant = now
    func flight(_ event: ScheduledEvent<Machine.Message?>) -> (from: NodeID, to: NodeID, id: Int64)?
    {
      guard event.eventClass == .delivery else { return nil }
      guard event.isParked else { return (event.from, event.to, event.order) }
      let slot = slots[event.slot]
      return slot.phase == .arrival ? (slot.from, slot.to, slot.id) : nil
    }
    let taken = queue.extract { event in
      guard let message = event.payload, let way = flight(event) else { return false }
      return judge.takesInFlight(
        cut, fault: fault, message.payload, from: way.from, to: way.to, id: way.id, at: instant)
    }
    board = judge
    return taken.compactMap { event in
      guard let way = flight(event) else { return nil }
      if event.isParked { _ = parked.take(event.slot) }
      return (event, way)
    }
  }

  /// A fault that held messages has ended: each travels on with the latency that was left, in
  /// order on its link, unless another cut takes it.
  private mutating func releaseHeld(by fault: Int32) {
    let waiting = held
    held = []
    for message in waiting {
      let payload = message.message.payload
      let (from, to, id) = (message.from, message.to, message.id)
      guard message.fault == fault else {
        held.append(message)
        continue
      }
      if let cut = board.cut(payload, from: from, to: to, id: id, at: now) {
        if cut.holds {
          hold(
            message.message, from: from, to: to, id: id, remaining: message.remaining,
            by: cut.fault)
        } else {
          drop(payload, from: from, to: to, id: id, .cut, fault: cut.fault)
        }
        continue
      }
      recordMessage(.released, payload, from, to, id, fault: fault)
      let arrival = draws.ordered(arrival: now + message.remaining, from: from, to: to)
      scheduleParked(message.message, from: from, to: to, id: id, .arrival, at: arrival)
    }
  }

  /// Writes a record about a node.
  mutating func recordNode(
    _ kind: TraceRecord.Kind, _ node: NodeID, fault: Int, first: Int64 = 0
  ) {
    record(
      TraceRecord(kind, at: now, from: node, to: node, fault: Int32(fault), first: first))
  }
}

extension FaultAction {
  /// Whether it is over as soon as it has happened.
  @usableFromInline var isMomentary: Bool {
    switch self {
    case .restart, .resume, .heal: true
    case .cut, .crash, .pause, .slow, .link: false
    }
  }
}
