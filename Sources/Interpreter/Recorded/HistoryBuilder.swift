import Analysis
import Diagnostics
import SystemModel

/// Puts the records of a history together, whatever its format, and sees to it that they fit the
/// scenario and each other.
struct HistoryBuilder {
  let description: ProtocolDescription
  let topology: Topology
  private(set) var symbols: SymbolTable
  private(set) var trace = Trace()
  private(set) var end = RunEnd.time
  /// Whether it begins with the start of the run, and so says all that happened.
  private(set) var isWhole = false
  /// The observations of which a value is missing, by their places.
  private(set) var withoutValue: [UInt8] = []
  /// The nodes by their names.
  let nodes: [String: NodeID]
  private let faults: [String]
  private let start: [[Int64]]
  private var now: Int64 = 0
  private var lastTime: SourceSpan?
  private var calls = OpenCalls()
  private var callCount: Int64 = 0
  private var clients: [String: Int32] = [:]
  /// The names of clients by their numbers.
  private(set) var clientNames: [Int32: String] = [:]
  /// For each record where the line begins that tells it; -1 for what no line tells.
  private(set) var places: [Int32] = []
  /// What the fields of each node hold now.
  private var fields: [[[Int64]]]
  private var isDown: [Bool]
  private var isPaused: [Bool]
  private var bindings: [(fault: Int, id: Int64)] = []
  private var hasEnded = false

  /// A history for a plan; `start` has the words of the fields of each node at first, lists 0.
  init(_ plan: JudgementPlan, start: [[Int64]]) {
    description = plan.description
    topology = plan.system.topology
    symbols = plan.system.symbols
    faults = plan.system.faults.map(\.name)
    nodes = Dictionary(
      topology.names.enumerated().map { ($0.element, NodeID($0.offset)) }, uniquingKeysWith: min)
    isDown = topology.names.map { _ in false }
    isPaused = isDown
    self.start = start
    fields = start.map { words in
      words.enumerated().map { place, word in
        plan.description.fields[place].type == .nodeList ? [] : [word]
      }
    }
  }

  /// When the last event was.
  var lastInstant: Int64 { now }

  /// Goes on to the time of the next event.
  mutating func move(to time: Int64, _ span: SourceSpan) throws(HistoryMistake) {
    guard time >= now || trace.records.isEmpty else {
      throw .init(
        .timeGoesBack, "the time goes back, to \(text(time)) from \(text(now))", span,
        label: lastTime.map { ($0, "the time before") })
    }
    guard !hasEnded else {
      throw .init(.callsDoNotMatch, "something happens after the end of the run", span)
    }
    now = time
    lastTime = span
  }

  // MARK: Records

  /// Adds a record; the first one of all must be the start, and is made if it is not given.
  mutating func add(_ record: TraceRecord, begins: Bool) {
    if trace.records.isEmpty {
      isWhole = record.kind == .started
      addStart()
      if isWhole { return }
    }
    var record = record
    record.at = now
    record.flags = record.flags & 2 | (begins || trace.records.isEmpty ? 1 : 0)
    trace.records.append(record)
    places.append(Int32(clamping: lastTime?.start ?? -1))
    if record.kind == .ended {
      hasEnded = true
      end = RunEnd(rawValue: record.code) ?? .time
    }
  }

  /// The start as the protocol has it, whether or not the history has one: every field with its
  /// first word, which holds until the history says another.
  private mutating func addStart() {
    defer {
      let told = isWhole ? [Int32(clamping: lastTime?.start ?? -1)] : []
      places = told + Array(repeating: -1, count: trace.records.count - told.count)
    }
    trace.records.append(TraceRecord(.started, at: min(now, 0), flags: 1))
    for (node, words) in start.enumerated() {
      let id = NodeID(node)
      for (place, field) in description.fields.enumerated() where field.type != .nodeList {
        trace.records.append(
          TraceRecord(
            .fieldChanged, at: min(now, 0), from: id, to: id, code: UInt8(place),
            first: words[place]))
      }
    }
  }

  /// Refuses what a line says of the value that a field had before, unless it is the one it has.
  func expect(
    _ words: [Int64], in field: Int, of node: NodeID, _ span: SourceSpan
  ) throws(HistoryMistake) {
    let known = fields[node.index][field]
    guard known != words else { return }
    let declared = description.fields[field]
    throw .init(
      .contradiction,
      "`\(declared.name)` of \(topology.names[node.index]) was \(text(known, declared.type))", span,
      help: "a change before this one is missing, or `was` is wrong; it may be left out")
  }

  /// A field of a node changes.
  mutating func set(_ node: NodeID, field: Int, to words: [Int64], begins: Bool) {
    fields[node.index][field] = words
    func word(_ place: Int) -> Int64 { place < words.count ? words[place] : 0 }
    let isList = description.fields[field].type == .nodeList
    add(
      TraceRecord(
        isList ? .listChanged : .fieldChanged, at: now, from: node, to: node,
        id: isList ? Int64(words.count) : 0, code: UInt8(field), first: word(0), second: word(1),
        third: word(2)),
      begins: begins)
    for first in stride(from: 3, to: words.count, by: 3) {
      add(
        TraceRecord(
          .continued, at: now, from: node, to: node, code: UInt8(field), first: word(first),
          second: word(first + 1), third: word(first + 2)),
        begins: false)
    }
  }

  /// A node announces something; nil where the history does not say its value.
  mutating func observe(_ node: NodeID, _ observation: UInt8, value: Int64?, begins: Bool) {
    if value == nil, !description.observations[Int(observation)].fields.isEmpty,
      !withoutValue.contains(observation)
    {
      withoutValue.append(observation)
    }
    add(
      TraceRecord(
        .observed, at: now, from: node, to: node, code: observation,
        first: value ?? WordType.absent),
      begins: begins)
  }

  /// A node goes down or stands still, or comes back from either, which it does only if it was gone.
  mutating func live(
    _ record: TraceRecord, begins: Bool, _ span: SourceSpan
  ) throws(HistoryMistake) {
    let node = record.from
    switch record.kind {
    case .crashed: isDown[node.index] = true
    case .paused: isPaused[node.index] = true
    case .restarted:
      guard isDown[node.index] else { throw notGone(node, "is not down", span) }
      isDown[node.index] = false
    case .resumed:
      guard isPaused[node.index] else { throw notGone(node, "does not stand still", span) }
      isPaused[node.index] = false
    default: break
    }
    add(record, begins: begins)
  }

  private func notGone(_ node: NodeID, _ what: String, _ span: SourceSpan) -> HistoryMistake {
    .init(.callsDoNotMatch, "\(topology.names[node.index]) \(what)", span)
  }

  // MARK: Calls

  /// A client calls; it has no other call open.
  mutating func invoke(
    client name: String, at node: NodeID, call: UInt8, _ words: [Int64], begins: Bool,
    _ span: SourceSpan
  ) throws(HistoryMistake) {
    let client = clients[name] ?? number(ofClient: name)
    clients[name] = client
    guard calls.first(of: client) == nil else {
      throw .init(
        .callsDoNotMatch, "client \(VisibleText.brief(name)) calls while a call of it is open",
        span)
    }
    open(.init(client: client, node: node, number: callCount, kind: call, words: words), begins)
  }

  /// A call of a number, as a transcript has it.
  mutating func invoke(
    number: Int64, client: Int64, at node: NodeID, call: UInt8, _ words: [Int64], begins: Bool,
    _ span: SourceSpan
  ) throws(HistoryMistake) {
    guard number == callCount else {
      throw .init(
        .callsDoNotMatch, "the next call is number \(callCount), since calls are counted from 0",
        span)
    }
    let client = Int32(clamping: client)
    open(.init(client: client, node: node, number: number, kind: call, words: words), begins)
  }

  /// A new number for a client: its name, if that is one that is free.
  private mutating func number(ofClient name: String) -> Int32 {
    var number = Int32(name) ?? -1
    if number < 0 || String(number) != name || clientNames[number] != nil {
      number = Int32(clients.count)
      while clientNames[number] != nil { number += 1 }
    }
    clientNames[number] = VisibleText.brief(name)
    return number
  }

  private mutating func open(_ call: OpenCalls.Call, _ begins: Bool) {
    calls.add(call)
    callCount += 1
    add(
      TraceRecord(
        .callInvoked, at: now, from: call.node, to: call.node, id: call.number, code: call.kind,
        fault: call.client, first: call.words[0], second: call.words[1], third: call.words[2]),
      begins: begins)
  }

  /// What the open call of a client asks for, by its place among the declared calls.
  mutating func openCall(
    of name: String, _ span: SourceSpan
  ) throws(HistoryMistake) -> OpenCalls.Call {
    guard let client = clients[name], let call = calls.first(of: client) else {
      throw .init(
        .callsDoNotMatch, "client \(VisibleText.brief(name)) has no open call to end", span)
    }
    return call
  }

  /// What the open call of a number asks for, likewise.
  func openCall(
    number: Int64, _ span: SourceSpan
  ) throws(HistoryMistake) -> OpenCalls.Call {
    guard let call = calls[number] else {
      throw .init(.callsDoNotMatch, "there is no open call \(number) to end", span)
    }
    return call
  }

  /// An open call ends.
  mutating func complete(
    number: Int64, _ outcome: CallOutcome, value: Int64, begins: Bool
  ) {
    guard let call = calls.end(number) else { return }
    add(
      TraceRecord(
        .callCompleted, at: now, from: call.node, to: call.node, id: number,
        code: outcome.rawValue, first: value),
      begins: begins)
  }

  // MARK: Faults

  /// The place of a fault in the plan.
  func fault(_ name: String, _ span: SourceSpan) throws(HistoryMistake) -> Int32 {
    guard let place = faults.firstIndex(of: name) else {
      throw .unknown("fault", name, faults, span)
    }
    return Int32(place)
  }

  /// A fault begins to act on some nodes.
  mutating func startFault(_ fault: Int32, _ nodes: [NodeID], begins: Bool) {
    let id = Int64(trace.bindings.count)
    trace.bindings.append(FaultBinding(fault: Int(fault), nodes: nodes))
    bindings.append((Int(fault), id))
    add(TraceRecord(.faultStarted, at: now, id: id, fault: fault), begins: begins)
  }

  /// A fault that acts ceases to, on the nodes that it was bound to, if they are given.
  mutating func endFault(
    _ fault: Int32, _ nodes: [NodeID]?, healedBy: Int64, begins: Bool, _ span: SourceSpan
  ) throws(HistoryMistake) {
    let name = VisibleText.brief(faults[Int(fault)])
    let acting = bindings.filter { $0.fault == Int(fault) }
    guard !acting.isEmpty else {
      throw .init(.callsDoNotMatch, "the fault \(name) does not act", span)
    }
    let ending = acting.first { nodes == nil || trace.bindings[Int($0.id)].nodes == nodes }
    guard let ending, let place = bindings.firstIndex(where: { $0.id == ending.id }) else {
      throw .init(.contradiction, "the fault \(name) acts on other nodes", span)
    }
    let binding = bindings.remove(at: place)
    add(
      TraceRecord(.faultEnded, at: now, id: binding.id, fault: fault, first: healedBy),
      begins: begins)
  }

  /// The number of a text among those of the scenario and the history.
  mutating func symbol(_ text: String) -> Int64 { symbols.number(of: text) }
}
