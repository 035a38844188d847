/// What people write who think of another language, with what is written here.
enum Slips {
  private static let words: [(word: String, sign: String)] = [
    ("and", "&&"), ("or", "||"), ("is", "=="), ("equals", "=="), ("AND", "&&"), ("OR", "||"),
    ("eq", "=="), ("ne", "!="), ("xor", "!="), ("XOR", "!="), ("mod", "%"), ("div", "/"),
  ]

  private static let implication = "if a, then b, is `!a || b`"
  private static let closure =
    "a macro names its variable first, with a comma behind it: `nodes.all(n, n.up)`"
  private static let list = "a list is written in brackets: `[1, 2]`"
  private static let power = "there is no power: write the product"

  // MARK: Signs

  /// Signs that are none here and begin at a place, or end there behind `==` or `!=`.
  static func sign(
    _ bytes: [UInt8], at start: Int
  ) -> (text: String, range: Range<Int>, help: String)? {
    func text(_ range: Range<Int>) -> String {
      String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
    }
    guard text(start..<(start + 1)) == "=" else { return nil }
    let longer = max(start - 2, 0)..<(start + 1)
    switch (text(longer), text(start..<(start + 2))) {
    case ("===", _): return ("===", longer, "compare with `==`")
    case ("!==", _): return ("!==", longer, "compare with `!=`")
    case (_, "=<"): return ("=<", start..<(start + 2), "at most is `<=`")
    case (_, "=>"):
      return ("=>", start..<(start + 2), "at least is `>=`; \(closure); \(implication)")
    default: return ("=", start..<(start + 1), "compare with `==`")
    }
  }

  /// The help for a character that nothing begins with.
  static func character(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\u{2264}": "write `<=`"
    case "\u{2265}": "write `>=`"
    case "\u{2260}": "write `!=`"
    case "\u{2227}": "write `&&`"
    case "\u{2228}": "write `||`"
    case "\u{AC}": "write `!`"
    case "\u{2208}": "write `in`"
    case "\u{D7}": "write `*`"
    case "\u{F7}": "write `/`"
    case "\u{2212}", "\u{2013}", "\u{2014}": "write `-`"
    case "\u{2018}"..."\u{201F}", "\u{AB}", "\u{BB}": "write a straight quote, `'` or `\"`"
    case "\u{A0}": "write a plain space"
    case "^": power
    case ";": "join conditions with `&&`"
    case "#": "a comment begins with `//`"
    default: nil
    }
  }

  // MARK: Words

  /// The help for a token where something else is wanted: `a and b`.
  static func between(_ previous: Token, _ token: Token, wanted: String) -> String? {
    if case .name(let text) = token.kind, let help = infix(text, behind: previous) { return help }
    switch (previous.kind, token.kind) {
    case (.name("not"), _), (.name("NOT"), _): return "write `!`"
    case (.sign(.plus), .sign(.plus)), (.sign(.minus), .sign(.minus)):
      return "expressions change nothing: there is no `++` and no `--`"
    case (.sign(.less), .sign(.greater)): return "write `!=`"
    case (.sign(.equal), .sign(.greater)): return implication
    case (.sign(.minus), .sign(.greater)):
      return "a field stands behind a dot: `node1.up`; \(closure); \(implication)"
    case (.sign(.star), .sign(.star)): return power
    case (.sign(.dot), .literal(.double)), (.sign(.dot), .sign(.dot)):
      return "there are no ranges: write `1 <= x && x <= 3`"
    case (_, .literal(.string)): return "join strings with `+`"
    case (_, .sign(.colon)) where wanted.contains("`)`"): return closure
    case (_, .sign(.comma)), (_, .sign(.rightBrace)): return comma(wanted)
    case (.name(let name), .name):
      return quantifier(name) ?? "is an operator missing behind `\(name)`?"
    case (.name(let name), .literal): return "is an operator missing behind `\(name)`?"
    default: return nil
    }
  }

  private static func infix(_ text: String, behind previous: Token) -> String? {
    if let sign = words.first(where: { $0.word == text })?.sign { return "write `\(sign)`" }
    switch (text, previous.kind) {
    case ("not", _): return "write `!`"
    case ("implies", _), ("then", _): return implication
    case ("within", _), ("during", _), ("after", _), ("before", _), ("between", _), ("until", _):
      return "`\(text)` is a key beside the expression, on a line of its own: `\(text): …`"
    case ("for", _): return "go through a list with a macro: `nodes.filter(n, n.up)`"
    case ("contains", _), ("startsWith", _), ("endsWith", _), ("matches", _):
      return "write `a.\(text)(b)`"
    case (let unit, .literal(.int(let number)))
    where ["ns", "us", "ms", "s", "m", "h"].contains(unit):
      return "write the unit right behind the number: `\(number)\(unit)`"
    default: return nil
    }
  }

  /// The help for a comma that nothing before it asks for.
  private static func comma(_ wanted: String) -> String? {
    switch wanted {
    case "`)`", "`:` and a value": list
    case "the end of the expression": "join conditions with `&&`"
    default: nil
    }
  }

  private static func quantifier(_ name: String) -> String? {
    switch name {
    case "forall", "all", "each", "every": "write `nodes.all(n, n.up)`"
    case "exists", "some", "any": "write `nodes.exists(n, n.up)`"
    default: nil
    }
  }

  /// The help for `not x` and `not(x)`: a name before a value that no operator joins to it.
  static func word(_ text: String, next: Token) -> String? {
    guard text == "not" || text == "NOT" else { return nil }
    switch next.kind {
    case .name, .literal, .sign(.bang), .sign(.leftParenthesis): return "write `!`"
    default: return nil
    }
  }

  /// The help for a reserved word.
  static func reserved(_ text: String) -> String {
    switch text {
    case "if": "write `condition ? value : other`"
    case "for", "loop", "while": "go through a list with a macro: `nodes.all(n, n.up)`"
    default: "rename it, or index with a string: `m['\(text)']`"
    }
  }

  /// The help for a name that is the word of another language for a constant.
  static func constant(_ name: String) -> String? {
    switch name {
    case "True", "TRUE": "write `true`"
    case "False", "FALSE": "write `false`"
    case "None", "nil", "NULL", "Null", "undefined": "write `null`"
    default: nil
    }
  }
}
