internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// Whom a selector means: names first, then the words of the language, then the protocol's.
  mutating func selector(_ written: Marked<SelectorText>) -> NodeSelector? {
    switch written.value {
    case .list(let list): return members(list).map { .nodes($0.members) }
    case .random(let count):
      guard count <= topology.count else {
        report(.tooManyDrawn(written.span, count, of: topology.count))
        return nil
      }
      return .random(Int(count))
    case .word(let word):
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
  mutating func members(_ list: [Marked<String>]) -> NodeSet? {
    var all = NodeSet()
    let known = diagnostics.count
    for name in list {
      guard let nodes = nodes(name) else { continue }
      if let again = nodes.members.first(where: { all.contains($0) }) {
        report(.nodeTwice(name.span, topology.names[again.index]))
      }
      nodes.forEach { all.insert($0) }
    }
    return diagnostics.count == known ? all : nil
  }
}
