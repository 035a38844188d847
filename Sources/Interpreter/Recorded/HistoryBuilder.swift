import Analysis
import Diagnostics
import SystemModel

/// Puts the records of a history together, whatever its format, and sees to it that they fit the
/// scenario and each other.
struct HistoryBuilder {
  /// A call that has not ended.
  private struct OpenCall {
    let client: Int32
    let node: NodeID
    let id: Int64
    let kind: UInt8
  }

  let description: ProtocolDescription
  let topology: Topology
  private(set) var symbols: SymbolTable
  private(set) var trace = Trace()
  private(set) var end = RunEnd.time
  /// Whether it begins with the start of the run, and so says all that happened.
  private(set) var isWhole = false
  /// The observations of which a value is missing, by their places.
  private(set) var withoutValue: [UInt8] = []
  private let faults: [String]
  private let start: [[Int64]]
  private var now: Int64 = 0
  private var lastTime: SourceSpan?
  private var calls: [OpenCall] = []
  private var callCount: Int64 = 0
  private var clients: [String: Int32] = [:]
  private var bindings: [(fault: Int, id: Int64)] = []
  private var hasEnded = false

  /// A history for a plan; `start` has the words of the fields of each node at first, lists 0.
  init(_ plan: JudgementPlan, start: [[Int64]]) {
    description = plan.description
    topology = plan.system.topology
    symbols = plan.system.symbols
    faults = plan.system.faults.map(\.name)
    self.start = start
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

  private func text(_ nanoseconds: Int64) -> String { Duration(nanoseconds: nanoseconds).text }

  // MARK: Records

  /// Adds a record; the first one of all must be the start, and is made if it is not given.
  mutating func add(_ record: TraceRecord, begins: Bool) {
    if trace.records.isEmpty {
      isWhole = record.kind == .started
      if !isWhole { addStart() }
    }
    var record = record
    record.at = now
    record.flags = record.flags & 2 | (begins || trace.records.isEmpty ? 1 : 0)
    trace.records.append(record)
    if record.kind == .ended {
      hasEnded = true
      end = RunEnd(rawValue: record.code) ?? .time
    }
  }

  /// The start as the protocol has it: every field with its first word.
  private mutating func addStart() {
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

  /// A field of a node changes.
  mutating func set(_ node: NodeID, field: Int, to words: [Int64], begins: Bool) {
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
    if value == nil, description.observations[Int(observation)].value != nil,
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

  // MARK: Calls

  /// A client calls; it has no other call open.
  mutating func invoke(
    client name: String, at node: NodeID, call: UInt8, _ words: [Int64], begins: Bool,
    _ span: SourceSpan
  ) throws(HistoryMistake) {
    let client = clients[name] ?? Int32(clients.count)
    clients[name] = client
    guard !calls.contains(where: { $0.client == client }) else {
      throw .init(
        .callsDoNotMatch, "client \(VisibleText.brief(name)) calls while a call of it is open",
        span)
    }
    open(
      OpenCall(client: client, node: node, id: callCount, kind: call), words, begins: begins)
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
    open(OpenCall(client: client, node: node, id: number, kind: call), words, begins: begins)
  }

  private mutating func open(_ call: OpenCall, _ words: [Int64], begins: Bool) {
    calls.append(call)
    callCount += 1
    add(
      TraceRecord(
        .callInvoked, at: now, from: call.node, to: call.node, id: call.id, code: call.kind,
        fault: call.client, first: words[0], second: words[1], third: words[2]),
      begins: begins)
  }

  /// What the open call of a client asks for, by its place among the declared calls.
  func openCall(of name: String, _ span: SourceSpan) throws(HistoryMistake) -> (
    number: Int64, kind: UInt8, node: NodeID
  ) {
    guard let client = clients[name], let call = calls.first(where: { $0.client == client }) else {
      throw .init(
        .callsDoNotMatch, "client \(VisibleText.brief(name)) has no open call to end", span)
    }
    return (call.id, call.kind, call.node)
  }

  /// What the open call of a number asks for, likewise.
  func openCall(number: Int64, _ span: SourceSpan) throws(HistoryMistake) -> (
    kind: UInt8, node: NodeID
  ) {
    guard let call = calls.first(where: { $0.id == number }) else {
      throw .init(.callsDoNotMatch, "there is no open call \(number) to end", span)
    }
    return (call.kind, call.node)
  }

  /// An open call ends.
  mutating func complete(
    number: Int64, _ outcome: CallOutcome, value: Int64, begins: Bool
  ) {
    guard let place = calls.firstIndex(where: { $0.id == number }) else { return }
    let call = calls.remove(at: place)
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

  /// A fault that acts ceases to.
  mutating func endFault(
    _ fault: Int32, healedBy: Int64, begins: Bool, _ span: SourceSpan
  ) throws(HistoryMistake) {
    guard let place = bindings.firstIndex(where: { $0.fault == Int(fault) }) else {
      throw .init(
        .callsDoNotMatch, "the fault \(VisibleText.brief(faults[Int(fault)])) does not act", span)
    }
    let binding = bindings.remove(at: place)
    add(
      TraceRecord(.faultEnded, at: now, id: binding.id, fault: fault, first: healedBy),
      begins: begins)
  }

  // MARK: Values

  /// The number of a text among those of the scenario and the history.
  mutating func symbol(_ text: String) -> Int64 { symbols.number(of: text) }

  /// A node by its name.
  func node(_ value: LineValue) throws(HistoryMistake) -> NodeID {
    guard let name = value.text else { throw .kind(value, "the name of a node") }
    guard let place = topology.names.firstIndex(of: name) else {
      throw .unknown("node", name, topology.names, value.span)
    }
    return NodeID(place)
  }

  /// The word of a value of a declared type; `null` is the absent one.
  mutating func word(
    _ value: LineValue, _ type: WordType, isNullable: Bool
  ) throws(HistoryMistake) -> Int64 {
    if value.isNull {
      guard isNullable else { throw .kind(value, "a value that is there") }
      return WordType.absent
    }
    switch type {
    case .int:
      guard let number = value.int, number != WordType.absent else {
        throw .kind(value, "a whole number")
      }
      return number
    case .bool:
      guard let bool = value.bool else { throw .kind(value, "true or false") }
      return bool ? 1 : 0
    case .duration: return try duration(value)
    case .word(let words):
      guard let text = value.text else { throw .kind(value, "a word") }
      guard let place = words.firstIndex(of: text) else {
        throw .unknown("word", text, words, value.span)
      }
      return Int64(place)
    case .symbol: return symbol(try plainText(value))
    case .node, .nodeList: return Int64(try node(value).index)
    }
  }

  /// A length of time: a text with its unit, or whole nanoseconds.
  func duration(_ value: LineValue) throws(HistoryMistake) -> Int64 {
    if let number = value.int, number >= 0 { return number }
    if let text = value.text, let instant = Interpreter.instant(text), instant.nanoseconds >= 0 {
      return instant.nanoseconds
    }
    throw .kind(value, "a time such as \"157ms\", or whole nanoseconds from 0 on")
  }

  /// A value that clients write and read, as its text.
  func plainText(_ value: LineValue) throws(HistoryMistake) -> String {
    switch value.content {
    case .text(let text): return text
    case .number(let text): return text
    case .bool(let bool): return bool ? "true" : "false"
    case .null, .list, .object: throw .kind(value, "a text or a number")
    }
  }
}
