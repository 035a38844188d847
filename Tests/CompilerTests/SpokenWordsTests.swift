import SystemModel
import TestSupport
import Testing

@testable import Compiler

struct SpokenWordsTests {
  @Test func theyAreThoseThatAreFoundByteByByte() {
    var random = RandomSource(state: 9)
    func drawn(_ most: UInt64, from letters: [String]) -> String {
      let places = (0..<random.below(most)).map { _ in Int(random.below(UInt64(letters.count))) }
      return places.map { letters[$0] }.joined()
    }
    let letters = ["a", "b", "1", "-", " ", " ", ".", "é", "\""]
    var found = 0
    for _ in 0..<3000 {
      let texts = (0..<3).map { _ in drawn(12, from: letters) }
      let words = SpokenWords(texts)
      for _ in 0..<4 {
        let name = Array(drawn(5, from: letters).utf8)
        let naive = texts.contains { SpokenWords.contains(Array($0.utf8), word: name) }
        #expect(words.have(name) == naive, "\(name) in \(texts)")
        if naive { found += 1 }
      }
    }
    #expect(found > 500)
  }

  @Test(arguments: ["fault-%", "loss %"])
  func askingForAllNamesTakesATimeThatGrowsWithTheirNumber(_ name: String) {
    let growth = growth(from: 400, by: 4) { count in
      let names = (0..<count).map { name.replacing("%", with: "\($0)") }
      let words = SpokenWords(names.map { "faults['\($0)x'].active" })
      #expect(!names.contains { words.have(Array($0.utf8)) })
    }
    #expect(growth < 8)
  }
}
