import Diagnostics
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("a\u{1B}[0mb", "a\\u{1B}[0mb"), ("\t\n", "\\u{9}\\u{A}"),
    ("\u{202A}\u{202E}\u{2066}\u{2069}", "\\u{202A}\\u{202E}\\u{2066}\\u{2069}"),
    ("\u{FEFF}é日\u{200B}", "\\u{FEFF}é日\\u{200B}"), ("", ""),
  ])
  func escaped(text: String, wanted: String) {
    #expect(VisibleText.escaped(text) == wanted)
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("\u{1B}", 6),
    ("한", 2), ("ｱ", 1), ("Ａ", 2),
  ])
  func width(text: String, wanted: Int) {
    #expect(VisibleText.width(text) == wanted)
  }
}
