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
    let values = try filled(arguments)
    switch values[0] {
    case .int:
      let (quotient, rest) = try wholeMean(arguments, &meter)
      let (product, isBeyond) = quotient.multipliedReportingOverflow(by: Int64(values.count))
      let (total, isFurther) = product.addingReportingOverflow(rest)
      return .double(
        isBeyond || isFurther
          ? Double(quotient) + Double(rest) / Double(values.count)
          : Double(total) / Double(values.count))
    case .duration:
      let (quotient, rest) = try wholeMean(arguments, &meter)
      let isUp = rest.magnitude * 2 >= UInt64(values.count)
      return .duration(quotient + (isUp ? rest.signum() : 0))
    default:
      guard case .double(let total) = try sum(arguments, &meter) else {
        throw unfit(arguments, values[0])
      }
      return .double(total / Double(values.count))
    }
  }

  /// The mean of ints or durations towards 0, and the rest of their sum with its sign; there is one
  /// even where the sum is beyond 64 bits.
  private static func wholeMean(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> (quotient: Int64, rest: Int64) {
    let values = try filled(arguments)
    let count = Int64(values.count)
    var (quotient, rest): (Int64, Int64) = (0, 0)
    for value in values {
      try meter.spend(1)
      let number: Int64
      switch (values[0], value) {
      case (.int, .int(let value)), (.duration, .duration(let value)): number = value
      default: throw unfit(arguments, value)
      }
      quotient += number / count
      rest += number % count
    }
    quotient += rest / count
    rest %= count
    // Both of one sign, as of one division.
    if quotient > 0, rest < 0 { (quotient, rest) = (quotient - 1, rest + count) }
    if quotient < 0, rest > 0 { (quotient, rest) = (quotient + 1, rest - count) }
    return (quotient, rest)
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
