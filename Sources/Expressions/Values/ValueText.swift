extension Value {
  /// The value in the language's own notation: `145ms`, `1.0`, `"leader"`, `[1, 2]`, `{"a": 1}`.
  ///
  /// What has no literal reads as `NaN`, `Infinity` and, for an object, `node#3`'s numbers; a host
  /// that knows better names prints its objects itself.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .double(let value): DoubleText.literal(value)
    case .string(let value): StringText.quoted(value)
    case .duration(let value): DurationText.format(value)
    case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .map(let map):
      "{" + zip(map.keys, map.values).map { "\($0.text): \($1.text)" }.joined(separator: ", ") + "}"
    case .object(let object): (object.isOld ? "old " : "") + "object \(object.type)#\(object.index)"
    case .type(let name): name.text
    }
  }
}

extension Value {
  /// How much of a string is shown where not all of it matters, in Unicode scalars.
  private static let briefLength = 80

  /// The value as a message shows it: of a long string the beginning alone, whatever that costs to
  /// make being little beside what the evaluation has cost.
  var briefText: String {
    guard case .string(let text) = self, text.utf8.count > 4 * Self.briefLength else {
      return self.text
    }
    return StringText.quoted(String(text.unicodeScalars.prefix(Self.briefLength))) + "…"
  }
}

/// Doubles as text; the digits are the shortest that read back as the same number.
enum DoubleText {
  /// With a decimal point or an exponent, so that it is not an int's text.
  static func literal(_ value: Double) -> String {
    guard value.isFinite else { return word(value) }
    let (sign, digits, exponent) = shortest(value)
    if exponent < -4 || exponent >= 17 { return sign + scientific(digits, exponent, width: 1) }
    let text = sign + plain(digits, exponent)
    return text.contains(".") ? text : text + ".0"
  }

  /// The form of `string(double)`, which is that of C's `%g` with as many digits as needed: no
  /// needless point, an exponent of at least two digits below 1e-4 and from 1e6 on.
  static func general(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    let (sign, digits, exponent) = shortest(value)
    if exponent < -4 || exponent >= 6 { return sign + scientific(digits, exponent, width: 2) }
    return sign + plain(digits, exponent)
  }

  /// All digits, never an exponent: the form of `%s` and `%d`.
  static func plain(_ value: Double) -> String {
    guard value.isFinite else { return word(value) }
    let (sign, digits, exponent) = shortest(value)
    return sign + plain(digits, exponent)
  }

  /// The word for what is not finite.
  static func word(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
  }

  /// The significant digits without zeros around them, and the power of ten of the first.
  private static func shortest(_ value: Double) -> (sign: String, digits: [UInt8], exponent: Int) {
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else { return (sign, [48], 0) }
    var digits: [UInt8] = []
    var pointAt: Int?
    var power = 0
    var text = value.magnitude.description.utf8[...]
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      power = Int(String(Substring(text[text.index(after: mark)...]))) ?? 0
      text = text[..<mark]
    }
    for byte in text {
      if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte) }
    }
    let leading = digits.prefix { $0 == 48 }.count
    let exponent = (pointAt ?? digits.count) - 1 - leading + power
    digits.removeFirst(leading)
    while digits.count > 1, digits.last == 48 { digits.removeLast() }
    return (sign, digits, exponent)
  }

  private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
    if digits.count <= exponent + 1 {
      return text + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return String(decoding: digits[...exponent], as: UTF8.self) + "."
      + String(decoding: digits[(exponent + 1)...], as: UTF8.self)
  }

  private static func scientific(_ digits: [UInt8], _ exponent: Int, width: Int) -> String {
    let fraction = String(decoding: digits.dropFirst(), as: UTF8.self)
    let power = String(exponent.magnitude)
    let padding = String(repeating: "0", count: max(0, width - power.count))
    return String(decoding: digits.prefix(1), as: UTF8.self)
      + (fraction.isEmpty ? "" : "." + fraction)
      + "e" + (exponent < 0 ? "-" : width > 1 ? "+" : "") + padding + power
  }
}

/// Strings as literals.
enum StringText {
  /// In double quotes, with escapes for quotes, backslashes and all that does not print.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result + "\""
  }

  /// The escape of two characters, if there is one.
  static func shortEscape(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\u{7}": "\\a"
    case "\u{8}": "\\b"
    case "\u{C}": "\\f"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{B}": "\\v"
    default: nil
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    if let escape = shortEscape(of: scalar) {
      result += escape
      return
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      let digits = String(scalar.value, radix: 16)
      let width = scalar.value > 0xFFFF ? 8 : 4
      result += width == 8 ? "\\U" : "\\u"
      result += String(repeating: "0", count: width - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
}
