import Analysis
import Diagnostics
import SystemModel

/// The report on a sweep for programs: `{"schema": 1, "semantics": 1, "sweep": {…}}`, the same bytes for the same
/// runs.
///
/// A field without a value is `null`, never absent. All times are whole nanoseconds of virtual
/// time; the mean of counts and ratios is a number with a fraction.
public enum SweepJSON {
  /// The number of the format; it grows when a field changes its meaning or is given up.
  public static let schema: Int64 = 1

  /// The whole report.
  public static func text(_ sweep: ReportedSweep) -> String {
    let report: JSONValue = [
      "schema": .int(schema),
      "semantics": .int(Int64(EngineSemantics.version)),
      "sweep": value(of: sweep),
    ]
    return report.text(indented: true) + "\n"
  }

  private static func value(of sweep: ReportedSweep) -> JSONValue {
    let result = sweep.result
    return [
      "name": .string(result.name),
      "file": .string(sweep.file),
      "description": .string(sweep.description),
      "firstSeed": .unsigned(result.asked.lowerBound),
      "lastSeed": result.last.map { .unsigned($0) } ?? .null,
      "ending": .string(word(result.ending)),
      "verdict": .string(result.verdict.rawValue),
      "runs": .int(Int64(result.runs)),
      "passRate": rate(sweep.rate),
      "cells": .array(result.cells.indices.map { cell($0, of: sweep) }),
      "failures": .array(
        zip(result.failures, sweep.capsules).map { found, capsule in
          failure(found, capsule, of: sweep)
        }),
      "undecided": .array(result.undecided.map { undecided($0, of: sweep) }),
      "baseline": sweep.comparison.map(baseline) ?? .null,
    ]
  }

  /// Why the sweep ended; `seeds` if all have run.
  static func word(_ ending: SweepResult.Ending) -> String {
    switch ending {
    case .complete: "seeds"
    case .failures: "failures"
    case .time: "time"
    case .interruption: "interruption"
    case .refusal: "refusal"
    }
  }

  private static func rate(_ rate: ReportedRate) -> JSONValue {
    let interval = rate.interval
    return [
      "share": rate.share.share.map { .double($0) } ?? .null,
      "low95": interval.map { .double($0.low) } ?? .null,
      "high95": interval.map { .double($0.high) } ?? .null,
      "noInterval": rate.reason.map { .string($0) } ?? .null,
    ]
  }

  private static func cell(_ place: Int, of sweep: ReportedSweep) -> JSONValue {
    let cell = sweep.result.cells[place]
    return [
      "cell": .object(sweep.cells[place].map { .init($0.name, .string($0.value)) }),
      "verdict": .string(cell.verdict.rawValue),
      "runs": .int(Int64(cell.runs)),
      "passRate": rate(sweep.rate(ofCell: place)),
      "outcomes": .object(
        Verdict.allCases.map { .init($0.rawValue, .int(Int64(cell.verdicts[$0]))) }),
      "traces": traces(cell.traces),
      "metrics": .object(cell.metrics.map { .init($0.name, metric($0)) }),
      "sometimes": .array(cell.sometimes.map { sometimes($0, sweep) }),
    ]
  }

  private static func traces(_ traces: TraceCount) -> JSONValue {
    ["different": .int(Int64(traces.count)), "hasMore": .bool(traces.hasMore)]
  }

  private static func metric(_ metric: MetricDistribution) -> JSONValue {
    [
      "unit": .string(metric.unit.rawValue),
      "count": .int(Int64(metric.count)),
      "missing": .int(Int64(metric.missing)),
      "mean": number(metric.mean),
      "p50": number(metric.percentiles?.p50),
      "p90": number(metric.percentiles?.p90),
      "p99": number(metric.percentiles?.p99),
      "least": number(metric.least?.value),
      "leastSeed": metric.least.map { .unsigned($0.seed) } ?? .null,
      "greatest": number(metric.greatest?.value),
      "greatestSeed": metric.greatest.map { .unsigned($0.seed) } ?? .null,
      "step": .int(metric.step),
    ]
  }

  private static func number(_ value: MetricValue?) -> JSONValue {
    switch value {
    case .count(let number), .duration(let number): .int(number)
    case .ratio(let share): .double(share)
    case nil: .null
    }
  }

  private static func sometimes(_ found: SometimesResult, _ sweep: ReportedSweep) -> JSONValue {
    .object(
      [
        .init("name", .string(found.name)), .init("verdict", .string(found.verdict.rawValue)),
        .init("reached", .int(Int64(found.reached))), .init("runs", .int(Int64(found.runs))),
      ] + place(found.span, sweep))
  }

  private static func failure(
    _ failure: SweepFailure, _ capsule: String?, of sweep: ReportedSweep
  ) -> JSONValue {
    let fingerprint = failure.fingerprint
    let assertion = failure.result.assertion(fingerprint.assertion)
    return .object(
      [
        .init("fingerprint", .string(fingerprint.code)),
        .init("assertion", .string(fingerprint.assertion)),
        .init("verdict", .string(fingerprint.verdict.rawValue)),
        .init("state", .array(fingerprint.state.map { .string($0) })),
      ] + place(assertion?.span, sweep) + [
        .init("reason", assertion.map { .string($0.reason) } ?? .null),
        .init("at_ns", assertion?.evidence.map { .int($0.at.nanoseconds) } ?? .null),
        .init("runs", .int(Int64(failure.count))),
        .init(
          "cell", .object(sweep.cells[failure.cell].map { .init($0.name, .string($0.value)) })),
        .init("seeds", .array(failure.seeds.map { .unsigned($0) })),
        .init("drawn", JSONReport.value(of: failure.result.drawn)),
        .init("traceHash", .string(JSONReport.hexadecimal(failure.result.traceHash))),
        .init("command", .string(sweep.run(failure).command.text)),
        .init("capsule", capsule.map { .string($0) } ?? .null),
      ])
  }

  private static func undecided(_ found: SweepUndecided, of sweep: ReportedSweep) -> JSONValue {
    .object(
      [
        .init("subject", .string(found.subject.rawValue)), .init("name", .string(found.name)),
        .init("verdict", .string(found.verdict.rawValue)),
      ] + place(found.span, sweep) + [
        .init("reason", .string(found.reason)), .init("runs", .int(Int64(found.count))),
        .init("cell", .object(sweep.cells[found.cell].map { .init($0.name, .string($0.value)) })),
        .init("seed", .unsigned(found.seed)),
        .init("drawn", JSONReport.value(of: found.drawn)),
        .init("command", .string(sweep.command(cell: found.cell, seed: found.seed).text)),
      ])
  }

  private static func baseline(_ reported: ReportedComparison) -> JSONValue {
    let comparison = reported.comparison
    return [
      "file": .string(reported.file),
      "tolerance": .double(comparison.tolerance.share),
      "regression": .bool(comparison.isRegression),
      "figures": .array(
        comparison.rows.map { row in
          [
            "cell": .string(row.cell),
            "subject": .string(row.subject),
            "statistic": .string(row.statistic.rawValue),
            "before": number(row.before),
            "now": number(row.now),
            "tolerance": row.reach.share.map { .double($0) } ?? .null,
            "toleranceAmount": row.reach.amount.map { .double($0) } ?? .null,
            "finding": .string(row.finding.rawValue),
            "regression": .bool(row.isRegression),
          ]
        }),
    ]
  }

  /// `file` and `line` of what stands in a text.
  private static func place(_ span: SourceSpan?, _ sweep: ReportedSweep) -> [JSONValue.Member] {
    guard let span else { return [.init("file", .null), .init("line", .null)] }
    let file = sweep.sources[span]
    let line = file.position(of: span.start).line
    return [.init("file", .string(file.name)), .init("line", .int(Int64(line)))]
  }
}
