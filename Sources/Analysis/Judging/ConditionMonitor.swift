import Diagnostics
import Expressions

/// A condition with what it was when it was last evaluated: it is evaluated again only if an event
/// has touched what it reads.
struct ConditionMonitor: Sendable {
  let condition: Condition
  let reads: Reads
  private(set) var truth = Truth.no
  private(set) var error: EvaluationError?
  /// How often it was evaluated.
  private(set) var evaluations = 0
  private var isStale = true

  init(_ condition: Condition, _ reads: Reads) {
    self.condition = condition
    self.reads = reads
  }

  mutating func reset() {
    isStale = true
    error = nil
    evaluations = 0
  }

  /// An event may have given it another value.
  mutating func spoil() { isStale = true }

  /// What the condition is in the present state.
  mutating func evaluate(_ host: WorldHost, _ budget: inout EvaluationBudget) -> Truth {
    guard isStale else { return truth }
    isStale = false
    evaluations += 1
    do {
      truth = try condition.expression.holds(host, &budget) ? .yes : .no
    } catch {
      if error.kind == .unavailable {
        truth = .unknown
      } else {
        truth = .failed
        self.error = error
      }
    }
    return truth
  }

  /// The failure of the last evaluation, at its place in the scenario.
  var diagnostic: Diagnostic? { error?.diagnostic(condition.span) }
}
