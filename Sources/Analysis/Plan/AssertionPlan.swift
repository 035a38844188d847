public import Diagnostics
public import SystemModel

/// An assertion of the scenario, resolved and checked.
public struct AssertionPlan: Sendable {
  /// The name in the scenario, unique in it.
  public var name: String
  /// What it says.
  public var form: AssertionForm
  /// When it is judged; `at_end` and `metric` look at the last state whatever it is.
  public var scope: AssertionScope
  /// Why the scenario accepts that it is vacuous; nil if it does not.
  public var mayBeVacuous: String?
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// How the history of calls is checked, by invariants that read it.
  public var consistency = ConsistencyOptions()
  /// What a recorded history does not say of what it reads; nil: nothing is missing.
  public internal(set) var lacks: String?

  /// An assertion.
  public init(
    name: String, form: AssertionForm, scope: AssertionScope = .run, mayBeVacuous: String? = nil,
    span: SourceSpan? = nil
  ) {
    self.name = name
    self.form = form
    self.scope = scope
    self.mayBeVacuous = mayBeVacuous
    self.span = span
  }
}

/// What an assertion says of the states of its windows.
///
/// | form | a window fails | the window is open when the run ends |
/// |---|---|---|
/// | invariant, always, never | at the first state that breaks it | judged |
/// | eventually | if it closes, or `within` is over, and the condition did not hold, or not long enough | quiescence: fail; time: inconclusive |
/// | sometimes | only all windows together: if no state has it | judged |
/// | response | if it closes, or `within` is over, while a `when` waits for its `then` | quiescence: fail; time: inconclusive |
/// | hold | at the first state before `until` that breaks it | judged |
/// | at_end, metric | the last state alone is judged | |
public enum AssertionForm: Sendable {
  /// A named invariant of the protocol's family, by its name in ``InvariantCatalog``.
  case invariant(String)
  /// The condition holds in every state.
  case always(Condition)
  /// The condition holds in no state.
  case never(Condition)
  /// The condition comes to hold, at the latest `within` after the opening of the window, and then
  /// stays for a length of time.
  case eventually(Condition, within: Duration? = nil, lasting: Duration? = nil)
  /// The condition holds in some state of some window.
  case sometimes(Condition)
  /// Each time that `when` becomes true, `then` holds in the same state or comes to hold, at the
  /// latest `within` after it, and then stays for a length of time.
  case response(
    when: Condition, then: Condition, within: Duration? = nil, lasting: Duration? = nil)
  /// The condition holds in every state before the first in which `until` does.
  case hold(Condition, until: Condition? = nil)
  /// The condition holds in the last state.
  case atEnd(Condition)
  /// A metric is within all of some bounds at the end.
  case metric(Metric, [MetricBound])

  /// The word in reports.
  public var word: String {
    switch self {
    case .invariant: "invariant"
    case .always: "always"
    case .never: "never"
    case .eventually: "eventually"
    case .sometimes: "sometimes"
    case .response: "when"
    case .hold: "hold"
    case .atEnd: "at_end"
    case .metric: "metric"
    }
  }
}

/// A bound of a metric, exactly as written.
public struct MetricBound: Sendable, Hashable {
  /// How the metric is compared with the bound.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
  }

  /// How the metric is compared with the bound.
  public let comparison: Comparison
  /// The bound.
  public let value: MetricValue

  /// A bound; a count or a ratio may be compared with either, a duration with a duration alone.
  public init(_ comparison: Comparison, _ value: MetricValue) {
    self.comparison = comparison
    self.value = value
  }
}

/// When an assertion is judged: each window on its own.
///
/// A window has the states after its opening event up to that before its closing event. An instant
/// is an event before all others of that instant: the state that is there then is the first of a
/// window that it opens.
public enum AssertionScope: Sendable {
  /// The whole run.
  case run
  /// While a fault acts, by its place in the plan.
  case during(fault: Int)
  /// From the first time of a point to the end.
  case after(Point)
  /// From the start to the first time of a point, or to the end.
  case before(Point)
  /// From each time of the first point to the next time of the second, or to the end.
  case between(Point, Point)
}

/// A point of a run that may come any number of times.
public enum Point: Sendable {
  /// A fault begins to act, by its place in the plan.
  case faultStart(Int)
  /// A fault ceases to act, by its place in the plan.
  case faultEnd(Int)
  /// A workload makes its first call, by its place in the plan.
  case workloadStart(Int)
  /// The last of a workload's calls ends, by its place in the plan; its ``Workload/callCount(nodes:)``
  /// is known.
  case workloadEnd(Int)
  /// An instant.
  case instant(Instant)
  /// Something happens to a message; `nth` counts from the start of the run.
  case message(MessageEvent)
  /// A condition becomes true, or is true at the start.
  case condition(Condition)
}
