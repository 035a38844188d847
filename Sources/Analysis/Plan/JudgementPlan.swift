public import Diagnostics
public import Expressions
public import SystemModel

/// Everything that a run is judged by, resolved and checked.
public struct JudgementPlan: Sendable {
  /// The name of the scenario.
  public var name: String
  /// The protocol that runs.
  public var description: ProtocolDescription
  /// What is run.
  public var system: SystemPlan
  /// What the expressions were checked against.
  public var environment: WorldEnvironment
  /// What must hold, in the order of the scenario.
  public var assertions: [AssertionPlan]
  /// What the scenario says of its faults; one for each fault of ``system``.
  public var faults: [FaultJudgement]
  /// What the scenario says of its explicit deliveries, then of its explicit timers; one for each of
  /// ``system``.
  public var entries: [EntryJudgement] = []
  /// The conditions over messages; one for each predicate of ``system``.
  public var messageConditions: [Condition] = []
  /// What the scenario expects of itself.
  public var expectation: Expectation
  /// What the seed has drawn of the scenario; nil if it draws nothing.
  public var drawn: DrawnConfiguration?
  /// The assertions whose verdicts are explained, by their places.
  public var explained: [Int] = []
  /// What is told of what happened, if that is a recorded history.
  var spoken = Spoken.everything
  /// Where that history says what; nil for a run.
  public var recording: Recording?
  /// What evaluations may cost.
  public var limits: EvaluationLimits
  /// What all evaluations of the run may cost together, in steps.
  public var runSteps: Int

  /// A plan.
  public init(
    name: String, description: ProtocolDescription, system: SystemPlan,
    environment: WorldEnvironment, assertions: [AssertionPlan], faults: [FaultJudgement] = [],
    expectation: Expectation = .pass, limits: EvaluationLimits = EvaluationLimits(),
    runSteps: Int = EvaluationBudget.defaultRunSteps
  ) {
    precondition(
      faults.isEmpty || faults.count == system.faults.count,
      "\(faults.count) judgements for \(system.faults.count) faults")
    self.name = name
    self.description = description
    self.system = system
    self.environment = environment
    self.assertions = assertions
    self.faults = faults.isEmpty ? system.faults.map { _ in FaultJudgement() } : faults
    self.expectation = expectation
    self.limits = limits
    self.runSteps = runSteps
  }
}

/// What a scenario says of one of its faults besides what it does.
public struct FaultJudgement: Sendable {
  /// The condition of its `when`, if its trigger is ``FaultTrigger/condition(times:deadline:)``.
  public var condition: Condition?
  /// Why the scenario accepts that it touches nothing; nil if it does not.
  public var mayBeIdle: String?
  /// Where it stands in the scenario.
  public var span: SourceSpan?

  /// What a scenario says of a fault.
  public init(condition: Condition? = nil, mayBeIdle: String? = nil, span: SourceSpan? = nil) {
    self.condition = condition
    self.mayBeIdle = mayBeIdle
    self.span = span
  }
}

/// What a scenario says of an explicit delivery or timer besides what it does.
public struct EntryJudgement: Sendable {
  /// What it is about, in words: `the 2nd commit from node1 to node3`.
  public var name: String
  /// Why the scenario accepts that it never occurs; nil if it does not.
  public var mayBeIdle: String?
  /// Where it stands in the scenario.
  public var span: SourceSpan?

  /// What a scenario says of an entry.
  public init(name: String, mayBeIdle: String? = nil, span: SourceSpan? = nil) {
    self.name = name
    self.mayBeIdle = mayBeIdle
    self.span = span
  }
}

/// What a scenario expects of itself.
public enum Expectation: Sendable, Hashable {
  /// Everything holds.
  case pass
  /// Exactly some assertions fail, by their places in ``JudgementPlan/assertions``.
  case fail([Int])
}
