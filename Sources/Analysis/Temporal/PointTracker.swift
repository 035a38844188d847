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
  /// Whether the condition over a message could not be evaluated.
  private(set) var hasFailed = false
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
    hasFailed = false
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
    guard awaited.happens(with: record) else { return false }
    if let predicate = filter.predicate {
      guard let holds = predicates[predicate].holds(record) else {
        hasFailed = true
        return false
      }
      if !holds { return false }
    }
    matches += 1
    return filter.nth.isEmpty || filter.nth.contains(matches)
  }
}

extension MessageEvent {
  /// Whether a record is about the moment of a message of the kinds and between the nodes.
  func happens(with record: TraceRecord) -> Bool {
    switch (record.kind, moment) {
    case (.sent, .sent), (.delivered, .delivered), (.dropped, .dropped):
      messages.covers(kind: record.code, from: record.from, to: record.to)
    default: false
    }
  }
}
