import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ScenarioSyntax

/// Texts that are made to take time or memory, or to make the loader trip.
@Suite struct LoaderHostileTests {
  /// Whether AddressSanitizer looks on, which makes every step dear.
  static let isWatched = ProcessInfo.processInfo.environment["CONCLAVE_UNSAFE_ONLY"] != nil

  /// What a text has at the most: enough to tell a linear reader from a quadratic one, or to fill
  /// each storage several times over.
  static let size = (isWatched ? 64 : 512) << 10

  /// A text of nearly this size: a beginning, a piece again and again, an end.
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: @Sendable () -> String

    init(_ name: String, _ piece: String) { self.init(name, "", piece) }

    init(_ name: String, _ head: String, _ piece: String, _ tail: String = "") {
      testDescription = name
      text = {
        head + String(repeating: piece, count: size / piece.utf8.count - 16) + tail
      }
    }

    init(_ name: String, _ line: @escaping @Sendable (Int) -> String) {
      testDescription = name
      text = {
        var text = ""
        var index = 0
        while text.utf8.count < size - 64 {
          text += line(index)
          index += 1
        }
        return text
      }
    }
  }

  static let attacks: [Attack] = [
    Attack("flow lists", "["), Attack("flow mappings", "{a: "),
    Attack("flow lists in lines", "[\n"),
    Attack("flow mappings in lines", "{a:\n"), Attack("flow keys", "? ["),
    Attack("block lists", "- "), Attack("block keys", "? "), Attack("block values", "? :\n"),
    Attack("deeper and deeper") { String(repeating: " ", count: $0) + "a:\n" },
    Attack("%TAG", "%TAG ! a\n"), Attack("%TAG behind a comment", "# c\n", "%TAG ! a\n"),
    Attack("%YAML", "%YAML 1.1\n"), Attack("%TAG behind a document", "a: b\n...\n", "%TAG ! a\n"),
    Attack("%TAG in a document", "a: b\n", "%TAG !a! b\n"),
    Attack("%TAG with handles") { "%TAG !a\($0)! b\n" },
    Attack("documents", "---\n"), Attack("document ends", "a: b\n", "...\n"),
    Attack("comments", "# c\n"), Attack("one comment", "a: b # ", "c"), Attack("line ends", "\n"),
    Attack("returns", "\r"), Attack("spaces", "a:", " "), Attack("tabs", "a:", "\t"),
    Attack("one plain text", "a: ", "b"), Attack("plain text in lines", "a:\n", " b\n"),
    Attack("plain text of words", "a: ", "b "), Attack("one key", "b"),
    Attack("one long key with value", "? ", "b", "\n: c"),
    Attack("one quoted text", "a: '", "b", "'"), Attack("open quote", "a: '", "b"),
    Attack("quotes", "a: '", "''", "'"), Attack("escapes", "a: \"", "\\x41", "\""),
    Attack("escaped line ends", "a: \"", "\\\n", "\""), Attack("wide letters", "a: ", "日"),
    Attack("literal lines", "a: |\n", " b\n"), Attack("literal empty lines", "a: |\n", "\n"),
    Attack("folded lines", "a: >\n", " b\n"), Attack("folded deeper lines", "a: >\n b\n", "   c\n"),
    Attack("list items", "a:\n", "- b\n"), Attack("flow items", "a: [", "b,", "]"),
    Attack("empty flow items", "a: [", ",", "]"), Attack("keys") { "key\($0): b\n" },
    Attack("flow keys in one line", "{", "b,", "}"), Attack("equal keys", "a: b\n"),
    Attack("equal keys in one line", "{", "a: b, ", "}"),
    Attack("anchors") { "k\($0): &a\($0) b\n" }, Attack("anchors again") { "k\($0): &a b\n" },
    Attack("unknown aliases", "a: [", "*b, ", "]"),
    Attack("unknown aliases, known anchors") { "k\($0): &a\($0) b\nl\($0): *x\n" },
    Attack("known aliases", "x: &x b\na: [", "*x, ", "]"),
    Attack("anchor without end", "a: &", "b"),
    Attack("tags", "a: [", "!t b, ", "]"), Attack("tags in lines") { "k\($0): !t b\n" },
    Attack("tag without end", "a: !", "b"), Attack("escaped tag", "a: !", "%41"),
    Attack("merges", "x: &x {a: b}\ny: {<<: [", "*x, ", "]}"),
    Attack("merges of merges") { index in
      index == 0 ? "k0: &a0 {a: b}\n" : "k\(index): &a\(index) {<<: *a\(index - 1), b\(index): c}\n"
    },
    Attack("merge keys again", "{", "<<: {}, ", "}"), Attack("zero bytes", "\u{0}"),
    Attack("controls", "a: ", "\u{1}"), Attack("list keys", "{", "[a]: b, ", "}"),
    Attack("marks", "a: ", ": "), Attack("backslashes", "\\"), Attack("percents", "%"),
    Attack("question marks", "?\n"), Attack("dashes", "-\n"), Attack("colons", ":\n"),
  ]

  /// Much for a linear reader, even one that is built without optimisation; far too little for one
  /// that is quadratic.
  static let allowance = Duration.seconds(2)

  @Test(arguments: attacks) func endsSoon(attack: Attack) {
    let text = attack.text()
    let time = processorTime {
      let file = SourceFile(name: "a", text: text)
      var bag = DiagnosticBag()
      let root = YAMLLoader().load(file, into: &bag)
      let report = DiagnosticRenderer(SourceMap([file])).text(bag)
      let json = DiagnosticRenderer.json(bag, SourceMap([file])).text(indented: false)
      #expect(root != nil || bag.hasErrors)
      #expect(report.utf8.count < 200_000 && json.utf8.count < 2_000_000)
    }
    #expect(time < Self.allowance)
  }

  @Test(arguments: 0..<16) func anyBytes(seed: Int) {
    var chance = Chance(seed: UInt64(seed))
    let alphabet = [
      "a", "b: ", "- ", "? ", ": ", "\n", "\n", "\n ", "\n  ", "[", "]", "{", "}", ",", "'", "\"",
      "\\", "%", "%YAML 1.3\n", "%TAG ! !\n", "@", "`", "!", "!<a>", "!e!", "!a%zz", "&", "&a ",
      "*a", "|", ">", "|2", ">-", "#", " # ", "\t", "---\n", "...\n", "--- ", "é", "<<: ", " ",
      "\\u12", "\\x", "\\n", "~", "-", "?", ":", "\r\n", "\u{FEFF}",
    ]
    for _ in 0..<400 {
      var bytes: [UInt8] = []
      for _ in 0..<(1 + chance.next(14)) {
        bytes += Array(alphabet[chance.next(alphabet.count)].utf8)
      }
      if chance.next(10) == 0 {
        bytes.insert(UInt8(chance.next(256)), at: chance.next(bytes.count))
      }
      let file = SourceFile(name: "a", bytes: bytes)
      var bag = DiagnosticBag()
      let root = YAMLLoader().load(file, into: &bag)
      let shown = String(decoding: bytes, as: UTF8.self).debugDescription
      #expect(root != nil || bag.hasErrors, "\(shown)")
      for diagnostic in bag.sorted {
        let isInside = diagnostic.span.map { $0.end <= bytes.count } ?? false
        #expect(isInside, "\(shown)")
      }
      #expect(!DiagnosticRenderer(SourceMap([file])).text(bag).contains("\u{1B}"))
      if let root { check(root, bytes.count) }
    }
  }

  /// Places of parts must lie within those of the whole, unless an alias stands for them.
  func check(_ node: MarkedNode, _ end: Int) {
    #expect(node.span.end <= end && node.span.start <= node.span.end)
    for item in node.sequence ?? [] { check(item, end) }
    for entry in node.mapping ?? [] {
      #expect(entry.key.span.end <= end)
      check(entry.value, end)
    }
  }
}
