/// Reads the grammar in ``ExpressionGrammar`` by recursive descent; stops at the first mistake.
struct Parser {
  /// Parts may nest this deep, written or by a chain of operators.
  static let maximumDepth = 100
  /// An expression has at most this many parts.
  static let maximumParts = 10_000

  private let tokens: [Token]
  private var position = 0
  private var nesting = 0
  private var parts = 0

  private init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// The tree of a text.
  static func parse(_ text: String) throws(ExpressionMistake) -> Syntax {
    var parser = Parser(try Lexer.tokens(of: text))
    let tree = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected("the end of the expression") }
    return tree
  }

  private var token: Token { tokens[position] }

  /// Reads `Expr = Or [ "?" Or ":" Expr ]`.
  private mutating func expression() throws(ExpressionMistake) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Parser.maximumDepth else { throw tooDeep(token.range) }
    let condition = try or()
    guard take(.question) else { return condition }
    let first = try or()
    try expect(.colon, "`:` and what the expression is otherwise")
    let second = try expression()
    return try node(
      .conditional(condition, first, second), from: condition, to: second,
      over: [condition, first, second])
  }

  /// Reads `Or = And { "||" And }`.
  private mutating func or() throws(ExpressionMistake) -> Syntax {
    let first = try and()
    guard token.kind == .sign(.or) else { return first }
    var terms = [first]
    while take(.or) { terms.append(try and()) }
    return try node(.any(terms), from: first, to: terms[terms.count - 1], over: terms)
  }

  /// Reads `And = Relation { "&&" Relation }`.
  private mutating func and() throws(ExpressionMistake) -> Syntax {
    let first = try binary(minimum: 0)
    guard token.kind == .sign(.and) else { return first }
    var terms = [first]
    while take(.and) { terms.append(try binary(minimum: 0)) }
    return try node(.all(terms), from: first, to: terms[terms.count - 1], over: terms)
  }

  /// Relation, Addition and Multiplication, all of them left to right, by how tight they bind.
  private mutating func binary(minimum: Int) throws(ExpressionMistake) -> Syntax {
    var left = try unary()
    while case .sign(let sign) = token.kind, let (form, strength) = Parser.operators[sign],
      strength >= minimum
    {
      position += 1
      let right = try binary(minimum: strength + 1)
      left = try node(.binary(form, left, right), from: left, to: right, over: [left, right])
    }
    return left
  }

  private static let operators: [Token.Sign: (Syntax.Operator, Int)] = [
    .less: (.less, 0), .lessOrEqual: (.lessOrEqual, 0), .greater: (.greater, 0),
    .greaterOrEqual: (.greaterOrEqual, 0), .equal: (.equal, 0), .unequal: (.unequal, 0),
    .in: (.in, 0), .plus: (.add, 1), .minus: (.subtract, 1), .star: (.multiply, 2),
    .slash: (.divide, 2), .percent: (.remainder, 2),
  ]

  /// Reads `Unary = Member | "!" { "!" } Member | "-" { "-" } Member`.
  private mutating func unary() throws(ExpressionMistake) -> Syntax {
    let first = token
    guard first.kind == .sign(.bang) || first.kind == .sign(.minus) else { return try member() }
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Parser.maximumDepth else { throw tooDeep(first.range) }
    position += 1
    if first.kind == .sign(.minus), let literal = negativeLiteral(from: first) {
      return try members(of: literal)
    }
    guard token.kind == first.kind || !(token.kind == .sign(.bang) || token.kind == .sign(.minus))
    else {
      throw unexpected("a value behind \(first.text)")
    }
    let operand = try unary()
    let form: Syntax.Form = first.kind == .sign(.bang) ? .not(operand) : .negate(operand)
    return try node(form, first.range.lowerBound..<operand.range.upperBound, over: [operand])
  }

  /// A number directly behind a minus is one literal, so that the least int can be written.
  private mutating func negativeLiteral(from minus: Token) -> Syntax? {
    let range = minus.range.lowerBound..<token.range.upperBound
    let value: Value
    switch token.kind {
    case .leastIntMagnitude: value = .int(.min)
    case .literal(.int(let number)): value = .int(-number)
    case .literal(.double(let number)): value = .double(-number)
    case .literal(.duration(let time)): value = .duration(-time)
    default: return nil
    }
    position += 1
    parts += 1
    return Syntax(.literal(value), range)
  }

  /// Reads `Member = Primary { "." NAME [ Arguments ] | "[" Expr "]" }`.
  private mutating func member() throws(ExpressionMistake) -> Syntax {
    try members(of: try primary())
  }

  private mutating func members(of first: Syntax) throws(ExpressionMistake) -> Syntax {
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
    guard case .name(let field) = name.kind else { throw unexpected("a name behind the dot") }
    position += 1
    guard token.kind == .sign(.leftParenthesis) else {
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
        help: "rename it, or index with a string: `m['\(text)']`")
    }
    guard token.kind == .sign(.leftParenthesis) else {
      if let slip = Slips.word(text, next: token) {
        throw ExpressionMistake(
          CheckCodes.syntax, "`\(text)` is not an operator", at: word.range, help: slip)
      }
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

  private mutating func take(_ sign: Token.Sign) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func expect(
    _ sign: Token.Sign, _ wanted: String
  ) throws(ExpressionMistake) {
    guard take(sign) else { throw unexpected(wanted) }
  }

  private mutating func node(
    _ form: Syntax.Form, from first: Syntax, to last: Syntax, over parts: [Syntax]
  ) throws(ExpressionMistake) -> Syntax {
    try node(form, first.range.lowerBound..<last.range.upperBound, over: parts)
  }

  private mutating func node(
    _ form: Syntax.Form, _ range: Range<Int>, over children: [Syntax]
  ) throws(ExpressionMistake) -> Syntax {
    parts += 1
    guard parts <= Parser.maximumParts else {
      throw ExpressionMistake(
        CheckCodes.size, "an expression has at most \(Parser.maximumParts) parts", at: range)
    }
    let node = Syntax(form, range, over: children)
    guard node.depth <= Parser.maximumDepth else { throw tooDeep(range, isChain: true) }
    return node
  }

  private func tooDeep(_ range: Range<Int>, isChain: Bool = false) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.size, "an expression nests at most \(Parser.maximumDepth) deep", at: range,
      help: isChain
        ? "write a long chain of `+` as `[a, b, c].sum()` or `[a, b, c].join()`" : nil)
  }

  private func optional() -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.leftOut, "CEL's optional values are left out here", at: token.range,
      help: "ask with `has(a.b)` or `'b' in a` first")
  }

  private func unexpected(_ wanted: String) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.syntax, "found \(token.text) where \(wanted) is wanted", at: token.range,
      help: position > 0 ? Slips.between(tokens[position - 1], token) : nil)
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
