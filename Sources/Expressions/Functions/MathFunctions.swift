/// The functions of numbers.
enum MathFunctions {
  /// Applies a function; nil if it is none of these.
  static func call(_ arguments: Arguments) throws(EvaluationError) -> Value? {
    switch arguments.builtin {
    case .greatest: return try extreme(arguments, .greater)
    case .least: return try extreme(arguments, .less)
    case .abs: return try abs(arguments)
    case .sign: return try sign(arguments)
    case .ceil: return .double(try arguments.double(0).rounded(.up))
    case .floor: return .double(try arguments.double(0).rounded(.down))
    case .round: return .double(try arguments.double(0).rounded(.toNearestOrAwayFromZero))
    case .trunc: return .double(try arguments.double(0).rounded(.towardZero))
    case .sqrt: return .double(try number(arguments).squareRoot())
    case .isNaN: return .bool(try arguments.double(0).isNaN)
    case .isInf: return .bool(try arguments.double(0).isInfinite)
    case .isFinite: return .bool(try arguments.double(0).isFinite)
    default: return try bits(arguments)
    }
  }

  private static func bits(_ arguments: Arguments) throws(EvaluationError) -> Value? {
    switch arguments.builtin {
    case .bitAnd: return .int(try arguments.int(0) & arguments.int(1))
    case .bitOr: return .int(try arguments.int(0) | arguments.int(1))
    case .bitXor: return .int(try arguments.int(0) ^ arguments.int(1))
    case .bitNot: return .int(~(try arguments.int(0)))
    case .bitShiftLeft: return .int(try arguments.int(0) << shift(arguments))
    case .bitShiftRight:
      let bits = UInt64(bitPattern: try arguments.int(0))
      return .int(Int64(bitPattern: bits >> UInt64(try shift(arguments))))
    default: return nil
    }
  }

  private static func shift(_ arguments: Arguments) throws(EvaluationError) -> Int64 {
    let count = try arguments.int(1)
    guard count >= 0 else { throw arguments.bad("bits are not moved by \(count)") }
    return min(count, 64)
  }

  /// The last of the numbers in an order, the first of equals; an error if NaN is one of several.
  private static func extreme(
    _ arguments: Arguments, _ wanted: Ordering
  ) throws(EvaluationError) -> Value {
    var numbers = arguments.values
    if numbers.count == 1, case .list(let list) = numbers[0] { numbers = list }
    guard var best = numbers.first else { throw arguments.bad("the list is empty") }
    for number in numbers {
      switch number {
      case .int, .double: break
      default:
        throw EvaluationError(
          .noSuchOverload, "`\(arguments.name)` takes numbers, found \(number.kindText)")
      }
      let order = number.order(to: best)
      if order == .unordered, numbers.count > 1 { throw arguments.disordered() }
      if order == wanted { best = number }
    }
    return best
  }

  private static func abs(_ arguments: Arguments) throws(EvaluationError) -> Value {
    switch arguments[0] {
    case .int(let number):
      guard number != .min else {
        throw EvaluationError(.overflow, "the absolute value of \(number) does not fit 64 bits")
      }
      return .int(Swift.abs(number))
    case .double(let number): return .double(number.magnitude)
    case .duration(let time):
      guard time != .min else {
        throw EvaluationError(.overflow, "the absolute value of the duration does not fit 64 bits")
      }
      return .duration(Swift.abs(time))
    default: throw arguments.unfit(0, "a number or a duration")
    }
  }

  private static func sign(_ arguments: Arguments) throws(EvaluationError) -> Value {
    switch arguments[0] {
    case .int(let number): return .int(number.signum())
    case .double(let number):
      return .double(number.isNaN ? number : number > 0 ? 1 : number < 0 ? -1 : 0)
    default: throw arguments.unfit(0, "a number")
    }
  }

  private static func number(_ arguments: Arguments) throws(EvaluationError) -> Double {
    switch arguments[0] {
    case .int(let number): return Double(number)
    case .double(let number): return number
    default: throw arguments.unfit(0, "a number")
    }
  }
}
