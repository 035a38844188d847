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
  /// What takes the place of the scenario's seed.
  private let seed: UInt64?

  /// Starts with a scenario that was read; `seed` takes the place of its own.
  public init(_ file: ScenarioFile, seed: UInt64? = nil) {
    self.file = file
    self.seed = seed
  }

  /// How many cells there are; one without a matrix.
  public var cellCount: Int { file.cellCount }

  /// The plan of a cell; nil after an error, which is reported. So is what is probably not meant, and
  /// what is wrong with other draws of the cell.
  ///
  /// The same scenario gives the same plan, and the cells are independent of each other.
  public func plan(cell index: Int, into bag: inout DiagnosticBag) -> Plan? {
    if isDrawn { return plans(of: index..<(index + 1), into: &bag)?.first }
    var environments = EnvironmentCache()
    let made = carryOut(run(of: index), &environments, isLinted: true, into: &bag)
    bag.report(contentsOf: made.warnings)
    return made.plan
  }

  /// One scenario to compile: a cell with some of the values that may be drawn.
  struct Trial {
    let cell: Int
    /// The place of the value of each parameter that is drawn.
    let values: [Int64]
    /// The seed that draws the faults; nil if all are there.
    var seed: UInt64?
  }

  /// The scenario of a cell that is run.
  private func run(of cell: Int) -> Trial {
    let seed = self.seed ?? file.seed(cell: cell) ?? 1
    return Trial(cell: cell, values: values(seed), seed: seed)
  }

  func carryOut(
    _ trial: Trial, _ environments: inout EnvironmentCache, isLinted: Bool,
    into bag: inout DiagnosticBag
  ) -> (plan: Plan?, warnings: [Diagnostic]) {
    guard let whole = file.scenario(cell: trial.cell, drawn: trial.values, into: &bag) else {
      return (nil, [])
    }
    let names = NameTable(whole)
    let swarm = file.swarm.map { _ in Swarm(whole, names) }
    let leftOut = trial.seed.flatMap { swarm?.leftOut($0) } ?? []
    let scenario = whole.without(faults: leftOut)
    let chosen = scenario.protocolSection.name
    let known = ProtocolCatalog.named(chosen.value)
    let meant = known ?? ProtocolAlias.meant(by: chosen.value)
    var compiler = CellCompiler(
      scenario, sources: file.sources, description: meant ?? ProtocolCatalog.all[0], names: names,
      &environments)
    if known == nil, !scenario.brokenSections.contains("protocol") {
      compiler.report(.unknownProtocol(chosen, meant: meant?.name))
    }
    if let place = file.swarm, swarm?.drawnKeys.isEmpty == true,
      !whole.brokenSections.contains("faults")
    {
      compiler.report(.idleSwarm(place, hasFaults: !whole.faults.isEmpty))
    }
    let plan = compiler.plan()
    if plan != nil, !file.hasErrors, leftOut.isEmpty { compiler.checkParameters() }
    let trust = Trust(scenario, names, hasProtocol: meant != nil)
    let found = compiler.diagnostics.filter { trust.admits($0.code) }
    bag.report(contentsOf: file.showingOrigins(of: found, in: scenario))
    let isRight = scenario.isWhole && !file.hasErrors && compiler.diagnostics.isEmpty
    guard isRight, var plan else { return (nil, []) }
    if let seed = trial.seed { plan.seed = seed }
    plan.judgement.drawn = configuration(trial, leftOut: leftOut, of: whole)
    (plan.drawnValues, plan.leftOut) = (trial.values, leftOut)
    plan.drawnFaults = swarm?.drawnKeys ?? []
    guard isLinted else { return (plan, []) }
    let warnings = MeaningLint.warnings(scenario, names, file.sources, plan.judgement)
    return (plan, file.showingOrigins(of: warnings, in: scenario))
  }

  /// The plans of all cells, in order; nil if one of them has an error. The errors of the
  /// first twenty wrong cells are reported, each once; one that not all cells have says which cells have it.
  ///
  /// What is probably not meant is reported only if it is so in every cell: a value that does
  /// nothing may be an end of the range that is tried. Where values are drawn, some draws are
  /// checked besides the one that runs; see ``CheckedDraws``.
  public func plans(into bag: inout DiagnosticBag) -> [Plan]? {
    guard cellCount > 1 else { return plan(cell: 0, into: &bag).map { [$0] } }
    return plans(of: 0..<cellCount, into: &bag)
  }

  private func plans(of cells: Range<Int>, into bag: inout DiagnosticBag) -> [Plan]? {
    var environments = EnvironmentCache()
    var plans: [Plan] = []
    var checked: [Trial] = []
    var wrong = 0
    var mistakes = CellMistakes(word: isDrawn ? "run" : "cell")
    var warnings: [Diagnostic]?
    for cell in cells where wrong < 20 {
      let tried = isDrawn ? trials(of: cell, most: CheckedDraws.limit - checked.count) : []
      let trials = tried + [run(of: cell)]
      for (place, trial) in trials.enumerated() where wrong < 20 {
        let isRun = place == tried.count
        let isLinted = (!isRun || tried.isEmpty) && warnings?.isEmpty != true
        var own = DiagnosticBag()
        let made = carryOut(trial, &environments, isLinted: isLinted, into: &own)
        if isRun, let plan = made.plan { plans.append(plan) }
        if made.plan == nil { wrong += 1 }
        if !isRun || tried.isEmpty {
          warnings = warnings.map { CellMistakes.shared($0, made.warnings) } ?? made.warnings
        }
        mistakes.take(own.sorted, of: checked.count)
        checked.append(trial)
      }
    }
    let values = checked.map { file.cellValues($0.cell) + file.drawnValues($0.values) }
    bag.report(contentsOf: mistakes.diagnostics(values))
    guard wrong == 0, plans.count == cells.count else { return nil }
    bag.report(contentsOf: warnings ?? [])
    return plans
  }

  /// The draws of a cell that are checked without being run, with all faults.
  private func trials(of cell: Int, most: Int) -> [Trial] {
    CheckedDraws.places(file.variations, most: max(0, most)).map { Trial(cell: cell, values: $0) }
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
    let deliveries = deliveries()
    let timers = timers()
    let assertions = assertions()
    let expectation = expectation(assertions)
    let capsule = capsule()
    guard diagnostics.isEmpty, scenario.isWhole, let policies else { return nil }
    let system = SystemPlan(
      seed: scenario.seed?.value ?? 1,
      timeLimit: scenario.limits.time?.instant ?? SystemPlan.defaultTimeLimit,
      eventLimit: scenario.limits.events.map { Int($0.value) } ?? SystemPlan.defaultEventLimit,
      topology: topology,
      links: policies, processing: processing, faults: faults, workloads: workloads,
      parameterRows: options.rows, parameterRow: options.rowOf, initial: initial,
      symbols: symbols, watchedFields: description.fields.map { _ in true },
      predicates: predicates.map { messagePredicate($0.expression) },
      deliveries: deliveries, timers: timers, order: scenario.order.map { DeliveryOrder($0.value) })
    var judgement = JudgementPlan(
      name: scenario.name.value, description: description, system: system,
      environment: environment, assertions: assertions, faults: judgements,
      expectation: expectation)
    judgement.system.watchedFields = judgement.watchedFields
    judgement.messageConditions = predicates
    judgement.entries = entryJudgements()
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
