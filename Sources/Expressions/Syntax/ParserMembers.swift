import Diagnostics

extension Parser {
  /// Reads `Member = Primary { "." NAME [ Arguments ] | "[" Expr "]" }`.
  mutating func member() throws(ExpressionMistake) -> Syntax {
    try members(of: try primary())
  }

  mutating func members(of first: Syntax) throws(ExpressionMistake) -> Syntax {
    var result = first
    while true {
      if take(.dot) {
        if token.kind == .sign(.question) { throw optional() }
        result = try selection(of: result)
      } else if take(.leftBracket) {
        if token.kind == .sign(.question) { throw optional() }
        let index = try expression()
        let end = token.range.upperBound
        try expect(.rightBracket, "`]`")
        result = try node(
          .index(result, index), result.range.lowerBound..<end, over: [result, index])
      } else if token.kind == .sign(.leftBrace), result.isDottedName {
        throw ExpressionMistake(
          CheckCodes.leftOut, "CEL's messages are left out here",
          at: result.range.lowerBound..<token.range.upperBound,
          help: "a map is written `{'key': value}`")
      } else {
        return result
      }
    }
  }

  private mutating func selection(of base: Syntax) throws(ExpressionMistake) -> Syntax {
    let name = token
    let field: String
    let isQuoted: Bool
    switch name.kind {
    case .name(let text): (field, isQuoted) = (text, false)
    case .quotedName(let text): (field, isQuoted) = (text, true)
    default: throw unexpected("a name behind the dot")
    }
    position += 1
    guard token.kind == .sign(.leftParenthesis), !isQuoted else {
      return try node(
        .select(base, field: field, fieldRange: name.range),
        base.range.lowerBound..<name.range.upperBound, over: [base])
    }
    let (arguments, end) = try arguments()
    let call = Syntax.Call(
      function: field, nameRange: name.range, receiver: base, arguments: arguments)
    return try node(.call(call), base.range.lowerBound..<end, over: [base] + arguments)
  }

  /// Reads `Primary = ["."] NAME [ Arguments ] | "(" Expr ")" | List | Map | LITERAL`.
  private mutating func primary() throws(ExpressionMistake) -> Syntax {
    let first = token
    switch first.kind {
    case .literal(let value):
      position += 1
      return try node(.literal(value), first.range, over: [])
    case .leastIntMagnitude:
      throw ExpressionMistake(
        CheckCodes.number, "9223372036854775808 does not fit the 64 bits of an int",
        at: first.range)
    case .name: return try name(isRooted: false, from: first.range.lowerBound)
    case .sign(.dot):
      position += 1
      return try name(isRooted: true, from: first.range.lowerBound)
    case .sign(.leftParenthesis):
      position += 1
      let inner = try expression()
      let end = token.range.upperBound
      try expect(.rightParenthesis, "`)`")
      return Syntax(inner.form, first.range.lowerBound..<end, depthOf: inner)
    case .sign(.leftBracket): return try list()
    case .sign(.leftBrace): return try map()
    default: throw unexpected("a value")
    }
  }

  private mutating func name(
    isRooted: Bool, from start: Int
  ) throws(ExpressionMistake) -> Syntax {
    let word = token
    guard case .name(let text) = word.kind else { throw unexpected("a name behind the dot") }
    position += 1
    if Identifier.reserved.contains(text) {
      throw ExpressionMistake(
        CheckCodes.reserved, "`\(text)` is a reserved word", at: word.range,
        help: Slips.reserved(text))
    }
    if let slip = Slips.word(text, next: token) {
      throw ExpressionMistake(
        CheckCodes.syntax, "`\(text)` is not an operator", at: word.range, help: slip)
    }
    guard token.kind == .sign(.leftParenthesis) else {
      return try node(.name(text, isRooted: isRooted), start..<word.range.upperBound, over: [])
    }
    let (arguments, end) = try arguments()
    let call = Syntax.Call(
      function: text, nameRange: word.range, receiver: nil, arguments: arguments)
    return try node(.call(call), start..<end, over: arguments)
  }

  /// Reads `Arguments = "(" [ Expr { "," Expr } ] ")"`.
  private mutating func arguments() throws(ExpressionMistake) -> ([Syntax], end: Int) {
    try expect(.leftParenthesis, "`(`")
    var arguments: [Syntax] = []
    if token.kind != .sign(.rightParenthesis) {
      repeat { arguments.append(try expression()) } while take(.comma)
    }
    let end = token.range.upperBound
    try expect(.rightParenthesis, "`,` or `)`")
    return (arguments, end)
  }

  /// Reads `List = "[" [ Expr { "," Expr } ] [ "," ] "]"`.
  private mutating func list() throws(ExpressionMistake) -> Syntax {
    let start = token.range.lowerBound
    position += 1
    var elements: [Syntax] = []
    while token.kind != .sign(.rightBracket) {
      if token.kind == .sign(.question) { throw optional() }
      elements.append(try expression())
      guard take(.comma) else { break }
    }
    let end = token.range.upperBound
    try expect(.rightBracket, "`,` or `]`")
    return try node(.list(elements), start..<end, over: elements)
  }

  /// Reads `Map = "{" [ Expr ":" Expr { "," Expr ":" Expr } ] [ "," ] "}"`.
  private mutating func map() throws(ExpressionMistake) -> Syntax {
    let start = token.range.lowerBound
    position += 1
    var entries: [(key: Syntax, value: Syntax)] = []
    while token.kind != .sign(.rightBrace) {
      if token.kind == .sign(.question) { throw optional() }
      let key = try expression()
      try expect(.colon, "`:` and a value")
      entries.append((key, try expression()))
      guard take(.comma) else { break }
    }
    let end = token.range.upperBound
    try expect(.rightBrace, "`,` or `}`")
    return try node(.map(entries), start..<end, over: entries.flatMap { [$0.key, $0.value] })
  }
}

extension Syntax {
  /// The same part in parentheses.
  fileprivate init(_ form: Form, _ range: Range<Int>, depthOf inner: Syntax) {
    self.form = form
    self.range = range
    depth = inner.depth
  }

  /// Whether it is a name, or names joined by dots, as a message's type is.
  fileprivate var isDottedName: Bool {
    switch form {
    case .name: true
    case .select(let base, _, _): base.isDottedName
    default: false
    }
  }
}
