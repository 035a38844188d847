import Diagnostics
import Expressions
public import SystemModel

/// Judges a run by its trace, part by part.
///
/// Feed it whole events with ``consume(_:)`` in their order, then ask once for the result with
/// ``finish(end:at:traceHash:)``. It looks at an event only if that changed something which an
/// assertion reads, takes constant memory per assertion, and can be used for the next run after
/// ``reset(seed:)``.
public struct Judge: ~Copyable {
  /// How much is kept for the result.
  public enum Detail: Sendable, Hashable {
    /// Evidence, charts and all.
    case full
    /// Verdicts, metrics and ledgers; no evidence and no charts, for many runs.
    case verdicts
  }

  let plan: JudgementPlan
  let detail: Detail
  let host: WorldHost
  let usesOld: Bool
  var seed: UInt64
  var budget: EvaluationBudget
  /// For what is read for evidence alone: not a part of what a run may cost.
  var evidenceBudget: EvaluationBudget

  // What is watched; all of one kind are referred to by their places.
  var conditions: ContiguousArray<ConditionMonitor>
  let expressions: [Condition]
  /// The same over words, for those that read nothing else; quicker by far.
  let programs: ContiguousArray<WordProgram?>
  var failures: [EvaluationError?]
  var points: ContiguousArray<PointTracker>
  var monitors: ContiguousArray<AssertionMonitor>
  var findings: Findings
  /// For each assertion what the last state of its last window was like; empty if nobody wants
  /// evidence.
  var lastSights: [LastSight]
  /// How each assertion is judged when the run is over.
  let endings: ContiguousArray<AssertionEnding>
  /// The assertions that read what a recorded history does not say.
  let lacking: [Int]
  /// Those who count for verdicts that are explained, and whether there are any.
  var explainers: [Explainer?]
  let isExplaining: Bool
  var invariants: [any InvariantMonitor]
  var triggers: ContiguousArray<TriggerMonitor>

  /// The metrics of the scenario, by name.
  let metrics: [Metric]

  // Who wants to know about what.
  var conditionIndex = AttentionIndex([])
  var pointIndex = AttentionIndex([])
  let messagePoints: MessagePointIndex
  /// The points that calls make.
  let callPoints: [Int]
  var invariantIndex = AttentionIndex([])
  /// The conditions that read the world before the last event.
  let oldConditions: [Int]
  /// For each point the assertions whose windows it opens or closes.
  let windowsOfPoint: [[Int]]
  /// What an event has to change to be looked at.
  var wanted: Topics = []
  /// How many assertions have been decided since this was last worked out.
  var retired = 0
  /// Whether some readers were left out because they are decided.
  private var hasDropped = false

  // What goes on.
  /// The next instant at which something must be looked at although nothing happens.
  var wake: Int64 = .max
  /// The number of the last event that was looked at.
  var number = 0
  /// What that event changed, and where.
  var previousChanges: Topics = []
  var previousNodes: UInt64 = 0
  /// The assertions, points and triggers that an event concerns.
  var summoned: ContiguousArray<Int> = []
  var touchedPoints: ContiguousArray<Int> = []
  var firedPoints: ContiguousArray<Int> = []
  var touchedTriggers: ContiguousArray<Int> = []
  /// The faults whose condition came true in the last events.
  var fired: [Int] = []
  /// The fault whose `where` could not be evaluated, and why: the run is void.
  var brokenFilter: (fault: Int, failure: ConditionFailure)?
  /// The explicit entries of the plan that never occurred.
  var idleEntries: [Int] = []
  /// The last event, which the world before has not seen yet.
  var lastEvent: ContiguousArray<TraceRecord> = []

  /// A judge for runs of a plan.
  public init(_ plan: JudgementPlan, detail: Detail = .full) {
    self.init(plan, detail: detail, usesWords: true)
  }

  /// A judge that evaluates conditions over words, if they are no more, or as expressions all.
  init(_ plan: JudgementPlan, detail: Detail, usesWords: Bool) {
    self.plan = plan
    self.detail = detail
    seed = plan.system.seed
    budget = EvaluationBudget(limits: plan.limits, runSteps: plan.runSteps)
    evidenceBudget = EvaluationBudget(limits: plan.limits, runSteps: .max)
    let parts = JudgeParts(plan, usesWords: usesWords)
    host = parts.makeHost(isFull: detail == .full)
    usesOld = parts.usesOld
    conditions = parts.conditions
    expressions = parts.expressions
    programs = parts.programs
    failures = parts.expressions.map { _ in nil }
    points = parts.points
    monitors = parts.monitors
    findings = Findings(count: parts.monitors.count)
    lastSights = detail == .full ? parts.monitors.map { LastSight($0) } : []
    endings = ContiguousArray(plan.assertions.map { AssertionEnding($0.form) })
    lacking = plan.assertions.indices.filter { plan.assertions[$0].lacks != nil }
    isExplaining = !plan.explained.isEmpty
    explainers = isExplaining ? Judge.explainers(plan, parts) : []
    invariants = parts.invariants
    triggers = parts.triggers
    oldConditions = parts.conditions.indices.filter { parts.conditions[$0].usesOld }
    messagePoints = MessagePointIndex(
      parts.points, kinds: plan.description.messages.count)
    callPoints = parts.points.indices.filter { place in
      if case .calls = parts.points[place].kind { return true }
      return false
    }
    windowsOfPoint = parts.points.indices.map { point in
      parts.monitors.indices.filter { parts.monitors[$0].window.uses(point) }
    }
    metrics = plan.environment.metrics.sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    for place in monitors.indices { monitors[place].reset() }
    findReaders()
    findWake()
  }

  /// Forgets the run and gets ready for another of the same plan with a seed.
  public mutating func reset(seed: UInt64) {
    self.seed = seed
    host.world.reset()
    host.before?.reset()
    budget = EvaluationBudget(limits: plan.limits, runSteps: plan.runSteps)
    for place in conditions.indices { conditions[place].reset() }
    for place in points.indices { points[place].reset() }
    for place in monitors.indices { monitors[place].reset() }
    findings.reset()
    for place in lastSights.indices { lastSights[place].reset() }
    for place in invariants.indices { invariants[place].reset() }
    for place in triggers.indices { triggers[place].reset() }
    if isExplaining { explainers = Judge.explainers(plan, JudgeParts(plan, usesWords: true)) }
    brokenFilter = nil
    idleEntries.removeAll(keepingCapacity: true)
    fired.removeAll(keepingCapacity: true)
    firedPoints.removeAll(keepingCapacity: true)
    lastEvent.removeAll(keepingCapacity: true)
    number = 0
    if hasDropped { findReaders() }
    findWake()
  }

  /// Takes in the next whole events of the run.
  public mutating func consume(_ trace: Trace) {
    host.world.take(bindings: trace.bindings)
    host.before?.take(bindings: trace.bindings)
    let records = trace.records
    var place = 0
    while place < records.count {
      if records[place].at >= wake { tick(to: records[place].at) }
      if usesOld { catchUp() }
      let wanted = number == 0 ? .event : self.wanted
      place = host.world.advance(records, from: place, before: wake, noticing: wanted)
      if host.world.changed.isEmpty {
        if place < records.count, records[place].kind == .ended { return }
        continue
      }
      let event = records[host.world.eventStart..<place]
      if usesOld { remember(event) }
      look(at: event)
    }
  }

  /// The faults whose condition came true since this was last asked, in the order of the plan's
  /// events: they act now, right after the last event.
  public mutating func takeFiredTriggers() -> [Int] {
    guard !fired.isEmpty else { return [] }
    defer { fired.removeAll(keepingCapacity: true) }
    return fired
  }

  /// The engine could not tell whether a fault means a message, given as its `sent` record: the
  /// run stopped there, and its verdict is `error`.
  public mutating func reject(fault: Int, message: TraceRecord) {
    let filters = [plan.system.faults[fault].messages, plan.system.faults[fault].trigger.messages]
    for filter in filters {
      guard let place = filter?.predicate,
        let diagnostic = plan.failure(ofCondition: place, for: message)
      else { continue }
      brokenFilter = (fault, ConditionFailure(diagnostic: diagnostic, at: message.instant))
      return
    }
  }

  /// The run is over, and these explicit entries of the plan have not occurred: the places of
  /// deliveries, then those of timers, counted on.
  public mutating func note(idleEntries: [Int]) { self.idleEntries = idleEntries }

  /// Lets the world before see the event before the one that comes next.
  private mutating func catchUp() {
    guard !lastEvent.isEmpty else { return }
    _ = host.before?.advance(lastEvent, from: 0, before: .max, noticing: .event)
    lastEvent.removeAll(keepingCapacity: true)
  }

  /// Keeps an event for the world before; the first one starts both worlds.
  private mutating func remember(_ event: ArraySlice<TraceRecord>) {
    lastEvent.append(contentsOf: event)
    if number == 0 { catchUp() }
  }

  /// Works out who wants to know about what; those that are decided want nothing any more.
  mutating func findReaders() {
    var readers: [(place: Int, reads: Topics)] = []
    for place in conditions.indices {
      if case .assertion(let owner) = conditions[place].owner, monitors[owner].isRetired {
        continue
      }
      readers.append((place, conditions[place].reads))
    }
    conditionIndex = AttentionIndex(readers)
    pointIndex = AttentionIndex(
      points.indices.map { ($0, points[$0].topics.intersection(.faults)) })
    invariantIndex = AttentionIndex(
      monitors.indices.filter { !monitors[$0].isRetired }.map { ($0, monitors[$0].topics) })
    wanted = conditionIndex.wanted.union(pointIndex.wanted).union(invariantIndex.wanted)
      .union(messagePoints.wanted)
    if !callPoints.isEmpty { wanted.insert(.calls) }
    if usesOld { wanted.insert(.event) }
    hasDropped = retired > 0
    retired = 0
  }

  /// Works out when something must be looked at next although nothing happens.
  mutating func findWake() {
    wake = .max
    for place in monitors.indices { wake = min(wake, monitors[place].wake) }
  }

  /// What a condition is in the present state.
  mutating func evaluate(_ place: Int) -> Truth {
    guard conditions[place].isStale else { return conditions[place].truth }
    conditions[place].isStale = false
    conditions[place].evaluations += 1
    if let holds = programs[place]?.holds(&host.world, &budget) {
      conditions[place].truth = holds ? .yes : .no
      return conditions[place].truth
    }
    var truth = Truth.no
    do {
      if try expressions[place].expression.holds(host, &budget) { truth = .yes }
    } catch {
      truth = error.kind == .unavailable ? .unknown : .failed
      if truth == .failed { failures[place] = error }
    }
    conditions[place].truth = truth
    return truth
  }

  /// The failure of a condition, at its place in the scenario.
  func diagnostic(_ place: Int) -> Diagnostic? {
    failures[place]?.diagnostic(expressions[place].span)
  }
}
