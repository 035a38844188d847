internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// What lies behind the end of the run or of a window.
extension MeaningLint {
  mutating func checkTimes() {
    for (place, entry) in scenario.faults.enumerated() {
      guard let start = times.starts[place], start > end else { continue }
      report(.lateFault(entry.triggerSpan ?? entry.span, start, limit))
    }
    for (entry, workload) in zip(scenario.workloads, system.workloads) {
      guard let first = workload.firstCall, first > end else { continue }
      report(.lateWorkload(entry.startSpan ?? entry.span, first, limit))
    }
    for entry in scenario.deliveries where entry.mayBeIdle == nil {
      guard let flight = entry.takes, flight > end else { continue }
      report(.lateArrival(entry.span, flight, limit))
    }
    if let order = scenario.order, order.value.window > end {
      report(.lateOrder(order.span, order.value.window, limit))
    }
    for (entry, plan, _) in assertions {
      checkPoints(entry.scope, plan.scope)
      checkDeadline(entry, plan)
    }
  }

  /// The end of the run, and where the scenario gives it.
  var limit: (end: Int64, span: SourceSpan?) { (end, scenario.limits.time?.span) }

  // MARK: Windows

  private mutating func checkPoints(_ written: ScopeText, _ scope: AssertionScope) {
    switch (written, scope) {
    case (.during(let name), .during(let fault)):
      guard let start = times.starts[fault], start > end else { return }
      report(.absentWindow(name, start, limit))
    case (.during(let name), .between(let opening, _)):
      guard case .at(let start) = instant(of: opening), start > end else { return }
      report(.absentWindow(name, start, limit))
    case (.after(let text), .after(let point)): check(text, point, opensWindow: true)
    case (.before(let text), .before(let point)):
      check(text, point, opensWindow: false)
      if case .instant(.start) = point { report(.emptyWindow(text.span)) }
    case (.between(let first, let second), .between(let opening, let closing)):
      check(first, opening, opensWindow: true)
      check(second, closing, opensWindow: false)
      guard let start = single(opening), let stop = single(closing), stop < start, start <= end
      else { return }
      report(.secondPointFirst(second.span, first.span, stop: stop, start: start))
    default: break
    }
  }

  private mutating func check(_ written: PointText, _ point: Point, opensWindow: Bool) {
    switch instant(of: point) {
    case .at(let instant) where instant > end:
      report(.absentPoint(written.span, instant, limit, opensWindow: opensWindow))
    case .never:
      guard case .faultEnd(let fault) = point else { return }
      report(
        .absentEnd(
          written.span, scenario.faults[fault].keyword, name: system.faults[fault].name,
          opensWindow: opensWindow))
    default: break
    }
  }

  /// When a point comes first.
  private func instant(of point: Point) -> FaultTimes.End {
    switch point {
    case .instant(let instant): return .at(instant.nanoseconds)
    case .faultStart(let fault): return times.starts[fault].map { .at($0) } ?? .unknown
    case .faultEnd(let fault):
      if let start = times.starts[fault], start > end { return .at(start) }
      return times.ends[fault]
    case .workloadStart(let place):
      return system.workloads[place].firstCall.map { .at($0) } ?? .unknown
    case .workloadEnd, .message, .condition: return .unknown
    }
  }

  /// When a point comes, if it comes once and the scenario says when.
  func single(_ point: Point) -> Int64? {
    switch point {
    case .instant(let instant): return instant.nanoseconds
    case .faultStart(let fault): return times.isSingle[fault] ? times.starts[fault] : nil
    case .faultEnd(let fault):
      guard times.isSingle[fault], case .at(let end) = times.ends[fault] else { return nil }
      return end
    case .workloadStart(let place):
      guard case .at = system.workloads[place].arrival else { return nil }
      return system.workloads[place].firstCall
    case .workloadEnd, .message, .condition: return nil
    }
  }

  // MARK: Deadlines

  private mutating func checkDeadline(_ entry: AssertionEntry, _ plan: AssertionPlan) {
    let opening = opening(of: plan.scope) ?? 0
    guard opening <= end else { return }
    let closing = closing(of: plan.scope)
    checkDuration(entry, opening, closing)
    guard let within = entry.within else { return }
    if let length = closing.map({ $0.end - opening }), within.value > length, length >= 0 {
      report(.closesFirst(within, length: length, closing?.text ?? "the window"))
    } else if within.value > end - opening {
      report(.endsFirst(within, left: end - opening, limit))
    }
  }

  /// A `for` for which there is no room.
  private mutating func checkDuration(
    _ entry: AssertionEntry, _ opening: Int64, _ closing: (end: Int64, text: String)?
  ) {
    guard let duration = entry.duration else { return }
    let left = end - opening
    if let closing, duration.value > closing.end - opening, closing.end >= opening {
      report(.closesTooEarly(duration, length: closing.end - opening, closing.text))
    } else if duration.value > left {
      report(.endsTooEarly(duration, left: left, limit))
    } else if closing == nil, let within = entry.within, within.value <= left,
      duration.value > left - within.value
    {
      report(.beginsTooLate(duration, within, left: left - within.value, limit))
    }
  }

  /// When the first window of a scope opens, if the scenario says it.
  func opening(of scope: AssertionScope) -> Int64? {
    switch scope {
    case .run, .before: 0
    case .during(let fault): times.starts[fault]
    case .after(let point): single(point)
    case .between(let first, _): single(first)
    }
  }

  /// When the window of a scope closes, counted as if it opened at the instant that
  /// ``opening(of:)`` gives.
  private func closing(of scope: AssertionScope) -> (end: Int64, text: String)? {
    switch scope {
    case .run, .after: return nil
    case .before(let point): return single(point).map { ($0, "the window") }
    case .during(let fault):
      let name = system.faults[fault].name
      if let length = times.lengths[fault] {
        return ((times.starts[fault] ?? 0) + length, "`\(name)`")
      }
      guard times.isSingle[fault], case .at(let end) = times.ends[fault] else { return nil }
      return (end, "`\(name)`")
    case .between(let first, let second):
      guard single(first) != nil else { return nil }
      return single(second).map { ($0, "the window") }
    }
  }
}

extension FaultEntry {
  /// Where it is said when it first fires.
  fileprivate var triggerSpan: SourceSpan? {
    switch trigger {
    case .at(let instants): instants.min { $0.value < $1.value }?.span
    case .every(let period, let first, _): (first ?? period).span
    case .condition, .message: nil
    }
  }
}

extension WorkloadEntry {
  /// Where it is said when it begins.
  fileprivate var startSpan: SourceSpan? {
    switch arrival {
    case .at(let instants): instants.min { $0.value < $1.value }?.span
    case .every(let period): (start ?? period).span
    case .rate, .clients: start?.span
    }
  }
}

extension Workload {
  /// The instant of the first call, or before which there is none; in nanoseconds.
  var firstCall: Int64? {
    switch arrival {
    case .at(let instants): instants.first?.nanoseconds
    case .every(let first, _): first.nanoseconds
    case .rate(_, _, _, let start), .clients(_, _, let start): start.nanoseconds
    }
  }
}
