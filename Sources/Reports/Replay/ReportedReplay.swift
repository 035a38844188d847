public import Analysis
public import Diagnostics

/// A capsule that was replayed, with all that a report says besides.
public struct ReportedReplay: Sendable {
  /// The path of the capsule, as its user gave it.
  public var file: String
  /// The name of the scenario.
  public var name: String
  /// The texts that the spans of the result point into.
  public var sources: SourceMap
  /// What became of the failure.
  public var replay: ReplayResult

  /// Describes a replay.
  public init(file: String, name: String, sources: SourceMap, replay: ReplayResult) {
    self.file = file
    self.name = name
    self.sources = sources
    self.replay = replay
  }

  /// The run as other reports show it.
  var run: ReportedRun {
    ReportedRun(
      file: file, name: name, seed: replay.recorded.seed,
      command: RepeatCommand(replayOf: file), sources: sources, ending: .judged(replay.result))
  }
}

extension ReplayAnswer {
  /// The word in reports for programs.
  public var word: String {
    switch self {
    case .sameTrace: "same-trace"
    case .sameFailure: "same-failure"
    case .otherFailure: "other-failure"
    case .noFailure: "no-failure"
    }
  }
}
