public import Analysis
import Protocols
import Simulation
public import SystemModel

extension Interpreter {
  /// Carries out a plan and judges it.
  public static func run(_ plan: JudgementPlan) -> RunResult {
    var sink = Unread()
    return run(plan, reading: &sink)
  }

  /// Carries out a plan, judges it, and shows each part of its trace to a reader.
  public static func run<Reader: TraceReader>(
    _ plan: JudgementPlan, reading reader: inout Reader
  ) -> RunResult {
    let name = plan.description.name
    guard let (result, used) = visitMachine(named: name, Run(plan: plan, reader: reader)) else {
      preconditionFailure("a plan for \(name), which is no protocol")
    }
    reader = used
    return result
  }

  /// Carries out a plan, judges it, shows each part of its trace to a reader, and says where chance
  /// had a say.
  public static func runNoting<Reader: TraceReader>(
    _ plan: JudgementPlan, reading reader: inout Reader
  ) -> (result: RunResult, notes: DrawNotes) {
    let name = plan.description.name
    guard
      let (result, used, notes) = visitMachine(
        named: name, NotingRun(plan: plan, reader: reader))
    else { preconditionFailure("a plan for \(name), which is no protocol") }
    reader = used
    return (result, notes)
  }
}

extension Interpreter {
  /// Carries out a plan and judges it; behind the first so many events of its trace, that of the
  /// start among them, all chance comes from another seed.
  public static func run(
    _ plan: JudgementPlan, reseededBehind events: Int, with seed: UInt64
  ) -> RunResult {
    let name = plan.description.name
    let run = ReseededRun(plan: plan, events: events, seed: seed)
    guard let result = visitMachine(named: name, run) else {
      preconditionFailure("a plan for \(name), which is no protocol")
    }
    return result
  }
}

/// One run whose chance is another one from some event on.
private struct ReseededRun: MachineVisitor {
  let plan: JudgementPlan
  let events: Int
  let seed: UInt64

  func visit<Machine: StateMachine>(_ machine: Machine.Type) -> RunResult {
    // Each event is a part, so that the run can be stopped behind any of them.
    var loop = RunLoop<Machine>(plan, partLength: 1) { Machine($0) }
    var events = 0
    while true {
      if events == self.events { loop.reseed(seed) }
      if let result = loop.step({ events += $0.records.count { $0.beginsEvent } }) {
        return result
      }
    }
  }
}

/// Someone who wants to see the trace of a run, part by part.
public protocol TraceReader {
  /// Reads a part: whole events, in order.
  mutating func read(_ part: Trace)
}

/// Nobody.
private struct Unread: TraceReader {
  mutating func read(_ part: Trace) {}
}

/// One run, from its start to its result.
private struct Run<Reader: TraceReader>: MachineVisitor {
  let plan: JudgementPlan
  var reader: Reader

  func visit<Machine: StateMachine>(_ machine: Machine.Type) -> (RunResult, Reader) {
    var reader = reader
    var loop = RunLoop<Machine>(plan) { Machine($0) }
    while true {
      if let result = loop.step({ reader.read($0) }) { return (result, reader) }
    }
  }
}

/// One run with all that is noted of its chance.
private struct NotingRun<Reader: TraceReader>: MachineVisitor {
  let plan: JudgementPlan
  var reader: Reader

  func visit<Machine: StateMachine>(
    _ machine: Machine.Type
  ) -> (RunResult, Reader, DrawNotes) {
    var reader = reader
    var loop = RunLoop<Machine>(plan, noting: true) { Machine($0) }
    while true {
      if let result = loop.step({ reader.read($0) }) { return (result, reader, loop.notes) }
    }
  }
}

/// The loop in which the engine carries out events and the judge reads what happened.
struct RunLoop<Machine: StateMachine>: ~Copyable {
  private var judge: Judge
  private var simulator: Simulator<Machine, Fabric>

  init(
    _ plan: JudgementPlan, noting: Bool = false, partLength: Int = 1024,
    machine: (NodeContext) -> Machine
  ) {
    judge = Judge(plan)
    simulator = Simulator(
      plan.system,
      draws: Fabric(
        plan.system.links, seed: plan.system.seed, order: plan.system.order), noting: noting,
      partLength: partLength, machine: machine)
  }

  /// Draws everything from now on from another seed.
  mutating func reseed(_ seed: UInt64) { simulator.reseed(seed) }

  /// What the engine has noted of chance, if it was asked to.
  var notes: DrawNotes { simulator.notes }

  /// Carries out a part of the run and shows its trace; the result, if it was the last.
  mutating func step(_ read: (Trace) -> Void) -> RunResult? {
    let pause = simulator.run()
    read(simulator.trace)
    judge.consume(simulator.trace)
    for fault in judge.takeFiredTriggers() { simulator.fire(fault) }
    simulator.trace.records.removeAll(keepingCapacity: true)
    guard case .ended(let end) = pause else { return nil }
    if let failed = simulator.failedFilter {
      judge.reject(fault: failed.fault, message: failed.message)
    }
    judge.note(idleEntries: simulator.entriesLeft)
    return judge.finish(
      end: end, at: simulator.instant, traceHash: simulator.traceHash.value)
  }
}
