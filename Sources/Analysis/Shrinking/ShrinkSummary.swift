/// What became of a failing scenario that was to be made smaller.
public struct ShrinkSummary: Sendable {
  /// How much there was of something, and how much is left.
  public struct Change: Sendable, Hashable {
    /// What is counted, such as `faults`.
    public var what: String
    /// How much there was.
    public var before: Int64
    /// How much is left.
    public var after: Int64
    /// Whether it is a time in nanoseconds, and not a number.
    public var isTime: Bool

    /// A count, or a time in nanoseconds.
    public init(_ what: String, _ before: Int64, _ after: Int64, isTime: Bool = false) {
      self.what = what
      self.before = before
      self.after = after
      self.isTime = isTime
    }
  }

  /// Why the search ended.
  public enum Ending: String, Sendable, Hashable, CaseIterable {
    /// Nothing single can be left out any more.
    case minimal
    /// The runs that were allowed are over.
    case runs
    /// The time that was given is over.
    case time
    /// Somebody interrupted it.
    case interruption
  }

  /// The failure in the scenario as it was.
  public var before: FailureRecord
  /// The failure in the smaller scenario.
  public var after: FailureRecord
  /// What tells the failure from others.
  public var fingerprint: Fingerprint
  /// What there was and what is left.
  public var changes: [Change]
  /// How many candidates were tried.
  public var runs: Int
  /// Why the search ended.
  public var ending: Ending
  /// Whether nothing in the smaller scenario is left to chance, as far as other seeds show.
  public var isWithoutChance: Bool
  /// Whether two runs of the smaller scenario did and found the same.
  public var isProven: Bool

  /// Describes what became of a scenario.
  public init(
    before: FailureRecord, after: FailureRecord, fingerprint: Fingerprint, changes: [Change],
    runs: Int, ending: Ending, isWithoutChance: Bool, isProven: Bool
  ) {
    self.before = before
    self.after = after
    self.fingerprint = fingerprint
    self.changes = changes
    self.runs = runs
    self.ending = ending
    self.isWithoutChance = isWithoutChance
    self.isProven = isProven
  }
}
