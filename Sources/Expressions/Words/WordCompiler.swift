/// Makes a program over words of an expression, if everything in it is one.
struct WordCompiler {
  private typealias Operand = WordProgram.Operand
  private typealias Instruction = WordProgram.Instruction

  /// What is compared: an operand with what it means, or something written out.
  private enum Term {
    case read(Operand, WordReading.Meaning, isNullable: Bool)
    case text(String)
    case null
  }

  private let layout: any WordLayout
  private var instructions: ContiguousArray<Instruction> = []
  private var children: ContiguousArray<Int32> = []
  /// The variables of the quantifiers around, from the outermost on, with their lists.
  private var variables: [(local: Int, list: Int)] = []

  /// The program of a condition; nil if something in it is no word, or can fail.
  static func program(for node: CheckedNode, _ layout: any WordLayout) -> WordProgram? {
    var compiler = WordCompiler(layout)
    guard compiler.truth(node) != nil else { return nil }
    return WordProgram(compiler.instructions, compiler.children)
  }

  private init(_ layout: any WordLayout) { self.layout = layout }

  private mutating func emit(_ instruction: Instruction) -> Int {
    instructions.append(instruction)
    return instructions.count - 1
  }

  /// Adds a part that is true or false behind what it needs, and returns its place.
  private mutating func truth(_ node: CheckedNode) -> Int? {
    switch node.form {
    case .all(let terms): return many(.all, terms)
    case .any(let terms): return many(.any, terms)
    case .call(.not, let operands):
      guard let inner = truth(operands[0]) else { return nil }
      var instruction = Instruction(.not)
      instruction.a = Int32(inner)
      return emit(instruction)
    case .call(.membership, let operands): return membership(operands[0], operands[1])
    case .call(let builtin, let operands) where operands.count == 2:
      return comparison(builtin, operands[0], operands[1])
    case .fold(let fold):
      switch fold.macro {
      case .all: return quantifier(.every, fold)
      case .exists: return quantifier(.some, fold)
      default: return nil
      }
    case .root, .field, .constant:
      guard case .read(let operand, .bool, isNullable: false)? = term(node) else { return nil }
      return emit(.unequal, operand, .zero)
    default: return nil
    }
  }

  private mutating func many(_ operation: WordProgram.Operation, _ terms: [CheckedNode]) -> Int? {
    var places: [Int32] = []
    for term in terms {
      guard let place = truth(term) else { return nil }
      places.append(Int32(place))
    }
    return many(operation, places)
  }

  private mutating func many(_ operation: WordProgram.Operation, _ places: [Int32]) -> Int {
    var instruction = Instruction(operation)
    instruction.a = Int32(places.count)
    instruction.b = Int32(children.count)
    children.append(contentsOf: places)
    return emit(instruction)
  }

  private mutating func emit(
    _ operation: WordProgram.Operation, _ left: Operand, _ right: Operand
  ) -> Int {
    var instruction = Instruction(operation)
    instruction.left = left
    instruction.right = right
    return emit(instruction)
  }

  /// A quantifier over a list of the host, at most two deep.
  private mutating func quantifier(
    _ operation: WordProgram.Operation, _ fold: CheckedNode.Fold
  ) -> Int? {
    guard case .root(let slot, isOld: false, _) = fold.over.form, fold.second == nil,
      let list = layout.list(ofRoot: slot), let condition = fold.condition, variables.count < 2
    else { return nil }
    variables.append((fold.first, list))
    defer { variables.removeLast() }
    guard let body = truth(condition) else { return nil }
    var instruction = Instruction(operation)
    instruction.a = Int32(body)
    instruction.b = Int32(list)
    instruction.isInner = variables.count == 2
    return emit(instruction)
  }

  private mutating func comparison(
    _ builtin: Builtin, _ left: CheckedNode, _ right: CheckedNode
  ) -> Int? {
    switch builtin {
    case .equal: return equality(.equal, left, right)
    case .unequal: return equality(.unequal, left, right)
    case .less: return order(.less, left, right)
    case .lessOrEqual: return order(.lessOrEqual, left, right)
    case .greater: return order(.less, right, left)
    case .greaterOrEqual: return order(.lessOrEqual, right, left)
    default: return nil
    }
  }

  private mutating func equality(
    _ operation: WordProgram.Operation, _ left: CheckedNode, _ right: CheckedNode
  ) -> Int? {
    guard let one = term(left), let other = term(right) else { return nil }
    guard let pair = pair(one, other) ?? pair(other, one) else { return nil }
    return emit(operation, pair.0, pair.1)
  }

  /// Two operands that are equal as words if they are as values.
  private func pair(_ one: Term, _ other: Term) -> (Operand, Operand)? {
    guard case .read(let operand, let meaning, _) = one else { return nil }
    switch other {
    case .read(let second, let otherMeaning, _):
      return meaning == otherMeaning ? (operand, second) : nil
    case .null: return (operand, Operand(.constant, WordReading.null))
    case .text(let text):
      guard case .text(let alphabet) = meaning,
        let word = layout.word(of: text, in: alphabet)
      else { return nil }
      return (operand, Operand(.constant, word))
    }
  }

  private mutating func order(
    _ operation: WordProgram.Operation, _ left: CheckedNode, _ right: CheckedNode
  ) -> Int? {
    guard case .read(let one, let meaning, isNullable: false)? = term(left),
      case .read(let other, let otherMeaning, isNullable: false)? = term(right),
      meaning == otherMeaning, meaning == .int || meaning == .duration
    else { return nil }
    return emit(operation, one, other)
  }

  /// Whether something is one of some texts or numbers that are written out.
  private mutating func membership(_ item: CheckedNode, _ list: CheckedNode) -> Int? {
    guard let one = term(item) else { return nil }
    var others: [Term] = []
    switch list.form {
    case .list(let nodes):
      for node in nodes {
        guard node.constant != nil, let other = term(node) else { return nil }
        others.append(other)
      }
    case .constant(.list(let values)):
      for value in values {
        guard let other = term(value) else { return nil }
        others.append(other)
      }
    default: return nil
    }
    var places: [Int32] = []
    for other in others {
      guard let pair = pair(one, other) else { return nil }
      places.append(Int32(emit(.equal, pair.0, pair.1)))
    }
    return many(.any, places)
  }

  /// Something to compare.
  private mutating func term(_ node: CheckedNode) -> Term? {
    switch node.form {
    case .constant(let value): return term(value)
    case .root(let slot, isOld: false, _):
      if let value = layout.constant(ofRoot: slot) { return term(value) }
      return layout.word(ofRoot: slot).map { read($0, .word, list: 0) }
    case .field(let object, let field):
      switch object.form {
      case .root(let slot, isOld: false, _):
        return layout.word(ofField: field, ofRoot: slot).map { read($0, .word, list: 0) }
      case .local(let local):
        guard let depth = variables.lastIndex(where: { $0.local == local }) else { return nil }
        let list = variables[depth].list
        return layout.word(ofField: field, ofElementsOf: list)
          .map { read($0, depth == 0 ? .outer : .inner, list: list) }
      default: return nil
      }
    case .fold(let fold) where fold.macro == .count: return tally(fold)
    case .call(.size, let operands) where operands.count == 1:
      guard case .fold(let fold) = operands[0].form, fold.macro == .filter else { return nil }
      return tally(fold)
    default: return nil
    }
  }

  private func term(_ value: Value) -> Term? {
    switch value {
    case .int(let number): .read(Operand(.constant, number), .int, isNullable: false)
    case .duration(let span): .read(Operand(.constant, span), .duration, isNullable: false)
    case .bool(let truth): .read(Operand(.constant, truth ? 1 : 0), .bool, isNullable: false)
    case .string(let text): .text(text)
    case .null: .null
    default: nil
    }
  }

  private func read(_ reading: WordReading, _ kind: Operand.Kind, list: Int) -> Term {
    .read(
      Operand(kind, Int64(reading.number), list: list), reading.meaning,
      isNullable: reading.isNullable)
  }

  private mutating func tally(_ fold: CheckedNode.Fold) -> Term? {
    guard let place = quantifier(.tally, fold) else { return nil }
    return .read(Operand(.tally, Int64(place)), .int, isNullable: false)
  }
}

extension CompiledExpression {
  /// The same condition over words, quicker by far; nil if it reads anything that is no word, or
  /// could fail.
  public func words(_ layout: any WordLayout) -> WordProgram? {
    WordCompiler.program(for: node, layout)
  }
}
