import Diagnostics
import Expressions
import SystemModel

extension Judge {
  /// How many calls of the history a result has.
  static var callLimit: Int { 10_000 }

  /// Works out the verdicts, and fills in what was measured.
  mutating func fill(_ result: inout RunResult) {
    result.metrics = metricResults()
    result.remarks = remarks(result)
    let faults = result.faults.map(\.verdict)
    let none: [Verdict] = plan.assertions.isEmpty ? [.vacuous] : []
    result.outcome = (result.assertions.map(\.weight) + faults + none).max() ?? .pass
    result.verdict =
      (result.assertions.map(\.weightAfterExpectation) + faults + none).max() ?? .pass
    guard detail == .full else { return }
    result.calls = callResults()
    result.callsLeftOut = host.world.calls.calls.count - result.calls.count
    result.timeline = host.world.chronicle?.bars.timelines ?? []
    result.series = series()
  }

  /// The ledgers; a fault that touched nothing makes the run vacuous unless the scenario accepts
  /// that, or the run was cut off before it could.
  func faultResults(_ end: RunEnd) -> [FaultResult] {
    plan.system.faults.enumerated().map { place, fault in
      let entry = host.world.faults.entries[place]
      let says = plan.faults[place]
      let trigger = triggers.first { $0.fault == place }
      let isCutOff = end == .events && entry.ledger.isIdle && says.mayBeIdle == nil
      return FaultResult(
        name: fault.name,
        verdict: isCutOff && trigger?.diagnostic == nil ? .inconclusive : nil, span: says.span,
        fired: entry.fired, windows: entry.windows, ledger: entry.ledger, excuse: says.mayBeIdle,
        diagnostic: trigger?.diagnostic)
    }
  }

  /// The metrics that have samples, by name.
  func metricResults() -> [MetricResult] {
    var results: [MetricResult] = []
    for metric in plan.environment.metrics {
      guard let value = metric.read(host.world) else { continue }
      if MetricCatalog.all[metric.entry].omitsZero, value == .count(0) { continue }
      results.append(MetricResult(name: metric.name, value: value))
    }
    return results.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
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
    return remarks
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
