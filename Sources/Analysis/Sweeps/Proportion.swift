/// A share of many runs, and how much it says of all runs that could be made.
public struct Proportion: Sendable, Hashable {
  /// How many of the runs have it.
  public let count: Int
  /// How many runs there were.
  public let total: Int

  /// `count` of `total` runs.
  public init(_ count: Int, of total: Int) {
    precondition(0...total ~= count, "\(count) of \(total)")
    self.count = count
    self.total = total
  }

  /// The share, from 0 to 1; nil without runs.
  public var share: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// Where the share of all possible seeds lies with a confidence of 95 %, if seeds are a fair
  /// sample of chance: Wilson's interval of the score (1927), which holds near 0 and 1 and for few
  /// runs as well. Nil without runs.
  public var interval95: (low: Double, high: Double)? {
    guard let share else { return nil }
    // The 97.5 % quantile of the standard normal distribution.
    let deviation = 1.959_963_984_540_054
    let runs = Double(total)
    let square = deviation * deviation / runs
    let middle = (share + square / 2) / (1 + square)
    let variance = (share * (1 - share) + square / 4) / runs
    let reach = deviation * variance.squareRoot() / (1 + square)
    // At the ends the interval ends there exactly; rounding must not move it.
    let low = count == 0 ? 0 : max(0, middle - reach)
    let high = count == total ? 1 : min(1, middle + reach)
    return (low, high)
  }
}
