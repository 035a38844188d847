import SystemModel

/// The obvious engine: every event in one list that is searched for the least, dictionaries for
/// everything else, and no thought of speed. What it says, the engine must say too.
///
/// It knows calls at instants, timers, links with all their chances, partitions by groups, link
/// faults, crashes and pauses for a while; no handling times.
struct NaiveEngine {
  struct Flight {
    let id: Int
    let from: Int
    let to: Int
    let message: Probe.Message
  }

  enum What {
    case begin(fault: Int)
    case end(binding: Int)
    case arrive(Flight, isOverdue: Bool)
    case timer(node: Int, Probe.Timer)
    case call(workload: Int, occurrence: Int)
    case late(ClientCall, node: Int)
  }

  struct Event {
    let at: Int64
    let rank: Int
    let order: Int
    let what: What
  }

  struct Binding {
    let fault: Int
    var isOpen = true
  }

  let plan: SystemPlan
  var machines: [Probe]
  var now: Int64 = 0
  var orders = 0
  /// How many messages were given to the network, copies aside.
  var messages = 0
  /// How late the messages of a link are by `pct`, once it has fallen behind.
  var fallenBehind: [UInt64: Int64] = [:]
  var earlyOrders = -1_000_000
  var events: [Event] = []
  var streams: [String: RandomSource] = [:]
  var lastArrival: [String: Int64] = [:]
  var timers: [String: Int] = [:]
  var bindings: [Binding] = []
  var downBy: [[Int]]
  var pausedBy: [[Int]]
  var waiting: [[Event]]
  /// The nodes that were paused at the start.
  var mustStart: Set<Int> = []
  var held: [(flight: Flight, left: Int64, by: [Int])] = []
  /// How often each kind of message was sent on each link, and each timer set.
  var counts: [String: Int] = [:]
  /// The numbers of the messages whose fate the plan gives.
  /// The flights that go by no order, though their link keeps one.
  var detours: Set<Int> = []
  var calls: [(node: Int, isOpen: Bool)] = []
  var lines: [String] = []

  init(_ plan: SystemPlan) {
    self.plan = plan
    machines = plan.topology.nodes.map { Probe(plan.context(of: $0, Probe.description)) }
    downBy = machines.map { _ in [] }
    pausedBy = downBy
    waiting = machines.map { _ in [] }
  }

  mutating func run() -> [String] {
    for place in plan.workloads.indices { scheduleCall(place, 0) }
    lines.append("0 started")
    for (place, fault) in plan.faults.enumerated() {
      guard case .at(let instant) = fault.trigger else { continue }
      if instant == .start {
        begin(place)
      } else {
        schedule(instant.nanoseconds, 0, .begin(fault: place))
      }
    }
    for node in machines.indices where downBy[node].isEmpty {
      if pausedBy[node].isEmpty { step(node) { $0.start(&$1) } } else { mustStart.insert(node) }
    }
    while let place = leastPlace(), events[place].at <= plan.timeLimit.nanoseconds {
      let event = events.remove(at: place)
      now = event.at
      carryOut(event)
    }
    return lines
  }

  /// The least event that will happen; those that will not are thrown away.
  mutating func leastPlace() -> Int? {
    events.removeAll { event in
      switch event.what {
      case .timer(let node, let timer): timers["\(node) \(timer)"] != event.order
      case .end(let binding): !bindings[binding].isOpen
      default: false
      }
    }
    return events.indices.min {
      (events[$0].at, events[$0].rank, events[$0].order)
        < (events[$1].at, events[$1].rank, events[$1].order)
    }
  }

  mutating func schedule(_ at: Int64, _ rank: Int, _ what: What, isEarly: Bool = false) {
    orders += isEarly ? 0 : 1
    earlyOrders += isEarly ? 1 : 0
    let order = isEarly ? earlyOrders : orders
    events.append(Event(at: at, rank: rank, order: order, what: what))
  }

  mutating func carryOut(_ event: Event) {
    switch event.what {
    case .begin(let fault): begin(fault)
    case .end(let binding): end(binding)
    case .arrive(let flight, _): arrive(flight)
    case .timer(let node, let timer):
      guard pausedBy[node].isEmpty else {
        waiting[node].append(event)
        return
      }
      timers["\(node) \(timer)"] = nil
      say("timer \(node) \(timer)")
      step(node) { $0.timerFired(timer, &$1) }
    case .call(let workload, let occurrence):
      scheduleCall(workload, occurrence + 1)
      call(workload)
    case .late(let call, let node):
      guard calls[Int(call.id.index)].isOpen else { return }
      say("reached \(call.id.index)")
      step(node) { $0.invoke(call, &$1) }
    }
  }

  mutating func scheduleCall(_ workload: Int, _ occurrence: Int) {
    guard case .at(let instants) = plan.workloads[workload].arrival,
      occurrence < instants.count
    else { return }
    schedule(
      instants[occurrence].nanoseconds, 3, .call(workload: workload, occurrence: occurrence))
  }

  mutating func call(_ workload: Int) {
    let choice = plan.workloads[workload].choices[0]
    guard case .nodes(let nodes) = plan.workloads[workload].nodes else { return }
    let node = nodes[0].index
    let call = ClientCall(
      id: CallID(calls.count), kind: choice.call, choice.arguments[0], choice.arguments[1],
      choice.arguments[2])
    calls.append((node, true))
    say("call \(call.id.index) \(node)")
    if !downBy[node].isEmpty {
      complete(Int(call.id.index), .fail)
    } else if !pausedBy[node].isEmpty {
      waiting[node].append(Event(at: now, rank: 3, order: 0, what: .late(call, node: node)))
    } else {
      step(node) { $0.invoke(call, &$1) }
    }
  }

  mutating func complete(_ call: Int, _ outcome: CallOutcome) {
    guard calls[call].isOpen else { return }
    calls[call].isOpen = false
    say("ended \(call) \(outcome.name)")
  }

  mutating func say(_ text: String) { lines.append("\(now) \(text)") }

  mutating func step(_ node: Int, _ body: (inout Probe, inout Effects<Probe>) -> Void) {
    var effects = Effects<Probe>()
    body(&machines[node], &effects)
    for effect in effects.all {
      switch effect {
      case .send(let message, let receiver, _): send(message, node, receiver.index)
      case .broadcast(let message):
        for receiver in machines.indices where receiver != node { send(message, node, receiver) }
      case .setTimer(let timer, let low, let high):
        var span = low.nanoseconds
        if low != high {
          span = draw("timers \(node)", .timers, UInt64(node)) {
            $0.between(low.nanoseconds, high.nanoseconds)
          }
        }
        counts["\(node) \(timer)", default: 0] += 1
        let nth = counts["\(node) \(timer)"]
        let entry = plan.timers.first {
          $0.node.index == node && $0.timer == timer.rawValue && $0.nth == nth
        }
        if let entry { span = entry.span.nanoseconds }
        schedule(now + span, 2, .timer(node: node, timer))
        timers["\(node) \(timer)"] = orders
      case .cancelTimer(let timer): timers["\(node) \(timer)"] = nil
      case .complete(let call, let outcome, _): complete(Int(call.index), outcome)
      case .observe(let observation, let value): say("observed \(node) \(observation) \(value)")
      }
    }
  }

  mutating func draw<Value>(
    _ name: String, _ purpose: RandomSource.Purpose, _ index: UInt64,
    _ body: (inout RandomSource) -> Value
  ) -> Value {
    var random =
      streams[name] ?? RandomSource(seed: plan.seed, purpose: purpose, index: index)
    defer { streams[name] = random }
    return body(&random)
  }
}
