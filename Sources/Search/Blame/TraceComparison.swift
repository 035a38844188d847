import Analysis
import Interpreter
import SystemModel

/// The trace of a run, with the words for it. Fields of nodes are left out: which of them are
/// recorded depends on what assertions read.
struct RecordedTrace: TraceReader, Sendable {
  /// A run with more records than this is compared no further.
  static let limit = 500_000

  let words: RecordText
  private(set) var records: ContiguousArray<TraceRecord> = []

  init(_ plan: JudgementPlan) { words = RecordText(plan.description, plan.system) }

  mutating func read(_ part: Trace) {
    if records.count < Self.limit { records += part.records.filter { !Self.isOfField($0) } }
  }

  /// Whether a record says what a field of a node has become.
  static func isOfField(_ record: TraceRecord) -> Bool {
    switch record.kind {
    case .fieldChanged, .listChanged, .continued: true
    default: false
    }
  }

  /// How many events there are up to an instant, that included.
  func events(upTo instant: Instant) -> Int {
    records.count { $0.beginsEvent && $0.instant <= instant }
  }

  /// The event in words to which a record belongs.
  func event(of place: Int) -> String? {
    guard records.indices.contains(place) else { return nil }
    let start = records[...place].lastIndex { $0.beginsEvent } ?? place
    return records[start].kind == .ended ? nil : words.text(records[start])
  }
}

/// Looks for the first event in which a run differs from a recorded one.
///
/// Records are the same if they say the same in words at the same instant: the places of faults,
/// calls and words differ between scenarios of which one lacks something.
struct TraceComparison: TraceReader {
  private let recorded: RecordedTrace
  private let words: RecordText
  private var place = 0
  /// The event in which the record stands that is compared.
  private var event: TraceRecord?
  private(set) var difference: BlameSummary.Difference?

  init(with recorded: RecordedTrace, of plan: JudgementPlan) {
    self.recorded = recorded
    words = RecordText(plan.description, plan.system)
  }

  mutating func read(_ part: Trace) {
    guard difference == nil, place < RecordedTrace.limit else { return }
    for record in part.records where !RecordedTrace.isOfField(record) {
      if record.beginsEvent { event = record }
      let other = place < recorded.records.count ? recorded.records[place] : nil
      if let other, isSame(record, other) {
        place += 1
        continue
      }
      let after = event.flatMap { $0.kind == .ended ? nil : words.text($0) }
      difference = BlameSummary.Difference(
        at: min(record.instant, other?.instant ?? record.instant),
        before: recorded.event(of: place), after: after)
      return
    }
  }

  private func isSame(_ record: TraceRecord, _ other: TraceRecord) -> Bool {
    guard record.at == other.at, record.kind == other.kind, record.code == other.code,
      record.from == other.from, record.to == other.to
    else { return false }
    return record == other || words.text(record) == recorded.words.text(other)
  }
}
