internal import Diagnostics

// What libyaml finds, in the words of an author of scenarios.

extension Diagnostic {
  /// Says what is wrong with a text that libyaml cannot read.
  static func syntax(_ problem: YAMLProblem, in text: YAMLText) -> Diagnostic {
    let found = SyntaxProblem(problem, text)
    switch problem.problem {
    case "found character that cannot start any token": return found.badStart
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return found.tab
    case "found unexpected end of stream", "found unexpected document indicator":
      return found.openQuote
    case "did not find expected ',' or ']'": return found.openBracket("]", of: "list")
    case "did not find expected ',' or '}'": return found.openBracket("}", of: "mapping")
    case "mapping values are not allowed in this context": return found.colon
    case "could not find expected ':'": return found.missingColon
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      return found.strayText
    case "mapping keys are not allowed in this context": return found.keyMark
    case "found unexpected ':'": return found.colonWithoutSpace
    case "block sequence entries are not allowed in this context": return found.dash
    case "did not find expected node content": return found.missingValue
    case "did not find expected comment or line break",
      "found an indentation indicator equal to 0":
      return found.blockMark
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return found.badEscape
    default: break
    }
    switch problem.context {
    case "while scanning a tag", "while parsing a tag":
      return found.tag
    case "while parsing a node": return found.tag
    case "while scanning an anchor", "while scanning an alias": return found.badName
    case "while scanning a directive", "while scanning a %YAML directive",
      "while scanning a %TAG directive":
      return found.lateDirective
    default: return found.other
    }
  }

  /// A quote that only a later one has closed, and what stands behind that fits nowhere.
  static func lateQuote(_ start: Int, _ end: Int, in text: YAMLText) -> Diagnostic {
    let mark = text.string(end..<end + 1)
    var open = start
    while open < end, text.string(open..<open + 1) != mark { open += 1 }
    return Diagnostic(
      .openQuote, "this quote is not closed before the end of its line",
      at: text.span(open, open + 1),
      labels: [Label(text.span(end, end + 1), "this one closes it, and more follows")],
      help: "close it with `\(mark)` where the text ends")
  }
}

/// A problem of libyaml with its places in bytes.
private struct SyntaxProblem {
  let problem: YAMLProblem
  let text: YAMLText
  let start: Int
  let contextStart: Int

  init(_ problem: YAMLProblem, _ text: YAMLText) {
    self.problem = problem
    self.text = text
    start = text.offset(of: problem.start)
    contextStart = text.offset(of: problem.contextStart)
  }

  /// The word at the problem; the last word of the text if the problem is its end.
  private var word: SourceSpan {
    if start < text.file.bytes.count { return text.span(start, text.endOfWord(from: start)) }
    return text.span(text.file.bytes.count, text.file.bytes.count)
  }

  private var quoting: String { Diagnostic.quoting(text, start) }

  /// What stands before the problem in its line, without indentation and dashes.
  private var before: String {
    let value = text.line(around: start).lowerBound..<start
    return text.string(value).drop { $0 == " " || $0 == "\t" || $0 == "-" }.description
  }

  var badStart: Diagnostic {
    if text.byte(start) == 0x09 { return tab }
    return reserved(at: start)
  }

  var lateDirective: Diagnostic { reserved(at: contextStart) }

  private func reserved(at offset: Int) -> Diagnostic {
    let character = text.string(offset..<offset + 1)
    let name = character == "`" ? "a backtick" : "`\(character)`"
    return Diagnostic(
      .reservedCharacter, "a text without quotes cannot start with \(name)",
      at: text.span(offset, offset + 1), help: Diagnostic.quoting(text, offset))
  }

  var tab: Diagnostic {
    var end = start
    while text.byte(end) == 0x09 { end += 1 }
    return Diagnostic(
      .tabIndentation, "a tab cannot indent", at: text.span(start, end),
      help: "indent with spaces, two for each level")
  }

  var openQuote: Diagnostic {
    Diagnostic(
      .openQuote, "this quote is never closed", at: text.span(contextStart, contextStart + 1),
      help: text.byte(contextStart) == UInt8(ascii: "'")
        ? "close it with `'`; a `'` inside is written `''`" : "close it with `\"`")
  }

  func openBracket(_ close: String, of kind: String) -> Diagnostic {
    let open = text.span(contextStart, contextStart + 1)
    guard start < text.file.bytes.count else {
      return Diagnostic(
        .openBracket, "this \(kind) is never closed", at: open, help: "close it with `\(close)`")
    }
    return Diagnostic(
      .openBracket, "expected `,` or `\(close)`", at: word,
      labels: [Diagnostic.Label(open, "the \(kind) starts here")],
      help: "put a comma between two items, or close the \(kind) with `\(close)`; a text with "
        + "brackets, commas or quotes in it must be quoted")
  }

  var colon: Diagnostic {
    let span = text.span(start, start + 1)
    guard before.contains(": ") else {
      return Diagnostic(
        .strayColon, "a colon is not possible here", at: span,
        help: "check the indentation of this line and the one before")
    }
    return Diagnostic(
      .strayColon, "a second colon in one line", at: span,
      help: "if it is part of the value, \(quoting); otherwise start a new line")
  }

  var colonWithoutSpace: Diagnostic {
    Diagnostic(
      .strayColon, "this colon has no space behind it", at: text.span(start, start + 1),
      help: "write a space behind the colon; if it is part of the value, put that in quotes")
  }

  var keyMark: Diagnostic {
    Diagnostic(
      .otherSyntax, "a `?` starts a key, and no key can be here", at: text.span(start, start + 1),
      help: "if it is a text, \(quoting)")
  }

  var missingColon: Diagnostic {
    let line = text.line(around: contextStart)
    let end = text.trimmingSpace(from: line.upperBound, downTo: contextStart + 1)
    if end - contextStart <= 120, let split = SplitPair(text.string(contextStart..<end)) {
      return .missingSpace(split, at: text.span(contextStart, end))
    }
    return Diagnostic(
      .missingColon, "expected `key: value`", at: text.span(contextStart, end),
      label: "no colon with a space behind it", help: "write a colon and a space behind the key")
  }

  var strayText: Diagnostic {
    guard !before.isEmpty, start < text.file.bytes.count else {
      return Diagnostic(
        .indentation, "this line does not fit the indentation of those before", at: word,
        labels: contextStart < start
          ? [Diagnostic.Label(text.span(contextStart, contextStart), "what it would belong to")]
          : [],
        help: "keys of one mapping, and the dashes of one list, start in the same column")
    }
    return Diagnostic(
      .strayText, "the value has ended before this", at: word,
      help: "if it belongs to the value, \(quoting)")
  }

  var dash: Diagnostic {
    Diagnostic(
      .indentation, "a list cannot start in the line of its key", at: text.span(start, start + 1),
      help: "put `- …` on a line of its own, or write `[one, two]`; if it is a text, \(quoting)")
  }

  var missingValue: Diagnostic {
    guard start < text.file.bytes.count else {
      return Diagnostic(
        .missingValue, "the text ends where a value is expected", at: word,
        help: "close each `[` and `{`")
    }
    let value = text.value(around: start)
    let isWhole = value.lowerBound == start && !value.isEmpty
    return Diagnostic(
      .missingValue, "a value is missing before this", at: word,
      help: "remove a comma or bracket too many" + (isWhole ? "; if it is a text, \(quoting)" : ""))
  }

  var blockMark: Diagnostic {
    let mark = text.string(contextStart..<contextStart + 1)
    return Diagnostic(
      .blockMark, "`\(mark)` starts a text on the lines below, and something follows it",
      at: text.span(contextStart, max(start + 1, contextStart + 1)), help: quoting)
  }

  var badEscape: Diagnostic {
    var slash = start
    while slash > contextStart, text.byte(slash) != UInt8(ascii: "\\") { slash -= 1 }
    let end = min(slash + 2, text.file.bytes.count)
    return Diagnostic(
      .badEscape, "this is no escape of a double-quoted text", at: text.span(slash, end),
      help: "a backslash is written `\\\\`, or put the text in single quotes, which have no escapes"
    )
  }

  var tag: Diagnostic {
    Diagnostic.tag(text.span(contextStart, text.endOfWord(from: contextStart)), in: text)
  }

  var badName: Diagnostic {
    let kind = problem.context.hasSuffix("anchor") ? "names a value" : "uses a named value"
    let mark = text.string(contextStart..<contextStart + 1)
    return Diagnostic(
      .badAnchorName, "`\(mark)` \(kind), and no name follows it",
      at: text.span(contextStart, contextStart + 1),
      notes: ["such a name has letters, digits, `-` and `_`"],
      help: "if it is a text, \(Diagnostic.quoting(text, contextStart))")
  }

  var other: Diagnostic {
    Diagnostic(
      .otherSyntax, "this is not YAML: \(problem.problem)", at: word,
      notes: problem.context.isEmpty ? [] : ["found \(problem.context)"])
  }
}
