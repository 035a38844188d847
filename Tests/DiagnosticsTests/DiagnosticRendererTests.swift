import Diagnostics
import TestSupport
import Testing

extension DiagnosticCode {
  static let sampleError = DiagnosticCode(
    "E0999", "a sample", explanation: "Only tests report it.\n\nNever you.", wrong: "a:\n\tb",
    right: "a: b")
  static let sampleWarning = DiagnosticCode(
    "W0799", "a doubt", explanation: "Only tests report it.", wrong: "\u{1B}[31m", right: "b")
}

@Suite struct DiagnosticRendererTests {
  /// A diagnostic at the first mark of a text, with labels at the others.
  static func diagnose(
    _ marked: String, _ message: String = "something is wrong",
    code: DiagnosticCode = .sampleError, label: String = "here", more: String = "and here",
    notes: [String] = [], help: String? = nil
  ) -> String {
    let marked = MarkedText(marked)
    let sources = SourceMap([SourceFile(name: "a.yaml", text: marked.text)])
    let spans = marked.spans()
    let diagnostic = Diagnostic(
      code, message, at: spans[0], label: label,
      labels: spans.dropFirst().map { Diagnostic.Label($0, more) }, notes: notes, help: help)
    return DiagnosticRenderer(sources).text(diagnostic)
  }

  @Test func places() {
    let texts = [
      Self.diagnose("a: «b»"),
      Self.diagnose("a: «b»", label: "", notes: ["a fact", "another"], help: "do this"),
      Self.diagnose("a:«»", "nothing is given", label: ""),
      Self.diagnose("a: b\nc: d\n«e»: f\n", code: .sampleWarning, help: "one\n  two\nthree"),
      Self.diagnose("«seed»: 7\n«seed»: 8"),
      Self.diagnose("«seed»: 7\n\n\n\n\n\n\n\n\n«seed»: 8"),
      Self.diagnose("{«seed»: 7, «seed»: 8}"),
      Self.diagnose("{«seed: {«seed»: 8}»}"),
      Self.diagnose("a: «[b,\n  c]»\nd: e"),
      Self.diagnose("a: b«\n»c: d"),
      Self.diagnose("a: b\r\nc: «d»\r\n"),
      Self.diagnose("«»", "there is nothing"),
    ]
    expectGolden(texts.joined(separator: "\n"), "places.txt")
  }

  @Test func widths() {
    let texts = [
      Self.diagnose("\ta:\t«b»\tc"),
      Self.diagnose("größe: «straße»"),
      Self.diagnose("日本語: «日本» # ｗｉｄｅ"),
      Self.diagnose("e\u{301}e\u{301}: «o\u{308}x» y"),
      Self.diagnose("😀👩🏽‍💻: «b»"),
    ]
    expectGolden(texts.joined(separator: "\n"), "widths.txt")
  }

  @Test func longLines() {
    let long = String(repeating: "0123456789", count: 40)
    let texts = [
      Self.diagnose("a: " + String(repeating: "x", count: 150) + "«yz»"),
      Self.diagnose("a: «x»" + long),
      Self.diagnose("a: \(long)«x»\(long)"),
      Self.diagnose("a: \(long)«x»"),
      Self.diagnose("a: \(long)«x\(long)»", label: "too long"),
      Self.diagnose("{«seed»: \(long), «seed»: \(long)}"),
      Self.diagnose(String(repeating: "日本", count: 100) + "«語»"),
    ]
    expectGolden(texts.joined(separator: "\n"), "long-lines.txt")
  }

  @Test func hostileTexts() {
    let escape = "\u{1B}[2J\u{7}\u{8}\u{202E}\u{2066}\u{200B}\u{AD}\u{9B}31m\u{2028}"
    let text = Self.diagnose(
      "a\(escape): «b\(escape)»", "bad\r\n\(escape)", label: escape, notes: [escape], help: escape)
    var bytes = Array("a: ".utf8) + [0xFF, 0xC3, 0x28, 0xE2, 0x82, 0xED, 0xA0, 0x80, 0xC0, 0xAF]
    bytes += Array(" b".utf8)
    let sources = SourceMap([SourceFile(name: "a\(escape).yaml", bytes: bytes)])
    let span = SourceSpan(start: 14, end: 15)
    let second = DiagnosticRenderer(sources).text(Diagnostic(.sampleError, "bytes", at: span))
    expectGolden(text + "\n" + second, "hostile.txt")
    for scalar in (text + second).unicodeScalars {
      #expect(scalar == "\n" || !VisibleText.isHidden(scalar))
    }
  }

  @Test func severalFiles() {
    let sources = SourceMap([
      SourceFile(name: "scenario.yaml", text: "extends: base.yaml\nseed: x\n"),
      SourceFile(name: "base.yaml", text: "version: 1\nseed: 7\n"),
    ])
    let diagnostic = Diagnostic(
      .sampleError, "two files", at: SourceSpan(start: 25, end: 26), label: "here",
      labels: [
        .init(SourceSpan(file: 1, start: 11, end: 15), "there"),
        .init(SourceSpan(start: 0, end: 7), "because of this"),
      ], help: "look at both")
    let nowhere = Diagnostic(.sampleError, "no place at all", at: nil, notes: ["really"])
    let renderer = DiagnosticRenderer(sources)
    expectGolden(renderer.text(diagnostic) + "\n" + renderer.text(nowhere), "files.txt")
  }

  @Test func colourChangesNothingElse() {
    let sources = SourceMap([SourceFile(name: "a.yaml", text: "seed: 7\n\n\nseed: 8\n")])
    let diagnostic = Diagnostic(
      .sampleWarning, "twice", at: SourceSpan(start: 10, end: 14), label: "again",
      labels: [.init(SourceSpan(start: 0, end: 4), "first")], notes: ["n"], help: "h")
    let plain = DiagnosticRenderer(sources).text(diagnostic)
    let coloured = DiagnosticRenderer(sources, colour: true).text(diagnostic)
    #expect(coloured.contains("\u{1B}[1;33mwarning[W0799]\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(!plain.contains("\u{1B}"))
  }

  @Test(arguments: 0..<200) func anySpanOfAnyBytes(seed: Int) {
    var generator = SystemlessGenerator(state: UInt64(seed))
    let bytes = (0..<generator.below(400)).map { _ in
      let alphabet: [UInt8] = [
        0x0A, 0x0D, 0x09, 0x20, 0x41, 0xE6, 0x97, 0xA5, 0xFF, 0x1B, 0xCC, 0x81,
      ]
      return alphabet[generator.below(alphabet.count)]
    }
    let sources = SourceMap([SourceFile(name: "a", bytes: bytes)])
    for _ in 0..<20 {
      let start = generator.below(bytes.count + 1)
      let span = SourceSpan(start: start, end: start + generator.below(bytes.count + 1 - start))
      let text = DiagnosticRenderer(sources).text(Diagnostic(.sampleError, "x", at: span))
      #expect(text.contains("^"))
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) })
    }
  }

  @Test func hugeLineIsQuick() {
    let text = String(repeating: "a: [b, ", count: 600_000)
    let sources = SourceMap([SourceFile(name: "a", text: text)])
    let span = SourceSpan(start: 4_000_000, end: 4_100_000)
    var rendered = ""
    let time = processorTime {
      rendered = DiagnosticRenderer(sources).text(Diagnostic(.sampleError, "x", at: span))
    }
    #expect(rendered.utf8.count < 800)
    #expect(time < .seconds(2))
  }
}

/// Numbers that depend on the seed alone.
struct SystemlessGenerator {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
