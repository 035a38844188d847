import SystemModel

/// Watches for a point that is not an instant.
struct PointTracker: Sendable {
  /// What it waits for.
  enum Kind: Sendable {
    case faultStart(Int)
    case faultEnd(Int)
    case message(MessageEvent)
    /// The condition of a place in the judge becomes true.
    case condition(Int)
  }

  let kind: Kind
  /// Whether it came in the last event.
  private(set) var hasFired = false
  /// How many messages matched.
  private var matches = 0
  /// Whether the condition was true in the last state.
  private var wasTrue = false

  init(_ kind: Kind) { self.kind = kind }

  /// What has to change for it to come.
  var topics: Topics {
    switch kind {
    case .faultStart, .faultEnd: .faults
    case .message(let event):
      switch event.moment {
      case .sent: .sent
      case .delivered: .delivered
      case .dropped: .dropped
      }
    case .condition: []
    }
  }

  mutating func reset() {
    hasFired = false
    matches = 0
    wasTrue = false
  }

  /// Forgets what the last event brought.
  mutating func settle() { hasFired = false }

  /// Looks through an event; `predicates` are those of the plan. Tells whether it came.
  mutating func look(
    at event: ArraySlice<TraceRecord>, _ predicates: [MessagePredicate]
  ) -> Bool {
    for record in event {
      switch (kind, record.kind) {
      case (.faultStart(let fault), .faultStarted), (.faultEnd(let fault), .faultEnded):
        hasFired = hasFired || Int(record.fault) == fault
      case (.message(let awaited), _):
        hasFired = count(record, awaited, predicates) || hasFired
      default: break
      }
    }
    return hasFired
  }

  /// Takes in what the condition is after an event; tells whether it came.
  mutating func see(_ truth: Truth) -> Bool {
    hasFired = truth == .yes && !wasTrue
    wasTrue = truth == .yes
    return hasFired
  }

  private mutating func count(
    _ record: TraceRecord, _ awaited: MessageEvent, _ predicates: [MessagePredicate]
  ) -> Bool {
    let filter = awaited.messages
    guard isMoment(record.kind, awaited.moment),
      filter.covers(kind: record.code, from: record.from, to: record.to),
      filter.predicate.map({ predicates[$0].holds(record) ?? false }) ?? true
    else { return false }
    matches += 1
    return filter.nth.isEmpty || filter.nth.contains(matches)
  }

  private func isMoment(_ kind: TraceRecord.Kind, _ moment: MessageEvent.Moment) -> Bool {
    switch (kind, moment) {
    case (.sent, .sent), (.delivered, .delivered), (.dropped, .dropped): true
    default: false
    }
  }
}
