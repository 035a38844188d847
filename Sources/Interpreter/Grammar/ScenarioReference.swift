import Analysis
import Compiler
import Diagnostics
import Expressions
import Protocols
import ScenarioSyntax
import SystemModel

/// The reference of the scenario language, made from the catalogs of the tool.
enum ScenarioReference {
  /// The reference as Markdown.
  static var text: String {
    var page = Markdown()
    page.heading(1, "The scenario language")
    page.prose(
      """
      A scenario is a YAML file that tells a story: who takes part, how far apart they are, what they \
      run, what they do, what goes wrong, and what must hold. `conclave run FILE` lets it happen in \
      virtual time and judges it. This page is made from the catalogs that the tool itself uses; it \
      lists what acts, and nothing else. The same language as a grammar is in `scenario.ebnf`, for \
      editors in `scenario.schema.json`; expressions are in `expression.ebnf`.
      """)
    page.code(StarterScenario.text.trimmingLineEnds, "yaml")
    KeyReference.addValues(to: &page)
    KeyReference.addKeys(to: &page)
    addNames(to: &page)
    MeaningReference.addRuns(to: &page)
    MeaningReference.addJudgement(to: &page)
    addInvariants(to: &page)
    addMetrics(to: &page)
    ExpressionReference.add(to: &page)
    page.heading(2, "Protocols")
    var text = page.text
    for description in ProtocolCatalog.all {
      text += "\n" + ProtocolPage.page(description).markdown(level: 3)
    }
    return text.trimmingLineEnds + "\n\n" + diagnostics
  }

  private static func addNames(to page: inout Markdown) {
    page.heading(2, "Names, and whom an entry means")
    page.prose(
      """
      Nodes, groups and parameters have different names, which expressions use as they stand. None of \
      these may be one: \(ReservedWords.all.map { "`\($0)`" }.joined(separator: ", ")).
      """)
    page.prose(
      "Faults and workloads choose nodes by a selector, which is bound at the moment it is needed, "
        + "and recorded in the report. One that finds nobody touches nothing; one that the protocol "
        + "does not have is an error.")
    var rows = [
      ["a name", "The node, or the nodes of the group."],
      ["`[node1, left]`", "Nodes and groups together."], ["`all`", "Every node."],
      ["`random(k)`", "k different nodes, drawn."],
      ["`minority`", "⌈N/2⌉ − 1 nodes, drawn."], ["`majority`", "⌊N/2⌋ + 1 nodes, drawn."],
    ]
    for description in ProtocolCatalog.all {
      for selector in description.selectors {
        rows.append(["`\(selector.name)`", "\(description.name): \(selector.summary)"])
      }
    }
    page.table(["selector", "whom it means"], rows)
  }

  private static func addInvariants(to page: inout Markdown) {
    page.heading(2, "Invariants")
    page.table(
      ["invariant", "family", "what must hold", "vacuous without", "source"],
      InvariantCatalog.all.map {
        ["`\($0.name)`", $0.family.rawValue, $0.summary, $0.subject, $0.source]
      })
  }

  private static func addMetrics(to page: inout Markdown) {
    page.heading(2, "Metrics")
    page.prose(
      """
      Always computed. Words in capitals stand for a name of the scenario or the protocol. `metric` \
      and `is` compare one at the end; expressions read `metrics["messages.wire"]` or \
      `metrics.messages.wire` at any time, percentiles in `at_end` alone.
      """)
    page.table(
      ["metric", "unit", "families", "what it says"],
      MetricCatalog.all.map { metric in
        [
          "`\(metric.pattern)`", metric.unit.rawValue,
          metric.families.isEmpty ? "all" : metric.families.map(\.rawValue).joined(separator: ", "),
          metric.summary,
        ]
      })
  }

  private static var diagnostics: String {
    var page = Markdown()
    page.heading(2, "Diagnostics")
    page.prose("`conclave explain CODE` prints a page on each, with a wrong and a right example.")
    page.table(["code", "what is wrong"], DiagnosticCodes.all.map { [$0.id, $0.title] })
    return page.text
  }
}

/// The part of the reference on expressions.
enum ExpressionReference {
  static func add(to page: inout Markdown) {
    page.heading(2, "Expressions")
    page.prose(
      """
      The syntax and meaning of CEL, a subset of it, checked against what the protocol exposes before \
      anything runs; and ours on top: literals such as `15ms`, durations multiplied and divided, and \
      `sum`, `min`, `max`, `avg`, `percentile` and `count` on lists. Time stays in the keys: there is \
      no operator over it. Evaluation is bounded by counts that are the same on every machine.
      """)
    addNames(to: &page)
    var groups: [String] = []
    for entry in FunctionCatalog.all where !groups.contains(entry.group) {
      groups.append(entry.group)
    }
    for group in groups {
      page.heading(3, group)
      page.table(
        ["name", "forms", "what it does", "for example"],
        FunctionCatalog.all.filter { $0.group == group }.map { entry in
          [
            "`\(entry.name)`" + (entry.isOurs ? " (ours)" : ""),
            entry.forms.map { "`\($0)`" }.joined(separator: ", "), entry.doc, "`\(entry.example)`",
          ]
        })
    }
  }

  /// The names that every scenario has, and the fields of what they stand for.
  private static func addNames(to page: inout Markdown) {
    guard let description = ProtocolCatalog.all.first(where: { $0.family == .election }) else {
      preconditionFailure("the catalog has no election")
    }
    let group = Topology.Group(name: "left", nodes: NodeSet([NodeID(0)]))
    let topology = Topology(names: ["node1"], groups: [group])
    let world = WorldEnvironment(description: description, topology: topology, faults: ["split"])
    let plain = world.states.names.filter { !$0.name.contains(".") && $0.name != "node1" }
    page.heading(3, "Names")
    page.table(
      ["name", "type", "what it stands for"],
      plain.map { ["`\($0.name)`", "`\($0.type.text(in: world.states))`", doc(of: $0)] } + [
        ["`node1`, …", "`node`", "Each node by its name."],
        ["parameters", "by their form", "Each parameter of the scenario by its name."],
        ["`old.NAME`", "as `NAME`", "What the name stood for before this event."],
        ["`metrics[\"…\"]`", "by its unit", "A metric by its name."],
        ["`faults[\"…\"]`", "`fault`", "A fault by its name."],
        ["`message`", "`message`", "In `where` alone: the message that is looked at."],
      ])
    for type in world.states.objectTypes {
      let own = type.name == "node" ? Set(description.fields.map(\.name)) : []
      let content = Set(description.messages.flatMap(\.fields).map(\.name))
      let fields = type.fields.filter { field in
        !own.contains(field.name) && !(type.name == "message" && content.contains(field.name))
      }
      page.heading(4, "The fields of a \(type.name)")
      if type.name == "node" {
        page.prose("The protocol adds fields of its own; see its page.")
      } else if type.name == "message" {
        page.prose("The content of the message adds fields of its own; see the protocol's page.")
      }
      page.table(
        ["field", "type", "what it says"],
        fields.map {
          ["`\($0.name)`", "`\($0.type.text(in: world.states))`", note(on: $0, in: type)]
        })
    }
  }

  private static func doc(of name: ExpressionEnvironment.Name) -> String {
    name.name == "leader" ? name.doc + " For protocols that elect one." : name.doc
  }

  private static func note(on field: ObjectType.Field, in type: ObjectType) -> String {
    switch (type.name, field.name) {
    case ("node", "group"): field.doc + " Refused where groups overlap."
    case ("node", "available"): field.doc + " For protocols that elect a leader."
    default: field.doc
    }
  }
}

extension String {
  /// The text without line ends behind it.
  var trimmingLineEnds: String {
    var text = Substring(self)
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
