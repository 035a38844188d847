import Diagnostics
import Testing

@Suite struct SourceFileTests {
  @Test(arguments: [
    ("", [0]), ("a", [0]), ("a\n", [0, 2]), ("a\nb", [0, 2]), ("a\r\nb", [0, 3]), ("a\rb", [0, 2]),
    ("\r\r\n\n\r", [0, 1, 3, 4, 5]), ("\n\n", [0, 1, 2]),
  ])
  func lineStarts(text: String, wanted: [Int]) {
    #expect(SourceFile(name: "a", text: text).lineStarts == wanted)
  }

  @Test func linesWithoutTheirEnds() {
    let file = SourceFile(name: "a", text: "ab\r\n\ncd\r")
    let lines = file.lineStarts.indices.map { String(decoding: file.line($0), as: UTF8.self) }
    #expect(lines == ["ab", "", "cd", ""])
  }

  @Test func columnsCountCharacters() {
    let file = SourceFile(name: "a", text: "aé日😀b\né")
    #expect(
      [0, 1, 3, 6, 10, 11, 12, 14].map { file.position(of: $0).column } == [1, 2, 3, 4, 5, 6, 1, 2])
    #expect(file.position(of: 12).line == 2)
    #expect(file.position(of: 1_000) == (2, 2))
  }

  /// The naive twin: counts from the beginning of the text.
  @Test(arguments: 0..<10) func positionsInLongLines(seed: Int) {
    var generator = SystemlessGenerator(state: UInt64(seed))
    let pieces = ["a", "é", "日", "😀", "\n", "\r\n", String(repeating: "x", count: 700)]
    let text = (0..<100).map { _ in pieces[generator.below(pieces.count)] }.joined()
    let file = SourceFile(name: "a", text: text)
    for _ in 0..<200 {
      let offset = generator.below(file.bytes.count + 1)
      let before = Array(file.bytes[..<offset])
      let start = (before.lastIndex(of: 0x0A) ?? -1) + 1
      let position = file.position(of: offset)
      #expect(position.line == before.count { $0 == 0x0A } + 1)
      #expect(position.column == before[start...].count { $0 & 0xC0 != 0x80 } + 1)
    }
  }
}
