/// A word, sign or literal of an expression, with its place in bytes.
struct Token: Sendable {
  /// What a token is.
  enum Kind: Sendable, Equatable {
    case name(String)
    /// A name in backticks, which may have signs in it; only of a field.
    case quotedName(String)
    case literal(Value)
    case sign(Sign)
    /// The decimal digits of 9223372036854775808, which is an int only behind a minus.
    case leastIntMagnitude
    case end
  }

  /// The signs of the language.
  enum Sign: String, Sendable, CaseIterable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case dot = "."
    case comma = ","
    case colon = ":"
    case question = "?"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case bang = "!"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
    case and = "&&"
    case or = "||"
    case `in` = "in"
  }

  let kind: Kind
  let range: Range<Int>

  /// The token in words, for `found …`.
  var text: String {
    switch kind {
    case .name(let name): "`\(name)`"
    case .quotedName(let name): "the quoted name \(StringText.quoted(name))"
    case .literal(let value): value.text
    case .sign(let sign): "`\(sign.rawValue)`"
    case .leastIntMagnitude: "9223372036854775808"
    case .end: "the end of the expression"
    }
  }
}
