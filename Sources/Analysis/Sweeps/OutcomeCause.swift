/// What makes a run vacuous or inconclusive, by its place in the plan.
public enum OutcomeCause: Hashable, Sendable {
  /// An assertion without a chance to fail, or one that was not decided.
  case assertion(Int)
  /// A fault that touched nothing, or had no time to.
  case fault(Int)
  /// An explicit delivery or timer that never occurred, or had no time to.
  case entry(Int)
  /// The scenario asserts nothing.
  case nothingAsserted
}
