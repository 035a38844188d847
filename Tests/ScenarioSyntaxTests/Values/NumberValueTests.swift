import Diagnostics
import Testing

@testable import ScenarioSyntax

/// Numbers with and without units as texts.
struct NumberValueTests {
  /// The value, or the code and help of the mistake.
  private func outcome<Value>(_ read: () throws(ValueMistake) -> Value) -> String {
    do throws(ValueMistake) {
      return "\(try read())"
    } catch {
      return "\(error.code.id) \(error.help ?? "")"
    }
  }

  @Test(arguments: [
    ("5", "5"), ("1_000_000", "1000000"), ("+5", "5"), ("-3", "-3"), ("007", "7"),
    ("0x1F", "E0214 did you mean `31`?"), ("1e3", "E0214 did you mean `1000`?"),
    ("5ms", "E0214 did you mean `5`?"), ("5%", "E0214 did you mean `5`?"), ("1.5", "E0214 "),
    ("1.0", "E0214 did you mean `1`?"), ("", "E0214 "), ("five", "E0214 "), ("1__0", "E0214 "),
    ("101", "E0221 "), ("-11", "E0221 "), ("99999999999999999999", "E0221 "), ("1,000", "E0214 "),
    ("~", "E0214 "),
    ("5 ", "E0214 "), ("inf", "E0214 "), ("nan", "E0214 "),
  ])
  func wholeNumbers(_ text: String, _ wanted: String) {
    let range: ClosedRange<Int64> = text == "1_000_000" ? 0...1_000_000 : -10...100
    #expect(outcome { () throws(ValueMistake) in try NumberValue.int(text, in: range) } == wanted)
  }

  @Test(arguments: [
    ("18446744073709551615", "18446744073709551615"), ("18446744073709551616", "E0221 "),
    ("18_446_744_073_709_551_615", "18446744073709551615"), ("-1", "E0221 "),
    ("7x", "E0214 did you mean `7`?"),
  ])
  func seeds(_ text: String, _ wanted: String) {
    #expect(outcome { () throws(ValueMistake) in try NumberValue.seed(text) } == wanted)
  }

  @Test(arguments: [
    ("1%", "1/100"), ("0.5%", "1/200"), ("100%", "1/1"), ("0%", "0/1"), ("12.5%", "1/8"),
    ("0.01", "E0211 did you mean `1%`?"), ("0.5", "E0211 did you mean `50%`?"),
    ("0.005", "E0211 did you mean `0.5%`?"), ("0.125", "E0211 did you mean `12.5%`?"),
    ("1", "E0211 did you mean `1%`?"), ("0", "E0211 did you mean `0%`?"), ("100.1%", "E0221 "),
    ("-1%", "E0221 "), ("1 %", "E0214 did you mean `1%`?"),
    ("1ppm", "E0212 write a number and `%`, such as `1%`"),
    ("%", "E0214 "), ("half", "E0214 "), ("0.0000000000001%", "E0214 "),
  ])
  func percentages(_ text: String, _ wanted: String) {
    let found = outcome { () throws(ValueMistake) in
      let part = try NumberValue.percentage(text)
      return "\(part.numerator)/\(part.denominator)"
    }
    #expect(found == wanted)
  }

  @Test(arguments: [
    ("4x", "4/1"), ("1.5x", "3/2"), ("1x", "1/1"), ("4", "E0211 did you mean `4x`?"),
    ("4 x", "E0212 did you mean `4x`?"), ("4X", "E0212 did you mean `4x`?"),
    ("0.5x", "E0221 a factor says how many times as long it takes: write for example `2x`"),
    ("2_000_000x", "E0221 a factor says how many times as long it takes: write for example `2x`"),
    ("x4", "E0214 "), ("1.0000000001x", "E0214 "),
  ])
  func factors(_ text: String, _ wanted: String) {
    let found = outcome { () throws(ValueMistake) in
      let factor = try NumberValue.factor(text)
      return "\(factor.numerator)/\(factor.denominator)"
    }
    #expect(found == wanted)
  }

  @Test(arguments: [
    ("200/s", "1 in 5000000"), ("0.5/s", "1 in 2000000000"), ("3/ms", "3 in 1000000"),
    ("1/ns", "1 in 1"),
    ("30/m", "1 in 2000000000"), ("200", "E0211 did you mean `200/s`?"),
    ("200s", "E0212 did you mean `200/s`?"), ("200/sec", "E0212 did you mean `200/s`?"),
    ("0/s", "E0221 "), ("-1/s", "E0221 "), ("2/ns", "E0221 "), ("fast", "E0214 "),
    ("200 /s", "E0212 did you mean `200/s`?"),
  ])
  func rates(_ text: String, _ wanted: String) {
    let found = outcome { () throws(ValueMistake) in
      let rate = try Rate.parse(text)
      return "\(rate.count) in \(rate.period)"
    }
    #expect(found == wanted)
  }

  @Test(arguments: [
    ("true", "true"), ("false", "false"), ("yes", "E0215 did you mean `true`?"),
    ("No", "E0215 did you mean `false`?"), ("on", "E0215 did you mean `true`?"),
    ("off", "E0215 did you mean `false`?"), ("TRUE", "E0215 did you mean `true`?"),
    ("1", "E0215 did you mean `true`?"), ("maybe", "E0215 write `true` or `false`"),
  ])
  func switches(_ text: String, _ wanted: String) {
    #expect(outcome { () throws(ValueMistake) in try NumberValue.bool(text) } == wanted)
  }

  @Test(arguments: [
    ("node1", "node1"), ("_a", "_a"), ("Node_9", "Node_9"),
    ("node-1", "E0217 did you mean `node_1`?"),
    ("1st", "E0217 "), ("", "E0209 "), ("käse", "E0217 "), ("a b", "E0217 did you mean `a_b`?"),
    (String(repeating: "a", count: 101), "E0217 "),
  ])
  func names(_ text: String, _ wanted: String) {
    #expect(outcome { () throws(ValueMistake) in try NameValue.identifier(text) } == wanted)
  }
}
