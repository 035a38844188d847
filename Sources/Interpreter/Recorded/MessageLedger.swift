import Diagnostics
import SystemModel

/// The messages of an event log, each with what has happened to it.
struct MessageLedger {
  private struct Entry {
    let from: NodeID
    let to: NodeID
    let payload: MessagePayload
    let sentAt: Int64
    var hasArrived = false
    /// Whether it was lost; the network may still make a copy of it, in the event that lost it.
    var isLost = false
  }

  private let description: ProtocolDescription
  private let kinds: [String]
  private var entries: [Int64: Entry] = [:]

  init(_ description: ProtocolDescription) {
    self.description = description
    kinds = description.messages.map(\.name)
  }

  /// The record of something that happened to a message.
  mutating func record(
    _ event: HistoryEvent, _ line: HistoryFields, _ builder: inout HistoryBuilder
  ) throws(HistoryMistake) -> TraceRecord {
    let id = try line.number("message")
    let span = try line.needed("message").span
    if event == .sent { return try send(id, line, &builder, span) }
    let sentID = event == .duplicated ? try line.number("original") : id
    guard var entry = entries[sentID], !entry.isLost || event == .duplicated else {
      throw HistoryMistake(
        .messagesDoNotMatch, "message \(sentID) was not sent, or is over", span)
    }
    try expect(entry, event, line, &builder)
    var record = TraceRecord(
      .delivered, at: 0, from: entry.from, to: entry.to, id: id, code: entry.payload.kind,
      first: entry.payload.first, second: entry.payload.second, third: entry.payload.third)
    switch event {
    case .delivered:
      guard !entry.hasArrived else {
        throw HistoryMistake(.messagesDoNotMatch, "message \(id) has arrived already", span)
      }
      try expectSending(entry, line, builder)
      entry.hasArrived = true
      entries[id] = entry
    case .handled:
      guard entry.hasArrived else {
        throw HistoryMistake(.messagesDoNotMatch, "message \(id) has not arrived", span)
      }
      record.kind = .handled
      entries[id] = nil
    case .dropped:
      record.kind = .dropped
      record.reason = try reason(line).rawValue
      record.fault = try builder.fault(line["fault"])
      entry.isLost = true
      entries[id] = entry
    case .duplicated:
      guard entries[id] == nil else {
        throw HistoryMistake(.messagesDoNotMatch, "there is a message \(id) already", span)
      }
      entry.hasArrived = false
      entry.isLost = false
      entries[id] = entry
      record.kind = .duplicated
      record.first = sentID
      record.second = 0
      record.third = 0
      record.fault = try builder.fault(line["fault"])
    default:
      record.kind = event == .held ? .held : event == .released ? .released : .delayed
      record.fault = try builder.fault(line["fault"])
    }
    return record
  }

  private mutating func send(
    _ id: Int64, _ line: HistoryFields, _ builder: inout HistoryBuilder, _ span: SourceSpan
  ) throws(HistoryMistake) -> TraceRecord {
    guard entries[id] == nil else {
      throw HistoryMistake(.messagesDoNotMatch, "there is a message \(id) already", span)
    }
    let from = try builder.node(try line.needed(line["from"] == nil ? "node" : "from"))
    let entry = Entry(
      from: from, to: try builder.node(try line.needed("to")),
      payload: try payload(of: try kind(line), line, &builder), sentAt: builder.lastInstant)
    try expect(entry, .sent, line, &builder)
    entries[id] = entry
    return TraceRecord(
      .sent, at: 0, from: entry.from, to: entry.to, id: id, code: entry.payload.kind,
      flags: try line.bool("logical", absent: true) ? 2 : 0, first: entry.payload.first,
      second: entry.payload.second, third: entry.payload.third)
  }

  private func kind(_ line: HistoryFields) throws(HistoryMistake) -> UInt8 {
    let name = try line.text("kind")
    guard let kind = kinds.firstIndex(of: name) else {
      throw .unknown("kind of message", name, kinds, try line.needed("kind").span)
    }
    return UInt8(kind)
  }

  private func payload(
    of kind: UInt8, _ line: HistoryFields, _ builder: inout HistoryBuilder
  ) throws(HistoryMistake) -> MessagePayload {
    let declared = description.messages[Int(kind)]
    var given: [LineValue.Member] = []
    var span = line.span
    if let value = line["fields"] {
      guard let members = value.members else { throw .kind(value, "an object") }
      given = members
      span = value.span
    }
    let fields = try HistoryFields(given, allowed: declared.fields.map(\.name), span)
    var words: [Int64] = [0, 0, 0]
    for (field, part) in zip(declared.fields, declared.parts) {
      if let value = fields[field.name] {
        words[part.word] |= part.word(
          of: try builder.word(value, field.type, in: part, isNullable: field.nullable))
      } else if field.nullable {
        words[part.word] |= part.word(of: WordType.absent)
      } else {
        throw HistoryMistake(
          .missingHistoryKey, "the field `\(field.name)` is missing in `fields`", span)
      }
    }
    return MessagePayload(kind, words[0], words[1], words[2])
  }

  /// What a line says of a message besides its number is what its sending said.
  private func expect(
    _ entry: Entry, _ event: HistoryEvent, _ line: HistoryFields, _ builder: inout HistoryBuilder
  ) throws(HistoryMistake) {
    var ends: [(key: String, node: NodeID)] = [("from", entry.from), ("to", entry.to)]
    switch event {
    case .sent: ends.append(("node", entry.from))
    case .delivered, .handled: ends.append(("node", entry.to))
    default: break
    }
    for (key, node) in ends {
      guard let value = line[key], try builder.node(value) != node else { continue }
      throw HistoryMistake(
        .messagesDoNotMatch,
        "the message goes from \(builder.topology.names[entry.from.index]) to "
          + builder.topology.names[entry.to.index], value.span)
    }
    if let value = line["kind"], try kind(line) != entry.payload.kind {
      throw HistoryMistake(
        .messagesDoNotMatch, "the message is of kind `\(kinds[Int(entry.payload.kind)])`",
        value.span)
    }
    guard event != .sent, event != .duplicated, let value = line["fields"] else { return }
    guard try payload(of: entry.payload.kind, line, &builder) == entry.payload else {
      throw HistoryMistake(
        .messagesDoNotMatch, "the message was sent with other fields", value.span)
    }
  }

  /// When it was sent is what the line of its sending says; a copy was sent with its original.
  private func expectSending(
    _ entry: Entry, _ line: HistoryFields, _ builder: HistoryBuilder
  ) throws(HistoryMistake) {
    guard let value = line["sent_ns"], !value.isNull else { return }
    let sent = try line.number("sent_ns")
    guard sent != entry.sentAt else { return }
    throw HistoryMistake(
      .contradiction, "the message was sent at \(entry.sentAt)", value.span,
      help: "`sent_ns` is in nanoseconds; it may be left out")
  }

  private func reason(_ line: HistoryFields) throws(HistoryMistake) -> DropReason {
    guard let value = line["reason"] else { return .loss }
    let word = try line.text("reason")
    guard let reason = DropReason.allCases.first(where: { $0.name == word }) else {
      throw .unknown("reason", word, DropReason.allCases.map(\.name), value.span)
    }
    return reason
  }
}
