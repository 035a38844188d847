/// A clause of a format string, or the text between two.
enum FormatPart: Equatable {
  case text(String)
  case clause(Character, precision: Int?)

  /// More decimals than this are refused.
  static let maximumPrecision = 1000

  /// Cuts a format string into its parts; a message if it is not well formed.
  static func parts(of format: String) -> Result<[FormatPart], FormatError> {
    var parts: [FormatPart] = []
    var text = ""
    var rest = Array(format.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest = rest.dropFirst()
        text += "%"
        continue
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      switch clause(&rest) {
      case .success(let part): parts.append(part)
      case .failure(let error): return .failure(error)
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return .success(parts)
  }

  private static func clause(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> Result<FormatPart, FormatError> {
    var precision: Int?
    if rest.first == "." {
      rest = rest.dropFirst()
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(String(String.UnicodeScalarView(digits))), number <= maximumPrecision
      else {
        return .failure(FormatError("`%.` wants a number up to \(maximumPrecision) behind it"))
      }
      precision = number
    }
    guard let letter = rest.popFirst() else {
      return .failure(FormatError("the text ends inside a clause; a `%` itself is `%%`"))
    }
    guard "sdfexXob".unicodeScalars.contains(letter) else {
      return .failure(FormatError("there is no clause `%\(letter)`; a `%` itself is `%%`"))
    }
    return .success(.clause(Character(letter), precision: precision))
  }
}

/// What is wrong with a format string.
struct FormatError: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}

/// `format`: a text with values in the place of its clauses.
enum FormatFunction {
  static func call(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let format = try arguments.string(0)
    let values = try arguments.list(1)
    let parts: [FormatPart]
    switch FormatPart.parts(of: format) {
    case .success(let found): parts = found
    case .failure(let error): throw arguments.bad(error.message)
    }
    var next = 0
    var result = ""
    for part in parts {
      let before = result.utf8.count
      switch part {
      case .text(let text): result += text
      case .clause(let letter, let precision):
        guard next < values.count else {
          throw arguments.bad("there are more clauses than the \(values.count) values")
        }
        result += try text(of: values[next], letter, precision, &meter)
        next += 1
      }
      try meter.spend(1 + (result.utf8.count - before) / 16)
    }
    try meter.build(text: result.utf8.count)
    return result
  }

  private static func text(
    of value: Value, _ letter: Character, _ precision: Int?, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    switch (letter, value) {
    case ("s", _):
      try meter.spend(Meter.cost(of: value))
      return try plain(value, meter.objectTypes)
    case ("d", .int(let number)): return "\(number)"
    case ("d", .double(let number)): return DoubleText.plain(number)
    case ("f", .int(let number)): return DecimalText.fixed(number, precision ?? 6)
    case ("f", .double(let number)):
      try meter.spend(ExactDecimal.digitLimit(of: number) / 16)
      return DecimalText.fixed(number, precision ?? 6)
    case ("e", .int(let number)): return DecimalText.scientific(number, precision ?? 6)
    case ("e", .double(let number)):
      try meter.spend(ExactDecimal.digitLimit(of: number) / 16)
      return DecimalText.scientific(number, precision ?? 6)
    case ("x", .int(let number)): return String(number, radix: 16)
    case ("X", .int(let number)): return String(number, radix: 16, uppercase: true)
    case ("x", .string(let text)): return hexadecimal(text, uppercase: false)
    case ("X", .string(let text)): return hexadecimal(text, uppercase: true)
    case ("o", .int(let number)): return String(number, radix: 8)
    case ("b", .int(let number)): return String(number, radix: 2)
    case ("b", .bool(let truth)): return truth ? "1" : "0"
    default:
      throw EvaluationError(
        .noSuchOverload, "`%\(letter)` of `format` does not take \(value.kindText)")
    }
  }

  private static func hexadecimal(_ text: String, uppercase: Bool) -> String {
    text.utf8.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: uppercase)
    }.joined()
  }

  /// The value as `%s` shows it: strings without quotes, also inside of lists and maps.
  private static func plain(
    _ value: Value, _ objectTypes: [ObjectType]
  ) throws(EvaluationError) -> String {
    switch value {
    case .string(let text): return text
    case .double(let number): return DoubleText.plain(number)
    case .duration(let time): return DurationText.seconds(time)
    case .list(let values):
      var texts: [String] = []
      for value in values { texts.append(try plain(value, objectTypes)) }
      return "[" + texts.joined(separator: ", ") + "]"
    case .map(let map):
      var texts: [(key: String, value: String)] = []
      for (key, value) in zip(map.keys, map.values) {
        texts.append((try plain(key, objectTypes), try plain(value, objectTypes)))
      }
      let sorted = texts.sorted { Scalars.precedes($0.key, $1.key) }
      return "{" + sorted.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .object(let object):
      throw EvaluationError(
        .noSuchOverload,
        "`%s` of `format` does not take \(Wording.a(objectTypes[Int(object.type)].name)): name a field"
      )
    case .null, .bool, .int, .type: return value.text
    }
  }
}
