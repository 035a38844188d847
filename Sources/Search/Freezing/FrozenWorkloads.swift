import Analysis
import ScenarioSyntax
import SystemModel

/// Takes the chance out of `workloads`: calls that come at drawn instants, at drawn nodes or by
/// choice become calls at fixed instants at named nodes.
struct FrozenWorkloads {
  /// A call that was made.
  private struct Call {
    let at: Int64
    let node: NodeID
    let workload: Int
    let choice: Int
  }

  private let plan: SystemPlan
  private let references: References
  private let items: [DraftValue]
  /// The end of the run, if a call is to wait behind it.
  private let end: Int64?
  private var calls: [Call] = []
  private(set) var entries: [DraftValue] = []

  /// Makes the entries; `isStrict` gives each call of all workloads an entry of its own, so that calls
  /// of one instant keep their order.
  init(
    _ draft: ScenarioDraft, _ plan: SystemPlan, _ run: ObservedRun, isStrict: Bool,
    isPatient: Bool
  ) throws(FreezeError) {
    self.plan = plan
    end = isPatient ? run.result.endedAt.nanoseconds : nil
    references = References(draft)
    items = draft[["workloads"]]?.items ?? []
    let workloadOf = plan.workloads.enumerated().flatMap { place, workload in
      Array(repeating: place, count: workload.callerCount)
    }
    for record in run.records where record.kind == .callInvoked {
      let workload = workloadOf[Int(record.fault)]
      let words = [record.first, record.second, record.third]
      let choice = plan.workloads[workload].choices.firstIndex {
        $0.call == record.code && $0.arguments == words
      }
      calls.append(
        Call(at: record.at, node: record.from, workload: workload, choice: choice ?? 0))
    }
    if isStrict { try writeEachCall() } else { try writeLists() }
  }

  private mutating func writeLists() throws(FreezeError) {
    for (place, item) in items.enumerated() {
      guard plan.workloads[place].isDrawn else {
        entries.append(item)
        continue
      }
      let own = calls.filter { $0.workload == place }
      var groups: [(node: NodeID, choice: Int, instants: [Int64])] = []
      for call in own {
        let known = groups.firstIndex { $0.node == call.node && $0.choice == call.choice }
        if let known {
          groups[known].instants.append(call.at)
        } else {
          groups.append((call.node, call.choice, [call.at]))
        }
      }
      // In the order of the choices, so that texts keep their numbers, and with them the trace hash.
      groups.sort { ($0.choice, $0.node.index) < ($1.choice, $1.node.index) }
      let workload = plan.workloads[place]
      if let end, !groups.isEmpty, workload.until == .never, workload.count == nil {
        groups[0].instants.append(end + 1_000_000)
      }
      let made = groups.map { entry(item, $0.node, $0.choice, $0.instants) }
      entries += try named(made, place)
    }
  }

  private mutating func writeEachCall() throws(FreezeError) {
    for place in items.indices where references.mention(plan.workloads[place].name) {
      throw .referred(what: "workload", name: plan.workloads[place].name)
    }
    var hasEntry = Set<Int>()
    var taken = plan.workloads.map(\.name)
    for call in calls {
      let item = items[call.workload]
      var made = entry(item, call.node, call.choice, [call.at])
      if !hasEntry.insert(call.workload).inserted { made = made.withoutComments }
      if let name = item["name"]?.text {
        var number = 1
        while taken.contains("\(name)_\(number)") { number += 1 }
        taken.append("\(name)_\(number)")
        made = made.setting("name", .text("\(name)_\(number)"))
      }
      entries.append(made)
    }
  }

  private func entry(
    _ item: DraftValue, _ node: NodeID, _ choice: Int, _ instants: [Int64]
  ) -> DraftValue {
    let texts = instants.map { DraftValue.duration($0) }
    var keys: [DraftEntry] = []
    if let name = item["name"] { keys.append(DraftEntry("name", name)) }
    keys.append(DraftEntry("at", texts.count == 1 ? texts[0] : .list(texts)))
    keys.append(DraftEntry("node", .text(plan.topology.names[node.index])))
    let call = item["call"] ?? item["mix"]?.items?[choice]["call"]
    if let call { keys.append(DraftEntry("call", call.withoutComments)) }
    return DraftValue(.mapping(keys), above: item.above)
  }

  /// Gives each of several entries a name of its own.
  private func named(
    _ made: [DraftValue], _ place: Int
  ) throws(FreezeError) -> [DraftValue] {
    let name = plan.workloads[place].name
    if made.count != 1, references.mention(name) { throw .referred(what: "workload", name: name) }
    guard made.count > 1, let written = items[place]["name"]?.text else { return made }
    var taken = plan.workloads.map(\.name)
    return made.enumerated().map { index, entry in
      var number = index + 1
      while taken.contains("\(written)_\(number)") { number += 1 }
      taken.append("\(written)_\(number)")
      let entry = index == 0 ? entry : entry.withoutComments
      return entry.setting("name", .text("\(written)_\(number)"))
    }
  }
}

extension Workload {
  /// Whether instants, nodes or calls are drawn.
  var isDrawn: Bool {
    if choices.count > 1 || nodes.isDrawn { return true }
    switch arrival {
    case .at, .every: return false
    case .rate(_, _, let poisson, _):
      if case .nodes(let nodes) = nodes, nodes.count == 1 { return poisson }
      return true
    case .clients(_, let think, _): return think.constantValue == nil
    }
  }
}
