import Analysis
import ScenarioSyntax
import SystemModel

/// Something that is taken out of a scenario to see whether it matters.
struct BlamePart: Sendable {
  /// What it is, for a person.
  let name: String
  /// The scenario without it.
  let draft: ScenarioDraft

  /// All parts: each fault, each call, each link with a latency of its own, each entry of the other
  /// lists but assertions, and a drawn order of deliveries.
  static func all(of draft: ScenarioDraft, _ result: RunResult) -> [BlamePart] {
    entries(of: draft, result) + order(of: draft)
  }

  private static func order(of draft: ScenarioDraft) -> [BlamePart] {
    let path: DraftPath = ["vary", "order"]
    return draft[path].map { [part("order \(short($0))", path, draft)] } ?? []
  }

  private static func entries(of draft: ScenarioDraft, _ result: RunResult) -> [BlamePart] {
    EntryList.all(of: draft).flatMap { list -> [BlamePart] in
      guard list.path != ["assertions"] else { return [] }
      return list.places.flatMap { place -> [BlamePart] in
        let path = list.path.appending(.item(place))
        guard let entry = draft[path] else { return [] }
        switch list.path {
        case ["faults"]:
          let name =
            result.faults.indices.contains(place) ? result.faults[place].name : "\(place + 1)"
          return [part("fault \(name)", path, draft)]
        case ["workloads"]: return calls(entry, at: path, draft)
        default: return [part(label(entry, of: list.path), path, draft)]
        }
      }
    }
  }

  private static func part(
    _ name: String, _ path: DraftPath, _ draft: ScenarioDraft
  ) -> BlamePart {
    var left = draft
    left.remove(path)
    return BlamePart(name: name, draft: left.repaired())
  }

  /// The calls of a workload: each by itself, if they are listed.
  private static func calls(
    _ workload: DraftValue, at path: DraftPath, _ draft: ScenarioDraft
  ) -> [BlamePart] {
    let call = workload["call"].map { $0.text ?? $0.entries?.first?.key ?? "" } ?? "mixed"
    let node = workload["node"].map { short($0) } ?? "all"
    let what = workload["name"]?.text ?? "\(call) at \(node)"
    let isRepeated = ["every", "rate", "clients"].contains { workload[$0] != nil }
    if isRepeated { return [part("calls \(what)", path, draft)] }
    guard let instants = workload["at"]?.items, instants.count > 1 else {
      return [part("call \(what), \(workload["at"].map { short($0) } ?? "")", path, draft)]
    }
    return instants.enumerated().map { place, instant in
      part(
        "call \(what), \(short(instant))", path.appending("at").appending(.item(place)), draft)
    }
  }

  /// What tells an entry from others of its list: its texts that are names or numbers.
  private static func label(_ entry: DraftValue, of list: DraftPath) -> String {
    guard case .key(let section)? = list.steps.last else { return "" }
    let nth = entry["nth"].map { " #\(short($0))" } ?? ""
    if let kind = entry["kind"], let from = entry["from"], let to = entry["to"] {
      return "\(short(kind)) \(short(from))→\(short(to))\(nth)"
    }
    if let timer = entry["timer"], let node = entry["node"] {
      return "timer \(short(timer)) of \(short(node))\(nth)"
    }
    let singular =
      section.hasSuffix("ies")
      ? section.dropLast(3) + "y" : section.hasSuffix("s") ? section.dropLast() : section[...]
    let telling = ["name", "kind", "timer", "node", "between", "from", "to", "nth"]
    let texts = telling.compactMap { key in entry[key].map { "\(key) \(short($0))" } }
    return ([String(singular)] + texts).joined(separator: " ")
  }

  private static func short(_ value: DraftValue) -> String {
    switch value.content {
    case .text(let text): text
    case .list(let items): "[\(items.map(short).joined(separator: ", "))]"
    case .mapping(let entries): entries.map(\.key).joined(separator: ", ")
    }
  }
}
