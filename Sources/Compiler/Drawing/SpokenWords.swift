/// The words of some texts, so that it costs little to ask for a name whether they speak of it.
struct SpokenWords {
  private let texts: [[UInt8]]
  /// Their words, and each two with one blank between them.
  private var words: Set<[UInt8]> = []

  init(_ texts: [String]) {
    self.texts = texts.map { Array($0.utf8) }
    for text in self.texts { gather(text) }
  }

  /// Whether a name stands in one of the texts, not as a part of a longer one.
  func have(_ name: [UInt8]) -> Bool {
    let parts = name.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isPart) }) else {
      return texts.contains { Self.contains($0, word: name) }
    }
    return words.contains(name)
  }

  private mutating func gather(_ text: [UInt8]) {
    var last: Range<Int>?
    var place = 0
    while place < text.count {
      guard Self.isPart(text[place]) else {
        place += 1
        continue
      }
      let end = text[place...].firstIndex { !Self.isPart($0) } ?? text.count
      words.insert(Array(text[place..<end]))
      if let last, last.upperBound + 1 == place, text[last.upperBound] == 0x20 {
        words.insert(Array(text[last.lowerBound..<end]))
      }
      last = place..<end
      place = end
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }

  /// Whether a word of any bytes stands in a text, byte by byte.
  static func contains(_ text: [UInt8], word: [UInt8]) -> Bool {
    guard !word.isEmpty, text.count >= word.count else { return false }
    func isPart(_ place: Int) -> Bool { text.indices.contains(place) && Self.isPart(text[place]) }
    return (0...(text.count - word.count)).contains { start in
      text[start..<(start + word.count)].elementsEqual(word) && !isPart(start - 1)
        && !isPart(start + word.count)
    }
  }
}
