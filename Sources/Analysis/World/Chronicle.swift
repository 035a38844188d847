import SystemModel

/// What is kept of a run besides its state: the last records about messages, for evidence, and
/// what each node did, for charts.
struct Chronicle: Sendable {
  private(set) var recent = RecentMessages()
  private(set) var bars: ActivityBars

  init(_ schema: WorldSchema) { bars = ActivityBars(schema) }

  mutating func reset() {
    recent.reset()
    bars.reset()
  }

  mutating func note(_ record: TraceRecord) {
    switch record.kind {
    case .sent, .delivered, .handled, .duplicated, .dropped: recent.add(record)
    default: bars.note(record)
    }
  }

  mutating func close(at end: Int64) { bars.close(at: end) }
}
