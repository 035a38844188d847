import Testing

@testable import Expressions

struct DurationTextTests {
  @Test(
    arguments: [
      (0, "0s"), (1, "1ns"), (-1, "-1ns"), (999, "999ns"), (1_000, "1us"), (1_500, "1.5us"),
      (145_000_000, "145ms"), (1_500_000_000, "1.5s"), (90_000_000_000, "90s"),
      (1_000_000_001, "1.000000001s"), (Int64.max, "9223372036.854775807s"),
      (Int64.min, "-9223372036.854775808s"), (1_001_000, "1.001ms"),
    ] as [(Int64, String)])
  func `durations are written and read back`(nanoseconds: Int64, text: String) {
    #expect(DurationText.format(nanoseconds) == text)
    #expect(DurationText.parse(text) == nanoseconds)
  }

  @Test func `any duration comes back`() {
    var state: UInt64 = 1
    for shift in 0..<64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int64(bitPattern: state) >> Int64(shift)
      #expect(DurationText.parse(DurationText.format(value)) == value)
      #expect(DurationText.parse(DurationText.seconds(value)) == value)
    }
  }

  @Test(
    arguments: [
      ("1h30m", 5_400_000_000_000), ("+5s", 5_000_000_000), ("1.5h", 5_400_000_000_000),
      ("0", 0), ("-0", 0), ("1m1m", 120_000_000_000), ("5.s", 5_000_000_000), ("1us", 1_000),
      ("1µs", 1_000), ("1μs", 1_000), ("0.5ns", 0), ("1.9ns", 1),
    ] as [(String, Int64)])
  func `durations are read`(text: String, nanoseconds: Int64) {
    #expect(DurationText.parse(text) == nanoseconds)
  }

  @Test(arguments: [
    "", "-", "s", ".s", "1", "00", "1 s", " 1s", "1s ", "1S", "1d", "--1s", "9223372036854775808ns",
    "99999999999999999999h", "1e3s", "1s1", "é",
  ])
  func `what is no duration is refused`(text: String) {
    #expect(DurationText.parse(text) == nil)
  }
}
