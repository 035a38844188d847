extension Machine {
  mutating func isText(_ instruction: Program.Instruction) throws(EvaluationError) -> Bool {
    guard case .string(let text) = try value(Int(instruction.a)) else { return false }
    return Scalars.equal(text, program.texts[Int(instruction.b)])
  }

  mutating func isNull(_ index: Int) throws(EvaluationError) -> Bool {
    if case .null = try value(index) { return true }
    return false
  }

  mutating func isSame(_ left: Int, _ right: Int) throws(EvaluationError) -> Bool {
    let (left, right) = (try value(left), try value(right))
    try spend(Meter.cost(of: left) + Meter.cost(of: right))
    return left.isSame(as: right)
  }

  mutating func matches(_ instruction: Program.Instruction) throws(EvaluationError) -> Bool {
    let value = try value(Int(instruction.a))
    guard case .string(let text) = value else {
      throw EvaluationError(
        .noSuchOverload, "`matches` takes a string, found \(value.kindText)",
        range: program.ranges[Int(instruction.a)])
    }
    try spend(text.utf8.count / 16)
    var cost = 0
    let pattern = program.patterns[Int(instruction.b)]
    let result = pattern.matches(text, cost: &cost, limit: limits.steps)
    try spend(cost)
    return result
  }

  mutating func list(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(Int(instruction.a))
    for offset in 0..<Int(instruction.a) {
      values.append(try value(operand(instruction.b, offset)))
    }
    return try checked(.list(values), index)
  }

  mutating func map(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    var entries: [(key: Value, value: Value)] = []
    for offset in stride(from: 0, to: Int(instruction.a), by: 2) {
      let key = try value(operand(instruction.b, offset))
      entries.append((key, try value(operand(instruction.b, offset + 1))))
    }
    return try checked(.map(try map(of: entries, program.ranges[index])), index)
  }

  /// A map of entries, each key of which must be there once. To compare the keys costs the same
  /// whether or not they are, as something may absorb that they are not.
  mutating func map(
    of entries: [(key: Value, value: Value)], _ range: Range<Int>
  ) throws(EvaluationError) -> ValueMap {
    for entry in entries { try spend(Meter.cost(of: entry.key)) }
    if let map = ValueMap(entries) { return map }
    try spend(entries.count)
    if let odd = entries.first(where: { ValueMap.rank($0.key) == nil }) {
      throw EvaluationError(
        .duplicateKey, "a key is an int, a bool or a string, not \(Wording.a(odd.key.kindText))",
        range: range)
    }
    let twice = ValueMap.firstRepeated(entries.map(\.key))?.briefText ?? ""
    throw EvaluationError(.duplicateKey, "the key \(twice) occurs twice", range: range)
  }

  /// An operation of two operands.
  mutating func binary(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    let left = try value(Int(instruction.a))
    let right = try value(Int(instruction.b))
    guard let builtin = Builtin(rawValue: UInt8(truncatingIfNeeded: instruction.c)) else {
      preconditionFailure("no builtin has the number \(instruction.c)")
    }
    do {
      return try metered(index) { meter throws(EvaluationError) in
        if let value = try Operators.apply(builtin, left, right, &meter) { return value }
        return try Functions.call(builtin, [left, right], &meter)
      }
    } catch {
      var error = error.located(at: program.ranges[index])
      if error.kind == .noSuchOverload, error.help == nil {
        let null = left == .null ? instruction.a : right == .null ? instruction.b : nil
        error.help = null.map { Machine.guardHelp(source(of: Int($0))) }
      }
      throw error
    }
  }

  /// A function of one operand, or of three and more.
  mutating func call(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(Int(instruction.a))
    for offset in 0..<Int(instruction.a) {
      values.append(try value(operand(instruction.b, offset)))
    }
    guard let builtin = Builtin(rawValue: UInt8(truncatingIfNeeded: instruction.c)) else {
      preconditionFailure("no builtin has the number \(instruction.c)")
    }
    do {
      return try metered(index) { meter throws(EvaluationError) in
        try Functions.call(builtin, values, &meter)
      }
    } catch {
      throw error.located(at: program.ranges[index])
    }
  }

  /// Runs an operation that tells a meter what it costs.
  private mutating func metered(
    _ index: Int, _ body: (inout Meter) throws(EvaluationError) -> Value
  ) throws(EvaluationError) -> Value {
    var meter = Meter(limits: limits, objectTypes: program.objectTypes)
    let result: Value
    do {
      result = try body(&meter)
    } catch {
      // It has cost as much as if it had not failed, and something may absorb that it has.
      try spend(meter.steps)
      throw error
    }
    try spend(meter.steps)
    return meter.hasBuilt ? try checked(result, index) : result
  }

  /// A value that was built, if it is not too large.
  mutating func checked(_ value: Value, _ index: Int) throws(EvaluationError) -> Value {
    var meter = Meter(limits: limits, objectTypes: [])
    do {
      try meter.check(value)
    } catch {
      throw error.located(at: program.ranges[index])
    }
    try spend(meter.steps)
    return value
  }
}
