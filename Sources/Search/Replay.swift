public import Analysis
public import Interpreter

/// Runs a capsule, and compares what comes of it with what it has kept.
public enum Replay {
  /// What became of the failure; nil if the scenario is no capsule.
  public static func run(_ scenario: CompiledScenario) -> ReplayResult? {
    guard let recorded = scenario.capsule, let cell = scenario.cells.first else { return nil }
    let result = Interpreter.run(cell.plan)
    return ReplayResult(recorded, result, cell.plan.description, tool: Version.text)
  }
}
