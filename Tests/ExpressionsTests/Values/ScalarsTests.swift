import Testing

@testable import Expressions

struct ScalarsTests {
  /// Texts over two letters, so that parts of them overlap in every way.
  static let texts: [[UInt8]] = (0...6).flatMap { length in
    (0..<(1 << length)).map { bits in (0..<length).map { UInt8(bits >> $0 & 1) } }
  }

  @Test func `occurrences are found where looking at each place finds them`() {
    let needles = Self.texts.filter { $0.count <= 3 }
    for text in Self.texts {
      for needle in needles {
        let places = (0...text.count).filter { Array(text[$0...].prefix(needle.count)) == needle }
        for start in 0...text.count {
          #expect(
            Scalars.firstIndex(of: needle, in: text, from: start) == places.first { $0 >= start })
          #expect(
            Scalars.lastIndex(of: needle, in: text, upTo: start) == places.last { $0 <= start })
        }
      }
    }
  }

  @Test func `strings are what their scalars are`() {
    #expect(!Scalars.equal("é", "e\u{301}"))
    #expect(Scalars.equal("é", "é"))
    #expect(Scalars.starts("e\u{301}", with: "e"))
    #expect(Scalars.ends("e\u{301}", with: "\u{301}"))
    #expect(!Scalars.ends("b", with: "ab"))
    #expect(Scalars.precedes("\u{FFFF}", "\u{10000}"))
    #expect(Scalars.precedes("", "a"))
    #expect(!Scalars.precedes("a", "a"))
  }
}
