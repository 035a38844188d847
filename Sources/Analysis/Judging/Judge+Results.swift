import Diagnostics
import Expressions
import SystemModel

extension Judge {
  /// How many calls of the history a result has.
  static var callLimit: Int { 10_000 }

  /// Everything about a run that is concluded.
  func result(end: RunEnd, at instant: Instant, traceHash: UInt64) -> RunResult {
    var result = RunResult(
      name: plan.name, seed: seed, end: end, endedAt: instant, events: host.world.events,
      topology: plan.system.topology, traceHash: traceHash)
    result.drawn = plan.drawn
    result.isRecorded = plan.recording != nil
    result.assertions = monitors.indices.map { place in
      var assertion = assertionResult(place)
      if isExplaining { assertion.why = why(place, at: instant) }
      return assertion
    }
    result.faults = plan.faults.indices.map { faultResult($0, end) }
    result.idleEntries = idleEntries.map { entryResult($0, end) }
    result.metrics = metricResults()
    result.remarks = remarks(result)
    let others =
      result.faults.map(\.verdict) + result.idleEntries.map(\.verdict)
      + (plan.assertions.isEmpty ? [Verdict.vacuous] : [])
    result.outcome = (result.assertions.map(\.weight) + others).max() ?? .pass
    result.verdict = (result.assertions.map(\.weightAfterExpectation) + others).max() ?? .pass
    guard detail == .full else { return result }
    result.calls = callResults()
    result.callsLeftOut = host.world.calls.calls.count - result.calls.count
    result.timeline = host.world.chronicle?.bars.timelines ?? []
    result.series = series()
    return result
  }

  private func assertionResult(_ place: Int) -> AssertionResult {
    let assertion = plan.assertions[place]
    let monitor = monitors[place]
    let found = findings[place]
    var result = AssertionResult(
      name: assertion.name, form: assertion.form.word, verdict: found?.verdict ?? .pass,
      span: assertion.span, reason: found?.reason ?? "", excuse: assertion.mayBeVacuous,
      evidence: found?.evidence, diagnostic: found?.diagnostic, help: found?.help)
    if case .fail(let places) = plan.expectation {
      result.isExpectedToFail = places.contains(place)
    }
    if monitor.invariant >= 0 {
      result.evaluations = monitor.subjects
      result.opportunities = monitor.subjects
      return result
    }
    for condition in [monitor.first, monitor.second] where condition >= 0 {
      result.evaluations += conditions[condition].evaluations
    }
    if monitor.looksAtEndOnly {
      // Judged once, unless there was nothing to look at or the run was cut off.
      let isJudged = ![.vacuous, .inconclusive].contains(result.verdict)
      result.evaluations = isJudged ? 1 : 0
      result.opportunities = result.evaluations
    } else {
      let automaton = monitor.automaton
      result.opportunities = automaton.form == .response ? automaton.chances : automaton.windows
    }
    return result
  }

  /// What a fault contributes to the outcome: one that touched nothing makes the run vacuous unless
  /// the scenario accepts that, or the run was cut off before it could touch anything.
  func faultVerdict(_ place: Int, _ end: RunEnd) -> Verdict {
    if failure(of: place) != nil { return .error }
    let isIdle = host.world.faults.entries[place].ledger.isIdle
    guard isIdle, plan.faults[place].mayBeIdle == nil else { return .pass }
    return end == .events ? .inconclusive : .vacuous
  }

  /// What an explicit entry contributes that has not occurred: it makes the run vacuous unless the
  /// scenario accepts that, or the run was cut off before it could occur.
  func entryVerdict(_ place: Int, _ end: RunEnd) -> Verdict {
    guard plan.entries[place].mayBeIdle == nil else { return .pass }
    return end == .events ? .inconclusive : .vacuous
  }

  private func entryResult(_ place: Int, _ end: RunEnd) -> IdleEntry {
    let says = plan.entries[place]
    return IdleEntry(
      place: place, name: says.name, verdict: entryVerdict(place, end), span: says.span,
      excuse: says.mayBeIdle)
  }

  /// Why a condition of a fault, its `when` or a `where`, has no value; nil if none failed.
  private func failure(of fault: Int) -> ConditionFailure? {
    if let brokenFilter, brokenFilter.fault == fault { return brokenFilter.failure }
    return triggers.first { $0.fault == fault }?.failure
  }

  private func faultResult(_ place: Int, _ end: RunEnd) -> FaultResult {
    let entry = host.world.faults.entries[place]
    let says = plan.faults[place]
    let failure = failure(of: place)
    return FaultResult(
      name: plan.system.faults[place].name, verdict: faultVerdict(place, end), span: says.span,
      fired: entry.fired, windows: entry.windows, ledger: entry.ledger, excuse: says.mayBeIdle,
      diagnostic: failure?.diagnostic, failedAt: failure?.at)
  }

  /// The metrics that have samples and of which enough is told, by name.
  private func metricResults() -> [MetricResult] {
    var results: [MetricResult] = []
    results.reserveCapacity(metrics.count)
    for metric in metrics {
      guard metric.needs.missing(in: plan.spoken) == nil, let value = metric.read(host.world)
      else { continue }
      if MetricCatalog.all[metric.entry].omitsZero, value == .count(0) { continue }
      results.append(MetricResult(name: metric.name, value: value))
    }
    return results
  }

  private func remarks(_ result: RunResult) -> [String] {
    var remarks: [String] = []
    if plan.assertions.isEmpty { remarks.append("the scenario asserts nothing") }
    for fault in result.faults {
      switch fault.verdict {
      case .vacuous:
        let what = fault.fired == 0 ? "never fired" : "touched nothing"
        remarks.append("the fault \(fault.name) \(what)")
      case .inconclusive:
        remarks.append("the run was cut off before the fault \(fault.name) touched anything")
      case .error: remarks.append("the condition of the fault \(fault.name) failed")
      case .pass, .fail: break
      }
    }
    for entry in result.idleEntries {
      switch entry.verdict {
      case .vacuous: remarks.append("\(entry.name) never occurred")
      case .inconclusive: remarks.append("the run was cut off before \(entry.name) occurred")
      case .pass, .fail, .error: break
      }
    }
    return remarks + idleWorkloads(result.end).map { "the workload \($0) never called" }
  }

  /// The names of the workloads that made no call, unless the run was cut off before they could.
  private func idleWorkloads(_ end: RunEnd) -> [String] {
    let workloads = plan.system.workloads
    guard end != .events, !workloads.isEmpty, plan.recording == nil else { return [] }
    // Clients are counted over all workloads; a workload without clients has one caller.
    var workloadOf: [Int] = []
    for (place, workload) in workloads.enumerated() {
      var callers = 1
      if case .clients(let count, _, _) = workload.arrival { callers = count }
      workloadOf += Array(repeating: place, count: callers)
    }
    var hasCalled = workloads.map { _ in false }
    // The clients of a recorded history may be others.
    for call in host.world.calls.calls where workloadOf.indices.contains(Int(call.client)) {
      hasCalled[workloadOf[Int(call.client)]] = true
    }
    return workloads.indices.filter { !hasCalled[$0] }.map { workloads[$0].name }
  }

  private func callResults() -> [CallResult] {
    let words = RecordText(plan.description, plan.system)
    return host.world.calls.calls.prefix(Judge.callLimit).enumerated().map { id, call in
      let declared = plan.description.calls[Int(call.kind)]
      let given = [call.arguments.0, call.arguments.1, call.arguments.2]
      let arguments = zip(declared.arguments, given).compactMap { argument, word in
        word == WordType.absent
          ? nil
          : CallResult.Argument(name: argument.name, value: words.value(word, argument.type))
      }
      var value: String?
      if let type = declared.result, call.value != WordType.absent {
        value = words.value(call.value, type)
      }
      return CallResult(
        id: id, call: declared.name, node: call.node, arguments: arguments,
        invoked: Instant(nanoseconds: call.invoked),
        completed: call.completed < 0 ? nil : Instant(nanoseconds: call.completed),
        outcome: call.outcome, value: value)
    }
  }

  private func series() -> [StepSeries] {
    guard let barrier = host.world.barrier, !barrier.counter.isEmpty else { return [] }
    return [
      StepSeries(
        name: "arrived", limit: barrier.registered > 0 ? barrier.registered : nil,
        steps: barrier.counter)
    ]
  }
}
