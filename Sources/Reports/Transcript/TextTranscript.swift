import Analysis
import Diagnostics
public import SystemModel

/// A transcript for people: a line for each event with what it was, and below it, indented, what
/// came of it.
///
/// A line has the virtual time in milliseconds, the node, and what happened. Messages that are sent
/// to several nodes at once, and fields of a node that change at once, share a line.
public struct TextTranscript: Sendable {
  /// The widest column of node names.
  private static let widestName = 20
  /// How many lines back a line looks for one that says the same.
  private static let mergeReach = 12
  /// How many receivers of one broadcast are named.
  private static let namedReceivers = 8

  private let description: ProtocolDescription
  private let topology: Topology
  private let faults: [String]
  private let words: RecordText
  private let paint: Paint
  private let nameWidth: Int
  private var reader: TranscriptReader

  /// The transcript of a run of a plan, with terminal colours or without.
  public init(
    _ plan: SystemPlan, _ description: ProtocolDescription,
    filter: TranscriptFilter = TranscriptFilter(), colour: Bool = false
  ) {
    self.description = description
    topology = plan.topology
    faults = plan.faults.map(\.name)
    words = RecordText(description, plan)
    paint = Paint(isOn: colour)
    let names = plan.topology.names + faults + ["network"]
    nameWidth = min(Self.widestName, names.map(VisibleText.width).max() ?? 0)
    reader = TranscriptReader(filter)
  }

  /// Writes the lines of the next part of the trace, which has whole events.
  public mutating func write(_ part: Trace, to output: inout some TextOutputStream) {
    var lines: [Line] = []
    // The reader is taken out while it is used, so that lines can be made from the rest.
    var reader = self.reader
    reader.read(part) { entry in
      var next = line(entry)
      next.number = entry.number
      if !Self.merge(next, into: &lines) { lines.append(next) }
    }
    self.reader = reader
    var text = ""
    var previous: Line?
    for line in lines {
      text += printed(line, after: previous) + "\n"
      previous = line
    }
    output.write(text)
  }
}

// MARK: - Lines

extension TextTranscript {
  /// A line before it is printed.
  private struct Line {
    let record: TraceRecord
    /// Which event of the run it belongs to.
    var number = 0
    let subject: String
    let part: Paint.Part
    var text: String
    /// The receivers of a message, or the changes of fields: parts that further records add to.
    var list: [String] = []
    /// What stands behind the list.
    var tail = ""

    var event: TranscriptEvent? { TranscriptEvent(record.kind) }

    /// Whether it says what the network did to a message.
    var isFate: Bool {
      switch event {
      case .dropped, .held, .released, .delayed, .duplicated: true
      default: false
      }
    }

    /// Takes in a line that says the same of another receiver or field; tells whether it does.
    mutating func merge(_ next: Line) -> Bool {
      guard !next.record.beginsEvent, next.number == number, next.event == event,
        next.subject == subject, !list.isEmpty, text == next.text, tail == next.tail
      else { return false }
      list += next.list
      return true
    }
  }

  /// Takes a line into one of the same event that says the same; tells whether there is one.
  ///
  /// Between the copies of a broadcast there may be what the network did to them.
  private static func merge(_ line: Line, into lines: inout [Line]) -> Bool {
    for place in lines.indices.reversed().prefix(mergeReach) {
      if lines[place].merge(line) { return true }
      let isPassed = lines[place].isFate || (line.isFate && lines[place].event == .sent)
      guard lines[place].number == line.number, isPassed else { return false }
    }
    return false
  }

  /// The line as it is printed; the time stands at the first line of an event, the node where it
  /// is not that of the line before.
  private func printed(_ line: Line, after previous: Line?) -> String {
    let isSameEvent = previous?.number == line.number
    let parts = Duration(nanoseconds: line.record.at).millisecondParts
    let time =
      String(repeating: " ", count: max(0, 7 - parts.whole.count)) + parts.whole + parts.rest
    let column = time + String(repeating: " ", count: max(0, 13 - time.count))
    var result = isSameEvent ? String(repeating: " ", count: column.count) : paint(.faint, column)
    let subject = FittedText.cut(line.subject, to: nameWidth)
    let isSameNode = isSameEvent && previous?.subject == line.subject
    let filler = String(repeating: " ", count: nameWidth - VisibleText.width(subject))
    let blank = String(repeating: " ", count: nameWidth)
    result += "  " + (isSameNode ? blank : paint(.emphasis, subject) + filler)
    result += line.record.beginsEvent ? "  " : "    "
    let limit = line.event == .field ? line.list.count : Self.namedReceivers
    let text = line.text + NameList.text(line.list, limit: limit) + line.tail
    return result + paint(line.part, VisibleText.escaped(text))
  }

  private func line(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    switch entry.event {
    case .started: return line(record, .emphasis, "starts", by: "run")
    case .ended:
      let end = RunEnd(rawValue: record.code)?.name ?? "unknown"
      return line(record, .emphasis, "ends by \(end)", by: "run")
    case .sent, .delivered, .handled: return seen(entry)
    case .dropped, .held, .released, .delayed, .duplicated: return fate(entry)
    case .timer:
      return line(record, .plain, "timer \(description.timers[Int(record.code)].name) runs out")
    case .callInvoked, .callReached, .callCompleted: return call(entry)
    case .faultStarted, .faultEnded: return fault(entry)
    case .crashed, .restarted, .paused, .resumed, .slowed, .unslowed: return state(entry)
    case .handling: return line(record, .faint, "messages in handling: \(record.first)")
    case .field: return field(entry)
    case .observed:
      let declared = description.observations[Int(record.code)]
      let fields = zip(declared.fields, declared.parts).map { field, part in
        "\(field.name): \(words.value(part.value(in: record.first), field.type))"
      }
      let value = fields.isEmpty ? "" : "(\(fields.joined(separator: ", ")))"
      return line(record, .success, "★ \(declared.name)\(value)")
    }
  }

  private func line(
    _ record: TraceRecord, _ part: Paint.Part, _ text: String, by subject: String? = nil
  ) -> Line {
    Line(record: record, subject: subject ?? name(record.from), part: part, text: text)
  }

  // MARK: Messages

  /// A message as its sender or its receiver sees it.
  private func seen(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    let message = words.message(record)
    if entry.event == .sent {
      var line = line(record, .plain, "sends \(message) to ")
      line.list = [name(record.to)]
      return line
    }
    // In the unit of the column of times, so that the eye can subtract.
    let parts = entry.sent.map { Duration(nanoseconds: $0.nanoseconds).millisecondParts }
    let sent = parts.map { ", sent at \($0.whole)\($0.rest)" } ?? ""
    let verb = entry.event == .handled ? "has handled" : "receives"
    let text = "\(verb) \(message) from \(name(record.from))\(sent)"
    return line(record, .plain, text, by: name(record.to))
  }

  /// What the network did to a message.
  private func fate(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    let message = entry.event == .duplicated ? kind(record) : words.message(record)
    let cause = faultName(record.fault)
    var part = Paint.Part.warning
    let verb: String
    var tail = cause.map { ": \($0)" } ?? ""
    switch entry.event {
    case .dropped:
      let reason = DropReason(rawValue: record.reason)?.name ?? "unknown"
      tail = ": " + [reason, cause].compactMap { $0 }.joined(separator: " by ")
      part = .error
      verb = "loses"
    case .held: verb = "holds"
    case .released:
      tail = " travel on"
      verb = "lets"
    case .delayed: verb = "slows"
    default: verb = "doubles"
    }
    let text = "\(verb) \(message) \(name(record.from)) → "
    var line = line(record, part, text, by: "network")
    line.list = [name(record.to)]
    line.tail = tail
    return line
  }

  // MARK: Calls, faults and nodes

  private func call(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    switch entry.event {
    case .callInvoked:
      return line(record, .plain, "is called: \(words.call(record)), call \(record.id)")
    case .callReached:
      return line(record, .plain, "sees call \(record.id): \(words.call(record))")
    default:
      let outcome = CallOutcome(rawValue: record.code) ?? .info
      let declared = entry.call.map { description.calls[Int($0)] }
      let value = declared?.result.flatMap { type in
        record.first == WordType.absent ? nil : " \(words.value(record.first, type))"
      }
      let text = "ends call \(record.id): \(outcome.name)\(value ?? "")"
      return line(record, outcome == .ok ? .success : .warning, text)
    }
  }

  private func fault(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    let subject = faultName(record.fault) ?? "fault"
    guard entry.event == .faultEnded else {
      return line(record, .error, "begins" + (bound(entry).map { ": \($0)" } ?? ""), by: subject)
    }
    let healer = faultName(Int32(truncatingIfNeeded: record.first))
    return line(record, .error, "ends" + (healer.map { ", by \($0)" } ?? ""), by: subject)
  }

  /// The sides of a partition, or the nodes that a fault has chosen.
  private func bound(_ entry: TranscriptEntry) -> String? {
    guard let binding = entry.binding else { return nil }
    if let cut = binding.cut, let text = CutText(cut, names: topology.names).text { return text }
    let names = binding.nodes.map(name)
    return names.isEmpty ? nil : NameList.text(names, limit: Self.namedReceivers)
  }

  private func state(_ entry: TranscriptEntry) -> Line {
    let text =
      switch entry.event {
      case .crashed: entry.record.first == 1 ? "crashes, its disk is kept" : "crashes with its disk"
      case .restarted: "starts again"
      case .paused: "stands still"
      case .resumed: "goes on"
      case .slowed: "becomes slow"
      default: "is as fast as before"
      }
    let isRepair = [.restarted, .resumed, .unslowed].contains(entry.event)
    return line(entry.record, isRepair ? .success : .error, text)
  }

  private func field(_ entry: TranscriptEntry) -> Line {
    let record = entry.record
    let declared = description.fields[Int(record.code)]
    func text(_ values: [Int64]) -> String {
      declared.type == .nodeList
        ? "[\(values.map { words.value($0, .node) }.joined(separator: ", "))]"
        : words.value(values.first ?? WordType.absent, declared.type)
    }
    let now = text(record.kind == .listChanged ? entry.list : [record.first])
    let before = entry.before.map { "\(text($0)) → " } ?? ""
    var line = line(record, .faint, "")
    line.list = ["\(declared.name) \(before)\(now)"]
    return line
  }

  // MARK: Names

  private func name(_ node: NodeID) -> String { topology.names[node.index] }

  private func kind(_ record: TraceRecord) -> String { description.messages[Int(record.code)].name }

  private func faultName(_ place: Int32) -> String? {
    faults.indices.contains(Int(place)) ? faults[Int(place)] : nil
  }
}
