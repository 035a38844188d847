import Expressions
import SystemModel

/// The types of the objects that expressions see, made from what a protocol exposes.
struct WorldTypes {
  /// The fields that every message has, in their order; its content follows.
  enum MessageField: Int, CaseIterable {
    case kind, from, to, sent

    /// The words in expressions; the content of a message cannot have them.
    static let names = ["kind", "from", "to", "sent"]
  }

  /// The fields of a call, in their order.
  enum CallField: Int, CaseIterable {
    case id, call, node, client, arguments, invoked, completed, outcome, value
  }

  /// The fields of a fault, in their order.
  enum FaultField: Int, CaseIterable {
    case isActive, fired, targets
  }

  let nodeFields: [WorldEnvironment.NodeField]
  let contentFields: [ObjectType.Field]
  let objectTypes: [ObjectType]

  init(_ description: ProtocolDescription, _ topology: Topology) {
    let node = WorldTypes.nodeType(description, topology)
    nodeFields = node.meanings
    contentFields = WorldTypes.content(description, topology)
    objectTypes = [
      node.type,
      WorldTypes.messageType(description, topology, contentFields),
      WorldTypes.callType(description, topology),
      WorldTypes.faultType(topology),
    ]
  }

  /// The type of what a word says.
  static func type(_ word: WordType, nullable: Bool, _ topology: Topology) -> ExpressionType {
    let plain: ExpressionType =
      switch word {
      case .int: .int
      case .bool: .bool
      case .duration: .duration
      case .word(let words): .word(words)
      case .symbol: .string
      case .node: .word(topology.names)
      case .nodeList: .list(.word(topology.names))
      }
    return nullable ? .nullable(plain) : plain
  }

  private static func nodeType(
    _ description: ProtocolDescription, _ topology: Topology
  ) -> (type: ObjectType, meanings: [WorldEnvironment.NodeField]) {
    let groups = topology.groups.map(\.name)
    var fields: [(ObjectType.Field, WorldEnvironment.NodeField)] = [
      (.init("name", .word(topology.names), doc: "The name of the node."), .name),
      (.init("index", .int, doc: "Its place in the topology, counted from 0."), .index),
      (
        .init("groups", .list(.word(groups)), doc: "The groups that it is in, in their order."),
        .groups
      ),
      (.init("up", .bool, doc: "Whether it runs: false from a crash to the restart."), .isUp),
      (.init("paused", .bool, doc: "Whether it stands still."), .isPaused),
      (.init("handling", .int, doc: "How many messages it handles now."), .handling),
    ]
    if !groupsOverlap(topology) {
      let type = ExpressionType.nullable(.word(groups))
      fields.insert(
        (.init("group", type, doc: "The group that it is in; null if it is in none."), .group),
        at: 2)
    }
    if description.isOf(.election) {
      fields.append(
        (
          .init(
            "available", .bool,
            doc: "Whether it leads, or is in sync with a leader, that a majority can reach."),
          .isAvailable
        ))
    }
    for (place, field) in description.fields.enumerated() {
      let type = type(field.type, nullable: field.nullable, topology)
      fields.append((.init(field.name, type, doc: field.summary), .word(place)))
    }
    let type = ObjectType(
      "node", doc: "A node: what every node has, and the state that its protocol exposes.",
      fields: fields.map(\.0))
    return (type, fields.map(\.1))
  }

  /// Whether a node is in two groups, so that there is no such thing as its group.
  static func groupsOverlap(_ topology: Topology) -> Bool {
    var seen = NodeSet()
    for group in topology.groups {
      for node in group.nodes.members where !seen.insert(node) { return true }
    }
    return false
  }

  /// The content of all kinds of messages; a field is null in the kinds that lack it.
  private static func content(
    _ description: ProtocolDescription, _ topology: Topology
  ) -> [ObjectType.Field] {
    var fields: [ObjectType.Field] = []
    for field in description.messages.flatMap(\.fields)
    where !MessageField.names.contains(field.name)
      && !fields.contains(where: { $0.name == field.name })
    {
      let kinds = description.messages.filter { kind in
        kind.fields.contains { $0.name == field.name && $0.type == field.type }
      }
      let bearers = description.messages.filter { kind in
        kind.fields.contains { $0.name == field.name }
      }
      let type: ExpressionType =
        kinds.count == bearers.count ? type(field.type, nullable: true, topology) : .dyn
      let names = bearers.map { "`\($0.name)`" }.joined(separator: ", ")
      fields.append(.init(field.name, type, doc: "The content of \(names); null in other kinds."))
    }
    return fields
  }

  private static func messageType(
    _ description: ProtocolDescription, _ topology: Topology, _ content: [ObjectType.Field]
  ) -> ObjectType {
    let kinds = ExpressionType.word(description.messages.map(\.name))
    return ObjectType(
      "message", doc: "A message: what every message has, and the content of its kind.",
      fields: [
        .init("kind", kinds, doc: "The kind of the message."),
        .init("from", .word(topology.names), doc: "The name of its sender."),
        .init("to", .word(topology.names), doc: "The name of its receiver."),
        .init("sent", .duration, doc: "When it was sent, from T0."),
      ] + content)
  }

  private static func callType(
    _ description: ProtocolDescription, _ topology: Topology
  ) -> ObjectType {
    let results = description.calls.compactMap(\.result)
    let isUniform = results.allSatisfy { $0 == results.first }
    var arguments: [String] = []
    for argument in description.calls.flatMap(\.arguments) where !arguments.contains(argument.name)
    {
      arguments.append(argument.name)
    }
    let value: ExpressionType =
      if isUniform, let result = results.first {
        type(result, nullable: true, topology)
      } else {
        .dyn
      }
    return ObjectType(
      "call", doc: "A call that a client has made.",
      fields: [
        .init("id", .int, doc: "Its place in the history, counted from 0."),
        .init("call", .word(description.calls.map(\.name)), doc: "What was called."),
        .init("node", .word(topology.names), doc: "The name of the node that was called."),
        .init(
          "client", .int, doc: "Which client called, counted from 0 over all workloads in order."),
        .init("args", .map(.string, .dyn), keys: arguments, doc: "The arguments by name."),
        .init("invoked", .duration, doc: "When it was made, from T0."),
        .init("completed", .nullable(.duration), doc: "When it ended, from T0; null while open."),
        .init(
          "outcome", .word(CallOutcome.allCases.map(\.name)),
          doc: "How it ended: `ok`, `fail` (it did not happen) or `info` (nobody knows); `pending` "
            + "while open, `info` at the end."),
        .init("value", value, doc: "What it returned; null if nothing."),
      ])
  }

  private static func faultType(_ topology: Topology) -> ObjectType {
    ObjectType(
      "fault", doc: "A fault of the scenario.",
      fields: [
        .init("active", .bool, doc: "Whether it acts now."),
        .init("fired", .int, doc: "How often it has fired."),
        .init(
          "targets", .list(.word(topology.names)), doc: "The nodes that it chose when last fired."),
      ])
  }
}
