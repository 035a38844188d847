import SystemModel

/// The names of a scenario that stand for the capitals of metric patterns.
struct MetricNames {
  private let description: ProtocolDescription
  private let kinds: [String]
  private let calls: [String]
  private let nodes: [String]
  private let groups: [String]
  private let faults: [String]

  init(_ description: ProtocolDescription, _ topology: Topology, faults: [String]) {
    self.description = description
    kinds = description.messages.map(\.name)
    calls = description.calls.map(\.name)
    nodes = topology.names
    groups = topology.groups.map(\.name)
    self.faults = Array(faults.prefix(Availability.faultLimit))
  }

  func hasFamily(of entry: MetricDescription) -> Bool {
    entry.families.isEmpty || entry.families.contains(where: description.isOf)
  }

  /// Adds the metrics of a description, one for each way to fill in its capitals.
  func expand(_ entry: MetricDescription, at place: Int, into found: inout [Metric]) {
    let parts = entry.parts
    let isOfLink = parts.contains("FROM")
    if isOfLink, nodes.count > MessageCounts.linkLimit { return }
    let like = Metric(
      name: "", unit: entry.unit, isFinal: entry.isFinal, entry: place, arguments: .init())
    fill(parts[...], like, isOfLink: isOfLink, &found)
  }

  /// Fills in what is left of a pattern behind the name of a metric that begins with it.
  private func fill(
    _ parts: ArraySlice<Substring>, _ metric: Metric, isOfLink: Bool, _ found: inout [Metric]
  ) {
    guard let part = parts.first else {
      if !isOfLink || metric.arguments.first != metric.arguments.second { found.append(metric) }
      return
    }
    var filled = metric
    let start = metric.name.isEmpty ? "" : metric.name + "."
    guard let (names, isSecond, offset) = choices(part) else {
      filled.name = start + part
      fill(parts.dropFirst(), filled, isOfLink: isOfLink, &found)
      return
    }
    for (index, name) in names.enumerated() {
      filled.name = start + name
      if isSecond {
        filled.arguments.second = index + offset
      } else {
        filled.arguments.first = index + offset
      }
      fill(parts.dropFirst(), filled, isOfLink: isOfLink, &found)
    }
  }

  /// The names that a word in capitals stands for, which argument it is, and the number of the
  /// first name; nil for an ordinary word.
  private func choices(_ part: Substring) -> (names: [String], isSecond: Bool, offset: Int)? {
    switch part {
    case "KIND": (kinds, false, 0)
    case "CALL": (calls, false, 0)
    case "NODE", "FROM": (nodes, false, 0)
    case "TO": (nodes, true, 0)
    case "GROUP": (groups, false, 1)
    case "FAULT": (faults, true, 0)
    default: nil
    }
  }
}
