/// Reads a regular expression in RE2's syntax.
struct PatternParser {
  /// Groups may nest this deep.
  static let maximumDepth = 100
  /// The largest number of `{…}`.
  static let maximumRepetition = 1000

  private struct Flags {
    var ignoresCase = false
    var dotMatchesNewline = false
    var isMultiline = false
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var flags = Flags()
  private var depth = 0

  private init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// The tree of a pattern.
  static func parse(_ text: String) throws(PatternError) -> PatternTree {
    var parser = PatternParser(text)
    let tree = try parser.choice()
    guard parser.position == parser.scalars.count else { throw parser.error("`)` without a `(`") }
    return tree
  }

  private mutating func choice() throws(PatternError) -> PatternTree {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternTree {
    var parts: [PatternTree] = []
    while let next = peek(), next != "|", next != ")" {
      let start = position
      if try takeLiteral(&parts) { continue }
      guard let atom = try atom() else { continue }
      parts.append(try repeated(atom, from: start))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  /// `\Q…\E`: everything between stands for itself.
  private mutating func takeLiteral(
    _ parts: inout [PatternTree]
  ) throws(PatternError) -> Bool {
    guard peek() == "\\", peek(1) == "Q" else { return false }
    let start = position
    position += 2
    while let scalar = peek(), !(scalar == "\\" && peek(1) == "E") {
      position += 1
      parts.append(.scalar(single(scalar)))
    }
    if peek() != nil { position += 2 }
    if position > start + 4, let last = parts.popLast() {
      parts.append(try repeated(last, from: start))
    }
    return true
  }

  private mutating func repeated(
    _ atom: PatternTree, from start: Int
  ) throws(PatternError) -> PatternTree {
    guard let (least, most) = try quantifier() else { return atom }
    _ = take("?")
    let second = position
    if try quantifier() != nil {
      let text = String(String.UnicodeScalarView(scalars[start..<position]))
      position = second
      throw error("two repetitions in a row in `\(text)`", help: "put the first in `(?:…)`")
    }
    return .repetition(atom, least: least, most: most)
  }

  private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
    switch peek() {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{": return try counted()
    default: return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; any other brace stands for itself.
  private mutating func counted() throws(PatternError) -> (least: Int, most: Int?)? {
    let start = position
    position += 1
    let least = number()
    var most = least
    if least != nil, take(",") { most = number() }
    guard let least, take("}") else {
      position = start
      return nil
    }
    guard least <= PatternParser.maximumRepetition, (most ?? 0) <= PatternParser.maximumRepetition,
      most.map({ $0 >= least }) ?? true
    else {
      position = start
      throw error("a repetition goes up to \(PatternParser.maximumRepetition), from less to more")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let digits = scalars[position...].prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty, digits.count < 10 else { return nil }
    position += digits.count
    return digits.reduce(0) { $0 * 10 + Int($1.value - 48) }
  }

  /// One thing that can be repeated; nil for a change of flags.
  private mutating func atom() throws(PatternError) -> PatternTree? {
    guard let next = peek() else { return .empty }
    switch next {
    case "(": return try group()
    case "[": return .scalar(try bracket())
    case ".":
      position += 1
      return .scalar(
        flags.dotMatchesNewline
          ? ScalarClass(isNegated: true) : ScalarClass(ranges: [10...10], isNegated: true))
    case "^":
      position += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "*", "+", "?": throw error("`\(next)` has nothing to repeat", help: "write `\\\(next)`")
    case "\\": return try escape()
    default:
      position += 1
      return .scalar(single(next))
    }
  }

  private mutating func group() throws(PatternError) -> PatternTree? {
    let outer = flags
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.maximumDepth else {
      throw error("groups nest at most \(PatternParser.maximumDepth) deep")
    }
    if take("?") {
      guard try header() else { return nil }
    }
    let tree = try choice()
    flags = outer
    guard take(")") else {
      position = start
      throw error("`(` without a `)`", help: "for the sign itself write `\\(`")
    }
    return tree
  }

  /// What stands behind `(?`: a name, or flags; false if they are for the rest of the group.
  private mutating func header() throws(PatternError) -> Bool {
    if take("P") || peek() == "<" {
      guard take("<") else { throw error("no such group: `(?P…`") }
      if peek() == "=" || peek() == "!" {
        throw error("look-around is not in RE2's syntax", help: "match without it")
      }
      let name = scalars[position...].prefix {
        $0 == "_" || $0.properties.isAlphabetic
          || ("0"..."9").contains($0)
      }
      position += name.count
      guard !name.isEmpty, take(">") else { throw error("the group's name is not well formed") }
      return true
    }
    var isOn = true
    while let scalar = peek() {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = isOn
      case "s": flags.dotMatchesNewline = isOn
      case "m": flags.isMultiline = isOn
      case "U": break
      case "-" where isOn: isOn = false
      case ":": return true
      case ")": return false
      case "=", "!":
        throw error("look-around is not in RE2's syntax", help: "match without it")
      default:
        position -= 1
        throw error("there is no flag `\(scalar)`")
      }
    }
    throw error("`(` without a `)`")
  }

  private func single(_ scalar: Unicode.Scalar) -> ScalarClass {
    var values = [scalar.value...scalar.value]
    if flags.ignoresCase {
      values += ScalarClass.variants(of: scalar).map { $0.value...$0.value }
    }
    return ScalarClass(ranges: values, ignoresCase: flags.ignoresCase)
  }
}

extension PatternParser {
  private mutating func escape() throws(PatternError) -> PatternTree {
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
    if let set = try classEscape() { return .scalar(set) }
    return .scalar(single(try scalarEscape()))
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
      categories: [(name, isNegated)], ignoresCase: flags.ignoresCase && !isNegated)
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
  private mutating func bracket() throws(PatternError) -> ScalarClass {
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
    var end = position + 2
    while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < scalars.count else { return nil }
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

  private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  private func error(_ message: String, help: String? = nil) -> PatternError {
    PatternError(message: message, offset: min(position, scalars.count), help: help)
  }
}
