import Analysis
import Diagnostics
import SystemModel

/// The report on replayed capsules for programs: `{"schema": 1, "replays": […]}`.
///
/// A field without a value is `null`, never absent.
public enum ReplayJSON {
  /// The whole report, with a line end behind it.
  public static func text(_ replays: [ReportedReplay]) -> String {
    let report: JSONValue = [
      "schema": .int(JSONReport.schema),
      "semantics": .int(Int64(EngineSemantics.version)),
      "replays": .array(replays.map(value)),
    ]
    return report.text(indented: true) + "\n"
  }

  private static func value(of reported: ReportedReplay) -> JSONValue {
    let replay = reported.replay
    return [
      "name": .string(reported.name),
      "file": .string(reported.file),
      "answer": .string(replay.answer.word),
      "tool": .string(replay.tool),
      "recorded": value(of: replay.recorded),
      "found": replay.found.map(value) ?? .null,
      "outcome": .string(replay.result.outcome.rawValue),
      "traceHash": .string(JSONReport.hexadecimal(replay.result.traceHash)),
    ]
  }

  static func value(of failure: FailureRecord) -> JSONValue {
    [
      "tool": .string(failure.tool),
      "semantics": .int(Int64(failure.semantics)),
      "seed": .unsigned(failure.seed),
      "outcome": .string(failure.outcome.rawValue),
      "violated": .array(failure.violated.map { .string($0) }),
      "fingerprint": .string(JSONReport.hexadecimal(failure.fingerprint)),
      "traceHash": .string(JSONReport.hexadecimal(failure.traceHash)),
    ]
  }
}
