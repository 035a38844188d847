public import SystemModel

/// What is kept of a failing run, so that a later one can be compared with it.
public struct FailureRecord: Sendable, Hashable {
  /// The version of the tool that made the run.
  public var tool: String
  /// The version of its engine's semantics.
  public var semantics: Int
  /// Where all chance came from.
  public var seed: UInt64
  /// How the run ended, before `expect`: `fail` or `error`.
  public var outcome: Verdict
  /// The assertions that failed or could not be evaluated, in the order of the scenario.
  public var violated: [String]
  /// What tells the failure from others; see ``Fingerprint/hash``.
  public var fingerprint: UInt64
  /// The hash of all that happened.
  public var traceHash: UInt64

  /// A record.
  public init(
    tool: String, semantics: Int, seed: UInt64, outcome: Verdict, violated: [String],
    fingerprint: UInt64, traceHash: UInt64
  ) {
    self.tool = tool
    self.semantics = semantics
    self.seed = seed
    self.outcome = outcome
    self.violated = violated
    self.fingerprint = fingerprint
    self.traceHash = traceHash
  }

  /// The record of a run that this tool made; nil for one that does not fail. A `sometimes` that the
  /// run does not reach counts.
  public init?(_ result: RunResult, _ description: ProtocolDescription, tool: String) {
    guard
      let fingerprint = Fingerprint(result, description)
        ?? Fingerprint(result, description, countingSometimes: true)
    else { return nil }
    self.init(
      tool: tool, semantics: EngineSemantics.version, seed: result.seed, outcome: result.outcome,
      violated: result.assertions.filter { $0.verdict >= .fail }.map(\.name),
      fingerprint: fingerprint.hash, traceHash: result.traceHash)
  }
}

/// What a run says of the failure of an earlier one.
///
/// The cases stand in the order of how far they are from it, the nearest first.
public enum ReplayAnswer: String, Sendable, Hashable, CaseIterable {
  /// All is as it was.
  case sameTrace = "same failure, same trace"
  /// The same assertion fails in the same way, and the way to it is another.
  case sameFailure = "same failure, different trace"
  /// Something else fails.
  case otherFailure = "another failure"
  /// Nothing fails.
  case noFailure = "no longer fails"

  /// Compares a failure with what a later run found, nil if that did not fail.
  ///
  /// A failure is the same if its outcome and its fingerprint are. Where even the trace is the same,
  /// all that was violated must be, since nothing but the judgement can differ.
  public init(_ recorded: FailureRecord, _ found: FailureRecord?) {
    guard let found else {
      self = .noFailure
      return
    }
    let isSame =
      recorded.fingerprint == found.fingerprint && recorded.outcome == found.outcome
    if recorded.traceHash == found.traceHash {
      self = isSame && recorded.violated == found.violated ? .sameTrace : .otherFailure
    } else {
      self = isSame ? .sameFailure : .otherFailure
    }
  }
}

/// What became of a failure when it was replayed.
public struct ReplayResult: Sendable {
  /// The failure that the capsule has kept.
  public let recorded: FailureRecord
  /// The failure that was found; nil if there was none.
  public let found: FailureRecord?
  /// All that is known of the run.
  public let result: RunResult
  /// The version of the tool that made it.
  public let tool: String

  /// Compares a run that a tool made with the failure that a capsule has kept.
  public init(
    _ recorded: FailureRecord, _ result: RunResult, _ description: ProtocolDescription,
    tool: String
  ) {
    self.recorded = recorded
    found = FailureRecord(result, description, tool: tool)
    self.result = result
    self.tool = tool
  }

  /// Whether another tool, or another engine, has kept the failure.
  public var isFromElsewhere: Bool {
    recorded.tool != tool || recorded.semantics != EngineSemantics.version
  }

  /// What that means.
  public var answer: ReplayAnswer { ReplayAnswer(recorded, found) }
}
