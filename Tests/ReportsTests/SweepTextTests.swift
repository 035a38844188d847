import Analysis
import Testing

@testable import Reports

@Suite struct SweepTextTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let count: Int
    let total: Int
    let text: String
    var testDescription: String { "\(count) of \(total)" }
  }

  @Test(arguments: [
    Row(count: 55, total: 60, text: "91.7 %"), Row(count: 1, total: 3, text: "33.3 %"),
    Row(count: 1, total: 2, text: "50 %"), Row(count: 1, total: 800, text: "0.1 %"),
    Row(count: 3, total: 2000, text: "0.15 %"), Row(count: 1, total: 1600, text: "0.06 %"),
    Row(count: 0, total: 60, text: "0 %"), Row(count: 60, total: 60, text: "100 %"),
    Row(count: 999_999, total: 1_000_000, text: "99.99990 %"),
    Row(count: 1, total: 1_000_000_000_000, text: "0.000001 %"),
    Row(count: 999_999_999_999, total: 1_000_000_000_000, text: "99.999999 %"),
    Row(count: 0, total: 0, text: "–"),
  ]) func percent(_ row: Row) {
    #expect(SweepText.percent(Proportion(row.count, of: row.total)) == row.text)
  }
}
