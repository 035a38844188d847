import SystemModel

/// A record of a trace with what earlier records say about it.
struct TranscriptEntry {
  let record: TraceRecord
  let event: TranscriptEvent
  /// Which event of the run it belongs to, counted from 1.
  let number: Int
  /// The words of a list field.
  var list: [Int64] = []
  /// The words that a field had before; nil if it was not known.
  var before: [Int64]?
  /// When the message of a delivery was sent; nil if that is not known.
  var sent: Instant?
  /// The kind of the call that ended; nil if it is not known.
  var call: UInt8?
  /// What a fault is bound to; nil if the trace does not say.
  var binding: FaultBinding?
}

/// Reads a trace part by part and remembers what later records refer to.
///
/// Its memory grows with the messages in flight and the open calls, not with the trace.
struct TranscriptReader {
  private let filter: TranscriptFilter
  private var number = 0
  private var fields: [Int64: [Int64]] = [:]
  private var sent: [Int64: Instant] = [:]
  private var calls: [Int64: UInt8] = [:]

  init(_ filter: TranscriptFilter) { self.filter = filter }

  /// Hands out the entries of a part that pass the filter, in order.
  mutating func read(_ part: Trace, _ body: (TranscriptEntry) -> Void) {
    var place = part.records.startIndex
    while place < part.records.endIndex {
      let record = part.records[place]
      place += 1
      guard let event = TranscriptEvent(record.kind) else { continue }
      if record.beginsEvent { number += 1 }
      var entry = TranscriptEntry(record: record, event: event, number: number)
      if record.kind == .listChanged {
        var words = [record.first, record.second, record.third]
        while place < part.records.endIndex, part.records[place].kind == .continued {
          let more = part.records[place]
          words += [more.first, more.second, more.third]
          place += 1
        }
        entry.list = Array(words.prefix(Int(record.id)))
      }
      remember(&entry, part.bindings)
      if filter.passes(record, event) { body(entry) }
    }
  }

  private mutating func remember(_ entry: inout TranscriptEntry, _ bindings: [FaultBinding]) {
    let record = entry.record
    switch entry.event {
    case .sent: sent[record.id] = record.instant
    case .duplicated: sent[record.id] = sent[record.first] ?? record.instant
    case .delivered, .dropped: entry.sent = sent.removeValue(forKey: record.id)
    case .callInvoked: calls[record.id] = record.code
    case .callCompleted: entry.call = calls.removeValue(forKey: record.id)
    case .faultStarted, .faultEnded:
      if bindings.indices.contains(Int(record.id)) {
        entry.binding = bindings[Int(record.id)]
      }
    case .field:
      let key = Int64(record.from.index) << 8 | Int64(record.code)
      entry.before = fields[key]
      fields[key] = record.kind == .listChanged ? entry.list : [record.first]
    default: break
    }
  }
}
