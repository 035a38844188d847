internal import Diagnostics

// The wording of what the loader finds itself. What libyaml finds is in SyntaxDiagnostics.swift.

extension Diagnostic {
  /// No more of a text is read than it takes to know that it is too large, so its size is unknown.
  static func textTooLarge(file: Int, limit: Int) -> Diagnostic {
    Diagnostic(
      .textTooLarge, "the text has more than \(grouped(limit)) bytes, which are the most",
      at: SourceSpan(file: file, start: 0, end: 0),
      help: "split it into scenarios of their own, or share parts with `extends`")
  }

  static func wideEncoding(_ encoding: String, file: Int) -> Diagnostic {
    Diagnostic(
      .wideEncoding, "the text is in \(encoding)", at: SourceSpan(file: file, start: 0, end: 0),
      help: "save the file as UTF-8")
  }

  static func invalidUTF8(_ byte: UInt8, at span: SourceSpan) -> Diagnostic {
    let hex = String(byte, radix: 16, uppercase: true)
    return Diagnostic(
      .invalidUTF8, "the byte 0x\(hex) is not part of a UTF-8 text", at: span,
      help: "save the file as UTF-8")
  }

  static func forbiddenCharacter(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Diagnostic {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    return Diagnostic(
      .forbiddenCharacter, "the invisible character \(name) is not allowed here", at: span,
      help: "remove it; if it is meant, write `\"\\u\(name.dropFirst(2))\"` in double quotes")
  }

  static func loneReturn(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .forbiddenCharacter, "a carriage return without a line feed is not allowed here", at: span,
      help: "lines end with LF or CRLF; save the file with one of these")
  }

  static func directive(_ text: YAMLText, at offset: Int) -> Diagnostic {
    let line = text.line(around: offset)
    let word = VisibleText.brief(text.string(offset..<text.endOfWord(from: offset)))
    return Diagnostic(
      .directive, "the directive `\(word)` is not allowed",
      at: text.span(offset, text.trimmingSpace(from: line.upperBound, downTo: offset + 1)),
      help: "remove the line; the key `version` says how the file is read")
  }

  static func emptyText(_ text: YAMLText) -> Diagnostic {
    Diagnostic(
      .emptyText, "there is no scenario in this text",
      at: text.span(text.bomLength, text.bomLength),
      help: "start with `version: 1`; `conclave init NAME` writes a scenario to begin with")
  }

  static func rootIsNotMapping(_ root: MarkedNode) -> Diagnostic {
    if let scalar = root.scalar, scalar.style == .plain, let split = SplitPair(scalar.text) {
      return .missingSpace(split, at: root.span)
    }
    let found = root.sequence == nil ? "a text" : "a list"
    return Diagnostic(
      .rootIsNotMapping, "a scenario consists of keys and values, and this is \(found)",
      at: root.span,
      help: root.scalar?.text.contains(":") ?? false
        ? "write `version: 1`, with a space behind the colon" : "start with `version: 1`")
  }

  static func secondDocument(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .secondDocument, "a second document starts here", at: span,
      notes: ["a file holds one scenario"], help: "put it into a file of its own")
  }

  static func nestedTooDeep(_ span: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestedTooDeep, "lists and mappings are inside each other more than \(limit) deep", at: span)
  }

  static func tooManyNodes(_ span: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      .tooManyNodes, "the text has more than \(grouped(limit)) values", at: span,
      label: "the limit is reached here", notes: ["what an alias stands for counts each time"])
  }

  /// Parameters brought in more than a whole file may have.
  static func expandedTooMuch(_ span: SourceSpan) -> Diagnostic {
    let limits = YAMLLoader.Limits()
    return Diagnostic(
      .tooManyNodes,
      "parameters stand for more than \(grouped(limits.nodes)) values or "
        + "\(grouped(limits.textBytes)) bytes", at: span, label: "the limit is reached here",
      notes: ["what a parameter stands for counts each time"])
  }

  static func duplicateKey(_ again: MarkedScalar, first: MarkedScalar) -> Diagnostic {
    Diagnostic(
      .duplicateKey, "the key `\(VisibleText.brief(again.text))` is given twice", at: again.span,
      label: "given again here", labels: [Label(first.span, "first given here")],
      help: "remove one of them")
  }

  static func keyIsNotText(_ key: MarkedNode, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .keyIsNotText, "a \(key.sequence == nil ? "mapping" : "list") cannot be a key", at: span,
      help: "a key is a word; quote it if it starts with a bracket")
  }

  static func unknownAlias(
    _ name: String, at span: SourceSpan, in text: YAMLText, known: [String]
  ) -> Diagnostic {
    let help: String
    if let nearest = Suggestion.nearest(to: name, among: known) {
      help = "did you mean `*\(nearest)`?"
    } else {
      help = "name a value with `&` before; or, if it is a text, \(quoting(text, span.start))"
    }
    let name = VisibleText.brief(name)
    return Diagnostic(
      .unknownAlias, "no value before this place is named `&\(name)`", at: span, help: help)
  }

  static func recursiveAlias(
    _ name: String, at span: SourceSpan, anchor: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .recursiveAlias, "`*\(VisibleText.brief(name))` stands inside the value that it names",
      at: span,
      labels: [Label(anchor, "named here")])
  }

  /// `span` is the place of the value behind the merge key.
  static func mergeOfNonMapping(_ value: MarkedNode, at span: SourceSpan) -> Diagnostic {
    let found =
      value.isEmptyPlain ? "nothing" : value.sequence == nil ? "a text" : "a list of something else"
    return Diagnostic(
      .mergeOfNonMapping, "`<<` takes in the keys of a mapping, and this is \(found)", at: span,
      help: "name a mapping with `&name` and give `<<: *name` or `<<: [*one, *two]`")
  }

  /// A block text without lines whose mark is followed by a digit: rather a comparison.
  static func comparison(_ span: SourceSpan, in text: YAMLText) -> Diagnostic {
    let mark = text.string(span.start..<span.start + 1)
    return Diagnostic(
      .blockMark, "`\(mark)` and a digit start a text on the lines below, and there is none",
      at: span, help: quoting(text, span.start))
  }

  static func tag(_ span: SourceSpan, in text: YAMLText) -> Diagnostic {
    let word = VisibleText.brief(text.string(span.start..<span.end))
    let help =
      word.hasPrefix("!!")
      ? "remove it; the key decides how its value is read"
      : "remove it; or, if it is a text, \(quoting(text, span.start))"
    return Diagnostic(.tag, "the tag `\(word)` is not allowed", at: span, help: help)
  }

  /// The advice to quote the value of the line around an offset.
  static func quoting(_ text: YAMLText, _ offset: Int) -> String {
    guard text.line(around: offset).count <= 500 else { return "put it in quotes" }
    let value = text.value(around: offset)
    guard value.count <= 120 else { return "put it in quotes" }
    let words = unquoted(text.string(value))
    return "put it in quotes: `\(ScalarWriter.singleQuoted(words))`"
  }

  /// A text in quotes that a quote inside has ended too early, without the outer ones: `'it's'`.
  /// What has more than one quoted part, `'b' + 'c'`, stays as it is.
  private static func unquoted(_ text: String) -> String {
    let inner = text.dropFirst()
    guard let mark = text.first, mark == "\"" || mark == "'", inner.last == mark,
      let end = inner.firstIndex(of: mark), let next = inner[end...].dropFirst().first,
      !next.isWhitespace
    else { return text }
    return String(inner.dropLast())
  }

  /// A number with commas between thousands.
  private static func grouped(_ number: Int) -> String {
    Limit.grouped(Int64(number), by: ",")
  }
}
