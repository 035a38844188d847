import Analysis
import Diagnostics
import SystemModel

/// The report on a scenario that was made smaller, for programs.
///
/// A field without a value is `null`, never absent.
public enum ShrinkJSON {
  /// The whole report, with a line end behind it.
  public static func text(_ shrink: ReportedShrink) -> String {
    let summary = shrink.summary
    let report: JSONValue = [
      "schema": .int(JSONReport.schema),
      "semantics": .int(Int64(EngineSemantics.version)),
      "file": .string(shrink.file),
      "output": shrink.output.map { .string($0) } ?? .null,
      "assertion": .string(summary.fingerprint.assertion),
      "fingerprint": .string(summary.fingerprint.code),
      "before": ReplayJSON.value(of: summary.before),
      "after": ReplayJSON.value(of: summary.after),
      "changes": .array(summary.changes.map(value)),
      "runs": .int(Int64(summary.runs)),
      "ending": .string(summary.ending.rawValue),
      "withoutChance": .bool(summary.isWithoutChance),
      "proven": .bool(summary.isProven),
    ]
    return report.text(indented: true) + "\n"
  }

  private static func value(of change: ShrinkSummary.Change) -> JSONValue {
    [
      "what": .string(change.what),
      "unit": change.isTime ? "ns" : "count",
      "before": .int(change.before),
      "after": .int(change.after),
    ]
  }
}
