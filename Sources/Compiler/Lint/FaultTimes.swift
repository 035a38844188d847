internal import SystemModel

/// When faults act, as far as the scenario alone tells; instants are in nanoseconds.
struct FaultTimes {
  /// When something ends.
  enum End: Equatable {
    case at(Int64)
    case never
    /// Only the run tells, or it is different each time.
    case unknown
  }

  /// The first instant at which each fault fires; nil if only the run tells.
  private(set) var starts: [Int64?]
  /// Whether each fault fires at most once.
  private(set) var isSingle: [Bool]
  /// When each fault that fires once ends.
  private(set) var ends: [End]
  /// How long each fault lasts each time, if it says so.
  private(set) var lengths: [Int64?]
  /// The entries that heal each fault.
  private var healers: [[Int]]

  init(_ system: SystemPlan) {
    starts = system.faults.map { fault in
      switch fault.trigger {
      case .at(let instant): instant.nanoseconds
      case .times(let instants): instants.first?.nanoseconds
      case .every(let first, _, _, _): first.nanoseconds
      case .condition, .message: nil
      }
    }
    isSingle = system.faults.map { fault in
      if case .at = fault.trigger { return true }
      return false
    }
    lengths = system.faults.map { fault in
      if case .after(let span) = fault.ending { return span.nanoseconds }
      return nil
    }
    healers = Array(repeating: [], count: system.faults.count)
    for (place, fault) in system.faults.enumerated() {
      if case .heal(let healed) = fault.action { healers[healed].append(place) }
    }
    ends = []
    ends = system.faults.indices.map { end(of: $0, system) }
  }

  private func end(of place: Int, _ system: SystemPlan) -> End {
    let fault = system.faults[place]
    guard isSingle[place], let start = starts[place] else {
      return canEnd(place) || fault.ending != .never ? .unknown : .never
    }
    if fault.action.isMomentary { return .at(start) }
    switch fault.ending {
    case .after(let span): return canEnd(place) ? .unknown : .at(start + span.nanoseconds)
    case .at(let instant): return canEnd(place) ? .unknown : .at(instant.nanoseconds)
    case .never: break
    }
    let healers = healers[place]
    guard !healers.isEmpty else { return .never }
    let instants = healers.map { isSingle[$0] ? starts[$0] : nil }.filter { ($0 ?? start) >= start }
    if instants.isEmpty { return .never }
    let known = instants.compactMap { $0 }
    return known.count == instants.count ? known.min().map { .at($0) } ?? .never : .unknown
  }

  /// Whether an entry ends a fault before its own time.
  private func canEnd(_ place: Int) -> Bool { !healers[place].isEmpty }
}
