import Diagnostics
import TestSupport
import Testing

@testable import ScenarioSyntax

@Suite struct ScalarWriterTests {
  @Test(arguments: [
    "node1", "145ms", "0ms..150ms", "1%", "leader election", "-5", ".5", "a:b", "a#b", "größe",
    "日本", "~", "null", "true", "1_000_000", "a == b", "x && y", "a / b", "it is (so)",
  ])
  func staysPlain(text: String) {
    #expect(ScalarWriter.scalar(text) == text)
  }

  @Test(arguments: [
    "", " a", "a ", "a: b", "a:", "a #b", "- a", "-", "---", "...", "? a", "[a", "a, b", "{a}",
    "!a", "&a", "*a", "> 5", "|", "@a", "`a", "%a", "'a", "\"a", "it's", "a\nb", "a\tb", "\u{1B}",
    "\u{85}", "\u{2028}", "\u{FEFF}", "\u{202E}", "<<", "=", "${name}", "a\\b\n", "\u{E000}",
    "\u{1F600}\n", "<node1",
  ])
  func isQuoted(text: String) {
    #expect(ScalarWriter.scalar(text).hasPrefix("\""))
  }

  static let frames: [@Sendable (String) -> String] = [
    { "key: \($0)" }, { "key: \($0) # comment" }, { "key:\n  - \($0)\n" }, { "key: [\($0)]" },
    { "key: [a, \($0), b]" }, { "{key: \($0)}" }, { "{key: \($0), b: c}" },
  ]

  static func readBack(_ yaml: String) -> String? {
    var bag = DiagnosticBag()
    let root = YAMLLoader().load(SourceFile(name: "a", text: yaml), into: &bag)
    let value = root?["key"]
    guard bag.isEmpty else { return nil }
    guard let items = value?.sequence else { return value?.scalar?.text }
    return (items.count == 3 ? items[1] : items.first)?.scalar?.text
  }

  @Test(arguments: 0..<60) func randomTextsComeBack(seed: Int) {
    var chance = Chance(seed: UInt64(seed))
    let alphabet = Array(
      "ab1 .-:#,[]{}&*!|>'\"%@`?=~<$/\\\n\r\t_é日😀\u{0}\u{7}\u{1B}\u{7F}\u{85}\u{A0}\u{2028}\u{FEFF}"
        .unicodeScalars)
    for _ in 0..<100 {
      var text = ""
      for _ in 0..<chance.next(8) {
        text.unicodeScalars.append(alphabet[chance.next(alphabet.count)])
      }
      for frame in Self.frames {
        let yaml = frame(ScalarWriter.scalar(text))
        #expect(Self.readBack(yaml).map { Array($0.utf8) } == Array(text.utf8), "\(yaml)")
      }
      let key = "\(ScalarWriter.scalar(text)): x"
      var bag = DiagnosticBag()
      let root = YAMLLoader().load(SourceFile(name: "a", text: key), into: &bag)
      #expect(root?.mapping?.first?.key.text.utf8.elementsEqual(text.utf8) == true, "\(key)")
    }
  }

  @Test(arguments: ["never: !x", "a 'b' c", "", "> 5 # c", "\\n"])
  func singleQuotesComeBack(text: String) {
    #expect(Self.readBack("key: \(ScalarWriter.singleQuoted(text))") == text)
  }
}
