/// Reads the grammar in ``ExpressionGrammar`` by recursive descent; stops at the first mistake.
struct Parser {
  /// Parts may nest this deep, written or by a chain of operators.
  static let maximumDepth = 100
  /// An expression has at most this many parts.
  static let maximumParts = 10_000

  private let tokens: [Token]
  var position = 0
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

  var token: Token { tokens[position] }

  /// Reads `Expr = Or [ "?" Or ":" Expr ]`.
  mutating func expression() throws(ExpressionMistake) -> Syntax {
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

  mutating func take(_ sign: Token.Sign) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  mutating func expect(
    _ sign: Token.Sign, _ wanted: String
  ) throws(ExpressionMistake) {
    guard take(sign) else { throw unexpected(wanted) }
  }

  mutating func node(
    _ form: Syntax.Form, from first: Syntax, to last: Syntax, over parts: [Syntax]
  ) throws(ExpressionMistake) -> Syntax {
    try node(form, first.range.lowerBound..<last.range.upperBound, over: parts)
  }

  mutating func node(
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

  func tooDeep(_ range: Range<Int>, isChain: Bool = false) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.size, "an expression nests at most \(Parser.maximumDepth) deep", at: range,
      help: isChain
        ? "write a long chain of `+` as `[a, b, c].sum()` or `[a, b, c].join()`" : nil)
  }

  func optional() -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.leftOut, "CEL's optional values are left out here", at: token.range,
      help: "ask with `has(a.b)` or `'b' in a` first")
  }

  func unexpected(_ wanted: String) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.syntax, "found \(token.text) where \(wanted) is wanted", at: token.range,
      help: position > 0 ? Slips.between(tokens[position - 1], token, wanted: wanted) : nil)
  }
}
