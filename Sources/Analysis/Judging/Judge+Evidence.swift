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
    var read = [monitors[place].first]
    if automaton.form == .response { read.append(monitors[place].second) }
    var evidence = evidence(at: instant, place, event, reading: read)
    if event == nil, let passed = cause.event { evidence?.event = passed }
    conclude(
      place, .fail, FailureText(plan.assertions[place], automaton, at: instant).text(cause),
      evidence)
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
    evidence?.messages = past(of: violation.nodes, until: at)
    evidence?.readings += violation.readings
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
    var readings: [Evidence.Reading] = []
    for condition in read {
      let seen = expressions[condition].expression.trace(host, &budget).readings
      for reading in seen where !readings.contains(where: { $0.name == reading.name }) {
        readings.append(.init(name: reading.name, value: reading.value))
      }
    }
    let first = event?.first
    let nodes = involved(first, readings)
    let isWhole = monitors[place].window.opening == .run
    let opened = Instant(nanoseconds: monitors[place].automaton.openedAt)
    let silence =
      opened.nanoseconds == instant && !isWhole
      ? "none: so things are when its window opens" : "nothing happens any more in time"
    return Evidence(
      at: Instant(nanoseconds: instant), record: first,
      event: first.map { words.text($0) } ?? silence,
      windowOpened: isWhole || monitors[place].looksAtEndOnly ? nil : opened,
      readings: readings, activeFaults: activeFaults, faultsSoFar: faultsSoFar,
      nodes: nodes, messages: past(of: nodes))
  }

  /// The faults that have fired until now.
  private var faultsSoFar: [FaultSoFar] {
    plan.system.faults.indices.filter { host.world.faults.entries[$0].fired > 0 }
      .map { place in
        FaultSoFar(
          name: plan.system.faults[place].name, ledger: host.world.faults.entries[place].ledger)
      }
  }

  /// The faults that act now.
  private var activeFaults: [String] {
    plan.system.faults.indices.filter { host.world.faults.entries[$0].active > 0 }
      .map { plan.system.faults[$0].name }
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
    for (place, name) in plan.system.topology.names.enumerated() where owners.contains(name[...]) {
      nodes.insert(NodeID(place))
    }
    return nodes.members
  }

  private func past(of nodes: [NodeID], until instant: Int64 = .max) -> [MessageEvidence] {
    let words = RecordText(plan.description, plan.system)
    return host.world.chronicle?.recent.past(of: nodes, until: instant) { words.message($0) } ?? []
  }
}
