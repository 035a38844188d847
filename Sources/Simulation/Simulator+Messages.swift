public import SystemModel

extension Simulator {
  /// Acts on what a machine asked for, in order, and writes which of its fields changed.
  @inlinable mutating func apply(_ node: NodeID) {
    var index = 0
    while index < effects.count {
      switch effects[index] {
      case .send(let message, let receiver, let counted):
        transmit(message, from: node, to: receiver, counted: counted)
      case .broadcast(let message):
        var counted = true
        for receiver in 0..<nodeCount where receiver != node.index {
          transmit(message, from: node, to: NodeID(receiver), counted: counted)
          counted = false
        }
      case .setTimer(let timer, let low, let high):
        arm(Int(timer.rawValue), of: node, low: low.nanoseconds, high: high.nanoseconds)
      case .cancelTimer(let timer):
        armed[node.index &* timerCount &+ Int(timer.rawValue)] = 0
      case .complete(let call, let outcome, let value):
        complete(call, at: node, outcome, value: value)
      case .observe(let observation, let value):
        record(
          TraceRecord(.observed, at: now, from: node, to: node, code: observation, first: value))
      }
      index &+= 1
    }
    if isRecording {
      fields.recordChanges(of: machines[node.index], at: node, now: now, &trace.records)
    }
  }

  /// Gives a message to the network.
  @inlinable mutating func transmit(
    _ message: Machine.Message, from: NodeID, to: NodeID, counted: Bool
  ) {
    let id = nextOrder()
    let carriage = draws.carry(from: from, to: to)
    counts.countSent(kind: message.kind, logical: counted)
    if isRecording {
      let payload = message.payload
      trace.records.append(
        TraceRecord(
          .sent, at: now, from: from, to: to, id: id, code: payload.kind, flags: counted ? 2 : 0,
          first: payload.first, second: payload.second, third: payload.third))
    }
    if board.isInvolved || carriage.isLost || carriage.copyLatency >= 0 {
      transmitUnusually(message, from: from, to: to, id: id, carriage)
      return
    }
    var arrival = now &+ carriage.latency
    if !carriage.isUnordered { arrival = draws.ordered(arrival: arrival, from: from, to: to) }
    queue.push(
      ScheduledEvent(
        at: arrival,
        key: EventKey.pack(.delivery, order: id, from: from.index, to: to.index), payload: message))
  }

  /// A message has reached its receiver.
  @inlinable mutating func arrive(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64
  ) {
    let payload = message.payload
    if runtimes[to.index].isInert {
      arriveInert(message, payload, from: from, to: to, id: id)
      return
    }
    hash.combine(
      at: now, what: EventKey.pack(.delivery, order: 0, from: from.index, to: to.index), payload)
    counts.countDelivered()
    if isRecording {
      trace.records.append(
        TraceRecord(
          .delivered, at: now, from: from, to: to, id: id, code: payload.kind, flags: 1,
          first: payload.first, second: payload.second, third: payload.third))
    }
    if board.hasWatchers { board.notice(.delivered, payload, from: from, to: to, id: id, at: now) }
    if takesTime, startHandling(message, from: from, to: to, id: id) { return }
    effects.removeAll()
    machines[to.index].receive(message, from: from, &effects)
    apply(to)
  }

  /// A timer has run out.
  @inlinable mutating func runOut(_ event: ScheduledEvent<Machine.Message?>) {
    let node = event.to
    let timer = event.from.index
    if runtimes[node.index].isPaused {
      overdue.append(.timer(timer), at: node)
      return
    }
    armed[node.index &* timerCount &+ timer] = 0
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
    let span = low == high ? low : draws.timerSpan(of: node, low: low, high: high)
    let order = nextOrder()
    armed[node.index &* timerCount &+ timer] = order
    queue.push(
      ScheduledEvent(
        at: (Instant(nanoseconds: now) + Duration(nanoseconds: span)).nanoseconds,
        key: EventKey.pack(.timer, order: order, from: timer, to: node.index), payload: nil))
  }

  /// Loses a message.
  @usableFromInline mutating func drop(
    _ payload: MessagePayload, from: NodeID, to: NodeID, id: Int64, _ reason: DropReason,
    fault: Int32 = TraceRecord.noFault, beginsEvent: Bool = false
  ) {
    hash.combine(
      at: now, what: EventKey.pack(.fault, order: 0, from: from.index, to: to.index), payload)
    counts.countDropped()
    record(
      TraceRecord(
        .dropped, at: now, from: from, to: to, id: id, code: payload.kind,
        reason: reason.rawValue, flags: beginsEvent ? 1 : 0, fault: fault, first: payload.first,
        second: payload.second, third: payload.third))
    if board.hasWatchers { board.notice(.dropped, payload, from: from, to: to, id: id, at: now) }
  }

  /// A message that a link loses or copies, or that some fault may touch.
  @usableFromInline mutating func transmitUnusually(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, _ carriage: Carriage
  ) {
    let payload = message.payload
    if board.hasWatchers { board.notice(.sent, payload, from: from, to: to, id: id, at: now) }
    let fate = board.fate(of: payload, from: from, to: to, id: id, at: now)
    var latency = carriage.latency
    for change in fate.latencyChanges {
      switch change {
      case .factor(let factor): latency = factor.of(Duration(nanoseconds: latency)).nanoseconds
      case .extra(let span): latency += span
      case .anotherDraw(var random): latency += draws.drawLatency(from: from, to: to, &random)
      }
    }
    if carriage.isLost {
      drop(payload, from: from, to: to, id: id, .loss)
    } else if let loss = fate.loss {
      drop(payload, from: from, to: to, id: id, loss.reason, fault: loss.fault)
    } else if let fault = fate.heldBy {
      hold(message, from: from, to: to, id: id, remaining: latency, by: fault)
    } else {
      if let fault = fate.delayedBy { recordMessage(.delayed, payload, from, to, id, fault: fault) }
      let isOrdered = !(carriage.isUnordered || fate.isUnordered)
      send(message, from: from, to: to, id: id, latency: latency, ordered: isOrdered)
    }
    if carriage.copyLatency >= 0 {
      copy(message, of: id, from: from, to: to, latency: carriage.copyLatency)
    }
    for (fault, random) in fate.copies {
      var random = random
      let latency = draws.drawLatency(from: from, to: to, &random)
      copy(message, of: id, from: from, to: to, latency: latency, fault: fault)
    }
  }

  /// Writes a record about a message.
  @usableFromInline mutating func recordMessage(
    _ kind: TraceRecord.Kind, _ payload: MessagePayload, _ from: NodeID, _ to: NodeID, _ id: Int64,
    fault: Int32
  ) {
    record(
      TraceRecord(
        kind, at: now, from: from, to: to, id: id, code: payload.kind, fault: fault,
        first: payload.first, second: payload.second, third: payload.third))
  }

  /// Lets a message travel.
  @usableFromInline mutating func send(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, latency: Int64, ordered: Bool
  ) {
    var arrival = (Instant(nanoseconds: now) + Duration(nanoseconds: latency)).nanoseconds
    if ordered { arrival = draws.ordered(arrival: arrival, from: from, to: to) }
    queue.push(
      ScheduledEvent(
        at: arrival, key: EventKey.pack(.delivery, order: id, from: from.index, to: to.index),
        payload: message))
  }

  /// Makes a second message of one; cuts and losses have their say on it as on any other, but no
  /// fault copies it again.
  mutating func copy(
    _ message: Machine.Message, of original: Int64, from: NodeID, to: NodeID, latency: Int64,
    fault: Int32 = TraceRecord.noFault
  ) {
    let id = nextOrder()
    let payload = message.payload
    counts.countDuplicated()
    record(
      TraceRecord(
        .duplicated, at: now, from: from, to: to, id: id, code: payload.kind, fault: fault,
        first: original))
    if let cut = board.cut(payload, from: from, to: to, id: id, at: now) {
      if cut.holds {
        hold(message, from: from, to: to, id: id, remaining: latency, by: cut.fault)
      } else {
        drop(payload, from: from, to: to, id: id, .cut, fault: cut.fault)
      }
      return
    }
    send(message, from: from, to: to, id: id, latency: latency, ordered: false)
  }

  /// Keeps a message back until a fault ends.
  mutating func hold(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, remaining: Int64,
    by fault: Int32
  ) {
    recordMessage(.held, message.payload, from, to, id, fault: fault)
    held.append(
      HeldMessage(message: message, from: from, to: to, id: id, remaining: remaining, fault: fault))
  }
}
