internal import Analysis
public import Diagnostics
internal import Expressions
internal import Protocols
public import ScenarioSyntax
internal import SystemModel

/// Makes plans of a scenario, one for each cell of its matrix.
public struct Compilation: Sendable {
  /// The scenario.
  public let file: ScenarioFile

  /// Starts with a scenario that was read.
  public init(_ file: ScenarioFile) {
    self.file = file
  }

  /// How many cells there are; one without a matrix.
  public var cellCount: Int { file.cellCount }

  /// The plan of a cell; nil after an error, which is reported. So is what is probably not meant.
  ///
  /// The same scenario gives the same plan, and the cells are independent of each other.
  public func plan(cell index: Int, into bag: inout DiagnosticBag) -> Plan? {
    var environments = EnvironmentCache()
    let made = cell(index, &environments, isLinted: true, into: &bag)
    bag.report(contentsOf: made.warnings)
    return made.plan
  }

  private func cell(
    _ index: Int, _ environments: inout EnvironmentCache, isLinted: Bool,
    into bag: inout DiagnosticBag
  ) -> (plan: Plan?, warnings: [Diagnostic]) {
    guard let scenario = file.scenario(cell: index, into: &bag) else { return (nil, []) }
    let names = NameTable(scenario)
    let chosen = scenario.protocolSection.name
    let known = ProtocolCatalog.named(chosen.value)
    let meant = known ?? ProtocolAlias.meant(by: chosen.value)
    var compiler = CellCompiler(
      scenario, sources: file.sources, description: meant ?? ProtocolCatalog.all[0], names: names,
      &environments)
    if known == nil, !scenario.brokenSections.contains("protocol") {
      compiler.report(.unknownProtocol(chosen, meant: meant?.name))
    }
    let plan = compiler.plan()
    if plan != nil, !file.hasErrors { compiler.checkParameters() }
    let trust = Trust(scenario, names, hasProtocol: meant != nil)
    let found = compiler.diagnostics.filter { trust.admits($0.code) }
    bag.report(contentsOf: file.showingOrigins(of: found, in: scenario))
    let isRight = scenario.isWhole && !file.hasErrors && compiler.diagnostics.isEmpty
    guard isRight, let plan else { return (nil, []) }
    guard isLinted else { return (plan, []) }
    let warnings = MeaningLint.warnings(scenario, names, file.sources, plan.judgement)
    return (plan, file.showingOrigins(of: warnings, in: scenario))
  }

  /// The plans of all cells, in order; nil if one of them has an error. The errors of the
  /// first twenty wrong cells are reported, each once; one that not all cells have says which cells have it.
  ///
  /// What is probably not meant is reported only if it is so in every cell: a value that does
  /// nothing may be an end of the range that is tried.
  public func plans(into bag: inout DiagnosticBag) -> [Plan]? {
    guard cellCount > 1 else { return plan(cell: 0, into: &bag).map { [$0] } }
    var environments = EnvironmentCache()
    var plans: [Plan] = []
    var checked = 0
    var mistakes = CellMistakes()
    var warnings: [Diagnostic]?
    for place in 0..<cellCount where place - plans.count < 20 {
      checked = place + 1
      var own = DiagnosticBag()
      let made = cell(place, &environments, isLinted: warnings?.isEmpty != true, into: &own)
      if let plan = made.plan { plans.append(plan) }
      warnings = warnings.map { CellMistakes.shared($0, made.warnings) } ?? made.warnings
      mistakes.take(own.sorted, of: place)
    }
    let values = (0..<checked).map { file.cellValues($0) }
    bag.report(contentsOf: mistakes.diagnostics(values))
    guard plans.count == cellCount else { return nil }
    bag.report(contentsOf: warnings ?? [])
    return plans
  }
}

extension CellCompiler {
  /// Everything together; nil after a mistake.
  mutating func plan() -> Plan? {
    findFaultPlaces()
    let policies = links()
    let processing = processing()
    let options = options()
    let initial = initial()
    let workloads = workloads()
    let faults = faults(processing)
    let judgements = faultJudgements()
    let assertions = assertions()
    let expectation = expectation(assertions)
    let capsule = capsule()
    guard diagnostics.isEmpty, scenario.isWhole, let policies else { return nil }
    let system = SystemPlan(
      seed: scenario.seed?.value ?? 1,
      timeLimit: scenario.limits.time?.instant ?? Instant(nanoseconds: 60_000_000_000),
      eventLimit: scenario.limits.events.map { Int($0.value) } ?? 10_000_000, topology: topology,
      links: policies, processing: processing, faults: faults, workloads: workloads,
      parameterRows: options.rows, parameterRow: options.rowOf, initial: initial,
      symbols: symbols, watchedFields: description.fields.map { _ in true },
      predicates: predicates.map { messagePredicate($0.expression) })
    var judgement = JudgementPlan(
      name: scenario.name.value, description: description, system: system,
      environment: environment, assertions: assertions, faults: judgements,
      expectation: expectation)
    judgement.system.watchedFields = judgement.watchedFields
    judgement.messageConditions = predicates
    return Plan(
      judgement: judgement, summary: scenario.description?.value,
      tags: scenario.tags.map(\.value), cell: scenario.cell,
      namedParameters: scenario.parameters.map(\.name.value).filter(usedParameters.contains),
      capsule: capsule)
  }

  private mutating func links() -> LinkPolicies? {
    guard !isBroken("latencies"), let section = scenario.latencies else { return nil }
    let shape = scenario.topology.shape.map { TopologyShape($0.value) } ?? .full
    var compiler = LinkCompiler(section, shape, names)
    let policies = compiler.linkPolicies()
    diagnostics += compiler.diagnostics
    return policies
  }

  private func messagePredicate(_ expression: CompiledExpression) -> MessagePredicate {
    environment.predicate(
      expression, description: description, topology: topology, symbols: symbols)
  }

  private mutating func faultJudgements() -> [FaultJudgement] {
    scenario.faults.map { entry in
      var judgement = FaultJudgement(mayBeIdle: entry.mayBeIdle?.value, span: entry.span)
      if case .condition(let text, _, _) = entry.trigger { judgement.condition = condition(text) }
      return judgement
    }
  }

  /// Reports parameters that neither a value nor an expression uses. Those of an extended file are
  /// its own matter.
  mutating func checkParameters() {
    for parameter in scenario.parameters where parameter.name.span.file == 0 && !isFull {
      let name = parameter.name.value
      if !usedParameters.contains(name), !scenario.usedParameters.contains(name) {
        report(.unusedParameter(parameter.name))
      }
    }
  }
}
