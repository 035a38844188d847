/// The functions that make one value of a list of them.
enum AggregateFunctions {
  /// Applies a function; nil if it is none of these.
  static func call(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value? {
    switch arguments.builtin {
    case .sum: return try sum(arguments, &meter)
    case .min: return try extreme(arguments, .less, &meter)
    case .max: return try extreme(arguments, .greater, &meter)
    case .avg: return try average(arguments, &meter)
    case .percentile: return try percentile(arguments, &meter)
    default: return nil
    }
  }

  /// The sum; the last argument is the sum of nothing.
  private static func sum(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let values = try arguments.list(0)
    guard var total = values.first else { return arguments[1] }
    guard ["int", "double", "duration"].contains(total.kindText) else {
      throw unfit(arguments, total)
    }
    for value in values.dropFirst() {
      try meter.spend(1)
      guard value.kindText == total.kindText,
        let next = try Operators.apply(.add, total, value, &meter)
      else { throw unfit(arguments, value) }
      total = next
    }
    return total
  }

  /// The first of the values that nothing exceeds in an order; an error if NaN is one of several,
  /// which is neither above nor below another value.
  private static func extreme(
    _ arguments: Arguments, _ wanted: Ordering, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let values = try filled(arguments)
    var best = values[0]
    for value in values {
      try meter.spend(1 + Meter.cost(of: value))
      guard let order = value.order(to: best) else { throw unfit(arguments, value) }
      if order == .unordered, values.count > 1 { throw arguments.disordered() }
      if order == wanted { best = value }
    }
    return best
  }

  private static func average(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let count = try filled(arguments).count
    switch try sum(arguments, &meter) {
    case .int(let total): return .double(Double(total) / Double(count))
    case .double(let total): return .double(total / Double(count))
    case .duration(let total):
      let (quotient, rest) = total.quotientAndRemainder(dividingBy: Int64(count))
      let isUp = rest.magnitude * 2 >= UInt64(count)
      return .duration(quotient + (isUp ? total.signum() : 0))
    case let other: throw unfit(arguments, other)
    }
  }

  private static func percentile(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let values = try filled(arguments)
    let percent: Double
    switch arguments[1] {
    case .int(let number): percent = Double(number)
    case .double(let number): percent = number
    default: throw arguments.unfit(1, "a number")
    }
    guard percent >= 0, percent <= 100 else {
      throw arguments.bad("\(arguments[1].text) percent is not between 0 and 100")
    }
    // In millionths of a percent, so that 99.9 means what it says and not the double below it.
    let millionths = UInt64((percent * 1e6).rounded())
    let rank = (millionths * UInt64(values.count) + 99_999_999) / 100_000_000
    let order = try ListFunctions.order(of: values, &meter)
    return values[order[max(1, Int(rank)) - 1]]
  }

  private static func filled(_ arguments: Arguments) throws(EvaluationError) -> [Value] {
    let values = try arguments.list(0)
    guard !values.isEmpty else {
      throw arguments.bad("the list is empty", help: "ask for its `size()` first")
    }
    return values
  }

  private static func unfit(_ arguments: Arguments, _ value: Value) -> EvaluationError {
    EvaluationError(
      .noSuchOverload,
      "`\(arguments.name)` does not take a list with \(Wording.a(value.kindText)) in it")
  }
}
