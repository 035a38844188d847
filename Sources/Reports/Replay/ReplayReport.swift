import Analysis
import Diagnostics
import SystemModel

/// The report on replayed capsules for people: an answer for each, and what differs.
public struct ReplayReport: Sendable {
  private let width: Int
  private let paint: Paint

  /// A report; whether it is verbose plays no part.
  public init(_ options: TerminalReport.Options = .init()) {
    width = max(80, options.width)
    paint = Paint(isOn: options.colour)
  }

  /// The whole report; its lines end with line ends.
  public func text(_ replays: [ReportedReplay]) -> String {
    replays.map(block).joined(separator: [""]).map { $0 + "\n" }.joined()
  }

  private func block(_ reported: ReportedReplay) -> [String] {
    let replay = reported.replay
    let answer = paint(replay.answer.part, "\(replay.answer.sign) \(replay.answer.rawValue)")
    let file = FittedText.cut(reported.file, to: width - replay.answer.rawValue.count - 6)
    var lines = ["\(answer)  \(paint(.emphasis, file))"]
    var fields = FieldList(width: width, nameWidth: 13, paint: paint)
    for row in rows(replay) { fields.add(row.name, row.text) }
    lines += fields.lines
    guard replay.answer != .sameTrace else { return lines }
    let findings = Findings(reported.run, width: width, paint: paint, withExpected: true).lines
    return lines + (findings.isEmpty ? [] : [""] + findings)
  }

  /// The assertions that were violated, and those that are now where that differs. A fault whose
  /// condition failed is not named in a capsule, but known to be the same if its failure is.
  private static func violated(_ replay: ReplayResult) -> String {
    let faults = replay.result.faults.filter { $0.verdict == .error }.map { "fault \($0.name)" }
    let now = replay.found.map { found in
      (found.violated.isEmpty ? Array(faults.prefix(1)) : found.violated).joined(separator: ", ")
    }
    let isSame = replay.recorded.fingerprint == replay.found?.fingerprint
    var before = replay.recorded.violated.joined(separator: ", ")
    if before.isEmpty { before = isSame ? now ?? "" : "the condition of a fault" }
    return before == now ? before : "\(before) → \(now ?? "nothing")"
  }

  /// What was kept, and what it is now where that differs.
  private func rows(_ replay: ReplayResult) -> [(name: String, text: String)] {
    let (recorded, found) = (replay.recorded, replay.found)
    var rows = [("seed", "\(recorded.seed)")]
    func add(_ name: String, _ value: (FailureRecord) -> String) {
      let (before, now) = (value(recorded), found.map(value) ?? "nothing")
      rows.append((name, before == now ? before : "\(before) → \(now)"))
    }
    rows.append(("violated", Self.violated(replay)))
    add("fingerprint") { JSONReport.hexadecimal($0.fingerprint) }
    let (before, now) = (recorded.traceHash, replay.result.traceHash)
    let hashes = [before, now].map(JSONReport.hexadecimal)
    rows.append(("trace hash", before == now ? hashes[0] : hashes.joined(separator: " → ")))
    if replay.isFromElsewhere {
      rows.append(("kept by", "conclave \(recorded.tool), engine semantics \(recorded.semantics)"))
      rows.append(
        ("run by", "conclave \(replay.tool), engine semantics \(EngineSemantics.version)"))
    }
    if recorded.outcome != replay.result.outcome {
      let words = [recorded.outcome.rawValue, replay.result.outcome.rawValue]
      rows.append(("outcome", words.joined(separator: " → ")))
    }
    return rows
  }
}

extension ReplayAnswer {
  fileprivate var sign: String {
    switch self {
    case .sameTrace: "="
    case .sameFailure: "≈"
    case .otherFailure: "≠"
    case .noFailure: "–"
    }
  }

  fileprivate var part: Paint.Part {
    switch self {
    case .sameTrace: .success
    case .sameFailure: .warning
    case .otherFailure, .noFailure: .error
    }
  }
}
