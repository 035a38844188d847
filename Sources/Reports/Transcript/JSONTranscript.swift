import Diagnostics
public import SystemModel

/// A transcript for programs: one JSON object a line, in the order of the trace.
///
/// Every key is described in ``TranscriptFieldCatalog``; a key that has no meaning for an event is
/// absent. Values have the types of the protocol's declarations: lengths of time are whole
/// nanoseconds, words, texts and nodes are texts, absent values `null`.
public struct JSONTranscript: Sendable {
  private let description: ProtocolDescription
  private let topology: Topology
  private let symbols: SymbolTable
  private let faults: [String]
  private var reader: TranscriptReader

  /// The transcript of a run of a plan.
  public init(
    _ plan: SystemPlan, _ description: ProtocolDescription,
    filter: TranscriptFilter = TranscriptFilter()
  ) {
    self.description = description
    topology = plan.topology
    symbols = plan.symbols
    faults = plan.faults.map(\.name)
    reader = TranscriptReader(filter)
  }

  /// Writes the lines of the next part of the trace, which has whole events.
  public mutating func write(_ part: Trace, to output: inout some TextOutputStream) {
    var text = ""
    // The reader is taken out while it is used, so that lines can be made from the rest.
    var reader = self.reader
    reader.read(part) { entry in
      JSONValue.object(members(entry)).write(to: &text, indented: false)
      text += "\n"
    }
    self.reader = reader
    output.write(text)
  }

  private func members(_ entry: TranscriptEntry) -> [JSONValue.Member] {
    let record = entry.record
    return [
      .init("at_ns", .int(record.at)), .init("event", .string(entry.event.rawValue)),
      .init("first", .bool(record.beginsEvent)),
    ] + details(entry)
  }

  private func details(_ entry: TranscriptEntry) -> [JSONValue.Member] {
    let record = entry.record
    switch entry.event {
    case .started: return []
    case .ended:
      return [.init("reason", .string(RunEnd(rawValue: record.code)?.name ?? "unknown"))]
    case .sent, .delivered, .handled, .dropped, .held, .released, .delayed, .duplicated:
      return message(entry)
    case .timer:
      return [node(record), .init("timer", .string(description.timers[Int(record.code)].name))]
    case .callInvoked, .callReached:
      return [node(record), .init("call", .int(record.id))] + call(record, entry.event)
    case .callCompleted: return completion(entry)
    case .faultStarted, .faultEnded:
      let targets = entry.binding?.nodes ?? []
      var members = [fault(record), .init("targets", .array(targets.map(name)))]
      if entry.event == .faultEnded { members.append(.init("healedBy", faultName(record.first))) }
      return members
    case .crashed:
      return [node(record), fault(record), .init("diskKept", .bool(record.first == 1))]
    case .restarted, .paused, .resumed, .slowed, .unslowed: return [node(record), fault(record)]
    case .handling: return [node(record), .init("count", .int(record.first))]
    case .field: return [node(record)] + field(entry)
    case .observed: return [node(record)] + observation(record)
    }
  }

  // MARK: Kinds of records

  private func message(_ entry: TranscriptEntry) -> [JSONValue.Member] {
    let record = entry.record
    let declared = description.messages[Int(record.code)]
    var members: [JSONValue.Member] = []
    switch entry.event {
    case .sent: members.append(.init("node", name(record.from)))
    case .delivered, .handled: members.append(.init("node", name(record.to)))
    default: break
    }
    members += [
      .init("message", .int(record.id)), .init("kind", .string(declared.name)),
      .init("from", name(record.from)), .init("to", name(record.to)),
    ]
    if entry.event != .duplicated {
      let fields = zip(declared.fields, declared.parts).map { field, part in
        JSONValue.Member(field.name, value(part.value(in: record.payload), field.type))
      }
      members.append(.init("fields", .object(fields)))
    }
    switch entry.event {
    case .sent: members.append(.init("logical", .bool(record.isLogical)))
    case .delivered:
      members.append(.init("sent_ns", entry.sent.map { .int($0.nanoseconds) } ?? .null))
    case .dropped:
      let reason = DropReason(rawValue: record.reason)?.name ?? "unknown"
      members += [.init("reason", .string(reason)), fault(record)]
    case .held, .released, .delayed: members.append(fault(record))
    case .duplicated: members += [.init("original", .int(record.first)), fault(record)]
    default: break
    }
    return members
  }

  private func call(_ record: TraceRecord, _ event: TranscriptEvent) -> [JSONValue.Member] {
    let declared = description.calls[Int(record.code)]
    let words = [record.first, record.second, record.third]
    let arguments = zip(declared.arguments, words).map { argument, word in
      JSONValue.Member(argument.name, value(word, argument.type))
    }
    var members: [JSONValue.Member] = [.init("name", .string(declared.name))]
    if event == .callInvoked { members.append(.init("client", .int(Int64(max(record.fault, 0))))) }
    return members + [.init("arguments", .object(arguments))]
  }

  private func completion(_ entry: TranscriptEntry) -> [JSONValue.Member] {
    let record = entry.record
    let declared = entry.call.map { description.calls[Int($0)] }
    let outcome = CallOutcome(rawValue: record.code)?.name ?? "unknown"
    return [
      node(record), .init("call", .int(record.id)),
      .init("name", .string(declared?.name ?? "unknown")),
      .init("outcome", .string(outcome)),
      .init("value", declared?.result.map { value(record.first, $0) } ?? .null),
    ]
  }

  private func field(_ entry: TranscriptEntry) -> [JSONValue.Member] {
    let record = entry.record
    let declared = description.fields[Int(record.code)]
    func value(_ words: [Int64]) -> JSONValue {
      declared.type == .nodeList
        ? .array(words.map { self.value($0, .node) })
        : self.value(words.first ?? WordType.absent, declared.type)
    }
    let now = record.kind == .listChanged ? entry.list : [record.first]
    var members: [JSONValue.Member] = [
      .init("field", .string(declared.name)), .init("value", value(now)),
    ]
    if let before = entry.before { members.append(.init("was", value(before))) }
    return members
  }

  private func observation(_ record: TraceRecord) -> [JSONValue.Member] {
    let declared = description.observations[Int(record.code)]
    let fields = zip(declared.fields, declared.parts).map { field, part in
      JSONValue.Member(field.name, value(part.value(in: record.first), field.type))
    }
    return [.init("observation", .string(declared.name)), .init("fields", .object(fields))]
  }

  // MARK: Values

  private func node(_ record: TraceRecord) -> JSONValue.Member { .init("node", name(record.from)) }

  private func name(_ node: NodeID) -> JSONValue { .string(topology.names[node.index]) }

  private func fault(_ record: TraceRecord) -> JSONValue.Member {
    .init("fault", faultName(Int64(record.fault)))
  }

  private func faultName(_ place: Int64) -> JSONValue {
    faults.indices.contains(Int(place)) ? .string(faults[Int(place)]) : .null
  }

  private func value(_ word: Int64, _ type: WordType) -> JSONValue {
    if word == WordType.absent { return .null }
    switch type {
    case .int, .duration: return .int(word)
    case .bool: return .bool(word != 0)
    case .word(let words):
      return words.indices.contains(Int(word)) ? .string(words[Int(word)]) : .int(word)
    case .symbol: return .string(symbols.text(word))
    case .node, .nodeList:
      return topology.names.indices.contains(Int(word)) ? .string(topology.names[Int(word)]) : .null
    }
  }
}
