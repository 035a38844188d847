public import SystemModel

/// What the beginning and the end of a partition do to messages that are on their way.
extension Simulator {
  /// A message on its way: its event and, in order, sender, receiver and number.
  @usableFromInline typealias Flight = (
    event: ScheduledEvent<Machine.Message?>, from: NodeID, to: NodeID, id: Int64
  )

  /// A cut begins: messages across it that are in flight, or that other faults hold, are lost or
  /// held.
  @inlinable mutating func takeInFlight(
    _ cut: CutPattern, _ mode: CutMode, _ binding: Int, fault: Int
  ) {
    switch mode {
    case .slow, .drop(sparingInFlight: true): return
    case .drop(sparingInFlight: false):
      for flight in extractFlights(cut, fault: fault) {
        guard let message = flight.event.payload else { continue }
        drop(
          message.payload, from: flight.from, to: flight.to, id: flight.id, .cut,
          fault: Int32(fault))
      }
      dropHeld(cut, fault: fault)
    case .hold:
      for place in held.indices where isTaken(held[place], by: cut, fault: fault) {
        held[place].holders.append(binding)
      }
      for flight in extractFlights(cut, fault: fault) {
        guard let message = flight.event.payload else { continue }
        hold(
          HeldMessage(
            message: message, from: flight.from, to: flight.to, id: flight.id,
            remaining: Duration(nanoseconds: flight.event.at - now),
            isOrdered: !detours.contains(flight.id), holders: [binding]))
      }
    }
  }

  /// A fault that held messages has ended: each that no other fault holds travels on with the
  /// latency that was left, in the order of sending on its link.
  @inlinable mutating func releaseHeld(by binding: Int) {
    var released: [HeldMessage<Machine.Message>] = []
    var kept: [HeldMessage<Machine.Message>] = []
    for var message in held {
      let wasKeeper = message.holders.first == binding
      message.holders.removeAll { $0 == binding }
      if message.holders.isEmpty {
        released.append(message)
      } else {
        if wasKeeper { recordHeld(message) }
        kept.append(message)
      }
    }
    held = kept
    let fault = Int32(trace.bindings[binding].fault)
    for message in released.sorted(by: { $0.id < $1.id }) {
      let (from, to, id) = (message.from, message.to, message.id)
      recordMessage(.released, message.message.payload, from, to, id, fault: fault)
      let nominal = (Instant(nanoseconds: now) + message.remaining).nanoseconds
      let arrival =
        message.isOrdered ? draws.ordered(arrival: nominal, from: from, to: to) : nominal
      if !message.isOrdered { noteDetour(id) }
      if isNoting { notes.delay(id, by: arrival &- nominal) }
      scheduleParked(message.message, from: from, to: to, id: id, .arrival, at: arrival)
    }
  }

  @inlinable mutating func dropHeld(_ cut: CutPattern, fault: Int) {
    var kept: [HeldMessage<Machine.Message>] = []
    for message in held {
      if isTaken(message, by: cut, fault: fault) {
        drop(
          message.message.payload, from: message.from, to: message.to, id: message.id, .cut,
          fault: Int32(fault))
      } else {
        kept.append(message)
      }
    }
    held = kept
  }

  @inlinable mutating func isTaken(
    _ message: HeldMessage<Machine.Message>, by cut: CutPattern, fault: Int
  ) -> Bool {
    board.takesInFlight(
      cut, fault: fault, message.message.payload, from: message.from, to: message.to,
      id: message.id, at: now)
  }

  /// Takes the messages in flight across a cut out of the queue, in the order of their arrival.
  @inlinable mutating func extractFlights(_ cut: CutPattern, fault: Int) -> [Flight] {
    var judge = board
    let slots = parked.slots
    let instant = now
    let taken = queue.extract { event in
      guard let flight = Self.flight(event, slots), let message = event.payload else {
        return false
      }
      return judge.takesInFlight(
        cut, fault: fault, message.payload, from: flight.from, to: flight.to, id: flight.id,
        at: instant)
    }
    board = judge
    let flights = taken.compactMap { Self.flight($0, slots) }
    for event in taken where event.isParked { _ = parked.take(event.slot) }
    settle(flights)
    return flights
  }

  /// The links from which messages were taken let later messages arrive as if those had not been.
  @inlinable mutating func settle(_ taken: [Flight]) {
    var lastArrivals: [UInt32: Int64] = [:]
    for flight in taken { lastArrivals[LinkPolicies.key(flight.from, flight.to)] = 0 }
    let slots = parked.slots
    let detours = self.detours
    queue.forEach { event in
      guard let flight = Self.flight(event, slots), !detours.contains(flight.id) else { return }
      let key = LinkPolicies.key(flight.from, flight.to)
      if let last = lastArrivals[key] { lastArrivals[key] = max(last, event.at) }
    }
    for flight in taken {
      guard let last = lastArrivals[LinkPolicies.key(flight.from, flight.to)] else { continue }
      draws.settle(lastArrival: last, from: flight.from, to: flight.to)
    }
  }

  /// Whether it matters that a message goes by no order: its link keeps one, and some fault of the
  /// plan takes messages out of flight.
  @inlinable mutating func isDetour(from: NodeID, to: NodeID) -> Bool {
    board.takesFlights && draws.keepsOrder(from: from, to: to)
  }

  /// A message sets out that goes by no order of its link, though the link keeps one.
  @inlinable mutating func noteDetour(_ id: Int64) {
    guard board.takesFlights else { return }
    detours.note(id)
    if detours.isFull { forgetDetours() }
  }

  /// Forgets the detours of messages that have arrived.
  @inlinable @inline(never) mutating func forgetDetours() {
    let slots = parked.slots
    var underWay: Set<Int64> = []
    queue.forEach { event in
      if let flight = Self.flight(event, slots) { underWay.insert(flight.id) }
    }
    detours.keep(underWay)
  }

  /// The message in flight of an event; nil if it is anything else.
  @inlinable static func flight(
    _ event: ScheduledEvent<Machine.Message?>, _ slots: ContiguousArray<ParkedMessages.Slot>
  ) -> Flight? {
    guard event.eventClass == .delivery else { return nil }
    guard event.isParked else { return (event, event.from, event.to, event.order) }
    let slot = slots[event.slot]
    return slot.phase == .arrival ? (event, slot.from, slot.to, slot.id) : nil
  }
}
