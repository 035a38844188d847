/// Every key that ``JSONTranscript`` writes, with the events that have it.
public enum TranscriptFieldCatalog {
  /// A key of a line.
  public struct Entry: Sendable {
    /// The key with its types and meaning.
    public let field: ReportField
    /// The events whose lines have it.
    public let events: [TranscriptEvent]
  }

  /// The keys in the order of writing.
  public static let entries: [Entry] = everywhere + messages + nodes

  private static let all = TranscriptEvent.allCases
  private static let aboutMessages = all.filter(\.isAboutMessage)
  private static let aboutCalls: [TranscriptEvent] = [.callInvoked, .callReached, .callCompleted]
  private static let aboutNodes: [TranscriptEvent] = [
    .crashed, .restarted, .paused, .resumed, .slowed, .unslowed,
  ]

  private static let everywhere: [Entry] = [
    entry("at_ns", .integer, all, "when it happened, in nanoseconds since T0"),
    entry("event", .string, all, "what happened: one of the events of this table"),
    entry("first", .boolean, all, "whether it begins an event, whose consequences follow"),
    entry("reason", .string, [.dropped], "`loss`, `fault`, `cut`, `down` or `crash`"),
    entry("reason", .string, [.ended], "`quiescence`, `time` or `events`"),
    entry(
      "node", .string,
      [.sent, .delivered, .handled, .timer, .handling, .field, .observed] + aboutCalls + aboutNodes,
      "the node at which it happened"),
  ]

  private static let messages: [Entry] = [
    entry("message", .integer, aboutMessages, "the number of the message; that of the copy"),
    entry("kind", .string, aboutMessages, "its kind"),
    entry("from", .string, aboutMessages, "its sender"),
    entry("to", .string, aboutMessages, "its receiver"),
    entry("logical", .boolean, [.sent], "false for further copies of a broadcast"),
    entry(
      "sent_ns", .integer, .null, [.delivered], "when it was sent; null if the trace does not say"),
    entry("original", .integer, [.duplicated], "the message that was copied"),
    entry(
      "fields", .object, aboutMessages.filter { $0 != .duplicated } + [.observed],
      "the declared fields of the message, or the value of the observation"),
  ]

  private static let nodes: [Entry] = [
    entry("timer", .string, [.timer], "the name of the timer"),
    entry("call", .integer, aboutCalls, "the number of the call"),
    entry("name", .string, aboutCalls, "the name of the call"),
    entry("client", .integer, [.callInvoked], "who calls, counted over all workloads"),
    entry("arguments", .object, [.callInvoked, .callReached], "its arguments"),
    entry("outcome", .string, [.callCompleted], "`ok`, `fail` or `info`"),
    entry(
      "value", [.string, .integer, .boolean, .null], [.callCompleted], "what the call returned"),
    entry(
      "fault", .string, .null,
      [.dropped, .held, .released, .delayed, .duplicated, .faultStarted, .faultEnded] + aboutNodes,
      "the fault that did it; null if the link's own law did"),
    entry("targets", .array, [.faultStarted, .faultEnded], "the nodes it is bound to"),
    entry("healedBy", .string, .null, [.faultEnded], "the fault that ended it, if one did"),
    entry("diskKept", .boolean, [.crashed], "whether durable state survives"),
    entry("count", .integer, [.handling], "how many messages the node handles now"),
    entry("field", .string, [.field], "the field that changed"),
    entry(
      "value", [.string, .integer, .boolean, .array, .null], [.field], "its value from now on"),
    entry(
      "was", [.string, .integer, .boolean, .array, .null], [.field],
      "its value before; absent at the start"),
    entry("observation", .string, [.observed], "what the node announced"),
  ]

  private static func entry(
    _ key: String, _ type: ReportField.ValueType, _ events: [TranscriptEvent], _ summary: String
  ) -> Entry {
    entry(key, [type], events, summary)
  }

  private static func entry(
    _ key: String, _ type: ReportField.ValueType, _ other: ReportField.ValueType,
    _ events: [TranscriptEvent], _ summary: String
  ) -> Entry {
    entry(key, [type, other], events, summary)
  }

  private static func entry(
    _ key: String, _ types: [ReportField.ValueType], _ events: [TranscriptEvent],
    _ summary: String
  ) -> Entry {
    Entry(field: ReportField(path: key, types: types, summary: summary), events: events)
  }

  /// The table in Markdown, for the reference.
  public static var markdown: String {
    var text = "| key | value | of events | meaning |\n|---|---|---|---|\n"
    for entry in entries {
      let types = entry.field.types.map(\.rawValue).joined(separator: " or ")
      let events =
        entry.events.count == all.count
        ? "all" : entry.events.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      text += "| `\(entry.field.path)` | \(types) | \(events) | \(entry.field.summary) |\n"
    }
    return text
  }
}
