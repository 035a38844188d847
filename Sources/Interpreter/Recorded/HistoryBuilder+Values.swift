import Diagnostics
import ScenarioSyntax
import SystemModel

extension HistoryBuilder {
  func text(_ nanoseconds: Int64) -> String { Duration(nanoseconds: nanoseconds).text }

  /// The value of a field as a history writes it.
  func text(_ words: [Int64], _ type: WordType) -> String {
    guard type != .nodeList else {
      return "[" + words.map { topology.names[Int($0)] }.joined(separator: ", ") + "]"
    }
    guard let word = words.first, word != WordType.absent else { return "null" }
    switch type {
    case .int: return "\(word)"
    case .bool: return word == 0 ? "false" : "true"
    case .duration: return text(word)
    case .word(let names): return "\"\(names[Int(word)])\""
    case .symbol: return "\"\(VisibleText.brief(symbols.text(word)))\""
    case .node, .nodeList: return topology.names[Int(word)]
    }
  }

  /// A node by its name.
  func node(_ value: LineValue) throws(HistoryMistake) -> NodeID {
    guard let name = value.text else { throw .kind(value, "the name of a node") }
    guard let node = nodes[name] else {
      throw .unknown("node", name, topology.names, value.span)
    }
    return node
  }

  /// The word of a value of a declared type; `null` is the absent one.
  mutating func word(
    _ value: LineValue, _ type: WordType, isNullable: Bool
  ) throws(HistoryMistake) -> Int64 {
    if value.isNull {
      guard isNullable else { throw .kind(value, "a value that is there") }
      return WordType.absent
    }
    switch type {
    case .int:
      guard let number = value.int, number != WordType.absent else {
        throw .kind(value, "a whole number")
      }
      return number
    case .bool:
      guard let bool = value.bool else { throw .kind(value, "true or false") }
      return bool ? 1 : 0
    case .duration: return try duration(value)
    case .word(let words):
      guard let text = value.text else { throw .kind(value, "a word") }
      guard let place = words.firstIndex(of: text) else {
        throw .unknown("word", text, words, value.span)
      }
      return Int64(place)
    case .symbol: return symbol(try plainText(value))
    case .node, .nodeList: return Int64(try node(value).index)
    }
  }

  /// The word of a value of a declared type that may share its word with others.
  mutating func word(
    _ value: LineValue, _ type: WordType, in part: WordPart, isNullable: Bool
  ) throws(HistoryMistake) -> Int64 {
    let word = try word(value, type, isNullable: isNullable)
    guard part.holds(word) else { throw .kind(value, "a number from 0 to \(part.highest)") }
    return word
  }

  /// A length of time: a text with its unit, or whole nanoseconds.
  func duration(_ value: LineValue) throws(HistoryMistake) -> Int64 {
    let nanoseconds = value.int ?? value.text.flatMap { Interpreter.instant($0)?.nanoseconds }
    guard let nanoseconds, nanoseconds >= 0 else {
      throw .kind(value, "a time such as \"157ms\", or whole nanoseconds from 0 on")
    }
    try bound(nanoseconds, value.span)
    return nanoseconds
  }

  /// Refuses a time that no scenario can have.
  func bound(_ nanoseconds: Int64, _ span: SourceSpan) throws(HistoryMistake) {
    guard nanoseconds > LimitCatalog.longestTime else { return }
    throw .init(
      .historyTooLong, "\(text(nanoseconds)) is more than 365 days", span,
      help: "count times from the beginning of the history on")
  }

  /// A value that clients write and read, as its text.
  func plainText(_ value: LineValue) throws(HistoryMistake) -> String {
    switch value.content {
    case .text(let text): return text
    case .number(let text): return text
    case .bool(let bool): return bool ? "true" : "false"
    case .null, .list, .object: throw .kind(value, "a text or a number")
    }
  }
}
