extension PatternParser {
  mutating func escape() throws(PatternError) -> PatternTree {
    let assertion: PatternAssertion? =
      switch peek(1) {
      case "A": .textStart
      case "z": .textEnd
      case "b": .wordBoundary
      case "B": .noWordBoundary
      default: nil
      }
    if let assertion {
      position += 2
      return .assertion(assertion)
    }
    if let set = try classEscape() { return .scalar(ScalarSet(set)) }
    return .scalar(ScalarSet(single(try scalarEscape())))
  }

  /// `\d`, `\W`, `\pL`, `\P{Lu}` and the like.
  private mutating func classEscape() throws(PatternError) -> ScalarClass? {
    guard peek() == "\\", let letter = peek(1) else { return nil }
    if var set = ScalarClass.perl(Unicode.Scalar(letter.value | 0x20) ?? letter) {
      position += 2
      set.isNegated = ("A"..."Z").contains(letter)
      return set
    }
    guard letter == "p" || letter == "P" else { return nil }
    position += 2
    var isNegated = letter == "P"
    var name = ""
    if take("{") {
      if take("^") { isNegated.toggle() }
      while let scalar = peek(), scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw error("`\\p{` without a `}`") }
    } else if let scalar = peek() {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard ScalarClass.categoryNames.contains(name) else {
      throw error(
        "there is no general category `\(name)`",
        help: "scripts are left out; categories are `L`, `Lu`, `Nd` and so on")
    }
    return ScalarClass(
      categories: [.init(name: name, isNegated: isNegated)],
      ignoresCase: flags.ignoresCase && !isNegated)
  }

  private mutating func scalarEscape() throws(PatternError) -> Unicode.Scalar {
    guard let letter = peek(1) else { throw error("a `\\` at the end", help: "write `\\\\`") }
    position += 2
    switch letter {
    case "a": return "\u{7}"
    case "f": return "\u{C}"
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    case "v": return "\u{B}"
    case "x": return try hexEscape()
    case "0": return octal(first: 0)
    case "1"..."7":
      guard let next = peek(), ("0"..."7").contains(next) else {
        position -= 2
        throw error("back references are not in RE2's syntax")
      }
      return octal(first: letter.value - 48)
    default:
      if letter.isASCII, !letter.properties.isAlphabetic, !("0"..."9").contains(letter) {
        return letter
      }
      position -= 2
      throw error("there is no escape `\\\(letter)`")
    }
  }

  private mutating func octal(first: UInt32) -> Unicode.Scalar {
    var value = first
    for _ in 0..<2 {
      guard let next = peek(), ("0"..."7").contains(next) else { break }
      value = value * 8 + (next.value - 48)
      position += 1
    }
    return Unicode.Scalar(value) ?? "\u{0}"
  }

  private mutating func hexEscape() throws(PatternError) -> Unicode.Scalar {
    let isBraced = take("{")
    let digits = scalars[position...].prefix(isBraced ? 8 : 2).prefix {
      $0.properties.isASCIIHexDigit
    }
    position += digits.count
    let text = String(String.UnicodeScalarView(digits))
    guard isBraced ? take("}") : digits.count == 2, let value = UInt32(text, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw error("`\\x` wants two hexadecimal digits, or `\\x{…}`") }
    return scalar
  }

  /// Reads `[…]`.
  mutating func bracket() throws(PatternError) -> ScalarClass {
    let start = position
    position += 1
    var set = ScalarClass(isNegated: take("^"), ignoresCase: flags.ignoresCase)
    var isFirst = true
    while let next = peek(), isFirst || next != "]" {
      isFirst = false
      if next == "[", peek(1) == ":", let part = try posixClass() {
        set.parts.append(part)
      } else if let part = try classEscape() {
        set.parts.append(part)
      } else {
        try range(into: &set)
      }
    }
    guard take("]") else {
      position = start
      throw error("`[` without a `]`", help: "for the sign itself write `\\[`")
    }
    return set
  }

  private mutating func range(into set: inout ScalarClass) throws(PatternError) {
    let low = try rangeEnd()
    var high = low
    if peek() == "-", let next = peek(1), next != "]" {
      position += 1
      high = try rangeEnd()
    }
    guard low <= high else { throw error("a range goes from less to more") }
    set.ranges.append(low.value...high.value)
    if set.ignoresCase, low == high {
      set.ranges += ScalarClass.variants(of: low).map { $0.value...$0.value }
    }
  }

  private mutating func rangeEnd() throws(PatternError) -> Unicode.Scalar {
    guard let scalar = peek() else { throw error("`[` without a `]`") }
    if scalar == "\\" { return try scalarEscape() }
    position += 1
    return scalar
  }

  /// `[:alpha:]` or `[:^alpha:]`, inside of brackets.
  private mutating func posixClass() throws(PatternError) -> ScalarClass? {
    guard position < noClassFrom else { return nil }
    var end = position + 2
    while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < scalars.count else {
      noClassFrom = position
      return nil
    }
    var name = scalars[(position + 2)..<end]
    let isNegated = name.first == "^"
    if isNegated { name = name.dropFirst() }
    let text = String(String.UnicodeScalarView(name))
    guard var set = ScalarClass.posix(text) else { throw error("there is no class `[:\(text):]`") }
    set.isNegated = isNegated
    set.ignoresCase = flags.ignoresCase
    position = end + 2
    return set
  }
}
