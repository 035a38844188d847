import Diagnostics
import SystemModel

/// Reads the lines of an event log: each says what happened at some time at some node.
struct EventLogReader: HistoryReader {
  var builder: HistoryBuilder
  private var messages: MessageLedger
  let observations: [String]
  private let fields: [String]
  private let calls: [String]

  init(_ builder: HistoryBuilder) {
    self.builder = builder
    messages = MessageLedger(builder.description)
    observations = builder.description.observations.map(\.name)
    fields = builder.description.fields.map(\.name)
    calls = builder.description.calls.map(\.name)
  }

  var history: HistoryBuilder { builder }

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
      let values = builder.description.observations[observation].fields.map(\.name)
      let line = try fields(members, ["node"] + values, span)
      try readTime(line)
      try observe(line, UInt8(observation), line)
    } else if let field = fields.firstIndex(of: name) {
      let line = try fields(members, ["node", "value"], span)
      try readTime(line)
      try set(
        line, field, mayTellWas: false, begins: try line.bool("first", absent: true))
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
    try builder.bound(instant, exact.span)
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
      try set(line, field, mayTellWas: true, begins: begins)
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
    if outcome == .ok { value = try result(of: call.kind, line) }
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
    try expectName(call.kind, number, line)
    if outcome != .ok, let value = line["value"], !value.isNull {
      throw HistoryMistake(.historyValue, "only an `ok` call returns a value", value.span)
    }
    let value = outcome == .ok ? try result(of: call.kind, line) : WordType.absent
    builder.complete(number: number, outcome, value: value, begins: begins)
  }

  private func expectName(
    _ call: UInt8, _ number: Int64, _ line: HistoryFields
  ) throws(HistoryMistake) {
    guard let value = line["name"], try self.call("name", line) != call else { return }
    throw HistoryMistake(
      .callsDoNotMatch, "call \(number) is a `\(calls[Int(call)])`", value.span)
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
    of call: UInt8, _ line: HistoryFields
  ) throws(HistoryMistake) -> Int64 {
    let declared = builder.description.calls[Int(call)]
    guard let type = declared.result else {
      if let value = line["value"], !value.isNull {
        throw HistoryMistake(.historyValue, "`\(declared.name)` returns no value", value.span)
      }
      return WordType.absent
    }
    return try builder.word(try line.needed("value"), type, isNullable: true)
  }

  private mutating func reach(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let number = try line.number("call")
    let call = try builder.openCall(number: number, try line.needed("call").span)
    try expectNode(call.node, line)
    try expectName(call.kind, number, line)
    var words = call.words
    if let given = line["arguments"] {
      words = try arguments(of: call.kind, line)
      guard words == call.words else {
        throw HistoryMistake(
          .callsDoNotMatch, "call \(number) was made with other arguments", given.span)
      }
    }
    builder.add(
      TraceRecord(
        .callReached, at: 0, from: call.node, to: call.node, id: number, code: call.kind,
        first: words[0], second: words[1], third: words[2]),
      begins: begins)
  }
}
