public import Diagnostics

/// Why an expression has no value in this state.
public struct EvaluationError: Error, Sendable, Hashable {
  /// The kind of failure, each with its page in ``EvaluationCodes``.
  public enum Kind: Sendable, Hashable, CaseIterable {
    case noSuchOverload, nullAccess, noSuchKey, indexOutOfRange, overflow, divisionByZero
    case conversion, badArgument, stepLimit, sizeLimit, unbound, duplicateKey, unavailable

    /// The numbered page.
    public var code: DiagnosticCode { EvaluationCodes.code(of: self) }
  }

  /// The kind of failure.
  public var kind: Kind
  /// What happened, in one line, without a final full stop.
  public var message: String
  /// Where in the expression, in bytes of its text; the evaluator fills in what a host leaves out.
  public var range: Range<Int>?
  /// What to write instead.
  public var help: String?

  /// Describes a failure.
  public init(_ kind: Kind, _ message: String, range: Range<Int>? = nil, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.range = range
    self.help = help
  }

  /// Whether no `||` or `&&` may pass it over: the evaluation itself must stop.
  var isFatal: Bool { kind == .stepLimit || kind == .sizeLimit }

  /// The same with a place, if it had none.
  func located(at range: Range<Int>) -> EvaluationError {
    var copy = self
    if copy.range == nil { copy.range = range }
    return copy
  }

  /// The failure as a diagnostic; `span` maps a range of the expression's bytes into its file.
  public func diagnostic(_ span: (Range<Int>) -> SourceSpan?) -> Diagnostic {
    Diagnostic(kind.code, message, at: span(range ?? 0..<0), help: help)
  }
}
