internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// Whom a selector means: names first, then the words of the language, then the protocol's.
  mutating func selector(_ written: Marked<SelectorText>) -> NodeSelector? {
    switch written.value {
    case .list(let list):
      return members(list, refusal: Diagnostic.roleInList).map { .nodes($0.members) }
    case .random(let count):
      guard count <= topology.count else {
        report(.tooManyDrawn(written.span, count, of: topology.count))
        return nil
      }
      return .random(Int(count))
    case .word(let word):
      if let node = names.node(word) { return .nodes([node]) }
      if let nodes = names.nodes(word) { return .nodes(nodes.members) }
      switch word {
      case "all": return .all
      case "minority": return .minority
      case "majority": return .majority
      default: break
      }
      if let role = description.selectors.firstIndex(where: { $0.name == word }) {
        return .role(role)
      }
      report(
        .unknownSelector(
          Marked(word, at: written.span), names: names.known,
          roles: description.selectors.map(\.name), protocol: description.name))
      return nil
    }
  }

  /// The nodes of names of nodes and groups; a word that is bound at run time is refused.
  mutating func staticNodes(_ written: Marked<SelectorText>) -> NodeSet? {
    switch selector(written) {
    case .nodes(let nodes): return NodeSet(nodes)
    case .all: return NodeSet(topology.nodes)
    case nil: return nil
    default:
      report(.namesWanted(written.span))
      return nil
    }
  }

  /// The nodes of some names together; naming a node twice is a mistake.
  /// `refusal` says that a word that chooses nodes during the run stands among them.
  mutating func members(
    _ list: [Marked<String>], refusal: (Marked<String>) -> Diagnostic
  ) -> NodeSet? {
    var all = NodeSet()
    let known = diagnostics.count
    for name in list where !isFull {
      if names[name.value] == nil, isChoice(name.value) {
        report(refusal(name))
        continue
      }
      guard let nodes = nodes(name) else { continue }
      if let again = nodes.members.first(where: { all.contains($0) }) {
        report(.nodeTwice(name.span, topology.names[again.index]))
      }
      nodes.forEach { all.insert($0) }
    }
    return diagnostics.count == known ? all : nil
  }

  /// Whether a word chooses nodes by itself.
  private func isChoice(_ word: String) -> Bool {
    ["all", "minority", "majority", "random", "others"].contains(word)
      || description.selectors.contains { $0.name == word }
  }
}
