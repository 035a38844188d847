public import SystemModel

/// What of a failing scenario matters for its failure.
public struct BlameSummary: Sendable {
  /// What becomes of the failure if something is taken out of the scenario.
  public struct Counterfactual: Sendable, Hashable {
    /// What is taken out, such as `fault split`.
    public var what: String
    /// What becomes of the failure; nil if the rest is no scenario.
    public var answer: ReplayAnswer?
    /// What becomes of the assertion that was violated; nil if the rest is no scenario.
    public var verdict: Verdict?
    /// What becomes of the run, before `expect`; nil if the rest is no scenario.
    public var outcome: Verdict?
    /// Where the run first differs; nil if it does not.
    public var difference: Difference?

    /// Describes what becomes of the failure.
    public init(
      _ what: String, answer: ReplayAnswer? = nil, verdict: Verdict? = nil,
      outcome: Verdict? = nil, difference: Difference? = nil
    ) {
      self.what = what
      self.answer = answer
      self.verdict = verdict
      self.outcome = outcome
      self.difference = difference
    }
  }

  /// The first event in which a run differs from the one that failed.
  public struct Difference: Sendable, Hashable {
    /// When the earlier of the two differing events happened.
    public var at: Instant
    /// What happened in the run that failed; nil if nothing more did.
    public var before: String?
    /// What happens instead; nil if nothing more does.
    public var after: String?

    /// Describes a difference.
    public init(at: Instant, before: String?, after: String?) {
      self.at = at
      self.before = before
      self.after = after
    }
  }

  /// What became of runs that went on by another chance from an instant on.
  public struct Reseeding: Sendable, Hashable {
    /// Up to which instant, that included, everything was drawn as in the run that failed; nil for
    /// runs that have nothing in common with it.
    public var after: Instant?
    /// How many runs there were.
    public var runs: Int
    /// How many of them failed in the same way.
    public var same: Int
    /// How many failed in another way.
    public var other: Int

    /// Describes some runs.
    public init(after: Instant?, runs: Int, same: Int, other: Int) {
      self.after = after
      self.runs = runs
      self.same = same
      self.other = other
    }
  }

  /// The failure.
  public var failure: FailureRecord
  /// What tells it from others.
  public var fingerprint: Fingerprint
  /// When it was decided.
  public var instant: Instant
  /// What becomes of it without each part, in the order of the scenario.
  public var counterfactuals: [Counterfactual]
  /// How often it comes back from each of some instants on, in their order; empty if nothing
  /// depends on chance.
  public var reseedings: [Reseeding]
  /// The first instant after which the failure came about by any chance that was tried; nil if there
  /// is none before the failure, or if nothing depends on chance.
  public var noReturn: Instant?

  /// Describes what matters.
  public init(
    failure: FailureRecord, fingerprint: Fingerprint, instant: Instant,
    counterfactuals: [Counterfactual], reseedings: [Reseeding], noReturn: Instant?
  ) {
    self.failure = failure
    self.fingerprint = fingerprint
    self.instant = instant
    self.counterfactuals = counterfactuals
    self.reseedings = reseedings
    self.noReturn = noReturn
  }
}
