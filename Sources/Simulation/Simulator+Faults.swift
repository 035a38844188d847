public import SystemModel

extension Simulator {
  /// A condition of a fault has come true: it acts now, right after the last event.
  @inlinable public mutating func fire(_ fault: Int) {
    board.fire(fault)
  }

  /// The fault whose condition over a message could not be evaluated, if there is one; the run is
  /// void then.
  public var failedFilter: FailedFilter? { board.failedFilter }

  /// Fires the first of the faults that wait for the end of the last event.
  @inlinable mutating func fireNext() {
    eventsLeft &-= 1
    strike(board.nextToFire(), beginsEvent: true)
  }

  /// The agenda at T0. What is due at T0 acts now, as a part of the first event and before any
  /// node starts, so that its window has what the nodes send at the start.
  @inlinable mutating func beginAgenda() {
    for (item, instant) in board.firstAgenda() {
      if instant == .start {
        carryOut(item, beginsEvent: false)
      } else {
        scheduleAgenda(item, at: instant)
      }
    }
  }

  @inlinable mutating func scheduleAgenda(_ item: FaultBoard.AgendaItem, at instant: Instant) {
    board.agenda.append(item)
    let key = EventKey.pack(
      .fault, order: nextOrder(), slot: board.agenda.count - 1, parked: false)
    queue.push(ScheduledEvent(at: max(now, instant.nanoseconds), key: key, payload: nil))
  }

  /// Carries out an item of the agenda.
  @inlinable mutating func carryOut(_ item: FaultBoard.AgendaItem, beginsEvent: Bool) {
    switch item {
    case .fire(let fault, let occurrence):
      strike(fault, beginsEvent: beginsEvent)
      if let next = board.nextOccurrence(occurrence + 1, of: fault) {
        scheduleAgenda(.fire(fault: fault, occurrence: occurrence + 1), at: next)
      }
    case .end(let binding): endBinding(binding, by: nil)
    }
  }

  /// A fault fires: its words are bound, it acts, and its end is scheduled.
  @inlinable mutating func strike(_ place: Int, beginsEvent: Bool) {
    let fault = board.faults[place]
    let nodes = targets(of: fault.action, fault: place)
    let binding = trace.bindings.count
    let links = ends(of: fault.action, fault: place)
    let cut =
      cutPattern(of: fault.action, fault: place, bound: nodes)
      ?? lossPattern(of: fault.action, links)
    trace.bindings.append(FaultBinding(fault: place, nodes: nodes, cut: cut))
    bindingIsOpen.append(true)
    openBindings[place].append(binding)
    if isNoting, let links {
      notes.links.append(
        .init(binding: binding, from: links.from?.members, to: links.to?.members))
    }
    hash.combine(at: now, what: UInt64(place), MessagePayload(1, Int64(binding)))
    if isDetailed {
      for node in nodes { details.mix(UInt64(node.index)) }
      details.mix(UInt64(nodes.count))
      cut?.forEachWord { details.mix($0) }
    }
    record(
      TraceRecord(
        .faultStarted, at: now, id: Int64(binding), flags: beginsEvent ? 1 : 0,
        fault: Int32(place)))
    act(fault, place, binding, nodes, links, cut)
    switch fault.ending {
    case .never: if fault.action.isMomentary { endBinding(binding, by: nil) }
    case .after(let span):
      scheduleAgenda(.end(binding: binding), at: Instant(nanoseconds: now) + span)
    case .at(let instant): scheduleAgenda(.end(binding: binding), at: instant)
    }
  }

  @inlinable mutating func act(
    _ fault: Fault, _ place: Int, _ binding: Int, _ nodes: [NodeID], _ links: LinkEnds?,
    _ cut: CutPattern?
  ) {
    switch fault.action {
    case .cut(_, _, let mode):
      guard let cut else { return }
      board.activate(.cut(cut, mode), binding: binding, fault: place)
      takeInFlight(cut, mode, binding, fault: place)
    case .link(_, let linkFault):
      guard let links else { return }
      board.activate(
        .link(from: links.from, to: links.to, bothWays: links.bothWays, linkFault),
        binding: binding, fault: place)
    case .crash(_, let keepingDisk):
      for node in nodes { crash(node, keepingDisk: keepingDisk, binding, fault: place) }
    case .restart:
      for node in nodes where change(node, { $0.letUp(nil) }) { restart(node, fault: place) }
    case .pause: for node in nodes { pause(node, binding, fault: place) }
    case .resume:
      for node in nodes where change(node, { $0.letGo(nil) }) { resume(node, fault: place) }
    case .slow(_, let factor):
      for node in nodes {
        runtimes[node.index].factors.append((binding, factor))
        recordNode(.slowed, node, fault: place)
      }
    case .heal(let healed):
      for open in openBindings[healed] { endBinding(open, by: place) }
    }
  }

  /// A binding ceases to act: what it held travels on, and the nodes that only it kept down or
  /// paused go on.
  @inlinable mutating func endBinding(_ binding: Int, by healer: Int?) {
    bindingIsOpen[binding] = false
    let place = trace.bindings[binding].fault
    if let open = openBindings[place].firstIndex(of: binding) {
      openBindings[place].remove(at: open)
    }
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
    case .cut(_, _, .hold): releaseHeld(by: binding)
    case .crash:
      for node in nodes where change(node, { $0.letUp(binding) }) { restart(node, fault: place) }
    case .pause:
      for node in nodes where change(node, { $0.letGo(binding) }) { resume(node, fault: place) }
    case .slow:
      for node in nodes {
        runtimes[node.index].factors.removeAll { $0.binding == binding }
        recordNode(.unslowed, node, fault: place)
      }
    case .cut, .link, .restart, .resume, .heal: break
    }
  }

  /// Writes a record about a node.
  @inlinable mutating func recordNode(
    _ kind: TraceRecord.Kind, _ node: NodeID, fault: Int, first: Int64 = 0
  ) {
    record(
      TraceRecord(kind, at: now, from: node, to: node, fault: Int32(fault), first: first))
  }
}
