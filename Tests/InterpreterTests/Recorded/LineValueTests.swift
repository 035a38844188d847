import Diagnostics
import Testing

@testable import Interpreter

struct LineValueTests {
  private func parse(_ text: String) throws(LineParser.Mistake) -> LineValue {
    let bytes = Array(text.utf8)
    var parser = LineParser(bytes, bytes.indices, file: 0)
    return try parser.line()
  }

  /// What a value is, as a Swift literal would say it.
  private func shown(_ value: LineValue) -> String {
    switch value.content {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .number(let text): text
    case .text(let text): "'\(text)'"
    case .list(let values): "[" + values.map(shown).joined(separator: " ") + "]"
    case .object(let members):
      "{" + members.map { "\($0.key): \(shown($0.value))" }.joined(separator: " ") + "}"
    }
  }

  @Test(arguments: [
    ("null", "null"), (" true ", "true"), ("-0", "-0"), ("1.5e+3", "1.5e+3"),
    (#""a\"\\\/\b\f\n\r\tA""#, "'a\"\\/\u{8}\u{c}\n\r\tA'"), (#""😀""#, "'😀'"),
    (#"{"a": [1, {"b": []}], "c": {}}"#, "{a: [1 {b: []}] c: {}}"),
    ("[[[[[[[[1]]]]]]]]", "[[[[[[[[1]]]]]]]]"),
  ])
  func `A value of JSON is read`(text: String, wanted: String) throws {
    #expect(shown(try parse(text)) == wanted)
  }

  @Test(arguments: [
    ("", 0..<0), ("nul", 0..<3), ("truex", 0..<5), ("01", 0..<1), ("1.", 0..<2), ("-", 0..<1),
    ("+1", 0..<1), ("'a'", 0..<1), (#""a"#, 0..<2), ("\"a\tb\"", 2..<3), (#""\x""#, 1..<3),
    (#""\u12""#, 1..<6), (#""\ud800""#, 1..<7), ("\"\\ud800\\u0041\"", 1..<13), ("[1", 2..<2),
    ("[1,]", 3..<4), ("{a: 1}", 1..<2), (#"{"a" 1}"#, 5..<6), (#"{"a": 1, "a": 2}"#, 9..<12),
    (#"{"a": 1,}"#, 8..<9), ("1 2", 2..<3), ("[[[[[[[[[1]]]]]]]]]", 8..<9), ("NaN", 0..<1),
  ])
  func `What is no JSON is told with its place`(text: String, place: Range<Int>) {
    #expect {
      try parse(text)
    } throws: { error in
      guard let mistake = error as? LineParser.Mistake else { return false }
      let found = mistake.span.start..<mistake.span.end
      if found != place { Issue.record("\(text): \(found), \(mistake.message)") }
      return found == place && !mistake.message.isEmpty
    }
  }

  @Test func `A text that is not UTF-8 is refused`() {
    for bytes in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]] {
      let line = [0x22] + bytes + [0x22]
      var parser = LineParser(line, line.indices, file: 0)
      #expect(throws: LineParser.Mistake.self) { try parser.line() }
    }
  }

  @Test func `Places count from the beginning of the file`() throws {
    let bytes = Array("\n{\"a\": 12}".utf8)
    var parser = LineParser(bytes, 1..<bytes.count, file: 3)
    let value = try parser.line()
    let member = try #require(value.members?.first)
    #expect(member.keySpan == .init(file: 3, start: 2, end: 5))
    #expect(member.value.span == .init(file: 3, start: 7, end: 9))
  }
}
