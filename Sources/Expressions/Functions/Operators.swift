/// The operators of two operands.
enum Operators {
  /// Applies an operator; nil if it is a function instead.
  static func apply(
    _ builtin: Builtin, _ left: Value, _ right: Value, _ meter: inout Meter
  ) throws(EvaluationError) -> Value? {
    switch builtin {
    case .add: return try add(left, right, &meter)
    case .subtract: return try subtract(left, right)
    case .multiply: return try multiply(left, right)
    case .divide: return try divide(left, right)
    case .remainder: return try remainder(left, right)
    case .less: return .bool(try order(left, right, "<", &meter) == .less)
    case .greater: return .bool(try order(left, right, ">", &meter) == .greater)
    case .lessOrEqual:
      let order = try order(left, right, "<=", &meter)
      return .bool(order == .less || order == .equal)
    case .greaterOrEqual:
      let order = try order(left, right, ">=", &meter)
      return .bool(order == .greater || order == .equal)
    case .membership: return .bool(try isMember(left, right, &meter))
    case .index: return try element(left, right, &meter)
    default: return nil
    }
  }

  private static func add(
    _ left: Value, _ right: Value, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return .int(try fit(left.addingReportingOverflow(right), "\(left) + \(right)"))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.duration(let left), .duration(let right)):
      return .duration(try fit(left.addingReportingOverflow(right), "the sum of the durations"))
    case (.string(let left), .string(let right)):
      try meter.build(text: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.list(let left), .list(let right)):
      try meter.build(list: left.count + right.count)
      return .list(left + right)
    default: throw unfit("+", left, right)
    }
  }

  private static func subtract(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return .int(try fit(left.subtractingReportingOverflow(right), "\(left) - \(right)"))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.duration(let left), .duration(let right)):
      return .duration(
        try fit(left.subtractingReportingOverflow(right), "the difference of the durations"))
    default: throw unfit("-", left, right)
    }
  }

  private static func multiply(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return .int(try fit(left.multipliedReportingOverflow(by: right), "\(left) * \(right)"))
    case (.double(let left), .double(let right)): return .double(left * right)
    case (.duration(let time), .int(let factor)), (.int(let factor), .duration(let time)):
      return .duration(
        try fit(time.multipliedReportingOverflow(by: factor), "the product of duration and int"))
    case (.duration(let time), .double(let factor)), (.double(let factor), .duration(let time)):
      return .duration(try nanoseconds(Double(time) * factor))
    default: throw unfit("*", left, right)
    }
  }

  private static func divide(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      guard right != 0 else { throw divisionByZero("\(left) / 0") }
      return .int(try fit(left.dividedReportingOverflow(by: right), "\(left) / \(right)"))
    case (.double(let left), .double(let right)): return .double(left / right)
    case (.duration(let time), .int(let divisor)):
      guard divisor != 0 else { throw divisionByZero("\(DurationText.format(time)) / 0") }
      return .duration(
        try fit(time.dividedReportingOverflow(by: divisor), "the quotient of duration and int"))
    case (.duration(let time), .double(let divisor)):
      guard divisor != 0 else { throw divisionByZero("\(DurationText.format(time)) / 0.0") }
      return .duration(try nanoseconds(Double(time) / divisor))
    case (.duration(let left), .duration(let right)):
      guard right != 0 else { throw divisionByZero("\(DurationText.format(left)) / 0s") }
      return .double(Double(left) / Double(right))
    default: throw unfit("/", left, right)
    }
  }

  private static func remainder(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    guard case .int(let left) = left, case .int(let right) = right else {
      throw unfit("%", left, right)
    }
    guard right != 0 else { throw divisionByZero("\(left) % 0") }
    return .int(try fit(left.remainderReportingOverflow(dividingBy: right), "\(left) % \(right)"))
  }

  private static func order(
    _ left: Value, _ right: Value, _ sign: String, _ meter: inout Meter
  ) throws(EvaluationError) -> Ordering {
    if case .string(let text) = left, case .string(let other) = right {
      try meter.spend(min(text.utf8.count, other.utf8.count) / 16)
    }
    guard let order = left.order(to: right) else { throw unfit(sign, left, right) }
    return order
  }

  private static func isMember(
    _ item: Value, _ container: Value, _ meter: inout Meter
  ) throws(EvaluationError) -> Bool {
    switch container {
    case .list(let values):
      for value in values {
        try meter.spend(1 + Meter.cost(of: value))
        if value.isSame(as: item) { return true }
      }
      return false
    case .map(let map):
      try meter.spend(Meter.cost(of: item))
      return map.value(for: item) != nil
    default: throw unfit("in", item, container)
    }
  }

  private static func element(
    _ container: Value, _ key: Value, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    switch (container, key) {
    case (.list(let values), .int(let index)): return try element(values, index)
    case (.list(let values), .double(let number)):
      guard let index = Int64(exactly: number) else {
        throw EvaluationError(.badArgument, "\(key.text) is no index: it is not whole")
      }
      return try element(values, index)
    case (.map(let map), _):
      try meter.spend(Meter.cost(of: key))
      if let value = map.value(for: key) { return value }
      throw EvaluationError(
        .noSuchKey, "the map has no key \(key.briefText)", help: Machine.keysHelp(map))
    default: throw unfit("[]", container, key)
    }
  }

  private static func element(_ values: [Value], _ index: Int64) throws(EvaluationError) -> Value {
    guard index >= 0, index < values.count else {
      throw EvaluationError(
        .indexOutOfRange, "index \(index) is not in a list of \(values.count) elements")
    }
    return values[Int(index)]
  }

  /// The result of an operation, if it fits.
  static func fit(
    _ result: (partialValue: Int64, overflow: Bool), _ what: String
  ) throws(EvaluationError) -> Int64 {
    guard !result.overflow else {
      throw EvaluationError(.overflow, "\(what) does not fit 64 bits")
    }
    return result.partialValue
  }

  /// The nearest whole number of nanoseconds, halves away from zero.
  static func nanoseconds(_ value: Double) throws(EvaluationError) -> Int64 {
    guard let whole = Int64(exactly: value.rounded(.toNearestOrAwayFromZero)) else {
      throw EvaluationError(.overflow, "the duration does not fit 64 bits of nanoseconds")
    }
    return whole
  }

  private static func divisionByZero(_ text: String) -> EvaluationError {
    EvaluationError(.divisionByZero, "\(text) divides by zero")
  }

  private static func unfit(_ sign: String, _ left: Value, _ right: Value) -> EvaluationError {
    EvaluationError(
      .noSuchOverload, "`\(sign)` does not apply to \(left.kindText) and \(right.kindText)")
  }
}
