import Diagnostics

extension Checker {
  mutating func checkNot(_ operand: Syntax, _ range: Range<Int>) -> CheckedNode {
    let node = condition(check(operand), "what `!` turns round")
    return CheckedNode(.call(.not, [node]), .bool, range)
  }

  mutating func checkConditional(
    _ test: Syntax, _ first: Syntax, _ second: Syntax, _ range: Range<Int>
  ) -> CheckedNode {
    let test = condition(check(test), "what stands before `?`")
    let (first, second) = (check(first), check(second))
    let joined = first.type.joined(with: second.type)
    if joined == nil {
      report(
        ExpressionMistake(
          CheckCodes.operands,
          "`?:` gives \(text(first.type)) or \(text(second.type)): both must be of one type",
          at: range, help: "convert one of them, or write `dyn(…)` around one"))
    }
    return CheckedNode(
      .conditional(test, first, second), joined ?? .dyn, range,
      origins: merged(first.origins, second.origins))
  }

  mutating func checkList(_ elements: [Syntax], _ range: Range<Int>) -> CheckedNode {
    let nodes = elements.map { check($0) }
    let type = ExpressionType.list(Checker.joined(nodes.map(\.type)))
    let values = nodes.compactMap(\.constant)
    if values.count == nodes.count { return CheckedNode(.constant(.list(values)), type, range) }
    return CheckedNode(.list(nodes), type, range, origins: merged(nodes))
  }

  mutating func checkMap(
    _ entries: [(key: Syntax, value: Syntax)], _ range: Range<Int>
  ) -> CheckedNode {
    let nodes = entries.map { (key: check($0.key), value: check($0.value)) }
    let known = mistakes.count
    checkKeys(nodes.map(\.key))
    let type = ExpressionType.map(
      Checker.joined(nodes.map(\.key.type)), Checker.joined(nodes.map(\.value.type)))
    let constants = nodes.compactMap { node in
      node.key.constant.flatMap { key in node.value.constant.map { (key: key, value: $0) } }
    }
    if known == mistakes.count, constants.count == nodes.count, let map = ValueMap(constants) {
      return CheckedNode(.constant(.map(map)), type, range)
    }
    return CheckedNode(.map(nodes), type, range, origins: merged(nodes.map(\.value)))
  }

  private mutating func checkKeys(_ keys: [CheckedNode]) {
    for (index, key) in keys.enumerated() {
      let isKey = [ExpressionType.bool, .int, .string].contains { key.type.fits($0) }
      if !isKey {
        report(
          ExpressionMistake(
            CheckCodes.key, "a key is an int, a bool or a string, not \(text(key.type))",
            at: key.range))
      } else if let value = key.constant, keys[..<index].contains(where: { $0.constant == value }) {
        report(
          ExpressionMistake(
            CheckCodes.key, "the key \(value.text) occurs twice", at: key.range))
      }
    }
  }

  mutating func check(
    _ sign: Syntax.Operator, _ left: Syntax, _ right: Syntax, _ range: Range<Int>
  ) -> CheckedNode {
    let nodes = [check(left), check(right)]
    let builtin = sign.builtin
    switch sign {
    case .equal, .unequal:
      checkComparison(sign, nodes[0], nodes[1], range)
      return CheckedNode(.call(builtin, nodes), .bool, range)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      checkOrder(sign, nodes[0], nodes[1], range)
      return CheckedNode(.call(builtin, nodes), .bool, range)
    case .in:
      let elements: [Syntax] = if case .list(let elements) = right.form { elements } else { [] }
      checkMembership(nodes[0], nodes[1], elements.map(\.range), range)
      return CheckedNode(.call(builtin, nodes), .bool, range)
    case .add, .subtract, .multiply, .divide, .remainder:
      var node = checkOperator(builtin, nodes, range)
      if sign == .add { node.origins = merged(nodes) }
      if sign == .divide { checkDivision(nodes, range) }
      return node
    }
  }

  /// An operator whose overloads are those of the catalog.
  mutating func checkOperator(
    _ builtin: Builtin, _ operands: [CheckedNode], _ range: Range<Int>
  ) -> CheckedNode {
    let entry = FunctionCatalog.entry(of: builtin)
    if let result = overload(entry.signatures, operands.map(\.type), isMember: false) {
      return CheckedNode(.call(builtin, operands), result, range)
    }
    report(noOperator(builtin, operands, range))
    return CheckedNode(.call(builtin, operands), .dyn, range)
  }

  /// The result of the first signature that the operands fit; `dyn` if several fit and differ.
  func overload(
    _ signatures: [CatalogEntry.Signature], _ types: [ExpressionType], isMember: Bool
  ) -> ExpressionType? {
    var results: [ExpressionType] = []
    for signature in signatures where (signature.receiver != nil) == isMember {
      guard signature.takes(types.count - (isMember ? 1 : 0)) else { continue }
      var bindings = TypeBindings()
      let operands = signature.operands
      let fits = types.indices.allSatisfy {
        bindings.match(operands[min($0, operands.count - 1)], types[$0])
      }
      if fits { results.append(bindings.type(signature.result)) }
    }
    guard let first = results.first else { return nil }
    if results.allSatisfy({ $0 == first }) { return first }
    let isOpen = types.contains { $0.nonNull == .dyn || $0 == .never }
    return isOpen ? .dyn : first
  }

  private func noOperator(
    _ builtin: Builtin, _ operands: [CheckedNode], _ range: Range<Int>
  ) -> ExpressionMistake {
    let types = operands.map(\.type.nonNull)
    if builtin == .index {
      return ExpressionMistake(
        CheckCodes.operands,
        "\(Wording.a(text(operands[0].type))) cannot be indexed with \(Wording.a(text(operands[1].type)))",
        at: operands[1].range)
    }
    let sign = FunctionCatalog.entry(of: builtin).name.filter { $0 != "_" && $0 != " " }
    let found = types.map { text($0) }.joined(separator: " and ")
    var help: String?
    if types.count == 2, types[0].isNumber, types[1].isNumber, types[0] != types[1] {
      help = "numbers are not converted by themselves: write `double(…)` around the int"
    } else if types.count == 2, types.contains(.duration), types.contains(where: \.isNumber) {
      help = "write the unit, as `15ms`"
    } else if builtin == .add, types.contains(where: { $0.erased == .string }) {
      help = "write `string(…)` around the other side"
    }
    return ExpressionMistake(
      CheckCodes.operands, "`\(sign)` does not apply to \(found)", at: range, help: help)
  }

  func merged(_ nodes: [CheckedNode]) -> [Int] {
    nodes.reduce([]) { merged($0, $1.origins) }
  }

  func merged(_ left: [Int], _ right: [Int]) -> [Int] {
    left + right.filter { !left.contains($0) }
  }
}

extension Syntax.Operator {
  /// What evaluates the operator.
  fileprivate var builtin: Builtin {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .unequal: .unequal
    case .in: .membership
    }
  }
}

extension CatalogEntry.Signature {
  /// Whether it takes so many arguments.
  func takes(_ count: Int) -> Bool {
    isVariadic ? count >= parameters.count : count == parameters.count
  }
}
