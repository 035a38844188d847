import Analysis
import Interpreter
import SystemModel

/// Says of a sweep what made its runs vacuous or inconclusive.
struct UndecidedSummary {
  private let sweep: Sweep

  init(_ sweep: Sweep) {
    self.sweep = sweep
  }

  /// One entry for each cause and verdict, of all cells together, in the order of the first seeds.
  func undecided(_ cells: [[SweepLedger.UndecidedRuns]]) -> [SweepUndecided] {
    var found: [(runs: SweepLedger.UndecidedRuns, cell: Int)] = []
    for (cell, undecided) in cells.enumerated() {
      for runs in undecided {
        let known = found.firstIndex {
          $0.runs.cause == runs.cause && $0.runs.verdict == runs.verdict
        }
        guard let known else {
          found.append((runs, cell))
          continue
        }
        let count = found[known].runs.count + runs.count
        if runs.first < found[known].runs.first { found[known] = (runs, cell) }
        found[known].runs.count = count
      }
    }
    found.sort { ($0.runs.first, $0.cell) < ($1.runs.first, $1.cell) }
    var last: (seed: UInt64, cell: Int, result: RunResult)?
    return found.map { runs, cell in
      if last?.seed != runs.first || last?.cell != cell {
        last = (runs.first, cell, result(cell: cell, seed: runs.first))
      }
      guard let last else { preconditionFailure("a run was carried out and is not there") }
      return entry(runs, cell, last.result)
    }
  }

  /// The first of the runs once more, to see why it came to nothing.
  private func result(cell: Int, seed: UInt64) -> RunResult {
    guard let plan = try? sweep.scenario.plan(cell: cell, seed: seed) else {
      preconditionFailure("a run of seed \(seed) was carried out and has no plan")
    }
    return Interpreter.run(plan)
  }

  private func entry(
    _ runs: SweepLedger.UndecidedRuns, _ cell: Int, _ result: RunResult
  ) -> SweepUndecided {
    var entry = SweepUndecided(
      subject: .scenario, name: result.name, verdict: runs.verdict, span: nil,
      reason: "the scenario asserts nothing", count: runs.count, cell: cell, seed: runs.first,
      drawn: result.drawn)
    switch runs.cause {
    case .nothingAsserted: break
    case .assertion(let place):
      let assertion = result.assertions[place]
      (entry.subject, entry.name) = (.assertion, assertion.name)
      (entry.span, entry.reason) = (assertion.span, assertion.reason)
    case .fault(let span, let name):
      guard let fault = result.faults.first(where: { $0.span == span && $0.name == name }) else {
        preconditionFailure("the fault \(name) is not there any more")
      }
      (entry.subject, entry.name, entry.span) = (.fault, fault.name, fault.span)
      entry.reason =
        runs.verdict == .inconclusive
        ? "the run was cut off before it touched anything"
        : fault.fired == 0 ? "it never fired" : "it touched nothing"
    case .entry(let place):
      let said = sweep.scenario.cells[cell].plan.entries[place]
      (entry.subject, entry.name, entry.span) = (.entry, said.name, said.span)
      entry.reason =
        runs.verdict == .inconclusive
        ? "the run was cut off before it occurred" : "it never occurred"
    }
    return entry
  }
}
