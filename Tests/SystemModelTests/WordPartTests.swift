import SystemModel
import Testing

struct WordPartTests {
  @Test func `A part gives back what was put into it, beside others`() {
    let parts = [
      WordPart(word: 0, bits: 0..<21), WordPart(word: 0, bits: 21..<42),
      WordPart(word: 0, bits: 42..<64),
    ]
    for values in [[0, 0, 0], [1, 2, 3], [2_097_150, 0, 4_194_302], [WordType.absent, 7, 0]] {
      let word = zip(parts, values).reduce(Int64(0)) { $0 | $1.0.word(of: $1.1) }
      #expect(parts.map { $0.value(in: word) } == values)
    }
  }

  @Test func `A whole word is taken as it is`() {
    let part = WordPart.whole(1)
    #expect(part.word == 1)
    for value in [0, -1, .max, WordType.absent] as [Int64] {
      #expect(part.word(of: value) == value)
      #expect(part.value(in: value) == value)
      #expect(part.holds(value))
    }
    #expect(part.value(in: MessagePayload(0, 5, 6, 7)) == 6)
  }

  @Test func `Bits hold numbers from 0 to one less than their all ones`() {
    let part = WordPart(word: 0, bits: 3..<6)
    #expect(part.highest == 6)
    #expect([-1, 0, 6, 7, WordType.absent].map(part.holds) == [false, true, true, false, true])
    #expect(part.value(in: 0) == WordType.absent)
  }

  @Test func `Fields stand where they say, or in a word each`() {
    let bits = WordPart(word: 1, bits: 0..<10)
    let message = MessageDeclaration(
      "m", [.init("a", .int), .init("b", .int, at: bits), .init("c", .int)], "")
    #expect(message.parts == [.whole(0), bits, .whole(2)])
    let observation = ObservationDeclaration("o", .init("a", .int), "")
    #expect(observation.parts == [.whole(0)])
    #expect(ObservationDeclaration("o", nil, "").fields.isEmpty)
  }
}
