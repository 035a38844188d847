/// The functions of strings; places in them are counted in Unicode scalars.
enum StringFunctions {
  /// Applies a function; nil if it is none of these.
  static func call(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value? {
    switch arguments.builtin {
    case .contains, .startsWith, .endsWith, .matches: return try test(arguments, &meter)
    case .charAt: return .string(try charAt(arguments, &meter))
    case .indexOf: return .int(try indexOf(arguments, &meter))
    case .lastIndexOf: return .int(try lastIndexOf(arguments, &meter))
    case .substring: return .string(try substring(arguments, &meter))
    case .replace: return .string(try replace(arguments, &meter))
    case .split: return .list(try split(arguments, &meter))
    case .join: return .string(try join(arguments, &meter))
    case .trim: return .string(try trim(arguments, &meter))
    case .lowerAscii: return .string(try mapped(arguments, &meter, 65...90) { $0 + 32 })
    case .upperAscii: return .string(try mapped(arguments, &meter, 97...122) { $0 - 32 })
    case .quote: return .string(try built(quoted(try arguments.string(0)), &meter))
    case .format: return .string(try FormatFunction.call(arguments, &meter))
    case .size, .reverse:
      guard case .string(let text) = arguments[0] else { return nil }
      try meter.spend(text.utf8.count / 16)
      if arguments.builtin == .size { return .int(Int64(text.unicodeScalars.count)) }
      return .string(
        try built(
          String(String.UnicodeScalarView(text.unicodeScalars.reversed())),
          &meter))
    default: return nil
    }
  }

  private static func test(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let (text, part) = (try arguments.string(0), try arguments.string(1))
    try meter.spend((text.utf8.count + part.utf8.count) / 16)
    switch arguments.builtin {
    case .startsWith: return .bool(Scalars.starts(text, with: part))
    case .endsWith: return .bool(Scalars.ends(text, with: part))
    case .contains:
      return .bool(Scalars.firstIndex(of: Array(part.utf8), in: Array(text.utf8)) != nil)
    default:
      try meter.spend(part.utf8.count)
      let pattern: Pattern
      do {
        pattern = try Pattern(part)
      } catch {
        throw arguments.bad("the pattern is not well formed: \(error.message)", help: error.help)
      }
      var cost = 0
      let result = pattern.matches(text, cost: &cost, limit: meter.limits.steps)
      try meter.spend(cost)
      return .bool(result)
    }
  }

  private static func scalars(
    _ arguments: Arguments, _ index: Int, _ meter: inout Meter
  ) throws(EvaluationError) -> [Unicode.Scalar] {
    let text = try arguments.string(index)
    try meter.spend(text.utf8.count / 16)
    return Array(text.unicodeScalars)
  }

  private static func built(
    _ text: String, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    try meter.build(text: text.utf8.count)
    return text
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func charAt(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let text = try scalars(arguments, 0, &meter)
    let index = try place(arguments, 1, in: text)
    return string(text[index...].prefix(1))
  }

  /// A place from the start to right behind the last scalar.
  private static func place(
    _ arguments: Arguments, _ index: Int, in text: [Unicode.Scalar]
  ) throws(EvaluationError) -> Int {
    let place = try arguments.int(index)
    guard place >= 0, place <= text.count else {
      throw EvaluationError(
        .indexOutOfRange,
        "`\(arguments.name)`: place \(place) is not in a text of \(text.count) characters")
    }
    return Int(place)
  }

  private static func indexOf(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Int64 {
    let text = try scalars(arguments, 0, &meter)
    let part = try scalars(arguments, 1, &meter)
    let start = arguments.count > 2 ? try place(arguments, 2, in: text) : 0
    return Scalars.firstIndex(of: part, in: text, from: start).map(Int64.init) ?? -1
  }

  private static func lastIndexOf(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> Int64 {
    let text = try scalars(arguments, 0, &meter)
    let part = try scalars(arguments, 1, &meter)
    let last = arguments.count > 2 ? try place(arguments, 2, in: text) : text.count
    return Scalars.lastIndex(of: part, in: text, upTo: last).map(Int64.init) ?? -1
  }

  private static func substring(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let text = try scalars(arguments, 0, &meter)
    let start = try place(arguments, 1, in: text)
    let end = arguments.count > 2 ? try place(arguments, 2, in: text) : text.count
    guard start <= end else {
      throw EvaluationError(
        .indexOutOfRange, "`substring`: the part ends at \(end), before it starts at \(start)")
    }
    return try built(string(text[start..<end]), &meter)
  }

  /// The places where a separator stands, at most so many; an empty one stands before each scalar.
  private static func places(
    of part: [Unicode.Scalar], in text: [Unicode.Scalar], most: Int, withEnds: Bool
  ) -> [Int] {
    if part.isEmpty {
      let all = withEnds ? Array(0...text.count) : text.isEmpty ? [] : Array(1..<text.count)
      return Array(all.prefix(most))
    }
    var found: [Int] = []
    var start = 0
    while found.count < most, let place = Scalars.firstIndex(of: part, in: text, from: start) {
      found.append(place)
      start = place + part.count
    }
    return found
  }

  private static func replace(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let text = try scalars(arguments, 0, &meter)
    let (part, new) = (try scalars(arguments, 1, &meter), try arguments.string(2))
    let wanted = arguments.count > 3 ? try arguments.int(3) : -1
    let most = wanted < 0 ? Int.max : Int(wanted)
    let places = places(of: part, in: text, most: most, withEnds: true)
    let (grown, overflow) = places.count.multipliedReportingOverflow(by: new.utf8.count)
    try meter.build(text: overflow ? .max : grown)
    var result = ""
    var start = 0
    for place in places {
      result.unicodeScalars.append(contentsOf: text[start..<place])
      result += new
      start = place + part.count
    }
    result.unicodeScalars.append(contentsOf: text[start...])
    return try built(result, &meter)
  }

  private static func split(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> [Value] {
    let text = try scalars(arguments, 0, &meter)
    let part = try scalars(arguments, 1, &meter)
    let wanted = arguments.count > 2 ? try arguments.int(2) : -1
    if wanted == 0 || (part.isEmpty && text.isEmpty) { return [] }
    let most = wanted < 0 ? Int.max : Int(wanted) - 1
    let places = places(of: part, in: text, most: most, withEnds: false)
    try meter.build(list: places.count + 1)
    var start = 0
    var parts: [Value] = []
    for place in places {
      parts.append(.string(string(text[start..<place])))
      start = place + part.count
    }
    return parts + [.string(string(text[start...]))]
  }

  private static func join(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let separator = arguments.count > 1 ? try arguments.string(1) : ""
    var texts: [String] = []
    var bytes = 0
    for value in try arguments.list(0) {
      guard case .string(let text) = value else {
        throw EvaluationError(
          .noSuchOverload, "`join` takes strings, found \(value.kindText)")
      }
      texts.append(text)
      bytes += text.utf8.count + separator.utf8.count
    }
    try meter.spend(texts.count)
    try meter.build(text: max(0, bytes - separator.utf8.count))
    return texts.joined(separator: separator)
  }

  private static func trim(
    _ arguments: Arguments, _ meter: inout Meter
  ) throws(EvaluationError) -> String {
    let text = try scalars(arguments, 0, &meter)
    let start = text.firstIndex { !$0.properties.isWhitespace } ?? text.count
    let end = text.lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? start
    return try built(string(text[start..<end]), &meter)
  }

  private static func mapped(
    _ arguments: Arguments, _ meter: inout Meter, _ letters: ClosedRange<UInt8>,
    _ change: (UInt8) -> UInt8
  ) throws(EvaluationError) -> String {
    let bytes = try arguments.string(0).utf8.map { letters.contains($0) ? change($0) : $0 }
    return try built(String(decoding: bytes, as: UTF8.self), &meter)
  }

  /// In double quotes, with the escapes that CEL's extension uses and no others.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if let escape = StringText.shortEscape(of: scalar) {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
