import Testing

@testable import Expressions

struct ValueMapTests {
  @Test func `keys ascend whatever the order they came in`() throws {
    let map = try #require(
      ValueMap([
        (.string("b"), .int(1)), (.int(2), .int(2)), (.bool(true), .int(3)), (.int(-1), .int(4)),
        (.string("\u{FFFF}"), .int(5)), (.string("\u{10000}"), .int(6)), (.bool(false), .int(7)),
      ]))
    #expect(
      map.keys == [
        .bool(false), .bool(true), .int(-1), .int(2), .string("b"), .string("\u{FFFF}"),
        .string("\u{10000}"),
      ])
    for (key, value) in zip(map.keys, map.values) { #expect(map.value(for: key) == value) }
    #expect(map.value(for: .double(2)) == .int(2))
    #expect(map.value(for: .double(2.5)) == nil)
    #expect(map.value(for: .int(3)) == nil)
    #expect(map.value(for: .null) == nil)
  }

  @Test func `a key twice or of another type makes no map`() {
    #expect(ValueMap([(.int(1), .null), (.int(1), .null)]) == nil)
    #expect(ValueMap([(.double(1), .null)]) == nil)
    #expect(ValueMap([(.null, .null)]) == nil)
    // Canonically equivalent strings are two keys.
    #expect(ValueMap([(.string("é"), .null), (.string("e\u{301}"), .null)])?.count == 2)
  }
}
