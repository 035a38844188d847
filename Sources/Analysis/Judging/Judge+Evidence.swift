import Diagnostics
import Expressions
import SystemModel

extension Judge {
  /// Acts on what a step of an automaton came to; `event` is the event that led to it, if one did.
  mutating func take(
    _ step: TemporalAutomaton.Step, _ place: Int, _ event: ArraySlice<TraceRecord>?
  ) {
    switch step {
    case .goOn: return
    case .settled: retire(place)
    case .broken(let instant, let cause): fail(place, at: instant, cause, event)
    case .failed(let which):
      refuse(place, which == 0 ? monitors[place].first : monitors[place].second, event)
    }
  }

  /// An assertion does not hold.
  mutating func fail(
    _ place: Int, at instant: Int64, _ cause: TemporalAutomaton.Cause,
    _ event: ArraySlice<TraceRecord>?
  ) {
    let automaton = monitors[place].automaton
    let text = FailureText(plan.assertions[place], automaton, at: instant).text(cause)
    if !lastSights.isEmpty, let closedAt = lastSights[place].closedAt {
      conclude(place, .fail, text, evidence(ofWindow: place, closedAt: closedAt, event))
      return
    }
    var evidence = evidence(at: instant, place, event, reading: conditionsRead(place))
    if event == nil, let passed = cause.event { evidence?.event = passed }
    if cause.event != nil, let nodes = evidence?.nodes, let readings = evidence?.readings {
      evidence?.messages = past(
        of: nodes, about: Self.texts(readings), underway: true, without: event)
    }
    conclude(place, .fail, text, evidence)
  }

  /// What shows that a window did not have what it was to have, when it closed.
  private mutating func evidence(
    ofWindow place: Int, closedAt instant: Int64, _ event: ArraySlice<TraceRecord>?
  ) -> Evidence? {
    guard var evidence = evidence(at: instant, place, event, reading: []) else { return nil }
    evidence.readings = lastSights[place].readings
    evidence.event = "the window closes"
    if let first = event?.first {
      let words = RecordText(plan.description, plan.system)
      evidence.event += ": \(words.text(first))\(line(of: event))"
    }
    evidence.activeFaults = activeFaults(at: max(instant - 1, 0))
    evidence.faultsSoFar = lastSights[place].faultsSoFar
    evidence.nodes = involved(nil, evidence.readings)
    evidence.messages = past(
      of: evidence.nodes, until: instant, about: Self.texts(evidence.readings), underway: true,
      without: event)
    return evidence
  }

  /// An expression that decides an assertion could not be evaluated.
  mutating func refuse(_ place: Int, _ condition: Int, _ event: ArraySlice<TraceRecord>?) {
    let message = failures[condition]?.message ?? "an expression failed"
    conclude(
      place, .error, message,
      evidence(at: max(host.world.now, 0), place, event, reading: [condition]))
    let diagnostic = diagnostic(condition)
    findings[place]?.diagnostic = diagnostic
  }

  /// The condition of a point could not be evaluated: so neither can the assertions that use it.
  mutating func refuse(point: Int, _ condition: Int) {
    for place in windowsOfPoint[point] where !monitors[place].isRetired {
      refuse(place, condition, nil)
    }
  }

  /// The `where` of a point could not be evaluated for a message of an event: so neither can the
  /// assertions that use it.
  mutating func refuseMessages(at point: Int, _ event: ArraySlice<TraceRecord>) {
    guard case .message(let awaited) = points[point].kind,
      let predicate = awaited.messages.predicate
    else { return }
    var diagnostic: Diagnostic?
    for record in event where diagnostic == nil && awaited.happens(with: record) {
      diagnostic = plan.failure(ofCondition: predicate, for: record)
    }
    for place in windowsOfPoint[point] where !monitors[place].isRetired {
      conclude(
        place, .error, diagnostic?.message ?? "the `where` of a point failed",
        evidence(at: max(host.world.now, 0), place, event, reading: []))
      findings[place]?.diagnostic = diagnostic
    }
  }

  /// An invariant is broken.
  mutating func report(_ violation: Violation, _ place: Int, _ event: ArraySlice<TraceRecord>?) {
    let at = violation.at ?? max(host.world.now, 0)
    var evidence = evidence(at: at, place, event, reading: [])
    evidence?.nodes = NodeSet(violation.nodes).members
    evidence?.readings += violation.readings
    let texts = violation.readings.map(\.value) + [violation.text]
    evidence?.messages = past(of: violation.nodes, until: at, about: texts, without: event)
    if let text = violation.event {
      evidence?.event = text
      evidence?.activeFaults = activeFaults(at: at)
    }
    conclude(place, .fail, violation.text, evidence)
  }

  private mutating func conclude(
    _ place: Int, _ verdict: Verdict, _ reason: String, _ evidence: Evidence?
  ) {
    findings[place] = AssertionMonitor.Finding(
      verdict: verdict, reason: reason, evidence: evidence)
    retire(place)
  }

  /// What shows a finding: the event, what the deciding conditions read, what acted then, and the
  /// messages that led there. Nil if nobody wants evidence.
  mutating func evidence(
    at instant: Int64, _ place: Int, _ event: ArraySlice<TraceRecord>?, reading read: [Int]
  ) -> Evidence? {
    guard detail == .full else { return nil }
    let words = RecordText(plan.description, plan.system)
    let readings = readings(of: read)
    let first = event?.first
    let nodes = involved(first, readings)
    let isWhole = monitors[place].window.opening == .run
    let opened = Instant(nanoseconds: monitors[place].automaton.openedAt)
    let silence =
      opened.nanoseconds == instant && !isWhole
      ? "none: so things are when its window opens" : "nothing happens any more in time"
    return Evidence(
      at: Instant(nanoseconds: instant), record: first,
      event: first.map { words.text($0) + line(of: event) } ?? silence,
      windowOpened: isWhole || monitors[place].looksAtEndOnly ? nil : opened,
      readings: readings, activeFaults: activeFaults, faultsSoFar: faultsSoFar,
      nodes: nodes, messages: past(of: nodes, about: Self.texts(readings), without: event))
  }

  /// Where a recorded history tells of an event; empty in a run.
  private func line(of event: ArraySlice<TraceRecord>?) -> String {
    guard let event, let line = plan.recording?.line(ofRecord: event.startIndex) else { return "" }
    return ", line \(line)"
  }

  /// The faults that have fired until now.
  var faultsSoFar: [FaultSoFar] {
    plan.system.faults.indices.filter { host.world.faults.entries[$0].fired > 0 }
      .map { place in
        FaultSoFar(
          name: plan.system.faults[place].name, ledger: host.world.faults.entries[place].ledger)
      }
  }

  /// The faults that act now.
  private var activeFaults: [String] {
    plan.system.faults.indices.filter { host.world.faults.entries[$0].active > 0 && !isEnding($0) }
      .map { plan.system.faults[$0].name }
  }

  /// Whether a fault that acts ends in the present instant, to which its window does not belong.
  private func isEnding(_ fault: Int) -> Bool {
    let entry = host.world.faults.entries[fault]
    guard case .after(let time) = plan.system.faults[fault].ending, time > .zero,
      entry.active == 1, let last = entry.windows.last, last.end == nil
    else { return false }
    return last.start.nanoseconds + time.nanoseconds <= host.world.now
  }

  /// The faults that acted at an instant of the past.
  private func activeFaults(at instant: Int64) -> [String] {
    plan.system.faults.indices.filter { place in
      host.world.faults.entries[place].windows.contains {
        $0.start.nanoseconds <= instant && instant < $0.end?.nanoseconds ?? .max
      }
    }.map { plan.system.faults[$0].name }
  }

  /// The nodes that an event and some readings are about.
  private func involved(_ record: TraceRecord?, _ readings: [Evidence.Reading]) -> [NodeID] {
    var nodes = NodeSet()
    switch record?.kind {
    case .delivered, .handled: if let record { nodes.insert(record.to) }
    case .timerFired, .callInvoked, .callReached: if let record { nodes.insert(record.from) }
    default: break
    }
    let owners = readings.map { $0.name.prefix { $0 != "." } }
    for (place, name) in plan.system.topology.names.enumerated()
    where owners.contains(name[...]) || readings.contains(where: { $0.value == name }) {
      nodes.insert(NodeID(place))
    }
    return nodes.members
  }

  /// The messages that led to what some texts are about, without what came of the event itself:
  /// only its first record is a cause of what is found then.
  private func past(
    of nodes: [NodeID], until instant: Int64 = .max, about texts: [String], underway: Bool = false,
    without event: ArraySlice<TraceRecord>?
  ) -> [MessageEvidence] {
    guard let recent = host.world.chronicle?.recent else { return [] }
    let words = RecordText(plan.description, plan.system)
    let fields = Set(plan.description.messages.flatMap { $0.fields.map(\.name) })
    return MessageChoice(about: texts, fields: fields).chosen(
      of: recent.past(
        of: nodes, until: instant, underway: underway,
        withoutLast: event?.dropFirst().count { Chronicle.isOfMessage($0) } ?? 0
      ) { words.message($0) })
  }

  private static func texts(_ readings: [Evidence.Reading]) -> [String] {
    readings.map { "\($0.name) = \($0.value)" }
  }
}
