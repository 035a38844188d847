internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// The handling times of one node, in nanoseconds by the kinds of messages.
struct Handling: Hashable {
  var kinds: [Int64]
  /// How many messages at once; 0: any number.
  var concurrency = 0

  init(kindCount: Int) { kinds = Array(repeating: 0, count: kindCount) }

  var isInstant: Bool { kinds.allSatisfy { $0 == 0 } }
}

extension CellCompiler {
  /// The handling times of all nodes: what a node has of its own wins over its group's, and both
  /// over what is said for all.
  mutating func processing() -> Processing {
    guard let section = scenario.processing else { return Processing() }
    let base = handling(
      section.times, over: Handling(kindCount: description.messages.count),
      besides: ["default", "concurrency", "nodes"])
    var own = NodeValues<Handling>()
    for entry in section.nodes where !isFull {
      guard let nodes = nodes(entry.key) else { continue }
      let value = handling(entry.value, over: base, besides: ["default", "concurrency"])
      let isNode = names.node(entry.key.value) != nil
      if let clash = own.take(value, for: nodes, isNode: isNode, at: entry.key.span) {
        report(
          .twoValues(
            entry.key.span, clash.first, topology.names[clash.node.index], "`processing`"))
      }
    }
    checkConcurrency(section, [base] + topology.nodes.compactMap { own.values[$0] })
    var rows: [Handling: Int32] = [:]
    var result = Processing()
    for node in topology.nodes {
      let handling = own.values[node] ?? base
      let row = rows[handling] ?? Int32(result.rows.count)
      if row == result.rows.count {
        rows[handling] = row
        result.rows.append(handling.kinds)
        result.concurrency.append(handling.concurrency)
      }
      result.rowOf.append(row)
    }
    return result
  }

  private mutating func handling(
    _ written: ProcessingTimes, over base: Handling, besides others: [String]
  ) -> Handling {
    var handling = base
    if let fallback = written.fallback {
      handling.kinds = handling.kinds.map { _ in fallback.value }
    }
    for (kind, span) in written.kinds where !isFull {
      if let place = messageKind(kind, besides: others) { handling.kinds[place] = span.value }
    }
    if let concurrency = written.concurrency { handling.concurrency = Int(concurrency.value) }
    return handling
  }

  /// The place of a kind of message; `others` are words that may stand in its place.
  mutating func messageKind(_ kind: Marked<String>, besides others: [String] = []) -> Int? {
    if let place = description.messages.firstIndex(where: { $0.name == kind.value }) {
      return place
    }
    report(
      .unknownWord(
        kind, "kind of message", of: description.name, known: description.messages.map(\.name),
        besides: others))
    return nil
  }

  /// A bound on messages in handling acts only where handling takes time.
  private mutating func checkConcurrency(_ section: ProcessingSection, _ all: [Handling]) {
    guard !isBroken("processing"), all.allSatisfy(\.isInstant) else { return }
    for case let concurrency? in [section.times.concurrency]
      + section.nodes.map(\.value.concurrency)
    {
      report(.idleConcurrency(concurrency.span))
    }
  }
}
