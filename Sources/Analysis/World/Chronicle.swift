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
    if Self.isOfMessage(record) { recent.add(record) } else { bars.note(record) }
  }

  /// Whether a record is kept among the recent messages.
  static func isOfMessage(_ record: TraceRecord) -> Bool {
    switch record.kind {
    case .sent, .delivered, .handled, .duplicated, .dropped: true
    default: false
    }
  }

  mutating func close(at end: Int64) { bars.close(at: end) }
}
