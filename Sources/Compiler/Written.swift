internal import ScenarioSyntax
internal import SystemModel

// What the scenario wrote, in the words of the system model.

extension Law {
  /// The law that was written.
  init(_ text: LawText) {
    switch text {
    case .constant(let span): self = .constant(Duration(nanoseconds: span))
    case .uniform(let low, let high):
      self =
        low == high
        ? .constant(Duration(nanoseconds: low))
        : .uniform(low: Duration(nanoseconds: low), high: Duration(nanoseconds: high))
    case .normal(let mean, let deviation):
      self = .normal(
        mean: Duration(nanoseconds: mean), deviation: Duration(nanoseconds: deviation))
    case .exponential(let mean, let minimum):
      self = .exponential(
        mean: Duration(nanoseconds: mean), minimum: Duration(nanoseconds: minimum ?? 0))
    case .lognormal(let median, let p99):
      self = .lognormal(
        median: Duration(nanoseconds: median), p99: Duration(nanoseconds: p99))
    case .pareto(let mean, let minimum):
      self = .pareto(mean: Duration(nanoseconds: mean), minimum: Duration(nanoseconds: minimum))
    }
  }
}

extension Ratio {
  /// The fraction that was written.
  init(_ fraction: Fraction) { self.init(fraction.numerator, fraction.denominator) }
}

extension TopologyShape {
  /// The shape that was written.
  init(_ word: ShapeWord) {
    switch word {
    case .full: self = .full
    case .ring: self = .ring
    case .line: self = .line
    case .star: self = .star
    case .grid: self = .grid
    case .tree: self = .tree
    }
  }
}

extension Marked<Int64> {
  /// The instant that was written, in nanoseconds since T0.
  var instant: Instant { Instant(nanoseconds: value) }
  /// The length of time that was written, in nanoseconds.
  var duration: Duration { Duration(nanoseconds: value) }
}
