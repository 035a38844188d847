internal import Analysis
internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// What is given for nodes and changes nothing.
extension MeaningLint {
  mutating func checkProcessing() {
    guard let section = scenario.processing else { return }
    checkShared(section)
    for entry in section.nodes {
      guard let nodes = names.nodes(entry.key.value) else { continue }
      let isOverridden = nodes.members.allSatisfy { own(section, $0)?.span != entry.key.span }
      if isOverridden || !changes(entry.value, section.times) {
        report(.idleEntry(entry.key.span, isOverridden: isOverridden))
      }
    }
  }

  /// Times for all nodes that no node falls back on.
  private mutating func checkShared(_ section: ProcessingSection) {
    let owners = topology.nodes.map { own(section, $0)?.times }
    let shared = section.times
    func isUsed(_ kind: String) -> Bool {
      owners.contains { times in
        times?.fallback == nil && !(times?.kinds.contains { $0.key.value == kind } ?? false)
      }
    }
    for kind in shared.kinds where !isUsed(kind.key.value) {
      report(.overriddenDefault(kind.key.span, "every node has an entry of its own"))
    }
    guard let fallback = shared.fallback else { return }
    let rest = description.messages.map(\.name).filter { kind in
      !shared.kinds.contains { $0.key.value == kind }
    }
    if rest.isEmpty {
      report(.overriddenDefault(fallback.span, "every kind of message has a time of its own"))
    } else if !rest.contains(where: isUsed) {
      report(.overriddenDefault(fallback.span, "every node has an entry of its own"))
    }
  }

  /// What a node has of its own, or its group.
  private func own(
    _ section: ProcessingSection, _ node: NodeID
  ) -> (times: ProcessingTimes, span: SourceSpan)? {
    let speaking = section.nodes.filter { names.nodes($0.key.value)?.contains(node) ?? false }
    let entry = speaking.first { names.node($0.key.value) != nil } ?? speaking.first
    return entry.map { ($0.value, $0.key.span) }
  }

  /// Whether times differ from those that hold without them.
  private func changes(_ times: ProcessingTimes, _ shared: ProcessingTimes) -> Bool {
    func value(_ kind: String, _ times: ProcessingTimes, else other: Int64) -> Int64 {
      times.kinds.first { $0.key.value == kind }?.value.value ?? times.fallback?.value ?? other
    }
    let kinds = description.messages.map(\.name)
    let differs = kinds.contains { kind in
      let base = value(kind, shared, else: 0)
      return value(kind, times, else: base) != base
    }
    let (own, base) = (times.concurrency?.value, shared.concurrency?.value ?? 0)
    return differs || own.map { $0 != base } ?? false
  }

  // MARK: Initial state

  /// Entries of `initial` that no node starts otherwise for.
  mutating func checkInitial() {
    for entry in scenario.protocolSection.initial {
      guard let nodes = names.nodes(entry.key.value) else { continue }
      let isNode = names.node(entry.key.value) != nil
      let fields = entry.value.compactMap { field in
        description.fields.firstIndex { $0.name == field.key.value }
      }
      let counting = nodes.members.map { node in
        (node: node, fields: fields.filter { isNode || !hasOwn($0, node) })
      }
      let isOverridden = counting.allSatisfy(\.fields.isEmpty)
      let makesDifference = counting.contains { node, fields in
        guard !fields.isEmpty, let words = system.initial[node] else { return false }
        var others = words
        for field in fields { others[field] = nil }
        return InitialState.differs(node, plan, words, from: others)
      }
      if !makesDifference { report(.idleEntry(entry.key.span, isOverridden: isOverridden)) }
    }
  }

  /// Whether a node has a field by an entry of its own.
  private func hasOwn(_ field: Int, _ node: NodeID) -> Bool {
    scenario.protocolSection.initial.contains { entry in
      names.node(entry.key.value) == node
        && entry.value.contains { $0.key.value == description.fields[field].name }
    }
  }
}
