/// An exact fraction of two whole numbers: a percentage, a factor.
public struct Fraction: Hashable, Sendable {
  /// Above the line; never negative.
  public let numerator: Int64
  /// Below the line; above 0.
  public let denominator: Int64

  /// A fraction, reduced.
  init(_ numerator: Int64, over denominator: Int64) {
    precondition(numerator >= 0 && denominator > 0, "\(numerator)/\(denominator)")
    var (divisor, rest) = (denominator, numerator)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }
}
