import Analysis
import Diagnostics
import SystemModel

/// The report on what matters of a failing scenario, for programs.
///
/// A field without a value is `null`, never absent.
public enum BlameJSON {
  /// The whole report, with a line end behind it.
  public static func text(_ blame: ReportedBlame) -> String {
    let summary = blame.summary
    let report: JSONValue = [
      "schema": .int(JSONReport.schema),
      "semantics": .int(Int64(EngineSemantics.version)),
      "file": .string(blame.file),
      "assertion": .string(summary.fingerprint.assertion),
      "failure": ReplayJSON.value(of: summary.failure),
      "at_ns": .int(summary.instant.nanoseconds),
      "parts": .array(summary.counterfactuals.map(value)),
      "reseedings": .array(summary.reseedings.map(value)),
      "noReturn_ns": summary.noReturn.map { .int($0.nanoseconds) } ?? .null,
      "interrupted": .bool(blame.ending == .interruption),
      "ending": .string(blame.ending.rawValue),
    ]
    return report.text(indented: true) + "\n"
  }

  private static func value(of part: BlameSummary.Counterfactual) -> JSONValue {
    [
      "without": .string(part.what),
      "answer": part.answer.map { .string($0.word) } ?? .null,
      "verdict": part.verdict.map { .string($0.rawValue) } ?? .null,
      "outcome": part.outcome.map { .string($0.rawValue) } ?? .null,
      "difference": part.difference.map(value) ?? .null,
    ]
  }

  private static func value(of difference: BlameSummary.Difference) -> JSONValue {
    [
      "at_ns": .int(difference.at.nanoseconds),
      "before": difference.before.map { .string($0) } ?? .null,
      "after": difference.after.map { .string($0) } ?? .null,
    ]
  }

  private static func value(of row: BlameSummary.Reseeding) -> JSONValue {
    [
      "after_ns": row.after.map { .int($0.nanoseconds) } ?? .null,
      "runs": .int(Int64(row.runs)),
      "same": .int(Int64(row.same)),
      "other": .int(Int64(row.other)),
    ]
  }
}
