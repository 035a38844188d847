import Analysis
import Diagnostics
import SystemModel

/// The part of a scenario's JSON that comes from its run; empty lists if there was none.
struct RunJSON {
  private let run: ReportedRun
  private let result: RunResult?

  init(_ run: ReportedRun) {
    self.run = run
    result = run.result
  }

  var members: [JSONValue.Member] {
    [
      .init("nodes", .array(result?.topology.names.map { .string($0) } ?? [])),
      .init("groups", .object(result?.topology.groups.map(group) ?? [])),
      .init("assertions", .array(result?.assertions.map(assertion) ?? [])),
      .init("metrics", .object(result?.metrics.map(metric) ?? [])),
      .init("faults", .array(result?.faults.map(fault) ?? [])),
      .init("idleEntries", .array(result?.idleEntries.map(entry) ?? [])),
      .init("calls", .array(result?.calls.map(call) ?? [])),
      .init("callsLeftOut", .int(Int64(result?.callsLeftOut ?? 0))),
      .init("timeline", .array(result?.timeline.map(timeline) ?? [])),
      .init("series", .array(result?.series.map(series) ?? [])),
      .init("remarks", .array(result?.remarks.map { .string($0) } ?? [])),
    ]
  }

  // MARK: Assertions

  private func assertion(_ assertion: AssertionResult) -> JSONValue {
    .object(
      [
        .init("name", .string(assertion.name)),
        .init("form", .string(assertion.form)),
        .init("verdict", .string(assertion.verdict.rawValue)),
        .init("expected", .string(assertion.isExpectedToFail ? "fail" : "pass")),
      ] + place(assertion.span) + [
        .init("at_ns", nanoseconds(assertion.evidence?.at)),
        .init("reason", .string(assertion.reason)),
        .init("excuse", text(assertion.excuse)),
        .init("evaluations", .int(Int64(assertion.evaluations))),
        .init("opportunities", .int(Int64(assertion.opportunities))),
        .init("evidence", assertion.evidence.map(evidence) ?? .null),
        .init("diagnostic", diagnostic(assertion.diagnostic)),
        .init("why", assertion.why.map(WhyJSON.value) ?? .null),
      ])
  }

  private func evidence(_ evidence: Evidence) -> JSONValue {
    [
      "event": .string(evidence.event),
      "opened_ns": nanoseconds(evidence.windowOpened),
      "readings": .array(
        evidence.readings.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "faults": .array(evidence.activeFaults.map { .string($0) }),
      "faultsSoFar": .array(evidence.faultsSoFar.map { .string($0.name) }),
      "nodes": names(evidence.nodes),
      "messages": .array(evidence.messages.map(message)),
    ]
  }

  private func message(_ message: MessageEvidence) -> JSONValue {
    [
      "id": .int(message.id),
      "text": .string(message.text),
      "from": name(message.from),
      "to": name(message.to),
      "sent_ns": nanoseconds(message.sent),
      "seen_ns": nanoseconds(message.seen),
      "lost": .bool(message.isLost),
      "copy": .bool(message.isCopy),
      "leftOutBefore": .int(Int64(message.leftOutBefore)),
    ]
  }

  // MARK: Metrics, faults and calls

  private func metric(_ metric: MetricResult) -> JSONValue.Member {
    switch metric.value {
    case .count(let value), .duration(let value): .init(metric.name, .int(value))
    case .ratio(let value): .init(metric.name, .double(value))
    }
  }

  private func fault(_ fault: FaultResult) -> JSONValue {
    .object(
      [
        .init("name", .string(fault.name)), .init("verdict", .string(fault.verdict.rawValue)),
      ] + place(fault.span) + [
        .init("fired", .int(Int64(fault.fired))),
        .init("idle", .bool(fault.ledger.isIdle)),
        .init("excuse", text(fault.excuse)),
        .init("ledger", ledger(fault.ledger)),
        .init("windows", .array(fault.windows.map(window))),
        .init("diagnostic", diagnostic(fault.diagnostic)),
      ])
  }

  private func entry(_ entry: IdleEntry) -> JSONValue {
    .object(
      [
        .init("name", .string(entry.name)), .init("verdict", .string(entry.verdict.rawValue)),
      ] + place(entry.span) + [.init("excuse", text(entry.excuse))])
  }

  private func ledger(_ ledger: FaultResult.Ledger) -> JSONValue {
    [
      "dropped": .int(Int64(ledger.dropped)),
      "held": .int(Int64(ledger.held)),
      "delayed": .int(Int64(ledger.delayed)),
      "duplicated": .int(Int64(ledger.duplicated)),
      "nodeTimeLost_ns": .int(ledger.nodeTimeLost),
      "callsTouched": .int(Int64(ledger.callsTouched)),
      "repaired": .int(Int64(ledger.repaired)),
    ]
  }

  private func window(_ window: FaultResult.Window) -> JSONValue {
    [
      "start_ns": nanoseconds(window.start), "end_ns": nanoseconds(window.end),
      "targets": names(window.targets),
    ]
  }

  private func call(_ call: CallResult) -> JSONValue {
    [
      "id": .int(Int64(call.id)),
      "call": .string(call.call),
      "node": name(call.node),
      "arguments": .object(call.arguments.map { .init($0.name, .string($0.value)) }),
      "invoked_ns": nanoseconds(call.invoked),
      "completed_ns": nanoseconds(call.completed),
      "outcome": .string(call.outcome.name),
      "value": text(call.value),
    ]
  }

  // MARK: What charts show

  private func timeline(_ timeline: NodeTimeline) -> JSONValue {
    [
      "node": name(timeline.node),
      "bars": .array(
        timeline.bars.map { bar in
          [
            "activity": .string(bar.activity.rawValue), "start_ns": nanoseconds(bar.start),
            "end_ns": nanoseconds(bar.end), "open": .bool(bar.isOpen),
          ]
        }),
    ]
  }

  private func series(_ series: StepSeries) -> JSONValue {
    [
      "name": .string(series.name),
      "limit": series.limit.map { .int($0) } ?? .null,
      "steps": .array(
        series.steps.map { ["at_ns": nanoseconds($0.at), "value": .int($0.value)] }),
    ]
  }

  // MARK: Values

  private func group(_ group: Topology.Group) -> JSONValue.Member {
    .init(group.name, names(group.nodes.members))
  }

  private func name(_ node: NodeID) -> JSONValue {
    .string(result?.topology.names[node.index] ?? "")
  }

  private func names(_ nodes: [NodeID]) -> JSONValue { .array(nodes.map(name)) }

  private func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private func nanoseconds(_ instant: Instant?) -> JSONValue {
    instant.map { .int($0.nanoseconds) } ?? .null
  }

  private func diagnostic(_ diagnostic: Diagnostic?) -> JSONValue {
    diagnostic.map { DiagnosticRenderer.json($0, run.sources) } ?? .null
  }

  /// `file` and `line` of what stands in a text; the file may be one that the scenario extends.
  private func place(_ span: SourceSpan?) -> [JSONValue.Member] {
    guard let span else { return [.init("file", .null), .init("line", .null)] }
    let file = run.sources[span]
    let line = file.position(of: span.start).line
    return [.init("file", .string(file.name)), .init("line", .int(Int64(line)))]
  }
}
