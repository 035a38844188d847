import Analysis
import Protocols
import Reports
import SystemModel
import TestSupport
import Testing

@testable import Interpreter

/// Two runs side by side: alike for every scenario, and told apart where they are not.
struct RepetitionTests {
  @Test(arguments: ShippedScenario.all)
  func everyScenarioIsTheSameTwice(_ file: ShippedScenario) throws {
    for cell in try file.compiled().cells {
      let (result, repetition) = Interpreter.runTwice(cell.plan)
      guard case .same = repetition else {
        Issue.record("\(repetition)")
        continue
      }
      #expect(result.traceHash == Interpreter.run(cell.plan).traceHash)
    }
  }

  /// A node that is content with one answer too few enters too early: the event is found, and shown
  /// as it is in both runs.
  @Test func anotherMachineIsFound() throws {
    let scenario = try ShippedScenario(path: "mutex/contention.yaml").compiled()
    let plan = try #require(scenario.cells.first).plan
    let (result, repetition) = runSideBySide(plan) {
      LamportMutex($0)
    } _: { context in
      LamportMutex(
        NodeContext(
          node: context.id.index, of: context.nodeCount - 1, LamportMutex.description))
    }
    #expect(result.traceHash == Interpreter.run(plan).traceHash)
    guard case .otherTrace(let difference) = repetition else {
      Issue.record("\(repetition)")
      return
    }
    expectGolden(
      DivergenceReport.text(
        event: difference.event, first: difference.first, second: difference.second, plan.system,
        plan.description), "divergence.txt")
  }

  // MARK: Parts of traces

  private static let events: [TraceRecord] = [
    TraceRecord(.started, at: 0, flags: 1), TraceRecord(.sent, at: 0, id: 1),
    TraceRecord(.delivered, at: 5, id: 1, flags: 1), TraceRecord(.sent, at: 5, id: 2),
    TraceRecord(.delivered, at: 9, id: 2, flags: 1),
  ]

  private static func trace(_ records: [TraceRecord]) -> Trace {
    var trace = Trace()
    trace.records = ContiguousArray(records)
    return trace
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    /// The event that differs, with how many records it has in both.
    let found: (Int, Int, Int)?
    let change: @Sendable (inout [TraceRecord]) -> Void
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "nothing", found: nil) { _ in },
    Row(name: "the first record", found: (11, 2, 2)) { $0[0].at = 1 },
    Row(name: "a consequence", found: (12, 2, 2)) { $0[3].id = 7 },
    Row(name: "the last event", found: (13, 1, 1)) { $0[4].at = 10 },
    Row(name: "an event less", found: (13, 1, 0)) { $0.removeLast() },
    Row(name: "an event more", found: (14, 0, 1)) {
      $0.append(TraceRecord(.ended, at: 9, flags: 1))
    },
    Row(name: "a consequence less", found: (12, 2, 1)) { $0.remove(at: 3) },
    Row(name: "a consequence more", found: (13, 1, 2)) {
      $0.append(TraceRecord(.sent, at: 9, id: 3))
    },
    Row(name: "nothing at all", found: (11, 2, 0)) { $0 = [] },
  ]) func firstDifference(_ row: Row) {
    var other = Self.events
    row.change(&other)
    let found = Divergence(Self.trace(Self.events), Self.trace(other), after: 10)
    #expect(found?.event == row.found?.0)
    #expect(found?.first.records.count == row.found?.1)
    #expect(found?.second.records.count == row.found?.2)
  }

  @Test func otherTargetsOfAFault() {
    var first = Self.trace(Self.events)
    first.bindings = [FaultBinding(fault: 0, nodes: [NodeID(0)])]
    var second = first
    #expect(Divergence(first, second, after: 0) == nil)
    second.bindings = [FaultBinding(fault: 0, nodes: [NodeID(1)])]
    #expect(Divergence(first, second, after: 0) != nil)
  }
}
