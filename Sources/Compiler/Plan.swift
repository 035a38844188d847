public import Analysis
public import ScenarioSyntax
public import SystemModel

/// A scenario resolved and checked: everything that a run and its judgement need.
public struct Plan: Sendable {
  /// What is run and what it is judged by.
  public var judgement: JudgementPlan
  /// What the scenario is about.
  public let summary: String?
  /// The words by which scenarios are chosen.
  public let tags: [String]
  /// The values of the matrix, in the order of its keys; empty without a matrix.
  public let cell: [CellValue]
  /// The parameters that expressions use by name, in the order of the scenario.
  public let namedParameters: [String]
  /// The failure that the scenario was kept for; nil for an ordinary scenario.
  public let capsule: FailureRecord?
  /// The places of the values that were drawn.
  public internal(set) var drawnValues: [Int64] = []
  /// The places of the faults that are not there.
  public internal(set) var leftOut: [Int] = []
  /// The stable keys of the faults that may be there or not.
  var drawnFaults: [UInt64] = []

  /// The name of the scenario.
  public var name: String { judgement.name }
  /// The protocol that runs.
  public var description: ProtocolDescription { judgement.description }
  /// What is run.
  public var system: SystemPlan { judgement.system }

  /// Where all chance comes from.
  public var seed: UInt64 {
    get { judgement.system.seed }
    set { judgement.system.seed = newValue }
  }
}
