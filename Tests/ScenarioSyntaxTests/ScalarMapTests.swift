import Diagnostics
import TestSupport
import Testing

@testable import ScenarioSyntax

@Suite struct ScalarMapTests {
  /// A value of `key`, with the part marked to which a part of its decoded text must be traced.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let yaml: String
    let part: String

    init(_ name: String, _ yaml: String, part: String) {
      testDescription = name
      self.yaml = yaml
      self.part = part
    }
  }

  static let rows = [
    Row("plain", "key: a == «bc» && d", part: "bc"),
    Row("plain, all", "key: «a == b»", part: "a == b"),
    Row("plain behind an anchor", "key: &name a == «b»", part: "b"),
    Row("plain over two lines", "key: a ==\n    «b»", part: "b"),
    Row("plain over a fold", "key: a «==  \n\n  b»", part: "==\nb"),
    Row("plain over CRLF", "key: a\r\n  «b» c", part: "b"),
    Row("plain behind wide letters", "key: größe == «ß»", part: "ß"),
    Row("single-quoted", "key: 'a «b»'", part: "b"),
    Row("single-quoted behind a quote", "key: 'it''s «b»'", part: "b"),
    Row("single quote itself", "key: 'it«''»s b'", part: "'"),
    Row("double-quoted", "key: \"a «b»\"", part: "b"),
    Row("behind an escape", "key: \"\\\"a\\\" == «b»\"", part: "b"),
    Row("an escape itself", "key: \"a «\\u00E9» b\"", part: "é"),
    Row("a long escape", "key: \"a \\U0001F600 «b»\"", part: "b"),
    Row("a short escape of two bytes", "key: \"a \\x41\\_ «b»\"", part: "b"),
    Row("an escaped line end", "key: \"a\\\n   «b»\"", part: "b"),
    Row("a folded quoted text", "key: \"a\n  c\n\n  «b»\"", part: "b"),
    Row("literal", "key: |\n  a\n  «b»\n", part: "b"),
    Row("literal with deeper lines", "key: |\n  a\n    x\n\n  «b» c\n", part: "b"),
    Row("literal with a digit", "key: |2\n    a\n  «b»\n", part: "b"),
    Row("literal with a comment", "key: |- # words\n  a\n  «b»", part: "b"),
    Row("literal with CRLF", "key: |\r\n  a\r\n  «b»\r\n", part: "b"),
    Row("folded", "key: >\n  a\n  «b»\n", part: "b"),
    Row("folded with empty lines", "key: >\n\n  a\n\n\n  c\n  «b»\n", part: "b"),
    Row("folded with deeper lines", "key: >\n  a\n    x\n   y\n\n  c\n  «b»\n", part: "b"),
    Row("folded in a list", "key:\n- >-\n  a\n  «b»\n", part: "b"),
  ]

  @Test(arguments: rows) func placeOfPart(row: Row) throws {
    let marked = MarkedText(row.yaml)
    let file = SourceFile(name: "a.yaml", text: marked.text)
    let scalar = try Self.value(of: file)
    let text = Array(scalar.text.utf8)
    let part = Array(row.part.utf8)
    let start = try #require(
      (0...text.count - part.count).last { text[$0..<$0 + part.count].elementsEqual(part) })
    let span = scalar.span(ofText: start..<start + part.count, in: file)
    #expect(MarkedText.mark(marked.text, [span]) == row.yaml)
  }

  @Test func placeBetweenCharacters() throws {
    let file = SourceFile(name: "a.yaml", text: "key: 'a''b'")
    let scalar = try Self.value(of: file)
    let places = (0...3).map { scalar.span(ofText: $0..<$0, in: file).start }
    #expect(places == [6, 7, 9, 10])
  }

  @Test(arguments: [
    ("key: a == b # c", "key: a == b «# c»"), ("key: a #b\nc: d", "key: a «#b»\nc: d"),
    ("key: a#b", "key: a#b"), ("key: 'a' # b", "key: 'a' # b"), ("key: a\n# b", "key: a\n# b"),
  ])
  func commentBehind(yaml: String, marked: String) throws {
    let file = SourceFile(name: "a.yaml", text: yaml)
    let comment = try Self.value(of: file).commentBehind(in: file)
    #expect(MarkedText.mark(yaml, comment.map { [$0] } ?? []) == marked)
  }

  /// A byte of text must come from the same byte of source, or from an escape or fold; pieces must
  /// cover the text, in order, and lie inside the scalar.
  @Test(arguments: 0..<40) func piecesOfRandomScalars(seed: Int) throws {
    var chance = Chance(seed: UInt64(seed))
    var readable = 0
    for _ in 0..<50 {
      let yaml = Self.randomYAML(&chance)
      let file = SourceFile(name: "a.yaml", text: yaml)
      guard let scalar = Self.possibleValue(of: file) else { continue }
      readable += 1
      let map = ScalarMap(scalar, in: file)
      let text = Array(scalar.text.utf8)
      var offset = 0
      var source = scalar.span.start
      for piece in map.pieces {
        #expect(piece.text == offset && piece.source >= source, "\(yaml.debugDescription)")
        offset += piece.textCount
        source = piece.source + piece.sourceCount
        guard source <= file.bytes.count, offset <= text.count else { break }
        let from = file.bytes[piece.source..<source]
        let made = text[piece.text..<offset]
        if piece.isVerbatim {
          #expect(from.elementsEqual(made), "\(yaml.debugDescription)")
        } else {
          let isWhite = made.allSatisfy { $0 == 0x20 || $0 == 0x0A }
          #expect(isWhite || from.first == 0x5C || from.first == 0x27, "\(yaml.debugDescription)")
        }
      }
      #expect(offset == text.count, "\(yaml.debugDescription)")
    }
    #expect(readable > 10)
  }

  /// The naive twin: letters that occur once are found by looking for them.
  @Test(arguments: 0..<40) func lettersThatOccurOnce(seed: Int) throws {
    var chance = Chance(seed: UInt64(seed) &+ 1_000)
    var readable = 0
    for _ in 0..<50 {
      let yaml = Self.randomYAML(&chance)
      let file = SourceFile(name: "a.yaml", text: yaml)
      guard let scalar = Self.possibleValue(of: file) else { continue }
      readable += 1
      let value = file.bytes[scalar.span.start...]
      for (offset, letter) in scalar.text.utf8.enumerated() where (0x61...0x7A).contains(letter) {
        guard value.count(where: { $0 == letter }) == 1 else { continue }
        let span = scalar.span(ofText: offset..<offset + 1, in: file)
        #expect(span.start == value.firstIndex(of: letter), "\(yaml.debugDescription)")
        #expect(span.end == span.start + 1)
      }
    }
    #expect(readable > 10)
  }

  static func value(of file: SourceFile) throws -> MarkedScalar {
    try #require(possibleValue(of: file))
  }

  /// The value of `key`; nil if there is none or the text is not YAML.
  static func possibleValue(of file: SourceFile) -> MarkedScalar? {
    var bag = DiagnosticBag()
    let value = YAMLLoader().load(file, into: &bag)?["key"]
    return value?.sequence?.first?.scalar ?? value?.scalar
  }

  static func randomYAML(_ chance: inout Chance) -> String {
    let heads = [
      "key: ", "key: '", "key: \"", "key: |\n ", "key: >\n ", "key: >+\n ", "key: |2-\n  ",
    ]
    let kind = chance.next(heads.count)
    let quote = kind == 1 ? "'" : kind == 2 ? "\"" : ""
    var common = ["\n ", "\n  ", "\n   ", "\n", "\r\n ", " ", " ", "  ", "é", "😀", ".", "\n \n "]
    if kind == 1 { common += ["''", "\""] }
    if kind == 2 {
      common += ["\\\"", "\\x41", "\\u00e9", "\\U0001F600", "\\\n", "\\n", "\\L", "'"]
    }
    var letters = Array("abcdefghijklmnopqrstuvwxyz").shuffled(using: &chance).prefix(12)
    var body = ""
    for _ in 0..<chance.next(14) {
      if chance.next(2) == 0, let letter = letters.popFirst() {
        body.append(letter)
      } else {
        body += common[chance.next(common.count)]
      }
    }
    return heads[kind] + body + quote + (chance.next(2) == 0 ? "\n" : "")
  }
}

/// A generator whose numbers depend on its seed alone.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, without, a limit.
  mutating func next(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
