import SystemModel

extension NaiveEngine {
  /// What becomes of one copy of a message.
  struct Fate {
    var latency: Int64 = 0
    var lost: String?
    var isUnordered = false
    var holders: [Int] = []
    var delayedBy: [Int] = []
    var copies: [(by: Int?, seed: UInt64)] = []
  }

  mutating func send(_ message: Probe.Message, _ from: Int, _ to: Int) {
    orders += 1
    let flight = Flight(id: orders, from: from, to: to, message: message)
    say("sent \(text(flight))")
    let index = UInt64(from) << 32 | UInt64(to)
    let policy = plan.links.policy(NodeID(from), NodeID(to))
    var fate = draw("link \(index)", .link, index) { random in
      var fate = Fate(latency: policy.latency[0].draw(&random), isUnordered: !policy.fifo)
      if policy.loss.numerator > 0, random.happens(policy.loss) { fate.lost = "loss" }
      if policy.duplicate.numerator > 0 {
        let isCopied = random.happens(policy.duplicate)
        let seed = random.next()
        if isCopied { fate.copies.append((nil, seed)) }
      }
      if let reorder = policy.reorder {
        let isChosen = random.happens(reorder.probability)
        let extra = (reorder.extra ?? policy.latency[0]).draw(&random)
        if isChosen {
          fate.latency += extra
          fate.isUnordered = true
        }
      }
      return fate
    }
    messages += 1
    fate.latency += lateness(index)
    disturb(flight, policy, &fate, copySeed: nil)
    let key = "\(from)>\(to) \(message.kind)"
    counts[key, default: 0] += 1
    let entry = plan.deliveries.first {
      $0.from.index == from && $0.to.index == to && $0.kind == message.kind
        && $0.nth == counts[key]
    }
    if let entry {
      deliver(flight, entry)
      return
    }
    route(flight, fate)
    for (by, seed) in fate.copies {
      orders += 1
      let copy = Flight(id: orders, from: from, to: to, message: message)
      say("duplicated \(text(copy)) \(by ?? -1)")
      var random = RandomSource(state: seed)
      var own = Fate(latency: policy.latency[0].draw(&random), isUnordered: !policy.fifo)
      if policy.loss.numerator > 0, random.happens(policy.loss) { own.lost = "loss" }
      disturb(copy, policy, &own, copySeed: seed)
      route(copy, own)
    }
  }

  /// How late the message is that is given to a link now.
  mutating func lateness(_ link: UInt64) -> Int64 {
    func draw(_ number: Int, _ messages: Int) -> Int {
      var random = RandomSource(seed: plan.seed, purpose: .orderPoint, index: UInt64(number))
      return 1 + Int(random.below(UInt64(messages)))
    }
    switch plan.order {
    case nil: return 0
    case .random(let window):
      return self.draw("late \(link)", .lateness, link) { $0.between(0, window.nanoseconds) }
    case .pct(let depth, let window, let all):
      for number in 1..<max(depth, 1) where draw(number, all) == messages {
        let step = (window.nanoseconds - window.nanoseconds / 2) / Int64(depth - 1)
        fallenBehind[link] = window.nanoseconds / 2 + step * Int64(depth - number)
      }
      if let late = fallenBehind[link] { return late }
      var random = RandomSource(seed: plan.seed, purpose: .lateness, index: link)
      return random.between(0, window.nanoseconds / 2)
    case .delayBounded(let delays, let window, let all):
      return (1...delays).reduce(0) {
        $0 + (draw($1, all) == messages ? window.nanoseconds : 0)
      }
    }
  }

  /// Lets a message and its copies travel as an entry of the plan says.
  mutating func deliver(_ flight: Flight, _ entry: ExplicitDelivery) {
    detours.insert(flight.id)
    send(flight, explicitly: entry.flight)
    for span in entry.copies {
      orders += 1
      let copy = Flight(id: orders, from: flight.from, to: flight.to, message: flight.message)
      detours.insert(copy.id)
      say("duplicated \(text(copy)) -1")
      send(copy, explicitly: span)
    }
  }

  mutating func send(_ flight: Flight, explicitly span: Duration?) {
    var fate = Fate(latency: span?.nanoseconds ?? 0, lost: span == nil ? "loss" : nil)
    fate.isUnordered = true
    for (binding, state) in bindings.enumerated() where state.isOpen {
      switch plan.faults[state.fault].action {
      case .link(_, .delay): fate.delayedBy.append(state.fault)
      case .cut(_, _, let mode):
        guard cuts(binding, flight) else { continue }
        switch mode {
        case .drop: fate.lost = fate.lost ?? "cut \(state.fault)"
        case .hold: fate.holders.append(binding)
        case .slow: fate.delayedBy.append(state.fault)
        }
      default: break
      }
    }
    route(flight, fate)
  }

  /// Lets the acting faults have their say: factors first, then sums.
  mutating func disturb(
    _ flight: Flight, _ policy: LinkPolicy, _ fate: inout Fate, copySeed: UInt64?
  ) {
    var sum: Int64 = 0
    for (binding, state) in bindings.enumerated() where state.isOpen {
      let fault = plan.faults[state.fault]
      switch fault.action {
      case .cut(_, _, let mode):
        guard cuts(binding, flight) else { continue }
        switch mode {
        case .drop: fate.lost = fate.lost ?? "cut \(state.fault)"
        case .hold: fate.holders.append(binding)
        case .slow(let factor):
          fate.latency = fate.latency * factor.numerator / factor.denominator
          fate.delayedBy.append(state.fault)
        }
      case .link(_, let kind):
        let key = RandomSource.mix(fault.key)
        let index = key ^ (UInt64(flight.from) << 32 | UInt64(flight.to))
        let name = copySeed.map { "copy \($0) \(key)" } ?? "fault \(index)"
        if let copySeed { streams[name] = RandomSource(state: RandomSource.mix(copySeed ^ key)) }
        draw(name, .faultLink, index) { random in
          switch kind {
          case .loss(let chance):
            if random.happens(chance) { fate.lost = fate.lost ?? "fault \(state.fault)" }
          case .delay(let law):
            sum += law.draw(&random)
            fate.delayedBy.append(state.fault)
          case .duplicate(let chance):
            let isCopied = random.happens(chance)
            let seed = random.next()
            if isCopied, copySeed == nil { fate.copies.append((state.fault, seed)) }
          case .reorder(let chance, let extra):
            let isChosen = random.happens(chance)
            var stream = RandomSource(state: random.next())
            guard isChosen else { return }
            sum += (extra ?? policy.latency[0]).draw(&stream)
            fate.isUnordered = true
            fate.delayedBy.append(state.fault)
          }
        }
      default: break
      }
    }
    fate.latency += sum
  }

  mutating func route(_ flight: Flight, _ fate: Fate) {
    if fate.isUnordered, plan.links.policy(NodeID(flight.from), NodeID(flight.to)).fifo {
      detours.insert(flight.id)
    }
    if let lost = fate.lost {
      say("dropped \(text(flight)) \(lost)")
      return
    }
    for fault in fate.delayedBy { say("delayed \(text(flight)) \(fault)") }
    guard fate.holders.isEmpty else {
      say("held \(text(flight)) \(bindings[fate.holders[0]].fault)")
      held.append((flight, fate.latency, fate.holders))
      return
    }
    travel(flight, now + fate.latency, isOrdered: !fate.isUnordered, order: flight.id)
  }

  mutating func travel(_ flight: Flight, _ at: Int64, isOrdered: Bool, order: Int) {
    var arrival = at
    let link = "\(flight.from) \(flight.to)"
    if isOrdered {
      arrival = max(arrival, lastArrival[link] ?? 0)
      lastArrival[link] = arrival
    }
    events.append(
      Event(at: arrival, rank: 1, order: order, what: .arrive(flight, isOverdue: false)))
  }

  mutating func arrive(_ flight: Flight) {
    if !downBy[flight.to].isEmpty {
      say("dropped \(text(flight)) down")
    } else if !pausedBy[flight.to].isEmpty {
      waiting[flight.to].append(
        Event(at: now, rank: 1, order: 0, what: .arrive(flight, isOverdue: true)))
    } else {
      say("delivered \(text(flight))")
      step(flight.to) { $0.receive(flight.message, from: NodeID(flight.from), &$1) }
    }
  }

  func text(_ flight: Flight) -> String {
    "\(flight.from)>\(flight.to) \(flight.message.kind) \(flight.message.payload.first)"
  }

  func cuts(_ binding: Int, _ flight: Flight) -> Bool {
    guard
      case .cut(.groups(let groups), let oneWay, _) = plan.faults[bindings[binding].fault].action,
      let from = groups.firstIndex(where: { $0.contains(NodeID(flight.from)) }),
      let to = groups.firstIndex(where: { $0.contains(NodeID(flight.to)) })
    else { return false }
    return oneWay ? from < to : from != to
  }

  mutating func begin(_ place: Int) {
    let fault = plan.faults[place]
    say("begin \(place)")
    let binding = bindings.count
    bindings.append(Binding(fault: place))
    switch fault.action {
    case .crash(.nodes(let nodes), let keepingDisk):
      for node in nodes { crash(node.index, binding, keepingDisk: keepingDisk) }
    case .pause(.nodes(let nodes)):
      for node in nodes where downBy[node.index].isEmpty { pausedBy[node.index].append(binding) }
    case .cut(_, _, .drop(sparingInFlight: false)): takeAway(binding, place) { _, _ in }
    case .cut(_, _, .hold):
      for place in held.indices where cuts(binding, held[place].flight) {
        held[place].by.append(binding)
      }
      var taken: [(flight: Flight, left: Int64, by: [Int])] = []
      takeAway(binding, nil) { taken.append(($0, $1, [binding])) }
      held += taken
    default: break
    }
    if case .after(let span) = fault.ending {
      schedule(now + span.nanoseconds, 0, .end(binding: binding))
    }
  }

  /// Takes what a cut takes out of the air: dropped by a fault, or given to someone who holds it.
  mutating func takeAway(_ binding: Int, _ fault: Int?, _ keep: (Flight, Int64) -> Void) {
    var taken: [Event] = []
    var left: [Event] = []
    for event in events {
      if case .arrive(let flight, false) = event.what, cuts(binding, flight) {
        taken.append(event)
      } else {
        left.append(event)
      }
    }
    events = left
    for event in taken.sorted(by: { ($0.at, $0.order) < ($1.at, $1.order) }) {
      guard case .arrive(let flight, _) = event.what else { continue }
      lastArrival["\(flight.from) \(flight.to)"] = nil
      if let fault {
        say("dropped \(text(flight)) cut \(fault)")
      } else {
        say("held \(text(flight)) \(bindings[binding].fault)")
        keep(flight, event.at - now)
      }
    }
    guard let fault else { return }
    let waiting = held
    held = waiting.filter { !cuts(binding, $0.flight) }
    for one in waiting where cuts(binding, one.flight) {
      say("dropped \(text(one.flight)) cut \(fault)")
    }
  }

  mutating func end(_ binding: Int) {
    bindings[binding].isOpen = false
    let fault = plan.faults[bindings[binding].fault]
    say("end \(bindings[binding].fault)")
    for node in machines.indices {
      let (wasDown, wasPaused) = (!downBy[node].isEmpty, !pausedBy[node].isEmpty)
      downBy[node].removeAll { $0 == binding }
      pausedBy[node].removeAll { $0 == binding }
      if wasDown, downBy[node].isEmpty { step(node) { $0.restart(&$1) } }
      if wasPaused, pausedBy[node].isEmpty { resume(node) }
    }
    guard case .cut(_, _, .hold) = fault.action else { return }
    for place in held.indices {
      let first = held[place].by[0]
      held[place].by.removeAll { $0 == binding }
      if first == binding, let next = held[place].by.first {
        say("held \(text(held[place].flight)) \(bindings[next].fault)")
      }
    }
    for one in held.filter({ $0.by.isEmpty }).sorted(by: { $0.flight.id < $1.flight.id }) {
      say("released \(text(one.flight))")
      orders += 1
      travel(
        one.flight, now + one.left, isOrdered: !detours.contains(one.flight.id), order: orders)
    }
    held.removeAll { $0.by.isEmpty }
  }

  mutating func crash(_ node: Int, _ binding: Int, keepingDisk: Bool) {
    let wasUp = downBy[node].isEmpty
    downBy[node].append(binding)
    pausedBy[node] = []
    if wasUp || !keepingDisk { machines[node].crash(keepingDisk: keepingDisk) }
    guard wasUp else { return }
    for timer in Probe.Timer.allCases { timers["\(node) \(timer)"] = nil }
    for event in waiting[node] {
      if case .arrive(let flight, _) = event.what { say("dropped \(text(flight)) crash") }
    }
    waiting[node] = []
    mustStart.remove(node)
    for call in calls.indices where calls[call].node == node { complete(call, .info) }
  }

  mutating func resume(_ node: Int) {
    if mustStart.remove(node) != nil { step(node) { $0.start(&$1) } }
    for event in waiting[node] {
      schedule(now, event.rank, event.what, isEarly: true)
      if case .timer(_, let timer) = event.what { timers["\(node) \(timer)"] = earlyOrders }
    }
    waiting[node] = []
  }
}
