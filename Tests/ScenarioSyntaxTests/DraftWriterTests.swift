import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// Whatever a draft holds, its text is read back as the same draft.
struct DraftWriterTests {
  private func read(_ text: String) throws -> ScenarioDraft {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let file = ScenarioReader().read(
      SourceFile(name: "story.yaml", text: text), sources: &sources, into: &bag)
    #expect(bag.isEmpty, "\(DiagnosticRenderer(sources).text(bag))\(text)")
    return try #require(file).draft(cell: 0, named: [])
  }

  private func draft() throws -> ScenarioDraft {
    try read(
      """
      version: 1
      name: story
      topology: {nodes: 3}
      latencies: {default: 5ms}
      protocol: paxos
      assertions: [{never: node1.decided}]
      """)
  }

  private static let texts = [
    "a", "", " a ", "a: b", "a #b", "#", "- a", "-1", "'", "\"", "a\"b'c", "\\", "{a}", "[a, b]",
    "a,b",
    "x == \"a\" && !y", "!x", "&x", "*x", "? x", "| x", "> 5", "< 5", "%", "@", "`x`", "~", "null",
    "no",
    "<<", "=", "...", "---", "a:", ":a", "über → ∞", "a\u{200B}b", "a\tb", "a\u{7}b", "a\nb",
    "a\nb\n", "a\n", "\n", "\na", " a\nb", "a\n\nb", "a\n b\n", "a\nb\n\n", "a \nb",
    String(repeating: "word ", count: 40) + "end", String(repeating: "x", count: 150),
    String(repeating: "\"a\" ", count: 40), String(repeating: "a  b ", count: 40),
    String(repeating: "a: b ", count: 40), String(repeating: "a#b # ", count: 30),
    String(repeating: "word ", count: 40) + "\n", "a - b", String(repeating: "- ", count: 70) + "a",
    String(repeating: "a \\\\ ", count: 40), "\u{FEFF}", "\r", "a\r\nb", "\u{2028}", "\u{85}",
  ]

  /// In a line of its own, in an entry over several lines, between brackets, as an item, as a key.
  @Test(arguments: texts)
  func readsBackEveryText(_ text: String) throws {
    let value = DraftValue.text(text)
    var draft = try draft()
    draft[["description"]] = value
    draft[["tags"]] = .list([value, .text("b"), value])
    draft[["assertions", 0, "name"]] = value
    draft[["assertions", 1]] = .mapping([.init("never", value)])
    draft[["assertions", 2]] = value
    draft[["protocol"]] = .mapping([.init("paxos", .mapping([.init(text, value)]))])
    draft[["limits"]] = .mapping([.init("time", .list([.mapping([.init(text, value)])]))])
    #expect(tree(draft.text) == tree(of: draft.root), "\(draft.text)")
  }

  @Test func readsBackComments() throws {
    var draft = try draft()
    draft.header = ["One", "", "  two", "#three"]
    for path in draft.places(below: []).dropFirst() {
      guard case .mapping? = draft[path]?.content else {
        draft[path]?.behind = "behind \(path)"
        continue
      }
    }
    draft[["assertions", 0]]?.above = ["above", "", "the first"]
    draft[["assertions", 1]] = DraftValue(.text("agreement"), above: ["above the second"])
    draft[["protocol"]]?.above = ["above a section"]
    let text = draft.text
    expectGolden(text, "draft-with-comments.yaml")
    #expect(try read(text).text == text)
  }

  @Test func breaksLongLists() throws {
    var draft = try draft()
    let names = (1...60).map { DraftValue.text("node\($0)") }
    draft[["topology", "nodes"]] = .list(names)
    draft[["faults"]] = .list([
      .mapping([
        .init("at", .text("10ms")),
        .init("partition", .list([.list(Array(names.prefix(40))), .text("others")])),
      ])
    ])
    expectGolden(draft.text, "draft-with-long-lists.yaml")
    #expect(try read(draft.text).root == draft.root)
  }

  // MARK: Trees without places

  private func tree(_ text: String) -> String {
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(SourceFile(name: "story.yaml", text: text), into: &bag)
    return root.map { tree(of: $0) } ?? "\(bag.sorted.map(\.message))"
  }

  private func tree(of node: MarkedNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text.debugDescription
    case .sequence(let items): "[\(items.map { tree(of: $0) }.joined(separator: ", "))]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key.text.debugDescription): \(tree(of: $0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  private func tree(of value: DraftValue) -> String {
    switch value.content {
    case .text(let text): text.debugDescription
    case .list(let items): "[\(items.map { tree(of: $0) }.joined(separator: ", "))]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key.debugDescription): \(tree(of: $0.value))" }
        .joined(separator: ", ") + "}"
    }
  }
}
