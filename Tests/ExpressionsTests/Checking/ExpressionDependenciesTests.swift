import Testing

@testable import Expressions

struct ExpressionDependenciesTests {
  /// Roots and fields by their names: `nodes(role,term) old.leader`.
  private func read(_ text: String) throws -> String {
    let environment = World.environment
    let dependencies = try Expression.check(text, in: environment).get().dependencies
    let names = [
      "nodes", "leader", "now", "messages", "calls", "limit", "ratio", "split", "wire",
      "p99", "node1", "node2", "node3",
    ]
    let roots = dependencies.roots.map { root in
      let fields = root.fields.map { field in
        let type = environment.objectTypes[field.type]
        return type.name == "node"
          ? type.fields[field.field].name : "\(type.name).\(type.fields[field.field].name)"
      }
      return (root.isOld ? "old." : "") + names[root.slot]
        + (fields.isEmpty ? "" : "(" + fields.joined(separator: ",") + ")")
    }
    return roots.joined(separator: " ") + (dependencies.readsAnyField ? " any" : "")
  }

  @Test(arguments: [
    ("1 < 2", ""),
    ("now > 5ms", "now"),
    ("node1.role == 'leader' && node2.term == 2", "node1(role) node2(term)"),
    ("nodes.all(n, n.role != 'leader' || n.term >= 2)", "nodes(role,term)"),
    ("nodes.filter(n, n.up).map(n, n.term).max() > 1", "nodes(term,up)"),
    ("nodes.filter(n, n.up).first().term > 1", "nodes(term,up)"),
    ("nodes[0].heard.term > 1", "nodes(term,heard)"),
    ("leader != null && old.leader == null", "leader old.leader"),
    ("messages.exists(m, m.from.term > 1)", "messages(term,message.from)"),
    ("[node1, node2].all(n, n.up)", "node1(up) node2(up)"),
    ("(limit > 2 ? node1 : node2).up", "limit node1(up) node2(up)"),
    ("cel.bind(l, leader, l.term > 1)", "leader(term)"),
    ("nodes.all(n, nodes.all(m, n.term == m.term))", "nodes(term)"),
    ("metrics.messages.wire > 1 && faults['split'].active", "split(fault.active) wire"),
    ("has(leader.heard)", "leader(heard)"),
    ("calls[0].value.x == 1", "calls(call.value) any"),
    ("nodes.sortBy(n, n.term).last().role == 'leader'", "nodes(role,term)"),
    ("nodes == old.nodes", "nodes old.nodes"),
    ("[nodes, old.nodes].flatten().all(n, n.up)", "nodes(up) old.nodes(up)"),
    ("nodes.transformMap(i, n, n)[0].up", "nodes(up)"),
    ("(nodes + [node1]).exists(n, n.up)", "nodes(up) node1(up)"),
  ])
  func `what is read is known before the run`(text: String, wanted: String) throws {
    #expect(try read(text) == wanted)
  }
}
