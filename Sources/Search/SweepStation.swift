import Analysis
import Diagnostics
import Interpreter
import SystemModel

/// What one thread needs to run a plan with seeds: an engine, and what it has learnt of the plan.
struct SweepStation {
  /// What is run; its seed plays no part.
  let plan: JudgementPlan
  var engine: PlanRunner?
  var tally: RunTally
  var memory: TraceMemory
  /// The place of each metric of the sweep among those that the plan has; nil for one it has not.
  let columns: [Int?]

  /// A station for a plan of a cell, whose sweep measures some metrics; `cells` is among how many
  /// of its kind room is shared.
  init(_ plan: JudgementPlan, measuring metrics: [Metric], cells: Int) {
    self.plan = plan
    // What is drawn may change which nodes and faults there are, and so the places of metrics.
    let own = plan.drawn == nil ? metrics : metrics.compactMap { plan.environment.metric($0.name) }
    columns = metrics.map { metric in own.firstIndex { $0.name == metric.name } }
    tally = RunTally(measuring: own)
    memory = TraceMemory(cells: cells)
  }

  /// An engine for the plan.
  mutating func prepared() -> PlanRunner {
    if let engine { return engine }
    let made = PlanRunner(plan)
    engine = made
    return made
  }

  /// What made a run vacuous or inconclusive.
  func causes(of tally: RunTally) -> ContiguousArray<SweepCause> {
    ContiguousArray(
      tally.causes.map { cause in
        switch cause {
        case .nothingAsserted: .nothingAsserted
        case .assertion(let place): .assertion(place)
        case .fault(let place): .fault(plan.faults[place].span, plan.system.faults[place].name)
        case .entry(let place): .entry(place)
        }
      })
  }
}

/// What makes runs of a sweep vacuous or inconclusive; a fault by its place in the scenario, since
/// not every seed has all faults.
enum SweepCause: Hashable, Sendable {
  case nothingAsserted
  /// An assertion, by its place among all.
  case assertion(Int)
  /// A fault.
  case fault(SourceSpan?, String)
  /// An explicit delivery or timer, by its place among all.
  case entry(Int)
}
