import Analysis
import Interpreter
import SystemModel

/// The proof that nothing in a run depends on its seed, as far as some others show.
enum OtherSeeds {
  /// How many others have to give the same.
  private static let count: UInt64 = 3

  /// Seeds that have little in common with one.
  static func of(_ seed: UInt64) -> [UInt64] {
    (1...count).map { seed &+ $0 &* 0x9E37_79B9_7F4A_7C15 }
  }

  /// Whether runs with other seeds leave the same trace as one of a plan.
  static func giveTheSame(_ plan: JudgementPlan, as result: RunResult) -> Bool {
    of(result.seed).allSatisfy { seed in
      var other = plan
      other.system.seed = seed
      return Interpreter.run(other).traceHash == result.traceHash
    }
  }
}
