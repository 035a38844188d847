public import Diagnostics

/// A seed that draws values with which a scenario has a mistake.
///
/// It shows in the run of that seed alone, since what is checked beforehand is a part of all draws.
public struct RefusedDraw: Error, Sendable, Hashable {
  /// The seed.
  public let seed: UInt64
  /// What is wrong.
  public let diagnostics: [Diagnostic]

  /// A seed with what is wrong.
  public init(seed: UInt64, diagnostics: [Diagnostic]) {
    self.seed = seed
    self.diagnostics = diagnostics
  }
}
