public import Analysis
import Protocols
import Simulation
public import SystemModel

extension Interpreter {
  /// Carries out a plan on two new engines side by side, and compares what they do event by event;
  /// the result is that of the first.
  public static func runTwice(_ plan: JudgementPlan) -> (result: RunResult, Repetition) {
    let name = plan.description.name
    guard let found = visitMachine(named: name, TwoRuns(plan: plan)) else {
      preconditionFailure("a plan for \(name), which is no protocol")
    }
    return found
  }
}

/// What the second of two runs of one plan says of the first.
public enum Repetition: Sendable {
  /// It does and finds the same.
  case same
  /// It does something else.
  case otherTrace(Divergence)
  /// It does the same, and finds something else.
  case otherJudgement
}

/// The first event in which two runs of one plan differ.
public struct Divergence: Sendable {
  /// Which event of the run it is, counted from 1.
  public let event: Int
  /// What is recorded of it in the first run; nothing if that had ended.
  public let first: Trace
  /// What is recorded of it in the second run; nothing if that had ended.
  public let second: Trace

  /// The first difference of two parts of traces that begin with the same event, `events` events
  /// after the start; nil if there is none.
  public init?(_ first: Trace, _ second: Trace, after events: Int) {
    let pairs = zip(first.records, second.records)
    let common = pairs.prefix { $0 == $1 }.count
    let isSame = common == first.records.count && common == second.records.count
    guard !isSame || first.bindings != second.bindings else { return nil }
    let longer = first.records.count > second.records.count ? first : second
    let place = min(common, longer.records.count - 1)
    let start = longer.records[...place].lastIndex { $0.beginsEvent } ?? 0
    event = events + longer.records[...start].count { $0.beginsEvent }
    self.first = Self.event(of: first, at: start)
    self.second = Self.event(of: second, at: start)
  }

  private static func event(of part: Trace, at start: Int) -> Trace {
    var event = Trace()
    event.bindings = part.bindings
    guard start < part.records.count else { return event }
    let next = part.records[(start + 1)...].firstIndex { $0.beginsEvent }
    event.records = ContiguousArray(part.records[start..<(next ?? part.records.count)])
    return event
  }
}

/// Two runs of one plan, side by side.
private struct TwoRuns: MachineVisitor {
  let plan: JudgementPlan

  func visit<Machine: StateMachine>(
    _ machine: Machine.Type
  ) -> (result: RunResult, Repetition) {
    runSideBySide(plan, { Machine($0) }, { Machine($0) })
  }
}

/// Carries out two runs part by part; where the first of them ends, both must.
func runSideBySide<Machine: StateMachine>(
  _ plan: JudgementPlan, _ first: (NodeContext) -> Machine, _ second: (NodeContext) -> Machine
) -> (result: RunResult, Repetition) {
  var one = RunLoop(plan, machine: first)
  var other = RunLoop(plan, machine: second)
  var events = 0
  var repetition = Repetition.same
  while true {
    var parts = (Trace(), Trace())
    let result = one.step { parts.0 = $0 }
    // Behind a difference there is nothing to compare.
    if case .same = repetition {
      let found = other.step { parts.1 = $0 }
      if let divergence = Divergence(parts.0, parts.1, after: events) {
        repetition = .otherTrace(divergence)
      } else if result != found {
        repetition = .otherJudgement
      }
    }
    if let result { return (result, repetition) }
    events += parts.0.records.count { $0.beginsEvent }
  }
}
