internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// What `initial` sets: words in the order of the protocol's fields, for the nodes it names.
  mutating func initial() -> [NodeID: [Int64?]] {
    var fields = description.fields.map { _ in NodeValues<Int64>() }
    for entry in scenario.protocolSection.initial where !isFull {
      guard let nodes = nodes(entry.key) else { continue }
      let isNode = names.node(entry.key.value) != nil
      for field in entry.value {
        guard let (place, word) = initialWord(field.key, field.value) else { continue }
        if let clash = fields[place].take(word, for: nodes, isNode: isNode, at: field.key.span) {
          report(
            .twoValues(
              field.key.span, clash.first, topology.names[clash.node.index],
              "`\(field.key.value)`"))
        }
      }
    }
    var words: [NodeID: [Int64?]] = [:]
    guard !scenario.protocolSection.initial.isEmpty else { return words }
    for node in topology.nodes {
      let row = fields.map { $0.values[node] }
      if row.contains(where: { $0 != nil }) { words[node] = row }
    }
    return words
  }

  private mutating func initialWord(
    _ name: Marked<String>, _ raw: RawValue
  ) -> (place: Int, word: Int64)? {
    let settable = description.fields.filter(\.settable).map(\.name)
    guard let place = description.fields.firstIndex(where: { $0.name == name.value }) else {
      report(.unknownWord(name, "field to set", of: description.name, known: settable))
      return nil
    }
    let field = description.fields[place]
    guard field.settable else {
      report(.fieldNotSettable(name, settable: settable))
      return nil
    }
    if field.nullable, raw.node.scalar?.text == "null" { return (place, WordType.absent) }
    return word(raw, of: name.value, field.type, in: field.range).map { (place, $0) }
  }

  /// Reads a value of a protocol's type as its word.
  mutating func word(
    _ raw: RawValue, of name: String, _ type: WordType, in range: ClosedRange<Int64>?
  ) -> Int64? {
    switch type {
    case .int:
      return typed { $0.int(raw, of: name, in: range ?? Int64.min + 1 ... .max) }
    case .bool:
      return typed { $0.bool(raw, of: name) }.map { $0 ? 1 : 0 }
    case .duration:
      guard let span = typed({ $0.duration(raw, of: name, example: "100ms") }) else { return nil }
      if let range, !range.contains(span) {
        let low = Duration(nanoseconds: range.lowerBound).text
        let high = Duration(nanoseconds: range.upperBound).text
        report(.outOfRange(raw.node.span, name, "from \(low) to \(high)", example: low))
        return nil
      }
      return span
    case .word(let words):
      return typed { $0.word(raw, of: name, among: words) }.map { Int64($0) }
    case .symbol:
      guard let text = typed({ $0.text(raw, of: name, example: "one") }) else { return nil }
      return symbols.number(of: text)
    case .node:
      return typed { [example = topology.names[0]] in $0.name(raw, of: name, example: example) }
        .flatMap { node($0) }.map { Int64($0.index) }
    case .nodeList:
      preconditionFailure("\(description.name) takes a list of nodes as `\(name)`")
    }
  }
}
