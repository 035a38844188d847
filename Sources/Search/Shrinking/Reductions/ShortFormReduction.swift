import ScenarioSyntax

/// Writes what has become simple in its short form.
///
/// A list of one item becomes that item, and a mapping of one key that key or its value; an option
/// that is said node by node is said once for all, or of fewer nodes; a group is written out where
/// its name stands; nodes that are named as counted ones would be are counted; a message that is late
/// is lost; a mix of one call is that call.
struct ShortFormReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return Self.ofSingle(draft) + Self.ofOptions(draft) + Self.ofGroups(draft) + Self.ofNodes(draft)
      + Self.ofDeliveries(draft) + Self.ofMixes(draft)
  }

  // MARK: Lists and mappings of one

  private static func ofSingle(_ draft: ScenarioDraft) -> [ReductionStep] {
    draft.places().flatMap { path -> [ReductionStep] in
      guard let value = draft[path], path.steps.count > 1 || path == ["protocol"],
        draft.grammar(at: path).map({ $0.flattened.count > 1 }) ?? false,
        path.steps.first != .key("protocol") || keepsOptions(path, value)
      else { return [] }
      return contents(of: value).map { content in
        ReductionStep { draft.replacing(path, by: content).repaired() }
      }
    }
  }

  private static func contents(of value: DraftValue) -> [DraftValue.Content] {
    if let items = value.items, items.count == 1 { return [items[0].content] }
    guard let entries = value.entries, entries.count == 1 else { return [] }
    return [.text(entries[0].key), entries[0].value.content]
  }

  /// Whether a short form of the protocol loses no option of it: those are what fails.
  private static func keepsOptions(_ path: DraftPath, _ value: DraftValue) -> Bool {
    if path.steps.contains(.key("initial")) { return true }
    let options = value.entries?.first?.value.entries ?? []
    return path == ["protocol"] && options.allSatisfy { $0.key == "initial" }
  }

  // MARK: Options of nodes

  /// Each option that is a mapping by nodes and groups: one of its values for all nodes, or one entry
  /// less of several.
  private static func ofOptions(_ draft: ScenarioDraft) -> [ReductionStep] {
    guard let machine = draft[["protocol"]]?.entries?.first else { return [] }
    return (machine.value.entries ?? []).flatMap { option -> [ReductionStep] in
      guard option.key != "initial", let entries = option.value.entries else { return [] }
      let path: DraftPath = ["protocol", .key(machine.key), .key(option.key)]
      var values: [DraftValue.Content] = []
      for entry in entries where !values.contains(entry.value.content) {
        values.append(entry.value.content)
      }
      let short = values.map { content in ReductionStep { draft.replacing(path, by: content) } }
      guard entries.count > 1 else { return short }
      return short
        + entries.map { entry in
          ReductionStep {
            var smaller = draft
            smaller.remove(path.appending(.key(entry.key)))
            return smaller
          }
        }
    }
  }

  // MARK: Groups

  /// Each group written out: as its node, if it has but one, as a list of its nodes, and in the place
  /// of a link within it, if it has two.
  private static func ofGroups(_ draft: ScenarioDraft) -> [ReductionStep] {
    (draft[["topology", "groups"]]?.entries ?? []).flatMap { group -> [ReductionStep] in
      let members = group.value.items ?? [group.value]
      let all = DraftValue.Content.list(members.map { DraftValue($0.content) })
      let name = DraftValue.Content.text(group.key)
      var forms = [(name, all)]
      if members.count == 1 { forms.insert((name, members[0].content), at: 0) }
      if members.count == 2 { forms.append((.list([DraftValue(name), DraftValue(name)]), all)) }
      return forms.map { old, new in
        ReductionStep {
          var smaller = draft
          smaller.remove(["topology", "groups", .key(group.key)])
          for section in smaller.root.entries ?? [] where !kept.contains(section.key) {
            smaller[[.key(section.key)]] = section.value.replacing(old, by: new)
          }
          return smaller
        }
      }
    }
  }

  /// Sections that speak of no groups but in words and expressions.
  private static let kept = [
    "version", "name", "description", "tags", "seed", "limits", "parameters", "assertions",
    "expect", "capsule",
  ]

  // MARK: Messages

  /// Each explicit message that arrives at some time, lost instead: no time is left to explain.
  private static func ofDeliveries(_ draft: ScenarioDraft) -> [ReductionStep] {
    (draft[["deliveries"]]?.items ?? []).indices.compactMap { place in
      let path: DraftPath = ["deliveries", .item(place)]
      guard draft[path]?["takes"] != nil else { return nil }
      return ReductionStep {
        var smaller = draft
        smaller.remove(path.appending("takes"))
        smaller[path.appending("fate")] = .text("lost")
        return smaller.withKeysInOrder(of: path)
      }
    }
  }

  // MARK: Calls

  /// The call in the place of a mix that has no other.
  private static func ofMixes(_ draft: ScenarioDraft) -> [ReductionStep] {
    (draft[["workloads"]]?.items ?? []).enumerated().compactMap { place, workload in
      guard let mix = workload["mix"]?.items, mix.count == 1, let call = mix[0]["call"] else {
        return nil
      }
      let path: DraftPath = ["workloads", .item(place)]
      return ReductionStep {
        var smaller = draft
        smaller.remove(path.appending("mix"))
        smaller[path.appending("call")] = call
        return smaller.withKeysInOrder(of: path)
      }
    }
  }

  // MARK: Nodes

  /// The number of nodes in place of their names, if they are called `node1`, `node2` and so on.
  private static func ofNodes(_ draft: ScenarioDraft) -> [ReductionStep] {
    let path: DraftPath = ["topology", "nodes"]
    guard let names = draft[path]?.items?.map(\.text),
      names == (1...max(1, names.count)).map({ "node\($0)" })
    else { return [] }
    return [ReductionStep { draft.replacing(path, by: .text(String(names.count))) }]
  }
}

extension DraftValue {
  /// The value with another content wherever one stands in it.
  fileprivate func replacing(_ old: Content, by new: Content) -> DraftValue {
    var value = self
    switch content {
    case _ where content == old: value.content = new
    case .text: break
    case .list(let items): value.content = .list(items.map { $0.replacing(old, by: new) })
    case .mapping(let entries):
      value.content = .mapping(
        entries.map { entry in
          var key = entry.key
          // What is said of a group is said of its node.
          if case .text(key) = old, case .text(let name) = new { key = name }
          return DraftEntry(key, entry.value.replacing(old, by: new))
        })
    }
    return value
  }
}
