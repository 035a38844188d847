import Expressions
import SystemModel

/// Says which calls have no order, and why.
struct ConsistencyText {
  private let model: ConsistencyCheck.Model
  private let schema: WorldSchema
  private let words: RegisterWords
  private let history: ContiguousArray<CallHistory.Call>
  private let text: RecordText

  init(
    _ model: ConsistencyCheck.Model, _ schema: WorldSchema, _ words: RegisterWords,
    _ history: ContiguousArray<CallHistory.Call>
  ) {
    self.model = model
    self.schema = schema
    self.words = words
    self.history = history
    text = RecordText(schema)
  }

  /// How many calls a violation shows at the most.
  private static let shown = 12

  /// The violation that is found when a call ends: some calls of which none can be left out, and
  /// why they contradict each other, if a sentence says it.
  func violation(
    last: Int, _ core: [Int], isTight: Bool, _ contradiction: Contradiction?
  ) -> Violation {
    var named = contradiction?.calls.map(\.call) ?? []
    if case .unwritten(let call)? = contradiction, let failed = failedWriter(of: call) {
      named.append(failed)
    }
    let room = max(Self.shown - named.count, 0)
    let shown = (named + core.filter { !named.contains($0) }.suffix(room)).sorted()
    var readings = shown.map { place in
      Evidence.Reading(
        name: "calls[\(place)] of client \(client(history[place]))",
        value: description(of: history[place]) + lines(of: place))
    }
    let left = core.filter { !shown.contains($0) }.count
    if left > 0 { readings.insert(.init(name: "calls", value: "\(left) other ones, and"), at: 0) }
    return Violation(
      text: contradiction.map(reason) ?? reason(last, core, isTight: isTight),
      nodes: shown.map { history[$0].node }, at: history[last].completed,
      event: "call \(last) at \(schema.topology.names[history[last].node.index]) ends: ok"
        + (schema.recording?.endLine(ofCall: last).map { ", line \($0)" } ?? ""),
      readings: readings)
  }

  /// Where no sentence says it.
  private func reason(_ last: Int, _ core: [Int], isTight: Bool) -> String {
    let orders =
      switch model {
      case .linearizable: "no order in which each takes effect between its invocation and its end"
      case .sequential: "no order that keeps that of each client's own"
      }
    let calls = core.count == 1 ? "call" : "\(core.count) calls"
    let tight =
      isTight && core.count > 1
      ? "; if any one of them took effect at another time, or not at all, there would be one" : ""
    return "\(name(of: last)) cannot be placed: \(orders) explains what the \(calls) below returned"
      + tight
  }

  private func reason(_ contradiction: Contradiction) -> String {
    switch contradiction {
    case .unwritten(let call):
      if let failed = failedWriter(of: call) {
        return "\(name(of: call.call)) found what no call has written: \(name(of: failed)), which"
          + " would have, ended `fail`"
      }
      return "\(name(of: call.call)) found what no call has written and what was not there at"
        + " the start"
    case .unreached(let call, let writers): return unreached(call, writers)
    case .early(let call, let writer):
      return "\(name(of: call.call)) found what was written later only, first by"
        + " \(name(of: writer.call))"
    case .overwritten(let call, let other, let writers):
      return "\(name(of: call.call)) found what was no longer there: \(name(of: other.call)) came"
        + " before it, and until then \(found(call)) was \(origin(writers))"
    case .crossed(let one, let other): return crossed(one, other)
    case .overdrawn(let calls, let writers, let isInitial):
      let names = calls.map { name(of: $0.call) }.joined(separator: " and ")
      let times = writers.count + (isInitial ? 1 : 0)
      let word = calls.first.map(found) ?? ""
      return "\(names) replaced \(word), which was there \(Self.times(times)) only"
    }
  }

  private func unreached(_ call: RegisterOperation, _ writers: [RegisterOperation]) -> String {
    let names = writers.map { name(of: $0.call) }.joined(separator: " or ")
    var wanted: [String] = []
    for writer in writers where !wanted.contains(found(writer)) { wanted.append(found(writer)) }
    let never = wanted.joined(separator: " and ")
    return "\(name(of: call.call)) found what only \(names) would have left, and \(never) was never"
      + " there to be replaced"
  }

  /// The first call that would have left what a call found, and did not happen.
  private func failedWriter(of call: RegisterOperation) -> Int? {
    let key = words.action(of: history[call.call])?.key
    return history.indices.first { place in
      guard history[place].outcome == .fail, let action = words.action(of: history[place]),
        action.key == key
      else { return false }
      switch action.action {
      case .read: return false
      case .write(let word), .swap(_, let word): return word == call.wanted
      }
    }
  }

  private func crossed(_ one: Contradiction.Pair, _ other: Contradiction.Pair) -> String {
    let (first, second) = (value(one.words[0], one.first), value(one.words[1], one.first))
    return "\(name(of: one.first.call)) came before \(name(of: one.second.call)), so that \(first)"
      + " was there before \(second); but \(name(of: other.first.call)) came before"
      + " \(name(of: other.second.call)), so that it was the other way round, and each of the two"
      + " was there once only"
  }

  /// Where all the writers of a word were.
  private func origin(_ writers: [RegisterOperation]) -> String {
    switch writers.count {
    case 0: "there at the start only"
    case 1: "written only by \(name(of: writers[0].call)), earlier still"
    default: "written only by \(writers.count) calls, all of them earlier still"
    }
  }

  private static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  private func found(_ call: RegisterOperation) -> String {
    value(call.wanted ?? WordType.absent, call)
  }

  /// A word of a register as calls show it.
  private func value(_ word: Int64, _ call: RegisterOperation) -> String {
    let declared = schema.description.calls
    let type = declared.lazy.compactMap { $0.name == "read" ? $0.result : nil }.first
    return text.value(word, type ?? .int)
  }

  /// A call with what it returned, where and when, such as
  /// `read() = "new" at node2 (300ms..320ms)`.
  private func name(of place: Int) -> String {
    let call = history[place]
    let client = model == .sequential ? " by client \(client(call))" : ""
    return "\(content(of: call)) at \(schema.topology.names[call.node.index])\(client)"
      + " (\(span(of: call)))"
  }

  /// The name of who called: its number, unless a history has another one.
  private func client(_ call: CallHistory.Call) -> String {
    schema.recording?.name(ofClient: call.client) ?? "\(call.client)"
  }

  /// Where a history tells of a call; empty in a run.
  private func lines(of call: Int) -> String {
    guard let recording = schema.recording, let begin = recording.beginLine(ofCall: call) else {
      return ""
    }
    guard let end = recording.endLine(ofCall: call) else { return ", line \(begin)" }
    return ", lines \(begin) and \(end)"
  }

  private func content(of call: CallHistory.Call) -> String {
    let name = text.call(call.invocation)
    guard call.outcome == .ok, let type = schema.description.calls[Int(call.kind)].result else {
      return name
    }
    return "\(name) = \(text.value(call.value, type))"
  }

  private func description(of call: CallHistory.Call) -> String {
    "\(span(of: call)) \(schema.topology.names[call.node.index]) \(content(of: call))"
      + remark(call.outcome)
  }

  private func remark(_ outcome: CallOutcome) -> String {
    switch outcome {
    case .ok: ""
    case .fail: ", failed"
    case .info, .pending: ", end unknown"
    }
  }

  /// From when to when a call was open; to no end where nobody knows whether it happened.
  private func span(of call: CallHistory.Call) -> String {
    let isOver = call.outcome == .ok || call.outcome == .fail
    let end = isOver ? DurationText.format(call.completed) : ""
    return "\(DurationText.format(call.invoked))..\(end)"
  }
}
