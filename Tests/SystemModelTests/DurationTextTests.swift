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
}
