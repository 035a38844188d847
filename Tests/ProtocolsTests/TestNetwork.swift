import SystemModel
import TestSupport

/// Nodes, links and faults, as few as the tests of a machine need: the machines meet here before
/// there is an engine, and whatever this network says of them the engine must say too.
///
/// Times are whole milliseconds. Events run by (time, class, order of scheduling); the classes are
/// fault, delivery, timer, call.
struct TestNetwork<Machine: StateMachine> {
  /// What goes wrong with messages, drawn for each.
  struct Chances {
    var loss = Ratio(0)
    var duplication = Ratio(0)
    /// Whether a message may overtake those before it on its link.
    var reorders = false
  }

  /// Something that was noted, in the order in which it happened.
  struct Note: Hashable, CustomStringConvertible {
    let at: Int64
    let node: Int
    let what: String
    let value: Int64

    var description: String { "\(at) node\(node + 1) \(what) \(value)" }
  }

  /// A message on its way.
  struct Flight: Hashable {
    let sentAt: Int64
    let from: Int
    let to: Int
    let message: Machine.Message
    let counted: Bool
  }

  private enum Action {
    case deliver(Flight)
    case handled(Flight, life: Int)
    case timer(node: Int, Machine.Timer, version: Int)
    case call(node: Int, ClientCall)
    case crash(node: Int, keepingDisk: Bool)
    case restart(node: Int)
  }

  private struct Event {
    let at: Int64
    let rank: Int
    let order: Int
    let action: Action
  }

  private struct Cut {
    let side: Set<Int>
    let start: Int64
    let end: Int64
  }

  private(set) var machines: ContiguousArray<Machine>
  private(set) var isUp: [Bool]
  private(set) var now: Int64 = 0
  /// Observations, in order; a crash is the observation `crashed`.
  private(set) var notes: [Note] = []
  /// The messages that were given to the network.
  private(set) var sent: [Flight] = []
  /// When a node saw a message: its arrival, or the end of its handling.
  private(set) var seen: [(at: Int64, flight: Flight)] = []
  /// When a message arrived.
  private(set) var arrived: [(at: Int64, flight: Flight)] = []
  /// How calls ended: the time, the call, the outcome and the value.
  private(set) var ended: [(at: Int64, call: Int, outcome: CallOutcome, value: Int64)] = []

  var chances = Chances()
  /// The latency of a link, both ends included.
  var latency: (_ from: Int, _ to: Int) -> ClosedRange<Int64> = { _, _ in 0...0 }
  /// The handling time of a kind of message at a node.
  var handling: (_ node: Int, _ kind: String) -> Int64 = { _, _ in 0 }
  private var random: RandomSource
  private var events: [Event] = []
  private var orders = 0
  private var calls = 0
  private var lives: [Int]
  private var timers: [[Int]]
  private var lastArrival: [Int64]
  private var cuts: [Cut] = []
  private var effects = Effects<Machine>()

  init(_ machines: [Machine], seed: UInt64 = 1) {
    self.machines = ContiguousArray(machines)
    isUp = Array(repeating: true, count: machines.count)
    lives = Array(repeating: 0, count: machines.count)
    timers = Array(
      repeating: Array(repeating: 0, count: Machine.Timer.allCases.count), count: machines.count)
    lastArrival = Array(repeating: 0, count: machines.count * machines.count)
    random = RandomSource(state: seed)
  }

  /// Nodes with the same options, all of which make the same mistake if one is named; `initial` by
  /// node.
  init(
    _ nodeCount: Int, options: [String: ParameterValue] = [:],
    optionsOf: [Int: [String: ParameterValue]] = [:], initial: [Int: [String: Int64]] = [:],
    mistake: String? = nil, seed: UInt64 = 1
  ) {
    var options = options
    if let mistake {
      let place = Machine.description.mistakes.firstIndex { $0.name == mistake }
      precondition(place != nil, "\(Machine.description.name) has no mistake \(mistake)")
      options["mistake"] = place.map { .word($0 + 1) }
    }
    self.init(
      (0..<nodeCount).map { node in
        let own = options.merging(optionsOf[node] ?? [:]) { $1 }
        return Machine(
          NodeContext(
            node: node, of: nodeCount, Machine.description, options: own,
            initial: initial[node] ?? [:]))
      }, seed: seed)
  }

  // What happens from outside.

  mutating func call(
    _ node: Int, at: Int64, _ first: Int64 = 0, _ second: Int64 = 0, kind: UInt8 = 0
  ) {
    let call = ClientCall(id: CallID(calls), kind: kind, first, second)
    calls += 1
    schedule(at, rank: 3, .call(node: node, call))
  }

  mutating func cut(_ side: Set<Int>, from start: Int64, to end: Int64 = .max) {
    cuts.append(Cut(side: side, start: start, end: end))
  }

  mutating func crash(_ node: Int, at: Int64, restartAt: Int64? = nil, keepingDisk: Bool = true) {
    schedule(at, rank: 0, .crash(node: node, keepingDisk: keepingDisk))
    if let restartAt { schedule(restartAt, rank: 0, .restart(node: node)) }
  }

  /// Starts every node and runs up to a time, its own instant included.
  mutating func run(to end: Int64) {
    for node in machines.indices { step(node) { $0.start(&$1) } }
    while let event = events.last, event.at <= end {
      events.removeLast()
      if isCancelled(event.action) { continue }
      now = event.at
      carryOut(event.action)
    }
  }

  // What came of it.

  func times(of what: String) -> [Int64] { notes.filter { $0.what == what }.map(\.at) }

  /// Observations of one name as "node@time".
  func notes(of what: String) -> [String] {
    notes.filter { $0.what == what }.map { "node\($0.node + 1)@\($0.at)" }
  }

  /// When messages of a kind were seen, as "from>to@time".
  func seen(_ kind: String) -> [String] {
    seen.filter { name(of: $0.flight.message) == kind }
      .map { "\($0.flight.from + 1)>\($0.flight.to + 1)@\($0.at)" }
  }

  /// When messages of a kind arrived, before any handling.
  func arrived(_ kind: String) -> [String] {
    arrived.filter { name(of: $0.flight.message) == kind }
      .map { "\($0.flight.from + 1)>\($0.flight.to + 1)@\($0.at)" }
  }

  var wire: Int { sent.count }
  var logical: Int { sent.filter(\.counted).count }

  func name(of message: Machine.Message) -> String {
    Machine.description.messages[Int(message.kind)].name
  }

  // The loop.

  private mutating func carryOut(_ action: Action) {
    switch action {
    case .deliver(let flight):
      guard isUp[flight.to] else { return }
      arrived.append((now, flight))
      let time = handling(flight.to, name(of: flight.message))
      if time == 0 {
        see(flight)
      } else {
        schedule(now + time, rank: 1, .handled(flight, life: lives[flight.to]))
      }
    case .handled(let flight, let life):
      if life == lives[flight.to] { see(flight) }
    case .timer(let node, let timer, _):
      step(node) { $0.timerFired(timer, &$1) }
    case .call(let node, let call):
      if isUp[node] {
        step(node) { $0.invoke(call, &$1) }
      } else {
        ended.append((now, Int(call.id.index), .fail, WordType.absent))
      }
    case .crash(let node, let keepingDisk):
      guard isUp[node] else { return }
      isUp[node] = false
      lives[node] += 1
      for timer in timers[node].indices { timers[node][timer] += 1 }
      machines[node].crash(keepingDisk: keepingDisk)
      notes.append(Note(at: now, node: node, what: "crashed", value: keepingDisk ? 1 : 0))
    case .restart(let node):
      guard !isUp[node] else { return }
      isUp[node] = true
      step(node) { $0.restart(&$1) }
    }
  }

  /// Whether a timer was set anew, cancelled, or lost in a crash.
  private func isCancelled(_ action: Action) -> Bool {
    guard case .timer(let node, let timer, let version) = action else { return false }
    return version != timers[node][Int(timer.rawValue)]
  }

  private mutating func see(_ flight: Flight) {
    seen.append((now, flight))
    step(flight.to) { $0.receive(flight.message, from: NodeID(flight.from), &$1) }
  }

  private mutating func step(
    _ node: Int, _ body: (inout Machine, inout Effects<Machine>) -> Void
  ) {
    effects.removeAll()
    body(&machines[node], &effects)
    for effect in effects.all { act(effect, of: node) }
  }

  private mutating func act(_ effect: Effects<Machine>.Effect, of node: Int) {
    switch effect {
    case .send(let message, let receiver, let counted):
      send(message, from: node, to: receiver.index, counted: counted)
    case .broadcast(let message):
      var counted = true
      for receiver in machines.indices where receiver != node {
        send(message, from: node, to: receiver, counted: counted)
        counted = false
      }
    case .setTimer(let timer, let low, let high):
      let span = random.between(low.nanoseconds, high.nanoseconds) / 1_000_000
      timers[node][Int(timer.rawValue)] += 1
      let version = timers[node][Int(timer.rawValue)]
      schedule(now + span, rank: 2, .timer(node: node, timer, version: version))
    case .cancelTimer(let timer):
      timers[node][Int(timer.rawValue)] += 1
    case .complete(let call, let outcome, let value):
      ended.append((now, Int(call.index), outcome, value))
    case .observe(let observation, let value):
      let what = Machine.description.observations[Int(observation)].name
      notes.append(Note(at: now, node: node, what: what, value: value))
    }
  }

  private mutating func send(_ message: Machine.Message, from: Int, to: Int, counted: Bool) {
    let flight = Flight(sentAt: now, from: from, to: to, message: message, counted: counted)
    sent.append(flight)
    let copies = random.happens(chances.duplication) ? 2 : 1
    for _ in 0..<copies {
      let span = latency(from, to)
      var arrival = now + random.between(span.lowerBound, span.upperBound)
      if !chances.reorders {
        arrival = max(arrival, lastArrival[from * machines.count + to])
        lastArrival[from * machines.count + to] = arrival
      }
      if random.happens(chances.loss) || isCut(from, to, now, arrival) { continue }
      schedule(arrival, rank: 1, .deliver(flight))
    }
  }

  private func isCut(_ from: Int, _ to: Int, _ sentAt: Int64, _ arrival: Int64) -> Bool {
    cuts.contains {
      $0.side.contains(from) != $0.side.contains(to) && $0.start <= arrival && sentAt < $0.end
    }
  }

  /// Keeps the events with the next one last.
  private mutating func schedule(_ at: Int64, rank: Int, _ action: Action) {
    let event = Event(at: at, rank: rank, order: orders, action: action)
    orders += 1
    var place = events.count
    while place > 0, (events[place - 1].at, events[place - 1].rank) <= (at, rank) { place -= 1 }
    events.insert(event, at: place)
  }
}
