public import Diagnostics

/// What became of an assertion in a run.
public struct AssertionResult: Sendable, Hashable {
  /// The name in the scenario.
  public var name: String
  /// The word of its form: `always`, `eventually`, `invariant`, `metric`, …
  public var form: String
  /// The judgement, before the scenario's `expect` is looked at.
  public var verdict: Verdict
  /// Where it stands in the scenario.
  public var span: SourceSpan?
  /// Why it is vacuous, inconclusive or an error, or what broke it, in a sentence.
  public var reason: String
  /// Why the scenario accepts that it is vacuous; nil if it does not.
  public var excuse: String?
  /// Whether the scenario expects it to fail.
  public var isExpectedToFail: Bool
  /// What shows the verdict; nil for a pass.
  public var evidence: Evidence?
  /// How often its expressions were evaluated, or its records looked at.
  public var evaluations: Int
  /// How often it had a chance to fail: windows that opened, antecedents that came true, subjects
  /// of an invariant that occurred.
  public var opportunities: Int
  /// The failure of an expression, if the verdict is `error`.
  public var diagnostic: Diagnostic?
  /// What to do about the verdict, where that does not follow from the verdict alone.
  public var help: String?
  /// How it came to its verdict, if that was asked.
  public var why: Why?

  /// Describes what became of an assertion.
  public init(
    name: String, form: String, verdict: Verdict, span: SourceSpan? = nil, reason: String = "",
    excuse: String? = nil, isExpectedToFail: Bool = false, evidence: Evidence? = nil,
    evaluations: Int = 0, opportunities: Int = 0, diagnostic: Diagnostic? = nil,
    help: String? = nil
  ) {
    self.name = name
    self.form = form
    self.verdict = verdict
    self.span = span
    self.reason = reason
    self.excuse = excuse
    self.isExpectedToFail = isExpectedToFail
    self.evidence = evidence
    self.evaluations = evaluations
    self.opportunities = opportunities
    self.diagnostic = diagnostic
    self.help = help
  }

  /// What the assertion contributes to the outcome of the run: a vacuous one that the scenario
  /// accepts counts as pass.
  public var weight: Verdict { verdict == .vacuous && excuse != nil ? .pass : verdict }

  /// What the assertion contributes after the scenario's `expect`: one that is expected to fail
  /// counts as pass if it fails, as error if it could not be evaluated, else as fail.
  public var weightAfterExpectation: Verdict {
    guard isExpectedToFail else { return weight }
    switch verdict {
    case .fail: return .pass
    case .error: return .error
    case .pass, .inconclusive, .vacuous: return .fail
    }
  }
}
