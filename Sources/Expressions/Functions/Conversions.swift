/// Conversions between types, negation, and the parts of durations.
enum Conversions {
  /// Applies a function; nil if it is none of these.
  static func call(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value? {
    if case .string(let text) = arguments[0] { try meter.spend(text.utf8.count / 16) }
    switch arguments.builtin {
    case .negate: return try negate(arguments)
    case .toInt: return .int(try int(arguments))
    case .toDouble: return .double(try double(arguments))
    case .toString: return .string(try string(arguments))
    case .toBool: return .bool(try bool(arguments))
    case .toDuration: return .duration(try duration(arguments))
    case .typeOf: return .type(try type(of: arguments[0], meter.objectTypes))
    case .dyn: return arguments[0]
    case .getHours: return .int(try arguments.duration(0) / 3_600_000_000_000)
    case .getMinutes: return .int(try arguments.duration(0) / 60_000_000_000)
    case .getSeconds: return .int(try arguments.duration(0) / 1_000_000_000)
    case .getMilliseconds: return .int(try arguments.duration(0) / 1_000_000 % 1_000)
    default: return nil
    }
  }

  private static func negate(_ arguments: Arguments) throws(EvaluationError) -> Value {
    switch arguments[0] {
    case .int(let number):
      return .int(try Operators.fit(Int64(0).subtractingReportingOverflow(number), "-(\(number))"))
    case .double(let number): return .double(-number)
    case .duration(let time):
      return .duration(
        try Operators.fit(Int64(0).subtractingReportingOverflow(time), "the opposite duration"))
    default:
      throw EvaluationError(
        .noSuchOverload, "`-` does not apply to \(arguments[0].kindText)")
    }
  }

  private static func int(_ arguments: Arguments) throws(EvaluationError) -> Int64 {
    switch arguments[0] {
    case .int(let number): return number
    case .double(let number):
      // CEL leaves out both ends, as a double cannot tell them from what lies beyond.
      guard number > -0x1p63, number < 0x1p63 else {
        throw EvaluationError(
          .conversion, "\(arguments[0].text) does not fit the 64 bits of an int")
      }
      return Int64(number)
    case .string(let text):
      guard isInt(text), let number = Int64(text) else { throw noCounterpart(arguments, "int") }
      return number
    default: throw arguments.unfit(0, "a number or a string")
    }
  }

  /// Digits with a sign perhaps, and nothing else.
  private static func isInt(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      bytes = bytes.dropFirst()
    }
    return !bytes.isEmpty
      && bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func double(_ arguments: Arguments) throws(EvaluationError) -> Double {
    switch arguments[0] {
    case .double(let number): return number
    case .int(let number): return Double(number)
    case .string(let text):
      let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "(") }
      guard isPlain, let number = Double(text), number.isFinite || !hasDigit(text) else {
        throw noCounterpart(arguments, "double")
      }
      return number
    default: throw arguments.unfit(0, "a number or a string")
    }
  }

  private static func hasDigit(_ text: String) -> Bool {
    text.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func string(_ arguments: Arguments) throws(EvaluationError) -> String {
    switch arguments[0] {
    case .string(let text): return text
    case .int(let number): return "\(number)"
    case .double(let number): return DoubleText.general(number)
    case .bool(let truth): return truth ? "true" : "false"
    case .duration(let time): return DurationText.seconds(time)
    default: throw arguments.unfit(0, "a string, a number, a bool or a duration")
    }
  }

  private static func bool(_ arguments: Arguments) throws(EvaluationError) -> Bool {
    switch arguments[0] {
    case .bool(let truth): return truth
    case .string(let text):
      if ["1", "t", "T", "true", "TRUE", "True"].contains(text) { return true }
      if ["0", "f", "F", "false", "FALSE", "False"].contains(text) { return false }
      throw noCounterpart(arguments, "bool")
    default: throw arguments.unfit(0, "a bool or a string")
    }
  }

  private static func duration(_ arguments: Arguments) throws(EvaluationError) -> Int64 {
    switch arguments[0] {
    case .duration(let time): return time
    case .string(let text):
      guard let time = DurationText.parse(text) else { throw noCounterpart(arguments, "duration") }
      return time
    default: throw arguments.unfit(0, "a string")
    }
  }

  private static func type(
    of value: Value, _ objectTypes: [ObjectType]
  ) throws(EvaluationError) -> TypeName {
    switch value {
    case .null: return .null
    case .bool: return .bool
    case .int: return .int
    case .double: return .double
    case .string: return .string
    case .duration: return .duration
    case .list: return .list
    case .map: return .map
    case .type: return .type
    case .object(let object): return .object(objectTypes[Int(object.type)].name)
    }
  }

  private static func noCounterpart(_ arguments: Arguments, _ type: String) -> EvaluationError {
    EvaluationError(.conversion, "\(arguments[0].briefText) is no \(type)")
  }
}
