import Diagnostics
import Testing

@testable import ScenarioSyntax

/// Lengths of time as texts.
struct DurationValueTests {
  @Test(arguments: [
    ("0ms", 0), ("145ms", 145_000_000), ("1.5s", 1_500_000_000), ("1m30s", 90_000_000_000),
    ("2h", 7_200_000_000_000), ("1_000us", 1_000_000), ("7ns", 7), ("0.001us", 1),
    ("+5ms", 5_000_000),
    ("3µs", 3_000), ("3μs", 3_000), ("1h2m3s4ms5us6ns", 3_723_004_005_006), ("1.50ms", 1_500_000),
    ("8760h", DurationValue.limit), ("0.000000001s", 1), ("1.000000000000s", 1_000_000_000),
  ])
  func isRead(_ text: String, _ nanoseconds: Int64) throws {
    #expect(try DurationValue.parse(text) == nanoseconds)
  }

  @Test(arguments: [
    ("20", "E0211"), ("0", "E0211"), ("1.5", "E0211"), ("20sec", "E0212"), ("20 ms", "E0212"),
    ("20MS", "E0212"), ("1d", "E0212"), ("20x", "E0212"), ("20%", "E0213"), ("20/s", "E0213"),
    ("ms", "E0213"), (".5s", "E0213"), ("5.ms", "E0213"), ("1e3ms", "E0213"), ("0x5ms", "E0213"),
    ("1__0ms", "E0213"), ("_1ms", "E0213"), ("1_ms", "E0213"), ("5ms ", "E0212"), ("", "E0213"),
    ("1.5ns", "E0213"), ("0.0001us", "E0213"), ("-5ms", "E0221"), ("8761h", "E0221"),
    ("9223372036854775807ns", "E0221"), ("99999999999999999999999h", "E0221"), ("1ms-1ns", "E0213"),
    ("5ms..6ms", "E0213"), ("12:30", "E0213"), ("soon", "E0213"), ("５ms", "E0213"),
  ])
  func isRefused(_ text: String, _ code: String) {
    #expect(throws: ValueMistake.self) { try DurationValue.parse(text) }
    do throws(ValueMistake) {
      _ = try DurationValue.parse(text)
    } catch {
      #expect(error.code.id == code, "\(text): \(error.message)")
    }
  }

  @Test(
    arguments: [
      ("20ms..40ms", 20_000_000...40_000_000), ("0ms .. 1s", 0...1_000_000_000),
      ("5ms..5ms", 5_000_000...5_000_000),
    ] as [(String, ClosedRange<Int64>)])
  func rangeIsRead(_ text: String, _ range: ClosedRange<Int64>) throws {
    #expect(try DurationValue.parseRange(text) == range)
  }

  @Test(arguments: [
    ("20..40ms", "did you mean `20ms..40ms`?"), ("40ms..20ms", "did you mean `20ms..40ms`?"),
    ("20ms", "write `20ms..40ms`"), ("20ms..", nil), ("..20ms", nil),
    ("20..40", "did you mean `20ms`?"),
    ("1ms..2ms..3ms", nil),
  ])
  func rangeIsRefused(_ text: String, _ help: String?) {
    do throws(ValueMistake) {
      _ = try DurationValue.parseRange(text)
      Issue.record("\(text) is a range")
    } catch {
      #expect(error.help == help, "\(text)")
    }
  }

  @Test(
    arguments: [
      (0, "0ms"), (1, "1ns"), (1_500, "1.5us"), (145_000_000, "145ms"), (1_500_000_000, "1.5s"),
      (90_000_000_000, "90s"), (1_000_000_001, "1.000000001s"),
    ] as [(Int64, String)])
  func isWrittenSoThatItReadsBack(_ nanoseconds: Int64, _ text: String) throws {
    #expect(DurationValue.text(nanoseconds) == text)
    #expect(try DurationValue.parse(text) == nanoseconds)
  }
}
