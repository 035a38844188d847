/// How a length of time is drawn; never negative.
public enum Law: Hashable, Sendable {
  /// Always the same; takes no draw.
  case constant(Duration)
  /// Every nanosecond from `low` to `high`, both included, alike. One draw.
  case uniform(low: Duration, high: Duration)
  /// A bell curve with a mean and a standard deviation, cut off at 0. One draw.
  case normal(mean: Duration, deviation: Duration)
  /// `minimum` plus an exponential part, so that the whole has the given mean. One draw.
  case exponential(mean: Duration, minimum: Duration)
  /// A normal distribution of the logarithm, given by the median, above 0, and the 99th percentile,
  /// above the median. One draw.
  case lognormal(median: Duration, p99: Duration)
  /// Nothing below `minimum`, above 0, and a tail that falls like a power: the share of times above x
  /// is (minimum / x)^α, with the α = mean / (mean − minimum) that gives the mean. One draw.
  case pareto(mean: Duration, minimum: Duration)

  /// The longest time that is drawn, some 36 years: sums of a few stay representable.
  public static let longest = Duration(nanoseconds: 1 << 60)

  /// Draws a length of time in nanoseconds, 0 ... ``longest``.
  public func draw(_ random: inout RandomSource) -> Int64 {
    switch self {
    case .constant(let span): return Law.bounded(span.nanoseconds)
    case .uniform(let low, let high):
      return Law.bounded(random.between(low.nanoseconds, high.nanoseconds))
    case .normal(let mean, let deviation):
      let value =
        Double(mean.nanoseconds) + Double(deviation.nanoseconds) * Law.standardNormal(random.unit())
      return Law.bounded(Int64(max(0, min(value, 4.0e18))))
    case .exponential(let mean, let minimum):
      let rest = Double((mean - minimum).nanoseconds) * -Law.logarithm(1 - random.unit())
      return Law.bounded(Law.bounded(minimum.nanoseconds) + Int64(max(0, min(rest, 4.0e18))))
    case .lognormal(let median, let p99):
      let power = Law.deviation(median, p99) * Law.standardNormal(random.unit())
      return Law.stretched(median, Law.exponential(of: power))
    case .pareto(let mean, let minimum):
      let share = Double((mean - minimum).nanoseconds) / Double(mean.nanoseconds)
      let power = share * -Law.logarithm(1 - random.unit())
      return Law.stretched(minimum, Law.exponential(of: power))
    }
  }

  private static func stretched(_ span: Duration, _ factor: Double) -> Int64 {
    bounded(Int64(max(0, min(Double(span.nanoseconds) * factor, 4.0e18))))
  }

  /// The standard deviation of the logarithm of a law with a median and a 99th percentile.
  private static func deviation(_ median: Duration, _ p99: Duration) -> Double {
    logarithm(Double(p99.nanoseconds) / Double(median.nanoseconds)) / 2.3263478740408408
  }

  private static func bounded(_ span: Int64) -> Int64 {
    max(0, min(span, longest.nanoseconds))
  }

  /// The one value of a constant law.
  public var constantValue: Duration? {
    if case .constant(let span) = self { return span }
    return nil
  }

  /// The mean in nanoseconds, without the cut at 0 of the bell curve.
  public var mean: Duration {
    switch self {
    case .constant(let span): span
    case .uniform(let low, let high):
      Duration(nanoseconds: low.nanoseconds + (high.nanoseconds - low.nanoseconds) / 2)
    case .normal(let mean, _), .exponential(let mean, _), .pareto(let mean, _): mean
    case .lognormal(let median, let p99):
      Duration(
        nanoseconds: Law.stretched(
          median, Law.exponential(of: Law.deviation(median, p99) * Law.deviation(median, p99) / 2)))
    }
  }

  /// The natural logarithm of a number above 0, from + − × ÷ alone: the exponent times ln 2 plus
  /// `2 artanh((m − 1) / (m + 1))` as a series, for a mantissa m between √½ and √2.
  static func logarithm(_ value: Double) -> Double {
    var mantissa = value.significand
    var exponent = Double(value.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa *= 0.5
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    var odd = 23.0
    while odd >= 1 {
      sum = sum * square + 1 / odd
      odd -= 2
    }
    return exponent * 0.6931471805599453 + 2 * ratio * sum
  }

  /// e to a power, from + − × ÷ alone: two to a whole power, times the series of the rest, which is
  /// at most ½ ln 2 from 0. Powers beyond ±700 count as these.
  static func exponential(of power: Double) -> Double {
    let power = max(-700, min(power, 700))
    let whole = (power / 0.6931471805599453).rounded(.toNearestOrEven)
    let rest = power - whole * 0.6931471803691238 - whole * 1.9082149292705877e-10
    var sum = 1.0
    var order = 17.0
    while order >= 1 {
      sum = 1 + sum * rest / order
      order -= 1
    }
    return Double(sign: .plus, exponent: Int(whole), significand: sum)
  }

  /// The value below which a standard normal variable stays with the given probability, to about
  /// 7 decimals: Wichura's PPND7 (algorithm AS 241, Applied Statistics 37, 1988).
  static func standardNormal(_ probability: Double) -> Double {
    let centred = probability - 0.5
    if abs(centred) <= 0.425 {
      let r = 0.180625 - centred * centred
      let above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
      let below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1
      return centred * above / below
    }
    let tail = centred < 0 ? probability : 1 - probability
    guard tail > 0 else { return -8.3 }
    var r = (-logarithm(tail)).squareRoot()
    let value: Double
    if r <= 5 {
      r -= 1.6
      let above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
      value = above / ((0.12021132975 * r + 0.73700164250) * r + 1)
    } else {
      r -= 5
      let above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
      value = above / ((0.012258202635 * r + 0.24197894225) * r + 1)
    }
    return centred < 0 ? -value : value
  }
}
