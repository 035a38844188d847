public import Analysis
import Protocols
import Simulation
import SystemModel

/// Carries out one plan with many seeds, on an engine and a judge that are used again.
///
/// It is for one thread at a time.
public struct PlanRunner {
  private let loop: (UInt64, inout RunTally, () -> Bool) -> Bool

  /// A runner for a plan; the seed of the plan plays no part.
  public init(_ plan: JudgementPlan) {
    let name = plan.description.name
    guard let loop = visitMachine(named: name, LoopMaker(plan: plan)) else {
      preconditionFailure("a plan for \(name), which is no protocol")
    }
    self.loop = loop
  }

  /// Carries out the plan with a seed and fills in a tally; false if it was told to stop before
  /// the end, which it asks after each part of the trace.
  public func run(
    seed: UInt64, tally: inout RunTally, isStopped: () -> Bool = { false }
  ) -> Bool {
    loop(seed, &tally, isStopped)
  }
}

/// Makes the loop of a runner where the type of the machine is known.
private struct LoopMaker: MachineVisitor {
  let plan: JudgementPlan

  func visit<Machine: StateMachine>(
    _ machine: Machine.Type
  ) -> (UInt64, inout RunTally, () -> Bool) -> Bool {
    let loop = ReusedLoop<Machine>(plan)
    return { seed, tally, isStopped in loop.run(seed: seed, tally: &tally, isStopped: isStopped) }
  }
}

/// An engine and a judge that carry out one plan again and again.
///
/// A class, since neither can be copied and a closure must own both.
private final class ReusedLoop<Machine: StateMachine> {
  private var judge: Judge
  private var simulator: Simulator<Machine, Fabric>

  init(_ plan: JudgementPlan) {
    judge = Judge(plan, detail: .verdicts)
    simulator = Simulator(plan.system, draws: Fabric(plan.system.links, seed: plan.system.seed))
  }

  func run(seed: UInt64, tally: inout RunTally, isStopped: () -> Bool) -> Bool {
    simulator.reset(seed: seed)
    judge.reset(seed: seed)
    while true {
      let pause = simulator.run()
      judge.consume(simulator.trace)
      for fault in judge.takeFiredTriggers() { simulator.fire(fault) }
      simulator.trace.records.removeAll(keepingCapacity: true)
      if case .ended(let end) = pause {
        if let failed = simulator.failedFilter {
          judge.reject(fault: failed.fault, message: failed.message)
        }
        judge.finish(end: end, at: simulator.instant, tally: &tally)
        return true
      }
      if isStopped() { return false }
    }
  }
}
