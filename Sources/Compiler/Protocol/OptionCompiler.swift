internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// The options of the protocol: rows of values, and which row each node has.
struct OptionRows {
  var rows: [[ParameterValue?]]
  var rowOf: [Int]
}

extension CellCompiler {
  /// What the scenario says of one option.
  private struct Option {
    /// For nodes without a value of their own.
    var base: ParameterValue?
    var own = NodeValues<ParameterValue>()
  }

  /// Reads the options by the declarations of the protocol.
  mutating func options() -> OptionRows {
    let declarations = description.parameters
    var options = declarations.map { Option(base: $0.defaultValue) }
    var given: Set<String> = []
    for written in scenario.protocolSection.options where !isFull {
      guard let place = declarations.firstIndex(where: { $0.name == written.key.value }) else {
        let isSettable = description.fields.contains(where: \.settable)
        report(
          .unknownWord(
            written.key, "option", of: description.name,
            known: declarations.map(\.name) + (isSettable ? ["initial"] : [])))
        continue
      }
      given.insert(written.key.value)
      let declaration = declarations[place]
      if written.value.node.mapping == nil {
        options[place].base = value(written.value, declaration)
      } else if declaration.uniform {
        report(.uniformOption(written.key))
      } else {
        take(written.value, declaration, &options[place])
        checkCoverage(of: options[place], declaration, written.key)
      }
    }
    for declaration in declarations where declaration.required && !isBroken("protocol") {
      if !given.contains(declaration.name) {
        report(.missingOption(declaration.name, of: scenario.protocolSection.name))
      }
    }
    return rows(options)
  }

  private func rows(_ options: [Option]) -> OptionRows {
    let base = options.map(\.base)
    var result = OptionRows(rows: [base], rowOf: [])
    var known: [[ParameterValue?]: Int] = [base: 0]
    for node in topology.nodes {
      let row = options.map { $0.own.values[node] ?? $0.base }
      let number = known[row] ?? result.rows.count
      if number == result.rows.count {
        known[row] = number
        result.rows.append(row)
      }
      result.rowOf.append(number)
    }
    return result
  }

  /// Reads a mapping by nodes and groups, with `default` for all others.
  private mutating func take(
    _ raw: RawValue, _ declaration: ParameterDeclaration, _ option: inout Option
  ) {
    for entry in raw.node.mapping ?? [] where !isFull {
      let name = Marked(entry.key.text, at: entry.key.span)
      let value = value(RawValue(node: entry.value), declaration)
      if name.value == "default" {
        if let value { option.base = value }
        continue
      }
      guard let nodes = nodes(name, besides: ["default"]), let value else { continue }
      let isNode = names.node(name.value) != nil
      if let clash = option.own.take(value, for: nodes, isNode: isNode, at: name.span) {
        report(
          .twoValues(
            name.span, clash.first, topology.names[clash.node.index], "`\(declaration.name)`"))
      }
    }
  }

  private mutating func checkCoverage(
    of option: Option, _ declaration: ParameterDeclaration, _ key: Marked<String>
  ) {
    guard declaration.required, option.base == nil, diagnostics.isEmpty,
      let node = topology.nodes.first(where: { option.own.values[$0] == nil })
    else { return }
    report(.optionWithoutNode(key, topology.names[node.index]))
  }

  private mutating func value(
    _ raw: RawValue, _ declaration: ParameterDeclaration
  ) -> ParameterValue? {
    let name = declaration.name
    switch declaration.kind {
    case .duration(let minimum):
      let span = typed { $0.duration(raw, of: name, example: "50ms") }
      return span.flatMap { duration($0...$0, raw, name, minimum) }
    case .durationRange(let minimum):
      let range = typed { $0.durations(raw, of: name, example: "150ms..300ms") }
      return range.flatMap { duration($0, raw, name, minimum) }
    case .int(let range):
      return typed { $0.int(raw, of: name, in: range) }.map { .int($0) }
    case .bool:
      return typed { $0.bool(raw, of: name) }.map { .bool($0) }
    case .word(let words):
      return typed { $0.word(raw, of: name, among: words) }.map { .word($0) }
    case .node:
      return typed { [example = topology.names[0]] in $0.name(raw, of: name, example: example) }
        .flatMap { node($0) }.map { .node($0) }
    }
  }

  private mutating func duration(
    _ range: ClosedRange<Int64>, _ raw: RawValue, _ name: String, _ minimum: Duration
  ) -> ParameterValue? {
    guard range.lowerBound >= minimum.nanoseconds else {
      report(
        .outOfRange(
          raw.node.span, name, "at least \(minimum.text)",
          example: max(minimum, .milliseconds(50)).text))
      return nil
    }
    return .duration(
      Duration(nanoseconds: range.lowerBound), to: Duration(nanoseconds: range.upperBound))
  }
}
