public import Diagnostics

/// A mistake found before the run, placed by bytes of the expression's own text.
public struct ExpressionMistake: Error, Sendable, Hashable {
  /// The kind of mistake, one of ``CheckCodes``.
  public var code: DiagnosticCode
  /// What was found, in one line, without a final full stop.
  public var message: String
  /// Where, in bytes of the expression's UTF-8.
  public var range: Range<Int>
  /// What to say right under the carets; may be empty.
  public var label: String
  /// Facts that help to understand.
  public var notes: [String]
  /// What to do: the nearest known word, or the corrected text.
  public var help: String?

  init(
    _ code: DiagnosticCode, _ message: String, at range: Range<Int>, label: String = "",
    notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.range = range
    self.label = label
    self.notes = notes
    self.help = help
  }

  /// The mistake as a diagnostic; `span` maps a range of the expression's bytes into its file.
  public func diagnostic(_ span: (Range<Int>) -> SourceSpan?) -> Diagnostic {
    Diagnostic(code, message, at: span(range), label: label, notes: notes, help: help)
  }
}
