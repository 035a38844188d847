public import SystemModel

extension Simulator {
  /// Acts on what a machine asked for, in order, and writes which of its fields changed.
  @inlinable @inline(never) mutating func apply(_ node: NodeID) {
    var index = 0
    while index < effects.count {
      act(on: effects[item: index], of: node)
      index &+= 1
    }
    if isRecording, fields.watches {
      fields.recordChanges(of: machines[node.index], at: node, now: now, &trace.records)
    }
  }

  /// Acts on one thing that a machine asked for.
  @inlinable @inline(__always) mutating func act(on item: Effects<Machine>.Item, of node: NodeID) {
    switch item.kind {
    case .send, .further:
      if let message = item.message {
        counts.wireCount &+= 1
        if item.kind == .send { counts.logicalCount &+= 1 }
        transmit(message, from: node, to: item.node, counted: item.kind == .send)
      }
    case .broadcast:
      if let message = item.message { broadcast(message, from: node) }
    case .setTimer: arm(Int(item.detail), of: node, low: item.low, high: item.high)
    case .cancelTimer:
      armed[node.index &* timerCount &+ Int(item.detail)] = 0
      if isNoting { noteCeased(Int(item.detail), of: node) }
    case .complete:
      complete(
        item.call, at: node, CallOutcome(rawValue: item.detail) ?? .info, value: item.low)
    case .observe:
      record(
        TraceRecord(
          .observed, at: now, from: node, to: node, code: item.detail, first: item.low))
    }
  }

  /// Gives one logical message to every other node, in the order of the topology.
  @inlinable mutating func broadcast(_ message: Machine.Message, from: NodeID) {
    guard nodeCount > 1 else { return }
    counts.wireCount &+= nodeCount &- 1
    counts.logicalCount &+= 1
    var counted = true
    var receiver = 0
    while receiver < nodeCount {
      if receiver != from.index {
        transmit(message, from: from, to: NodeID(receiver), counted: counted)
        counted = false
      }
      receiver &+= 1
    }
  }

  /// Gives a message, which has been counted, to the network.
  @inlinable @inline(__always) mutating func transmit(
    _ message: Machine.Message, from: NodeID, to: NodeID, counted: Bool
  ) {
    let id = nextOrder()
    let carriage = draws.carry(from: from, to: to)
    if isRecording {
      let payload = message.payload
      trace.records.append(
        TraceRecord(
          .sent, at: now, from: from, to: to, id: id, code: payload.kind, flags: counted ? 2 : 0,
          first: payload.first, second: payload.second, third: payload.third))
    }
    if board.isInvolved || carriage.isLost || carriage.isCopied {
      transmitUnusually(message, from: from, to: to, id: id, carriage)
      return
    }
    travel(message, from: from, to: to, id: id, carriage)
  }

  /// Lets a message travel as its link says.
  @inlinable @inline(__always) mutating func travel(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, _ carriage: Carriage
  ) {
    var arrival = now &+ carriage.latency
    if carriage.isUnordered {
      if isDetour(from: from, to: to) { noteDetour(id) }
    } else {
      arrival = draws.ordered(arrival: arrival, from: from, to: to)
    }
    queue.push(
      ScheduledEvent(
        at: arrival,
        key: EventKey.pack(.delivery, order: id, from: from.index, to: to.index), payload: message))
  }

  /// A message has reached its receiver; `id` tells its number.
  @inlinable @inline(__always) mutating func arrive(
    _ message: Machine.Message, from: NodeID, to: NodeID, _ id: () -> Int64
  ) {
    let payload = message.payload
    if inertCount > 0, runtimes[to.index].isInert {
      arriveInert(message, payload, from: from, to: to, id: id())
      return
    }
    hash.combine(
      at: now, what: EventKey.what(.delivery, from: from.index, to: to.index), payload)
    counts.deliveredCount &+= 1
    if isDetailed { details.mix(UInt64(bitPattern: id())) }
    if isRecording {
      trace.records.append(
        TraceRecord(
          .delivered, at: now, from: from, to: to, id: id(), code: payload.kind, flags: 1,
          first: payload.first, second: payload.second, third: payload.third))
    }
    if board.hasWatchers {
      board.notice(.delivered, payload, from: from, to: to, id: id(), at: now)
    }
    if takesTime, startHandling(message, from: from, to: to, id: id()) { return }
    effects.removeAll()
    machines[to.index].receive(message, from: from, &effects)
    let looksAtFields = isRecording && fields.watches
    if effects.count == 1, !looksAtFields {
      act(on: effects[item: 0], of: to)
    } else if effects.count > 0 || looksAtFields {
      apply(to)
    }
  }

  /// A timer has run out.
  @inlinable mutating func runOut(_ event: ScheduledEvent<Machine.Message?>) {
    let node = event.to
    let timer = event.from.index
    if inertCount > 0, runtimes[node.index].isPaused {
      overdue.append(.timer(timer), at: node)
      return
    }
    armed[node.index &* timerCount &+ timer] = 0
    if isNoting { _ = timerBook.exchangeNote(timer, of: node, with: -1) }
    hash.combine(at: now, what: event.key & EventKey.withoutOrder, MessagePayload(0))
    record(
      TraceRecord(
        .timerFired, at: now, from: node, to: node, code: UInt8(truncatingIfNeeded: timer),
        flags: 1))
    guard let name = Machine.Timer(rawValue: UInt8(truncatingIfNeeded: timer)) else {
      preconditionFailure("\(Machine.description.name) has no timer \(timer)")
    }
    effects.removeAll()
    machines[node.index].timerFired(name, &effects)
    apply(node)
  }

  /// Sets a timer of a node; a range takes one draw of the node's stream.
  @inlinable mutating func arm(_ timer: Int, of node: NodeID, low: Int64, high: Int64) {
    var span = low == high ? low : draws.timerSpan(of: node, low: low, high: high)
    if heedsTimers { span = heed(timer, of: node, low: low, high: high, span) }
    let instant = Instant(nanoseconds: now) + Duration(nanoseconds: span)
    arm(timer, of: node, at: instant.nanoseconds, order: nextOrder())
  }

  @inlinable mutating func arm(_ timer: Int, of node: NodeID, at instant: Int64, order: Int64) {
    armed[node.index &* timerCount &+ timer] = order
    let key = EventKey.pack(.timer, order: order, from: timer, to: node.index)
    queue.push(ScheduledEvent(at: instant, key: key, payload: nil))
  }

  /// Loses a message.
  @inlinable mutating func drop(
    _ payload: MessagePayload, from: NodeID, to: NodeID, id: Int64, _ reason: DropReason,
    fault: Int32 = TraceRecord.noFault, beginsEvent: Bool = false
  ) {
    hash.combine(
      at: now, what: EventKey.what(.fault, from: from.index, to: to.index), payload)
    counts.droppedCount &+= 1
    noteDetail(id, UInt64(reason.rawValue), fault)
    record(
      TraceRecord(
        .dropped, at: now, from: from, to: to, id: id, code: payload.kind,
        reason: reason.rawValue, flags: beginsEvent ? 1 : 0, fault: fault, first: payload.first,
        second: payload.second, third: payload.third))
    if board.hasWatchers { board.notice(.dropped, payload, from: from, to: to, id: id, at: now) }
  }

  /// Takes into ``detailHash`` what became of a message otherwise than by arriving.
  @inlinable mutating func noteDetail(_ id: Int64, _ what: UInt64, _ fault: Int32) {
    guard isDetailed else { return }
    details.combine(at: now, what: what, MessagePayload(0, id, Int64(fault)))
  }

  /// A message that a link loses or copies, or that some fault may touch.
  @inlinable mutating func transmitUnusually(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, _ carriage: Carriage
  ) {
    let payload = message.payload
    if board.hasWatchers { board.notice(.sent, payload, from: from, to: to, id: id, at: now) }
    let explicit = board.explicitDelivery(of: payload.kind, from: from, to: to)
    if board.onlyCuts, explicit == nil, !carriage.isCopied, !isNoting {
      let cut = board.cut(payload, from: from, to: to, id: id, at: now)
      if carriage.isLost {
        drop(payload, from: from, to: to, id: id, .loss)
      } else if let cut {
        drop(payload, from: from, to: to, id: id, .cut, fault: cut)
      } else {
        travel(message, from: from, to: to, id: id, carriage)
      }
      return
    }
    let fate = board.fate(of: payload, from: from, to: to, id: id, at: now)
    if let explicit {
      deliver(message, as: explicit, from: from, to: to, id: id, carriage, fate)
      return
    }
    route(message, from: from, to: to, id: id, carriage, fate)
    if carriage.isCopied {
      copy(
        message, of: id, from: from, to: to, seed: carriage.copySeed, chosenBy: fate.actors,
        fault: TraceRecord.noFault)
    }
    for (fault, seed) in fate.copies {
      copy(
        message, of: id, from: from, to: to, seed: seed, chosenBy: fate.actors, fault: fault)
    }
  }

  /// Makes a second message of one. It has losses and latencies of its own; the faults that chose
  /// the original choose it too.
  @inlinable mutating func copy(
    _ message: Machine.Message, of original: Int64, from: NodeID, to: NodeID, seed: UInt64,
    chosenBy actors: [Int], fault: Int32
  ) {
    let id = nextOrder()
    counts.duplicatedCount &+= 1
    noteDetail(id, 1 << 63 | UInt64(bitPattern: original), fault)
    record(
      TraceRecord(
        .duplicated, at: now, from: from, to: to, id: id, code: message.kind, fault: fault,
        first: original))
    if isNoting { copied = original }
    defer { copied = 0 }
    var random = RandomSource(state: seed)
    let carriage = draws.carryCopy(from: from, to: to, &random)
    let fate = board.fate(ofCopy: seed, chosenBy: actors)
    route(message, from: from, to: to, id: id, carriage, fate)
  }

  /// Lets a message travel, wait or be lost.
  @inlinable mutating func route(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, _ carriage: Carriage,
    _ fate: Fate
  ) {
    let payload = message.payload
    if isNoting { noteFlight(message.kind, from: from, to: to, id: id, carriage, fate) }
    if carriage.isLost {
      drop(payload, from: from, to: to, id: id, .loss)
      return
    }
    if let (fault, reason) = fate.loss {
      drop(payload, from: from, to: to, id: id, reason, fault: fault)
      return
    }
    let latency = self.latency(carriage, fate, from: from, to: to)
    for fault in fate.delayedBy { recordMessage(.delayed, payload, from, to, id, fault: fault) }
    let isUnordered = carriage.isUnordered || fate.isUnordered
    let isDetour = isUnordered && isDetour(from: from, to: to)
    if !fate.holders.isEmpty {
      hold(
        HeldMessage(
          message: message, from: from, to: to, id: id, remaining: latency, isOrdered: !isDetour,
          holders: fate.holders))
      return
    }
    var arrival = (Instant(nanoseconds: now) + latency).nanoseconds
    if !isUnordered { arrival = draws.ordered(arrival: arrival, from: from, to: to) }
    if isDetour { noteDetour(id) }
    if isNoting { notes.flights[notes.flights.count &- 1].flight = arrival &- now }
    queue.push(
      ScheduledEvent(
        at: arrival, key: EventKey.pack(.delivery, order: id, from: from.index, to: to.index),
        payload: message))
  }

  /// How long a message travels before the order of its link.
  @inlinable mutating func latency(
    _ carriage: Carriage, _ fate: Fate, from: NodeID, to: NodeID
  ) -> Duration {
    var latency = Duration(nanoseconds: fate.extra)
    latency = latency.adding(fate.stretched(carriage.latency))
    for var random in fate.furtherDraws {
      latency = latency.adding(draws.drawLatency(from: from, to: to, &random))
    }
    return latency
  }

  /// Keeps a message back until the faults that hold it end.
  @inlinable mutating func hold(_ message: HeldMessage<Machine.Message>) {
    recordHeld(message)
    held.append(message)
  }

  /// Says which fault keeps a message back now.
  @inlinable mutating func recordHeld(_ message: HeldMessage<Machine.Message>) {
    let fault = trace.bindings[message.holders[0]].fault
    recordMessage(
      .held, message.message.payload, message.from, message.to, message.id, fault: Int32(fault))
  }

  /// Writes a record about a message.
  @inlinable mutating func recordMessage(
    _ kind: TraceRecord.Kind, _ payload: MessagePayload, _ from: NodeID, _ to: NodeID, _ id: Int64,
    fault: Int32
  ) {
    noteDetail(id, UInt64(kind.rawValue) << 32, fault)
    record(
      TraceRecord(
        kind, at: now, from: from, to: to, id: id, code: payload.kind, fault: fault,
        first: payload.first, second: payload.second, third: payload.third))
  }
}
