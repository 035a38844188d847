import SystemModel

/// A machine that does what calls tell it: sends, asks, waits, writes. What it sees it announces.
struct Probe: StateMachine {
  enum Message: MachineMessage {
    case ping(Int64)
    case question(Int64)
    case answer(Int64)
    case note(Int64)

    var kind: UInt8 { payload.kind }

    var payload: MessagePayload {
      switch self {
      case .ping(let number): MessagePayload(0, number)
      case .question(let call): MessagePayload(1, call)
      case .answer(let call): MessagePayload(2, call)
      case .note(let number): MessagePayload(3, number)
      }
    }
  }

  enum Timer: UInt8, MachineTimer {
    case alarm
    case wide
    case tick
    case work
  }

  /// The calls, by their places among the declarations.
  enum Call: UInt8, CaseIterable {
    /// Sends a ping with a number to a node.
    case ping
    /// Asks a node, and ends when it answers.
    case ask
    /// Sends a note with a number to all others.
    case spread
    /// Sets the alarm to run out after a while.
    case alarm
    /// Sets a timer to run out within a range.
    case wide
    /// Cancels both.
    case cancel
    /// Writes a number to the disk and to memory.
    case write
    /// Ends after a while.
    case work
    /// Sends a node the pings 1, 2, … up to a number.
    case flood
  }

  static let description = ProtocolDescription(
    name: "probe", summary: "Does what it is told.", source: "tests", assumptions: [],
    guarantees: [], family: .barrier,
    messages: [
      MessageDeclaration("ping", [.init("number", .int)], "A number."),
      MessageDeclaration("question", [.init("call", .int)], "A question."),
      MessageDeclaration("answer", [.init("call", .int)], "Its answer."),
      MessageDeclaration("note", [.init("number", .int)], "A number for all."),
    ],
    timers: Timer.allCases.map { TimerDeclaration("\($0)", "A timer.") },
    fields: [
      FieldDeclaration("seen", .int, "How many messages it has seen."),
      FieldDeclaration("disk", .int, durable: true, settable: true, "What it has written."),
      FieldDeclaration("memory", .int, "What it remembers of that."),
      FieldDeclaration("heard", .nodeList, "The last seven senders, the latest last."),
    ],
    parameters: [
      ParameterDeclaration("greets", .bool, default: .bool(false), "A note to all at the start."),
      ParameterDeclaration(
        "tick", .durationRange(minimum: .zero), "A note to all again and again."),
    ],
    calls: Call.allCases.map { CallDeclaration("\($0)", [], "A call.") },
    observations: ["saw", "alarm", "wide", "worked", "started", "restarted"].map {
      ObservationDeclaration($0, nil, "Something.")
    },
    selectors: [
      SelectorDeclaration("busiest", "The live nodes that have seen the most messages."),
      SelectorDeclaration("nobody", "No node."),
    ])

  private(set) var seen: Int64 = 0
  private(set) var disk: Int64
  private(set) var memory: Int64 = 0
  private(set) var heard: [Int64] = []
  private var working: CallID?
  private let id: NodeID
  private let greets: Bool
  private let tick: (low: Duration, high: Duration)?

  init(_ context: NodeContext) {
    id = context.id
    greets = context.bool("greets")
    tick = context.durations("tick")
    disk = context.initialWord("disk") ?? 0
  }

  static func == (left: Probe, right: Probe) -> Bool {
    left.seen == right.seen && left.disk == right.disk && left.memory == right.memory
      && left.heard == right.heard && left.working == right.working && left.id == right.id
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(seen)
    hasher.combine(disk)
  }

  mutating func start(_ effects: inout Effects<Self>) {
    effects.observe(4)
    if greets { effects.broadcast(.note(0)) }
    setTick(&effects)
  }

  mutating func receive(_ message: Message, from sender: NodeID, _ effects: inout Effects<Self>) {
    seen += 1
    heard = heard.suffix(6) + [Int64(sender.index)]
    effects.observe(0, value: message.payload.first)
    switch message {
    case .question(let call): effects.send(.answer(call), to: sender)
    case .answer(let call): effects.complete(CallID(Int(call)), .ok, value: seen)
    case .ping, .note: break
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {
    switch timer {
    case .alarm: effects.observe(1)
    case .wide: effects.observe(2)
    case .tick:
      effects.broadcast(.note(seen))
      setTick(&effects)
    case .work:
      effects.observe(3)
      if let call = working { effects.complete(call, .ok) }
      working = nil
    }
  }

  mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {
    switch Call.allCases[Int(call.kind)] {
    case .ping: effects.send(.ping(call.second), to: NodeID(Int(call.first)))
    case .ask:
      effects.send(.question(Int64(call.id.index)), to: NodeID(Int(call.first)))
      return
    case .spread: effects.broadcast(.note(call.first))
    case .alarm: effects.setTimer(.alarm, after: Duration(nanoseconds: call.first))
    case .wide:
      effects.setTimer(
        .wide, between: Duration(nanoseconds: call.first),
        and: Duration(nanoseconds: call.second))
    case .cancel:
      effects.cancelTimer(.alarm)
      effects.cancelTimer(.wide)
    case .write:
      disk = call.first
      memory = call.first
    case .work:
      working = call.id
      effects.setTimer(.work, after: Duration(nanoseconds: call.first))
      return
    case .flood:
      for number in 0..<call.second {
        effects.send(.ping(number + 1), to: NodeID(Int(call.first)))
      }
    }
    effects.complete(call.id, .ok)
  }

  mutating func crash(keepingDisk: Bool) {
    seen = 0
    memory = 0
    heard = []
    working = nil
    if !keepingDisk { disk = 0 }
  }

  mutating func restart(_ effects: inout Effects<Self>) {
    effects.observe(5, value: disk)
    setTick(&effects)
  }

  func word(ofField index: Int) -> Int64 { [seen, disk, memory][index] }

  func list(ofField index: Int) -> [Int64] { heard }

  static func nodes(selectedBy selector: Int, among view: NodeView<Self>) -> [NodeID] {
    guard selector == 0 else { return [] }
    let most = view.machines.indices.filter { view.isUp[$0] }.map { view.machines[$0].seen }.max()
    return view.live { $0.seen == most }
  }

  private func setTick(_ effects: inout Effects<Self>) {
    if let tick { effects.setTimer(.tick, between: tick.low, and: tick.high) }
  }
}
