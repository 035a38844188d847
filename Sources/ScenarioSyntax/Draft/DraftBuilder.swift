internal import Diagnostics

extension ScenarioFile {
  /// The draft of a cell that has a plan; `named` are the parameters that its expressions use.
  ///
  /// What was drawn is written out: `drawn` has the places of the values of the ``variations``, and
  /// `leftOut` those of the faults that are not there.
  public func draft(
    cell index: Int, named: [String], drawn: [Int64] = [], leftOut: [Int] = []
  ) -> ScenarioDraft {
    precondition(!hasErrors, "a draft of a scenario with mistakes")
    var builder = DraftBuilder(
      root: root, sources: sources, parameters: values(cell: index, drawn: drawn),
      leftOut: leftOut)
    return builder.draft(named: named)
  }
}

/// Makes a draft from the tree of a scenario.
struct DraftBuilder {
  /// What is resolved, or stands above the cells.
  private static let resolved = ["extends", "parameters", "matrix"]
  /// The keys whose texts decide the draws of an entry without a name.
  private static let timing = [
    "workloads": ["at", "every", "rate", "clients"],
    "faults": FaultTimeKeys.triggers + ["jitter", "times", "deadline"],
  ]

  private let root: MarkedNode
  private let sources: SourceMap
  private var reading: Reading
  private var comments: [SourceComments]
  /// The faults that are not there, by their places.
  private let leftOut: [Int]
  /// The parameters whose `${name}` is not replaced.
  private var kept: Set<String> = []

  init(
    root: MarkedNode, sources: SourceMap, parameters: ParameterValues, leftOut: [Int] = []
  ) {
    self.root = root
    self.leftOut = leftOut
    self.sources = sources
    reading = Reading(sources: sources, parameters: parameters)
    var scalars = sources.files.map { _ in [SourceSpan]() }
    Self.collect(root, into: &scalars)
    comments = zip(sources.files, scalars).map { SourceComments($0, scalars: $1) }
  }

  mutating func draft(named: [String]) -> ScenarioDraft {
    let entries = root.mapping ?? []
    let first = entries.map(\.key.span).filter { $0.file == 0 }.min()
    let header = first.map { comments[0].takeHeader(before: $0.start) } ?? []
    var sections: [DraftEntry] = []
    for entry in entries where !Self.resolved.contains(entry.key.text) {
      if let section = section(entry) { sections.append(section) }
    }
    let used = kept.union(named)
    let parameters = reading.parameters.all.filter { used.contains($0.name.value) }
    if !parameters.isEmpty {
      let entries = parameters.map { DraftEntry($0.name.value, value(of: $0)) }
      sections.append(DraftEntry("parameters", .mapping(entries)))
    }
    return ScenarioDraft(header: header, sections: sections)
  }

  private mutating func value(of parameter: Parameter) -> DraftValue {
    var value = value(parameter.node, isKept: true)
    let written = root["parameters"]?.mapping?.first { $0.key.text == parameter.name.value }
    if let written {
      value.above = comments[written.key.span.file].takeAbove(written.key.span.start)
    }
    return value
  }

  private mutating func section(_ entry: MarkedNode.Entry) -> DraftEntry? {
    let name = entry.key.text
    if name == "vary" { return order(entry) }
    guard Self.timing[name] != nil, let items = entry.value.sequence else {
      return self.entry(entry, isKept: false)
    }
    let above = takeAbove(entry.key.span)
    let behind = takeBehind(entry.key.span)
    var values: [DraftValue] = []
    for (place, node) in items.enumerated() {
      let known = kept
      let value = item(of: name, node)
      if name == "faults", leftOut.contains(place) {
        // Read all the same, so that its comments go with it.
        kept = known
      } else {
        values.append(value)
      }
    }
    if values.isEmpty { return nil }
    return DraftEntry(name, DraftValue(.list(values), above: above, behind: behind))
  }

  /// What remains of `vary` when all else is drawn; nil without a strategy.
  private mutating func order(_ entry: MarkedNode.Entry) -> DraftEntry? {
    let others = (entry.value.mapping ?? []).filter { $0.key.text != "order" }
    let section = self.entry(entry, isKept: false)
    guard let order = section.value["order"] else { return nil }
    return DraftEntry(
      "vary",
      DraftValue(
        .mapping([DraftEntry("order", order)]),
        above: others.isEmpty ? section.value.above : [],
        behind: others.isEmpty ? section.value.behind : nil))
  }

  /// An entry of a section whose draws may hang on how it is written.
  private mutating func item(of section: String, _ node: MarkedNode) -> DraftValue {
    guard let entries = node.mapping else { return value(node, isKept: false) }
    let above = takeAbove(node.span)
    let isNamed = node["name"] != nil
    let timing = isNamed ? [] : Self.timing[section] ?? []
    let behind = isFlow(node) ? takeBehind(node.span) : nil
    var values: [DraftEntry] = []
    for entry in entries {
      let name = entry.key.text
      let isIdle = section == "faults" && isWithoutEffect(entry)
      values.append(self.entry(entry, isKept: timing.contains(name) || isIdle))
    }
    return DraftValue(.mapping(values), above: above, behind: behind)
  }

  /// Whether the value of a fault changes nothing, which is accepted of a parameter only.
  private mutating func isWithoutEffect(_ entry: MarkedNode.Entry) -> Bool {
    guard ["slow", "loss", "duplicate", "reorder", "delay", "factor"].contains(entry.key.text)
    else { return false }
    var copy = reading
    guard let node = copy.resolveDeeply(entry.value) else { return false }
    return Self.hasNoEffect(node)
  }

  private static func hasNoEffect(_ node: MarkedNode) -> Bool {
    switch node.content {
    case .sequence(let items): return items.contains { hasNoEffect($0) }
    case .mapping(let entries): return entries.contains { hasNoEffect($0.value) }
    case .scalar(let scalar):
      let parts = DurationValue.split(scalar.text).map { [$0.0, $0.1] } ?? [scalar.text]
      return parts.allSatisfy { part in
        guard let quantity = Quantity(part), let number = Double(quantity.number) else {
          return false
        }
        return number == 0 || (number == 1 && quantity.unit == "x")
      }
    }
  }

  // MARK: Values

  private mutating func entry(_ entry: MarkedNode.Entry, isKept: Bool) -> DraftEntry {
    let above = takeAbove(entry.key.span)
    var value = value(entry.value, isKept: isKept)
    value.above = above + value.above
    if value.behind == nil { value.behind = takeBehind(entry.key.span) }
    return DraftEntry(entry.key.text, value)
  }

  private mutating func value(
    _ node: MarkedNode, isKept: Bool, isItem: Bool = false
  ) -> DraftValue {
    // What stands above the first line of a block belongs to that line.
    let isFlow = isFlow(node)
    let above = isFlow || isItem ? takeAbove(node.span) : []
    let behind = isFlow ? takeBehind(node.span) : nil
    return DraftValue(content(node, isKept: isKept), above: above, behind: behind)
  }

  private mutating func content(_ node: MarkedNode, isKept: Bool) -> DraftValue.Content {
    switch node.content {
    case .scalar(let scalar):
      guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return .text(scalar.text) }
      if isKept {
        keepParameters(of: scalar.text)
        return .text(scalar.text)
      }
      guard let resolved = reading.resolve(node) else {
        preconditionFailure("`\(scalar.text)` of a scenario with a plan has no value")
      }
      return Self.literal(resolved)
    case .sequence(let items):
      return .list(items.map { value($0, isKept: isKept, isItem: true) })
    case .mapping(let entries):
      return .mapping(entries.map { entry($0, isKept: isKept) })
    }
  }

  /// What a parameter has brought in, as it stands in a file.
  private static func literal(_ node: MarkedNode) -> DraftValue.Content {
    if let items = node.sequence { return .list(items.map { DraftValue(literal($0)) }) }
    let text = node.scalar?.text ?? ""
    return .text(text.replacing("${", with: "$${"))
  }

  private mutating func keepParameters(of text: String) {
    for case .name(let name) in (try? ParameterText.parts(of: text)) ?? [] { kept.insert(name) }
  }

  // MARK: Comments

  private mutating func takeAbove(_ span: SourceSpan) -> [String] {
    comments[span.file].takeAbove(span.start)
  }

  private mutating func takeBehind(_ span: SourceSpan) -> String? {
    comments[span.file].takeBehind(span.start..<max(span.start, span.end - 1))
  }

  /// Whether a node has no lines of its own for what is in it.
  private func isFlow(_ node: MarkedNode) -> Bool {
    if node.scalar != nil { return true }
    let first = sources[node.span].bytes[node.span.start]
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func collect(_ node: MarkedNode, into scalars: inout [[SourceSpan]]) {
    switch node.content {
    case .scalar: scalars[node.span.file].append(node.span)
    case .sequence(let items): for item in items { collect(item, into: &scalars) }
    case .mapping(let entries):
      for entry in entries {
        scalars[entry.key.span.file].append(entry.key.span)
        collect(entry.value, into: &scalars)
      }
    }
  }
}
