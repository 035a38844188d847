import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import SystemModel

/// Takes single things out of a scenario without any of the shrinker's own code: names of nodes are
/// looked for wherever they may stand, and whoever names nobody else goes with them.
struct IndependentRemoval {
  private let draft: ScenarioDraft
  private let wanted: FailureRecord?

  init(_ scenario: CompiledScenario) {
    var draft = scenario.draft(cell: 0)
    draft.remove(["expect"])
    draft.remove(["capsule"])
    self.draft = draft
    wanted = scenario.capsule
  }

  /// Everything that could be left out, by name, with what is left.
  var all: [(String, ScenarioDraft)] { entries + instants + nodes }

  /// Whether a scenario is one, and fails in the same way.
  func fails(_ draft: ScenarioDraft) -> Bool {
    let compiled = Interpreter.compile(SourceFile(name: "left.yaml", text: draft.text))
    guard var plan = compiled.cells.first?.plan else { return false }
    // Without its time for work a barrier goes round and round at one instant.
    plan.system.eventLimit = 20_000
    let result = Interpreter.run(plan)
    guard result.end != .events,
      let found = FailureRecord(result, plan.description, tool: "0.0.0")
    else {
      return false
    }
    return found.fingerprint == wanted?.fingerprint && found.outcome == wanted?.outcome
  }

  /// Faults, workloads, explicit deliveries and timers.
  private var entries: [(String, ScenarioDraft)] {
    ["faults", "workloads", "deliveries", "timers"].flatMap { section in
      (draft[[.key(section)]]?.items ?? []).indices.map { place in
        let path: DraftPath = [.key(section), .item(place)]
        var left = draft
        left.remove(path)
        return ("\(path)", left)
      }
    }
  }

  /// Single calls: an instant of a list, one of several nodes, one of a number.
  private var instants: [(String, ScenarioDraft)] {
    (draft[["workloads"]]?.items ?? []).indices.flatMap { place -> [(String, ScenarioDraft)] in
      let workload: DraftPath = ["workloads", .item(place)]
      var found: [(String, ScenarioDraft)] = []
      for key in ["at", "node"] {
        let list = workload.appending(.key(key))
        for item in (draft[list]?.items ?? []).indices {
          var left = draft
          left.remove(list.appending(.item(item)))
          found.append(("\(list)[\(item)]", left))
        }
      }
      let count = workload.appending("count")
      if let number = draft[count]?.int, number > 1 {
        var left = draft
        left[count] = .text(String(number - 1))
        found.append(("a call of \(workload)", left))
      }
      return found
    }
  }

  private var nodes: [(String, ScenarioDraft)] {
    let all = draft[["topology", "nodes"]]
    guard let items = all?.items else {
      guard let count = all?.int, count > 1 else { return [] }
      return [("node\(count)", without("node\(count)", nodes: .text(String(count - 1))))]
        + (1..<count).map { gone in
          let left = (1...count).filter { $0 != gone }.map { DraftValue.text("node\($0)") }
          return ("node\(gone)", without("node\(gone)", nodes: .list(left)))
        }
    }
    guard items.count > 1 else { return [] }
    return items.compactMap(\.text).map { name in
      (name, without(name, nodes: .list(items.filter { $0.text != name })))
    }
  }

  private func without(_ name: String, nodes: DraftValue) -> ScenarioDraft {
    var left = draft
    var gone = [name]
    for group in draft[["topology", "groups"]]?.entries ?? []
    where group.value.items?.compactMap(\.text) == [name] {
      gone.append(group.key)
    }
    for section in ["topology", "latencies", "protocol", "workloads", "faults"] {
      guard let value = draft[[.key(section)]] else { continue }
      if let stripped = Self.stripped(value, of: gone) {
        left[[.key(section)]] = stripped
      } else {
        left.remove([.key(section)])
      }
    }
    left[["topology", "nodes"]] = nodes
    return left
  }

  private static func stripped(_ value: DraftValue, of gone: [String]) -> DraftValue? {
    switch value.content {
    case .text(let text): return gone.contains(text) ? nil : value
    case .list(let items):
      let left = items.compactMap { stripped($0, of: gone) }
      return left.isEmpty ? nil : .list(left)
    case .mapping(let entries):
      var left: [DraftEntry] = []
      for entry in entries where !gone.contains(entry.key) {
        if let inner = stripped(entry.value, of: gone) {
          left.append(DraftEntry(entry.key, inner))
        } else if !["nodes", "groups", "links", "initial"].contains(entry.key) {
          return nil
        }
      }
      return left.isEmpty ? nil : .mapping(left)
    }
  }
}
