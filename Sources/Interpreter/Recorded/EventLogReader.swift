import Diagnostics
import SystemModel

/// Reads the lines of an event log: each says what happened at some time at some node.
struct EventLogReader {
  private var builder: HistoryBuilder
  private var messages: MessageLedger
  private let observations: [String]
  private let fields: [String]
  private let calls: [String]

  init(_ builder: HistoryBuilder) {
    self.builder = builder
    messages = MessageLedger(builder.description)
    observations = builder.description.observations.map(\.name)
    fields = builder.description.fields.map(\.name)
    calls = builder.description.calls.map(\.name)
  }

  /// What was read.
  var history: HistoryBuilder { builder }

  /// Reads a line.
  mutating func read(_ members: [LineValue.Member], _ span: SourceSpan) throws(HistoryMistake) {
    guard let event = members.first(where: { $0.key == "event" })?.value else {
      throw HistoryMistake(.missingHistoryKey, "the key `event` is missing", span)
    }
    guard let name = event.text else { throw .kind(event, "the word of an event") }
    let observation = observations.firstIndex(of: name)
    let hasMessage = members.contains { $0.key == "message" }
    if let word = HistoryEvent(rawValue: name), observation == nil || hasMessage {
      let line = try fields(members, word.keys, span)
      try readTime(line)
      try read(word, line, begins: try line.bool("first", absent: true))
    } else if let observation {
      let value = builder.description.observations[observation].value?.name
      let line = try fields(members, ["node"] + (value.map { [$0] } ?? []), span)
      try readTime(line)
      try observe(line, UInt8(observation), value.flatMap { line[$0] })
    } else if let field = fields.firstIndex(of: name) {
      let line = try fields(members, ["node", "value"], span)
      try readTime(line)
      try set(line, field, begins: try line.bool("first", absent: true))
    } else {
      let known = HistoryEvent.allCases.map(\.rawValue) + observations + fields
      throw .unknown("event", name, known, event.span, code: .unknownEvent)
    }
  }

  private func fields(
    _ members: [LineValue.Member], _ keys: [String], _ span: SourceSpan
  ) throws(HistoryMistake) -> HistoryFields {
    try HistoryFields(members, allowed: HistoryEvent.common + keys, span)
  }

  private mutating func readTime(_ line: HistoryFields) throws(HistoryMistake) {
    guard let exact = line["at_ns"] else {
      let value = try line.needed("time")
      return try builder.move(to: try builder.duration(value), value.span)
    }
    let instant = try line.number("at_ns")
    if let value = line["time"], try builder.duration(value) != instant {
      throw HistoryMistake(
        .historyValue, "`time` and `at_ns` say different instants", value.span)
    }
    try builder.move(to: instant, exact.span)
  }

  private mutating func read(
    _ event: HistoryEvent, _ line: HistoryFields, begins: Bool
  ) throws(HistoryMistake) {
    switch event {
    case .invoke: try invoke(line, begins)
    case .ok: try complete(line, .ok, begins)
    case .fail: try complete(line, .fail, begins)
    case .info: try complete(line, .info, begins)
    case .callInvoked: try invokeByNumber(line, begins)
    case .callCompleted: try completeByNumber(line, begins)
    case .callReached: try reach(line, begins)
    case .observed: try observe(line, begins)
    case .field:
      let name = try line.text("field")
      guard let field = fields.firstIndex(of: name) else {
        throw .unknown("field", name, fields, try line.needed("field").span)
      }
      try set(line, field, begins: begins)
    case .sent, .delivered, .handled, .dropped, .held, .released, .delayed, .duplicated:
      let record = try messages.record(event, line, &builder)
      builder.add(record, begins: begins)
    case .crashed, .restarted, .paused, .resumed, .slowed, .unslowed:
      try strike(event, line, begins)
    case .handling: try addAtNode(.handling, line, first: try line.number("count"), begins)
    case .timer: try runOut(line, begins)
    case .faultStarted, .faultEnded: try turn(event, line, begins)
    case .started: builder.add(TraceRecord(.started, at: 0), begins: true)
    case .ended: try end(line)
    }
  }
}

// Calls.
extension EventLogReader {
  private func client(_ line: HistoryFields) throws(HistoryMistake) -> String {
    guard let client = line["client"] else { return try line.text("node") }
    guard client.text != nil || client.int != nil else { throw .kind(client, "a text or a number") }
    return try builder.plainText(client)
  }

  private func call(_ key: String, _ line: HistoryFields) throws(HistoryMistake) -> UInt8 {
    let name = try line.text(key)
    guard let place = calls.firstIndex(of: name) else {
      throw .unknown("call", name, calls, try line.needed(key).span)
    }
    return UInt8(place)
  }

  private mutating func invoke(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    let call = try call("call", line)
    let words = try arguments(of: call, line)
    try builder.invoke(
      client: try client(line), at: node, call: call, words, begins: begins, line.span)
  }

  private mutating func invokeByNumber(
    _ line: HistoryFields, _ begins: Bool
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    let call = try call("name", line)
    let words = try arguments(of: call, line)
    let client = line["client"] == nil ? 0 : try line.number("client")
    try builder.invoke(
      number: try line.number("call"), client: client, at: node, call: call, words,
      begins: begins, try line.needed("call").span)
  }

  /// The words of the arguments, three.
  private mutating func arguments(
    of call: UInt8, _ line: HistoryFields
  ) throws(HistoryMistake) -> [Int64] {
    let declared = builder.description.calls[Int(call)].arguments
    var given: [LineValue.Member] = []
    var span = line.span
    if let value = line["arguments"] {
      guard let members = value.members else { throw .kind(value, "an object") }
      given = members
      span = value.span
    }
    let fields = try HistoryFields(given, allowed: declared.map(\.name), span)
    var words: [Int64] = []
    for argument in declared {
      if let value = fields[argument.name] {
        words.append(
          try builder.word(
            value, argument.type, isNullable: argument.defaultWord == WordType.absent))
      } else if let word = argument.defaultWord {
        words.append(word)
      } else {
        throw HistoryMistake(
          .missingHistoryKey, "the argument `\(argument.name)` is missing in `arguments`", span)
      }
    }
    return words + Array(repeating: 0, count: 3 - words.count)
  }

  private mutating func complete(
    _ line: HistoryFields, _ outcome: CallOutcome, _ begins: Bool
  ) throws(HistoryMistake) {
    let call = try builder.openCall(of: try client(line), line.span)
    try expectNode(call.node, line)
    var value = WordType.absent
    if outcome == .ok { value = try result(of: call.kind, line, isNeeded: true) }
    builder.complete(number: call.number, outcome, value: value, begins: begins)
  }

  private mutating func completeByNumber(
    _ line: HistoryFields, _ begins: Bool
  ) throws(HistoryMistake) {
    let number = try line.number("call")
    let call = try builder.openCall(number: number, try line.needed("call").span)
    try expectNode(call.node, line)
    let word = try line.text("outcome")
    let outcomes: [CallOutcome] = [.ok, .fail, .info]
    guard let outcome = outcomes.first(where: { $0.name == word }) else {
      throw .unknown("outcome", word, outcomes.map(\.name), try line.needed("outcome").span)
    }
    if line["name"] != nil, try self.call("name", line) != call.kind {
      throw HistoryMistake(
        .callsDoNotMatch, "call \(number) is a `\(calls[Int(call.kind)])`",
        try line.needed("name").span)
    }
    let value = try result(of: call.kind, line, isNeeded: outcome == .ok)
    builder.complete(number: number, outcome, value: value, begins: begins)
  }

  private func expectNode(_ node: NodeID, _ line: HistoryFields) throws(HistoryMistake) {
    let value = try line.needed("node")
    guard try builder.node(value) == node else {
      throw HistoryMistake(
        .callsDoNotMatch, "the open call is at \(builder.topology.names[node.index])", value.span)
    }
  }

  /// The word that a call returned; what `ok` calls return must be said, be it `null`.
  private mutating func result(
    of call: UInt8, _ line: HistoryFields, isNeeded: Bool
  ) throws(HistoryMistake) -> Int64 {
    let declared = builder.description.calls[Int(call)]
    guard let type = declared.result else {
      if let value = line["value"], !value.isNull {
        throw HistoryMistake(.historyValue, "`\(declared.name)` returns no value", value.span)
      }
      return WordType.absent
    }
    guard let value = isNeeded ? try line.needed("value") : line["value"] else {
      return WordType.absent
    }
    return try builder.word(value, type, isNullable: true)
  }

  private mutating func reach(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let number = try line.number("call")
    let call = try builder.openCall(number: number, try line.needed("call").span)
    try expectNode(call.node, line)
    let words = try arguments(of: call.kind, line)
    builder.add(
      TraceRecord(
        .callReached, at: 0, from: call.node, to: call.node, id: number, code: call.kind,
        first: words[0], second: words[1], third: words[2]),
      begins: begins)
  }
}

// Nodes and faults.
extension EventLogReader {
  private mutating func observe(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let name = try line.text("observation")
    guard let observation = observations.firstIndex(of: name) else {
      throw .unknown("observation", name, observations, try line.needed("observation").span)
    }
    let declared = builder.description.observations[observation].value
    var value: LineValue?
    if let given = line["fields"] {
      guard let members = given.members else { throw .kind(given, "an object") }
      let keys = try HistoryFields(
        members, allowed: declared.map { [$0.name] } ?? [], given.span)
      value = declared.flatMap { keys[$0.name] }
    }
    try observe(line, UInt8(observation), value)
  }

  private mutating func observe(
    _ line: HistoryFields, _ observation: UInt8, _ value: LineValue?
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    var word: Int64?
    if let value, let declared = builder.description.observations[Int(observation)].value {
      word = try builder.word(value, declared.type, isNullable: true)
    }
    builder.observe(
      node, observation, value: word, begins: try line.bool("first", absent: true))
  }

  private mutating func set(
    _ line: HistoryFields, _ field: Int, begins: Bool
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    let declared = builder.description.fields[field]
    let value = try line.needed("value")
    var words: [Int64] = []
    if declared.type == .nodeList {
      guard let values = value.list else { throw .kind(value, "a list of nodes") }
      for value in values { words.append(Int64(try builder.node(value).index)) }
    } else {
      words.append(try builder.word(value, declared.type, isNullable: declared.nullable))
    }
    builder.set(node, field: field, to: words, begins: begins)
  }

  private mutating func addAtNode(
    _ kind: TraceRecord.Kind, _ line: HistoryFields, code: UInt8 = 0,
    fault: Int32 = TraceRecord.noFault, first: Int64 = 0, _ begins: Bool
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    builder.add(
      TraceRecord(kind, at: 0, from: node, to: node, code: code, fault: fault, first: first),
      begins: begins)
  }

  private mutating func runOut(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let name = try line.text("timer")
    let timers = builder.description.timers.map(\.name)
    guard let timer = timers.firstIndex(of: name) else {
      throw .unknown("timer", name, timers, try line.needed("timer").span)
    }
    try addAtNode(.timerFired, line, code: UInt8(timer), begins)
  }

  private mutating func strike(
    _ event: HistoryEvent, _ line: HistoryFields, _ begins: Bool
  ) throws(HistoryMistake) {
    let fault = try builder.fault(line["fault"])
    switch event {
    case .crashed:
      let isKept = try line.bool("diskKept", absent: true)
      try addAtNode(.crashed, line, fault: fault, first: isKept ? 1 : 0, begins)
    case .restarted: try addAtNode(.restarted, line, fault: fault, begins)
    case .paused: try addAtNode(.paused, line, fault: fault, begins)
    case .resumed: try addAtNode(.resumed, line, fault: fault, begins)
    case .slowed: try addAtNode(.slowed, line, fault: fault, begins)
    default: try addAtNode(.unslowed, line, fault: fault, begins)
    }
  }

  private mutating func turn(
    _ event: HistoryEvent, _ line: HistoryFields, _ begins: Bool
  ) throws(HistoryMistake) {
    let value = try line.needed("fault")
    let fault = try builder.fault(try line.text("fault"), value.span)
    var nodes: [NodeID] = []
    if let targets = line["targets"] {
      guard let values = targets.list else { throw .kind(targets, "a list of nodes") }
      for value in values { nodes.append(try builder.node(value)) }
    }
    if event == .faultStarted {
      builder.startFault(fault, nodes, begins: begins)
    } else {
      let healer = try builder.fault(line["healedBy"])
      try builder.endFault(fault, healedBy: Int64(healer), begins: begins, value.span)
    }
  }

  private mutating func end(_ line: HistoryFields) throws(HistoryMistake) {
    let word = try line.text("reason")
    guard let end = RunEnd.allCases.first(where: { $0.name == word }) else {
      throw .unknown("reason", word, RunEnd.allCases.map(\.name), try line.needed("reason").span)
    }
    builder.add(TraceRecord(.ended, at: 0, code: end.rawValue), begins: true)
  }
}

extension HistoryBuilder {
  /// The place of a fault that may be left out or `null`.
  func fault(_ value: LineValue?) throws(HistoryMistake) -> Int32 {
    guard let value, !value.isNull else { return TraceRecord.noFault }
    guard let name = value.text else { throw .kind(value, "the name of a fault") }
    return try fault(name, value.span)
  }
}
