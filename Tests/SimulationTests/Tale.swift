import Simulation
import SystemModel

/// What happened in a run of probes, as lines that tests compare: times in milliseconds, nodes
/// counted from 1.
struct Tale {
  let faults: [String]
  var records: [TraceRecord] = []
  /// How many records each part had.
  var parts: [Int] = []
  var bindings: [FaultBinding] = []
  var hash = TraceHash()
  var counts = MessageCounts()
  var end: RunEnd = .quiescence
  var endInstant = Instant.start
  var eventCount = 0
  var failedFilter: Int?
  var entriesLeft: [Int] = []
  var notes = DrawNotes()
  var machines: [Probe] = []

  init(faults: [String]) { self.faults = faults }

  /// The lines of some kinds of records, in order.
  func lines(_ kinds: TraceRecord.Kind...) -> [String] {
    records.filter { kinds.contains($0.kind) }.map { line($0) }
  }

  /// Arrivals as "time from>to number".
  var arrivals: [String] {
    records.filter { $0.kind == .delivered }.map {
      "\(time($0.at)) \($0.from.index + 1)>\($0.to.index + 1) \($0.first)"
    }
  }

  /// What nodes announced, as "time node what value".
  func observations(_ names: String...) -> [String] {
    records.filter {
      $0.kind == .observed && names.contains(Probe.description.observations[Int($0.code)].name)
    }.map { line($0) }
  }

  /// The events: the lines of each, the first of which begins it.
  var events: [[String]] {
    var events: [[String]] = []
    for record in records {
      if record.beginsEvent { events.append([]) }
      events[events.count - 1].append(line(record))
    }
    return events
  }

  func line(_ record: TraceRecord) -> String {
    "\(time(record.at)) \(what(record))"
  }

  private func what(_ record: TraceRecord) -> String {
    let node = "\(record.from.index + 1)"
    let words = Probe.description
    switch record.kind {
    case .sent, .delivered, .handled, .held, .released, .delayed, .dropped, .duplicated:
      return message(record)
    case .timerFired: return "timer \(node) \(words.timers[Int(record.code)].name)"
    case .callInvoked: return "call \(record.id) \(words.calls[Int(record.code)].name) at \(node)"
    case .callReached: return "reached \(record.id) at \(node)"
    case .callCompleted:
      return "ended \(record.id) \(CallOutcome(rawValue: record.code)?.name ?? "?")"
    case .faultStarted: return "start \(name(record.fault))"
    case .faultEnded: return "end \(name(record.fault))" + (record.first < 0 ? "" : " healed")
    case .crashed, .restarted, .paused, .resumed, .slowed, .unslowed:
      return "\(record.kind) \(node) by \(name(record.fault))"
        + (record.kind == .crashed && record.first == 0 ? " wiped" : "")
    case .handling: return "handling \(node) \(record.first)"
    case .fieldChanged:
      return "field \(node) \(words.fields[Int(record.code)].name) \(record.first)"
    case .listChanged, .continued:
      return "\(record.kind) \(node) \(record.id) \(record.first) \(record.second) \(record.third)"
    case .observed:
      let value = record.first == WordType.absent ? "" : " \(record.first)"
      return "\(node) \(words.observations[Int(record.code)].name)\(value)"
    case .started: return "started"
    case .ended: return "ended \(RunEnd(rawValue: record.code)?.name ?? "?")"
    }
  }

  private func message(_ record: TraceRecord) -> String {
    let kind = Probe.description.messages[Int(record.code)].name
    var text = "\(record.kind) \(record.from.index + 1)>\(record.to.index + 1) \(kind)"
    if record.kind != .duplicated { text += " \(record.first)" }
    if let reason = DropReason(rawValue: record.reason), reason != .none { text += " \(reason)" }
    if record.fault != TraceRecord.noFault { text += " by \(name(record.fault))" }
    return text
  }

  private func name(_ fault: Int32) -> String {
    faults.indices.contains(Int(fault)) ? faults[Int(fault)] : "nobody"
  }

  private func time(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest != 0 else { return "\(whole)" }
    var digits = "\(1_000_000 + rest)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
