import Expressions
public import SystemModel

/// Says records of a trace in words.
public struct RecordText: Sendable {
  private let description: ProtocolDescription
  private let topology: Topology
  private let symbols: SymbolTable
  private let faults: [String]

  /// The words of a run.
  public init(_ description: ProtocolDescription, _ system: SystemPlan) {
    self.description = description
    topology = system.topology
    symbols = system.symbols
    faults = system.faults.map(\.name)
  }

  /// The words of the world of a run.
  init(_ schema: WorldSchema) {
    description = schema.description
    topology = schema.topology
    symbols = schema.symbols
    faults = schema.faults.map(\.name)
  }

  /// A record in words, such as `node1 receives vote_grant(term: 2) from node4`.
  public func text(_ record: TraceRecord) -> String {
    let node = name(record.from)
    switch record.kind {
    case .sent: return "\(node) sends \(message(record)) to \(name(record.to))"
    case .delivered: return "\(name(record.to)) receives \(message(record)) from \(node)"
    case .handled: return "\(name(record.to)) has handled \(message(record)) from \(node)"
    case .dropped: return "\(way(record)) is lost (\(reason(record)))"
    case .held: return "\(way(record)) is held by \(fault(record))"
    case .released: return "\(way(record)) travels on"
    case .delayed: return "\(way(record)) is made slower by \(fault(record))"
    case .duplicated:
      return "\(kind(record.code)) from \(node) to \(name(record.to)) is duplicated"
    case .timerFired: return "timer \(timer(record.code)) of \(node) runs out"
    case .callInvoked: return "a client calls \(call(record)) at \(node)"
    case .callReached: return "\(node) sees \(call(record))"
    case .callCompleted:
      return "call \(record.id) at \(node) ends: "
        + (CallOutcome(rawValue: record.code)?.name ?? "?")
    case .faultStarted: return "\(fault(record)) begins"
    case .faultEnded: return "\(fault(record)) ends"
    case .crashed: return "\(node) crashes"
    case .restarted: return "\(node) starts again"
    case .paused: return "\(node) stands still"
    case .resumed: return "\(node) goes on"
    case .slowed: return "\(node) becomes slow"
    case .unslowed: return "\(node) is as fast as before"
    case .handling: return "\(node) handles \(record.first) messages"
    case .fieldChanged, .listChanged: return "\(field(record.code)) of \(node) changes"
    case .continued: return "… and further"
    case .observed: return observation(record)
    case .started: return "the run starts"
    case .ended: return "the run ends"
    }
  }

  /// A message in words, such as `vote_grant(term: 2)`.
  public func message(_ record: TraceRecord) -> String {
    guard description.messages.indices.contains(Int(record.code)) else { return kind(record.code) }
    let declared = description.messages[Int(record.code)]
    let fields = declared.fields.enumerated().compactMap { place, field -> String? in
      let word = declared.parts[place].value(in: record.payload)
      return word == WordType.absent ? nil : "\(field.name): \(value(word, field.type))"
    }
    return fields.isEmpty ? declared.name : "\(declared.name)(\(fields.joined(separator: ", ")))"
  }

  /// A call in words, such as `propose(value: "scale_up")`.
  public func call(_ record: TraceRecord) -> String {
    guard description.calls.indices.contains(Int(record.code)) else { return "call" }
    let declared = description.calls[Int(record.code)]
    let words = [record.first, record.second, record.third]
    let arguments = zip(declared.arguments, words).compactMap { argument, word in
      word == WordType.absent ? nil : "\(argument.name): \(value(word, argument.type))"
    }
    return "\(declared.name)(\(arguments.joined(separator: ", ")))"
  }

  /// A word in the notation of expressions.
  public func value(_ word: Int64, _ type: WordType) -> String {
    if word == WordType.absent { return "null" }
    switch type {
    case .int: return "\(word)"
    case .bool: return word == 0 ? "false" : "true"
    case .duration: return DurationText.format(word)
    case .word(let words):
      return words.indices.contains(Int(truncatingIfNeeded: word))
        ? "\"\(words[Int(word)])\"" : "\(word)"
    case .symbol: return Value.string(symbols.text(word)).text
    case .node, .nodeList: return name(NodeID(Int(truncatingIfNeeded: word)))
    }
  }

  private func way(_ record: TraceRecord) -> String {
    "\(message(record)) from \(name(record.from)) to \(name(record.to))"
  }

  private func observation(_ record: TraceRecord) -> String {
    guard description.observations.indices.contains(Int(record.code)) else { return "an event" }
    let declared = description.observations[Int(record.code)]
    let fields = zip(declared.fields, declared.parts).compactMap { field, part -> String? in
      let word = part.value(in: record.first)
      return word == WordType.absent ? nil : "\(field.name): \(value(word, field.type))"
    }
    let content = fields.isEmpty ? "" : "(\(fields.joined(separator: ", ")))"
    return "\(name(record.from)): \(declared.name)\(content)"
  }

  private func reason(_ record: TraceRecord) -> String {
    let reason = DropReason(rawValue: record.reason)?.name ?? "?"
    return record.fault >= 0 ? "\(reason), \(fault(record))" : reason
  }

  private func name(_ node: NodeID) -> String {
    topology.names.indices.contains(node.index) ? topology.names[node.index] : "node #\(node.index)"
  }

  private func fault(_ record: TraceRecord) -> String {
    faults.indices.contains(Int(record.fault)) ? "fault \(faults[Int(record.fault)])" : "a fault"
  }

  private func kind(_ code: UInt8) -> String {
    description.messages.indices.contains(Int(code))
      ? description.messages[Int(code)].name : "message"
  }

  private func timer(_ code: UInt8) -> String {
    description.timers.indices.contains(Int(code)) ? description.timers[Int(code)].name : "#\(code)"
  }

  private func field(_ code: UInt8) -> String {
    description.fields.indices.contains(Int(code)) ? description.fields[Int(code)].name : "#\(code)"
  }
}
