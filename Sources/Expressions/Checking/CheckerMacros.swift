import Diagnostics

extension Macro {
  /// Whether the macro has a form with so many arguments.
  func takes(_ count: Int, isMember: Bool) -> Bool {
    switch self {
    case .has: !isMember && count == 1
    case .bind: !isMember && count == 3
    case .all, .exists, .existsOne, .count, .filter: isMember && (count == 2 || count == 3)
    case .map: isMember && (2...4).contains(count)
    case .sortBy: isMember && count == 2
    case .transformList, .transformMap, .transformMapEntry: isMember && (count == 3 || count == 4)
    }
  }
}

extension Checker {
  /// What a macro's arguments are for.
  private struct Parts {
    let names: [Syntax]
    let condition: Syntax?
    let body: Syntax?
  }

  mutating func check(
    _ macro: Macro, _ call: Syntax.Call, _ entry: CatalogEntry, _ range: Range<Int>
  ) -> CheckedNode {
    guard macro.takes(call.arguments.count, isMember: call.receiver != nil) else {
      refuse(
        ExpressionMistake(
          CheckCodes.macro, "`\(call.function)` is not written like this", at: range,
          notes: entry.forms.map { "`\($0)`" }, help: Checker.help(for: macro, call)))
      return failure(.noSuchOverload, "`\(call.function)` is not written like this", range)
    }
    switch macro {
    case .has: return checkHas(call.arguments[0], range)
    case .bind: return checkBind(call, range)
    default: break
    }
    guard let receiver = call.receiver else { preconditionFailure("\(macro) has a receiver") }
    return checkFold(macro, call, over: check(receiver), parts(macro, call.arguments), range)
  }

  private static func help(for macro: Macro, _ call: Syntax.Call) -> String? {
    switch macro {
    case .has, .bind: nil
    default:
      call.arguments.count == 1
        ? "name the element first: `.\(call.function)(x, …)`"
        : call.receiver == nil ? "write `list.\(call.function)(x, …)`" : nil
    }
  }

  /// Tells names, condition and body apart.
  private func parts(_ macro: Macro, _ arguments: [Syntax]) -> Parts {
    let count = arguments.count
    switch macro {
    case .all, .exists, .existsOne, .count, .filter:
      return Parts(
        names: Array(arguments.dropLast()), condition: arguments[count - 1], body: nil)
    case .map where count == 3 && !isFreeName(arguments[1]):
      return Parts(names: [arguments[0]], condition: arguments[1], body: arguments[2])
    case .map where count == 2, .sortBy:
      return Parts(names: [arguments[0]], condition: nil, body: arguments[1])
    default:
      return Parts(
        names: Array(arguments.prefix(2)), condition: count == 4 ? arguments[2] : nil,
        body: arguments[count - 1])
    }
  }

  /// Whether a part is a name that stands for nothing yet.
  private func isFreeName(_ syntax: Syntax) -> Bool {
    guard case .name(let name, isRooted: false) = syntax.form else { return false }
    return variable(name) == nil && environment.name(name) == nil && environment.table(name) == nil
      && !TypeName.denotations.contains { $0.name == name }
  }

  private mutating func checkFold(
    _ macro: Macro, _ call: Syntax.Call, over: CheckedNode, _ parts: Parts, _ range: Range<Int>
  ) -> CheckedNode {
    guard let names = variableNames(parts.names, of: call) else {
      return failure(.noSuchOverload, "`\(call.function)` is not written like this", range)
    }
    let known = elementTypes(of: over, count: names.count)
    if known == nil {
      report(
        ExpressionMistake(
          CheckCodes.macro,
          "`\(call.function)` goes through a list or a map, found \(text(over.type))",
          at: over.range))
    }
    let types = known ?? names.map { _ in .dyn }
    let first = nextVariable
    let variables = zip(names, types).enumerated().map { offset, pair in
      Variable(
        name: pair.0, type: pair.1, index: first + offset, origins: over.origins, isBound: false)
    }
    let (condition, body) = with(variables[...]) { checker in
      (
        parts.condition.map {
          checker.condition(checker.check($0), "the condition of `\(call.function)`")
        }, parts.body.map { checker.check($0) }
      )
    }
    checkBody(macro, body, call)
    let fold = CheckedNode.Fold(
      macro: macro, over: over, first: first, second: names.count == 2 ? first + 1 : nil,
      condition: condition, body: body)
    return CheckedNode(
      .fold(fold), resultType(macro, over.type.nonNull, body?.type, isPair: names.count == 2),
      range, origins: merged(over.origins, body?.origins ?? []))
  }

  private mutating func with<Result>(
    _ variables: ArraySlice<Variable>, _ body: (inout Checker) -> Result
  ) -> Result {
    guard let variable = variables.first else { return body(&self) }
    return with(variable) { $0.with(variables.dropFirst(), body) }
  }

  /// The names that a macro gives its variables.
  private mutating func variableNames(_ parts: [Syntax], of call: Syntax.Call) -> [String]? {
    var names: [String] = []
    for part in parts {
      guard case .name(let name, isRooted: false) = part.form else {
        refuse(
          ExpressionMistake(
            CheckCodes.macro, "`\(call.function)` names a variable here", at: part.range,
            help: "as `.\(call.function)(x, …)`"))
        return nil
      }
      if names.contains(name) {
        refuse(
          ExpressionMistake(
            CheckCodes.macro, "the two variables have one name", at: part.range))
        return nil
      }
      names.append(name)
    }
    return names
  }

  private func elementTypes(of over: CheckedNode, count: Int) -> [ExpressionType]? {
    switch over.type.nonNull {
    case .list(let element): count == 1 ? [element] : [.int, element]
    case .map(let key, let value): count == 1 ? [key] : [key, value]
    case .dyn, .never: count == 1 ? [.dyn] : [.dyn, .dyn]
    default: nil
    }
  }

  private mutating func checkBody(_ macro: Macro, _ body: CheckedNode?, _ call: Syntax.Call) {
    guard let body else { return }
    switch macro {
    case .sortBy:
      let isOrderable = [ExpressionType.int, .double, .string, .bool, .duration].contains {
        body.type.fits($0)
      }
      guard !isOrderable else { return }
      report(
        ExpressionMistake(
          CheckCodes.macro, "`sortBy` cannot sort by \(Wording.a(text(body.type)))", at: body.range)
      )
    case .transformMapEntry:
      guard !body.type.fits(.map(.dyn, .dyn)) else { return }
      report(
        ExpressionMistake(
          CheckCodes.macro,
          "`transformMapEntry` wants a map of one entry, found \(text(body.type))",
          at: body.range, help: "as `{k: v}`"))
    default: return
    }
  }

  private func resultType(
    _ macro: Macro, _ over: ExpressionType, _ body: ExpressionType?, isPair: Bool
  ) -> ExpressionType {
    let key: ExpressionType =
      switch over {
      case .list: .int
      case .map(let key, _): key
      default: .dyn
      }
    switch macro {
    case .all, .exists, .existsOne, .has: return .bool
    case .count: return .int
    case .map, .transformList: return .list(body ?? .dyn)
    case .transformMap: return .map(key, body ?? .dyn)
    case .transformMapEntry, .bind:
      return body.map { $0.fits(.map(.dyn, .dyn)) ? $0 : .dyn } ?? .dyn
    case .filter:
      if case .map(let key, _) = over { return isPair ? over : .list(key) }
      return over.fits(.list(.dyn)) && over != .never ? over : .dyn
    case .sortBy:
      if case .map(let key, _) = over { return .list(key) }
      return over.fits(.list(.dyn)) && over != .never ? over : .dyn
    }
  }

  private mutating func checkHas(_ argument: Syntax, _ range: Range<Int>) -> CheckedNode {
    guard case .select(let base, let field, let fieldRange) = argument.form else {
      refuse(
        ExpressionMistake(
          CheckCodes.macro, "`has` asks for a field or a key", at: argument.range,
          help: "as `has(a.b)`; for a key in brackets write `'b' in a`"))
      return failure(.noSuchOverload, "`has` asks for a field or a key", range)
    }
    if let node = checkChain(argument) {
      let null = constant(.null, range)
      return CheckedNode(.call(.unequal, [node, null]), .bool, range)
    }
    let node = select(field, of: check(base), fieldRange, argument.range)
    switch node.form {
    case .field(let object, let index):
      return CheckedNode(.hasField(object, index), .bool, range)
    case .member(let object, let name):
      return CheckedNode(.hasMember(object, name), .bool, range)
    default: return node
    }
  }

  private mutating func checkBind(_ call: Syntax.Call, _ range: Range<Int>) -> CheckedNode {
    guard let names = variableNames([call.arguments[0]], of: call) else {
      return failure(.noSuchOverload, "`cel.bind` is not written like this", range)
    }
    let value = check(call.arguments[1])
    let variable = Variable(
      name: names[0], type: value.type, index: nextVariable, origins: value.origins, isBound: true)
    boundQuotients[variable.index] = quotient(in: value)
    let body = with(variable) { $0.check(call.arguments[2]) }
    return CheckedNode(
      .bind(variable.index, value, body), body.type, range, origins: body.origins)
  }
}
