import SystemModel
import Testing

@Suite struct TimeTests {
  struct Product: Sendable {
    let name: String
    let span: Int64
    let numerator: Int64
    let denominator: Int64
    let wanted: Int64
  }

  @Test(
    arguments: [
      Product(name: "whole", span: 7, numerator: 3, denominator: 1, wanted: 21),
      Product(name: "rounded down", span: 7, numerator: 1, denominator: 2, wanted: 3),
      Product(name: "nothing", span: 7, numerator: 0, denominator: 9, wanted: 0),
      Product(name: "below nothing", span: 7, numerator: -1, denominator: 9, wanted: 0),
      Product(
        name: "product beyond 64 bits", span: .max, numerator: 1_000, denominator: 2_000,
        wanted: .max / 2),
      Product(
        name: "just inside", span: .max, numerator: 5, denominator: 5, wanted: .max),
      Product(
        name: "quotient of 64 bits", span: 4_000_000_000_000_000_000, numerator: 3,
        denominator: 1, wanted: .max),
      Product(
        name: "quotient beyond 64 bits", span: .max, numerator: .max, denominator: 2,
        wanted: .max),
    ])
  func ratioOfASpan(_ row: Product) {
    let ratio = Ratio(row.numerator, row.denominator)
    #expect(
      ratio.of(Duration(nanoseconds: row.span)).nanoseconds == row.wanted, "\(row.name)")
  }

  @Test func ratioAgreesWithPlainArithmetic() {
    var random = RandomSource(state: 5)
    for _ in 0..<10_000 {
      let span = Int64(random.below(1 << 40))
      let numerator = Int64(random.below(1 << 20))
      let denominator = Int64(random.below(1 << 20)) + 1
      #expect(
        Ratio(numerator, denominator).of(Duration(nanoseconds: span)).nanoseconds
          == span * numerator / denominator)
    }
  }

  @Test func instantsStopAtTheEnd() {
    let late = Instant(nanoseconds: .max - 5)
    #expect(late + Duration(nanoseconds: 5) == .never)
    #expect(late + Duration(nanoseconds: 6) == .never)
    #expect(late + Duration(nanoseconds: 4) < .never)
    #expect(Instant(nanoseconds: 12) - Instant(nanoseconds: 30) == Duration(nanoseconds: -18))
  }

  @Test func durationsAddAndCompare() {
    #expect(.milliseconds(3) + Duration(nanoseconds: 1) == Duration(nanoseconds: 3_000_001))
    #expect(.milliseconds(3) - .milliseconds(5) < .zero)
    #expect(Duration.milliseconds(2) > .milliseconds(1))
    #expect(Ratio(1, 4).value == 0.25)
  }
}
