import SystemModel

/// Writes a trace by hand: an event at a time, in milliseconds, with what comes of it.
struct TraceWriter {
  let description: ProtocolDescription
  private(set) var trace = Trace()
  private var now: Int64 = 0
  private var messages: [Int64: TraceRecord] = [:]
  private var calls: [NodeID] = []

  init(_ description: ProtocolDescription) { self.description = description }

  /// The first event; `words` are the fields of all nodes, node after node, 0 where none are given.
  mutating func start(_ nodeCount: Int, _ words: [String: [Int64]] = [:]) {
    begin(.init(.started, at: 0))
    for node in 0..<nodeCount {
      for field in description.fields where field.type != .nodeList {
        let given = words[field.name]
        set(node, field.name, given.map { $0[node] } ?? (field.nullable ? WordType.absent : 0))
      }
    }
  }

  /// An event without a meaning of its own: a timer of a node runs out.
  mutating func event(
    _ milliseconds: Int64, node: Int = 0, _ body: (inout TraceWriter) -> Void = { _ in }
  ) {
    now = milliseconds * 1_000_000
    begin(.init(.timerFired, at: now, from: NodeID(node), to: NodeID(node)))
    body(&self)
  }

  mutating func set(_ node: Int, _ field: String, _ word: Int64) {
    add(.fieldChanged, node, code: place(field), first: word)
  }

  mutating func setList(_ node: Int, _ field: String, _ words: [Int64]) {
    func word(_ place: Int) -> Int64 { place < words.count ? words[place] : 0 }
    trace.records.append(
      TraceRecord(
        .listChanged, at: now, from: NodeID(node), to: NodeID(node), id: Int64(words.count),
        code: place(field), first: word(0), second: word(1), third: word(2)))
    for start in stride(from: 3, to: words.count, by: 3) {
      trace.records.append(
        TraceRecord(
          .continued, at: now, from: NodeID(node), to: NodeID(node), code: place(field),
          first: word(start), second: word(start + 1), third: word(start + 2)))
    }
  }

  mutating func observe(_ node: Int, _ name: String, _ value: Int64 = WordType.absent) {
    guard let place = description.observations.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no observation \(name)")
    }
    add(.observed, node, code: UInt8(place), first: value)
  }

  mutating func handling(_ node: Int, _ count: Int64) { add(.handling, node, first: count) }

  /// Sends a message of a number, in the present event.
  mutating func send(
    _ id: Int64, _ kind: String, _ from: Int, _ to: Int, _ words: [Int64] = [],
    logical: Bool = true
  ) {
    guard let place = description.messages.firstIndex(where: { $0.name == kind }) else {
      preconditionFailure("no message \(kind)")
    }
    let filled = words + [0, 0, 0]
    let record = TraceRecord(
      .sent, at: now, from: NodeID(from), to: NodeID(to), id: id, code: UInt8(place),
      flags: logical ? 2 : 0, first: filled[0], second: filled[1], third: filled[2])
    messages[id] = record
    trace.records.append(record)
  }

  /// Something happens to a message that was sent, in the present event.
  mutating func touch(
    _ kind: TraceRecord.Kind, _ id: Int64, fault: Int32 = TraceRecord.noFault,
    reason: DropReason = .none
  ) {
    guard var record = messages[id] else { preconditionFailure("no message \(id)") }
    record.kind = kind
    record.at = now
    record.flags = 0
    record.fault = fault
    record.reason = reason.rawValue
    trace.records.append(record)
  }

  /// A message arrives: an event.
  mutating func deliver(
    _ milliseconds: Int64, _ id: Int64, _ body: (inout TraceWriter) -> Void = { _ in }
  ) {
    now = milliseconds * 1_000_000
    touch(.delivered, id)
    trace.records[trace.records.count - 1].flags = 1
    body(&self)
  }

  /// The network copies a message, in the present event.
  mutating func duplicate(_ original: Int64, as copy: Int64, fault: Int32 = -1) {
    guard var record = messages[original] else { preconditionFailure("no message \(original)") }
    record.id = copy
    messages[copy] = record
    touch(.duplicated, copy, fault: fault)
    trace.records[trace.records.count - 1].first = original
  }

  /// A client calls: an event.
  mutating func call(
    _ milliseconds: Int64, _ node: Int, _ name: String, _ words: [Int64] = [], client: Int32 = 0,
    _ body: (inout TraceWriter) -> Void = { _ in }
  ) {
    guard let place = description.calls.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no call \(name)")
    }
    now = milliseconds * 1_000_000
    let filled = words + [0, 0, 0]
    begin(
      .init(
        .callInvoked, at: now, from: NodeID(node), to: NodeID(node), id: Int64(calls.count),
        code: UInt8(place), fault: client, first: filled[0], second: filled[1], third: filled[2]))
    calls.append(NodeID(node))
    body(&self)
  }

  /// A call ends, in the present event.
  mutating func complete(
    _ call: Int, _ outcome: CallOutcome = .ok, _ value: Int64 = WordType.absent
  ) {
    trace.records.append(
      TraceRecord(
        .callCompleted, at: now, from: calls[call], to: calls[call], id: Int64(call),
        code: outcome.rawValue, first: value))
  }

  /// A fault begins: an event.
  mutating func startFault(
    _ milliseconds: Int64, _ fault: Int, nodes: [Int] = [], cut: CutPattern? = nil,
    _ body: (inout TraceWriter) -> Void = { _ in }
  ) {
    now = milliseconds * 1_000_000
    trace.bindings.append(
      FaultBinding(fault: fault, nodes: nodes.map { NodeID($0) }, cut: cut))
    begin(
      .init(.faultStarted, at: now, id: Int64(trace.bindings.count - 1), fault: Int32(fault)))
    body(&self)
  }

  /// A binding ends: an event.
  mutating func endFault(
    _ milliseconds: Int64, binding: Int, _ body: (inout TraceWriter) -> Void = { _ in }
  ) {
    now = milliseconds * 1_000_000
    begin(
      .init(
        .faultEnded, at: now, id: Int64(binding), fault: Int32(trace.bindings[binding].fault),
        first: -1))
    body(&self)
  }

  /// A node crashes, starts again, and so on, in the present event.
  mutating func strike(_ kind: TraceRecord.Kind, _ node: Int, fault: Int32) {
    add(kind, node)
    trace.records[trace.records.count - 1].fault = fault
  }

  /// The last event of all.
  mutating func end(_ milliseconds: Int64, _ end: RunEnd) {
    now = milliseconds * 1_000_000
    begin(.init(.ended, at: now, code: end.rawValue))
  }

  private func place(_ field: String) -> UInt8 {
    guard let place = description.fields.firstIndex(where: { $0.name == field }) else {
      preconditionFailure("no field \(field)")
    }
    return UInt8(place)
  }

  private mutating func begin(_ record: TraceRecord) {
    var record = record
    record.flags |= 1
    trace.records.append(record)
  }

  private mutating func add(
    _ kind: TraceRecord.Kind, _ node: Int, code: UInt8 = 0, first: Int64 = 0
  ) {
    trace.records.append(
      TraceRecord(
        kind, at: now, from: NodeID(node), to: NodeID(node), code: code, first: first))
  }
}
