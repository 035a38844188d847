/// Reads a regular expression in RE2's syntax.
struct PatternParser {
  /// Groups may nest this deep.
  static let maximumDepth = 100
  /// The largest number of `{…}`.
  static let maximumRepetition = 1000

  struct Flags {
    var ignoresCase = false
    var dotMatchesNewline = false
    var isMultiline = false
  }

  let scalars: [Unicode.Scalar]
  var position = 0
  private(set) var flags = Flags()
  private var depth = 0
  /// From where on no class in brackets and colons ends.
  var noClassFrom = Int.max

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
      parts.append(.scalar(ScalarSet(single(scalar))))
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
    case "[": return .scalar(ScalarSet(try bracket()))
    case ".":
      position += 1
      let left = flags.dotMatchesNewline ? [] : [10...10] as [ClosedRange<UInt32>]
      return .scalar(ScalarSet(ScalarClass(ranges: left, isNegated: true)))
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
      return .scalar(ScalarSet(single(next)))
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

  func single(_ scalar: Unicode.Scalar) -> ScalarClass {
    var values = [scalar.value...scalar.value]
    if flags.ignoresCase {
      values += ScalarClass.variants(of: scalar).map { $0.value...$0.value }
    }
    return ScalarClass(ranges: values, ignoresCase: flags.ignoresCase)
  }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  func error(_ message: String, help: String? = nil) -> PatternError {
    PatternError(message: message, offset: min(position, scalars.count), help: help)
  }
}
