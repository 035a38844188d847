import Expressions
import SystemModel

/// The world as expressions see it, now and before the last event.
///
/// A class, so that the evaluator is handed one reference and copies nothing. Its worlds are read
/// many times for an event and written between evaluations alone, by the judge that owns it: to ask
/// at each access whether another goes on takes a tenth of the judging.
final class WorldHost: ExpressionHost {
  /// The world after the last event.
  @exclusivity(unchecked) var world: World
  /// The world before it; nil if no expression reads it.
  @exclusivity(unchecked) var before: World?

  /// The calls as objects, now and before, as far as they were asked for: a run has ever more.
  private var callObjects: [Value] = []
  private var oldCallObjects: [Value] = []

  private let environment: WorldEnvironment
  private let words: WordValues
  private let metrics: [Metric]

  init(_ schema: WorldSchema, _ environment: WorldEnvironment, keepsBefore: Bool, isFull: Bool) {
    let places = WordPlaces(environment, schema)
    world = World(schema, places, chronicle: isFull ? Chronicle(schema) : nil)
    before = keepsBefore ? World(schema, places, chronicle: nil) : nil
    self.environment = environment
    words = WordValues(schema)
    metrics = environment.metrics
  }

  func root(_ slot: Int, old: Bool) throws(EvaluationError) -> Value {
    switch environment.slots[slot] {
    case .node(let place): object(.node, place, old)
    case .nodes: old ? words.oldNodes : words.nodes
    case .leader: leader(old).map { object(.node, $0.index, old) } ?? .null
    case .now: .duration(max(0, read(old) { $0.now }))
    case .calls: .list(calls(old))
    case .messages:
      .list(
        read(old) { world in world.inFlight.map { object(.message, Int($0.id), old) } })
    case .parameter(let place): environment.parameterValues[place]
    case .fault(let place): object(.fault, place, old)
    case .metric(let place): try metric(place, old)
    case .message: throw EvaluationError(.unbound, "there is no message to look at here")
    }
  }

  /// The calls are kept from one evaluation to the next; the messages are gathered for each.
  func cost(ofList slot: Int, old: Bool) -> Int {
    guard case .messages = environment.slots[slot] else { return 0 }
    return read(old) { $0.inFlight.count } / 16
  }

  func field(_ field: Int, of object: ObjectReference) throws(EvaluationError) -> Value {
    switch WorldEnvironment.ObjectKind(rawValue: Int(object.type)) {
    case .node: node(environment.nodeFields[field], NodeID(object.index), object.isOld)
    case .message: message(field, object)
    case .call: call(field, object)
    case .fault: fault(field, object)
    case nil: throw EvaluationError(.noSuchKey, "there is no object of type \(object.type)")
    }
  }

  func name(of object: ObjectReference) -> String {
    switch WorldEnvironment.ObjectKind(rawValue: Int(object.type)) {
    case .node: world.schema.topology.names[object.index]
    case .message: "message \(object.index)"
    case .call: "calls[\(object.index)]"
    case .fault: "faults[\(Value.string(world.schema.faults[object.index].name).text)]"
    case nil: "object"
    }
  }

  /// The calls as objects, those that are new since they were last asked for added.
  private func calls(_ old: Bool) -> [Value] {
    let count = read(old) { $0.calls.calls.count }
    func extend(_ list: inout [Value]) {
      if list.count > count { list.removeAll(keepingCapacity: true) }
      for place in list.count..<count { list.append(object(.call, place, old)) }
    }
    guard old else {
      extend(&callObjects)
      return callObjects
    }
    extend(&oldCallObjects)
    return oldCallObjects
  }

  /// The node that leads.
  func leader(_ old: Bool) -> NodeID? { read(old) { $0.leader } }

  private func read<Result>(_ old: Bool, _ body: (borrowing World) -> Result) -> Result {
    guard old else { return body(world) }
    switch before {
    case .some(let world): return body(world)
    case .none: preconditionFailure("the world before is read and was not kept")
    }
  }

  private func object(_ kind: WorldEnvironment.ObjectKind, _ index: Int, _ old: Bool) -> Value {
    .object(ObjectReference(type: kind.rawValue, index: index, isOld: old))
  }

  private func node(_ field: WorldEnvironment.NodeField, _ node: NodeID, _ old: Bool) -> Value {
    switch field {
    case .word(let place): return word(place, of: node, old)
    case .name: return words.names[node.index]
    case .index: return .int(Int64(node.index))
    case .group: return words.group(of: node)
    case .groups: return words.groups(of: node)
    case .isUp: return .bool(read(old) { $0.isUp[node.index] })
    case .isPaused: return .bool(read(old) { $0.isPaused[node.index] })
    case .handling: return .int(read(old) { $0.handling[node.index] })
    case .isAvailable: return .bool(read(old) { $0.availability?.nodes[node.index] ?? false })
    }
  }

  private func word(_ place: Int, of node: NodeID, _ old: Bool) -> Value {
    if words.isList(place) {
      return .list(read(old) { $0.list(node, place) }.map { words.name($0) })
    }
    return words.value(read(old) { $0.word(node, place) }, ofField: place)
  }

  private func message(_ field: Int, _ object: ObjectReference) -> Value {
    let id = Int64(object.index)
    guard let message = read(object.isOld, { $0.inFlight.find(id) }) else { return .null }
    guard let common = WorldTypes.MessageField(rawValue: field) else {
      let name = environment.contentFields[field - WorldTypes.MessageField.allCases.count]
      return words.content(name, of: message.payload)
    }
    switch common {
    case .kind: return words.kinds[Int(message.payload.kind)]
    case .from: return words.names[message.from.index]
    case .to: return words.names[message.to.index]
    case .sent: return .duration(message.sent)
    }
  }

  private func call(_ field: Int, _ object: ObjectReference) -> Value {
    let call = read(object.isOld) { $0.calls.calls[object.index] }
    switch WorldTypes.CallField(rawValue: field) {
    case .id: return .int(Int64(object.index))
    case .call: return words.calls[Int(call.kind)]
    case .node: return words.names[call.node.index]
    case .client: return .int(Int64(call.client))
    case .arguments: return words.arguments(of: call)
    case .invoked: return .duration(call.invoked)
    case .completed: return call.completed < 0 ? .null : .duration(call.completed)
    case .outcome: return words.outcomes[Int(call.outcome.rawValue)]
    case .value: return words.result(of: call)
    case nil: return .null
    }
  }

  private func fault(_ field: Int, _ object: ObjectReference) -> Value {
    let entry = read(object.isOld) { $0.faults.entries[object.index] }
    switch WorldTypes.FaultField(rawValue: field) {
    case .isActive: return .bool(entry.active > 0)
    case .fired: return .int(Int64(entry.fired))
    case .targets: return .list(entry.targets.map { words.names[$0.index] })
    case nil: return .null
    }
  }

  private func metric(_ place: Int, _ old: Bool) throws(EvaluationError) -> Value {
    switch read(old, { metrics[place].read($0) }) {
    case .count(let number): return .int(number)
    case .duration(let span): return .duration(span)
    case .ratio(let share): return .double(share)
    case nil:
      throw EvaluationError(
        .unavailable, "the metric \(metrics[place].name) has no samples yet")
    }
  }
}

extension World {
  /// The live node that leads in the highest term, the first of them on a tie.
  var leader: NodeID? {
    guard schema.roleField >= 0, schema.termField >= 0 else { return nil }
    var best: (node: NodeID, term: Int64)?
    for place in isUp.indices where isUp[place] {
      let node = NodeID(place)
      guard word(node, schema.roleField) == schema.leaderWord else { continue }
      let term = word(node, schema.termField)
      if term > best?.term ?? .min { best = (node, term) }
    }
    return best?.node
  }
}
