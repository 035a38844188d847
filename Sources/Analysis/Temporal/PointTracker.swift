import SystemModel

/// Watches for a point that is not an instant.
struct PointTracker: Sendable {
  /// What it waits for.
  enum Kind: Sendable {
    case faultStart(Int)
    case faultEnd(Int)
    case message(MessageEvent)
    /// One of some calls ends or is made, the so-and-so-many-th.
    case calls(CallMark)
    /// The condition of a place in the judge becomes true.
    case condition(Int)
  }

  let kind: Kind
  /// Between which nodes its messages pass; nil: any.
  private let from: NodeSet?
  private let to: NodeSet?
  /// The number of the only message that is meant, or 0.
  private let nth: Int
  /// Whether it came in the last event.
  private(set) var hasFired = false
  /// Whether the condition over a message could not be evaluated.
  private(set) var hasFailed = false
  /// How many messages matched.
  private var matches = 0
  /// Whether the condition was true in the last state.
  private var wasTrue = false

  init(_ kind: Kind) {
    self.kind = kind
    guard case .message(let event) = kind else {
      (from, to, nth) = (nil, nil, 0)
      return
    }
    (from, to) = (event.messages.from, event.messages.to)
    nth = event.messages.nth.count == 1 ? event.messages.nth[0] : 0
  }

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
    case .condition, .calls: []
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

  /// Looks through an event for the start or the end of a fault; tells whether it came.
  mutating func look(at event: ArraySlice<TraceRecord>) -> Bool {
    for record in event {
      switch (kind, record.kind) {
      case (.faultStart(let fault), .faultStarted), (.faultEnd(let fault), .faultEnded):
        hasFired = hasFired || Int(record.fault) == fault
      default: break
      }
    }
    return hasFired
  }

  /// Looks through an event for calls; tells whether it came.
  mutating func look(at event: ArraySlice<TraceRecord>, _ history: CallHistory) -> Bool {
    guard case .calls(let mark) = kind, !hasFired else { return false }
    for record in event where mark.concerns(record, history) {
      matches += 1
      if matches == mark.number { hasFired = true }
    }
    return hasFired
  }

  /// Looks at a record about the awaited moment of a message of an awaited kind; `predicates` are
  /// those of the plan. Tells whether it came.
  mutating func look(at record: TraceRecord, _ predicates: [MessagePredicate]) -> Bool {
    if let from, !from.contains(record.from) { return false }
    if let to, !to.contains(record.to) { return false }
    guard case .message(let awaited) = kind else { return false }
    if let predicate = awaited.messages.predicate {
      guard let holds = predicates[predicate].holds(record) else {
        hasFailed = true
        return false
      }
      if !holds { return false }
    }
    matches += 1
    let isMeant =
      nth > 0
      ? matches == nth
      : awaited.messages.nth.isEmpty || awaited.messages.nth.contains(matches)
    guard isMeant, !hasFired else { return false }
    hasFired = true
    return true
  }

  /// Takes in what the condition is after an event; tells whether it came.
  mutating func see(_ truth: Truth) -> Bool {
    hasFired = truth == .yes && !wasTrue
    wasTrue = truth == .yes
    return hasFired
  }
}

/// The start or the end of a workload: a number of calls of some callers.
struct CallMark: Sendable {
  /// The callers of the workload, counted over all workloads.
  let callers: Range<Int32>
  /// Whether calls are counted when they end, and not when they are made.
  let countsEnds: Bool
  /// How many calls make the point.
  let number: Int

  /// Whether a record makes the count go on.
  func concerns(_ record: TraceRecord, _ history: CallHistory) -> Bool {
    switch (record.kind, countsEnds) {
    case (.callInvoked, false), (.callCompleted, true):
      callers.contains(history.calls[Int(record.id)].client)
    default: false
    }
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
