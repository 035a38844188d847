/// What people write who think of another language, with what is written here.
enum Slips {
  private static let words: [(word: String, sign: String)] = [
    ("and", "&&"), ("or", "||"), ("is", "=="), ("equals", "=="), ("AND", "&&"), ("OR", "||"),
  ]

  /// The help for a name that stands where an operator belongs: `a and b`.
  static func between(_ previous: Token, _ token: Token) -> String? {
    if case .name(let text) = token.kind, let sign = words.first(where: { $0.word == text })?.sign {
      return "write `\(sign)`"
    }
    if case .name("not") = token.kind { return "write `!`" }
    switch (previous.kind, token.kind) {
    case (.name("not"), _), (.name("NOT"), _): return "write `!`"
    case (.sign(.plus), .sign(.plus)), (.sign(.minus), .sign(.minus)):
      return "expressions change nothing: there is no `++` and no `--`"
    case (.sign(.less), .sign(.greater)): return "write `!=`"
    case (_, .literal(.string)): return "join strings with `+`"
    case (.name(let name), .literal), (.name(let name), .name):
      return "is an operator missing behind `\(name)`?"
    default: return nil
    }
  }

  /// The help for `not x`: a name before a value that no operator joins to it.
  static func word(_ text: String, next: Token) -> String? {
    guard text == "not" || text == "NOT" else { return nil }
    switch next.kind {
    case .name, .literal, .sign(.bang): return "write `!`"
    default: return nil
    }
  }
}
