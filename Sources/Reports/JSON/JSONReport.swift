import Analysis
public import Diagnostics
import SystemModel
import SystemModel

/// The report for programs: `{"schema": 1, "semantics": 1, "scenarios": […]}`, the same bytes for the same runs.
///
/// Every field is described in ``JSONFieldCatalog``; a field without a value is `null`, never
/// absent. All times are whole nanoseconds of virtual time.
public enum JSONReport {
  /// The number of the format; it grows when a field changes its meaning or is given up.
  public static let schema: Int64 = 1

  /// Writes the report, scenario by scenario, with a line end behind it.
  public static func write(_ runs: [ReportedRun], to output: inout some TextOutputStream) {
    let semantics = EngineSemantics.version
    output.write(
      "{\n  \"schema\": \(schema),\n  \"semantics\": \(semantics),\n  \"scenarios\": [")
    for (place, run) in runs.enumerated() {
      output.write(place == 0 ? "\n    " : ",\n    ")
      value(of: run).write(to: &output, indented: true, depth: 2)
    }
    output.write(runs.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }

  /// The whole report.
  public static func text(_ runs: [ReportedRun]) -> String {
    var text = ""
    write(runs, to: &text)
    return text
  }

  /// One element of `scenarios`.
  public static func value(of run: ReportedRun) -> JSONValue {
    let result = run.result
    var members: [JSONValue.Member] = [
      .init("name", .string(run.name)),
      .init("file", .string(run.file)),
      .init("description", .string(run.description)),
      .init("tags", .array(run.tags.map { .string($0) })),
      .init("cell", .object(run.cell.map { .init($0.name, .string($0.value)) })),
      .init("seed", run.seed.map { .unsigned($0) } ?? .null),
      .init("drawn", value(of: result?.drawn)),
      .init("command", .string(run.command.text)),
      .init("capsule", run.capsule.map { .string($0) } ?? .null),
      .init("verdict", verdict(of: run)),
      .init("outcome", result.map { .string($0.outcome.rawValue) } ?? .null),
      .init("skipped", skipped(run)),
      .init("traceHash", result.map { .string(hexadecimal($0.traceHash)) } ?? .null),
      .init("end", result.map { .string($0.end.name) } ?? .null),
      .init("duration_ns", result.map { .int($0.endedAt.nanoseconds) } ?? .null),
      .init("events", result.map { .int(Int64($0.events)) } ?? .null),
    ]
    members += RunJSON(run).members
    members.append(.init("diagnostics", DiagnosticRenderer.json(run.diagnostics, run.sources)))
    members.append(.init("diagnosticsLeftOut", .int(Int64(run.diagnostics.overflow))))
    return .object(members)
  }

  /// What a seed has drawn of a scenario.
  static func value(of drawn: DrawnConfiguration?) -> JSONValue {
    guard let drawn else { return .null }
    return [
      "values": .object(drawn.values.map { .init($0.name, .string($0.text)) }),
      "leftOut": .array((drawn.leftOut ?? []).map { .string($0) }),
      "order": drawn.order.map { .string($0) } ?? .null,
    ]
  }

  /// A scenario that was refused counts as an error; one that was skipped has no verdict.
  private static func verdict(of run: ReportedRun) -> JSONValue {
    switch run.ending {
    case .judged(let result): .string(result.verdict.rawValue)
    case .refused: .string(Verdict.error.rawValue)
    case .skipped: .null
    }
  }

  private static func skipped(_ run: ReportedRun) -> JSONValue {
    if case .skipped(let reason) = run.ending { return .string(reason) }
    return .null
  }

  /// A hash as 16 hexadecimal digits.
  static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
