/// What an evaluation may cost, in counts that are the same on every machine.
public struct EvaluationLimits: Sendable, Hashable {
  /// Steps of one evaluation: an operation, an element visited, 16 bytes of text looked at; more in
  /// the reference.
  public var steps: Int
  /// Elements of one list or entries of one map that an expression builds.
  public var listSize: Int
  /// Bytes of one string that an expression builds.
  public var stringSize: Int
  /// How deep lists and maps that an expression builds may contain each other.
  public var nesting: Int

  /// The default lets a million-event run with ten assertions through.
  public init(
    steps: Int = 1_000_000, listSize: Int = 100_000, stringSize: Int = 1_000_000, nesting: Int = 32
  ) {
    self.steps = steps
    self.listSize = listSize
    self.stringSize = stringSize
    self.nesting = nesting
  }
}

/// The limits of each evaluation together with what is left for the whole run.
///
/// Keep one and pass it to every evaluation: it also owns the memory that evaluations reuse.
public struct EvaluationBudget: Sendable {
  /// The limits of each evaluation.
  public let limits: EvaluationLimits
  /// The steps that all evaluations may still take together.
  public private(set) var stepsLeft: Int
  /// Loop variables, reused from evaluation to evaluation.
  var locals: [Value] = []

  /// What all evaluations of a run may take together unless the caller says otherwise: a thousand
  /// steps for each of ten assertions over a million events.
  public static let defaultRunSteps = 10_000_000_000

  /// Starts a run.
  public init(
    limits: EvaluationLimits = EvaluationLimits(),
    runSteps: Int = EvaluationBudget.defaultRunSteps
  ) {
    self.limits = limits
    stepsLeft = runSteps
  }

  /// Takes what an evaluation has cost off what is left.
  @usableFromInline mutating func spend(_ steps: Int) { stepsLeft -= steps }
}
