public import Analysis
import Protocols
import Simulation
import SystemModel

/// Carries out one plan with many seeds, on an engine and a judge that are used again.
///
/// It is for one thread at a time.
public struct PlanRunner {
  private let loops: Loops

  /// A runner for a plan; the seed of the plan plays no part.
  public init(_ plan: JudgementPlan) {
    let name = plan.description.name
    guard let loops = visitMachine(named: name, LoopMaker(plan: plan)) else {
      preconditionFailure("a plan for \(name), which is no protocol")
    }
    self.loops = loops
  }

  /// Carries out the plan with a seed and fills in a tally; false if it was told to stop before
  /// the end, which it asks after each part of the trace.
  public func run(
    seed: UInt64, tally: inout RunTally, isStopped: () -> Bool = { false }
  ) -> Bool {
    loops.judged(seed, &tally, isStopped)
  }

  /// Carries out the plan with a seed, judges nothing and writes no trace: many times quicker.
  ///
  /// Nil if only a judge can tell how the run goes on, since a fault waits for a condition or one
  /// of its conditions failed, or if it was told to stop.
  public func trace(seed: UInt64, isStopped: () -> Bool = { false }) -> TraceKey? {
    loops.unjudged(seed, isStopped)
  }
}

/// The loops of a runner, where the type of the machine is not known any more.
private struct Loops {
  let judged: (UInt64, inout RunTally, () -> Bool) -> Bool
  let unjudged: (UInt64, () -> Bool) -> TraceKey?
}

/// Makes the loops of a runner where the type of the machine is known.
private struct LoopMaker: MachineVisitor {
  let plan: JudgementPlan

  func visit<Machine: StateMachine>(_ machine: Machine.Type) -> Loops {
    let loop = ReusedLoop<Machine>(plan)
    return Loops { seed, tally, isStopped in
      loop.run(seed: seed, tally: &tally, isStopped: isStopped)
    } unjudged: { seed, isStopped in
      loop.trace(seed: seed, isStopped: isStopped)
    }
  }
}

/// An engine and a judge that carry out one plan again and again, and an engine that writes no
/// trace.
///
/// A class, since none of them can be copied and a closure must own them all.
private final class ReusedLoop<Machine: StateMachine> {
  private var judge: Judge
  private var simulator: Simulator<Machine, Fabric>
  private var unjudged: Simulator<Machine, Fabric>
  /// Whether faults wait for conditions.
  private let needsJudge: Bool

  init(_ plan: JudgementPlan) {
    judge = Judge(plan, detail: .verdicts)
    let fabric = Fabric(
      plan.system.links, seed: plan.system.seed, order: plan.system.order)
    simulator = Simulator(plan.system, draws: fabric, detailed: true)
    unjudged = Simulator(plan.system, draws: fabric, recording: false, detailed: true)
    needsJudge = plan.faults.contains { $0.condition != nil }
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
        judge.note(idleEntries: simulator.entriesLeft)
        judge.finish(end: end, at: simulator.instant, tally: &tally)
        tally.trace = simulator.key(of: end)
        return true
      }
      if isStopped() { return false }
    }
  }

  func trace(seed: UInt64, isStopped: () -> Bool) -> TraceKey? {
    if needsJudge { return nil }
    unjudged.reset(seed: seed)
    guard let end = unjudged.runToEnd(unless: isStopped), unjudged.failedFilter == nil else {
      return nil
    }
    return unjudged.key(of: end)
  }
}

extension Simulator {
  /// What tells the run that has ended from others of its plan.
  fileprivate func key(of end: RunEnd) -> TraceKey {
    var details = detailHash
    details.combine(
      at: instant.nanoseconds, what: UInt64(end.rawValue), MessagePayload(0, Int64(eventCount)))
    return TraceKey(hash: traceHash.value, details: details.value)
  }
}
