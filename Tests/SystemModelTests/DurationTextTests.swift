import SystemModel
import Testing

@Suite struct DurationTextTests {
  @Test(
    arguments: [
      (0, "0s"), (1, "1ns"), (999, "999ns"), (1_000, "1us"), (1_500, "1.5us"),
      (145_000_000, "145ms"), (35_250_000, "35.25ms"), (700_000_001, "700.000001ms"),
      (1_500_000_000, "1.5s"), (60_000_000_000, "60s"), (3_600_000_000_001, "3600.000000001s"),
      (-2_000, "-2us"), (.max, "9223372036.854775807s"), (.min, "-9223372036.854775808s"),
    ] as [(Int64, String)]) func exactly(nanoseconds: Int64, text: String)
  {
    #expect(Duration(nanoseconds: nanoseconds).text == text)
    #expect(Instant(nanoseconds: nanoseconds).text == text)
  }

  @Test(
    arguments: [
      (0, "0", "ms"), (145_000_000, "145", "ms"), (35_250_000, "35", ".25ms"),
      (1, "0", ".000001ms"),
      (-1_500_000, "-1", ".5ms"),
    ] as [(Int64, String, String)]) func atThePoint(nanoseconds: Int64, whole: String, rest: String)
  {
    let parts = Duration(nanoseconds: nanoseconds).millisecondParts
    #expect(parts.whole == whole)
    #expect(parts.rest == rest)
  }

  @Test(
    arguments: [
      (0, "0s"), (145_000_000, "145ms"), (9_999, "9.999us"), (99_995, "100us"),
      (67_072_661, "67.07ms"), (305_682_557, "305.7ms"), (5_032_331_471, "5.032s"),
      (-5_032_331_471, "-5.032s"), (999_950_000, "1s"), (Int64.max, "9223000000s"),
    ] as [(Int64, String)]) func inFourDigits(nanoseconds: Int64, text: String)
  {
    #expect(Duration(nanoseconds: nanoseconds).briefText == text)
    #expect(Instant(nanoseconds: nanoseconds).briefText == text)
  }
}
