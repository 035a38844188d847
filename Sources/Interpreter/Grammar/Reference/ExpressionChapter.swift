import Analysis
import Expressions
import Protocols
import SystemModel

/// Expressions: types, names and fields.
enum ExpressionChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Expressions",
      [
        .init("", [.prose(intro), .list(rules)]),
        .init("Types", [.table(["type", "values", "written"], rows: types)]),
        .init("Names", [.table(["name", "type", "what it is"], rows: names)]),
      ] + objects + [.init("Errors", [.list(errors)])])
  }

  private static let intro = """
    Expressions are conditions over the state of the nodes: a subset of CEL (the Common Expression \
    Language, google/cel-spec) with lengths of time and aggregates. `expression.ebnf` has the \
    grammar. They are checked against what the protocol exposes before anything runs.
    """

  private static let rules = [
    "Expressions have no operators over time: `within`, `for`, `during` and their like are keys.",
    "A field that is one of some words, such as `role`, is compared with these words only; another "
      + "word is an error.",
    "`&&` and `||` take an error on one side if the other side decides; so do `all` and `exists`.",
    "An int divided by an int drops the remainder. Comparing that with a double is an error: write "
      + "`double(a) / double(b)`.",
    "A duration may be divided by a duration (a double), and multiplied and divided by numbers.",
  ]

  private static let types = [
    ["int", "whole numbers of 64 bits; overflow is an error", "`2`, `-7`, `0x1F`"],
    ["double", "64-bit floating point numbers", "`0.5`, `1e3`"],
    ["bool", "", "`true`, `false`"],
    ["string", "Unicode text", "`\"leader\"`, `'leader'`, `r'\\d'`"],
    ["duration", "whole nanoseconds", "`15ms`, `1m30s`"],
    ["null", "what is absent", "`null`"],
    ["list", "values in order, the first at 0", "`[1, 2]`"],
    ["map", "keys (bool, int, string) with values", "`{'a': 1}`"],
    ["node, message, call, fault", "things of the run, see below", "by name, or out of a list"],
  ]

  // MARK: Names, as the checker knows them

  private static let topology = Topology(
    names: ["node1", "node2"], groups: [.init(name: "left", nodes: NodeSet([NodeID(0)]))])

  private static func environment(_ description: ProtocolDescription) -> WorldEnvironment {
    WorldEnvironment(description: description, topology: topology, faults: [])
  }

  private static var names: [[String]] {
    var rows: [[String]] = []
    for family in ProtocolFamily.allCases {
      guard let description = ProtocolCatalog.all.first(where: { $0.family == family }) else {
        continue
      }
      let states = environment(description).states
      for name in states.names
      where !topology.names.contains(name.name) && !name.name.contains(".")
        && !rows.contains(where: { $0[0] == "`\(name.name)`" })
      {
        rows.append(["`\(name.name)`", name.type.text(in: states), name.doc])
      }
      guard let message = environment(description).message.name("message"),
        !rows.contains(where: { $0[0] == "`message`" })
      else { continue }
      rows.append(["`message`", "message", message.doc + " In `where` only."])
    }
    return rows + [
      ["the name of a node", "node", "That node."],
      ["the name of a parameter", "that of its default", "Its value in this run."],
      [
        "`old.NAME`", "that of the name",
        "The same before this event; at the start the initial state. `old.node1.term`, `old.nodes`.",
      ],
      [
        "`metrics[\"NAME\"]`", "int, duration or double",
        "A metric; also `metrics.NAME`. "
          + "Percentiles in `at_end` only.",
      ],
      ["`faults[\"NAME\"]`", "fault", "A fault of the scenario by its name; also `faults.NAME`."],
    ]
  }

  private static var objects: [ReferencePage.Section] {
    var kinds: [(name: String, doc: String, rows: [[String]])] = []
    for family in ProtocolFamily.allCases {
      guard let description = ProtocolCatalog.all.first(where: { $0.family == family }) else {
        continue
      }
      let states = environment(description).states
      let own =
        description.fields.map(\.name) + description.messages.flatMap { $0.fields.map(\.name) }
      for type in states.objectTypes {
        if !kinds.contains(where: { $0.name == type.name }) {
          kinds.append((type.name, type.doc, []))
        }
        guard let place = kinds.firstIndex(where: { $0.name == type.name }) else { continue }
        for field in type.fields
        where !kinds[place].rows.contains(where: { $0[0] == "`\(field.name)`" })
          && !(["node", "message"].contains(type.name) && own.contains(field.name))
        {
          kinds[place].rows.append(
            ["`\(field.name)`", field.type.text(in: states), field.doc])
        }
      }
    }
    return kinds.map { kind in
      .init(
        "Fields of a \(kind.name)",
        [
          .prose(kind.doc + note(kind.name)),
          .table(["field", "type", "what it is"], rows: kind.rows),
        ])
    }
  }

  private static func note(_ kind: String) -> String {
    switch kind {
    case "node":
      " The chapter of each protocol lists its fields. `group` is refused where groups overlap; "
        + "`available` exists for elections alone, as does the name `leader`."
    case "message": " The chapter of each protocol lists the content of its messages."
    case "call": " `value` has the type that the call of the protocol returns."
    default: ""
    }
  }

  private static let errors = [
    "What cannot be evaluated (a field of null, an index out of range, an overflow, a division by "
      + "zero) is the verdict `error`, never false. Ask before: `leader != null && leader.up`.",
    "A metric without samples makes what reads it unknown, which is not false either: see vacuous.",
    "Evaluation is bounded by steps, which are the same on every machine: see the limits. A step is an "
      + "operation, an element that is visited, compared or built, 16 bytes of a text that is looked at, "
      + "compared or built, 16 digits of a double that `%e` or `%f` writes out, or a place of a pattern at "
      + "a place of a text. To read `messages` takes a step for 16 of them; `calls` and `nodes` are there "
      + "already. What fails takes as many steps as what does not, though `||` or `&&` may make "
      + "nothing of the failure.",
  ]
}
