import Foundation
import Testing

@testable import SystemModel

@Suite struct LawTests {
  private static let draws = 40_000

  private static func samples(_ law: Law, seed: UInt64 = 1) -> [Int64] {
    var random = RandomSource(state: seed)
    return (0..<draws).map { _ in law.draw(&random) }.sorted()
  }

  @Test func logarithmIsThatOfTheReference() {
    var random = RandomSource(state: 4)
    var values: [Double] = [
      1, 0.5, 2, 1e-16, 0x1p-53, 1e300, 0.7071067811865475, 1.4142135623730951,
    ]
    for _ in 0..<20_000 {
      values.append(1 - random.unit())
      values.append(random.unit() * 1e6 + 1e-9)
    }
    for value in values {
      let wanted = Foundation.log(value)
      let found = Law.logarithm(value)
      #expect(abs(found - wanted) <= 4e-16 * max(1, abs(wanted)), "log \(value)")
    }
  }

  @Test func exponentialIsThatOfTheReference() {
    var random = RandomSource(state: 6)
    var powers: [Double] = [0, 1, -1, 0.34657359, -0.34657360, 36.7, -36.7, 700, -700]
    for _ in 0..<20_000 { powers.append((random.unit() - 0.5) * 100) }
    for power in powers {
      let wanted = Foundation.exp(power)
      #expect(abs(Law.exponential(of: power) - wanted) <= 4e-16 * wanted, "exp \(power)")
    }
    #expect(Law.exponential(of: 1e9) == Law.exponential(of: 700))
    #expect(Law.exponential(of: -.infinity) == Law.exponential(of: -700))
  }

  /// Quantiles from tables of the standard normal distribution.
  @Test(
    arguments: [
      (0.5, 0.0), (0.75, 0.6744897501960817), (0.9, 1.2815515655446004),
      (0.975, 1.959963984540054), (0.99, 2.3263478740408408), (0.999, 3.090232306167813),
      (1e-6, -4.753424308822899), (1e-10, -6.361340902404056), (0.1, -1.2815515655446004),
    ])
  func standardNormalQuantiles(probability: Double, wanted: Double) {
    #expect(abs(Law.standardNormal(probability) - wanted) < 2e-6)
  }

  @Test func standardNormalAtTheEnds() {
    #expect(Law.standardNormal(0) < -8)
    #expect(Law.standardNormal(1 - 0x1p-53) > 8)
  }

  struct Shape: Sendable {
    let name: String
    let law: Law
    let mean: Double
    /// Wanted values at percentiles, in nanoseconds.
    let percentiles: [(Double, Double)]
  }

  private static let shapes = [
    Shape(
      name: "constant", law: .constant(.milliseconds(3)), mean: 3e6,
      percentiles: [(0.01, 3e6), (0.99, 3e6)]),
    Shape(
      name: "uniform", law: .uniform(low: .milliseconds(20), high: .milliseconds(40)), mean: 30e6,
      percentiles: [(0.1, 22e6), (0.5, 30e6), (0.9, 38e6)]),
    Shape(
      name: "normal", law: .normal(mean: .milliseconds(50), deviation: .milliseconds(5)),
      mean: 50e6,
      percentiles: [(0.1, 43.592e6), (0.5, 50e6), (0.9, 56.408e6), (0.99, 61.632e6)]),
    Shape(
      name: "exponential",
      law: .exponential(mean: .milliseconds(10), minimum: .milliseconds(2)), mean: 10e6,
      percentiles: [(0.1, 2.843e6), (0.5, 7.545e6), (0.9, 20.421e6), (0.99, 38.841e6)]),
    Shape(
      name: "exponential from 0", law: .exponential(mean: .milliseconds(10), minimum: .zero),
      mean: 10e6, percentiles: [(0.5, 6.931e6), (0.9, 23.026e6)]),
    // σ = ln 3 / 2.32635 = 0.472244; the mean is 10 ms × e^(σ²/2).
    Shape(
      name: "lognormal", law: .lognormal(median: .milliseconds(10), p99: .milliseconds(30)),
      mean: 11.179637e6,
      percentiles: [(0.1, 5.4597e6), (0.5, 10e6), (0.9, 18.316e6), (0.99, 30e6)]),
    // α = 12 / (12 − 9) = 4, so that a quarter of the logarithm is exponential.
    Shape(
      name: "pareto", law: .pareto(mean: .milliseconds(12), minimum: .milliseconds(9)),
      mean: 12e6, percentiles: [(0.1, 9.2402e6), (0.5, 10.703e6), (0.9, 16.005e6), (0.99, 28.46e6)]),
  ]

  @Test(arguments: shapes.indices)
  func meanAndPercentiles(of place: Int) {
    let shape = Self.shapes[place]
    let samples = Self.samples(shape.law)
    let mean = samples.reduce(0.0) { $0 + Double($1) } / Double(samples.count)
    #expect(abs(mean - shape.mean) < 0.02 * shape.mean, "\(shape.name)")
    #expect(abs(Double(shape.law.mean.nanoseconds) - shape.mean) < 1, "\(shape.name)")
    for (percentile, wanted) in shape.percentiles {
      let found = Double(samples[Int(percentile * Double(samples.count))])
      #expect(abs(found - wanted) < 0.03 * wanted, "\(shape.name) at \(percentile)")
    }
  }

  @Test func uniformReachesBothEndsAndNothingBeyond() {
    let samples = Self.samples(
      .uniform(low: Duration(nanoseconds: 5), high: Duration(nanoseconds: 8)))
    #expect(samples.first == 5)
    #expect(samples.last == 8)
  }

  @Test func nothingIsNegative() {
    let wide = Self.samples(.normal(mean: .milliseconds(1), deviation: .milliseconds(10)))
    #expect(wide.first == 0)
    #expect(Self.samples(.exponential(mean: .milliseconds(1), minimum: .zero)).first ?? -1 >= 0)
    let steep = Self.samples(
      .lognormal(median: Duration(nanoseconds: 1), p99: Duration(nanoseconds: .max)))
    #expect(steep.first == 0)
    let heavy = Self.samples(.pareto(mean: .milliseconds(9000), minimum: .milliseconds(2)))
    #expect(heavy.first ?? 0 >= 2_000_000)
  }

  @Test(
    arguments: [
      .constant(Duration(nanoseconds: .max)),
      .uniform(low: Duration(nanoseconds: .max - 1), high: Duration(nanoseconds: .max)),
      .normal(mean: Duration(nanoseconds: .max), deviation: Duration(nanoseconds: .max)),
      .exponential(mean: Duration(nanoseconds: .max), minimum: Duration(nanoseconds: .max - 9)),
      .lognormal(median: Duration(nanoseconds: .max - 1), p99: Duration(nanoseconds: .max)),
      .pareto(mean: Duration(nanoseconds: .max), minimum: Duration(nanoseconds: .max / 2)),
    ] as [Law])
  func whatIsTooLongIsCutOff(law: Law) {
    let samples = Self.samples(law)
    #expect(samples.last == Law.longest.nanoseconds)
  }

  @Test(
    arguments: [
      (.constant(.milliseconds(1)), 0),
      (.uniform(low: .zero, high: .zero), 1),
      (.uniform(low: .zero, high: .milliseconds(1)), 1),
      (.normal(mean: .milliseconds(1), deviation: .zero), 1),
      (.exponential(mean: .milliseconds(2), minimum: .milliseconds(1)), 1),
      (.lognormal(median: .milliseconds(1), p99: .milliseconds(2)), 1),
      (.pareto(mean: .milliseconds(2), minimum: .milliseconds(1)), 1),
    ] as [(Law, Int)])
  func drawsTaken(law: Law, count: Int) {
    var drawn = RandomSource(state: 9)
    var stepped = drawn
    _ = law.draw(&drawn)
    for _ in 0..<count { _ = stepped.next() }
    #expect(drawn == stepped)
  }

  /// Values that must be the same on every machine, in debug and in release.
  @Test func drawsOfAFixedStream() {
    var random = RandomSource(state: 2024)
    let laws: [Law] = [
      .uniform(low: .zero, high: .milliseconds(1000)),
      .normal(mean: .milliseconds(500), deviation: .milliseconds(100)),
      .exponential(mean: .milliseconds(500), minimum: .milliseconds(100)),
    ]
    let drawn = (0..<6).map { laws[$0 % 3].draw(&random) }
    #expect(drawn == LawTests.fixed)
  }

  /// Computed apart from this code, with the same operations in the same order.
  private static let fixed: [Int64] = [
    622_765_537, 370_251_347, 241_857_181, 116_186_730, 595_645_156, 421_561_153,
  ]
}
