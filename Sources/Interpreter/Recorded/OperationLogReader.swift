import Diagnostics
import SystemModel

/// Reads operations as Jepsen and its kin write them: `{process, type, f, value, time}`.
struct OperationLogReader: HistoryReader {
  /// The keys of a line.
  static let keys = ["process", "type", "f", "value", "key", "time", "node", "index", "error"]

  /// An operation that has not ended.
  private struct Open {
    let name: String
    let key: Int64
    let words: [Int64]
  }

  private var builder: HistoryBuilder
  /// How many operations of the nemesis were passed over.
  private var nemesisCount = 0
  /// What operations that did not end well say of it, with how often, as they first came.
  private var errors: [(text: String, count: Int)] = []
  /// Where each of them stands.
  private var errorPlaces: [String: Int] = [:]
  private var lastIndex: Int64 = -1
  private var hasTimes: Bool?
  private var count: Int64 = 0
  /// The open operations by their processes.
  private var open: [String: Open] = [:]
  private let calls: [String]

  init(_ builder: HistoryBuilder) {
    self.builder = builder
    calls = builder.description.calls.map(\.name)
  }

  var history: HistoryBuilder { builder }

  var remarks: [String] {
    var remarks: [String] = []
    if nemesisCount > 0 {
      remarks.append("operations of the nemesis that were passed over: \(nemesisCount)")
    }
    if !errors.isEmpty {
      let shown = errors.prefix(8).map { "\($0.text) (\($0.count))" }
      let more = errors.count > shown.count ? ["others"] : []
      remarks.append("what ended operations: " + (shown + more).joined(separator: ", "))
    }
    return remarks
  }

  mutating func read(_ members: [LineValue.Member], _ span: SourceSpan) throws(HistoryMistake) {
    let line = try HistoryFields(members, allowed: Self.keys, span)
    let type = Self.bare(try line.text("type"))
    let outcomes: [CallOutcome] = [.ok, .fail, .info]
    let outcome = outcomes.first { $0.name == type }
    guard type == "invoke" || outcome != nil else {
      throw .unknown(
        "type", type, ["invoke"] + outcomes.map(\.name), try line.needed("type").span,
        code: .unknownEvent)
    }
    try readTime(line)
    try readIndex(line)
    let process = try process(line)
    guard process != "nemesis" else {
      nemesisCount += 1
      return
    }
    if let error = line["error"], outcome == nil || outcome == .ok {
      throw HistoryMistake(
        .unknownHistoryKey, "an operation that \(outcome == nil ? "begins" : "is ok") has no error",
        error.span)
    }
    if let outcome {
      try complete(process, outcome, line)
    } else {
      try invoke(process, line)
    }
  }

  /// A word without the colon of a keyword.
  private static func bare(_ text: String) -> String {
    text.hasPrefix(":") ? String(text.dropFirst()) : text
  }

  /// Without times the operations are a millisecond apart.
  private mutating func readTime(_ line: HistoryFields) throws(HistoryMistake) {
    let value = line["time"]
    guard hasTimes ?? (value != nil) == (value != nil) else {
      throw HistoryMistake(
        value == nil ? .missingHistoryKey : .unknownHistoryKey,
        "some operations have a time and some have none", line.span)
    }
    hasTimes = value != nil
    count += 1
    if let value {
      try builder.move(to: try builder.duration(value), value.span)
    } else {
      try builder.move(to: count * 1_000_000, line.span)
    }
  }

  /// The operations of a history are numbered upwards; some may have been taken out.
  private mutating func readIndex(_ line: HistoryFields) throws(HistoryMistake) {
    guard let value = line["index"] else { return }
    let index = try line.number("index")
    guard index > lastIndex else {
      throw HistoryMistake(
        .contradiction, "operation \(index) stands behind operation \(lastIndex)", value.span)
    }
    lastIndex = index
  }

  private func process(_ line: HistoryFields) throws(HistoryMistake) -> String {
    let value = try line.needed("process")
    if let number = value.int, number >= 0 { return String(number) }
    if let text = value.text, Self.bare(text) == "nemesis" { return "nemesis" }
    throw .kind(value, "a whole number from 0 on, or \"nemesis\"")
  }

  private mutating func invoke(
    _ process: String, _ line: HistoryFields
  ) throws(HistoryMistake) {
    let name = Self.bare(try line.text("f"))
    guard let call = calls.firstIndex(of: name) else {
      throw .unknown("call", name, calls, try line.needed("f").span)
    }
    let (key, value) = try split(line, name)
    let words = try words(of: call, key, value, line)
    try builder.invoke(
      client: process, at: try node(of: process, line), call: UInt8(call), words, begins: true,
      line.span)
    open[process] = Open(name: name, key: key, words: words)
  }

  /// The node of a process is the one that is named, else that of its number, round and round.
  private func node(
    of process: String, _ line: HistoryFields
  ) throws(HistoryMistake) -> NodeID {
    if let value = line["node"] { return try builder.node(value) }
    return NodeID(Int((Int64(process) ?? 0) % Int64(builder.topology.count)))
  }

  /// The register of an operation, absent if it names none, and its value: `[key, value]` where
  /// registers have keys.
  private mutating func split(
    _ line: HistoryFields, _ name: String
  ) throws(HistoryMistake) -> (key: Int64, value: LineValue?) {
    if let key = line["key"] {
      return (builder.symbol(try builder.plainText(key)), line["value"])
    }
    guard let value = line["value"], let both = value.list else {
      return (WordType.absent, line["value"])
    }
    let isKeyed = name != "cas" || both.count == 2 && (both[1].list != nil || both[1].isNull)
    guard isKeyed else { return (WordType.absent, value) }
    guard both.count == 2 else { throw .kind(value, "a value, or a list of a key and a value") }
    return (builder.symbol(try builder.plainText(both[0])), both[1])
  }

  /// The words of the arguments, three.
  private mutating func words(
    of call: Int, _ key: Int64, _ value: LineValue?, _ line: HistoryFields
  ) throws(HistoryMistake) -> [Int64] {
    let declared = builder.description.calls[call].arguments
    var values: [LineValue?] = [value]
    if calls[call] == "cas" {
      guard let pair = value?.list, pair.count == 2 else {
        throw HistoryMistake(
          .historyValue, "`cas` has a list of the value that it expects and the new one",
          value?.span ?? line.span)
      }
      values = pair
    }
    var words: [Int64] = []
    var next = 0
    for argument in declared {
      if argument.name == "key" {
        words.append(key)
        continue
      }
      let given = next < values.count ? values[next] : nil
      next += 1
      if let given, !given.isNull || argument.name == "from" {
        words.append(
          try builder.word(given, argument.type, isNullable: argument.name == "from"))
      } else if let word = argument.defaultWord {
        words.append(word)
      } else {
        throw HistoryMistake(
          .missingHistoryKey, "`\(calls[call])` needs a `value`", given?.span ?? line.span)
      }
    }
    if next == 0, let value, !value.isNull {
      throw HistoryMistake(
        .historyValue, "the invocation of `\(calls[call])` has no value", value.span)
    }
    return words + Array(repeating: 0, count: 3 - words.count)
  }

  /// The end of an operation. One that did not end well says again what it was begun with, or
  /// nothing, or in the place of a value why it ended.
  private mutating func complete(
    _ process: String, _ outcome: CallOutcome, _ line: HistoryFields
  ) throws(HistoryMistake) {
    let call = try builder.openCall(of: process, line.span)
    let name = Self.bare(try line.text("f"))
    guard let begun = open[process] else { return }
    guard begun.name == name else {
      throw HistoryMistake(
        .callsDoNotMatch, "the open operation of process \(process) is a `\(begun.name)`",
        try line.needed("f").span)
    }
    if let value = line["node"], try builder.node(value) != call.node {
      throw HistoryMistake(
        .callsDoNotMatch,
        "the open operation is at \(builder.topology.names[call.node.index])", value.span)
    }
    var value = WordType.absent
    if outcome == .ok {
      value = try result(of: call.kind, begun, line)
    } else if let error = line["error"] ?? unlike(begun, of: call.kind, line) {
      note(error: error)
    }
    open[process] = nil
    builder.complete(number: call.number, outcome, value: value, begins: true)
  }

  /// The value of a line, if it is neither absent nor what the operation was begun with.
  private mutating func unlike(
    _ begun: Open, of call: UInt8, _ line: HistoryFields
  ) -> LineValue? {
    guard let value = line["value"], !value.isNull else { return nil }
    do throws(HistoryMistake) {
      let (key, content) = try split(line, begun.name)
      let words = try words(of: Int(call), key, content, line)
      return key == begun.key && words == begun.words ? nil : value
    } catch {
      return value
    }
  }

  /// Counts an error: the word of a text or of the first text of a list.
  private mutating func note(error: LineValue) {
    let word = error.text ?? error.list?.first?.text ?? error.kind
    let text = VisibleText.brief(Self.bare(word))
    if let place = errorPlaces[text] {
      errors[place].count += 1
    } else {
      errorPlaces[text] = errors.count
      errors.append((text, 1))
    }
  }

  private mutating func result(
    of call: UInt8, _ begun: Open, _ line: HistoryFields
  ) throws(HistoryMistake) -> Int64 {
    let (key, content) = try split(line, begun.name)
    let isSilent = line["key"] == nil && line["value"]?.isNull ?? true
    guard key == begun.key || isSilent else {
      throw HistoryMistake(
        .callsDoNotMatch, "the operation was begun with another key",
        line["value"]?.span ?? line.span)
    }
    if let type = builder.description.calls[Int(call)].result {
      let value = try line.needed("value")
      return try builder.word(content ?? value, type, isNullable: true)
    }
    if let content, !content.isNull,
      try words(of: Int(call), key, content, line) != begun.words
    {
      throw HistoryMistake(
        .callsDoNotMatch, "the operation was begun with another value", content.span)
    }
    return WordType.absent
  }
}
