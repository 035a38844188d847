@testable import Expressions

/// A small world to speak about: five nodes, messages, calls, a fault and metrics.
final class World: ExpressionHost {
  /// What a node shows.
  struct Node {
    var name: String
    var role = "follower"
    var term: Int64 = 1
    var up = true
    var group = "left"
    var heard: Value = .null
  }

  /// The indices of object types.
  enum Kind {
    static let node = 0
    static let message = 1
    static let call = 2
    static let fault = 3
  }

  /// The slots of names; the nodes' own names follow.
  enum Slot {
    static let nodes = 0
    static let leader = 1
    static let now = 2
    static let messages = 3
    static let calls = 4
    static let limit = 5
    static let ratio = 6
    static let fault = 7
    static let wire = 8
    static let latency = 9
    static let firstNode = 10
  }

  let nodes: [Node]
  let oldNodes: [Node]
  private let nodeList: Value
  private let oldNodeList: Value

  init(_ nodes: [Node], old: [Node]? = nil) {
    self.nodes = nodes
    oldNodes = old ?? nodes
    nodeList = World.list(nodes, isOld: false)
    oldNodeList = World.list(nodes, isOld: true)
  }

  /// Five followers of term 1, of which the given one leads.
  static func five(leader: Int? = nil) -> World {
    let old = (0..<5).map { Node(name: "node\($0 + 1)") }
    var nodes = old
    for index in nodes.indices {
      nodes[index].group = index < 3 ? "left" : "right"
      if index > 0 { nodes[index].heard = .object(ObjectReference(type: Kind.node, index: 0)) }
    }
    if let leader {
      nodes[leader].role = "leader"
      nodes[leader].term = 2
    }
    return World(nodes, old: old)
  }

  func root(_ slot: Int, old: Bool) throws(EvaluationError) -> Value {
    switch slot {
    case Slot.nodes: return old ? oldNodeList : nodeList
    case Slot.leader:
      let index = (old ? oldNodes : nodes).firstIndex { $0.role == "leader" }
      return index.map { .object(ObjectReference(type: Kind.node, index: $0, isOld: old)) } ?? .null
    case Slot.now: return .duration(145_000_000)
    case Slot.messages: return .list([.object(ObjectReference(type: Kind.message, index: 0))])
    case Slot.calls: return .list([.object(ObjectReference(type: Kind.call, index: 0))])
    case Slot.limit: return .int(3)
    case Slot.ratio: return .double(0.5)
    case Slot.fault: return .object(ObjectReference(type: Kind.fault, index: 0, isOld: old))
    case Slot.wire: return .int(12)
    case Slot.latency:
      throw EvaluationError(.unavailable, "percentiles exist only at the end")
    default:
      return .object(
        ObjectReference(type: Kind.node, index: slot - Slot.firstNode, isOld: old))
    }
  }

  func field(_ field: Int, of object: ObjectReference) throws(EvaluationError) -> Value {
    switch Int(object.type) {
    case Kind.node: return nodeField(field, object)
    case Kind.message:
      return [
        .string("vote"), .object(ObjectReference(type: Kind.node, index: 0)),
        .object(ObjectReference(type: Kind.node, index: 1)), .duration(100_000_000),
      ][field]
    case Kind.call: return [.int(7), .string("pending"), .null, .null][field]
    default: return [.bool(true), .int(1), nodeList][field]
    }
  }

  func name(of object: ObjectReference) -> String {
    switch Int(object.type) {
    case Kind.node: nodes[object.index].name
    case Kind.message: "messages[\(object.index)]"
    case Kind.call: "calls[\(object.index)]"
    default: "faults[\"split\"]"
    }
  }

  private func nodeField(_ field: Int, _ object: ObjectReference) -> Value {
    let node = (object.isOld ? oldNodes : nodes)[object.index]
    switch field {
    case 0: return .string(node.name)
    case 1: return .string(node.role)
    case 2: return .int(node.term)
    case 3: return .bool(node.up)
    case 4: return .string(node.group)
    default: return node.heard
    }
  }

  private static func list(_ nodes: [Node], isOld: Bool) -> Value {
    .list(
      nodes.indices.map {
        .object(ObjectReference(type: Kind.node, index: $0, isOld: isOld))
      })
  }

  /// The names and types of this world.
  static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment(hasOld: true)
    let node = environment.declare(
      ObjectType(
        "node", doc: "A participant.",
        fields: [
          .init("name", .string, doc: "Its name."),
          .init("role", .word(["follower", "candidate", "leader"]), doc: "What it is."),
          .init("term", .int, doc: "Its term."), .init("up", .bool, doc: "Whether it runs."),
          .init("group", .word(["left", "right"]), doc: "Its group."),
          .init("heard", .nullable(.object(Kind.node)), doc: "Whom it heard last."),
        ]))
    _ = environment.declare(
      ObjectType(
        "message", doc: "A message in flight.",
        fields: [
          .init("kind", .word(["vote", "heartbeat"]), doc: "Its kind."),
          .init("from", .object(node), doc: "Its sender."),
          .init("to", .object(node), doc: "Its receiver."),
          .init("sent", .duration, doc: "When it left."),
        ]))
    _ = environment.declare(
      ObjectType(
        "call", doc: "An operation of a client.",
        fields: [
          .init("id", .int, doc: "Its number."),
          .init("outcome", .word(["ok", "fail", "info", "pending"]), doc: "How it ended."),
          .init("completed", .nullable(.duration), doc: "When it ended."),
          .init("value", .dyn, doc: "What it gave."),
        ]))
    let fault = environment.declare(
      ObjectType(
        "fault", doc: "A fault.",
        fields: [
          .init("active", .bool, doc: "Whether it is in force."),
          .init("fired", .int, doc: "How often it began."),
          .init("targets", .list(.object(node)), doc: "Whom it hits."),
        ]))
    environment.declare("nodes", .list(.object(node)), slot: Slot.nodes)
    environment.declare("leader", .nullable(.object(node)), slot: Slot.leader)
    environment.declare("now", .duration, slot: Slot.now)
    environment.declare("messages", .list(.object(Kind.message)), slot: Slot.messages)
    environment.declare("calls", .list(.object(Kind.call)), slot: Slot.calls)
    environment.declare("limit", .int, slot: Slot.limit)
    environment.declare("ratio", .double, slot: Slot.ratio)
    environment.declareTable(
      "faults", entryKind: "fault", entries: [.init("split", .object(fault), slot: Slot.fault)])
    environment.declareTable(
      "metrics", entryKind: "metric",
      entries: [
        .init("messages.wire", .int, slot: Slot.wire),
        .init("call.read.latency.p99", .duration, slot: Slot.latency),
      ])
    for index in 0..<5 {
      environment.declare("node\(index + 1)", .object(node), slot: Slot.firstNode + index)
    }
    return environment
  }()
}
