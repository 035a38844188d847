extension Machine {
  /// The elements that a macro goes through, with their keys or indices.
  private struct Elements {
    let keys: [Value]?
    let values: [Value]

    var count: Int { values.count }
  }

  /// The value of a macro.
  mutating func foldValue(_ fold: Program.Fold, _ index: Int) throws(EvaluationError) -> Value {
    let over = try value(fold.over)
    let elements: Elements
    switch over {
    case .list(let values): elements = Elements(keys: nil, values: values)
    case .map(let map): elements = Elements(keys: map.keys, values: map.values)
    default:
      throw EvaluationError(
        .noSuchOverload, "a macro goes through a list or a map, found \(over.kindText)",
        range: program.ranges[fold.over])
    }
    switch fold.macro {
    case .all: return .bool(try quantify(fold, elements, decidedBy: false))
    case .exists: return .bool(try quantify(fold, elements, decidedBy: true))
    case .existsOne: return .bool(try tally(fold, elements) == 1)
    case .count: return .int(Int64(try tally(fold, elements)))
    case .filter: return try checked(try filtered(fold, over, elements), index)
    case .map, .transformList:
      let chosen = try chosen(fold, elements, transforming: true)
      return try checked(.list(chosen.map(\.value)), index)
    case .sortBy: return try checked(try sorted(fold, elements, index), index)
    case .transformMap:
      let chosen = try chosen(fold, elements, transforming: true)
      let entries = chosen.map { (key: key($0.index, elements), value: $0.value) }
      return try checked(.map(try map(of: entries, program.ranges[index])), index)
    case .transformMapEntry: return try checked(try entries(fold, elements, index), index)
    case .has, .bind: preconditionFailure("\(fold.macro) is no macro over elements")
    }
  }

  /// Whether the condition is so for one element; errors count only if it is for none.
  private mutating func quantify(
    _ fold: Program.Fold, _ elements: Elements, decidedBy decisive: Bool
  ) throws(EvaluationError) -> Bool {
    guard let condition = fold.condition else {
      preconditionFailure("\(fold.macro) has a condition")
    }
    var failure: EvaluationError?
    for index in 0..<elements.count {
      try spend()
      assign(fold, elements, index)
      do {
        if try truth(condition) == decisive { return decisive }
      } catch {
        if error.isFatal { throw error }
        if failure == nil { failure = error }
      }
    }
    if let failure { throw failure }
    return !decisive
  }

  /// How many elements meet the condition.
  private mutating func tally(
    _ fold: Program.Fold, _ elements: Elements
  ) throws(EvaluationError) -> Int {
    guard let condition = fold.condition else {
      preconditionFailure("\(fold.macro) has a condition")
    }
    var count = 0
    for index in 0..<elements.count {
      try spend()
      assign(fold, elements, index)
      if try truth(condition) { count += 1 }
    }
    return count
  }

  /// The elements that meet the condition, as they are or as the body makes them.
  private mutating func chosen(
    _ fold: Program.Fold, _ elements: Elements, transforming: Bool = false
  ) throws(EvaluationError) -> [(index: Int, value: Value)] {
    var result: [(index: Int, value: Value)] = []
    for index in 0..<elements.count {
      try spend()
      assign(fold, elements, index)
      if let condition = fold.condition, try !truth(condition) { continue }
      var value = elements.values[index]
      if transforming, let body = fold.body { value = try self.value(body) }
      result.append((index, value))
    }
    return result
  }

  private mutating func filtered(
    _ fold: Program.Fold, _ over: Value, _ elements: Elements
  ) throws(EvaluationError) -> Value {
    let chosen = try chosen(fold, elements)
    guard case .map(let map) = over else { return .list(chosen.map(\.value)) }
    let indices = chosen.map(\.index)
    return fold.second == nil ? .list(indices.map { map.keys[$0] }) : .map(map.selecting(indices))
  }

  private mutating func sorted(
    _ fold: Program.Fold, _ elements: Elements, _ index: Int
  ) throws(EvaluationError) -> Value {
    let keys = try chosen(fold, elements, transforming: true).map(\.value)
    let values = elements.keys ?? elements.values
    var meter = Meter(limits: limits, objectTypes: program.objectTypes)
    do {
      let order = try ListFunctions.order(of: keys, &meter)
      try spend(meter.steps)
      return .list(order.map { values[$0] })
    } catch {
      try spend(meter.steps)
      throw error.located(at: program.ranges[index])
    }
  }

  private mutating func entries(
    _ fold: Program.Fold, _ elements: Elements, _ index: Int
  ) throws(EvaluationError) -> Value {
    var entries: [(key: Value, value: Value)] = []
    for made in try chosen(fold, elements, transforming: true) {
      guard case .map(let map) = made.value else {
        throw EvaluationError(
          .noSuchOverload, "`transformMapEntry` wants a map, found \(made.value.kindText)",
          range: program.ranges[index])
      }
      entries += zip(map.keys, map.values).map { (key: $0, value: $1) }
    }
    return .map(try map(of: entries, program.ranges[index]))
  }

  /// Gives the variables of a macro their values for an element.
  private mutating func assign(_ fold: Program.Fold, _ elements: Elements, _ index: Int) {
    if let second = fold.second {
      locals[fold.first] = key(index, elements)
      locals[second] = elements.values[index]
    } else {
      locals[fold.first] = elements.keys?[index] ?? elements.values[index]
    }
  }

  private func key(_ index: Int, _ elements: Elements) -> Value {
    elements.keys?[index] ?? .int(Int64(index))
  }
}
