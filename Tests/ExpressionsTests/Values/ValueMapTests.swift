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

  @Test func `the first key that is there again is found`() {
    var state: UInt64 = 3
    func draw(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
    for _ in 0..<300 {
      let keys: [Value] = (0..<draw(14)).map { _ in
        switch draw(4) {
        case 0: .int(Int64(draw(9)))
        case 1: .bool(draw(2) == 0)
        case 2: .string(["é", "e\u{301}", "e", ""][Int(draw(4))])
        default: .string("\(draw(9))")
        }
      }
      let naive = keys.indices.first { keys[..<$0].contains(keys[$0]) }.map { keys[$0] }
      #expect(ValueMap.firstRepeated(keys) == naive)
      #expect((ValueMap(keys.map { ($0, .null) }) == nil) == (naive != nil))
    }
  }

  @Test func `a key twice or of another type makes no map`() {
    #expect(ValueMap([(.int(1), .null), (.int(1), .null)]) == nil)
    #expect(ValueMap([(.double(1), .null)]) == nil)
    #expect(ValueMap([(.null, .null)]) == nil)
    // Canonically equivalent strings are two keys.
    #expect(ValueMap([(.string("é"), .null), (.string("e\u{301}"), .null)])?.count == 2)
  }
}
