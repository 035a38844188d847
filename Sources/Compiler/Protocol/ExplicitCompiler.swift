internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// What the scenario says beforehand of single messages and timers.
extension CellCompiler {
  /// The explicit deliveries; fewer than there are entries after a mistake.
  mutating func deliveries() -> [ExplicitDelivery] {
    var firsts = FirstEntries()
    var result: [ExplicitDelivery] = []
    for entry in scenario.deliveries where !isFull {
      let kind = messageKind(entry.kind)
      let (from, to) = (node(entry.from), node(entry.to))
      if let from, from == to { report(.linkToItself(entry.to)) }
      guard let kind, let from, let to, from != to else { continue }
      let nth = Int(entry.nth.value)
      if let first = firsts.take([kind, from.index, to.index, nth], entry.span) {
        report(.repeatedEntry(entry.span, first, "message"))
        continue
      }
      result.append(
        ExplicitDelivery(
          kind: UInt8(kind), from: from, to: to, nth: nth,
          flight: entry.takes.map { Duration(nanoseconds: $0) },
          copies: entry.copies.map { $0.map { Duration(nanoseconds: $0) } }))
    }
    return result
  }

  /// The explicit timers; fewer than there are entries after a mistake.
  mutating func timers() -> [ExplicitTimer] {
    var firsts = FirstEntries()
    var result: [ExplicitTimer] = []
    for entry in scenario.timers where !isFull {
      let timer = timer(entry.timer)
      guard let node = node(entry.node), let timer else { continue }
      let nth = Int(entry.nth.value)
      if let first = firsts.take([node.index, timer, nth], entry.span) {
        report(.repeatedEntry(entry.span, first, "timer"))
        continue
      }
      result.append(
        ExplicitTimer(
          node: node, timer: UInt8(timer), nth: nth, span: Duration(nanoseconds: entry.takes)))
    }
    return result
  }

  private mutating func timer(_ name: Marked<String>) -> Int? {
    let known = description.timers.map(\.name)
    if let place = known.firstIndex(of: name.value) { return place }
    report(.unknownWord(name, "timer", of: description.name, known: known))
    return nil
  }

  /// What is said of all these entries besides what they do: deliveries, then timers.
  func entryJudgements() -> [EntryJudgement] {
    scenario.deliveries.map { entry in
      EntryJudgement(
        name: ExplicitWords.message(
          entry.kind.value, entry.from.value, entry.to.value, nth: entry.nth.value),
        mayBeIdle: entry.mayBeIdle?.value, span: entry.span)
    }
      + scenario.timers.map { entry in
        EntryJudgement(
          name: ExplicitWords.timer(entry.timer.value, entry.node.value, nth: entry.nth.value),
          mayBeIdle: entry.mayBeIdle?.value, span: entry.span)
      }
  }
}

/// The first of the entries that speak of the same thing.
private struct FirstEntries {
  private var spans: [[Int]: SourceSpan] = [:]

  /// Takes an entry; gives the place of the one that speaks of the same thing.
  mutating func take(_ what: [Int], _ span: SourceSpan) -> SourceSpan? {
    if let first = spans[what] { return first }
    spans[what] = span
    return nil
  }
}

extension Diagnostic {
  /// `what` is what two entries speak of: a message or a timer.
  static func repeatedEntry(_ span: SourceSpan, _ first: SourceSpan, _ what: String) -> Diagnostic {
    Diagnostic(
      .repeatedEntry, "two entries speak of the same \(what)", at: span, label: "the second one",
      labels: [Label(first, "the first one")], help: "keep one of them, or give another `nth`")
  }
}

extension DiagnosticCode {
  static let repeatedEntry = DiagnosticCode(
    "E0344", "two entries for one message or timer",
    explanation: """
      An entry of `deliveries` speaks of one message and an entry of `timers` of one time that a node \
      sets a timer. Two that speak of the same leave open which holds. A message that arrives twice \
      has one entry with `copy`.
      """,
    wrong: """
      protocol: lamport-mutex
      workloads: [{at: 0ms, node: node1, call: acquire}]
      deliveries:
        - {kind: request, from: node1, to: node2, nth: 1, takes: 15ms}
        - {kind: request, from: node1, to: node2, nth: 1, takes: 18ms}
      """,
    right: """
      protocol: lamport-mutex
      workloads: [{at: 0ms, node: node1, call: acquire}]
      deliveries:
        - {kind: request, from: node1, to: node2, nth: 1, takes: 15ms, copy: 18ms}
      """)
}
