/// How grave a diagnostic is.
public enum Severity: String, Sendable, Hashable {
  /// The scenario cannot be used.
  case error
  /// The scenario can be used, and something in it is probably not meant.
  case warning
}

/// A numbered kind of mistake, with the page that `conclave explain` prints.
///
/// Codes are declared as static members beside the phase that reports them, and each phase lists
/// its own in an `all` array. Numbers: E01xx text and YAML, E02xx shape and values, E03xx names
/// and meaning, E04xx expressions, E05xx evaluation, E06xx files and command line, W07xx lint.
public struct DiagnosticCode: Sendable, Hashable {
  /// `E0123` or `W0701`; never reused for another meaning.
  public let id: String
  /// What is wrong in general, in a few words, without a final full stop.
  public let title: String
  /// What it means and what to do, in Markdown paragraphs.
  public let explanation: String
  /// A small text that has the mistake; YAML unless the page says otherwise.
  public let wrong: String
  /// The same text, mended.
  public let right: String

  /// Declares a code.
  public init(_ id: String, _ title: String, explanation: String, wrong: String, right: String) {
    self.id = id
    self.title = title
    self.explanation = explanation
    self.wrong = wrong
    self.right = right
  }

  /// Two codes are the same if their ids are.
  public static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.id == right.id
  }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A mistake in a scenario, told to its author: what was found, where, and how to mend it.
public struct Diagnostic: Sendable, Hashable {
  /// A further place that matters, with what it has to do with the mistake.
  public struct Label: Sendable, Hashable {
    /// The place.
    public let span: SourceSpan
    /// A few words, such as `first given here`.
    public let text: String

    /// Labels a place.
    public init(_ span: SourceSpan, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// The most characters of a message, label or line of advice.
  static let longestText = 1_000

  /// The kind of mistake.
  public var code: DiagnosticCode
  /// Whether the scenario can still be used.
  public var severity: Severity
  /// What was found, in one line, without a final full stop.
  public var message: String
  /// The place; absent where there is none, as for an empty folder.
  public var span: SourceSpan?
  /// What to say right under the carets; may be empty.
  public var label: String
  /// Further places.
  public var labels: [Label]
  /// Facts that help to understand.
  public var notes: [String]
  /// What to do; the nearest known word or the corrected text.
  public var help: String?

  /// Describes a mistake.
  public init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, label: String = "",
    labels: [Label] = [], notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    severity = code.id.hasPrefix("W") ? .warning : .error
    self.message = Self.bounded(message)
    self.span = span
    self.label = Self.bounded(label)
    self.labels = labels
    self.notes = notes.map(Self.bounded)
    self.help = help.map(Self.bounded)
  }

  /// A text that is no longer than a person reads: names and values in it may come from a hostile
  /// file, and hundreds of mistakes may speak of one of them.
  private static func bounded(_ text: String) -> String {
    VisibleText.brief(text, limit: longestText)
  }
}
