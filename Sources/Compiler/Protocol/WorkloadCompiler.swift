internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// The calls that clients make.
  mutating func workloads() -> [Workload] {
    var keys = StableKeys()
    var labels: [String: SourceSpan] = [:]
    var counts: [String: Int] = [:]
    var result: [Workload] = []
    for entry in scenario.workloads where !isFull {
      if let name = entry.name {
        if let first = labels[name.value] { report(.repeatedLabel(name, first, "workload")) }
        labels[name.value] = name.span
      }
      let call = entry.choices.map(\.call.value).joined(separator: "+")
      counts[call, default: 0] += 1
      let key =
        entry.name.map { keys.key(named: $0.value) }
        ?? keys.key(of: "\(call) \(entry.arrivalText)")
      let node = entry.node.map { selector($0) } ?? .all
      let choices = entry.choices.compactMap { choice($0) }
      checkTime(of: entry)
      guard let node, choices.count == entry.choices.count else { continue }
      if let name = entry.name { workloadPlaces[name.value] = result.count }
      result.append(
        Workload(
          name: entry.name?.value ?? "\(call) \(counts[call] ?? 0)", key: key,
          arrival: arrival(entry), nodes: node, choices: choices,
          count: entry.count.map { Int($0.value) }, until: entry.until?.instant ?? .never))
    }
    madeWorkloads = result
    return result
  }

  private func arrival(_ entry: WorkloadEntry) -> Workload.Arrival {
    let start = entry.start?.instant
    switch entry.arrival {
    case .at(let instants): return .at(instants.map(\.instant).sorted())
    case .every(let period):
      return .every(first: start ?? Instant.start + period.duration, period: period.duration)
    case .rate(let rate, let poisson):
      return .rate(
        calls: rate.value.count, period: Duration(nanoseconds: rate.value.period),
        poisson: poisson, start: start ?? .start)
    case .clients(let count, let think):
      return .clients(Int(count.value), think: Law(think), start: start ?? .start)
    }
  }

  /// A workload that ends before it begins would never call.
  private mutating func checkTime(of entry: WorkloadEntry) {
    guard let until = entry.until else { return }
    var first = entry.start?.value ?? 0
    if case .every(let period) = entry.arrival, entry.start == nil { first = period.value }
    if until.value < first { report(.neverActs(until.span, "calls", first)) }
  }

  private mutating func choice(_ written: WorkloadEntry.Choice) -> Workload.Choice? {
    guard let place = description.calls.firstIndex(where: { $0.name == written.call.value }) else {
      report(
        .unknownWord(
          written.call, "call", of: description.name, known: description.calls.map(\.name)))
      return nil
    }
    let declaration = description.calls[place]
    guard let words = arguments(of: written, declaration) else { return nil }
    return Workload.Choice(weight: written.weight, call: UInt8(place), arguments: words)
  }

  private mutating func arguments(
    of written: WorkloadEntry.Choice, _ declaration: CallDeclaration
  ) -> [Int64]? {
    var words = declaration.arguments.map(\.defaultWord)
    let known = diagnostics.count
    var given: Set<Int> = []
    for argument in written.arguments where !isFull {
      if argument.key.value.isEmpty {
        let text = argument.value.node.scalar?.text ?? "…"
        report(
          .namelessArgument(
            argument.key.span, text, of: written.call.value,
            known: declaration.arguments.map(\.name)))
        continue
      }
      guard let index = declaration.arguments.firstIndex(where: { $0.name == argument.key.value })
      else {
        report(
          .unknownWord(
            argument.key, "argument", of: declaration.name,
            known: declaration.arguments.map(\.name)))
        continue
      }
      let declared = declaration.arguments[index]
      given.insert(index)
      words[index] = word(argument.value, of: declared.name, declared.type, in: declared.range)
    }
    for (index, word) in words.enumerated()
    where word == nil && !given.contains(index) && diagnostics.count == known {
      report(.missingArgument(declaration.arguments[index].name, of: written.call))
    }
    guard diagnostics.count == known else { return nil }
    return words.compactMap { $0 }
  }
}
