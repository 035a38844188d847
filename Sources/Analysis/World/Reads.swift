import Expressions
import SystemModel

/// What an expression reads of the world: after which events it may have another value.
struct Reads: Sendable, Hashable {
  /// Topics that count whatever node they are about.
  var topics: Topics = []
  /// Topics that count only at some nodes.
  var nodeTopics: Topics = []
  /// Those nodes: bit `index % 64`.
  var nodes: UInt64 = 0
  /// Whether the world before the last event is read too.
  var usesOld = false
  /// Whether the messages in flight are read.
  var usesMessages = false
  /// The places of the protocol's fields that are read.
  var fields: [Int] = []
  /// What a recorded history must speak of for it to be evaluated.
  private(set) var needs: [Needs] = []

  /// Whether an event that changed some topics at some nodes may have given it another value.
  func isTouched(by changed: Topics, at changedNodes: UInt64) -> Bool {
    !changed.isDisjoint(with: topics)
      || changedNodes & nodes != 0 && !changed.isDisjoint(with: nodeTopics)
  }

  /// All topics.
  var all: Topics { topics.union(nodeTopics) }
}

extension Reads {
  /// What an expression reads that was checked against an environment.
  init(
    _ dependencies: ExpressionDependencies, _ environment: WorldEnvironment,
    _ description: ProtocolDescription
  ) {
    usesOld = dependencies.usesOld
    for root in dependencies.roots {
      add(environment.slots[root.slot], environment, description)
      for field in root.fields where field.type == WorldEnvironment.ObjectKind.node.rawValue {
        add(environment.nodeFields[field.field], description)
      }
    }
    if dependencies.readsAnyField {
      topics = Topics(rawValue: .max)
      usesMessages = true
      fields = Array(description.fields.indices)
      needs.append([.sent, .delivered, .handling, .calls, .reach, .availability])
      needs += description.fields.map { [.field($0.name)] }
    }
  }

  private mutating func add(
    _ slot: WorldEnvironment.Slot, _ environment: WorldEnvironment,
    _ description: ProtocolDescription
  ) {
    switch slot {
    case .node(let place): nodes |= 1 << UInt64(place & 63)
    case .nodes: nodes = .max
    case .leader:
      nodes = .max
      topics.insert(.up)
      for name in ["role", "term"] { add(.word(description.place(ofField: name)), description) }
    case .now: topics.insert(.now)
    case .calls:
      topics.insert(.calls)
      needs.append([.calls])
    case .messages:
      // Those in flight are known if it is said what was sent and what has arrived.
      topics.formUnion(.inFlight)
      usesMessages = true
      needs.append([.sent, .delivered])
    case .fault: topics.insert(.faults)
    case .metric(let place):
      topics.formUnion(environment.metrics[place].topics)
      needs.append(environment.metrics[place].needs)
    case .parameter, .message: break
    }
  }

  private mutating func add(
    _ field: WorldEnvironment.NodeField, _ description: ProtocolDescription
  ) {
    switch field {
    case .name, .index, .group, .groups: break
    case .isUp: nodeTopics.insert(.up)
    case .isPaused: nodeTopics.insert(.paused)
    case .handling:
      nodeTopics.insert(.handling)
      needs.append([.handling])
    case .isAvailable:
      topics.insert(.available)
      needs.append([.availability])
    case .word(let place) where place >= 0:
      needs.append([.field(description.fields[place].name)])
      nodeTopics.insert(.field(place))
      if !fields.contains(place) { fields.append(place) }
    case .word: break
    }
  }
}
