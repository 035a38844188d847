/// Every field that ``JSONReport`` writes, in the order of writing.
///
/// All of them are always there; what has no value is `null` or empty. Keys that end in `_ns` are
/// whole nanoseconds of virtual time: instants since T0, or lengths.
public enum JSONFieldCatalog {
  /// The fields of the report; a diagnostic, wherever it stands, has those of ``diagnostic``.
  public static let fields: [ReportField] =
    [
      .init("schema", .integer, says: "the number of this format: 1"),
      .init("semantics", .integer, says: "the version of the engine's semantics"),
      .init(
        "scenarios[]", .object, says: "a scenario, or a cell of its matrix, in order of running"),
    ] + scenario.map(below("scenarios[]."))

  private static let scenario = head + assertions + measured + charts + tail

  private static let head: [ReportField] = [
    .init("name", .string, says: "the name of the scenario; its file's if it could not be read"),
    .init("file", .string, says: "the path of its file, as it was given"),
    .init("description", .string, says: "its description; empty if it has none"),
    .init("tags[]", .string, says: "its tags"),
    .init("cell", .object, says: "the keys of the matrix; empty without one"),
    .init("cell.*", .string, says: "the value of a key, as the scenario writes it"),
    .init("seed", .integer, .null, says: "where all chance comes from; 0 to 2^64 − 1"),
    .init(
      "drawn", .object, .null,
      says: "what the seed has drawn of the scenario by `vary`; null without that section"),
    .init("drawn.values", .object, says: "the parameters that are drawn"),
    .init("drawn.values.*", .string, says: "the value of a parameter, as the scenario writes it"),
    .init("drawn.leftOut[]", .string, says: "a fault that is not there"),
    .init("drawn.order", .string, .null, says: "the strategy by which messages are late"),
    .init("command", .string, says: "the shell command that repeats the run"),
    .init("capsule", .string, .null, says: "the file in which `--capsules` has kept it"),
    .init(
      "verdict", .string, .null,
      says: "`pass`, `fail`, `inconclusive`, `vacuous` or `error`, after `expect`; `error` if the "
        + "scenario was refused; null if it was skipped"),
    .init(
      "outcome", .string, .null, says: "the same before `expect`; null if the scenario did not run"),
    .init("skipped", .string, .null, says: "why it was not run; null unless it was skipped"),
    .init(
      "traceHash", .string, .null, says: "the hash of all that happened, 16 hexadecimal digits"),
    .init("end", .string, .null, says: "why the run ended: `quiescence`, `time` or `events`"),
    .init("duration_ns", .integer, .null, says: "when the run ended"),
    .init("events", .integer, .null, says: "how many events it had"),
    .init("nodes[]", .string, says: "the names of the nodes, in order"),
    .init("groups", .object, says: "the groups of nodes"),
    .init("groups.*[]", .string, says: "a node of the group"),
  ]

  private static let assertions: [ReportField] =
    [
      .init("assertions[]", .object, says: "an assertion, in the order of the scenario"),
      .init("assertions[].name", .string, says: "its name; its expression if it has none"),
      .init("assertions[].form", .string, says: "its form: `always`, `invariant`, `metric`, …"),
      .init("assertions[].verdict", .string, says: "its verdict, before `expect`"),
      .init("assertions[].expected", .string, says: "`fail` if `expect` says so, else `pass`"),
      .init("assertions[].file", .string, .null, says: "the file in which it stands"),
      .init("assertions[].line", .integer, .null, says: "the line in that file, from 1"),
      .init("assertions[].at_ns", .integer, .null, says: "when it was decided; null for a pass"),
      .init("assertions[].reason", .string, says: "why it is no pass, in a sentence"),
      .init("assertions[].excuse", .string, .null, says: "the reason of `may_be_vacuous`"),
      .init("assertions[].evaluations", .integer, says: "how often it was looked at"),
      .init("assertions[].opportunities", .integer, says: "how often it had a chance to fail"),
      .init("assertions[].evidence", .object, .null, says: "what shows the verdict"),
      .init("assertions[].evidence.event", .string, says: "the deciding event in words"),
      .init(
        "assertions[].evidence.opened_ns", .integer, .null,
        says: "when the window that was judged opened; null if the whole run was"),
      .init("assertions[].evidence.readings[]", .object, says: "a value that was read"),
      .init("assertions[].evidence.readings[].name", .string, says: "such as `node1.role`"),
      .init("assertions[].evidence.readings[].value", .string, says: "as expressions write it"),
      .init("assertions[].evidence.faults[]", .string, says: "a fault that was active"),
      .init(
        "assertions[].evidence.faultsSoFar[]", .string, says: "a fault that had fired until then"),
      .init("assertions[].evidence.nodes[]", .string, says: "a node that is involved"),
      .init("assertions[].evidence.messages[]", .object, says: "a message that led to it"),
      .init("assertions[].evidence.messages[].id", .integer, says: "its number in the trace"),
      .init("assertions[].evidence.messages[].text", .string, says: "its kind with its fields"),
      .init("assertions[].evidence.messages[].from", .string, says: "its sender"),
      .init("assertions[].evidence.messages[].to", .string, says: "its receiver"),
      .init(
        "assertions[].evidence.messages[].sent_ns", .integer, .null,
        says: "when it was sent; null if that is too long ago to be known"),
      .init(
        "assertions[].evidence.messages[].seen_ns", .integer, .null,
        says: "when its receiver saw it, or when it was lost; null if it was on its way"),
      .init("assertions[].evidence.messages[].lost", .boolean, says: "whether it was lost"),
      .init(
        "assertions[].evidence.messages[].copy", .boolean,
        says: "whether it is a copy that a fault made"),
      .init(
        "assertions[].evidence.messages[].leftOutBefore", .integer,
        says: "how many messages that led to it as well are left out right before this one"),
      .init("assertions[].diagnostic", .object, .null, says: "why it could not be evaluated"),
    ] + diagnostic.map(below("assertions[].diagnostic."))
    + WhyJSON.fields.map(below("assertions[].why"))

  private static let measured: [ReportField] =
    [
      .init("metrics", .object, says: "the metrics by their dotted names"),
      .init(
        "metrics.*", .integer, .number, .null,
        says: "a count, nanoseconds, or a ratio as a decimal; its unit is in the list of metrics"),
      .init("faults[]", .object, says: "a fault, in the order of the scenario"),
      .init("faults[].name", .string, says: "its name"),
      .init("faults[].verdict", .string, says: "what it makes of the run: `pass` unless idle"),
      .init("faults[].file", .string, .null, says: "the file in which it stands"),
      .init("faults[].line", .integer, .null, says: "the line in that file, from 1"),
      .init("faults[].fired", .integer, says: "how often it fired"),
      .init("faults[].idle", .boolean, says: "whether it touched nothing"),
      .init("faults[].excuse", .string, .null, says: "the reason of `may_be_idle`"),
      .init("faults[].ledger", .object, says: "what it touched"),
      .init("faults[].ledger.dropped", .integer, says: "messages that it lost"),
      .init("faults[].ledger.held", .integer, says: "messages that waited for its end"),
      .init("faults[].ledger.delayed", .integer, says: "messages that it made slower"),
      .init("faults[].ledger.duplicated", .integer, says: "messages that it duplicated"),
      .init(
        "faults[].ledger.nodeTimeLost_ns", .integer,
        says: "how long nodes were down, stood still or were slow because of it, summed up"),
      .init("faults[].ledger.callsTouched", .integer, says: "calls that it made fail or left open"),
      .init("faults[].ledger.repaired", .integer, says: "nodes put right, or faults ended by it"),
      .init("faults[].windows[]", .object, says: "a while in which it acted; at most 1000"),
      .init("faults[].windows[].start_ns", .integer, says: "when it began"),
      .init("faults[].windows[].end_ns", .integer, .null, says: "when it ceased; null: never"),
      .init("faults[].windows[].targets[]", .string, says: "a node that was chosen then"),
      .init("faults[].diagnostic", .object, .null, says: "why its `when` could not be evaluated"),
    ] + diagnostic.map(below("faults[].diagnostic.")) + [
      .init(
        "idleEntries[]", .object,
        says: "an entry of `deliveries` or `timers` that never occurred, in their order"
      ),
      .init("idleEntries[].name", .string, says: "what it is about"),
      .init(
        "idleEntries[].verdict", .string, says: "what it makes of the run: `pass` if accepted"),
      .init("idleEntries[].file", .string, .null, says: "the file in which it stands"),
      .init("idleEntries[].line", .integer, .null, says: "the line in that file, from 1"),
      .init("idleEntries[].excuse", .string, .null, says: "the reason of `may_be_idle`"),
      .init("calls[]", .object, says: "a call, in order of invocation"),
      .init("calls[].id", .integer, says: "its number, from 0"),
      .init("calls[].call", .string, says: "the word in the scenario, such as `acquire`"),
      .init("calls[].node", .string, says: "the node that was called"),
      .init("calls[].arguments", .object, says: "its arguments"),
      .init("calls[].arguments.*", .string, says: "a value as expressions write it"),
      .init("calls[].invoked_ns", .integer, says: "when the client called"),
      .init("calls[].completed_ns", .integer, .null, says: "when it ended; null if it did not"),
      .init("calls[].outcome", .string, says: "`ok`, `fail`, `info` or `pending`"),
      .init("calls[].value", .string, .null, says: "what it returned, as expressions write it"),
      .init("callsLeftOut", .integer, says: "calls beyond the first 10,000"),
    ]

  private static let charts: [ReportField] = [
    .init("timeline[]", .object, says: "what a node did; a node without bars is absent"),
    .init("timeline[].node", .string, says: "the node"),
    .init("timeline[].bars[]", .object, says: "something it did for a while, in order of start"),
    .init(
      "timeline[].bars[].activity", .string,
      says: "`handling`, `working`, `waiting`, `inside`, `candidate`, `leading`, `down` or `paused`"
    ),
    .init("timeline[].bars[].start_ns", .integer, says: "when it began"),
    .init("timeline[].bars[].end_ns", .integer, says: "when it ceased; the end of the run if open"),
    .init("timeline[].bars[].open", .boolean, says: "whether it went on when the run ended"),
    .init("series[]", .object, says: "a value that changed in steps, such as a barrier's counter"),
    .init("series[].name", .string, says: "what changed"),
    .init("series[].limit", .integer, .null, says: "the most that it can reach"),
    .init("series[].steps[]", .object, says: "a change, in order of time"),
    .init("series[].steps[].at_ns", .integer, says: "when it changed"),
    .init("series[].steps[].value", .integer, says: "the value from then on"),
  ]

  private static let tail: [ReportField] =
    [
      .init(
        "remarks[]", .string,
        says: "what else is to be said: idle faults, workloads that never called"),
      .init("diagnostics[]", .object, says: "why the scenario was refused, or a warning about it"),
    ] + diagnostic.map(below("diagnostics[].")) + [
      .init("diagnosticsLeftOut", .integer, says: "diagnostics beyond the first 1000")
    ]

  /// The fields of a diagnostic.
  public static let diagnostic: [ReportField] =
    [
      .init("code", .string, says: "its code, such as `E0123`, which `conclave explain` explains"),
      .init("severity", .string, says: "`error` or `warning`"),
      .init("message", .string, says: "what was found"),
    ] + place + [
      .init("label", .string, says: "what is said at the place"),
      .init("labels[]", .object, says: "a further place that matters"),
    ] + labelPlace.map(below("labels[].")) + [
      .init("labels[].text", .string, says: "what it has to do with the mistake"),
      .init("notes[]", .string, says: "a fact that helps to understand"),
      .init("help", .string, .null, says: "what to do"),
    ]

  /// Where a label is; it always has a place.
  private static let labelPlace = place.map { field in
    ReportField(
      path: field.path, types: field.types.filter { $0 != .null }, summary: field.summary)
  }

  private static let place: [ReportField] = [
    .init("file", .string, .null, says: "the file of the place"),
    .init("line", .integer, .null, says: "the line, from 1"),
    .init("column", .integer, .null, says: "the column in characters, from 1"),
    .init("endLine", .integer, .null, says: "the line in which the place ends"),
    .init("endColumn", .integer, .null, says: "the column behind its last character"),
  ]

  private static func below(_ prefix: String) -> (ReportField) -> ReportField {
    { ReportField(path: prefix + $0.path, types: $0.types, summary: $0.summary) }
  }
}
