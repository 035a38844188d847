public import Analysis
import Compiler
import Diagnostics
public import ScenarioSyntax

/// What tells the plan of a seed from those of others, without making it.
public struct PlanVariant: Hashable, Sendable {
  let variant: DrawnVariant
}

/// Makes the plans of a scenario for many seeds; what they have in common is worked out once.
public struct PlanMaker {
  private let scenario: CompiledScenario
  private var environments = EnvironmentCache()

  /// A maker of plans for a scenario that was not refused.
  public init(_ scenario: CompiledScenario) {
    self.scenario = scenario
  }

  /// The plan of a cell for a seed.
  public mutating func plan(cell: Int, seed: UInt64) throws(RefusedDraw) -> JudgementPlan {
    try made(cell: cell, seed: seed).judgement
  }

  /// What tells the plan of a cell for a seed from its others, so that one of them can be used
  /// again; nil if nothing does.
  public func variant(cell: Int, seed: UInt64) -> PlanVariant? {
    scenario.compilation?.variant(seed: seed, scenario.plans[cell]).map { PlanVariant(variant: $0) }
  }

  mutating func made(cell: Int, seed: UInt64) throws(RefusedDraw) -> Plan {
    var own = scenario.plans[cell]
    guard scenario.isDrawn, own.seed != seed, let compilation = scenario.compilation else {
      own.seed = seed
      return own
    }
    var bag = DiagnosticBag()
    if let plan = compilation.plan(cell: cell, seed: seed, &environments, into: &bag) {
      return plan
    }
    throw RefusedDraw(seed: seed, diagnostics: bag.sorted)
  }
}

extension CompiledScenario {
  /// Whether a seed draws more of the scenario than its chance: values of parameters, or which
  /// faults there are.
  public var isDrawn: Bool { compilation?.isDrawn ?? false }

  /// The plan of a cell for a seed: what `run` with this seed carries out.
  public func plan(cell: Int, seed: UInt64) throws(RefusedDraw) -> JudgementPlan {
    var maker = PlanMaker(self)
    return try maker.plan(cell: cell, seed: seed)
  }

  /// What a cell says, by itself: with `extends`, parameters and the matrix resolved, and what its
  /// seed draws written out.
  public func draft(cell: Int) -> ScenarioDraft {
    guard cells.indices.contains(cell), let compilation else {
      preconditionFailure("a draft of cell \(cell), of \(cells.count)")
    }
    return compilation.draft(cell: cell, plans[cell])
  }

  /// The same with what another seed draws.
  public func draft(cell: Int, seed: UInt64) throws(RefusedDraw) -> ScenarioDraft {
    guard cells.indices.contains(cell), let compilation else {
      preconditionFailure("a draft of cell \(cell), of \(cells.count)")
    }
    var maker = PlanMaker(self)
    return compilation.draft(cell: cell, try maker.made(cell: cell, seed: seed))
  }
}

extension Compilation {
  fileprivate func draft(cell: Int, _ plan: Plan) -> ScenarioDraft {
    file.draft(
      cell: cell, named: plan.namedParameters, drawn: plan.drawnValues, leftOut: plan.leftOut)
  }
}
