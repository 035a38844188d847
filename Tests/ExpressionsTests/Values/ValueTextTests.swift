import Testing

@testable import Expressions

struct ValueTextTests {
  /// Values that have a literal: their text reads back as themselves.
  static let values: [Value] = [
    .null, .bool(true), .bool(false), .int(0), .int(.min), .int(.max), .double(0), .double(-0.0),
    .double(1), .double(0.1), .double(1e300), .double(-1.5e-10), .double(123_456_789_012_345_680),
    .double(.greatestFiniteMagnitude), .double(.leastNormalMagnitude), .double(1e17),
    .double(99_999_999_999_999_984), .double(9.999e-5), .string(""), .string("a\"\\\n\u{0}é😀'"),
    .string("\u{200B}\u{202E}\u{7F}\u{85}"), .duration(0), .duration(.min + 1),
    .duration(145_000_000),
    .list([]), .list([.int(1), .list([.string("x")])]), .map(.empty), .type(.int),
    .type(.duration),
  ]

  @Test(arguments: values) func `the text of a value is an expression for it`(value: Value) throws {
    let checked = try Expression.check(
      value.text, in: ExpressionEnvironment(), mode: .evaluation
    ).get()
    #expect(checked.constant == value, "\(value.text)")
  }

  @Test func `any double comes back with the fewest digits`() throws {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      let text = DoubleText.literal(value)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)")
      #expect(Double(DoubleText.general(value))?.bitPattern == value.bitPattern)
      #expect(Double(DoubleText.plain(value))?.bitPattern == value.bitPattern)
      let digits = text.utf8.prefix { $0 != UInt8(ascii: "e") }.count { $0 >= 48 && $0 <= 57 }
      #expect(digits <= 18 || !text.utf8.contains(UInt8(ascii: "e")))
    }
  }

  @Test func `what does not print is escaped`() {
    #expect(Value.string("\u{1B}[31m\u{202E}").text == #""\u001b[31m\u202e""#)
    #expect(Value.string("\u{E0001}").text == #""\U000e0001""#)
  }
}
