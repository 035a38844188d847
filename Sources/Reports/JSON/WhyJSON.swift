import Analysis
import Diagnostics
import SystemModel

/// How an assertion came to its verdict, as JSON.
enum WhyJSON {
  static func value(_ why: Why) -> JSONValue {
    [
      "states": .int(Int64(why.states)),
      "trueStates": .int(Int64(why.trueStates)),
      "windowsOpened": .int(Int64(why.windowsOpened)),
      "windowsClosed": .int(Int64(why.windowsClosed)),
      "firstOpened_ns": instant(why.firstOpened),
      "lastOpened_ns": instant(why.lastOpened),
      "asked": .int(Int64(why.asked)),
      "answered": .int(Int64(why.answered)),
      "firstAnswer": why.firstAnswer.map(wait) ?? .null,
      "tightest": why.tightest.map(wait) ?? .null,
      "closest": .array(why.closest.map(closest)),
      "readings": .array(why.readings.map(reading)),
      "subjects": why.subjects.map { .int(Int64($0)) } ?? .null,
      "subject": .string(why.subject),
      "facts": .array(why.facts.map { ["name": .string($0.name), "text": .string($0.text)] }),
    ]
  }

  private static func wait(_ wait: Why.Wait) -> JSONValue {
    [
      "since_ns": .int(wait.since.nanoseconds), "came_ns": .int(wait.came.nanoseconds),
      "slack_ns": wait.slack.map { .int($0.nanoseconds) } ?? .null,
    ]
  }

  private static func closest(_ closest: Why.Closest) -> JSONValue {
    [
      "comparison": .string(closest.comparison), "left": .string(closest.left),
      "right": .string(closest.right), "distance": .string(closest.distance),
      "at_ns": .int(closest.at.nanoseconds),
    ]
  }

  private static func reading(_ reading: Why.Reading) -> JSONValue {
    [
      "name": .string(reading.name), "first": .string(reading.first),
      "last": .string(reading.last), "values": .array(reading.values.map { .string($0) }),
      "changes": .int(Int64(reading.changes)),
      "firstChange_ns": instant(reading.firstChange),
      "lastChange_ns": instant(reading.lastChange),
    ]
  }

  private static func instant(_ instant: Instant?) -> JSONValue {
    instant.map { .int($0.nanoseconds) } ?? .null
  }

  /// The fields, below that of an assertion.
  static let fields: [ReportField] = [
    .init("", .object, .null, says: "how it came to its verdict; null unless asked with `--why`"),
    .init(".states", .integer, says: "in how many states it was looked at"),
    .init(".trueStates", .integer, says: "in how many of these its first condition was true"),
    .init(".windowsOpened", .integer, says: "how many windows opened"),
    .init(".windowsClosed", .integer, says: "how many of them closed before the run was over"),
    .init(".firstOpened_ns", .integer, .null, says: "when the first window opened"),
    .init(".lastOpened_ns", .integer, .null, says: "when the last window opened"),
    .init(".asked", .integer, says: "how often something was awaited"),
    .init(".answered", .integer, says: "how often it came in time"),
    .init(".firstAnswer", .object, .null, says: "what came first"),
    .init(".firstAnswer.since_ns", .integer, says: "since when it was awaited"),
    .init(".firstAnswer.came_ns", .integer, says: "when it came"),
    .init(".firstAnswer.slack_ns", .integer, .null, says: "what was left of `within` then"),
    .init(".tightest", .object, .null, says: "what came with the longest wait"),
    .init(".tightest.since_ns", .integer, says: "since when it was awaited"),
    .init(".tightest.came_ns", .integer, says: "when it came"),
    .init(".tightest.slack_ns", .integer, .null, says: "what was left of `within` then"),
    .init(".closest[]", .object, says: "a comparison by which it may fail, at its nearest"),
    .init(".closest[].comparison", .string, says: "the comparison as it is written"),
    .init(".closest[].left", .string, says: "its left side then, as expressions write it"),
    .init(".closest[].right", .string, says: "its right side then"),
    .init(".closest[].distance", .string, says: "how far apart they were; below 0 if it failed"),
    .init(".closest[].at_ns", .integer, says: "when that was first so"),
    .init(".readings[]", .object, says: "a value that was read, such as `node1.role`"),
    .init(".readings[].name", .string, says: "its name"),
    .init(".readings[].first", .string, says: "its first value, as expressions write it"),
    .init(".readings[].last", .string, says: "its last value"),
    .init(".readings[].values[]", .string, says: "its first values, in order; at most 6"),
    .init(".readings[].changes", .integer, says: "how often it changed while it mattered"),
    .init(".readings[].firstChange_ns", .integer, .null, says: "when it first changed"),
    .init(".readings[].lastChange_ns", .integer, .null, says: "when it last changed"),
    .init(".subjects", .integer, .null, says: "how often the subject of an invariant occurred"),
    .init(".subject", .string, says: "what that is; empty for other forms"),
    .init(".facts[]", .object, says: "something else that was counted or measured"),
    .init(
      ".facts[].name", .string, says: "what it says: `it mattered`, `closest`, `held`, `slack`"),
    .init(".facts[].text", .string, says: "for a person"),
  ]
}
