public import SystemModel

/// Messages and timers of which the plan says beforehand what becomes of them.
extension Simulator {
  /// Lets a message travel as its entry says. Its link and the faults that cover it have taken
  /// their draws, so that an entry changes no other; of the faults only partitions act on it, and
  /// those that delay all messages are said to have delayed it: their time is a part of what the
  /// entry says.
  @inlinable mutating func deliver(
    _ message: Machine.Message, as entry: Int, from: NodeID, to: NodeID, id: Int64,
    _ carriage: Carriage, _ fate: Fate
  ) {
    let delivery = board.explicit.all[entry]
    if isDetailed { details.mix(UInt64(entry)) }
    if isNoting { note(entry, from: from, to: to, carriage, fate) }
    travel(message, from: from, to: to, id: id, of: id, delivery.flight, fate)
    for flight in delivery.copies {
      let copy = nextOrder()
      counts.duplicatedCount &+= 1
      noteDetail(copy, 1 << 63 | UInt64(bitPattern: id), TraceRecord.noFault)
      record(
        TraceRecord(
          .duplicated, at: now, from: from, to: to, id: copy, code: message.kind, first: id))
      travel(message, from: from, to: to, id: copy, of: id, flight, fate)
    }
  }

  /// Lets a message, or a copy of one, travel for a given time, or loses it.
  @inlinable mutating func travel(
    _ message: Machine.Message, from: NodeID, to: NodeID, id: Int64, of original: Int64,
    _ flight: Duration?, _ fate: Fate
  ) {
    if isNoting {
      notes.flights.append(
        .init(
          id: id, original: original, kind: message.kind, from: from, to: to, at: now,
          flight: flight?.nanoseconds, isCut: flight != nil && fate.cut != nil))
    }
    guard let flight else {
      drop(message.payload, from: from, to: to, id: id, .loss)
      return
    }
    if let fault = fate.cut {
      drop(message.payload, from: from, to: to, id: id, .cut, fault: fault)
      return
    }
    for fault in fate.delayedBy where board.alwaysDelays(Int(fault)) {
      recordMessage(.delayed, message.payload, from, to, id, fault: fault)
    }
    if !fate.holders.isEmpty {
      hold(
        HeldMessage(
          message: message, from: from, to: to, id: id, remaining: flight, isOrdered: false,
          holders: fate.holders))
      return
    }
    noteDetour(id)
    queue.push(
      ScheduledEvent(
        at: (Instant(nanoseconds: now) + flight).nanoseconds,
        key: EventKey.pack(.delivery, order: id, from: from.index, to: to.index),
        payload: message))
  }

  /// The span of a timer that is set now: that of its entry, or the one that was asked for.
  @inlinable mutating func heed(
    _ timer: Int, of node: NodeID, low: Int64, high: Int64, _ asked: Int64
  ) -> Int64 {
    let (nth, entry) = timerBook.set(timer, of: node)
    let span = entry.map { timerBook.all[$0].span.nanoseconds } ?? asked
    if isDetailed, let entry { details.mix(UInt64(entry) | 1 << 62) }
    if isNoting {
      noteCeased(timer, of: node)
      _ = timerBook.exchangeNote(timer, of: node, with: notes.timers.count)
      notes.timers.append(
        .init(
          node: node, timer: UInt8(truncatingIfNeeded: timer), nth: nth, at: now, low: low,
          high: high, span: span))
    }
    return span
  }

  /// Notes that a timer that runs, if it does, will not run out.
  @inlinable mutating func noteCeased(_ timer: Int, of node: NodeID) {
    let place = timerBook.exchangeNote(timer, of: node, with: -1)
    guard place >= 0 else { return }
    notes.timers[place].ceased = now
  }

  /// Notes how a message or a copy of one is sent on its way.
  @inlinable mutating func noteFlight(
    _ kind: UInt8, from: NodeID, to: NodeID, id: Int64, _ carriage: Carriage, _ fate: Fate
  ) {
    let isLost = carriage.isLost || fate.loss?.reason == .fault
    notes.flights.append(
      .init(
        id: id, original: copied == 0 ? id : copied, kind: kind, from: from, to: to, at: now,
        flight: isLost ? nil : latency(carriage, fate, from: from, to: to).nanoseconds,
        isCut: !isLost && fate.cut != nil))
  }

  /// Notes what would have become of a message without its entry.
  @inlinable mutating func note(
    _ entry: Int, from: NodeID, to: NodeID, _ carriage: Carriage, _ fate: Fate
  ) {
    let seeds = (carriage.isCopied ? [carriage.copySeed] : []) + fate.copies.map(\.seed)
    let copies = seeds.map { seed -> Int64? in
      var random = RandomSource(state: seed)
      let carriage = draws.carryCopy(from: from, to: to, &random)
      return flight(carriage, board.fate(ofCopy: seed, chosenBy: fate.actors), from: from, to: to)
    }
    notes.defaults.append(
      .init(
        delivery: entry, flight: flight(carriage, fate, from: from, to: to),
        isUnordered: carriage.isUnordered || fate.isUnordered, copies: copies))
  }

  /// How long a message would travel before the order of its link; nil if it would be lost
  /// otherwise than by a partition.
  @inlinable mutating func flight(
    _ carriage: Carriage, _ fate: Fate, from: NodeID, to: NodeID
  ) -> Int64? {
    if carriage.isLost { return nil }
    if let (_, reason) = fate.loss, reason == .fault { return nil }
    return latency(carriage, fate, from: from, to: to).nanoseconds
  }
}
