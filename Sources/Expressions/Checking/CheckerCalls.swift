import Diagnostics

extension Checker {
  /// A call of a function or macro, on a value or by itself.
  mutating func check(_ call: Syntax.Call, _ range: Range<Int>) -> CheckedNode {
    if let receiver = call.receiver, let chain = Checker.chain(receiver) {
      let name = "\(chain.text).\(call.function)"
      let entries = FunctionCatalog.entries(named: name)
      if !entries.isEmpty {
        let free = Syntax.Call(
          function: name, nameRange: receiver.range.lowerBound..<call.nameRange.upperBound,
          receiver: nil, arguments: call.arguments)
        return check(free, entries, range)
      }
      if let left = LeftOut.functions[name] { return leftOut(left, range) }
      if FunctionCatalog.namespaces.contains(chain.text), variable(chain.text) == nil,
        environment.name(chain.text) == nil
      {
        return unknownFunction(
          name, receiver.range.lowerBound..<call.nameRange.upperBound, range)
      }
    }
    let entries = FunctionCatalog.entries(named: call.function)
    if !entries.isEmpty { return check(call, entries, range) }
    if let left = LeftOut.functions[call.function] { return leftOut(left, call.nameRange) }
    return unknownFunction(call, range)
  }

  private mutating func check(
    _ call: Syntax.Call, _ entries: [CatalogEntry], _ range: Range<Int>
  ) -> CheckedNode {
    if let entry = entries.first(where: { $0.macro != nil }), let macro = entry.macro,
      macro.takes(call.arguments.count, isMember: call.receiver != nil)
        || !entries.contains(where: { $0.takes(call) })
    {
      return check(macro, call, entry, range)
    }
    guard let entry = entries.first(where: { $0.builtin != nil }), let builtin = entry.builtin
    else { preconditionFailure("\(call.function) is neither macro nor function") }
    return check(builtin, call, entry, range)
  }

  private mutating func check(
    _ builtin: Builtin, _ call: Syntax.Call, _ entry: CatalogEntry, _ range: Range<Int>
  ) -> CheckedNode {
    let receiver = call.receiver.map { check($0) }
    let operands = (receiver.map { [$0] } ?? []) + call.arguments.map { check($0) }
    guard
      let result = overload(
        entry.signatures, operands.map(\.type), isMember: receiver != nil)
    else {
      report(noOverload(call, entry, operands, range))
      guard
        entry.signatures.contains(where: {
          ($0.receiver != nil) == (receiver != nil) && $0.takes(call.arguments.count)
        })
      else {
        return failure(.noSuchOverload, "`\(call.function)` does not take these arguments", range)
      }
      return CheckedNode(.call(builtin, operands), .dyn, range)
    }
    if builtin == .matches { return checkMatches(operands, range) }
    if builtin == .format { checkFormat(operands, call) }
    if builtin == .sum { return checkSum(operands, result, range) }
    if builtin == .toDouble { checkRatio(converting: operands[0]) }
    if builtin == .dyn {
      return CheckedNode(.call(.dyn, operands), .dyn, range, origins: operands[0].origins)
    }
    return CheckedNode(.call(builtin, operands), result, range, origins: merged(operands))
  }

  /// Reads a pattern that is known now; one that is not is read in the run.
  private mutating func checkMatches(
    _ operands: [CheckedNode], _ range: Range<Int>
  ) -> CheckedNode {
    guard case .string(let text)? = operands[1].constant else {
      return CheckedNode(.call(.matches, operands), .bool, range)
    }
    do {
      return CheckedNode(.matches(operands[0], try Pattern(text)), .bool, range)
    } catch {
      report(
        ExpressionMistake(
          CheckCodes.pattern, error.message, at: operands[1].range,
          notes: ["at character \(error.offset + 1) of the pattern"], help: error.help))
      return failure(.badArgument, "the pattern is not well formed: \(error.message)", range)
    }
  }

  /// Checks a format string that is known now against a list that is written out.
  private mutating func checkFormat(_ operands: [CheckedNode], _ call: Syntax.Call) {
    guard mode == .scenario, case .string(let format)? = operands[0].constant else { return }
    switch FormatPart.parts(of: format) {
    case .failure(let error):
      report(ExpressionMistake(CheckCodes.arguments, error.message, at: operands[0].range))
    case .success(let parts):
      guard case .list(let values) = call.arguments[0].form else { return }
      let count = parts.count { if case .clause = $0 { true } else { false } }
      guard count != values.count else { return }
      report(
        ExpressionMistake(
          CheckCodes.arguments, "the text has \(count) clauses, the list \(values.count) values",
          at: operands[1].range, help: "a `%` itself is written `%%`"))
    }
  }

  /// Gives the sum of an empty list its type.
  private func checkSum(
    _ operands: [CheckedNode], _ result: ExpressionType, _ range: Range<Int>
  ) -> CheckedNode {
    let zero: Value =
      switch result {
      case .double: .double(0)
      case .duration: .duration(0)
      default: .int(0)
      }
    return CheckedNode(.call(.sum, operands + [constant(zero, range)]), result, range)
  }

  private func noOverload(
    _ call: Syntax.Call, _ entry: CatalogEntry, _ operands: [CheckedNode], _ range: Range<Int>
  ) -> ExpressionMistake {
    let isMember = call.receiver != nil
    let styled = entry.signatures.filter { ($0.receiver != nil) == isMember }
    let notes = entry.forms.map { "`\($0)`" }
    if styled.isEmpty {
      return ExpressionMistake(
        CheckCodes.arguments,
        isMember
          ? "`\(call.function)` is not called on a value"
          : "`\(call.function)` is called on a value",
        at: call.nameRange, notes: notes,
        help: isMember
          ? "write `\(call.function)(…)`" : "write `x.\(call.function)(…)` instead")
    }
    let counted = styled.filter { $0.takes(call.arguments.count) }
    guard !counted.isEmpty else {
      let counts = Set(styled.map(\.parameters.count)).sorted().map(String.init)
      return ExpressionMistake(
        CheckCodes.arguments,
        "`\(call.function)` takes \(counts.joined(separator: " or ")) "
          + "argument\(counts == ["1"] ? "" : "s"), found \(call.arguments.count)",
        at: range, notes: notes)
    }
    return misfit(call, counted, operands, notes, range)
  }

  /// What to say of operands of the right number and the wrong types.
  private func misfit(
    _ call: Syntax.Call, _ signatures: [CatalogEntry.Signature], _ operands: [CheckedNode],
    _ notes: [String], _ range: Range<Int>
  ) -> ExpressionMistake {
    let isMember = call.receiver != nil
    let takesReceiver = signatures.contains { signature in
      var bindings = TypeBindings()
      return signature.receiver.map { bindings.match($0, operands[0].type) } ?? true
    }
    guard takesReceiver else {
      return ExpressionMistake(
        CheckCodes.arguments, "`\(call.function)` does not apply to \(text(operands[0].type))",
        at: operands[0].range, notes: notes)
    }
    var bindings = TypeBindings()
    let wanted = signatures[0].operands
    let odd = operands.indices.first {
      !bindings.match(wanted[min($0, wanted.count - 1)], operands[$0].type)
    }
    let found = operands.dropFirst(isMember ? 1 : 0).map { text($0.type) }
    return ExpressionMistake(
      CheckCodes.arguments,
      "`\(call.function)` does not take \(found.joined(separator: ", "))",
      at: odd.map { operands[$0].range } ?? range, notes: notes)
  }

  private mutating func unknownFunction(
    _ call: Syntax.Call, _ range: Range<Int>
  ) -> CheckedNode {
    if let receiver = call.receiver, call.arguments.isEmpty {
      let before = mistakes.count
      let object = check(receiver)
      guard mistakes.count == before else { return object }
      if case .object(let type) = object.type.nonNull,
        environment.objectTypes[type].index(of: call.function) != nil
      {
        report(
          ExpressionMistake(
            CheckCodes.unknownFunction, "`\(call.function)` is a field, not a function",
            at: call.nameRange, help: "write it without parentheses: `.\(call.function)`"))
        return failure(.unbound, "there is no function `\(call.function)`", range)
      }
    }
    return unknownFunction(call.function, call.nameRange, range)
  }

  private mutating func unknownFunction(
    _ name: String, _ nameRange: Range<Int>, _ range: Range<Int>
  ) -> CheckedNode {
    let slips = [
      "every": "all", "any": "exists", "some": "exists", "none": "!….exists", "length": "size",
      "len": "size", "includes": "contains", "abs": "math.abs", "greatest": "math.greatest",
      "least": "math.least", "mean": "avg", "average": "avg", "median": "percentile(50)",
      "toLowerCase": "lowerAscii", "toUpperCase": "upperAscii", "lower": "lowerAscii",
      "upper": "upperAscii", "reduce": "sum", "where": "filter", "select": "map", "find": "filter",
      "range": "lists.range", "floor": "math.floor", "ceil": "math.ceil", "round": "math.round",
      "sqrt": "math.sqrt", "int64": "int", "float": "double", "str": "string",
    ]
    let near = slips[name] ?? nearest(to: name, among: FunctionCatalog.callableNames)
    let namespace = name.split(separator: ".").first.map { $0 + "." } ?? ""
    let siblings = FunctionCatalog.callableNames.filter { $0.hasPrefix(namespace) }
    report(
      ExpressionMistake(
        CheckCodes.unknownFunction, "there is no function `\(name)`", at: nameRange,
        notes: name.contains(".") && near == nil ? ["known are " + WordList.text(siblings)] : [],
        help: near.map { "did you mean `\($0)`?" }))
    return failure(.unbound, "there is no function `\(name)`", range)
  }
}

extension CatalogEntry {
  /// Whether it is a function with a form for as many arguments as a call has.
  fileprivate func takes(_ call: Syntax.Call) -> Bool {
    builtin != nil
      && signatures.contains {
        ($0.receiver != nil) == (call.receiver != nil) && $0.takes(call.arguments.count)
      }
  }
}
