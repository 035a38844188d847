/// Texts as they are laid out in a scenario.
enum DraftScalar {
  /// A text in one line between brackets.
  static func flow(_ text: String) -> String {
    ScalarWriter.isPlain(text, isInFlow: true) ? text : quoted(text)
  }

  /// A text in one line that nothing else follows.
  static func block(_ text: String) -> String {
    ScalarWriter.isPlain(text, isInFlow: false) ? text : quoted(text)
  }

  /// The lines of a text behind `head`; those behind the first are indented. Read back they are the
  /// same text: a line ends at a single space, or where the text itself has an end of line.
  static func lines(_ text: String, head: String, indent: Int, width: Int) -> [String] {
    if text.contains("\n"),
      let lines = literal(text, head: head, indent: indent, width: width)
    {
      return lines
    }
    var words = words(block(text))
    let first = words.removeFirst()
    return folded(words, head: "\(head) \(first)", indent: indent, width: width)
  }

  /// The text in whatever quotes need fewer escapes.
  private static func quoted(_ text: String) -> String {
    let hasQuotes = text.contains { $0 == "\"" || $0 == "\\" }
    return hasQuotes && ScalarWriter.isVisible(text)
      ? ScalarWriter.singleQuoted(text) : ScalarWriter.doubleQuoted(text)
  }

  /// A text of several lines behind `|`, or of a single one with its end behind `>`; nil if it
  /// cannot be written so.
  private static func literal(
    _ text: String, head: String, indent: Int, width: Int
  ) -> [String]? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let endsLine = lines.last == ""
    if endsLine { lines.removeLast() }
    guard let first = lines.first, !first.isEmpty, !first.hasPrefix(" "), lines.last != "",
      lines.allSatisfy({ ScalarWriter.isVisible($0) })
    else { return nil }
    let space = String(repeating: " ", count: indent)
    if lines.count == 1 {
      var words = words(first)
      let start = space + words.removeFirst()
      return ["\(head) >"] + folded(words, head: start, indent: indent, width: width)
    }
    return ["\(head) \(endsLine ? "|" : "|-")"] + lines.map { $0.isEmpty ? "" : space + $0 }
  }

  /// Lines of words; a line rather ends in front of an operator of expressions.
  private static func folded(
    _ words: [String], head: String, indent: Int, width: Int
  ) -> [String] {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = [head]
    for word in words {
      if length(line) + 1 + word.count > width {
        let operation = line.lastIndex { $0 == "&&" || $0 == "||" }
        let end = operation.flatMap { length(line[..<$0]) > width / 2 ? $0 : nil } ?? line.count
        lines.append(line[..<end].joined(separator: " "))
        let rest = line[end...] + [word]
        line = [space + rest[end]] + rest.dropFirst()
      } else {
        line.append(word)
      }
    }
    return lines + [line.joined(separator: " ")]
  }

  private static func length(_ words: some Collection<String>) -> Int {
    words.reduce(words.count - 1) { $0 + $1.count }
  }

  /// The pieces of a scalar between which a line may end: never beside two spaces.
  private static func words(_ scalar: String) -> [String] {
    var words: [String] = []
    for piece in scalar.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = words.last, piece.isEmpty || last.isEmpty || last.hasSuffix(" ") {
        words[words.count - 1] = last + " " + piece
      } else {
        words.append(String(piece))
      }
    }
    return words
  }
}
