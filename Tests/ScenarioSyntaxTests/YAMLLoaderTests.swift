import Diagnostics
import TestSupport
import Testing

@testable import ScenarioSyntax

@Suite struct YAMLLoaderTests {
  static func load(_ text: String) throws -> MarkedNode {
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(SourceFile(name: "a.yaml", text: text), file: 3, into: &bag)
    #expect(bag.isEmpty, "\(bag.sorted.map(\.message))")
    return try #require(root)
  }

  /// A tree as one line: `{key: value}`, `[item]`, texts in quotes of the style they have.
  static func outline(_ node: MarkedNode) -> String {
    switch node.content {
    case .scalar(let scalar): outline(scalar)
    case .sequence(let items): "[" + items.map(outline).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { outline($0.key) + ": " + outline($0.value) }.joined(separator: ", ") + "}"
    }
  }

  static func outline(_ scalar: MarkedScalar) -> String {
    let text = VisibleText.escaped(scalar.text)
    return switch scalar.style {
    case .plain: scalar.isEmptyPlain ? "∅" : text
    case .singleQuoted: "'\(text)'"
    case .doubleQuoted: "\"\(text)\""
    case .literal: "|\(text)|"
    case .folded: ">\(text)>"
    }
  }

  @Test(arguments: [
    ("a: b", "{a: b}"), ("a: no\nb: 1e3\nc: 0x1F\nd: 12:30\ne: ~\nf: null", nil),
    ("a:\nb: ''\nc: \"\"\nd: ~", "{a: ∅, b: '', c: \"\", d: ~}"),
    ("a: [b, 'c', \"d\\n\", ]", "{a: [b, 'c', \"d\\u{A}\"]}"),
    ("a:\n- b\n-\n- - c\n  - d\n", "{a: [b, ∅, [c, d]]}"), ("a: {b, c: }", "{a: {b: ∅, c: ∅}}"),
    ("a: |\n  b\n   c\n", "{a: |b\\u{A} c\\u{A}|}"), ("a: >-\n  b\n  c\n", "{a: >b c>}"),
    ("a: b\n  c\n", "{a: b c}"), ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
    ("a: |\r\n  b\r\n  c\r\n", "{a: |b\\u{A}c\\u{A}|}"), ("\u{FEFF}a: b", "{a: b}"),
    ("\u{FEFF}# é\na: 'é'", "{a: 'é'}"), ("---\na: b\n...\n", "{a: b}"),
    ("--- {a: b}\n# end", "{a: b}"),
    ("a: b\n...\n...\n# end\n", "{a: b}"), ("a:\tb", "{a: b}"), ("a: [b,\n\tc]", "{a: [b, c]}"),
    ("? a\n: b\n", "{a: b}"), ("{}", "{}"), ("a: []", "{a: []}"), ("a: b # c", "{a: b}"),
    ("a: \"\\u001b\\u2028\"", "{a: \"\\u{1B}\\u{2028}\"}"), ("on: off\n1: 2", "{on: off, 1: 2}"),
    ("größe: 日本 # ü\nb: 😀", "{größe: 日本, b: 😀}"),
  ])
  func shapes(yaml: String, wanted: String?) throws {
    let wanted = wanted ?? "{" + yaml.split(separator: "\n").joined(separator: ", ") + "}"
    #expect(Self.outline(try Self.load(yaml)) == wanted)
  }

  @Test(arguments: [
    ("a: &x b\nc: *x", "{a: b, c: b}"), ("a: &x [b]\nc: [*x, *x]", "{a: [b], c: [[b], [b]]}"),
    ("a: &x b\n*x : c", "{a: b, b: c}"), ("&x a: b\nc: *x", "{a: b, c: a}"),
    ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"), ("a: &x\nb: *x", "{a: ∅, b: ∅}"),
    ("a: &x {b: &y 1, c: *y}\nd: *x", "{a: {b: 1, c: 1}, d: {b: 1, c: 1}}"),
    ("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", "{x: {a: 1, b: 2}, y: {a: 1, b: 3}}"),
    ("x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x, c: 4}", "{x: {a: 1, b: 2}, y: {b: 3, a: 1, c: 4}}"),
    ("x: {<<: [{a: 1, b: 2}, {b: 3, c: 4}], c: 5}", "{x: {a: 1, b: 2, c: 5}}"),
    ("x: {<<: {<<: {a: 1}, b: 2}}", "{x: {a: 1, b: 2}}"), ("x: {<<: []}", "{x: {}}"),
    ("x: {<<: {}}", "{x: {}}"), ("x: {\"<<\": 1}", "{x: {\"<<\": 1}}"), ("x: [<<]", "{x: [<<]}"),
  ])
  func aliasesAndMerges(yaml: String, wanted: String) throws {
    #expect(Self.outline(try Self.load(yaml)) == wanted)
  }

  @Test func mergeOfManyKeys() throws {
    let keys = (0..<40).map { "k\($0)" }
    let base = keys.map { "  \($0): base" }.joined(separator: "\n")
    let own = keys.filter { $0.hasSuffix("7") }.map { "  \($0): own" }.joined(separator: "\n")
    let root = try Self.load("base: &base\n\(base)\nown:\n\(own)\n  <<: *base\n  last: own\n")
    let entries = try #require(root["own"]?.mapping)
    let taken = keys.filter { !$0.hasSuffix("7") }
    #expect(entries.map(\.key.text) == ["k7", "k17", "k27", "k37"] + taken + ["last"])
    #expect(entries.filter { $0.value.scalar?.text == "own" }.count == 5)
  }

  /// All nodes and keys of a tree.
  static func spans(_ node: MarkedNode) -> [SourceSpan] {
    switch node.content {
    case .scalar(let scalar):
      #expect(scalar.span == node.span)
      return [node.span]
    case .sequence(let items): return [node.span] + items.flatMap(spans)
    case .mapping(let entries):
      return [node.span] + entries.flatMap { [$0.key.span] + spans($0.value) }
    }
  }

  @Test(arguments: [
    "««a»: «b»»", "# c\n\n««a»: «b»» # c\n", "««a»: «'b'»\n«c»: «\"d\"»»\n",
    "««a»: «[«b», «[]»]»»", "«{«a»: «{«b»: «c»}» }» # d",
    "««a»:\n  «- «b»\n  - «c»»\n\n«d»: «e»»\n", "««a»:\n  ««b»: «c»\n  «d»:\n    «- «e»»»»",
    "««a»: «|\n  b\n  c»\n\n«d»: «e»»\n", "««a»: «>-\n  b»»\n\n", "««a»: &x «b»\n«c»: !t «d»»",
    "««a»: &x\n  # c\n  ««b»: «c»»»", "««a»: &x !t «[«b»]»»", "&x ««a»: «b»»", "««a»:«»»\n",
    "««a»:«»\n«b»: &x«»»\n", "««größe»: «'é'»\n«日»: «[«ü», «😀»]»»", "\u{FEFF}««é»: «ü»»",
    "««a»: «b\n  c»\n«d»: «e»»", "««a»:\n«- «b»»»",
  ])
  func places(marked: String) throws {
    let text = MarkedText(marked)
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(SourceFile(name: "a", text: text.text), into: &bag)
    let spans = Self.spans(try #require(root))
    #expect(spans == text.spans(), "\(MarkedText.mark(text.text, spans))")
  }

  @Test func placesCarryTheirFile() throws {
    let root = try Self.load("a: [b]")
    #expect(Self.spans(root).allSatisfy { $0.file == 3 })
  }

  @Test func placesBehindManyCharacters() throws {
    let filler = String(repeating: "# größe 日本 😀 filler\n", count: 500)
    let root = try Self.load(filler + "a: b\n" + filler + "c: 'ü'\n")
    let file = SourceFile(name: "a", text: filler + "a: b\n" + filler + "c: 'ü'\n")
    let span = try #require(root["c"]?.span)
    #expect(String(decoding: file.bytes[span.start..<span.end], as: UTF8.self) == "'ü'")
    #expect(file.position(of: span.start) == (1002, 4))
  }

  @Test func limitsAreExact() {
    func isAccepted(_ text: String, _ change: (inout YAMLLoader.Limits) -> Void) -> Bool {
      var limits = YAMLLoader.Limits()
      change(&limits)
      var bag = DiagnosticBag()
      return YAMLLoader(limits: limits).load(SourceFile(name: "a", text: text), into: &bag) != nil
        && bag.isEmpty
    }
    #expect(isAccepted("a: [b]") { $0.textBytes = 6 })
    #expect(!isAccepted("a: [b]") { $0.textBytes = 5 })
    #expect(isAccepted("a: [b]") { $0.nesting = 2 })
    #expect(!isAccepted("a: [b]") { $0.nesting = 1 })
    #expect(isAccepted("a: [b]") { $0.nodes = 4 })
    #expect(!isAccepted("a: [b]") { $0.nodes = 3 })
    #expect(isAccepted("a: &a [b]\nc: *a") { $0.nodes = 7 })
    #expect(!isAccepted("a: &a [b]\nc: *a") { $0.nodes = 6 })
    #expect(isAccepted("a: &a [b]\nc: [*a]") { $0.nesting = 3 })
    #expect(!isAccepted("a: &a [b]\nc: [*a]") { $0.nesting = 2 })
  }

  @Test func lookUp() throws {
    let root = try Self.load("a: {b: c}\nd: [e]")
    #expect(root["a"]?["b"]?.scalar?.text == "c")
    #expect(root["d"]?.sequence?.count == 1)
    #expect(root["x"] == nil && root["d"]?["e"] == nil && root.scalar == nil)
    #expect(root["a"]?.sequence == nil && root["d"]?.mapping == nil)
  }
}
