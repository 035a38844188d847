public import SystemModel
import Expressions

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
  var conditions: ContiguousArray<ConditionMonitor>
  var points: ContiguousArray<PointTracker>
  var monitors: ContiguousArray<AssertionMonitor>
  var invariants: [any InvariantMonitor]
  var triggers: ContiguousArray<TriggerMonitor>

  /// The monitors that are still of interest, in order.
  var active: ContiguousArray<Int> = []
  /// What an event has to change to be looked at.
  var wanted: Topics = []
  /// The next instant at which something must be looked at although nothing happens.
  var wake: Int64 = .max
  /// The faults whose condition came true in the last events.
  var fired: [Int] = []
  /// The last event, which the world before has not seen yet.
  var lastEvent: ContiguousArray<TraceRecord> = []
  /// What the last event that was looked at changed, and where.
  var previousChanges: Topics = []
  var previousNodes: UInt64 = 0

  /// A judge for runs of a plan.
  public init(_ plan: JudgementPlan, detail: Detail = .full) {
    self.plan = plan
    self.detail = detail
    seed = plan.system.seed
    budget = EvaluationBudget(limits: plan.limits, runSteps: plan.runSteps)
    let parts = JudgeParts(plan)
    host = parts.makeHost(isFull: detail == .full)
    usesOld = parts.usesOld
    conditions = parts.conditions
    points = parts.points
    monitors = parts.monitors
    invariants = parts.invariants
    triggers = parts.triggers
    prepare()
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
    for place in invariants.indices { invariants[place].reset() }
    for place in triggers.indices { triggers[place].reset() }
    fired.removeAll(keepingCapacity: true)
    lastEvent.removeAll(keepingCapacity: true)
    prepare()
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

  private mutating func prepare() {
    for place in monitors.indices { monitors[place].reset() }
    active = ContiguousArray(monitors.indices)
    prune()
  }

  /// Lets the world before see the event before the one that comes next.
  private mutating func catchUp() {
    guard !lastEvent.isEmpty else { return }
    _ = host.before?.advance(lastEvent, from: 0, before: .max, noticing: .event)
    lastEvent.removeAll(keepingCapacity: true)
  }

  /// Keeps an event for the world before; the first one starts both worlds.
  private mutating func remember(_ event: ArraySlice<TraceRecord>) {
    lastEvent.append(contentsOf: event)
    if host.world.events == 1 { catchUp() }
  }

  /// Puts aside the monitors that are done, and works out what is still of interest.
  mutating func prune() {
    active.removeAll { monitors[$0].isRetired }
    wanted = usesOld ? .event : []
    for place in active {
      wanted.formUnion(monitors[place].topics)
      if case .temporal(let first, let second) = monitors[place].watch {
        wanted.formUnion(conditions[first].reads.all)
        if second >= 0 { wanted.formUnion(conditions[second].reads.all) }
      }
    }
    for point in points {
      wanted.formUnion(point.topics)
      if case .condition(let place) = point.kind { wanted.formUnion(conditions[place].reads.all) }
    }
    for trigger in triggers { wanted.formUnion(conditions[trigger.condition].reads.all) }
    if host.world.events == 0 { wanted.insert(.event) }
    findWake()
  }

  /// Works out when something must be looked at next although nothing happens.
  mutating func findWake() {
    wake = .max
    for place in active { wake = min(wake, monitors[place].wake) }
  }
}
