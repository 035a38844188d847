import Diagnostics
import SystemModel

// Nodes and faults.
extension EventLogReader {
  mutating func observe(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let name = try line.text("observation")
    guard let observation = observations.firstIndex(of: name) else {
      throw .unknown("observation", name, observations, try line.needed("observation").span)
    }
    let declared = builder.description.observations[observation].fields
    var values: HistoryFields?
    if let given = line["fields"] {
      guard let members = given.members else { throw .kind(given, "an object") }
      values = try HistoryFields(members, allowed: declared.map(\.name), given.span)
    }
    try observe(line, UInt8(observation), values)
  }

  mutating func observe(
    _ line: HistoryFields, _ observation: UInt8, _ values: HistoryFields?
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    let declared = builder.description.observations[Int(observation)]
    var word: Int64? = declared.fields.isEmpty ? nil : 0
    for (field, part) in zip(declared.fields, declared.parts) {
      guard let value = values?[field.name] else {
        word = nil
        break
      }
      let read = try builder.word(value, field.type, in: part, isNullable: true)
      word = word.map { $0 | part.word(of: read) }
    }
    builder.observe(
      node, observation, value: word, begins: try line.bool("first", absent: true))
  }

  mutating func set(
    _ line: HistoryFields, _ field: Int, mayTellWas: Bool, begins: Bool
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    let words = try words(of: field, try line.needed("value"))
    if mayTellWas, let was = line["was"] {
      try builder.expect(try self.words(of: field, was), in: field, of: node, was.span)
    }
    builder.set(node, field: field, to: words, begins: begins)
  }

  /// The words of a value of a field.
  private mutating func words(
    of field: Int, _ value: LineValue
  ) throws(HistoryMistake) -> [Int64] {
    let declared = builder.description.fields[field]
    guard declared.type == .nodeList else {
      return [try builder.word(value, declared.type, isNullable: declared.nullable)]
    }
    guard let values = value.list else { throw .kind(value, "a list of nodes") }
    var words: [Int64] = []
    for value in values { words.append(Int64(try builder.node(value).index)) }
    return words
  }

  mutating func addAtNode(
    _ kind: TraceRecord.Kind, _ line: HistoryFields, code: UInt8 = 0, first: Int64 = 0,
    _ begins: Bool
  ) throws(HistoryMistake) {
    let node = try builder.node(try line.needed("node"))
    builder.add(
      TraceRecord(kind, at: 0, from: node, to: node, code: code, first: first), begins: begins)
  }

  mutating func runOut(_ line: HistoryFields, _ begins: Bool) throws(HistoryMistake) {
    let name = try line.text("timer")
    let timers = builder.description.timers.map(\.name)
    guard let timer = timers.firstIndex(of: name) else {
      throw .unknown("timer", name, timers, try line.needed("timer").span)
    }
    try addAtNode(.timerFired, line, code: UInt8(timer), begins)
  }

  mutating func strike(
    _ event: HistoryEvent, _ line: HistoryFields, _ begins: Bool
  ) throws(HistoryMistake) {
    let fault = try builder.fault(line["fault"])
    let kinds: [HistoryEvent: TraceRecord.Kind] = [
      .crashed: .crashed, .restarted: .restarted, .paused: .paused, .resumed: .resumed,
      .slowed: .slowed, .unslowed: .unslowed,
    ]
    guard let kind = kinds[event] else { preconditionFailure("\(event) is no change of a life") }
    let keepsDisk = event == .crashed ? try line.bool("diskKept", absent: true) : false
    let value = try line.needed("node")
    let node = try builder.node(value)
    try builder.live(
      TraceRecord(kind, at: 0, from: node, to: node, fault: fault, first: keepsDisk ? 1 : 0),
      begins: begins, value.span)
  }

  mutating func turn(
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
      try builder.endFault(
        fault, line["targets"] == nil ? nil : nodes, healedBy: Int64(healer), begins: begins,
        line["targets"]?.span ?? value.span)
    }
  }

  mutating func end(_ line: HistoryFields) throws(HistoryMistake) {
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
