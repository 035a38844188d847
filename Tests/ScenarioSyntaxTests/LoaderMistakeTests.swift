import Diagnostics
import TestSupport
import Testing

@testable import ScenarioSyntax

extension String {
  fileprivate var withoutLineEnd: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}

/// Every mistake in a text, with what its author is told.
@Suite struct LoaderMistakeTests {
  /// What is reported for a text, behind the text itself.
  static func report(_ bytes: [UInt8]) -> String {
    let file = SourceFile(name: "a.yaml", bytes: bytes)
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(file, into: &bag)
    #expect(bag.hasErrors, "\(String(decoding: bytes, as: UTF8.self)) is accepted")
    let shown = String(decoding: bytes.prefix(200), as: UTF8.self).withoutLineEnd
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { "| " + VisibleText.escaped(String($0)) + "\n" }.joined()
    let outcome = root == nil ? "" : "(read on)\n"
    return "\(shown)\n\(DiagnosticRenderer(SourceMap([file])).text(bag))\(outcome)"
  }

  static func golden(_ name: String, _ texts: [String]) {
    let reports = texts.map { report(Array($0.utf8)) }
    expectGolden(reports.joined(separator: "\n"), name)
  }

  @Test func characters() {
    let texts: [[UInt8]] = [
      Array("name: caf".utf8) + [0xE9, 0x0A], Array("a: ".utf8) + [0xC0, 0xAF],
      Array("a: ".utf8) + [0xED, 0xA0, 0x80], Array("a: ".utf8) + [0xF0, 0x9F, 0x98],
      Array("a: ".utf8) + [0xF5, 0x80, 0x80, 0x80], Array(0x80...0xFF),
      [0xFF, 0xFE] + Self.spread(behind: 1), [0xFE, 0xFF] + Self.spread(before: 1),
      Self.spread(behind: 1), Self.spread(before: 1),
      [0xFF, 0xFE, 0, 0] + Self.spread(behind: 3), [0, 0, 0xFE, 0xFF] + Self.spread(before: 3),
      Self.spread(behind: 3), Self.spread(before: 3),
      Array("a: b\u{0}c".utf8), Array("a: \u{1B}[2Jb\u{7F}".utf8), Array("é: \u{85}b".utf8),
      Array("a: b\u{2028}c: d\u{2029}".utf8), Array("a: \u{FEFF}b".utf8),
      Array("\u{FEFF}\u{FEFF}a: b".utf8), Array("a: \u{FFFF}".utf8), [0],
      Array("a: b\rc: d\re: f\r".utf8), Array("a: b\r\nc: é\r\r\nd: e\r\n".utf8),
    ]
    expectGolden(texts.map(Self.report).joined(separator: "\n"), "characters.txt")
  }

  /// A short text with zero bytes around each of its own.
  static func spread(before: Int = 0, behind: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in "version: 1\n".utf8 {
      bytes += [UInt8](repeating: 0, count: before) + [byte] + [UInt8](repeating: 0, count: behind)
    }
    return bytes
  }

  @Test func keys() {
    Self.golden(
      "keys.txt",
      [
        "seed: 1\nname: x\nseed: 2\nseed: 3\n", "{a: 1, 'a': 2}", "a: {b: 1, \"b\": 2}",
        "<<: {a: 1}\n<<: {b: 1}\n", "x: &x {a: 1}\nb: *x\n*x : c\n",
        "[a, b]: c\n", "{a: b}: c\n", "? - a\n: b\n", "? [a]\n? {b: c}\n",
        (0..<14).map { "key\($0): x\n" }.joined() + "key3: y\n",
        "e\u{301}: 1\n\u{E9}: 2\n",
      ])
  }

  @Test func aliases() {
    Self.golden(
      "aliases.txt",
      [
        "a: *x\n", "abc: &left 1\nb: *lefd\n", "a: [*x, *y]\nb: *x\n", "a: *x > 3\n", "a: * b\n",
        "a: &\n", "a: && b\n", "a: &x {b: *x}\n", "a: &x\n  - &y [*y]\n", "&r a: *r\nb: &r [*r]\n",
        "a: &x {<<: *x}\n", "x: &x 1\na:\n  <<: *x\n", "x: &x [1]\na: {<<: *x}\n", "a:\n  <<:\n",
        "a:\n  <<: [{b: 1}, c, [d]]\n", "a: &x *x\n",
      ])
  }

  @Test func tagsAndDocuments() {
    Self.golden(
      "documents.txt",
      [
        "a: !foo b\n", "a: !!str b\n", "a: !!python/object:os.system [ls]\n", "a: !<tag:x,1:y> b\n",
        "a: ! b\n", "never: !node1.up && node2.up\n", "a: !foo\n  b: c\n", "a: &x !foo b\nc: *x\n",
        "!!map {a: b}\n", "a: !e!foo b\n", "a: !(x) b\n", "- !x\n", "never: !x || y\n",
        "%YAML 1.2\n---\na: b\n", "# c\n\n%TAG ! tag:x,1:\n---\na: !b c\n", "%FOO\n---\na: b\n",
        "a: b\n%YAML 1.2\n", "a: b\n...\n%TAG ! x\n---\n", "a: b\n---\nc: d\n", "a: b\n...\nc: d\n",
        "---\n---\na: b\n", "a: b\n--- # c\n", "a: b\n...\n# c\n--- {}\n",
        "", "\n", "# nothing\n", "---\n", "--- # nothing\n...\n", "\u{FEFF}", "...\n",
        "a", "- a\n- b\n", "[a]", "'a: b'", "~", "a:b\n", "|\n a: b\n",
      ])
  }

  @Test func limits() {
    let flow = String(repeating: "[", count: 70)
    let bombs = (0..<12).map { level in
      "k\(level): &a\(level) ["
        + (0..<10).map { _ in level == 0 ? "x" : "*a\(level - 1)" }
        .joined(separator: ", ") + "]\n"
    }
    Self.golden(
      "limits.txt",
      [
        "a: " + flow, "a: " + String(repeating: "{a: ", count: 70),
        String(repeating: "- ", count: 70) + "a",
        "a: &a " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "\nb: "
          + String(repeating: "[", count: 30) + "*a",
        bombs.joined(),
        "a: [" + String(repeating: "b,", count: 1_000_000) + "]",
        "a: " + String(repeating: "b", count: 4 << 20),
      ])
  }

  @Test func indentation() {
    Self.golden(
      "indentation.txt",
      [
        "a:\n\tb: c\n", "\ta: b\n", "a:\n  b: c\n\td: e\n", "a:\n  - b\n\t- c\n", "a: |\n\tb\n",
        "a:\n  b: c\n d: e\n", "a: b\n  c: d\n", " a: b\nc: d\n", "a:\n  - b\n - c\n",
        "- a\nb: c\n",
        "a: - b\n", "a:\n  b\n  c: d\n", "a: 'b\nc: d\n", "a: \"b\n",
        "a: 'b' 'c'\n",
        "a: |\n    b\n  c\n", "a: ? b\n", "a: \"b\n---\n\"\n",
      ])
  }

  @Test func quotesAndBrackets() {
    Self.golden(
      "quotes.txt",
      [
        "a: 'it's'\n", "a: \"b\" == c\n", "a: [b] c\n", "a: {b: c} d\n", "a: [b, c\nd: e\n",
        "a: [b, c",
        "a: {b: c\n", "a: {b: c]\n", "a: [b}\n", "a: [b, , c]\n", "a: ]\n", "a: }\n", "a: ,\n",
        "a: b]\n]",
        "a: \"\\q\"\n", "a: \"\\x4\"\n", "a: \"\\uD800\"\n", "a: \"\\\u{E9}\"\n", "a: b: c\n",
        "{a:[b]}\n", "a: {b: c, d:[e]}\n", "a: b\n%x y\n", "a: [\n% \n",
        "a: 'b': c\n", "name: locks: a story # told\n", "a: [b: c: d]\n", "a\nb: c\n", "a: b\nc\n",
        "a: b\nc:d\ne: f\n", "is: > 5\n", "is: >= 5\n", "is: >5\n", "is: |x\n", "is: >0\n",
        "a: @b\n",
        "a: `b`\n", "a: %b\n", "a: [@b]\n", "%\n", "a: #b\n  c\n d: e\n", "? [\n", "a: [b, 'c\n",
        "{a: b}}\n",
        "a: &b: c\n", "*: b\n", "a: !<b c\n", "a: [>b]\n", "a: {b, c: [}\n", "{", "[", "'", "\"",
        "&", "*", "!",
        "|", "-\n?\n", ": a\n:", "{,}", "?\ta: b\n", "@", "a: !\n",
      ])
  }

  /// A code is reported for its own wrong example, and not for the right one.
  @Test(arguments: LoaderCodes.all) func examples(code: DiagnosticCode) {
    #expect(!code.title.isEmpty && code.title.last != ".")
    #expect(code.explanation.count > 60)
    func codes(_ text: String) -> [DiagnosticCode] {
      var bag = DiagnosticBag()
      _ = YAMLLoader().load(SourceFile(name: "a", text: text), into: &bag)
      return bag.sorted.map(\.code)
    }
    #expect(codes(code.right) == [])
    // What no example in a Swift text can have is in the tests above.
    let unwritable: [DiagnosticCode] = [.textTooLarge, .invalidUTF8, .wideEncoding]
    if !unwritable.contains(code) { #expect(codes(code.wrong) == [code]) }
  }

  @Test func eachNumberOnce() {
    let catalog = ExplanationCatalog(LoaderCodes.all)
    #expect(catalog.codes == LoaderCodes.all)
    #expect(catalog.codes.allSatisfy { $0.id.hasPrefix("E01") })
  }
}
