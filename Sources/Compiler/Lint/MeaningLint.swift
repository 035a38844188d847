internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

/// Looks for what is probably not meant in a scenario of which a plan could be made.
///
/// Everything is said of the text alone: no run is made. What only a run can tell, such as a fault
/// that touches nothing, is the run's verdict.
struct MeaningLint {
  let scenario: Scenario
  let names: NameTable
  let sources: SourceMap
  let plan: JudgementPlan
  let times: FaultTimes
  /// What holds in every state.
  let facts: StaticFacts
  /// What holds in the first state; only some assertions ask for it, and every machine must be
  /// made to know it.
  lazy var initialFacts = plan.environment.initialFacts(
    plan.description, plan.system.topology, InitialState.words(of: plan),
    symbols: plan.system.symbols)
  private(set) var warnings: [Diagnostic] = []

  var description: ProtocolDescription { plan.description }
  var topology: Topology { names.topology }
  var system: SystemPlan { plan.system }
  /// The last instant of the run, in nanoseconds.
  var end: Int64 { system.timeLimit.nanoseconds }

  /// Prepares for a scenario and the plan that was made of it.
  init(_ scenario: Scenario, _ names: NameTable, _ sources: SourceMap, _ plan: JudgementPlan) {
    self.scenario = scenario
    self.names = names
    self.sources = sources
    self.plan = plan
    times = FaultTimes(plan.system)
    facts = plan.environment.facts(
      plan.description, plan.system.topology, until: plan.system.timeLimit)
  }

  /// Everything that was found, in no particular order. What an extended file says is its own
  /// matter.
  static func warnings(
    _ scenario: Scenario, _ names: NameTable, _ sources: SourceMap, _ plan: JudgementPlan
  ) -> [Diagnostic] {
    var lint = MeaningLint(scenario, names, sources, plan)
    lint.checkTimes()
    lint.checkAssertions()
    lint.checkTriggers()
    lint.checkFaults()
    lint.checkProgress()
    lint.checkGroups()
    lint.checkLinks()
    lint.checkLaws()
    lint.checkProcessing()
    lint.checkInitial()
    return lint.warnings.filter { $0.span?.file == 0 }
  }

  mutating func report(_ diagnostic: Diagnostic) { warnings.append(diagnostic) }

  /// The assertions of the scenario with what became of them in the plan, and whether the author
  /// expects them to fail.
  var assertions: [(entry: AssertionEntry, plan: AssertionPlan, mayFail: Bool)] {
    var failing: [Int] = []
    if case .fail(let places) = plan.expectation { failing = places }
    return zip(scenario.assertions, plan.assertions).enumerated().map { place, pair in
      (pair.0, pair.1, failing.contains(place))
    }
  }

  /// An expression again, for questions about its text.
  func checked(_ text: ExpressionText, atEnd: Bool = false) -> CheckedExpression? {
    let names = atEnd ? plan.environment.end : plan.environment.states
    return try? Expression.check(text.text, in: names, expecting: .bool).get()
  }
}
