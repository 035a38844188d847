import Analysis
import Testing

@Suite struct ProportionTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let count: Int
    let total: Int
    let low: Double
    let high: Double
    var testDescription: String { "\(count) of \(total)" }
  }

  // From an independent computation with 50 decimal digits.
  @Test(arguments: [
    Row(count: 0, total: 10, low: 0, high: 0.277_532_8),
    Row(count: 10, total: 10, low: 0.722_467_2, high: 1),
    Row(count: 5, total: 10, low: 0.236_593_1, high: 0.763_406_9),
    Row(count: 99, total: 100, low: 0.945_513_8, high: 0.998_232_6),
    Row(count: 1, total: 1, low: 0.206_549_3, high: 1),
    Row(count: 999_990, total: 1_000_000, low: 0.999_981_6, high: 0.999_994_6),
  ]) func wilson(_ row: Row) throws {
    let interval = try #require(Proportion(row.count, of: row.total).interval95)
    #expect(abs(interval.low - row.low) < 1e-7)
    #expect(abs(interval.high - row.high) < 1e-7)
  }

  @Test func nothingIsSaidWithoutRuns() {
    #expect(Proportion(0, of: 0).share == nil)
    #expect(Proportion(0, of: 0).interval95 == nil)
  }
}
