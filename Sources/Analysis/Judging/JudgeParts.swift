import Diagnostics
import Expressions
import SystemModel

/// What a plan is judged with: every condition, point and assertion of it, each in its place.
struct JudgeParts {
  private(set) var conditions: ContiguousArray<ConditionMonitor> = []
  /// The expressions of the conditions, in the same places.
  private(set) var expressions: [Condition] = []
  /// The same over words, for those that have one.
  private(set) var programs: ContiguousArray<WordProgram?> = []
  private(set) var points: ContiguousArray<PointTracker> = []
  private(set) var monitors: ContiguousArray<AssertionMonitor> = []
  private(set) var invariants: [any InvariantMonitor] = []
  private(set) var triggers: ContiguousArray<TriggerMonitor> = []
  /// Whether an expression reads the world before the last event.
  private(set) var usesOld = false

  private let plan: JudgementPlan
  private let schema: WorldSchema
  private let usesWords: Bool

  init(_ plan: JudgementPlan, usesWords: Bool) {
    self.plan = plan
    self.usesWords = usesWords
    let usesMessages = plan.conditions.contains { plan.reads(of: $0).usesMessages }
    schema = WorldSchema(
      description: plan.description, topology: plan.system.topology, symbols: plan.system.symbols,
      faults: plan.system.faults, tracksMessages: usesMessages, coordinator: plan.coordinator,
      spoken: plan.spoken, recording: plan.recording)
    for assertion in plan.assertions { add(assertion) }
    for (place, fault) in plan.faults.enumerated() {
      guard let condition = fault.condition,
        case .condition(let times, let deadline) = plan.system.faults[place].trigger
      else { continue }
      triggers.append(
        TriggerMonitor(
          fault: place, condition: add(condition, for: .trigger(triggers.count)), times: times,
          deadline: deadline.nanoseconds))
    }
    usesOld = conditions.contains { $0.usesOld }
  }

  /// The world that the parts look at.
  func makeHost(isFull: Bool) -> WorldHost {
    WorldHost(schema, plan.environment, keepsBefore: usesOld, isFull: isFull)
  }

  private mutating func add(
    _ condition: Condition, for owner: ConditionMonitor.Owner? = nil
  ) -> Int {
    expressions.append(condition)
    programs.append(
      usesWords ? condition.expression.words(WorldWords(plan.environment, schema)) : nil)
    conditions.append(
      ConditionMonitor(plan.reads(of: condition), owner: owner ?? .assertion(monitors.count)))
    return conditions.count - 1
  }

  private mutating func add(_ kind: PointTracker.Kind) -> Int {
    points.append(PointTracker(kind))
    return points.count - 1
  }

  private mutating func add(_ assertion: AssertionPlan) {
    let window = add(assertion.scope)
    func automaton(
      _ form: TemporalAutomaton.Form, within: Duration? = nil, lasting: Duration? = nil,
      hasUntil: Bool = false
    ) -> TemporalAutomaton {
      TemporalAutomaton(
        form, within: within?.nanoseconds ?? .max, lasting: lasting?.nanoseconds ?? 0,
        hasOneWindow: !window.reopens, hasUntil: hasUntil)
    }
    switch assertion.form {
    case .invariant(let name):
      add(invariant: name, assertion.consistency, automaton(.always), window)
    case .always(let condition): watch(condition, nil, automaton(.always), window)
    case .never(let condition): watch(condition, nil, automaton(.never), window)
    case .sometimes(let condition): watch(condition, nil, automaton(.sometimes), window)
    case .eventually(let condition, let within, let lasting):
      watch(condition, nil, automaton(.eventually, within: within, lasting: lasting), window)
    case .response(let when, let then, let within, let lasting):
      watch(when, then, automaton(.response, within: within, lasting: lasting), window)
    case .hold(let condition, let until):
      watch(condition, until, automaton(.hold, hasUntil: until != nil), window)
    case .atEnd(let condition):
      let place = add(condition)
      monitors.append(
        AssertionMonitor(automaton(.always), window, first: place, looksAtEndOnly: true))
    case .metric:
      monitors.append(AssertionMonitor(automaton(.always), window, looksAtEndOnly: true))
    }
  }

  private mutating func add(
    invariant name: String, _ options: ConsistencyOptions, _ automaton: TemporalAutomaton,
    _ window: WindowTracker
  ) {
    guard let description = InvariantCatalog.invariant(name) else {
      preconditionFailure("there is no invariant \(name)")
    }
    var monitor = description.makeMonitor(schema)
    monitor.configure(options)
    invariants.append(monitor)
    monitors.append(
      AssertionMonitor(
        automaton, window, invariant: invariants.count - 1, topics: description.topics(schema)))
  }

  private mutating func watch(
    _ first: Condition, _ second: Condition?, _ automaton: TemporalAutomaton,
    _ window: WindowTracker
  ) {
    let places = (add(first), second.map { add($0) } ?? -1)
    monitors.append(AssertionMonitor(automaton, window, first: places.0, second: places.1))
  }

  private mutating func add(_ scope: AssertionScope) -> WindowTracker {
    switch scope {
    case .run: WindowTracker(opening: .run, closing: .run, reopens: false)
    case .during(let fault):
      WindowTracker(
        opening: .fault(fault, point: add(.faultStart(fault))),
        closing: .fault(fault, point: add(.faultEnd(fault))), reopens: true)
    case .after(let point): WindowTracker(opening: edge(point), closing: .run, reopens: false)
    case .before(let point): WindowTracker(opening: .run, closing: edge(point), reopens: false)
    case .between(let first, let second):
      WindowTracker(opening: edge(first), closing: edge(second), reopens: true)
    }
  }

  private mutating func edge(_ point: Point) -> WindowTracker.Edge {
    switch point {
    case .instant(let instant): .instant(instant.nanoseconds)
    case .faultStart(let fault): .point(add(.faultStart(fault)))
    case .faultEnd(let fault): .point(add(.faultEnd(fault)))
    case .message(let event): .point(add(.message(event)))
    case .workloadStart(let place): .point(add(.calls(mark(place, number: 1, countsEnds: false))))
    case .workloadEnd(let place):
      .point(add(.calls(mark(place, number: callCount(place), countsEnds: true))))
    case .condition(let condition):
      .point(add(.condition(add(condition, for: .point(points.count)))))
    }
  }
}

extension JudgeParts {
  private func mark(_ workload: Int, number: Int, countsEnds: Bool) -> CallMark {
    let workloads = plan.system.workloads
    let first = workloads[..<workload].reduce(0) { $0 + $1.callerCount }
    let callers = Int32(first)..<Int32(first + workloads[workload].callerCount)
    return CallMark(callers: callers, countsEnds: countsEnds, number: number)
  }

  private func callCount(_ workload: Int) -> Int {
    let workload = plan.system.workloads[workload]
    guard let count = workload.callCount(nodes: plan.system.topology.count) else {
      preconditionFailure("nobody knows the last call of \(workload.name)")
    }
    return count
  }
}

/// Why a condition of a fault has no value, and since when.
struct ConditionFailure: Sendable {
  let diagnostic: Diagnostic
  let at: Instant
}

/// Watches the condition that a fault waits for.
struct TriggerMonitor: Sendable {
  /// The fault, by its place in the plan.
  let fault: Int
  /// The condition, by its place in the judge.
  let condition: Int
  /// How often it fires at the most.
  let times: Int
  /// The last instant at which it fires.
  let deadline: Int64
  private var fired = 0
  private var wasTrue = false
  /// Why the condition could not be evaluated; nil if it could.
  private(set) var failure: ConditionFailure?

  init(fault: Int, condition: Int, times: Int, deadline: Int64) {
    self.fault = fault
    self.condition = condition
    self.times = times
    self.deadline = deadline
  }

  /// Whether it will never fire again.
  func isSpent(at instant: Int64) -> Bool {
    fired >= times || instant > deadline || failure != nil
  }

  mutating func reset() {
    fired = 0
    wasTrue = false
    failure = nil
  }

  /// Takes in what the condition is after an event; tells whether the fault fires.
  mutating func see(_ truth: Truth, _ failure: ConditionFailure?) -> Bool {
    if truth == .failed { self.failure = failure }
    let fires = truth == .yes && !wasTrue
    wasTrue = truth == .yes
    if fires { fired += 1 }
    return fires
  }
}
