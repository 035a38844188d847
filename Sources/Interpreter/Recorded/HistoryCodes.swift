public import Diagnostics

/// The mistakes that are found in a recorded history.
public enum HistoryCodes {
  /// All of them, in the order of their numbers.
  public static let all: [DiagnosticCode] = [
    .notJSON, .unknownEvent, .unknownHistoryKey, .missingHistoryKey, .historyValue,
    .unknownHistoryName, .timeGoesBack, .callsDoNotMatch, .messagesDoNotMatch, .historyTooLarge,
    .emptyHistory, .contradiction, .historyTooLong,
  ]
}

extension DiagnosticCode {
  static let notJSON = DiagnosticCode(
    "E0601", "a line of a history that is no JSON object",
    explanation: """
      A history has an object of JSON on each line that is not empty: keys and texts in double quotes, \
      each key once, UTF-8.
      """,
    wrong: #"{time: 5, event: invoke}"#,
    right: #"{"time": "5ms", "node": "node1", "event": "invoke", "call": "acquire"}"#)
  static let unknownEvent = DiagnosticCode(
    "E0602", "an unknown event",
    explanation: """
      `event` is a word of the reference's table, such as `invoke`, `ok` or `crashed`, or the name of an \
      observation or a field of the protocol. `type` and `f` of an operation are those of the table of \
      operations.
      """,
    wrong: #"{"time": "5ms", "node": "node1", "event": "enterd"}"#,
    right: #"{"time": "5ms", "node": "node1", "event": "entered"}"#)
  static let unknownHistoryKey = DiagnosticCode(
    "E0603", "an unknown key",
    explanation: "Nothing in a history is read and ignored: each event has its own keys.",
    wrong: #"{"time": "5ms", "node": "node1", "event": "crashed", "because": "power"}"#,
    right: #"{"time": "5ms", "node": "node1", "event": "crashed"}"#)
  static let missingHistoryKey = DiagnosticCode(
    "E0604", "a key is missing",
    explanation: "Every event says when and where it happened, and what its table asks for.",
    wrong: #"{"time": "5ms", "event": "entered"}"#,
    right: #"{"time": "5ms", "node": "node1", "event": "entered"}"#)
  static let historyValue = DiagnosticCode(
    "E0605", "a value of another kind",
    explanation: """
      Times are texts with a unit or whole nanoseconds; words, texts and nodes are texts; an absent \
      value is `null`.
      """,
    wrong: #"{"time": 5.5, "node": "node1", "event": "crashed"}"#,
    right: #"{"time": "5.5ms", "node": "node1", "event": "crashed"}"#)
  static let unknownHistoryName = DiagnosticCode(
    "E0606", "an unknown name",
    explanation: "Nodes, calls, kinds of messages, fields and faults are those of the scenario.",
    wrong: #"{"time": "5ms", "node": "noed1", "event": "crashed"}"#,
    right: #"{"time": "5ms", "node": "node1", "event": "crashed"}"#)
  static let timeGoesBack = DiagnosticCode(
    "E0607", "the time goes back",
    explanation: "Events stand in the order in which they happened; several may share an instant.",
    wrong: """
      {"time": "9ms", "node": "node1", "event": "crashed"}
      {"time": "5ms", "node": "node2", "event": "crashed"}
      """,
    right: """
      {"time": "5ms", "node": "node2", "event": "crashed"}
      {"time": "9ms", "node": "node1", "event": "crashed"}
      """)
  static let callsDoNotMatch = DiagnosticCode(
    "E0608", "an end without a beginning",
    explanation: """
      A client has one open call at a time, and ends it once; so do faults. Calls that never end are \
      `info` when the history ends.
      """,
    wrong: #"{"time": "9ms", "node": "node1", "event": "ok"}"#,
    right: """
      {"time": "5ms", "node": "node1", "event": "invoke", "call": "acquire"}
      {"time": "9ms", "node": "node1", "event": "ok"}
      """)
  static let messagesDoNotMatch = DiagnosticCode(
    "E0609", "a message that was not sent",
    explanation: "What happens to a message happens to one that was sent before, by its number.",
    wrong: """
      {"time": 1, "node": "node2", "event": "delivered", "message": 1, "kind": "ack", "from": "node1"}
      """,
    right: """
      {"time": 0, "node": "node1", "event": "sent", "message": 1, "kind": "ack", "to": "node2"}
      {"time": 1, "node": "node2", "event": "delivered", "message": 1, "kind": "ack", "from": "node1"}
      """)
  static let historyTooLarge = DiagnosticCode(
    "E0610", "a history that is too large",
    explanation: """
      A history has 256 MiB at the most, and a line 64 KiB. Leave out events that no assertion reads.
      """,
    wrong: "a file of 300 MiB", right: "the invocations and ends of calls alone")
  static let emptyHistory = DiagnosticCode(
    "E0611", "a history in which nothing happens",
    explanation: "Without an event there is nothing to judge.",
    wrong: "an empty file", right: #"{"time": 0, "node": "node1", "event": "crashed"}"#)
  static let contradiction = DiagnosticCode(
    "E0612", "a line that contradicts those before it",
    explanation: """
      Some keys say again what is known: `was` the value that a field had, `sent_ns` when a message was \
      sent, `index` the place of an operation. They may be left out, and must be right if they are there: \
      otherwise a line is missing, or they do not come from one history. A field that no line has spoken \
      of has the value with which the protocol starts.
      """,
    wrong: """
      {"time": 0, "node": "node1", "event": "field", "field": "term", "value": 1}
      {"time": 9, "node": "node1", "event": "field", "field": "term", "value": 3, "was": 2}
      """,
    right: """
      {"time": 0, "node": "node1", "event": "field", "field": "term", "value": 2}
      {"time": 9, "node": "node1", "event": "field", "field": "term", "value": 3, "was": 2}
      """)
  static let historyTooLong = DiagnosticCode(
    "E0613", "a time beyond 365 days",
    explanation: """
      Times are counted from the beginning of a history, as those of a run from T0, and like those go up to \
      365 days. Take the time of the first event off all times of a log that counts from another day.
      """,
    wrong: #"{"time": 1767225600000000000, "node": "node1", "event": "crashed"}"#,
    right: #"{"time": 0, "node": "node1", "event": "crashed"}"#)
}

/// A mistake in a history, before it becomes a diagnostic.
struct HistoryMistake: Error {
  let code: DiagnosticCode
  let message: String
  let span: SourceSpan
  var label: (span: SourceSpan, text: String)?
  var help: String?

  init(
    _ code: DiagnosticCode, _ message: String, _ span: SourceSpan,
    label: (span: SourceSpan, text: String)? = nil, help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.help = help
  }

  /// A name that is not among those there are.
  static func unknown(
    _ what: String, _ name: String, _ known: [String], _ span: SourceSpan,
    code: DiagnosticCode = .unknownHistoryName
  ) -> HistoryMistake {
    let names = known.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    let more = known.count > 12 ? ", …" : ""
    let nearest = Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
    return HistoryMistake(
      code, "there is no \(what) `\(VisibleText.brief(name))`", span,
      help: nearest ?? (known.isEmpty ? nil : "there are \(names)\(more)"))
  }

  /// A value of another kind than is wanted.
  static func kind(_ value: LineValue, _ wanted: String) -> HistoryMistake {
    HistoryMistake(.historyValue, "\(value.kind) stands where \(wanted) is wanted", value.span)
  }

  /// The mistake as it is shown.
  var diagnostic: Diagnostic {
    Diagnostic(
      code, message, at: span,
      labels: label.map { [Diagnostic.Label($0.span, $0.text)] } ?? [], help: help)
  }
}
